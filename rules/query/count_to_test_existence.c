/*
 * count-to-test-existence: count(*) > 0, where EXISTS stops at the first row.
 * Sees every comparison in the tree.
 */
#include "lint/query_names.h"
#include "lint/query_words.h"

#include <string.h>

static bool is_plain_query(const SelectStmt *select)
{
    return select->op == SETOP_NONE && select->fromClause != NIL &&
           select->groupClause == NIL && select->havingClause == NULL &&
           select->limitCount == NULL && select->limitOffset == NULL &&
           list_length(select->targetList) == 1;
}

/* count(*) or count(c), else null; what is counted distinct is none the more. */
static const FuncCall *count_call(const Node *node)
{
    const FuncCall *call = node_as(FuncCall, node);

    return call != NULL && call->over == NULL &&
                   strcmp(name_from_string(llast(call->funcname)), "count") == 0
               ? call
               : NULL;
}

/* A query, and the call that counts its rows. */
struct counted {
    const SelectStmt *select;
    const FuncCall *call;
};

/* Finds it: `(SELECT count(*) ...)`, or, with the comparison for its only output,
 * the query around it. */
static bool find_counted(const struct check *check, const Node *node,
                         struct counted *counted)
{
    const SubLink *link = node_as(SubLink, node);
    const SelectStmt *select;

    if (link != NULL && link->subLinkType == EXPR_SUBLINK) {
        select = node_as(SelectStmt, link->subselect);
        if (select == NULL || !is_plain_query(select))
            return false;
        node = linitial_node(ResTarget, select->targetList)->val;
    } else {
        if (walk_depth(check->walk) < 2 ||
            !IsA(walk_ancestor(check->walk, 0), ResTarget) ||
            !IsA(walk_ancestor(check->walk, 1), SelectStmt) ||
            walk_field(check->walk, 1) != offsetof(SelectStmt, targetList))
            return false;
        select = (const SelectStmt *)walk_ancestor(check->walk, 1);
        if (!is_plain_query(select))
            return false;
    }
    *counted = (struct counted){select, count_call(node)};
    return counted->call != NULL;
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

/* `WHERE ...`, with what count(c) leaves out of itself: rows in which c is
 * null. */
static const char *where_text(struct check *check,
                              const struct counted *counted)
{
    const List *arguments = counted->call->args;
    const char *rest = counted->select->whereClause != NULL ? " WHERE ..." : "";
    const ColumnRef *column =
        arguments != NIL ? node_as(ColumnRef, linitial(arguments)) : NULL;
    const struct query_name *name =
        column != NULL ? query_name_of(check, column) : NULL;

    if (column == NULL || name_from_string(llast(column->fields)) == NULL ||
        (name != NULL && name->column != NULL && !name->column->is_nullable))
        return rest;
    return check_format(
        check, "%s %s IS NOT NULL",
        rest[0] != '\0' ? " WHERE ... AND" : " WHERE",
        check_quote(check, name_from_string(llast(column->fields))));
}

static const char *help_text(struct check *check, const struct counted *counted,
                             enum question question)
{
    const List *from = counted->select->fromClause;
    const RangeVar *table =
        list_length(from) == 1 ? node_as(RangeVar, linitial(from)) : NULL;

    return check_format(
        check, "%sEXISTS (SELECT 1 FROM %s%s)",
        question == QUESTION_NONE ? "NOT " : "",
        table != NULL ? check_quote_name(check, name_from_range_var(table))
                      : "...",
        where_text(check, counted));
}

static void check_comparison(struct check *check, const Node *node)
{
    const A_Expr *expression = (const A_Expr *)node;
    const A_Const *number = integer(expression->rexpr);
    bool is_left = number != NULL;
    struct counted counted;
    enum question question;

    if (expression->kind != AEXPR_OP || expression->lexpr == NULL)
        return;
    if (number == NULL)
        number = integer(expression->lexpr);
    if (number == NULL)
        return;
    question = question_of(name_from_string(llast(expression->name)),
                           number->val.ival.ival, is_left);
    if (question == QUESTION_OTHER ||
        !find_counted(check, is_left ? expression->lexpr : expression->rexpr,
                      &counted))
        return;
    check_report(check, query_words_at(check, counted.call->location), node,
                 "count() reads every row, where EXISTS stops at the first",
                 help_text(check, &counted, question));
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
