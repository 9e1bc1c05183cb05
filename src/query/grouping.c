/*
 * GROUP BY: a column that stands outside of an aggregate function must be
 * grouped, or depend on a primary key that is. (parseCheckAggregates() of
 * parse_agg.c.)
 *
 * Columns are noted where they are met and judged when the whole query is
 * known. Where an expression is grouped by, the columns in it are not judged.
 */
#include "query/analysis.h"

void grouping_add(struct scope *scope, const struct value *value)
{
    struct grouping *grouping = &scope->grouping;

    if (value->origin) {
        struct column_key *key =
            array_push(scope->analysis->arena, &grouping->columns);

        *key = (struct column_key){value->origin, value->origin_index};
        return;
    }
    grouping->has_expressions = true;
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
    if (levels_up == 0 && scope->part != PART_TARGET &&
        scope->part != PART_HAVING && scope->part != PART_ORDER_BY &&
        scope->part != PART_WINDOW && scope->part != PART_DISTINCT_ON)
        return;
    if (levels_up > 0 && owner->part != PART_TARGET &&
        owner->part != PART_HAVING && owner->part != PART_ORDER_BY)
        return;
    use = array_push(analysis->arena, &owner->grouping.uses);
    *use = (struct column_use){
        .key = {slot->origin, slot->origin_index},
        .aggregate = analysis->aggregate,
        .is_from_subquery = levels_up > 0,
        .location = location,
    };
}

static bool is_grouped(const struct grouping *grouping, struct column_key key)
{
    for (size_t i = 0; i < grouping->columns.count; i++) {
        if (grouping->columns.items[i].origin == key.origin &&
            grouping->columns.items[i].index == key.index)
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
            return is_grouped(grouping, (struct column_key){range, i});
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
    if (scope->grouping.has_expressions || scope->grouping.has_sets)
        return false;
    for (size_t i = 0; i < scope->all_ranges.count; i++) {
        if (!scope->all_ranges.items[i]->row.is_complete)
            return false;
    }
    return true;
}

void grouping_check(struct scope *scope)
{
    const struct grouping *grouping = &scope->grouping;

    if (!analysis_step(scope->analysis, grouping->uses.count *
                                            (grouping->columns.count + 1) / 8))
        return;
    for (size_t i = 0; i < grouping->uses.count; i++) {
        const struct column_use *use = &grouping->uses.items[i];
        struct range *range = use->key.origin;
        struct constraint *key;
        const char *table, *column;

        if (!range || is_grouped(grouping, use->key) ||
            is_aggregated(scope, use))
            continue;
        key = functional_key(grouping, range);
        if (key) {
            analysis_need(scope->analysis, &key->object);
            continue;
        }
        if (!is_certain(scope))
            continue;
        table = range->name ? range->name : "unnamed_join";
        column = range->row.items[use->key.index].name;
        if (use->is_from_subquery)
            analysis_fail(scope->analysis, use->location, "42803",
                          "subquery uses ungrouped column \"%s.%s\" from outer "
                          "query",
                          table, column);
        else
            analysis_fail(scope->analysis, use->location, "42803",
                          "column \"%s.%s\" must appear in the GROUP BY clause "
                          "or be used in an aggregate function",
                          table, column);
        return;
    }
}
