/*
 * SELECT, VALUES and TABLE: clauses in the order in which the server looks at
 * them, which decides what names mean and which error comes first.
 * (transformSelectStmt() and transformValuesClause() of analyze.c, ORDER BY
 * and its like of parse_clause.c.)
 */
#include "query/same_expression.h"

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

/* The values of a set-returning or any expression at this position. */
static void order_position(struct scope *scope, const A_Const *constant,
                           const char *clause, size_t *found)
{
    long position;

    *found = (size_t)-1;
    if (constant->isnull || nodeTag(&constant->val) != T_Integer) {
        analysis_fail(scope->analysis, constant->location, "42601",
                      "non-integer constant in %s", clause);
        return;
    }
    position = constant->val.ival.ival;
    if (position >= 1 && (size_t)position <= scope->outputs->count) {
        *found = (size_t)position - 1;
        return;
    }
    if (scope->outputs->is_complete)
        analysis_fail(scope->analysis, constant->location, "42P10",
                      "%s position %ld is not in select list", clause,
                      position);
}

/* The only output of that name; (size_t)-1 if there is none. */
static size_t order_name(struct scope *scope, const char *name,
                         const char *clause, ParseLoc location)
{
    size_t found = (size_t)-1;

    for (size_t i = 0; i < scope->outputs->count; i++) {
        const struct slot *slot = &scope->outputs->items[i];

        if (!slot->name || strcmp(slot->name, name) != 0)
            continue;
        if (found != (size_t)-1) {
            const struct column *a = scope->outputs->items[found].value.column;
            const struct column *b = slot->value.column;

            if (a && b && a != b)
                analysis_fail(scope->analysis, location, "42702",
                              "%s \"%s\" is ambiguous", clause, name);
            return found;
        }
        found = i;
    }
    return found;
}

/*
 * An item of ORDER BY, GROUP BY or DISTINCT ON: an output by its name or
 * position ((size_t)-1: it is none), or an expression.
 * (findTargetlistEntrySQL92)
 */
static struct value clause_item(struct scope *scope, const Node *node,
                                enum query_part part, const char *clause,
                                size_t *output)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const A_Const *constant = node_as(A_Const, node);
    const char *name = NULL;

    *output = (size_t)-1;
    if (reference && list_length(reference->fields) == 1)
        name = name_from_string(linitial(reference->fields));
    if (name && part == PART_GROUP_BY && column_is_here(scope, name))
        name = NULL;
    if (name)
        *output = order_name(scope, name, clause, reference->location);
    else if (constant)
        order_position(scope, constant, clause, output);
    if (*output != (size_t)-1)
        return scope->outputs->items[*output].value;
    if (constant)
        return value_of((struct data_type){NULL, -1});
    return expression_in_part(scope, node, part);
}

/* An output that is a `*`'s, or whose place is not known. */
static bool may_be_output(struct scope *scope, const struct value *value,
                          const Node *node, size_t output)
{
    const struct value *other = &scope->outputs->items[output].value;
    const Node *tree = same_expression_output(scope, output);

    if (tree)
        return same_expression(scope, node, tree) != EXPRESSIONS_DIFFER;
    return !value->origin || !other->origin ||
           (value->origin == other->origin &&
            value->origin_index == other->origin_index);
}

/* SELECT DISTINCT ... ORDER BY what is not selected. */
static void check_distinct_order(struct scope *scope, const struct value *value,
                                 const Node *node)
{
    if (!scope->outputs->is_complete || !scope->targets ||
        !analysis_step(scope->analysis, scope->outputs->count))
        return;
    for (size_t i = 0; i < scope->outputs->count; i++) {
        if (may_be_output(scope, value, node, i))
            return;
    }
    analysis_fail(scope->analysis, tree_location(node), "42P10",
                  "for SELECT DISTINCT, ORDER BY expressions must appear in "
                  "select list");
}

static void order_by(struct scope *scope, const List *items)
{
    const ListCell *cell;

    foreach (cell, items) {
        const SortBy *item = lfirst(cell);
        size_t output;
        struct value value =
            clause_item(scope, item->node, PART_ORDER_BY, "ORDER BY", &output);

        if (scope->is_distinct && output == (size_t)-1)
            check_distinct_order(scope, &value, item->node);
        value_check_ordering(scope->analysis, &value,
                             tree_location(item->node));
    }
}

static void group_item(struct scope *scope, const Node *node);

/* Of GROUPING SETS, ROLLUP and CUBE. */
static void group_sets(struct scope *scope, const GroupingSet *set)
{
    const struct column_key_array *columns = &scope->grouping.columns;
    bool are_sets = set->kind == GROUPING_SET_SETS;
    size_t first = columns->count, count = 0;
    size_t *starts =
        arena_alloc(scope->analysis->arena,
                    ((size_t)list_length(set->content) + 1) * sizeof *starts);
    const ListCell *cell;

    if (!analysis_enter(scope->analysis)) {
        scope->grouping.has_unknown = true;
        return;
    }
    foreach (cell, set->content) {
        starts[count++] = columns->count;
        group_item(scope, lfirst(cell));
    }
    analysis_leave(scope->analysis);
    grouping_join_sets(scope, starts, are_sets ? count : 0, first);
}

