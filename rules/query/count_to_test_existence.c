/*
 * count-to-test-existence: count(*) > 0, where EXISTS stops at the first row.
 * Sees every comparison in the tree.
 */
#include "lint/query_words.h"

#include <string.h>

static bool is_plain_query(const SelectStmt *select)
{
    return select->op == SETOP_NONE && select->fromClause != NIL &&
           select->groupClause == NIL && select->havingClause == NULL &&
           select->limitCount == NULL && select->limitOffset == NULL &&
           list_length(select->targetList) == 1;
}

/* count(*) or count(c); what is counted distinct is none the more. */
static bool is_count(const Node *node)
{
    const FuncCall *call = node_as(FuncCall, node);

    return call != NULL && call->over == NULL &&
           strcmp(name_from_string(llast(call->funcname)), "count") == 0;
}

/* The query whose rows are counted: `(SELECT count(*) ...)`, or, with the
 * comparison for its only output, the one around it. */
static const SelectStmt *counted_query(const struct check *check,
                                       const Node *node)
{
    const SubLink *link = node_as(SubLink, node);
    const SelectStmt *select;

    if (link != NULL && link->subLinkType == EXPR_SUBLINK) {
        select = node_as(SelectStmt, link->subselect);
        return select != NULL && is_plain_query(select) &&
                       is_count(
                           linitial_node(ResTarget, select->targetList)->val)
                   ? select
                   : NULL;
    }
    if (!is_count(node) || walk_depth(check->walk) < 2 ||
        !IsA(walk_ancestor(check->walk, 0), ResTarget) ||
        !IsA(walk_ancestor(check->walk, 1), SelectStmt) ||
        walk_field(check->walk, 1) != offsetof(SelectStmt, targetList))
        return NULL;
    select = (const SelectStmt *)walk_ancestor(check->walk, 1);
    return is_plain_query(select) ? select : NULL;
}

/* What the comparison asks of the number of rows. */
enum question {
    QUESTION_OTHER,
    QUESTION_SOME, /* is there one? */
    QUESTION_NONE,
};

static enum question question_of(const char *name, int number, bool is_left)
{
    /* count < 1 and 1 > count are the same. */
    const char *more = is_left ? ">" : "<";
    const char *less = is_left ? "<" : ">";

    if (number == 0 && strcmp(name, "=") == 0)
        return QUESTION_NONE;
    if (number == 0 && (strcmp(name, "<>") == 0 || strcmp(name, more) == 0))
        return QUESTION_SOME;
    if (number == 1 && strcmp(name, less) == 0)
        return QUESTION_NONE;
    if (number == 1 && name[0] == more[0] && strcmp(name + 1, "=") == 0)
        return QUESTION_SOME;
    if (number == 0 && name[0] == less[0] && strcmp(name + 1, "=") == 0)
        return QUESTION_NONE;
    return QUESTION_OTHER;
}

static const A_Const *integer(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant != NULL && !constant->isnull && IsA(&constant->val, Integer)
               ? constant
               : NULL;
}

static const char *help_text(struct check *check, const SelectStmt *select,
                             enum question question)
{
    const RangeVar *table =
        list_length(select->fromClause) == 1
            ? node_as(RangeVar, linitial(select->fromClause))
            : NULL;

    return check_format(
        check, "%sEXISTS (SELECT 1 FROM %s%s)",
        question == QUESTION_NONE ? "NOT " : "",
        table != NULL ? check_quote_name(check, name_from_range_var(table))
                      : "...",
        select->whereClause != NULL ? " WHERE ..." : "");
}

static void check_comparison(struct check *check, const Node *node)
{
    const A_Expr *expression = (const A_Expr *)node;
    const A_Const *number = integer(expression->rexpr);
    bool is_left = number != NULL;
    const SelectStmt *select;
    enum question question;

    if (expression->kind != AEXPR_OP || expression->lexpr == NULL)
        return;
    if (number == NULL)
        number = integer(expression->lexpr);
    if (number == NULL)
        return;
    question = question_of(name_from_string(llast(expression->name)),
                           number->val.ival.ival, is_left);
    if (question == QUESTION_OTHER)
        return;
    select =
        counted_query(check, is_left ? expression->lexpr : expression->rexpr);
    if (select == NULL)
        return;
    check_report(
        check,
        query_words_at(check, query_location(is_left ? expression->lexpr
                                                     : expression->rexpr)),
        node, "count() reads every row, where EXISTS stops at the first",
        help_text(check, select, question));
}

static const NodeTag tags[] = {T_A_Expr, T_Invalid};

const struct rule rule_count_to_test_existence = {
    .id = "count-to-test-existence",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "Counts all rows to see whether there is one",
    .rationale =
        "(SELECT count(*) FROM t WHERE ...) > 0 goes through every row that "
        "the condition lets through, and checks for each whether it is "
        "visible, to compare the sum with zero. EXISTS stops at the first "
        "row, and the planner can make a join of it where it stands in "
        "WHERE.\n\n"
        "Write EXISTS (SELECT 1 FROM t WHERE ...), and NOT EXISTS for count(*) "
        "= 0. For count(c), which passes over nulls, add c IS NOT NULL.",
    .ignore_when = "The condition finds one row at most.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
    .bad = "SELECT (SELECT count(*) FROM orders WHERE customer_id = 7) > 0;",
    .good = "SELECT EXISTS (SELECT 1 FROM orders WHERE customer_id = 7);",
    .claim = CLAIM_PLAN_WITH,
    .claim_text = "Aggregate",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_comparison,
};
