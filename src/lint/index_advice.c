/*
 * Puts CREATE INDEX together from what the schema has of an index. Storage
 * parameters and tablespaces are not among that.
 */
#include "lint/index_advice.h"

#include <string.h>

static bool has_column(const struct column_array *columns,
                       const struct column *column)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i] == column)
            return true;
    return false;
}

bool index_advice_uses(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == column)
            return true;
    return has_column(&index->include, column) ||
           has_column(&index->reads, column);
}

bool index_advice_has(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (!table->indexes.items[i]->relation.object.is_dropped &&
            index_advice_uses(table->indexes.items[i], column))
            return true;
    return false;
}

bool index_advice_can_rename(const struct index *index,
                             const struct column *column)
{
    return !has_column(&index->reads, column);
}

static const char *column_name(const struct column *column,
                               const struct index_rename *rename)
{
    return rename != NULL && rename->column == column ? rename->new_column
                                                      : column->name;
}

static void add_key(struct check *check, struct buffer *help,
                    const struct index_column *key,
                    const struct index_rename *rename)
{
    if (key->column != NULL)
        buffer_add_text(help,
                        check_quote(check, column_name(key->column, rename)));
    else
        buffer_add_format(help, "(%s)", key->expression);
    if (key->collation != NULL)
        buffer_add_format(help, " COLLATE %s", key->collation);
    if (key->opclass != NULL)
        buffer_add_format(help, " %s", key->opclass);
    if (key->is_descending)
        buffer_add_text(help, " DESC");
    if (key->is_nulls_first != key->is_descending)
        buffer_add_text(help,
                        key->is_nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

void index_advice_add_create(struct check *check, struct buffer *help,
                             struct qualified_name table,
                             const struct index *index,
                             const struct index_rename *rename)
{
    const char *name = rename != NULL ? rename->new_name : index->relation.name;

    buffer_add_format(help, "CREATE %sINDEX CONCURRENTLY %s ON %s ",
                      index->is_unique ? "UNIQUE " : "",
                      check_quote(check, name), check_quote_name(check, table));
    if (strcmp(index->method, "btree") != 0)
        buffer_add_format(help, "USING %s ", check_quote(check, index->method));
    for (size_t i = 0; i < index->column_count; i++) {
        buffer_add_text(help, i > 0 ? ", " : "(");
        add_key(check, help, &index->columns[i], rename);
    }
    buffer_add_char(help, ')');
    for (size_t i = 0; i < index->include.count; i++) {
        buffer_add_text(help, i > 0 ? ", " : " INCLUDE (");
        buffer_add_text(
            help,
            check_quote(check, column_name(index->include.items[i], rename)));
    }
    if (index->include.count > 0)
        buffer_add_char(help, ')');
    if (index->is_nulls_not_distinct)
        buffer_add_text(help, " NULLS NOT DISTINCT");
    if (index->predicate != NULL)
        buffer_add_format(help, " WHERE %s", index->predicate);
    buffer_add_text(help, ";\n");
}
