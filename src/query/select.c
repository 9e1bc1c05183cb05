/*
 * SELECT, VALUES and TABLE: clauses in the order in which the server looks at
 * them, which decides what names mean and which error comes first.
 * (transformSelectStmt() and transformValuesClause() of analyze.c, ORDER BY
 * and its like of parse_clause.c.)
 */
#include "query/analysis.h"

#include <string.h>

struct scope *scope_new(struct scope *outer)
{
    struct scope *scope = arena_alloc(outer->analysis->arena, sizeof *scope);

    scope->analysis = outer->analysis;
    scope->outer = outer;
    scope->level = outer->level + 1;
    return scope;
}

/* Literals that nothing gave a type are text. */
void resolve_unknown(struct analysis *analysis, struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        struct value *value = &row->items[i].value;

        if (type_oid(value->type.type) == UNKNOWNOID) {
            value->type = type_builtin(analysis, TEXTOID);
            value->node = NULL;
        }
    }
}

void condition(struct scope *scope, const Node *node, enum query_part part,
               const char *construct)
{
    struct value value;

    if (!node)
        return;
    value = expression_in_part(scope, node, part);
    value_to_boolean(scope->analysis, &value, construct, node);
}

static void limit_clause(struct scope *scope, const Node *node,
                         enum query_part part, const char *construct)
{
    struct value value;

    if (!node)
        return;
    value = expression_in_part(scope, node, part);
    value_to_specific(scope->analysis, &value, INT8OID, construct, node);
    if (scope->has_limit_column)
        analysis_fail(scope->analysis, -1, "42P10",
                      "argument of %s must not contain variables", construct);
}

void order_expressions(struct scope *scope, const List *items,
                       enum query_part part)
{
    const ListCell *cell;

    foreach (cell, items) {
        const SortBy *item = lfirst(cell);
        struct value value = expression_in_part(scope, item->node, part);

        value_check_ordering(scope->analysis, &value,
                             tree_location(item->node));
    }
}

/* What ORDER BY, LIMIT ... of VALUES and of set operations, too, have. */
static void sort_and_limit(struct scope *scope, const SelectStmt *select)
{
    order_by(scope, select->sortClause);
    limit_clause(scope, select->limitOffset, PART_OFFSET, "OFFSET");
    limit_clause(scope, select->limitCount, PART_LIMIT, "LIMIT");
}

static const char *lock_name(LockClauseStrength strength)
{
    switch (strength) {
    case LCS_FORKEYSHARE: return "FOR KEY SHARE";
    case LCS_FORSHARE: return "FOR SHARE";
    case LCS_FORNOKEYUPDATE: return "FOR NO KEY UPDATE";
    case LCS_NONE:
    case LCS_FORUPDATE: break;
    }
    return "FOR UPDATE";
}

/* CheckSelectLocking(). */
static void check_locking(struct scope *scope, const SelectStmt *select,
                          const char *lock)
{
    const char *what = NULL;

    if (select->op != SETOP_NONE)
        what = "UNION/INTERSECT/EXCEPT";
    else if (select->distinctClause)
        what = "DISTINCT clause";
    else if (select->groupClause)
        what = "GROUP BY clause";
    else if (select->havingClause)
        what = "HAVING clause";
    else if (scope->has_aggregates)
        what = "aggregate functions";
    else if (scope->has_window_calls)
        what = "window functions";
    else if (scope->has_set_targets)
        what = "set-returning functions in the target list";
    if (what)
        analysis_fail(scope->analysis, -1, "0A000", "%s is not allowed with %s",
                      lock, what);
}

static void lock_range(struct scope *scope, const struct range *range)
{
    struct query_relation_array *relations = &scope->analysis->out->relations;

    for (size_t i = range->first_relation; i < range->relation_end; i++) {
        if (relations->items[i].use == USE_READ &&
            relations->items[i].is_in_from)
            relations->items[i].use = USE_LOCK;
    }
}

static void lock_named(struct scope *scope, const RangeVar *name,
                       const char *lock)
{
    for (size_t i = 0; i < scope->all_ranges.count; i++) {
        const struct range *range = scope->all_ranges.items[i];

        if (range->name && strcmp(range->name, name->relname) == 0) {
            lock_range(scope, range);
            return;
        }
    }
    analysis_fail(scope->analysis, name->location, "42P01",
                  "relation \"%s\" in %s clause not found in FROM clause",
                  name->relname, lock);
}

/* FOR UPDATE, FOR SHARE ... */
static void locking_clause(struct scope *scope, const SelectStmt *select)
{
    const ListCell *cell, *name;

    foreach (cell, select->lockingClause) {
        const LockingClause *locking = lfirst(cell);
        const char *lock = lock_name(locking->strength);

        check_locking(scope, select, lock);
        foreach (name, locking->lockedRels)
            lock_named(scope, lfirst(name), lock);
        if (locking->lockedRels)
            continue;
        for (size_t i = 0; i < scope->all_ranges.count; i++)
            lock_range(scope, scope->all_ranges.items[i]);
    }
}

/* One row of VALUES; false if it is not known how many values it has. */
static bool values_row(struct scope *scope, const List *items,
                       struct value_array *values)
{
    struct arena *arena = scope->analysis->arena;
    bool is_complete = true;
    const ListCell *cell;

    foreach (cell, items) {
        struct row star = {.is_complete = true};

        if (!target_add_star(scope, lfirst(cell), &star)) {
            struct value value =
                expression_in_part(scope, lfirst(cell), PART_VALUES);

            *array_push(arena, values) = value;
        }
        for (size_t i = 0; i < star.count; i++)
            *array_push(arena, values) = star.items[i].value;
        is_complete = is_complete && star.is_complete;
    }
    return is_complete;
}

