/*
 * Functions, procedures and aggregates of a script.
 */
#include "output/schema_sql.h"

#include "sql/ast.h"

/* Whether all types are known that the signature names. */
static bool has_known_types(const struct function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        if (!function->parameters[i].type.type)
            return false;
    return function->kind == FUNCTION_PROCEDURE || function->result.type;
}

static const char *word_of_mode(char mode)
{
    switch (mode) {
    case FUNC_PARAM_OUT: return "OUT ";
    case FUNC_PARAM_INOUT: return "INOUT ";
    case FUNC_PARAM_VARIADIC: return "VARIADIC ";
    default: return "";
    }
}

/* Columns of RETURNS TABLE are parameters, but not here. */
static void add_parameters(struct sql_script *script,
                           const struct function *function)
{
    const char *separator = "(";

    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        const char *value =
            sql_expression(script, parameter->default_expression, NULL);

        if (parameter->mode == FUNC_PARAM_TABLE)
            continue;
        sql_format(script, "%s%s", separator, word_of_mode(parameter->mode));
        if (parameter->name) {
            sql_identifier(script, parameter->name);
            sql_text(script, " ");
        }
        sql_text(script, type_to_text(script->arena, parameter->type));
        if (value)
            sql_format(script, " DEFAULT %s", value);
        separator = ", ";
    }
    sql_text(script, separator[0] == '(' ? "()" : ")");
}

static void add_attributes(struct sql_script *script,
                           const struct function *function)
{
    switch (function->volatility) {
    case VOLATILITY_IMMUTABLE: sql_text(script, " IMMUTABLE"); break;
    case VOLATILITY_STABLE: sql_text(script, " STABLE"); break;
    case VOLATILITY_VOLATILE: break;
    }
    if (function->is_strict)
        sql_text(script, " STRICT");
    if (function->is_security_definer)
        sql_text(script, " SECURITY DEFINER");
}

void sql_write_function(struct sql_script *script,
                        const struct function *function)
{
    bool is_procedure = function->kind == FUNCTION_PROCEDURE;
    const char *definition = sql_expression(script, function->definition, NULL);

    if (!definition || !has_known_types(function)) {
        sql_left_out(script, "function", function->name);
        return;
    }
    if (function->kind == FUNCTION_AGGREGATE) {
        sql_as_written(script, function->namespace, definition);
        return;
    }
    sql_text(script, is_procedure ? "CREATE PROCEDURE " : "CREATE FUNCTION ");
    sql_name(script, function->namespace, function->name);
    add_parameters(script, function);
    if (!is_procedure)
        sql_format(script, " RETURNS %s",
                   schema_function_result(script->arena, function));
    add_attributes(script, function);
    sql_format(script, "%s;\n", definition);
}

static void write_function(struct sql_script *script,
                           const struct sql_item *item)
{
    sql_write_function(script, item->subject.function);
}

void sql_add_function(struct sql_script *script,
                      const struct function *function)
{
    const char *arguments =
        schema_function_arguments(script->arena, script->schema, function);

    sql_add(script, SQL_FUNCTION, write_function, function,
            function->namespace->name, function->name,
            arguments ? arguments : "")
        ->subject.function = function;
}
