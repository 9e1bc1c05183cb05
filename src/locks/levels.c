/*
 * Keeps what names in a query need to know of the nodes above them: filled by
 * reads.c's walk, which comes by every node before those below it.
 */
#include "locks/levels.h"

#include "schema/model.h"

#define LEVELS_MIN 64

static void grow(struct levels *levels, size_t depth)
{
    size_t capacity = levels->capacity ? levels->capacity * 2 : LEVELS_MIN;
    struct level *items;

    if (depth < levels->capacity)
        return;
    items = arena_alloc(levels->arena, capacity * sizeof *items);
    if (levels->capacity)
        memcpy(items, levels->items, levels->capacity * sizeof *items);
    levels->items = items;
    levels->capacity = capacity;
}

static const WithClause *with_of(const Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt: return ((const SelectStmt *)node)->withClause;
    case T_InsertStmt: return ((const InsertStmt *)node)->withClause;
    case T_UpdateStmt: return ((const UpdateStmt *)node)->withClause;
    case T_DeleteStmt: return ((const DeleteStmt *)node)->withClause;
    case T_MergeStmt: return ((const MergeStmt *)node)->withClause;
    default: return NULL;
    }
}

static const struct map *queries_of(const struct levels *levels,
                                    const WithClause *with)
{
    struct map *queries = arena_alloc(levels->arena, sizeof *queries);
    size_t number = 0;

    foreach_node (CommonTableExpr, query, with->ctes) {
        struct slice name = slice_from(query->ctename);

        number++;
        if (!map_find(queries, name))
            map_put(levels->arena, queries, name, (void *)(uintptr_t)number);
    }
    return queries;
}

static void read_locks(const struct levels *levels, struct level *level,
                       const SelectStmt *select)
{
    struct map *locked = arena_alloc(levels->arena, sizeof *locked);

    foreach_node (LockingClause, clause, select->lockingClause) {
        if (clause->lockedRels == NIL)
            level->locks_all = true;
        foreach_node (RangeVar, name, clause->lockedRels)
            map_put(levels->arena, locked, slice_from(name->relname), locked);
    }
    level->locked = locked;
}

/* What is called so in the FROM that it stands in, if it does, is locked. */
static bool locks_name(const struct levels *levels, const struct level *level,
                       const char *name)
{
    const struct level *above;

    if (!level->above)
        return false;
    above = &levels->items[level->above_number];
    if (nodeTag(level->above) == T_RangeSubselect)
        return above->is_locked;
    if (nodeTag(level->above) != T_SelectStmt)
        return false;
    if (above->is_locked || level->field != offsetof(SelectStmt, fromClause))
        return above->is_locked;
    return above->locks_all ||
           (name && above->locked && map_find(above->locked, slice_from(name)));
}

static const char *alias_of(const Node *node)
{
    const RangeSubselect *sub = node_as(RangeSubselect, node);

    return sub && sub->alias ? sub->alias->aliasname : NULL;
}

/* Where the node stands: below the parent's own place, if that is a join. */
static struct level place_of(const struct levels *levels, const Node *node,
                             const struct walk *walk)
{
    size_t depth = walk_depth(walk);
    const struct level *parent;

    if (depth == 0)
        return (struct level){.node = node};
    parent = &levels->items[depth - 1];
    if (nodeTag(parent->node) == T_JoinExpr)
        return (struct level){
            .above = parent->above,
            .field = parent->field,
            .above_number = parent->above_number,
            .with = parent->with,
            .node = node,
        };
    return (struct level){
        .above = parent->node,
        .field = walk_field(walk, 0),
        .above_number = depth - 1,
        .with = parent->with,
        .node = node,
    };
}

void levels_enter(struct levels *levels, const Node *node,
                  const struct walk *walk)
{
    size_t depth = walk_depth(walk);
    const WithClause *with = with_of(node);
    const SelectStmt *select = node_as(SelectStmt, node);
    struct level level = place_of(levels, node, walk);

    if (with)
        level.queries = queries_of(levels, with);
    if (with || nodeTag(node) == T_CommonTableExpr)
        level.with = depth + 1;
    if (select && select->lockingClause)
        read_locks(levels, &level, select);
    if (select || nodeTag(node) == T_RangeSubselect)
        level.is_locked = locks_name(levels, &level, alias_of(node));
    grow(levels, depth);
    levels->items[depth] = level;
}

/* The clause has a query of the name that is made before this one, or any if it
 * is null or the clause is RECURSIVE. */
static bool clause_has(const struct level *level, const Node *before,
                       const char *name)
{
    const CommonTableExpr *query = node_as(CommonTableExpr, before);
    const void *number = map_find(level->queries, slice_from(name));

    if (!number || !query || with_of(level->node)->recursive)
        return number != NULL;
    return (uintptr_t)number <
           (uintptr_t)map_find(level->queries, slice_from(query->ctename));
}

bool levels_have_query(const struct levels *levels, const RangeVar *name,
                       const struct walk *walk)
{
    const Node *within = NULL;
    size_t number;

    if (name->schemaname || walk_depth(walk) == 0)
        return false;
    number = levels->items[walk_depth(walk) - 1].with;
    while (number > 0 && model_spend(levels->schema, 1)) {
        const struct level *level = &levels->items[number - 1];

        if (nodeTag(level->node) == T_CommonTableExpr) {
            within = level->node;
        } else {
            if (clause_has(level, within, name->relname))
                return true;
            within = NULL;
        }
        number = number > 1 ? levels->items[number - 2].with : 0;
    }
    return false;
}

bool levels_lock_rows(const struct levels *levels, const RangeVar *name,
                      const struct walk *walk)
{
    struct level level = place_of(levels, (const Node *)name, walk);

    return locks_name(levels, &level,
                      name->alias ? name->alias->aliasname : name->relname);
}
