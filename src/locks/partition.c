/*
 * Partitions that come and go: whose rows must be looked at, and which foreign
 * keys' tables are locked.
 *
 * Facts: tablecmds.c (ATExecAttachPartition, ATExecDetachPartition,
 * QueuePartitionConstraintValidation, CloneForeignKeyConstraints),
 * partbounds.c (check_default_partition_contents).
 */
#include "locks/study.h"

#include "schema/bound.h"
#include "sql/parser.h"

#include <string.h>

static void lock_referencing(struct study *study, struct table *table,
                             enum lock_mode mode)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped)
            study_lock_table(study, key->table, mode);
    }
}

/* What the parent's foreign keys, in both directions, need of a partition
 * that comes. */
static void lock_keys(struct study *study, struct table *parent)
{
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *key = parent->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY)
            study_lock_tree(study, key->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
    }
    for (struct table *table = parent; table; table = table->partition_of)
        lock_referencing(study, table,
                         study->version >= 15 ? LOCK_SHARE_ROW_EXCLUSIVE
                                              : LOCK_ACCESS_SHARE);
}

/* Null for what cannot be read. */
static const PartitionBoundSpec *bound_of(struct study *study,
                                          const struct table *table)
{
    const struct partition_bound *bound = table->partition_bound;
    const CreateStmt *create;

    if (!bound || !bound->definition)
        return NULL;
    create = node_as(CreateStmt,
                     study_parse(study, arena_format(study->arena,
                                                     "CREATE TABLE a PARTITION "
                                                     "OF b %s",
                                                     bound->definition->text)));
    return create ? create->partbound : NULL;
}

/* The default partition has the rows that no other has. */
static bool has_other_home(struct study *study, const struct table *parent,
                           const Node *condition)
{
    for (size_t i = 0; i < parent->children.count; i++) {
        const struct table *child = parent->children.items[i];
        const PartitionBoundSpec *bound =
            child->relation.object.is_dropped ? NULL : bound_of(study, child);

        if (bound && !bound->is_default &&
            bound_includes(study->arena, parent->partition_key, bound,
                           condition))
            return true;
    }
    return false;
}

/* No row of the partition meets the condition (partprune.c). */
static bool is_pruned(struct study *study, const struct table *parent,
                      const struct table *child, const Node *condition)
{
    const PartitionBoundSpec *bound = bound_of(study, child);

    if (!bound)
        return false;
    if (bound->is_default)
        return has_other_home(study, parent, condition);
    return bound_excludes(study->arena, parent->partition_key, bound,
                          condition);
}

void study_lock_pruned(struct study *study, struct table *table,
                       const Node *condition, enum lock_mode mode)
{
    struct table_array queue = {0};

    *array_push(study->arena, &queue) = table;
    for (size_t i = 0; i < queue.count; i++) {
        struct table *parent = queue.items[i];

        study_lock_table(study, parent, mode);
        for (size_t j = 0; j < parent->children.count; j++) {
            struct table *child = parent->children.items[j];

            if (!child->relation.object.is_dropped &&
                child->partition_of == parent &&
                !is_pruned(study, parent, child, condition))
                *array_push(study->arena, &queue) = child;
        }
    }
}

static bool is_fact(const struct constraint *check)
{
    return !check->object.is_dropped && check->type == CONSTRAINT_CHECK &&
           check->is_validated && check->is_enforced && check->expression;
}

/* Every constraint of the table that can prove something about its rows. */
static struct bound_facts facts_of(struct study *study, struct table *table)
{
    struct bound_facts facts = {0};

    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *check = table->constraints.items[i];
        const Node *tree;

        if (!is_fact(check))
            continue;
        tree = study_parse_expression(study, check->expression);
        if (tree)
            *array_push(study->arena, &facts.checks) = tree;
    }
    facts.table = table;
    return facts;
}

/* However it is written: as the parser reads it. */
static const char *normal_text(struct study *study, const char *condition)
{
    return parser_deparse(
        study->arena,
        study_parse(study,
                    arena_format(study->arena, "SELECT (%s)", condition)));
}

/* A CHECK says word for word what is to be proven: of keys and bounds that are
 * no plain formulas. */
