/*
 * Goes through the schema as it is at the end of a history, for the rules of
 * the family schema that judge columns by their types, and writes what their
 * helps have in common.
 */
#include "lint/typed_columns.h"

bool typed_columns_is_kept(const struct table *table)
{
    return (table->relation.kind == RELATION_TABLE ||
            table->relation.kind == RELATION_PARTITIONED_TABLE) &&
           !table->relation.object.is_dropped && !table->relation.is_temporary;
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
                              const char *type, const char *conversion,
                              const char *cost)
{
    const char *name = check_quote(check, typed->column->name);
    const char *full = typed_column_type(check, typed, type);
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(
        &help,
        "%s %s -- instead; where the column is there by now%s%s:"
        "\nALTER TABLE %s ALTER COLUMN %s TYPE %s",
        name, full, cost != NULL ? ", this " : "", cost != NULL ? cost : "",
        advice_relation_sql(check, &typed->table->relation), name, full);
    if (conversion != NULL)
        buffer_add_format(&help, " USING %s", conversion);
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
