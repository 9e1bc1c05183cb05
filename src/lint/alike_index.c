/*
 * Compares indexes as the planner would choose between them, at the end of a
 * history, for the rules about indexes that nobody needs.
 */
#include "lint/alike_index.h"

#include "replay/objects.h"

#include <string.h>

bool alike_index_is_judged(const struct index *index)
{
    return !index->relation.object.is_dropped && index->is_valid &&
           index->partition_of == NULL && index->column_count > 0 &&
           index->relation.made_at.source != NULL;
}

static bool is_same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool is_same_key(const struct index_column *a,
                        const struct index_column *b)
{
    if (a->column != b->column || a->is_descending != b->is_descending ||
        a->is_nulls_first != b->is_nulls_first ||
        !is_same_text(a->opclass, b->opclass) ||
        !is_same_text(a->collation, b->collation) ||
        !is_same_text(a->exclusion_operator, b->exclusion_operator))
        return false;
    return a->column != NULL || expression_same(a->expression, b->expression);
}

bool alike_index_begins_with(const struct index *longer,
                             const struct index *index)
{
    if (longer->column_count < index->column_count)
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        if (!is_same_key(&longer->columns[i], &index->columns[i]))
            return false;
    return true;
}

bool alike_index_has_same_rows(const struct index *a, const struct index *b)
{
    return expression_same(a->predicate, b->predicate);
}

static bool has_column(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == column)
            return true;
    for (size_t i = 0; i < index->include.count; i++)
        if (index->include.items[i] == column)
            return true;
    return false;
}

bool alike_index_carries(const struct index *other, const struct index *index)
{
    for (size_t i = 0; i < index->include.count; i++)
        if (!has_column(other, index->include.items[i]))
            return false;
    return true;
}

const char *alike_index_columns(struct check *check, const struct index *index)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        buffer_add_text(&text, i > 0 ? ", " : "(");
        buffer_add_text(&text, key->column != NULL
                                   ? check_quote(check, key->column->name)
                                   : key->expression);
    }
    buffer_add_char(&text, ')');
    return buffer_text(&text);
}

/* The server lets nobody drop what a foreign key relies on, and a new key takes
 * the first index that will do. */
static void add_reliant(struct check *check, struct buffer *help,
                        const struct index *index)
{
    const struct constraint_array *keys = &index->table->referenced_by;
    size_t count = 0;

    for (size_t i = 0; i < keys->count; i++) {
        const struct constraint *key = keys->items[i];

        if (key->index != index || key->object.is_dropped ||
            key->inherited_from != NULL)
            continue;
        buffer_add_format(help, "%s%s of %s",
                          count++ == 0 ? "-- between DROP and ADD of the "
                                         "foreign keys that rely on it: "
                                       : ", ",
                          check_quote(check, key->name),
                          advice_relation_sql(check, &key->table->relation));
    }
    if (count > 0)
        buffer_add_char(help, '\n');
}

const char *alike_index_drop(struct check *check, const struct index *index)
{
    const char *table = advice_relation_sql(check, &index->table->relation);
    struct buffer help;

    if (index->constraint != NULL) {
        buffer_init(&help, check->arena);
        add_reliant(check, &help, index);
        buffer_add_format(&help, "ALTER TABLE %s DROP CONSTRAINT %s;", table,
                          check_quote(check, index->constraint->name));
        return buffer_text(&help);
    }
    return check_format(check, "DROP INDEX %s%s;",
                        index->table->relation.kind ==
                                RELATION_PARTITIONED_TABLE
                            ? ""
                            : "CONCURRENTLY ",
                        advice_relation_sql(check, &index->relation));
}
