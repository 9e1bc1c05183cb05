/*
 * Signatures in the words of the server's own functions for them,
 * src/backend/utils/adt/format_type.c and ruleutils.c, for the writers of
 * schemas.
 */
#include "output/schema_parts.h"

#include "sql/ast.h"
#include "sql/parser.h"

static bool is_input(const struct parameter *parameter)
{
    return parameter->mode == FUNC_PARAM_IN ||
           parameter->mode == FUNC_PARAM_DEFAULT;
}

/* print_function_arguments() with neither defaults nor columns of a table. */
const char *schema_function_arguments(struct arena *arena,
                                      const struct schema *schema,
                                      const struct function *function)
{
    bool names_in =
        function->kind == FUNCTION_PROCEDURE && schema->postgres_version >= 14;
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        const char *type = type_to_plain_text(arena, parameter->type.type);

        if (!type)
            return NULL;
        if (parameter->mode == FUNC_PARAM_TABLE)
            continue;
        if (text.length)
            buffer_add_text(&text, ", ");
        if (parameter->mode == FUNC_PARAM_INOUT)
            buffer_add_text(&text, "INOUT ");
        else if (names_in && is_input(parameter))
            buffer_add_text(&text, "IN ");
        else if (parameter->mode == FUNC_PARAM_OUT)
            buffer_add_text(&text, "OUT ");
        else if (parameter->mode == FUNC_PARAM_VARIADIC)
            buffer_add_text(&text, "VARIADIC ");
        if (parameter->name)
            buffer_add_format(&text, "%s ",
                              parser_quote_identifier(arena, parameter->name));
        buffer_add_text(&text, type);
    }
    return buffer_text(&text);
}

/* RETURNS TABLE: its columns are parameters. */
static const char *table_result(struct arena *arena,
                                const struct function *function)
{
    const char *separator = "";
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_text(&text, "TABLE(");
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *column = &function->parameters[i];
        const char *type;

        if (column->mode != FUNC_PARAM_TABLE)
            continue;
        type = type_to_plain_text(arena, column->type.type);
        if (!type)
            return NULL;
        buffer_add_text(&text, separator);
        if (column->name)
            buffer_add_format(&text, "%s ",
                              parser_quote_identifier(arena, column->name));
        buffer_add_text(&text, type);
        separator = ", ";
    }
    buffer_add_char(&text, ')');
    return buffer_text(&text);
}

const char *schema_function_result(struct arena *arena,
                                   const struct function *function)
{
    const char *type;

    if (function->kind == FUNCTION_PROCEDURE)
        return NULL;
    for (size_t i = 0; i < function->parameter_count; i++)
        if (function->parameters[i].mode == FUNC_PARAM_TABLE)
            return table_result(arena, function);
    type = type_to_plain_text(arena, function->result.type);
    if (type && function->returns_set)
        return arena_format(arena, "SETOF %s", type);
    return type;
}
