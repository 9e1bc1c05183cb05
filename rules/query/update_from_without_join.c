/*
 * update-from-without-join: UPDATE ... FROM or DELETE ... USING with no condition
 * on both sides. Sees every UPDATE and DELETE in the tree (lint/join_graph).
 */
#include "lint/join_graph.h"
#include "lint/query_words.h"

struct written {
    const RangeVar *target;
    const List *from;
    const Node *where;
    const WithClause *with;
};

static struct written written_of(const Node *node)
{
    const UpdateStmt *update = node_as(UpdateStmt, node);
    const DeleteStmt *delete = node_as(DeleteStmt, node);

    if (update != NULL)
        return (struct written){update->relation, update->fromClause,
                                update->whereClause, update->withClause};
    return (struct written){delete->relation, delete->usingClause,
                            delete->whereClause, delete->withClause};
}

/* The first of the others, if none is connected with the target, nor free;
 * else null. */
static const struct from_item *find_apart(const struct join_graph *graph)
{
    const struct from_item *found = NULL;

    for (size_t i = 1; i < graph->items.count; i++) {
        if (graph->group[i] == graph->group[0])
            return NULL;
        if (!graph->is_free[i] && found == NULL)
            found = &graph->items.items[i];
    }
    return found;
}

static const char *message_text(struct check *check, const Node *node,
                                const struct from_item *target,
                                const struct from_item *other)
{
    if (IsA(node, UpdateStmt))
        return check_format(
            check,
            "no condition connects %s with %s: each row is changed by any row "
            "of it",
            join_item_name(check, target), join_item_name(check, other));
    return check_format(
        check,
        "no condition connects %s with %s: rows go if that has any row at all",
        join_item_name(check, target), join_item_name(check, other));
}

/* Whether it goes is all that there is to say of the only row. */
static bool is_one_row_deleted(const struct check *check, const Node *node,
                               const RangeVar *target)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(target));

    return IsA(node, DeleteStmt) && table != NULL && table_has_one_row(table);
}

static void check_node(struct check *check, const Node *node)
{
    struct written written = written_of(node);
    struct arena scratch = {0};
    const struct from_item *other;
    struct join_graph graph;

    if (written.from == NIL || !query_has_all_conditions(check))
        return;
    join_graph_of(check, &scratch, written.target, written.from, written.where,
                  written.with, &graph);
    other = graph.is_known && !is_one_row_deleted(check, node, written.target)
                ? find_apart(&graph)
                : NULL;
    if (other != NULL) {
        const char *condition =
            join_condition(check, &graph.items.items[0], other);

        if (condition == NULL)
            condition = join_row_condition(check, &graph.items.items[0], other);
        check_report(check, query_words_of_relation(check, written.target),
                     node,
                     message_text(check, node, &graph.items.items[0], other),
                     check_format(check, "WHERE %s",
                                  condition != NULL
                                      ? condition
                                      : "... = ..., with a column of each"));
    }
    arena_release(&scratch);
}

static const NodeTag tags[] = {T_UpdateStmt, T_DeleteStmt, T_Invalid};

const struct rule rule_update_from_without_join = {
    .id = "update-from-without-join",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "UPDATE ... FROM without a condition on both tables",
    .rationale =
        "UPDATE orders SET ... FROM customers joins the two as FROM orders, "
        "customers does. Without a condition on both, each row of orders meets "
        "all customers and is changed by one of them, nobody can say which. A "
        "common cause is the table named again: UPDATE orders SET ... FROM "
        "orders o JOIN customers c ON c.id = o.customer_id joins a second "
        "orders, and says nothing of the one that is written. DELETE ... "
        "USING is the same.\n\n"
        "Add the condition: WHERE orders.customer_id = customers.id, or "
        "orders.id = o.id for a table that is named twice.\n\n"
        "Not reported: sub-selects and WITH queries of one row, functions, "
        "LATERAL, and statements in which a name is of a table that is not "
        "known.",
    .ignore_when = "FROM has one row, though nothing in the query says so: a "
                   "table of settings.",
    .setup = "CREATE TABLE customers (id bigint PRIMARY KEY, city text);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
             "    customer_id bigint REFERENCES customers, city text);",
    .bad = "UPDATE orders SET city = customers.city FROM customers\n"
           "    WHERE orders.city IS NULL;",
    .good = "UPDATE orders SET city = customers.city FROM customers\n"
            "    WHERE orders.customer_id = customers.id\n"
            "    AND orders.city IS NULL;",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "orders.customer_id",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