static void group_items(struct scope *scope, const List *items)
{
    const ListCell *cell;

    if (!analysis_enter(scope->analysis))
        return;
    foreach (cell, items)
        group_item(scope, lfirst(cell));
    analysis_leave(scope->analysis);
}

/* (a, b) in GROUP BY is a, b. */
static void group_item(struct scope *scope, const Node *node)
{
    const GroupingSet *set = node_as(GroupingSet, node);
    const RowExpr *row = node_as(RowExpr, node);
    struct value value;
    size_t output;

    if (nodeTag(node) == T_List) {
        group_items(scope, (const List *)node);
        return;
    }
    if (set) {
        if (set->kind == GROUPING_SET_SIMPLE || set->kind == GROUPING_SET_EMPTY)
            group_items(scope, set->content);
        else
            group_sets(scope, set);
        return;
    }
    if (row && row->row_format == COERCE_IMPLICIT_CAST) {
        group_items(scope, row->args);
        return;
    }
    value = clause_item(scope, node, PART_GROUP_BY, "GROUP BY", &output);
    grouping_add(scope, &value,
                 output == (size_t)-1 ? node
                                      : same_expression_output(scope, output));
    value_check_equality(scope->analysis, &value, tree_location(node));
}

/* One of DISTINCT ON or ORDER BY: an output, or else an expression. */
struct sort_key {
    const Node *node;
    size_t output; /* (size_t)-1: none */
};

/* As the server finds it: by name or position, or else by what it is. */
static enum sameness compare_keys(struct scope *scope, const struct sort_key *a,
                                  const struct sort_key *b)
{
    const Node *tree_a = a->node, *tree_b = b->node;

    if (a->output != (size_t)-1 && a->output == b->output)
        return EXPRESSIONS_ARE_SAME;
    if (a->output != (size_t)-1)
        tree_a = same_expression_output(scope, a->output);
    if (b->output != (size_t)-1)
        tree_b = same_expression_output(scope, b->output);
    if (!tree_a || !tree_b)
        return EXPRESSIONS_MAY_BE_SAME;
    return same_expression(scope, tree_a, tree_b);
}

static struct sort_key sort_key_of(struct scope *scope, const Node *node)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const A_Const *constant = node_as(A_Const, node);
    struct sort_key key = {node, (size_t)-1};

    if (reference && list_length(reference->fields) == 1 &&
        name_from_string(linitial(reference->fields)))
        key.output =
            order_name(scope, name_from_string(linitial(reference->fields)),
                       "ORDER BY", reference->location);
    else if (constant)
        order_position(scope, constant, "ORDER BY", &key.output);
    return key;
}

/* Marks the items that this key of ORDER BY is. */
static enum sameness match_key(struct scope *scope, const SortBy *sort,
                               const List *items, bool *matched)
{
    struct sort_key key = sort_key_of(scope, sort->node);
    enum sameness best = EXPRESSIONS_DIFFER;

    for (int i = 0; i < list_length(items); i++) {
        struct sort_key item = sort_key_of(scope, list_nth(items, i));
        enum sameness sameness = compare_keys(scope, &key, &item);

        best = sameness > best ? sameness : best;
        matched[i] = matched[i] || sameness == EXPRESSIONS_ARE_SAME;
    }
    return best;
}

/* What is distinct must be sorted by first: transformDistinctOnClause(). */
static bool is_sorted_first(struct scope *scope, const List *items,
                            const List *sort)
{
    int count = list_length(items);
    bool *matched =
        arena_alloc(scope->analysis->arena, (size_t)count * sizeof *matched);
    bool has_other = false;
    const ListCell *cell;

    foreach (cell, sort) {
        switch (match_key(scope, lfirst(cell), items, matched)) {
        case EXPRESSIONS_MAY_BE_SAME: return true;
        case EXPRESSIONS_DIFFER: has_other = true; break;
        case EXPRESSIONS_ARE_SAME:
            if (has_other)
                return false;
            break;
        }
    }
    for (int i = 0; has_other && i < count; i++) {
        if (!matched[i])
            return false;
    }
    return true;
}

static void check_distinct_on(struct scope *scope, const List *items,
                              const List *sort)
{
    if (analysis_has_failed(scope->analysis) ||
        !analysis_step(scope->analysis,
                       (size_t)list_length(items) * (size_t)list_length(sort)))
        return;
    if (!is_sorted_first(scope, items, sort))
        analysis_fail(scope->analysis, tree_location(linitial(items)), "42P10",
                      "SELECT DISTINCT ON expressions must match initial ORDER "
                      "BY expressions");
}