static bool is_said(struct study *study, const struct table *table,
                    const struct table *parent, const PartitionBoundSpec *bound,
                    bool is_inside)
{
    const char *wanted = bound_condition(study->arena, parent, bound);

    if (wanted && !is_inside)
        wanted = arena_format(study->arena, "NOT (%s)", wanted);
    if (wanted)
        wanted = normal_text(study, wanted);
    for (size_t i = 0; wanted && i < table->constraints.count; i++) {
        const struct constraint *check = table->constraints.items[i];
        const char *text;

        if (!is_fact(check))
            continue;
        text = normal_text(study, check->expression);
        if (text && strcmp(text, wanted) == 0)
            return true;
    }
    return false;
}

static bool is_proven(struct study *study, struct table *table,
                      const struct table *parent,
                      const PartitionBoundSpec *bound, bool is_inside)
{
    struct bound_facts facts = facts_of(study, table);

    return bound_is_proven(study->arena, &facts, parent->partition_key, bound,
                           is_inside) ||
           is_said(study, table, parent, bound, is_inside);
}

/* The leaves of the tree whose own constraints do not show that their rows lie
 * in the bound (or outside of it). */
static void scan_leaves(struct study *study, struct table *table,
                        const struct table *parent,
                        const PartitionBoundSpec *bound, bool is_inside)
{
    struct table_array tree = study_inheritors(study, table, true);

    if (is_proven(study, table, parent, bound, is_inside))
        return;
    for (size_t i = 0; i < tree.count; i++) {
        if (table_has_rows(tree.items[i]) &&
            (tree.items[i] == table ||
             !is_proven(study, tree.items[i], parent, bound, is_inside)))
            study_scan(study, tree.items[i]);
    }
}

void study_new_partition(struct study *study, struct table *parent,
                         const PartitionBoundSpec *bound)
{
    struct table *other = table_default_partition(parent);

    lock_keys(study, parent);
    study_lock_indexes(study, parent, LOCK_SHARE_UPDATE_EXCLUSIVE);
    if (!other || bound->is_default)
        return;
    study_lock_tree(study, other, LOCK_ACCESS_EXCLUSIVE);
    scan_leaves(study, other, parent, bound, false);
}

/* Of a default partition: the rows must lie in none of the others. */
static void scan_new_default(struct study *study, struct table *parent,
                             struct table *child)
{
    struct table_array tree = study_inheritors(study, child, true);
    bool has_others = false;

    for (size_t i = 0; i < parent->children.count; i++)
        has_others = has_others ||
                     !parent->children.items[i]->relation.object.is_dropped;
    for (size_t i = 0; has_others && i < tree.count; i++)
        study_scan(study, tree.items[i]);
}

void study_attach_partition(struct study *study, struct table *parent,
                            const PartitionCmd *command)
{
    struct relation *relation =
        study_lock_name(study, name_from_range_var(command->name),
                        RELATION_TABLE, LOCK_ACCESS_EXCLUSIVE);
    struct table *child = relation_as_table(relation);

    if (!child || !command->bound)
        return;
    study_lock_tree(study, child, LOCK_ACCESS_EXCLUSIVE);
    study_new_partition(study, parent, command->bound);
    if (command->bound->is_default)
        scan_new_default(study, parent, child);
    else
        scan_leaves(study, child, parent, command->bound, true);
}

void study_detach_partition(struct study *study, struct table *parent,
                            const PartitionCmd *command)
{
    enum lock_mode mode = study->version >= 14 ? LOCK_ACCESS_EXCLUSIVE
                                               : LOCK_SHARE_UPDATE_EXCLUSIVE;

    struct relation *relation = study_lock_name(
        study, name_from_range_var(command->name), RELATION_TABLE, mode);
    struct table *child = relation_as_table(relation);

    study_lock_table(study, table_default_partition(parent),
                     LOCK_ACCESS_EXCLUSIVE);
    for (size_t i = 0; child && i < child->indexes.count; i++) {
        const struct index *index = child->indexes.items[i];

        if (!index->relation.object.is_dropped && index->partition_of)
            study_lock(study, &index->relation, LOCK_ACCESS_EXCLUSIVE);
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *key = parent->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY)
            study_lock_tree(study, key->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
    }
    for (struct table *table = parent; table; table = table->partition_of)
        lock_referencing(study, table, LOCK_ACCESS_EXCLUSIVE);
}
