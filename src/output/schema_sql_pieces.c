/*
 * The pieces that a script's statements are made of: names, texts,
 * expressions.
 */
#include "output/schema_sql.h"

#include "query/binding.h"

#include "output/display.h"
#include "sql/lexer.h"
#include "sql/names.h"
#include "sql/parser.h"

#include <string.h>

void sql_text(struct sql_script *script, const char *text)
{
    buffer_add_text(script->buffer, text);
}

void sql_format(struct sql_script *script, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buffer_add_text(script->buffer,
                    arena_vformat(script->arena, format, arguments));
    va_end(arguments);
}

void sql_identifier(struct sql_script *script, const char *name)
{
    sql_text(script, parser_quote_identifier(script->arena, name));
}

void sql_name(struct sql_script *script, const struct namespace *namespace,
              const char *name)
{
    sql_identifier(script, namespace->name);
    sql_text(script, ".");
    sql_identifier(script, name);
}

void sql_relation(struct sql_script *script, const struct relation *relation)
{
    sql_name(script, relation->namespace, relation->name);
}

void sql_columns(struct sql_script *script, const struct column_array *columns)
{
    sql_text(script, "(");
    for (size_t i = 0; i < columns->count; i++) {
        sql_text(script, i ? ", " : "");
        sql_identifier(script, columns->items[i]->name);
    }
    sql_text(script, ")");
}

/* With standard_conforming_strings only quotes are doubled. */
void sql_literal(struct sql_script *script, const char *text)
{
    buffer_add_char(script->buffer, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_char(script->buffer, '\'');
        buffer_add_char(script->buffer, *text);
    }
    buffer_add_char(script->buffer, '\'');
}

void sql_as_written(struct sql_script *script,
                    const struct namespace *namespace, const char *statement)
{
    sql_text(script, "SET search_path = ");
    sql_identifier(script, namespace ? namespace->name : "public");
    if (namespace && strcmp(namespace->name, "public") != 0)
        sql_text(script, ", public");
    sql_format(script, ";\n%s;\nSET search_path = '';\n", statement);
}

const char *sql_expression(struct sql_script *script,
                           const struct expression *expression,
                           const char *written)
{
    if (expression)
        return expression_to_sql(script->arena, script->schema, expression);
    return written
               ? arena_copy(script->arena, lexer_trim_end(slice_from(written)))
               : NULL;
}

void sql_constraint_name(struct sql_script *script,
                         const struct constraint *constraint)
{
    if (!constraint->name)
        return;
    sql_text(script, "CONSTRAINT ");
    sql_identifier(script, constraint->name);
    sql_text(script, " ");
}

void sql_check(struct sql_script *script, const struct constraint *check)
{
    sql_constraint_name(script, check);
    sql_format(script, "CHECK (%s)",
               sql_expression(script, check->check, check->expression));
    if (check->is_no_inherit)
        sql_text(script, " NO INHERIT");
    if (!check->is_enforced)
        sql_text(script, " NOT ENFORCED");
    else if (!check->is_validated)
        sql_text(script, " NOT VALID");
}

/* On one line whatever the name has in it. */
void sql_left_out(struct sql_script *script, const char *what, const char *name)
{
    script->has_left_out = true;
    sql_format(script, "-- Left out: %s ", what);
    display_add(script->buffer, slice_from(name));
    sql_text(script, "\n");
}
