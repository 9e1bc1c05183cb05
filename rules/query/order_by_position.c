/*
 * order-by-position: ORDER BY 2. Sees every SELECT in the tree; a number there
 * means a column of the target list (transformSortClause of parse_clause.c).
 */
#include "lint/output_position.h"
#include "lint/query_words.h"

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;

    foreach_node (SortBy, sort, select->sortClause) {
        const A_Const *position = output_position(sort->node);

        if (position == NULL)
            continue;
        check_report(check, query_words_at(check, position->location), position,
                     check_format(check,
                                  "ORDER BY %d sorts by whatever column comes "
                                  "%s",
                                  position->val.ival.ival,
                                  output_ordinal(check, position)),
                     output_help(check, select, position, "ORDER BY"));
        return;
    }
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_order_by_position = {
    .id = "order-by-position",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "ORDER BY a number sorts by whatever column stands there",
    .rationale =
        "ORDER BY 2 sorts by the second column of the target list. Somebody "
        "adds a column before it, or moves one, and the query sorts by "
        "something else, without an error; with LIMIT it also gives other "
        "rows. The reader has to count.\n\n"
        "Sort by the column's name, or by the name that AS gives an "
        "expression.",
    .ignore_when = "Somebody typed it for once, or a program wrote it.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, placed_at "
             "timestamptz);",
    .bad = "SELECT id, placed_at FROM orders ORDER BY 2;",
    .good = "SELECT id, placed_at FROM orders ORDER BY placed_at;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
