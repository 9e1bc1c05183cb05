/*
 * Partitions: what PARTITION OF makes, ATTACH checks and joins, and DETACH
 * takes apart.
 *
 * Facts: src/backend/commands/tablecmds.c (ATExecAttachPartition,
 * ATExecDetachPartition, DetachPartitionFinalize).
 */
#include "replay/objects.h"

#include <string.h>

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

bool replay_become_partition(struct replay *replay, struct table *table,
                             struct table *parent)
{
    SET(replay->schema, table->partition_of, parent);
    share_identity(replay, table, parent);
    return replay_attach_indexes(replay, parent, table) &&
           trigger_clone_to_partition(replay, parent, table) &&
           replay_clone_foreign_keys(replay, parent, table);
}

static bool has_parent(const struct table *table)
{
    return table->parents.count > 0;
}

static bool fail_kind(struct replay *replay, const char *message)
{
    return replay_fail(replay, "42809", "%s", message);
}

/* What cannot become a partition of this table. */
static bool check_kinds(struct replay *replay, const struct table *table,
                        const struct table *parent)
{
    if (table->partition_of)
        return replay_fail(replay, "42809", "\"%s\" is already a partition",
                           table->relation.name);
    if (table->of_type)
        return fail_kind(replay, "cannot attach a typed table as partition");
    if (has_parent(table))
        return fail_kind(replay,
                         "cannot attach inheritance child as partition");
    if (table->relation.kind == RELATION_TABLE && model_has_children(table))
        return fail_kind(replay,
                         "cannot attach inheritance parent as partition");
    if (table->relation.is_temporary && !parent->relation.is_temporary)
        return replay_fail(replay, "42809",
                           "cannot attach a temporary relation as partition of "
                           "permanent relation \"%s\"",
                           parent->relation.name);
    if (!table->relation.is_temporary && parent->relation.is_temporary)
        return replay_fail(replay, "42809",
                           "cannot attach a permanent relation as partition of "
                           "temporary relation \"%s\"",
                           parent->relation.name);
    return true;
}

static bool check_columns(struct replay *replay, const struct table *table,
                          const struct table *parent)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        if (!model_find_column(parent, column->name) && parent->is_complete)
            return replay_fail(
                replay, "42804",
                "table \"%s\" contains column \"%s\" not found in parent "
                "\"%s\"",
                table->relation.name, column->name, parent->relation.name);
        if (column->identity != IDENTITY_NONE &&
            replay->schema->postgres_version >= 17)
            return replay_fail(replay, "55000",
                               "table \"%s\" being attached contains an "
                               "identity column \"%s\"",
                               table->relation.name, column->name);
    }
    return true;
}

bool replay_attach_partition(struct replay *replay, struct table *parent,
                             struct table *table,
                             const PartitionBoundSpec *bound)
{
    if (parent->relation.kind != RELATION_PARTITIONED_TABLE) {
        if (replay_refuse_of(replay, &parent->relation))
            return replay_fail(replay, "42P17",
                               "table \"%s\" is not partitioned",
                               parent->relation.name);
        SET(replay->schema, parent->relation.kind, RELATION_PARTITIONED_TABLE);
    }
    return check_kinds(replay, table, parent) &&
           replay_check_circle(replay, table, parent) &&
           check_columns(replay, table, parent) &&
           replay_attach_parent(replay, table, parent) &&
           replay_set_partition_bound(replay, table, parent, bound) &&
           replay_become_partition(replay, table, parent);
}

/* Its indexes and keys are its own again. */
static void detach_indexes(struct replay *replay, struct table *parent,
                           struct table *table)
{
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < table->indexes.count; i++) {
        struct index *index = table->indexes.items[i];
        struct constraint *constraint = index->constraint;

        if (!index->partition_of || index->partition_of->table != parent)
            continue;
        SET(schema, index->partition_of, NULL);
        if (!constraint)
            continue;
        SET(schema, constraint->inherited_from, NULL);
        SET(schema, constraint->is_local, true);
        SET(schema, constraint->inherit_count, 0);
    }
}

bool replay_detach_partition(struct replay *replay, struct table *parent,
                             struct table *table, bool is_concurrent)
{
    struct schema *schema = replay->schema;

    if (parent->relation.kind != RELATION_PARTITIONED_TABLE &&
        replay_refuse_of(replay, &parent->relation))
        return replay_fail(replay, "42P17", "table \"%s\" is not partitioned",
                           parent->relation.name);
    if (table->partition_of != parent) {
        if (!parent->is_complete)
            return true;
        return replay_fail(
            replay, "42P01",
            "relation \"%s\" is not a partition of relation \"%s\"",
            table->relation.name, parent->relation.name);
    }
    if (is_concurrent && !detach_keep_bounds(replay, table))
        return false;
    SET(schema, table->partition_of, NULL);
    SET(schema, table->partition_bound, NULL);
    share_identity(replay, table, NULL);
    detach_indexes(replay, parent, table);
    trigger_drop_clones(replay, parent, table);
    replay_detach_foreign_keys(replay, parent, table);
    replay_remove_parent(replay, table, parent);
    return true;
}