/* VALUES as a query: its columns have the common types of the rows. */
static void values_query(struct scope *scope, const SelectStmt *select,
                         struct row *row)
{
    struct analysis *analysis = scope->analysis;
    size_t height = (size_t)list_length(select->valuesLists), width = 0;
    struct value_array values = {0};
    struct value *column;
    const ListCell *cell;

    row->is_complete = analysis_step(
        analysis, height * (size_t)list_length(linitial(select->valuesLists)));
    if (!row->is_complete)
        return;
    foreach (cell, select->valuesLists) {
        size_t before = values.count;

        if (!values_row(scope, lfirst(cell), &values)) {
            row->is_complete = false;
            return;
        }
        if (before == 0)
            width = values.count;
        if (values.count - before != width) {
            analysis_fail(analysis, -1, "42601",
                          "VALUES lists must all be the same length");
            return;
        }
    }
    column = arena_alloc(analysis->arena, height * sizeof *column);
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < height; j++)
            column[j] = values.items[j * width + i];
        row_add(analysis, row,
                arena_format(analysis->arena, "column%zu", i + 1),
                value_of(value_common(analysis, column, height, "VALUES")));
    }
    scope->outputs = row;
    sort_and_limit(scope, select);
}

static void plain_select(struct scope *scope, const SelectStmt *select,
                         struct row *row)
{
    from_clause(scope, select->fromClause);
    target_list(scope, select->targetList, PART_TARGET, row);
    scope->targets = select->targetList;
    scope->outputs = row;
    scope->is_distinct =
        select->distinctClause && !linitial(select->distinctClause);
    condition(scope, select->whereClause, PART_WHERE, "WHERE");
    condition(scope, select->havingClause, PART_HAVING, "HAVING");
    order_by(scope, select->sortClause);
    group_items(scope, select->groupClause);
    distinct_clause(scope, select->distinctClause, select->sortClause);
    limit_clause(scope, select->limitOffset, PART_OFFSET, "OFFSET");
    limit_clause(scope, select->limitCount, PART_LIMIT, "LIMIT");
    window_clause(scope, select->windowClause);
    if (scope->has_aggregates || select->groupClause || select->havingClause ||
        scope->grouping.functions.count > 0)
        grouping_check(scope, select);
    locking_clause(scope, select);
}

void query_of_select(struct scope *scope, const SelectStmt *select,
                     struct row *row)
{
    row->is_complete = true;
    with_clause(scope, select->withClause);
    if (select->op != SETOP_NONE) {
        set_operation(scope, select, row);
        return;
    }
    if (select->valuesLists)
        values_query(scope, select, row);
    else
        plain_select(scope, select, row);
    if (!scope->keeps_unknown)
        resolve_unknown(scope->analysis, row);
}

/* Names and positions, but no expressions. */
static void check_order_of_union(struct scope *scope, const List *items)
{
    const ListCell *cell;

    foreach (cell, items) {
        const Node *node = ((const SortBy *)lfirst(cell))->node;

        if (nodeTag(node) != T_ColumnRef && nodeTag(node) != T_A_Const &&
            scope->outputs->is_complete)
            analysis_fail(scope->analysis, tree_location(node), "0A000",
                          "invalid UNION/INTERSECT/EXCEPT ORDER BY clause");
    }
}

/* ORDER BY of a set operation sees its outputs alone. */
void query_clauses_of_union(struct scope *scope, const SelectStmt *select,
                            const struct row *row)
{
    struct visible_array none = {0}, ranges = scope->ranges;
    struct range *outputs = range_new(scope, NULL);

    range_use_row(scope, outputs, row);
    scope->outputs = row;
    scope->ranges = none;
    *array_push(scope->analysis->arena, &scope->ranges) =
        range_visible(outputs);
    order_by(scope, select->sortClause);
    check_order_of_union(scope, select->sortClause);
    scope->ranges = ranges;
    limit_clause(scope, select->limitOffset, PART_OFFSET, "OFFSET");
    limit_clause(scope, select->limitCount, PART_LIMIT, "LIMIT");
    locking_clause(scope, select);
}

void query_in_scope(struct scope *scope, const Node *query, struct row *row)
{
    row->is_complete = true;
    switch (nodeTag(query)) {
    case T_SelectStmt:
        query_of_select(scope, (const SelectStmt *)query, row);
        break;
    case T_InsertStmt:
        query_of_insert(scope, (const InsertStmt *)query, row);
        break;
    case T_UpdateStmt:
        query_of_update(scope, (const UpdateStmt *)query, row);
        break;
    case T_DeleteStmt:
        query_of_delete(scope, (const DeleteStmt *)query, row);
        break;
    case T_MergeStmt:
        query_of_merge(scope, (const MergeStmt *)query, row);
        break;
    default:
        row->is_complete = false;
        analysis_unknown(scope->analysis);
        break;
    }
}

static void query_within(struct scope *outer, const Node *query,
                         bool keeps_unknown, bool is_in_from, struct row *row)
{
    struct analysis *analysis = outer->analysis;
    struct scope *scope;

    if (!query || !analysis_enter(analysis)) {
        row->is_complete = false;
        return;
    }
    scope = scope_new(outer);
    scope->keeps_unknown = keeps_unknown;
    scope->is_in_from = is_in_from;
    query_in_scope(scope, query, row);
    analysis_leave(analysis);
}

void query_of_node(struct scope *outer, const Node *query, bool keeps_unknown,
                   struct row *row)
{
    query_within(outer, query, keeps_unknown, false, row);
}

void query_in_from(struct scope *outer, const Node *query, struct row *row)
{
    query_within(outer, query, false, outer->is_in_from, row);
}
