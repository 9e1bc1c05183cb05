/*
 * cartesian-product: FROM items that no condition connects. Sees every SELECT in
 * the tree; what its names mean is looked up in the schema (lint/join_graph).
 */
#include "lint/join_graph.h"
#include "lint/query_words.h"

/* Two items that are not connected and are not free; false if there are none. */
static bool find_apart(const struct join_graph *graph, size_t *first,
                       size_t *second)
{
    *first = JOIN_ITEMS_MAX;
    for (size_t i = 0; i < graph->items.count; i++) {
        if (graph->is_free[i])
            continue;
        if (*first == JOIN_ITEMS_MAX) {
            *first = i;
        } else if (graph->group[i] != graph->group[*first]) {
            *second = i;
            return true;
        }
    }
    return false;
}

static struct span words_of(const struct check *check,
                            const struct from_item *item)
{
    const RangeVar *range = node_as(RangeVar, item->node);

    return range != NULL ? query_words_of_relation(check, range)
                         : query_words_at(check, -1);
}

static const char *help_text(struct check *check, const struct from_item *a,
                             const struct from_item *b)
{
    const char *condition = join_condition(check, a, b);

    if (condition != NULL)
        return check_format(check, "WHERE %s; CROSS JOIN if all are meant",
                            condition);
    return "connect the two in WHERE or ON; CROSS JOIN if all are meant";
}

static void report(struct check *check, const Node *node,
                   const struct from_item *a, const struct from_item *b)
{
    check_report(check, words_of(check, b), node,
                 check_format(check,
                              "no condition connects %s with %s: each row of "
                              "the one comes with each row of the other",
                              join_item_name(check, a),
                              join_item_name(check, b)),
                 help_text(check, a, b));
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    struct arena scratch = {0};
    struct join_graph graph;
    size_t first, second;

    if (select->fromClause == NIL ||
        (list_length(select->fromClause) == 1 &&
         !IsA(linitial(select->fromClause), JoinExpr)) ||
        !query_has_all_conditions(check))
        return;
    join_graph_of(check, &scratch, NULL, select->fromClause,
                  select->whereClause, select->withClause, &graph);
    if (graph.is_known && find_apart(&graph, &first, &second))
        report(check, node, &graph.items.items[first],
               &graph.items.items[second]);
    arena_release(&scratch);
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_cartesian_product = {
    .id = "cartesian-product",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "Nothing connects two tables in FROM",
    .rationale =
        "FROM orders, customers without a condition on both gives each order "
        "with each customer: a thousand of each make a million rows. Where "
        "DISTINCT, GROUP BY or LIMIT comes after it, the result even looks "
        "right, and only the time tells. Mostly a condition was forgotten, or "
        "one with the wrong alias connects a table with itself.\n\n"
        "Connect the two in WHERE, or in ON. CROSS JOIN says that all pairs "
        "are meant.\n\n"
        "Not reported: CROSS JOIN and ON true; functions and LATERAL; what "
        "gives one row at most, as an aggregate, LIMIT 1 or a primary key that "
        "is compared with a value; statements in which a name is of a table "
        "that is not known.",
    .ignore_when = "All pairs are meant, and the tables are small.",
    .setup = "CREATE TABLE customers (id bigint PRIMARY KEY, city text);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
             "    customer_id bigint REFERENCES customers, total numeric);",
    .bad = "SELECT customers.city, sum(orders.total)\n"
           "    FROM orders, customers GROUP BY customers.city;",
    .good = "SELECT customers.city, sum(orders.total)\n"
            "    FROM orders, customers\n"
            "    WHERE orders.customer_id = customers.id\n"
            "    GROUP BY customers.city;",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Cond: (orders.customer_id = customers.id)",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
