/*
 * left-join-made-inner: LEFT JOIN whose rows without a partner WHERE throws away.
 * Sees every SELECT in the tree; which conditions are true of no null
 * query/strict knows.
 */
#include "lint/advice.h"
#include "lint/query_names.h"
#include "lint/query_words.h"
#include "query/condition.h"
#include "query/from.h"
#include "query/strict.h"

/* More joins in one FROM are not judged. */
#define JOINS_MAX 32

/* The side of an outer join that is filled with nulls. */
struct side {
    struct check *check;
    const JoinExpr *join;
    struct from_items items;
    const ColumnRef *column; /* of it, in a condition: the last met */
    const Node *condition;   /* which is that */
};

static bool is_of_side(void *closure, const ColumnRef *column)
{
    struct side *side = closure;
    const struct query_name *name = query_name_of(side->check, column);

    for (size_t i = 0; name != NULL && i < side->items.count; i++)
        if (side->items.items[i].node == name->item) {
            side->column = column;
            return true;
        }
    return false;
}

static const char *side_name(struct check *check, const struct side *side)
{
    const struct query_name *name = query_name_of(check, side->column);
    const RangeVar *range = node_as(RangeVar, name->item);

    if (range != NULL)
        return advice_name(check, name_from_range_var(range));
    return "the sub-select";
}

static void report(struct check *check, const struct side *side)
{
    const char *keyword = side->join->jointype == JOIN_LEFT ? "LEFT" : "RIGHT";
    const char *column =
        name_to_sql(check->arena, name_from_list(side->column->fields));

    check_report(
        check, query_words_of(check, (const Node *)side->column), side->join,
        check_format(check,
                     "%s JOIN keeps rows that %s has no match for, and this "
                     "condition on %s drops them again",
                     keyword, side_name(check, side), column),
        node_as(NullTest, side->condition) != NULL
            ? "JOIN, which says that they are not wanted"
            : check_format(check,
                           "JOIN if they are not wanted; else the condition "
                           "belongs into ON, or goes on with OR %s IS NULL",
                           column));
}

static void judge_join(struct check *check, struct arena *scratch,
                       const JoinExpr *join,
                       const struct condition_array *conditions)
{
    struct side side = {.check = check, .join = join};

    from_add(scratch, &side.items,
             join->jointype == JOIN_LEFT ? join->rarg : join->larg, NULL);
    for (size_t i = 0; i < conditions->count; i++)
        if (strict_condition(check->postgres_version, conditions->items[i].node,
                             is_of_side, &side)) {
            side.condition = conditions->items[i].node;
            report(check, &side);
            return;
        }
}

static void judge_joins(struct check *check, struct arena *scratch,
                        const SelectStmt *select)
{
    struct condition_array conditions = {0};
    struct ARRAY(const Node *) open = {0};
    const ListCell *cell;
    size_t joins = 0;

    condition_add(scratch, &conditions, select->whereClause, NULL);
    foreach (cell, select->fromClause)
        *array_push(scratch, &open) = lfirst(cell);
    for (size_t i = 0; i < open.count; i++) {
        const JoinExpr *join = node_as(JoinExpr, open.items[i]);

        if (join == NULL)
            continue;
        *array_push(scratch, &open) = join->larg;
        *array_push(scratch, &open) = join->rarg;
        if (join->jointype != JOIN_LEFT && join->jointype != JOIN_RIGHT)
            continue;
        if (++joins > JOINS_MAX)
            return;
        judge_join(check, scratch, join, &conditions);
    }
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    struct arena scratch = {0};

    if (select->whereClause == NULL || select->fromClause == NIL)
        return;
    judge_joins(check, &scratch, select);
    arena_release(&scratch);
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_left_join_made_inner = {
    .id = "left-join-made-inner",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "WHERE drops the rows that LEFT JOIN kept",
    .rationale =
        "LEFT JOIN gives nulls for the columns of a row that is not there. A "
        "condition in WHERE that compares such a column is not true of a null "
        "and drops the row again: customers without orders, whom LEFT JOIN "
        "was to keep, are gone. The planner sees it and makes an inner join.\n\n"
        "If they are not wanted, JOIN says so. If they are, the condition "
        "belongs into ON, where it decides which orders match.\n\n"
        "IS NULL, COALESCE, IS DISTINCT FROM, OR with such, and functions that "
        "may make something of a null are not reported.",
    .ignore_when = "The join is written by a program that has only LEFT JOIN.",
    .setup = "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,\n"
             "    paid boolean);",
    .bad = "SELECT c.id, count(o.id) FROM customers c\n"
           "    LEFT JOIN orders o ON o.customer_id = c.id\n"
           "    WHERE o.id > 100 GROUP BY c.id;",
    .good = "SELECT c.id, count(o.id) FROM customers c\n"
            "    LEFT JOIN orders o ON o.customer_id = c.id AND o.id > 100\n"
            "    GROUP BY c.id;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
