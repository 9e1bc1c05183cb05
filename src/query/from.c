/*
 * Reads FROM clauses of raw trees. Joins can be chained 100,000 deep, so they
 * are taken apart with a stack of our own; queries within queries are followed
 * only so far.
 */
#include "query/from.h"

#include "sql/names.h"

#include <string.h>

/* How many queries are looked into to find where `*` comes from. A WITH query
 * that is used twice by the next, which is used twice ..., doubles the work. */
#define QUERIES_MAX 64

/* The server's planner gives up long before; a star over more is not judged. */
#define ITEMS_MAX 1000

struct node_array ARRAY(const Node *);

static const char *alias_name(const Alias *alias)
{
    return alias != NULL ? alias->aliasname : NULL;
}

const struct from_scope *from_scope_of(struct arena *arena,
                                       const WithClause *with,
                                       const struct from_scope *outer)
{
    struct from_scope *scope;

    if (with == NULL)
        return outer;
    scope = arena_alloc(arena, sizeof *scope);
    scope->with = with;
    scope->outer = outer;
    return scope;
}

static const CommonTableExpr *cte_in(const struct from_scope *scope,
                                     const char *name)
{
    foreach_node (CommonTableExpr, cte, scope->with->ctes) {
        if (cte == scope->before)
            return NULL;
        if (strcmp(cte->ctename, name) == 0)
            return cte;
    }
    return NULL;
}

/*
 * The names that a WITH query can use itself: without RECURSIVE only those of
 * the queries before it, so that WITH t AS (SELECT * FROM t) reads the table.
 */
static const struct from_scope *cte_scope(struct arena *arena,
                                          const struct from_scope *scope,
                                          const CommonTableExpr *cte)
{
    struct from_scope *own;

    if (scope->with->recursive)
        return scope;
    own = arena_alloc(arena, sizeof *own);
    *own = *scope;
    own->before = cte;
    return own;
}

/* The item is a WITH query if one has that name, else a table. */
static void resolve_name(struct arena *arena, struct from_item *item,
                         const RangeVar *range)
{
    const struct from_scope *scope = item->scope;

    item->name = alias_name(range->alias);
    if (item->name == NULL)
        item->name = range->relname;
    for (; scope != NULL && range->schemaname == NULL; scope = scope->outer) {
        const CommonTableExpr *cte = cte_in(scope, range->relname);

        if (cte == NULL)
            continue;
        item->query = cte->ctequery;
        item->scope = cte_scope(arena, scope, cte);
        return;
    }
    item->table = range;
}

/* Any FROM item but a join. */
static void add_leaf(struct arena *arena, struct from_items *items,
                     const Node *node, const struct from_scope *scope)
{
    struct from_item *item = array_push(arena, items);

    item->node = node;
    item->scope = scope;
    if (IsA(node, RangeTableSample))
        node = ((const RangeTableSample *)node)->relation;
    if (IsA(node, RangeVar)) {
        resolve_name(arena, item, (const RangeVar *)node);
    } else if (IsA(node, RangeSubselect)) {
        const RangeSubselect *sub = (const RangeSubselect *)node;

        item->name = alias_name(sub->alias);
        item->query = sub->subquery;
    } else if (IsA(node, RangeFunction)) {
        item->name = alias_name(((const RangeFunction *)node)->alias);
    } else if (IsA(node, RangeTableFunc)) {
        item->name = alias_name(((const RangeTableFunc *)node)->alias);
    } else if (IsA(node, JsonTable)) {
        item->name = alias_name(((const JsonTable *)node)->alias);
    }
}

void from_add(struct arena *arena, struct from_items *items, const Node *node,
              const struct from_scope *scope)
{
    struct node_array open = {0};

    if (node == NULL)
        return;
    *array_push(arena, &open) = node;
    while (open.count > 0 && items->count < ITEMS_MAX) {
        node = open.items[--open.count];
        if (node == NULL)
            continue;
        if (IsA(node, JoinExpr)) {
            const JoinExpr *join = (const JoinExpr *)node;

            if (join->isNatural || join->usingClause != NIL ||
                join->alias != NULL)
                items->has_merged_columns = true;
            *array_push(arena, &open) = join->rarg;
            *array_push(arena, &open) = join->larg;
        } else {
            add_leaf(arena, items, node, scope);
        }
    }
}

