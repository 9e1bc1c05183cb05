/*
 * Inheritance and partitions: what a child takes over from its parents.
 */
#include "replay/context.h"

#include "replay/objects.h"

#include <string.h>

/* The child has the parent's column, or gets it. */
static bool inherit_column(struct replay *replay, struct table *table,
                           const struct column *original)
{
    struct column *column = model_find_column(table, original->name);

    if (!column) {
        column = replay_copy_column(replay, table, original);
        if (!column)
            return false;
        column->is_local = false;
        column->inherit_count = 1;
        return true;
    }
    if (!original->is_nullable)
        SET(replay->schema, column->is_nullable, false);
    return true;
}

static bool inherit_constraint(struct replay *replay, struct table *table,
                               struct constraint *original, bool is_partition)
{
    struct schema *schema = replay->schema;

    switch (original->type) {
    case CONSTRAINT_CHECK:
        return replay_copy_constraint(replay, table, original, original->name);
    case CONSTRAINT_NOT_NULL: {
        const struct column *parent = original->columns.items[0];
        struct column *column = model_find_column(table, parent->name);

        if (column && original->is_validated)
            replay_set_not_null(
                replay, column,
                model_find_constraint(schema, table, original->name)
                    ? NULL
                    : original->name,
                original->made_at);
        return true;
    }
    case CONSTRAINT_FOREIGN_KEY:
        return !is_partition ||
               replay_copy_constraint(replay, table, original, NULL);
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: return true; /* with the indexes */
    }
    return true;
}

/* An equal foreign key of the partition serves as the parent's. */
static struct constraint *find_equal_key(const struct table *table,
                                         const struct constraint *original)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *own = table->constraints.items[i];
        size_t same = 0;

        if (own->object.is_dropped || own->inherited_from ||
            own->type != CONSTRAINT_FOREIGN_KEY ||
            own->referenced != original->referenced ||
            own->columns.count != original->columns.count ||
            own->on_delete != original->on_delete ||
            own->on_update != original->on_update)
            continue;
        while (same < own->columns.count &&
               strcmp(own->columns.items[same]->name,
                      original->columns.items[same]->name) == 0)
            same++;
        if (same == own->columns.count)
            return own;
    }
    return NULL;
}

bool replay_inherit_columns(struct replay *replay, struct table *table,
                            const struct table *parent)
{
    if (!parent->is_complete)
        SET(replay->schema, table->is_complete, false);
    for (size_t i = 0; i < parent->columns.count; i++) {
        const struct column *column = parent->columns.items[i];

        if (!column->object.is_dropped &&
            !inherit_column(replay, table, column))
            return false;
    }
    return true;
}

/* From 17 on identity is the same for all partitions of a table. */
static void share_identity(struct replay *replay, struct table *table,
                           const struct table *parent)
{
    if (replay->schema->postgres_version < 17)
        return;
    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column = table->columns.items[i];
        const struct column *original =
            parent && !column->object.is_dropped
                ? model_find_column(parent, column->name)
                : NULL;

        if (!parent || original)
            SET(replay->schema, column->identity,
                original ? original->identity : IDENTITY_NONE);
    }
}

bool replay_inherit(struct replay *replay, struct table *table,
                    struct table *parent, bool is_partition)
{
    struct schema *schema = replay->schema;

    *PUSH(schema, &table->parents) = parent;
    *PUSH(schema, &parent->children) = table;
    if (is_partition)
        SET(schema, table->partition_of, parent);
    if (!replay_inherit_columns(replay, table, parent))
        return false;
    if (is_partition)
        share_identity(replay, table, parent);
    for (size_t i = 0; i < parent->constraints.count; i++) {
        struct constraint *constraint = parent->constraints.items[i];
        struct constraint *own = NULL;

        if (constraint->object.is_dropped)
            continue;
        if (is_partition && constraint->type == CONSTRAINT_FOREIGN_KEY)
            own = find_equal_key(table, constraint);
        if (own) {
            SET(schema, own->inherited_from, constraint);
            continue;
        }
        if (!inherit_constraint(replay, table, constraint, is_partition))
            return false;
    }
    return !is_partition || (replay_attach_indexes(replay, parent, table) &&
                             trigger_clone_to_partition(replay, parent, table));
}

/* The last one takes its place. Every change is one pointer, to be undone. */
static void remove_table(struct schema *schema, struct table_array *tables,
                         const struct table *table)
{
    for (size_t i = 0; i < tables->count; i++) {
        size_t last = tables->count - 1;

        if (tables->items[i] != table)
            continue;
        SET(schema, tables->items[i], tables->items[last]);
        SET(schema, tables->items[last], NULL);
        SET(schema, tables->count, last);
        return;
    }
}

void replay_disinherit(struct replay *replay, struct table *table,
                       struct table *parent)
{
    struct schema *schema = replay->schema;

    remove_table(schema, &table->parents, parent);
    remove_table(schema, &parent->children, table);
    if (table->partition_of == parent) {
        trigger_drop_clones(replay, parent, table);
        SET(schema, table->partition_of, NULL);
        share_identity(replay, table, NULL);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        struct index *index = table->indexes.items[i];

        if (index->partition_of && index->partition_of->table == parent)
            SET(schema, index->partition_of, NULL);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        if (constraint->inherited_from &&
            constraint->inherited_from->table == parent)
            SET(schema, constraint->inherited_from, NULL);
    }
}
