/*
 * See placement.h. Each place has the words by which messages call it.
 */
#include "query/placement.h"

struct aggregate *aggregate_enter(struct scope *scope)
{
    struct aggregate *aggregate =
        arena_alloc(scope->analysis->arena, sizeof *aggregate);

    *aggregate = (struct aggregate){
        .level = scope->level,
        .found_level = scope->level,
        .outer = scope->analysis->aggregate,
    };
    scope->analysis->aggregate = aggregate;
    return aggregate;
}

void aggregate_leave(struct scope *scope, const struct aggregate *aggregate)
{
    scope->analysis->aggregate = aggregate->outer;
}

void note_window(struct scope *scope, const WindowDef *window)
{
    struct window_use *use = arena_alloc(scope->analysis->arena, sizeof *use);

    use->window = window;
    use->next = scope->window_uses;
    scope->window_uses = use;
}

/* Of an expression that is no part of a query; null: anything may stand. */
static const char *clause_words(enum query_clause clause)
{
    switch (clause) {
    case CLAUSE_DEFAULT: return "DEFAULT expressions";
    case CLAUSE_GENERATED: return "column generation expressions";
    case CLAUSE_CHECK:
    case CLAUSE_DOMAIN_CHECK: return "check constraints";
    case CLAUSE_INDEX: return "index expressions";
    case CLAUSE_INDEX_PREDICATE: return "index predicates";
    case CLAUSE_STATISTICS: return "statistics expressions";
    case CLAUSE_PARTITION_KEY: return "partition key expressions";
    case CLAUSE_PARTITION_BOUND: return "partition bound";
    case CLAUSE_TRANSFORM: return "transform expressions";
    case CLAUSE_TRIGGER_WHEN: return "trigger WHEN conditions";
    case CLAUSE_POLICY: return "policy expressions";
    case CLAUSE_RULE: return "WHERE";
    case CLAUSE_QUERY: break;
    }
    return NULL;
}

/* What forbids all three; null: at least one of them may stand. */
static const char *part_words(enum query_part part)
{
    switch (part) {
    case PART_JOIN_ON: return "JOIN conditions";
    case PART_WHERE: return "WHERE";
    case PART_FILTER: return "FILTER";
    case PART_UPDATE: return "UPDATE";
    case PART_LIMIT: return "LIMIT";
    case PART_OFFSET: return "OFFSET";
    case PART_RETURNING: return "RETURNING";
    case PART_VALUES: return "VALUES";
    case PART_MERGE_WHEN: return "MERGE WHEN conditions";
    case PART_NONE:
    case PART_FROM_FUNCTION:
    case PART_HAVING:
    case PART_WINDOW:
    case PART_TARGET:
    case PART_GROUP_BY:
    case PART_ORDER_BY:
    case PART_DISTINCT_ON: break;
    }
    return NULL;
}

static const char *words_of(const struct scope *scope)
{
    if (scope->part == PART_NONE)
        return clause_words(scope->analysis->place->clause);
    return part_words(scope->part);
}

static struct scope *scope_at(struct scope *scope, size_t level)
{
    while (scope->level > level && scope->outer)
        scope = scope->outer;
    return scope;
}

static void check_nesting(struct analysis *analysis,
                          const struct aggregate *aggregate, ParseLoc location)
{
    if (aggregate->has_inner)
        analysis_fail(analysis, location, "42803",
                      "aggregate function calls cannot be nested");
}

static void check_aggregate(struct scope *scope, struct aggregate *aggregate,
                            ParseLoc location)
{
    struct scope *owner = scope_at(scope, aggregate->found_level);
    const char *words = words_of(owner);

    aggregate->is_real = true;
    if (aggregate->has_window)
        analysis_fail(scope->analysis, location, "42803",
                      "aggregate function calls cannot contain window function "
                      "calls");
    check_nesting(scope->analysis, aggregate, location);
    for (struct aggregate *outer = aggregate->outer; outer;
         outer = outer->outer) {
        if (outer->level == aggregate->found_level)
            outer->has_inner = true;
    }
    owner->has_aggregates = true;
    if (owner->part == PART_GROUP_BY)
        words = "GROUP BY";
    else if (owner->part == PART_FROM_FUNCTION)
        words = "functions in FROM";
    else if (owner != scope && owner->is_lateral_active)
        words = "FROM clause of their own query level";
    if (words)
        analysis_fail(scope->analysis, location, "42803",
                      "aggregate functions are not allowed in %s", words);
}

void placement_check_window(struct scope *scope, ParseLoc location)
{
    const char *words = words_of(scope);

    if (scope->analysis->aggregate &&
        scope->analysis->aggregate->level == scope->level)
        scope->analysis->aggregate->has_window = true;
    scope->has_window_calls = true;
    if (scope->part == PART_GROUP_BY)
        words = "GROUP BY";
    else if (scope->part == PART_HAVING)
        words = "HAVING";
    else if (scope->part == PART_WINDOW)
        words = "window definitions";
    else if (scope->part == PART_FROM_FUNCTION)
        words = "functions in FROM";
    if (words)
        analysis_fail(scope->analysis, location, "42P20",
                      "window functions are not allowed in %s", words);
}

void placement_check(struct scope *scope, struct aggregate *aggregate,
                     bool is_window, ParseLoc location)
{
    if (is_window)
        placement_check_window(scope, location);
    else
        check_aggregate(scope, aggregate, location);
}

void placement_forbid_sets(struct scope *scope, size_t set_count,
                           const char *message, ParseLoc location)
{
    if (scope->set_count > set_count)
        analysis_fail(scope->analysis, location, "0A000", "%s", message);
}

void placement_check_set(struct scope *scope, ParseLoc location)
{
    const char *words = words_of(scope);

    scope->set_count++;
    if (scope->part == PART_HAVING)
        words = "HAVING";
    else if (scope->part == PART_VALUES && scope->target && !scope->has_rows)
        words = NULL; /* INSERT ... VALUES of one row */
    if (words)
        analysis_fail(scope->analysis, location, "0A000",
                      "set-returning functions are not allowed in %s", words);
}
