/*
 * Queries in guards: joins of catalogs with their conditions, run over the rows
 * that the model has. What a condition says at once of a catalog's names keeps
 * the rest of its rows from being looked at.
 */
#include "replay/guard_query.h"

#include <string.h>

static const struct guard_value unknown = {.kind = GUARD_UNKNOWN};

/* Null counts as no. */
enum guard_answer guard_answer_of(struct guard_value value)
{
    if (value.kind == GUARD_NULL)
        return ANSWER_NO;
    if (value.kind != GUARD_BOOL)
        return ANSWER_UNKNOWN;
    return value.truth ? ANSWER_YES : ANSWER_NO;
}

const struct guard_from *guard_find_from(const struct guard *guard,
                                         const char *alias, const char *column)
{
    for (const struct guard_query *query = guard->query; query;
         query = query->outer) {
        for (size_t i = 0; i < query->from_count; i++) {
            const struct guard_from *from = &query->from[i];

            if ((!alias || strcmp(from->alias, alias) == 0) &&
                guard_has_column(from->catalog, column))
                return from;
        }
    }
    return NULL;
}

static bool add_from(struct guard *guard, struct guard_query *query,
                     const Node *node)
{
    const RangeVar *range = node_as(RangeVar, node);
    const JoinExpr *join = node_as(JoinExpr, node);
    struct guard_from *from;

    if (join) {
        if (join->jointype != JOIN_INNER || join->usingClause ||
            join->isNatural || query->condition_count == GUARD_FROM_MAX ||
            guard->depth > GUARD_DEPTH_MAX)
            return false;
        if (join->quals)
            query->conditions[query->condition_count++] = join->quals;
        return add_from(guard, query, join->larg) &&
               add_from(guard, query, join->rarg);
    }
    if (!range || query->from_count == GUARD_FROM_MAX)
        return false;
    from = &query->from[query->from_count];
    from->catalog = guard_find_catalog(name_from_range_var(range));
    from->alias = range->alias ? range->alias->aliasname : range->relname;
    from->row = NULL;
    query->from_count++;
    return from->catalog != NULL;
}

static bool is_column_of(const struct guard *guard, const Node *node,
                         const struct guard_from *from, const char **column)
{
    const ColumnRef *ref = node_as(ColumnRef, node);
    const char *first, *last;

    if (!ref || list_length(ref->fields) > 2)
        return false;
    first = name_from_string(linitial(ref->fields));
    last = name_from_string(llast(ref->fields));
    if (!first || !last ||
        guard_find_from(guard, list_length(ref->fields) == 2 ? first : NULL,
                        last) != from)
        return false;
    *column = last;
    return true;
}

static void note_restriction(struct guard_restriction *restriction,
                             enum guard_role role, struct guard_value value)
{
    if (role == ROLE_NAME && value.kind == GUARD_TEXT)
        restriction->name = value.text;
    else if (role == ROLE_TABLE_NAME && value.kind == GUARD_TEXT)
        restriction->table_name = value.text;
    else if (role == ROLE_TABLE && value.kind == GUARD_OBJECT)
        restriction->table = value.object;
}

/* What the condition, true for every row, says of this catalog's. */
static void find_restriction(struct guard *guard, const Node *condition,
                             const struct guard_from *from,
                             struct guard_restriction *restriction)
{
    const BoolExpr *both = node_as(BoolExpr, condition);
    const A_Expr *equality = node_as(A_Expr, condition);
    const char *column;
    const ListCell *cell;

    if (both && both->boolop == AND_EXPR) {
        foreach (cell, both->args)
            find_restriction(guard, lfirst(cell), from, restriction);
    }
    if (!equality || equality->kind != AEXPR_OP || !equality->lexpr ||
        strcmp(name_from_string(llast(equality->name)), "=") != 0)
        return;
    if (is_column_of(guard, equality->lexpr, from, &column))
        note_restriction(restriction, guard_role_of(from->catalog, column),
                         guard_evaluate(guard, equality->rexpr));
    else if (is_column_of(guard, equality->rexpr, from, &column))
        note_restriction(restriction, guard_role_of(from->catalog, column),
                         guard_evaluate(guard, equality->lexpr));
}

static enum guard_answer conditions_hold(struct guard *guard,
                                         const struct guard_query *query)
{
    enum guard_answer all = ANSWER_YES;

    for (size_t i = 0; i < query->condition_count; i++) {
        enum guard_answer one =
            guard_answer_of(guard_evaluate(guard, query->conditions[i]));

        if (one == ANSWER_NO)
            return ANSWER_NO;
        if (one == ANSWER_UNKNOWN)
            all = ANSWER_UNKNOWN;
    }
    return all;
}

