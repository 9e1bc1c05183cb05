/*
 * GROUP BY: a column that stands outside of an aggregate function must be
 * grouped, be part of an expression that is, or depend on a primary key that
 * is. (parseCheckAggregates() of parse_agg.c.)
 *
 * Columns are noted where they are met and judged when the whole query is
 * known. Only then, and only for queries that group by expressions, is looked
 * for these in the SELECT.
 */
#include "query/same_expression.h"

#include "sql/walker.h"

#include <string.h>

void grouping_add(struct scope *scope, const struct value *value,
                  const Node *node)
{
    struct grouping *grouping = &scope->grouping;
    struct arena *arena = scope->analysis->arena;

    if (value->origin)
        *array_push(arena, &grouping->columns) =
            (struct column_key){value->origin, value->origin_index, true};
    else if (node)
        *array_push(arena, &grouping->expressions) = node;
    else
        grouping->has_unknown = true;
}

void grouping_add_function(struct scope *scope, const GroupingFunc *function)
{
    *array_push(scope->analysis->arena, &scope->grouping.functions) =
        (const Node *)function;
}

static bool is_same_key(const struct column_key *a, const struct column_key *b)
{
    return a->origin == b->origin && a->index == b->index;
}

/* In the set of which the columns are those [from, to). */
static bool set_has(const struct grouping *grouping, size_t from, size_t to,
                    const struct column_key *key)
{
    for (size_t i = from; i < to; i++) {
        if (grouping->columns.items[i].is_common &&
            is_same_key(&grouping->columns.items[i], key))
            return true;
    }
    return false;
}

void grouping_join_sets(struct scope *scope, const size_t *starts, size_t count,
                        size_t first)
{
    struct grouping *grouping = &scope->grouping;
    size_t end = grouping->columns.count;

    if (!analysis_step(scope->analysis,
                       (end - first) * (end - first) / 8 + 1)) {
        grouping->has_unknown = true;
        return;
    }
    for (size_t i = first; i < end; i++) {
        struct column_key *key = &grouping->columns.items[i];
        bool is_common =
            key->is_common && count > 0 && (count == 1 || i < starts[1]);

        for (size_t set = 1; is_common && set < count; set++)
            is_common = set_has(grouping, starts[set],
                                set + 1 < count ? starts[set + 1] : end, key);
        key->is_common = is_common;
    }
}

void grouping_note(struct scope *scope, const struct slot *slot,
                   size_t levels_up, ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    struct scope *owner = scope;
    struct column_use *use;

    for (size_t i = 0; i < levels_up; i++)
        owner = owner->outer;
    for (struct aggregate *aggregate = analysis->aggregate; aggregate;
         aggregate = aggregate->outer) {
        if (owner->level <= aggregate->level &&
            (!aggregate->has_columns ||
             owner->level > aggregate->found_level)) {
            aggregate->has_columns = true;
            aggregate->found_level = owner->level;
        }
    }
    if (owner->part == PART_LIMIT || owner->part == PART_OFFSET)
        owner->has_limit_column = true;
    if (levels_up == 0 && scope->part != PART_TARGET &&
        scope->part != PART_HAVING && scope->part != PART_ORDER_BY &&
        scope->part != PART_WINDOW && scope->part != PART_DISTINCT_ON)
        return;
    if (levels_up > 0 && owner->part != PART_TARGET &&
        owner->part != PART_HAVING && owner->part != PART_ORDER_BY)
        return;
    use = array_push(analysis->arena, &owner->grouping.uses);
    *use = (struct column_use){
        .key = {.origin = slot->origin, .index = slot->origin_index},
        .aggregate = analysis->aggregate,
        .is_from_subquery = levels_up > 0,
        .location = location,
    };
}

static bool is_grouped(const struct grouping *grouping,
                       const struct column_key *key)
{
    for (size_t i = 0; i < grouping->columns.count; i++) {
        if (is_same_key(&grouping->columns.items[i], key))
            return true;
    }
    return false;
}

static struct constraint *primary_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        if (constraint->type == CONSTRAINT_PRIMARY_KEY &&
            !constraint->object.is_dropped)
            return constraint;
    }
    return NULL;
}

/* Where the column stands in its range, which may show it by another name. */
static bool is_column_grouped(const struct grouping *grouping,
                              struct range *range, const struct column *column)
{
    for (size_t i = 0; i < range->row.count; i++) {
        if (range->row.items[i].value.column == column)
            return set_has(grouping, 0, grouping->columns.count,
                           &(struct column_key){.origin = range, .index = i});
    }
    return false;
}

/* check_functional_grouping(). */
static struct constraint *functional_key(const struct grouping *grouping,
                                         struct range *range)
{
    struct constraint *key = NULL;

    if (range->table && range->table->relation.kind != RELATION_VIEW)
        key = primary_key(range->table);
    if (!key || key->is_deferrable)
        return NULL;
    for (size_t i = 0; i < key->columns.count; i++) {
        if (!is_column_grouped(grouping, range, key->columns.items[i]))
            return NULL;
    }
    return key;
}

static bool is_aggregated(const struct scope *scope,
                          const struct column_use *use)
{
    for (const struct aggregate *aggregate = use->aggregate; aggregate;
         aggregate = aggregate->outer) {
        if (aggregate->is_real && aggregate->found_level == scope->level)
            return true;
    }
    return false;
}

static bool is_certain(const struct scope *scope)
{
    if (scope->grouping.has_unknown)
        return false;
    for (size_t i = 0; i < scope->all_ranges.count; i++) {
        if (!scope->all_ranges.items[i]->row.is_complete)
            return false;
    }
    return true;
}

