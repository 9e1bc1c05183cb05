/*
 * Goes through the schema as it is at the end of a history, for the rules of
 * the family schema that judge columns by their types, and writes what their
 * helps have in common.
 */
#include "lint/typed_columns.h"

#include "lint/retype_advice.h"

#include <string.h>

bool typed_columns_is_kept(const struct table *table)
{
    return (table->relation.kind == RELATION_TABLE ||
            table->relation.kind == RELATION_PARTITIONED_TABLE) &&
           !table->relation.object.is_dropped && !table->relation.is_temporary;
}

bool typed_columns_is_template(const char *name)
{
    return strchr(name, '{') != NULL || strstr(name, "<%") != NULL;
}

static bool is_wanted(const struct column *column)
{
    return !column->object.is_dropped && column->typed_at.source != NULL;
}

static void fill(struct typed_column *typed, const struct table *table,
                 const struct column *column)
{
    const struct type *type = column->data_type.type;

    typed->table = table;
    typed->column = column;
    typed->is_array = type != NULL && type->kind == TYPE_ARRAY;
    typed->type = typed->is_array ? type->element : type;
}

bool typed_columns_next(const struct check *check, struct typed_column *typed)
{
    const struct table_array *tables = schema_tables(check->schema);

    while (typed->next_table < tables->count) {
        const struct table *table = tables->items[typed->next_table];

        while (typed_columns_is_kept(table) &&
               typed->next_column < table->columns.count) {
            const struct column *column =
                table->columns.items[typed->next_column++];

            if (!is_wanted(column))
                continue;
            fill(typed, table, column);
            return true;
        }
        typed->next_table++;
        typed->next_column = 0;
    }
    return false;
}

const char *typed_column_name(struct check *check,
                              const struct typed_column *typed)
{
    return check_format(check, "column \"%s\" of %s", typed->column->name,
                        advice_relation_name(check, &typed->table->relation));
}

const char *typed_column_type(struct check *check,
                              const struct typed_column *typed,
                              const char *type)
{
    return check_format(check, "%s%s", type, typed->is_array ? "[]" : "");
}

const char *typed_column_help(struct check *check,
                              const struct typed_column *typed,
                              const struct retyping *to)
{
    const char *name = check_quote(check, typed->column->name);
    const char *full = typed_column_type(check, typed, to->type);
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help, "%s %s%s -- instead", name, full,
                      to->constraint != NULL ? to->constraint : "");
    if (retype_is_refused(typed->column)) {
        buffer_add_text(&help, ", in a new table: the column that a table is "
                               "divided by keeps its type");
        return buffer_text(&help);
    }
    buffer_add_format(&help, "; where the column is there by now%s%s:\n",
                      to->cost != NULL ? ", this " : "",
                      to->cost != NULL ? to->cost : "");
    retype_add_obstacles(check, &help, typed->column, to->is_zoned);
    buffer_add_format(&help, "ALTER TABLE %s ALTER COLUMN %s TYPE %s",
                      advice_relation_sql(check, &typed->table->relation), name,
                      full);
    if (to->conversion != NULL)
        buffer_add_format(&help, " USING %s", to->conversion);
    buffer_add_char(&help, ';');
    return buffer_text(&help);
}

struct finding *typed_column_report(struct check *check,
                                    const struct typed_column *typed,
                                    const char *message, const char *help)
{
    return check_report_at(check, typed->column->typed_at, typed->column,
                           message, help);
}