void from_add_list(struct arena *arena, struct from_items *items,
                   const List *list, const struct from_scope *scope)
{
    const ListCell *cell;

    foreach (cell, list)
        from_add(arena, items, lfirst(cell), scope);
}

const ColumnRef *from_star(const Node *target)
{
    const ResTarget *result = node_as(ResTarget, target);
    const ColumnRef *column =
        result != NULL ? node_as(ColumnRef, result->val) : NULL;

    if (column == NULL || !IsA(llast(column->fields), A_Star))
        return NULL;
    return column;
}

bool from_item_is_taken(const struct from_item *item, const ColumnRef *star)
{
    size_t count = (size_t)list_length(star->fields);
    const char *name;

    if (count == 1)
        return true;
    name = name_from_string(list_nth(star->fields, (int)count - 2));
    return name != NULL && item->name != NULL && strcmp(name, item->name) == 0;
}

/* A query that is looked into, and the names that it can use. */
struct query {
    const Node *node;
    const struct from_scope *scope;
};

struct query_array ARRAY(struct query);

/* What is still to be looked into. */
struct search {
    struct arena *arena;
    struct query_array open;
    size_t looked_into;
};

/*
 * Adds the queries among the items that a star takes. The first table among
 * them ends the search: it is returned.
 */
static const RangeVar *take_items(struct search *search,
                                  const struct from_items *items,
                                  const ColumnRef *star)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct from_item *item = &items->items[i];

        if (!from_item_is_taken(item, star))
            continue;
        if (item->table != NULL)
            return item->table;
        if (item->query != NULL)
            *array_push(search->arena, &search->open) =
                (struct query){item->query, item->scope};
    }
    return NULL;
}

/* RETURNING with a star hands on the columns of the table that is written. */
static const RangeVar *returned_table(const ReturningClause *returning,
                                      const RangeVar *table)
{
    if (returning == NULL)
        return NULL;
    foreach_ptr (Node, target, returning->exprs)
        if (from_star(target) != NULL)
            return table;
    return NULL;
}

static const RangeVar *look_into_select(struct search *search,
                                        const SelectStmt *select,
                                        const struct from_scope *outer)
{
    const struct from_scope *scope =
        from_scope_of(search->arena, select->withClause, outer);
    struct from_items items = {0};
    const RangeVar *table = NULL;

    /* A set operation has the columns of its first arm. */
    if (select->op != SETOP_NONE) {
        *array_push(search->arena, &search->open) =
            (struct query){(const Node *)select->larg, scope};
        return NULL;
    }
    from_add_list(search->arena, &items, select->fromClause, scope);
    foreach_ptr (Node, target, select->targetList) {
        const ColumnRef *star = from_star(target);

        if (star != NULL && table == NULL)
            table = take_items(search, &items, star);
    }
    return table;
}

static const RangeVar *look_into(struct search *search,
                                 const struct query *query)
{
    const Node *node = query->node;

    if (node == NULL)
        return NULL;
    switch (nodeTag(node)) {
    case T_SelectStmt:
        return look_into_select(search, (const SelectStmt *)node, query->scope);
    case T_InsertStmt:
        return returned_table(((const InsertStmt *)node)->returningClause,
                              ((const InsertStmt *)node)->relation);
    case T_UpdateStmt:
        return returned_table(((const UpdateStmt *)node)->returningClause,
                              ((const UpdateStmt *)node)->relation);
    case T_DeleteStmt:
        return returned_table(((const DeleteStmt *)node)->returningClause,
                              ((const DeleteStmt *)node)->relation);
    case T_MergeStmt:
        return returned_table(((const MergeStmt *)node)->returningClause,
                              ((const MergeStmt *)node)->relation);
    default: return NULL;
    }
}

bool from_is_written(struct arena *arena, const struct from_item *item,
                     const RangeVar **table)
{
    struct search search = {.arena = arena};

    *table = item->table;
    if (item->table != NULL)
        return false;
    if (item->query != NULL)
        *array_push(arena, &search.open) =
            (struct query){item->query, item->scope};
    while (search.open.count > 0 && search.looked_into++ < QUERIES_MAX) {
        struct query query = search.open.items[--search.open.count];

        *table = look_into(&search, &query);
        if (*table != NULL)
            return false;
    }
    return true;
}
