/*
 * Whether a constraint that was dropped is there again: the other half of
 * former.c. What counts is what it does to code that writes, not its name.
 */
#include "lint/former.h"

#include <string.h>

/* In any order. */
static bool has_same_columns(const struct column_array *a,
                             const struct column_array *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        bool is_there = false;

        for (size_t j = 0; j < b->count && !is_there; j++)
            is_there = strcmp(a->items[i]->name, b->items[j]->name) == 0;
        if (!is_there)
            return false;
    }
    return true;
}

/* The place of the column of that name; the count if it is not there. */
static size_t find_name(const struct column_array *columns, const char *name)
{
    size_t i = 0;

    while (i < columns->count && strcmp(columns->items[i]->name, name) != 0)
        i++;
    return i;
}

/* One that is not known is taken for the same. */
static bool reference_alike(const struct column_array *a, size_t i,
                            const struct column_array *b, size_t j)
{
    return i >= a->count || j >= b->count ||
           strcmp(a->items[i]->name, b->items[j]->name) == 0;
}

/*
 * The new foreign key lets nothing in that the old one refused: it has the same
 * columns, or more that are never null, which are compared too: (a) becomes
 * (a, tenant).
 */
static bool keeps_reference(const struct constraint *old,
                            const struct constraint *new)
{
    if (strcmp(old->referenced->relation.name,
               new->referenced->relation.name) != 0)
        return false;
    for (size_t i = 0; i < old->columns.count; i++) {
        size_t at = find_name(&new->columns, old->columns.items[i]->name);

        if (at == new->columns.count ||
            !reference_alike(&old->referenced_columns, i,
                             &new->referenced_columns, at))
            return false;
    }
    for (size_t i = 0; i < new->columns.count; i++) {
        const struct column *column = new->columns.items[i];

        if (column->is_nullable &&
            find_name(&old->columns, column->name) == old->columns.count)
            return false;
    }
    return true;
}

static bool is_unique_key(const struct constraint *constraint)
{
    return constraint->type == CONSTRAINT_UNIQUE ||
           constraint->type == CONSTRAINT_PRIMARY_KEY;
}

static bool is_equivalent(const struct check *check,
                          const struct constraint *old,
                          const struct constraint *new)
{
    if (new->object.is_dropped || new == old)
        return false;
    if (old->type == CONSTRAINT_FOREIGN_KEY)
        return new->type == old->type &&keeps_reference(old, new);
    /* A CHECK is told by its name, too: what it reads may be another column.
     * One that was there before says something else. */
    if (old->type == CONSTRAINT_CHECK)
        return new->type == old->type &&former_is_new(check, &new->object) &&
               (strcmp(old->name, new->name) == 0 ||
                has_same_columns(&old->columns, &new->columns));
    return (new->type == old->type ||
            (is_unique_key(old) && is_unique_key(new))) &&
           has_same_columns(&old->columns, &new->columns);
}

/* A unique index does for ON CONFLICT what the constraint did. */
static bool is_equivalent_index(const struct constraint *old,
                                const struct index *index)
{
    if (index->relation.object.is_dropped || !index->is_unique ||
        !index->is_valid || index->predicate ||
        index->column_count != old->columns.count)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        bool is_there = false;

        if (!index->columns[i].column)
            return false;
        for (size_t j = 0; j < old->columns.count && !is_there; j++)
            is_there = strcmp(old->columns.items[j]->name,
                              index->columns[i].column->name) == 0;
        if (!is_there)
            return false;
    }
    return true;
}

bool former_constraint_is_back(const struct check *check,
                               const struct constraint *dropped)
{
    const struct table *table;

    if (!dropped->object.is_dropped)
        return true;
    if (!dropped->table)
        return false;
    table = former_find_table(check, dropped->table);
    for (size_t i = 0; table && i < table->constraints.count; i++)
        if (is_equivalent(check, dropped, table->constraints.items[i]))
            return true;
    for (size_t i = 0;
         table && is_unique_key(dropped) && i < table->indexes.count; i++)
        if (is_equivalent_index(dropped, table->indexes.items[i]))
            return true;
    return false;
}