static void distinct_clause(struct scope *scope, const List *items,
                            const List *sort)
{
    const ListCell *cell;

    if (items && !linitial(items)) {
        for (size_t i = 0; i < scope->outputs->count; i++)
            value_check_equality(scope->analysis,
                                 &scope->outputs->items[i].value, -1);
        return;
    }
    foreach (cell, items) {
        size_t output;

        clause_item(scope, lfirst(cell), PART_DISTINCT_ON, "DISTINCT ON",
                    &output);
    }
    if (items)
        check_distinct_on(scope, items, sort);
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

/* What a frame asks of ORDER BY (transformWindowDefinitions). */
static void check_frame(struct scope *scope, const WindowDef *window,
                        const WindowDef *base)
{
    int options = window->frameOptions;
    const List *order =
        base && base->orderClause ? base->orderClause : window->orderClause;

    if ((options & FRAMEOPTION_RANGE) && list_length(order) != 1 &&
        (options & (FRAMEOPTION_START_OFFSET | FRAMEOPTION_END_OFFSET)))
        analysis_fail(scope->analysis, window->location, "42P20",
                      "RANGE with offset PRECEDING/FOLLOWING requires exactly "
                      "one ORDER BY column");
    if ((options & FRAMEOPTION_GROUPS) && !order)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "GROUPS mode requires an ORDER BY clause");
}

/* OVER (w ...) may add an order and a frame, if w has none. */
static void check_base(struct scope *scope, const WindowDef *window,
                       const WindowDef *base)
{
    const char *what = NULL;

    if (window->partitionClause)
        what = "PARTITION BY";
    else if (window->orderClause && base->orderClause)
        what = "ORDER BY";
    if (what)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "cannot override %s clause of window \"%s\"", what,
                      base->name);
    else if (base->frameOptions != FRAMEOPTION_DEFAULTS)
        analysis_fail(scope->analysis, window->location, "42P20",
                      "cannot copy window \"%s\" because it has a frame clause",
                      base->name);
}

static void window_definition(struct scope *scope, const WindowDef *window,
                              const WindowDef *base)
{
    expression_list(scope, window->partitionClause, PART_WINDOW);
    order_expressions(scope, window->orderClause, PART_WINDOW);
    expression_in_part(scope, window->startOffset, PART_WINDOW);
    expression_in_part(scope, window->endOffset, PART_WINDOW);
    if (base)
        check_base(scope, window, base);
    check_frame(scope, window, base);
}

/* WINDOW w AS (...), and those that stand after OVER. */
static void window_clause(struct scope *scope, const List *windows)
{
    const ListCell *cell;
    size_t named = (size_t)list_length(windows);

    if (!analysis_step(scope->analysis, named * named / 8 + 1))
        return;
    foreach (cell, windows) {
        const WindowDef *window = lfirst(cell);

        for (int i = 0; lfirst(cell) != list_nth(windows, i); i++) {
            const WindowDef *other = list_nth(windows, i);

            if (strcmp(other->name, window->name) == 0)
                analysis_fail(scope->analysis, window->location, "42P20",
                              "window \"%s\" is already defined", window->name);
        }
        window_definition(scope, window, NULL);
    }
    for (struct window_use *use = scope->window_uses; use; use = use->next) {
        const char *name =
            use->window->name ? use->window->name : use->window->refname;
        const WindowDef *base = NULL;

        foreach (cell, windows) {
            const WindowDef *window = lfirst(cell);

            if (name && !base && strcmp(window->name, name) == 0)
                base = window;
        }
        if (name && !base)
            analysis_fail(scope->analysis, use->window->location, "42704",
                          "window \"%s\" does not exist", name);
        if (!use->window->name)
            window_definition(scope, use->window, base);
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

/* VALUES as a query: its columns have the common types of the rows. */
static void values_query(struct scope *scope, const SelectStmt *select,
                         struct row *row)
{
    struct analysis *analysis = scope->analysis;
    int width = list_length(linitial(select->valuesLists));
    int height = list_length(select->valuesLists);
    struct value *values;
    const ListCell *cell, *item;
    size_t at = 0;

    row->is_complete = true;
    if (!analysis_step(analysis, (size_t)width * (size_t)height)) {
        row->is_complete = false;
        return;
    }
    values = arena_alloc(analysis->arena,
                         (size_t)width * (size_t)height * sizeof *values);
    foreach (cell, select->valuesLists) {
        const List *list = lfirst(cell);

        if (list_length(list) != width) {
            analysis_fail(analysis, -1, "42601",
                          "VALUES lists must all be the same length");
            return;
        }
        foreach (item, list) {
            /* By column, so that each column's values stand in a row. */
            values[(at % (size_t)width) * (size_t)height + at / (size_t)width] =
                expression_in_part(scope, lfirst(item), PART_VALUES);
            at++;
        }
    }
    for (int i = 0; i < width; i++)
        row_add(
            analysis, row, arena_format(analysis->arena, "column%d", i + 1),
            value_of(value_common(analysis, values + (size_t)i * (size_t)height,
                                  (size_t)height, "VALUES")));
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
