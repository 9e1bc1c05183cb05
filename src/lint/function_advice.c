/*
 * Writes a function of the schema as ALTER FUNCTION and the like name it.
 */
#include "lint/function_advice.h"

#include "lint/overload.h"
#include "schema/type.h"
#include "sql/writer.h"

#include <string.h>

static bool is_in_public(const struct function *function)
{
    return strcmp(function->namespace->name, "public") == 0;
}

const char *function_advice_name(struct check *check,
                                 const struct function *function)
{
    if (is_in_public(function))
        return check_format(check, "\"%s\"", function->name);
    return check_format(check, "\"%s.%s\"", function->namespace->name,
                        function->name);
}

static bool are_types_known(const struct function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        if (function->parameters[i].type.type == NULL)
            return false;
    return true;
}

const char *function_advice_sql(struct check *check,
                                const struct function *function)
{
    struct buffer buffer;

    buffer_init(&buffer, check->arena);
    buffer_add_text(&buffer, function->kind == FUNCTION_PROCEDURE
                                 ? "PROCEDURE "
                                 : "FUNCTION ");
    if (!is_in_public(function)) {
        writer_add_identifier(&buffer, function->namespace->name);
        buffer_add_char(&buffer, '.');
    }
    if (are_types_known(function))
        buffer_add_text(&buffer, overload_signature(check, function));
    else
        writer_add_identifier(&buffer, function->name);
    return buffer_text(&buffer);
}

bool function_advice_is_trigger(const struct function *function)
{
    const char *type = function->result.type ? function->result.type->name : "";

    return strcmp(type, "trigger") == 0 || strcmp(type, "event_trigger") == 0;
}
