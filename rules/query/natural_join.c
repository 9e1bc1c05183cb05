/*
 * natural-join: NATURAL JOIN, which compares whatever columns share a name.
 * Sees every join in the tree; the schema tells which columns these are now.
 */
#include "lint/advice.h"
#include "lint/query_words.h"

#include <string.h>

#define COLUMNS_SHOWN 8

static const struct table *table_of(const struct check *check, const Node *item)
{
    const RangeVar *range = node_as(RangeVar, item);
    const struct table *table =
        range != NULL
            ? schema_find_table(check->schema, name_from_range_var(range))
            : NULL;

    return table != NULL && table->is_complete ? table : NULL;
}

/* `a, b`: the columns that both have; null if that is not known, or there are
 * none. */
static const char *shared_columns(struct check *check, const JoinExpr *join)
{
    const struct table *left = table_of(check, join->larg);
    const struct table *right = table_of(check, join->rarg);
    struct buffer text;
    size_t count = 0;

    if (left == NULL || right == NULL)
        return NULL;
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < left->columns.count; i++) {
        const struct column *column = left->columns.items[i];

        if (column->object.is_dropped ||
            table_find_column(right, column->name) == NULL)
            continue;
        if (count++ == COLUMNS_SHOWN)
            return NULL;
        if (count > 1)
            buffer_add_text(&text, ", ");
        writer_add_identifier(&text, column->name);
    }
    return count > 0 ? buffer_text(&text) : NULL;
}

static const char *join_name(const JoinExpr *join)
{
    switch (join->jointype) {
    case JOIN_LEFT: return "LEFT JOIN";
    case JOIN_RIGHT: return "RIGHT JOIN";
    case JOIN_FULL: return "FULL JOIN";
    default: return "JOIN";
    }
}

static const char *help_text(struct check *check, const JoinExpr *join,
                             const char *columns)
{
    const RangeVar *right = node_as(RangeVar, join->rarg);

    if (columns == NULL)
        return "name the columns: JOIN ... USING (...)";
    return check_format(
        check, "%s %s%s%s USING (%s)", join_name(join),
        check_quote_name(check, name_from_range_var(right)),
        right->alias != NULL ? " AS " : "",
        right->alias != NULL ? check_quote(check, right->alias->aliasname) : "",
        columns);
}

/* The joined item's name, if the node tells where it is. */
static struct span words_of(const struct check *check, const JoinExpr *join)
{
    const RangeVar *right = node_as(RangeVar, join->rarg);

    if (right != NULL)
        return query_words_of_relation(check, right);
    if (!query_is_short(check))
        return query_words_at(check, -1);
    return words_find(check->text, check->statement, check->statement->offset,
                      "NATURAL");
}

static void check_join(struct check *check, const Node *node)
{
    const JoinExpr *join = (const JoinExpr *)node;
    const char *columns;

    if (!join->isNatural)
        return;
    columns = shared_columns(check, join);
    check_report(check, words_of(check, join), node,
                 columns != NULL
                     ? check_format(check,
                                    "NATURAL JOIN compares the columns that "
                                    "happen to share a name: now (%s)",
                                    columns)
                     : "NATURAL JOIN compares the columns that happen to share "
                       "a name",
                 help_text(check, join, columns));
}

static const NodeTag tags[] = {T_JoinExpr, T_Invalid};

const struct rule rule_natural_join = {
    .id = "natural-join",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "NATURAL JOIN compares whatever columns share a name",
    .rationale =
        "NATURAL JOIN compares all columns that have the same name on both "
        "sides. As soon as both tables get a created_at, or a name, the query "
        "compares that too and loses most of its rows, without an error. "
        "Where no names are shared any more, it becomes a cross join.\n\n"
        "Name the columns: JOIN ... USING (customer_id), which merges them in "
        "the output as NATURAL does, or ON.",
    .ignore_when = "The two sides are sub-selects whose columns the query "
                   "itself names.",
    .setup = "CREATE TABLE customers (customer_id bigint PRIMARY KEY,\n"
             "    email text);\n"
             "CREATE TABLE orders (order_id bigint PRIMARY KEY,\n"
             "    customer_id bigint, total numeric);",
    .bad = "SELECT order_id, email FROM orders NATURAL JOIN customers;",
    .good = "SELECT order_id, email FROM orders JOIN customers\n"
            "    USING (customer_id);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_join,
};
