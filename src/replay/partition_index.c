/*
 * The family of a partitioned table's index, of which every partition has its
 * own: made, found, joined.
 *
 * Facts: src/backend/commands/indexcmds.c (DefineIndex),
 * src/backend/commands/tablecmds.c (AttachPartitionEnsureIndexes,
 * ATExecAttachPartitionIdx).
 */
#include "replay/context.h"

#include <string.h>

#define DEPTH_MAX 500

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_column(const struct index_column *a,
                        const struct index_column *b)
{
    if (a->column && b->column)
        return strcmp(a->column->name, b->column->name) == 0 &&
               same_text(a->opclass, b->opclass) &&
               same_text(a->collation, b->collation);
    return !a->column && !b->column && same_text(a->expression, b->expression);
}

/* CompareIndexInfo(): the child's index can serve as the parent's partition. */
static bool is_exclusion(const struct index *index)
{
    return index->constraint && index->constraint->type == CONSTRAINT_EXCLUDE;
}

bool index_fits(const struct index *parent, const struct index *child)
{
    if (child->relation.object.is_dropped || child->partition_of ||
        parent->is_unique != child->is_unique ||
        parent->is_nulls_not_distinct != child->is_nulls_not_distinct ||
        strcmp(parent->method, child->method) != 0 ||
        parent->column_count != child->column_count ||
        parent->include.count != child->include.count ||
        !same_text(parent->predicate, child->predicate))
        return false;
    /* The server does not compare what excludes. */
    if (is_exclusion(parent) || is_exclusion(child))
        return false;
    if (parent->constraint &&
        (!child->constraint ||
         child->constraint->type != parent->constraint->type))
        return false;
    for (size_t i = 0; i < parent->column_count; i++) {
        if (!same_column(&parent->columns[i], &child->columns[i]))
            return false;
    }
    for (size_t i = 0; i < parent->include.count; i++) {
        if (strcmp(parent->include.items[i]->name,
                   child->include.items[i]->name) != 0)
            return false;
    }
    return true;
}

void replay_join_index(struct replay *replay, struct index *parent,
                       struct index *index)
{
    struct schema *schema = replay->schema;
    struct constraint *constraint = index->constraint;

    SET(schema, index->partition_of, parent);
    *PUSH(schema, &parent->partitions) = index;
    if (!parent->constraint || !constraint)
        return;
    SET(schema, constraint->inherited_from, parent->constraint);
    SET(schema, constraint->is_local, false);
    SET(schema, constraint->inherit_count, 1);
}

/* An index of the partition for one of the parent's. That of a partition which
 * is attached serves only if it is valid; under a new index of the parent it
 * serves all the same, and makes that invalid too. */
static bool ensure_index(struct replay *replay, struct index *parent,
                         struct table *child, bool is_attached)
{
    struct index_request request;
    bool is_added;

    for (size_t i = 0; i < child->indexes.count; i++) {
        struct index *index = child->indexes.items[i];

        if ((is_attached && !index->is_valid) || !index_fits(parent, index))
            continue;
        replay_join_index(replay, parent, index);
        if (!index->is_valid)
            SET(replay->schema, parent->is_valid, false);
        return true;
    }
    /* Partitions of partitions: the server has a limit on its stack too. */
    if (replay->depth >= DEPTH_MAX ||
        !replay_index_like(replay, parent, child, &request))
        return false;
    request.partition_of = parent;
    replay->depth++;
    is_added = replay_add_index(replay, &request) != NULL;
    replay->depth--;
    return is_added;
}

bool replay_attach_indexes(struct replay *replay, struct table *parent,
                           struct table *child)
{
    for (size_t i = 0; i < parent->indexes.count; i++) {
        struct index *index = parent->indexes.items[i];

        if (!index->relation.object.is_dropped &&
            !ensure_index(replay, index, child, true))
            return false;
    }
    return true;
}

static size_t count_partitions(const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->children.count; i++)
        count += !table->children.items[i]->relation.object.is_dropped;
    return count;
}

static bool has_all_partitions(struct schema *schema, const struct index *index)
{
    size_t attached = 0;

    if (!model_spend(schema,
                     index->partitions.count + index->table->children.count))
        return false;
    for (size_t i = 0; i < index->partitions.count; i++) {
        const struct index *partition = index->partitions.items[i];

        attached += !partition->relation.object.is_dropped &&
                    partition->is_valid && partition->partition_of == index;
    }
    return attached >= count_partitions(index->table);
}

void replay_check_valid(struct replay *replay, struct index *index)
{
    for (;
         index && !index->is_valid && has_all_partitions(replay->schema, index);
         index = index->partition_of)
        SET(replay->schema, index->is_valid, true);
}

bool replay_spread_index(struct replay *replay, struct index *index,
                         const struct index_request *request)
{
    const struct table_array *children = &index->table->children;

    if (request->is_only) {
        index->is_valid = count_partitions(index->table) == 0;
        return true;
    }
    for (size_t i = 0; i < children->count; i++) {
        if (!children->items[i]->relation.object.is_dropped &&
            !ensure_index(replay, index, children->items[i], false))
            return false;
    }
    return true;
}

/* Another index of the partition is the parent's part already. */
static bool has_other_part(const struct index *parent,
                           const struct index *index)
{
    for (size_t i = 0; i < parent->partitions.count; i++) {
        const struct index *part = parent->partitions.items[i];

        if (part != index && !part->relation.object.is_dropped &&
            part->partition_of == parent && part->table == index->table)
            return true;
    }
    return false;
}

bool replay_attach_index(struct replay *replay, struct index *parent,
                         struct index *index)
{
    const char *format = "cannot attach index \"%s\" as a partition of index "
                         "\"%s\"";
    const char *parent_name = parent->relation.name;
    const char *name = index->relation.name;

    if (index->partition_of == parent)
        return true;
    if (index->partition_of || index->table->partition_of != parent->table)
        return replay_fail(replay, "55000", format, name, parent_name);
    if (has_other_part(parent, index))
        return replay_fail(replay, "55000", format, name, parent_name);
    if (!index_fits(parent, index))
        return replay_fail(replay, "42P17", format, name, parent_name);
    replay_join_index(replay, parent, index);
    replay_check_valid(replay, parent);
    return true;
}
