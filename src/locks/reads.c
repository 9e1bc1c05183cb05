/*
 * Which relations a query locks: those that it names, wherever they stand in
 * it, what its views show, partitions, and what foreign keys look into when
 * rows are written.
 *
 * Facts: parse_relation.c (addRangeTableEntry), rewriteHandler.c
 * (AcquireRewriteLocks), ri_triggers.c.
 */
#include "locks/study.h"

#include "locks/levels.h"
#include "query/query.h"
#include "sql/fields.h"
#include <string.h>

/* Beyond so many relations, views are not looked into. */
#define SHOWN_MAX 1000

static void read_table(struct study *study, struct table *table, bool is_only,
                       enum lock_mode mode)
{
    if (study->condition && !is_only &&
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        study_lock_pruned(study, table, study->condition, mode);
    else if (is_only)
        study_lock_table(study, table, mode);
    else
        study_lock_tree(study, table, mode);
}

static enum query_use use_of(enum lock_mode mode)
{
    switch (mode) {
    case LOCK_ROW_SHARE: return USE_LOCK;
    case LOCK_ROW_EXCLUSIVE: return USE_UPDATE;
    default: return USE_READ;
    }
}

static enum lock_mode mode_of(enum query_use use)
{
    switch (use) {
    case USE_READ: return LOCK_ACCESS_SHARE;
    case USE_LOCK: return LOCK_ROW_SHARE;
    case USE_INSERT:
    case USE_UPDATE:
    case USE_DELETE: return LOCK_ROW_EXCLUSIVE;
    }
    return LOCK_ACCESS_SHARE;
}

/* Null for what is no table, nor a part of one. */
static struct table *table_of(struct object *object)
{
    switch (object->class) {
    case CLASS_RELATION: return relation_as_table((struct relation *)object);
    case CLASS_COLUMN: return ((struct column *)object)->table;
    default: return NULL;
    }
}

static void add_shown(struct study *study,
                      struct query_relation_array *relations,
                      struct table *table, enum query_use use)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (relations->items[i].table == table)
            return;
    }
    *array_push(study->arena, relations) =
        (struct query_relation){.table = table, .use = use};
}

/* What one view shows: what it needs, or, of one whose query is not understood,
 * the tables that it was noted to read. */
static void expand_view(struct study *study, const struct table *view,
                        struct query_relation_array *relations,
                        enum query_use use)
{
    const struct table_array *all = schema_tables(study->schema);
    const struct dependency *need = view->relation.object.needs;

    for (; need; need = need->next_need) {
        struct table *table = need->is_gone ? NULL : table_of(need->needed);

        if (table && table != view)
            add_shown(study, relations, table, use);
    }
    if (view->relation.object.needs || !model_spend(study->schema, all->count))
        return;
    for (size_t i = 0; i < all->count; i++) {
        for (size_t j = 0; j < all->items[i]->read_by.count; j++) {
            if (all->items[i]->read_by.items[j] == view)
                add_shown(study, relations, all->items[i], use);
        }
    }
}

/* What the first of the relations, a view, shows, and the views among that. */
void study_expand(struct study *study, struct query_relation_array *relations)
{
    for (size_t i = 0; i < relations->count && i < SHOWN_MAX; i++) {
        const struct query_relation *relation = &relations->items[i];

        if (i == 0 || relation->table->relation.kind == RELATION_VIEW)
            expand_view(study, relation->table, relations, relation->use);
    }
    for (size_t i = 1; i < relations->count; i++)
        read_table(study, relations->items[i].table,
                   relations->items[i].is_only,
                   mode_of(relations->items[i].use));
}

/* A relation that a query names, and what it shows if it is a view. */
void study_read(struct study *study, struct table *table, bool is_only,
                enum lock_mode mode)
{
    struct query_relation_array relations = {0};

    if (!table)
        return;
    read_table(study, table, is_only, mode);
    if (table->relation.kind != RELATION_VIEW)
        return;
    *array_push(study->arena, &relations) = (struct query_relation){
        .table = table,
        .use = use_of(mode),
        .is_only = is_only,
    };
    study_expand(study, &relations);
}

void study_read_name(struct study *study, const RangeVar *name,
                     enum lock_mode mode)
{
    struct relation *relation =
        study_lock_name(study, name_from_range_var(name), RELATION_TABLE, mode);

    if (!study->is_kept)
        study_read(study, relation_as_table(relation), !name->inh, mode);
}

/* A query whose names are looked at. */
struct reading {
    struct study *study;
    bool has_with;
    bool has_row_locks;
    struct levels levels; /* kept if it has one of the two */
};

/* What the node above it does with this name is said there. */
static bool is_target(const struct walk *walk)
{
    const Node *parent = walk_ancestor(walk, 0);

    if (!parent)
        return false;
    switch (nodeTag(parent)) {
    case T_InsertStmt:
    case T_IntoClause:
    case T_LockingClause:
    case T_CopyStmt: return true;
    case T_UpdateStmt:
        return walk_field(walk, 0) == offsetof(UpdateStmt, relation);
    case T_DeleteStmt:
        return walk_field(walk, 0) == offsetof(DeleteStmt, relation);
    case T_MergeStmt:
        return walk_field(walk, 0) == offsetof(MergeStmt, relation);
    default: return false;
    }
}

/* WHERE of a SELECT that reads one table; else null. */
static const Node *condition_of(const struct walk *walk)
{
    const SelectStmt *select = node_as(SelectStmt, walk_ancestor(walk, 0));

    return select && list_length(select->fromClause) == 1 ? select->whereClause
                                                          : NULL;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct reading *reading = closure;
    struct study *study = reading->study;
    const RangeVar *range;

    if (reading->has_with || reading->has_row_locks)
        levels_enter(&reading->levels, node, walk);
    switch (nodeTag(node)) {
    case T_InsertStmt: study_insert(study, (const InsertStmt *)node); break;
    case T_UpdateStmt: study_update(study, (const UpdateStmt *)node); break;
    case T_DeleteStmt: study_delete(study, (const DeleteStmt *)node); break;
    case T_MergeStmt: study_merge(study, (const MergeStmt *)node); break;
    case T_CopyStmt: study_copy(study, (const CopyStmt *)node); break;
    case T_FuncCall: study_call(study, (const FuncCall *)node); break;
    case T_RangeVar:
        range = (const RangeVar *)node;
        if (is_target(walk) ||
            (reading->has_with &&
             levels_have_query(&reading->levels, range, walk)))
            break;
        study->condition = condition_of(walk);
        study_read_name(study, range,
                        reading->has_row_locks &&
                                levels_lock_rows(&reading->levels, range, walk)
                            ? LOCK_ROW_SHARE
                            : LOCK_ACCESS_SHARE);
        study->condition = NULL;
        break;
    default: break;
    }
    return true;
}

static bool note_clause(void *closure, const Node *node,
                        const struct walk *walk)
{
    struct reading *reading = closure;

    (void)walk;
    if (nodeTag(node) == T_WithClause)
        reading->has_with = true;
    else
        reading->has_row_locks = true;
    return true;
}

void study_query(struct study *study, const Node *tree)
{
    struct walker *walker = &study->schema->walker;
    bool *wanted = arena_alloc(study->arena, node_tag_limit);
    struct reading reading = {
        .study = study,
        .levels = {.arena = study->arena, .schema = study->schema},
    };

    wanted[T_WithClause] = wanted[T_LockingClause] = true;
    walk_tree_for(walker, tree, wanted, note_clause, &reading);
    walk_tree(walker, tree, visit, &reading);
}