/* Names of columns in expressions that are, or may be, grouped. */
struct cover {
    struct scope *scope;
    struct {
        ParseLoc *items;
        uint32_t count, capacity;
    } locations;
};

static bool cover_column(void *closure, const Node *node,
                         const struct walk *walk)
{
    struct cover *cover = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);

    (void)walk;
    if (reference)
        *array_push(cover->scope->analysis->arena, &cover->locations) =
            reference->location;
    return true;
}

/* Grouped expressions are looked for from above; not within queries, which the
 * server looks at column by column. */
static bool cover_expression(void *closure, const Node *node,
                             const struct walk *walk)
{
    struct cover *cover = closure;
    const struct grouping *grouping = &cover->scope->grouping;

    (void)walk;
    switch (nodeTag(node)) {
    case T_SelectStmt: return false;
    case T_ResTarget:
    case T_SortBy:
    case T_WindowDef:
    case T_CaseWhen:
    case T_NamedArgExpr: return true;
    default: break;
    }
    for (size_t i = 0; i < grouping->expressions.count; i++) {
        if (same_expression(cover->scope, node,
                            grouping->expressions.items[i]) ==
            EXPRESSIONS_DIFFER)
            continue;
        walk_tree(&cover->scope->analysis->schema->walker, node, cover_column,
                  cover);
        return false;
    }
    return true;
}

static void cover_list(struct cover *cover, const List *list)
{
    const ListCell *cell;

    foreach (cell, list)
        walk_tree(&cover->scope->analysis->schema->walker, lfirst(cell),
                  cover_expression, cover);
}

static void cover_select(struct cover *cover, const SelectStmt *select)
{
    cover_list(cover, select->targetList);
    cover_list(cover, select->sortClause);
    cover_list(cover, select->windowClause);
    walk_tree(&cover->scope->analysis->schema->walker, select->havingClause,
              cover_expression, cover);
}

static bool is_covered(const struct cover *cover, const struct column_use *use)
{
    for (size_t i = 0; i < cover->locations.count; i++) {
        if (cover->locations.items[i] == use->location)
            return true;
    }
    return false;
}

/* An argument of GROUPING(): false if it is certain that it is not grouped. */
static bool may_be_argument(struct scope *scope, const Node *node)
{
    const struct grouping *grouping = &scope->grouping;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct slot *slot =
        reference ? same_expression_slot(scope, reference) : NULL;

    if (reference && (!slot || !slot->origin ||
                      is_grouped(grouping, &(struct column_key){
                                               .origin = slot->origin,
                                               .index = slot->origin_index})))
        return true;
    for (size_t i = 0; i < grouping->expressions.count; i++) {
        if (same_expression(scope, node, grouping->expressions.items[i]) !=
            EXPRESSIONS_DIFFER)
            return true;
    }
    return reference == NULL && grouping->columns.count > 0 &&
           nodeTag(node) == T_TypeCast;
}

/* finalize_grouping_exprs(). */
static void check_functions(struct scope *scope)
{
    const ListCell *cell;

    for (size_t i = 0; i < scope->grouping.functions.count; i++) {
        const GroupingFunc *function =
            (const GroupingFunc *)scope->grouping.functions.items[i];

        foreach (cell, function->args) {
            if (!may_be_argument(scope, lfirst(cell)))
                analysis_fail(scope->analysis, function->location, "42803",
                              "arguments to GROUPING must be grouping "
                              "expressions of the associated query level");
        }
    }
}

/* True if the column is grouped, or depends on a key that is. */
static bool may_stand(struct scope *scope, const struct column_use *use)
{
    struct constraint *key;

    if (!use->key.origin || is_grouped(&scope->grouping, &use->key) ||
        is_aggregated(scope, use))
        return true;
    /* What USING made of two columns may be grouped by them. */
    if (!use->key.origin->name && scope->grouping.columns.count > 0)
        return true;
    key = functional_key(&scope->grouping, use->key.origin);
    if (key)
        analysis_need(scope->analysis, &key->object);
    return key != NULL;
}

static void fail(struct scope *scope, const struct column_use *use)
{
    const struct range *range = use->key.origin;
    const char *table = range->name ? range->name : "unnamed_join";
    const char *column = range->row.items[use->key.index].name;

    analysis_fail(scope->analysis, use->location, "42803",
                  use->is_from_subquery
                      ? "subquery uses ungrouped column \"%s.%s\" from outer "
                        "query"
                      : "column \"%s.%s\" must appear in the GROUP BY clause "
                        "or be used in an aggregate function",
                  table, column);
}

void grouping_check(struct scope *scope, const SelectStmt *select)
{
    const struct grouping *grouping = &scope->grouping;
    struct cover cover = {.scope = scope};
    bool is_made = false;

    if (!analysis_step(scope->analysis, grouping->uses.count *
                                            (grouping->columns.count + 1) / 8))
        return;
    if (is_certain(scope))
        check_functions(scope);
    for (size_t i = 0; i < grouping->uses.count; i++) {
        const struct column_use *use = &grouping->uses.items[i];

        if (may_stand(scope, use) || !is_certain(scope))
            continue;
        if (grouping->expressions.count > 0 && !is_made)
            cover_select(&cover, select);
        is_made = true;
        if (is_covered(&cover, use) ||
            !analysis_step(scope->analysis, cover.locations.count / 8 + 1))
            continue;
        fail(scope, use);
        return;
    }
}
