/*
 * ORDER BY, GROUP BY and DISTINCT: outputs by their names and positions, or
 * expressions. (findTargetlistEntrySQL92() and its callers in parse_clause.c)
 */
#include "query/same_expression.h"

#include <string.h>

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

/* The output's name means a column, if it is nothing but that. */
static void note_output(struct scope *scope, const ColumnRef *reference,
                        const struct slot *output)
{
    const struct slot *slot = output;

    /* A `*` does not say where its columns come from. */
    if (!output->value.origin)
        slot = same_expression_slot(scope, reference);
    if (slot && slot->value.column == output->value.column)
        column_note_output(scope, reference, slot);
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
    if (*output != (size_t)-1) {
        if (name)
            note_output(scope, reference, &scope->outputs->items[*output]);
        return scope->outputs->items[*output].value;
    }
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

void order_by(struct scope *scope, const List *items)
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

void group_items(struct scope *scope, const List *items)
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

void distinct_clause(struct scope *scope, const List *items, const List *sort)
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