/* How many rows fit, and may fit. */
struct guard_count {
    size_t yes;
    size_t maybe;
    struct guard_value first; /* what the target gives for the first */
};

/* All rows of the catalogs from this one on, together with those before. */
static void count_rows(struct guard *guard, struct guard_query *query,
                       size_t at, const Node *target, struct guard_count *count)
{
    struct guard_restriction restriction = {0};
    struct guard_row_array rows = {0};
    struct guard_from *from = &query->from[at];
    enum guard_answer holds = conditions_hold(guard, query);

    if (holds == ANSWER_NO)
        return;
    if (at == query->from_count) {
        if (holds == ANSWER_YES && count->yes++ == 0 && target)
            count->first = guard_evaluate(guard, target);
        count->maybe += holds == ANSWER_UNKNOWN;
        return;
    }
    for (size_t i = 0; i < query->condition_count; i++)
        find_restriction(guard, query->conditions[i], from, &restriction);
    if (!guard_rows(guard->replay, from->catalog, &restriction, &rows))
        query->may_have_more = true;
    for (size_t i = 0; i < rows.count; i++) {
        if (!model_spend(guard->replay->schema, 8))
            return;
        from->row = &rows.items[i];
        count_rows(guard, query, at + 1, target, count);
    }
    from->row = NULL;
}

/* False if it is a query of another form than those that are understood. */
static bool run(struct guard *guard, const SelectStmt *select,
                struct guard_count *count)
{
    struct guard_query query = {.outer = guard->query};
    const ResTarget *target =
        select->targetList
            ? node_as(ResTarget, (Node *)linitial(select->targetList))
            : NULL;
    const ListCell *cell;

    *count = (struct guard_count){.first = unknown};
    if (select->op != SETOP_NONE || select->groupClause ||
        select->havingClause || select->withClause || select->valuesLists ||
        !select->fromClause)
        return false;
    foreach (cell, select->fromClause) {
        if (!add_from(guard, &query, lfirst(cell)))
            return false;
    }
    if (select->whereClause)
        query.conditions[query.condition_count++] = select->whereClause;
    guard->query = &query;
    count_rows(guard, &query, 0, target ? target->val : NULL, count);
    guard->query = query.outer;
    /* There may be others: built in, or from before the history. */
    if (query.may_have_more || !replay_knows_all(guard->replay))
        count->maybe++;
    return true;
}

bool guard_is_count(const Node *node)
{
    const FuncCall *call = node_as(FuncCall, node);

    return call && !call->agg_distinct && !call->agg_filter && !call->over &&
           strcmp(name_from_string(llast(call->funcname)), "count") == 0;
}

/* count(*), or a comparison with it: all rows together give one. */
static bool counts(const SelectStmt *select)
{
    const ResTarget *target =
        select->targetList
            ? node_as(ResTarget, (Node *)linitial(select->targetList))
            : NULL;
    const A_Expr *expression = target ? node_as(A_Expr, target->val) : NULL;

    if (!expression)
        return target && guard_is_count(target->val);
    return guard_is_count(expression->lexpr) ||
           guard_is_count(expression->rexpr);
}

enum guard_answer guard_exists(struct guard *guard, const Node *node)
{
    const SelectStmt *select = node_as(SelectStmt, node);
    struct guard_count count;

    if (!select || counts(select) || !run(guard, select, &count))
        return ANSWER_UNKNOWN;
    if (count.yes > 0)
        return ANSWER_YES;
    return count.maybe ? ANSWER_UNKNOWN : ANSWER_NO;
}

struct guard_value guard_scalar(struct guard *guard, const Node *node)
{
    const SelectStmt *select = node_as(SelectStmt, node);
    struct guard_count count;

    if (!select || !run(guard, select, &count) || count.maybe)
        return unknown;
    if (counts(select)) {
        const ResTarget *target = linitial(select->targetList);
        const long *outer = guard->count;
        long number = (long)count.yes;
        struct guard_value value;

        guard->count = &number;
        value = guard_evaluate(guard, target->val);
        guard->count = outer;
        return value;
    }
    if (count.yes == 0)
        return (struct guard_value){.kind = GUARD_NULL};
    return count.yes == 1 ? count.first : unknown;
}
