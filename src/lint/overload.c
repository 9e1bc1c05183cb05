/*
 * Asks the schema about functions of one name, before and after a statement
 * that makes or replaces one. Used by rules.
 */
#include "lint/overload.h"

#include "lint/finding.h"
#include "schema/model.h"
#include "schema/type.h"

#include <string.h>

static const struct function *first_of_name(const struct check *check,
                                            struct qualified_name name)
{
    const struct namespace *namespace =
        name.schema ? model_find_namespace(check->schema, name.schema)
                    : model_first_namespace(check->schema);

    return namespace ? model_functions_in(check->schema, namespace, name.name)
                     : NULL;
}

const struct function *overload_existing(const struct check *check,
                                         struct qualified_name name,
                                         bool is_procedure)
{
    const struct function *function = first_of_name(check, name);

    for (; function; function = function->next_overload) {
        if (!function->object.is_dropped && function->made_at.source &&
            function->made_at.unit != schema_unit(check->schema) &&
            function->kind ==
                (is_procedure ? FUNCTION_PROCEDURE : FUNCTION_FUNCTION))
            return function;
    }
    return NULL;
}

static bool is_made_by(const struct function *function,
                       const struct finding *finding)
{
    size_t at = function->made_at.span.offset;

    return !function->object.is_dropped &&
           function->made_at.source == finding->source &&
           at >= finding->context.offset &&
           at < finding->context.offset + finding->context.length;
}

const struct function *overload_made(const struct finding *finding,
                                     const struct function *existing)
{
    const struct namespace *namespace = existing->namespace;

    for (size_t i = namespace->functions.count; i-- > 0;) {
        const struct function *function = namespace->functions.items[i];

        if (function != existing && function->namespace == namespace &&
            strcmp(function->name, existing->name) == 0 &&
            is_made_by(function, finding))
            return function;
    }
    return NULL;
}

const char *overload_signature(struct check *check,
                               const struct function *function)
{
    struct buffer buffer;
    const char *separator = "";

    buffer_init(&buffer, check->arena);
    buffer_add_text(&buffer, check_quote(check, function->name));
    buffer_add_char(&buffer, '(');
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        const char *type = type_to_text(check->arena, parameter->type);

        if (parameter->mode == FUNC_PARAM_OUT ||
            parameter->mode == FUNC_PARAM_TABLE)
            continue;
        buffer_add_text(&buffer, separator);
        buffer_add_text(&buffer, type ? type : "unknown");
        separator = ", ";
    }
    buffer_add_char(&buffer, ')');
    return buffer_text(&buffer);
}
