/*
 * group-by-position: GROUP BY 1. Sees every SELECT in the tree; a number there
 * means a column of the target list (findTargetlistEntrySQL92 of
 * parse_clause.c), not one within GROUPING SETS.
 */
#include "lint/output_position.h"
#include "lint/query_words.h"

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;

    foreach_ptr (Node, item, select->groupClause) {
        const A_Const *position = output_position(item);

        if (position == NULL)
            continue;
        check_report(check, query_words_at(check, position->location), position,
                     check_format(check,
                                  "GROUP BY %d groups by whatever column comes "
                                  "%s",
                                  position->val.ival.ival,
                                  output_ordinal(check, position)),
                     output_help(check, select, position, "GROUP BY"));
        return;
    }
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_group_by_position = {
    .id = "group-by-position",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "GROUP BY a number groups by whatever column stands there",
    .rationale =
        "GROUP BY 1 groups by the first column of the target list. Somebody "
        "adds a column before it, or changes their order, and the query groups "
        "by something else: mostly it fails, but where all columns are "
        "grouped or aggregated it gives other sums.\n\n"
        "Group by the expression, by the column's name, or by the name that AS "
        "gives an expression, if no column of the tables is called that.",
    .ignore_when = "The expression is long and the target list is short: "
                   "repeating it is no easier to read.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
    .bad = "SELECT customer_id, count(*) FROM orders GROUP BY 1;",
    .good = "SELECT customer_id, count(*) FROM orders GROUP BY customer_id;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
