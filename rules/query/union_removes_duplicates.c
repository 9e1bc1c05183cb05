/*
 * union-removes-duplicates: UNION where ALL gives the same. Sees every set
 * operation in the tree.
 */
#include "lint/query_words.h"

#include <string.h>

/* Who reads the rows does not care how often each comes. */
static bool is_set_wanted(const struct check *check)
{
    const SubLink *link = node_as(SubLink, walk_ancestor(check->walk, 0));

    return link != NULL && (link->subLinkType == EXISTS_SUBLINK ||
                            link->subLinkType == ANY_SUBLINK ||
                            link->subLinkType == ALL_SUBLINK);
}

/* A text or number that stands in the target list. */
static const A_Const *constant_at(const SelectStmt *select, int i)
{
    const Node *node;

    if (select->op != SETOP_NONE || i >= list_length(select->targetList))
        return NULL;
    node = list_nth_node(ResTarget, select->targetList, i)->val;
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    return node_as(A_Const, node);
}

/* No value of the one is equal to the other's, whatever their type. */
static bool are_different(const A_Const *a, const A_Const *b)
{
    if (a == NULL || b == NULL || a->isnull != b->isnull)
        return a != NULL && b != NULL;
    if (a->isnull || nodeTag(&a->val) != nodeTag(&b->val))
        return false;
    switch (nodeTag(&a->val)) {
    case T_Integer: return a->val.ival.ival != b->val.ival.ival;
    case T_String: return strcmp(a->val.sval.sval, b->val.sval.sval) != 0;
    case T_Boolean: return a->val.boolval.boolval != b->val.boolval.boolval;
    default: return false;
    }
}

/* `'order' AS kind` in one arm, `'refund'` in the other. */
static bool are_disjoint(const SelectStmt *left, const SelectStmt *right)
{
    int count = left->op == SETOP_NONE ? list_length(left->targetList) : 0;

    for (int i = 0; i < count; i++)
        if (are_different(constant_at(left, i), constant_at(right, i)))
            return true;
    return false;
}

/* UNION, or in a long statement what the right arm gives first: no node says
 * where UNION stands. */
static struct span words_of(const struct check *check, const SelectStmt *select)
{
    const SelectStmt *right = select->rarg;

    while (right->op != SETOP_NONE)
        right = right->larg;
    if (!query_is_short(check) && right->targetList != NIL)
        return query_words_of(check,
                              linitial_node(ResTarget, right->targetList)->val);
    return words_find(check->text, check->statement, check->statement->offset,
                      "UNION");
}

/* A recursive query ends when it gives no new rows. */
static bool is_recursive(const struct check *check)
{
    const WithClause *with = node_as(WithClause, walk_ancestor(check->walk, 1));

    return with != NULL && with->recursive;
}

static void check_union(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    bool is_set;

    if (select->op != SETOP_UNION || select->all || is_recursive(check))
        return;
    is_set = is_set_wanted(check);
    if (!is_set && !are_disjoint(select->larg, select->rarg))
        return;
    check_report(check, words_of(check, select), node,
                 is_set ? "UNION removes duplicates that nobody would see"
                        : "UNION looks for rows that both arms give, and there "
                          "are none: a constant tells them apart",
                 is_set ? "UNION ALL"
                        : "UNION ALL; SELECT DISTINCT in an arm that gives "
                          "rows twice");
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_union_removes_duplicates = {
    .id = "union-removes-duplicates",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_OFF,
    .summary = "UNION sorts or hashes rows where UNION ALL would do",
    .rationale =
        "UNION compares all rows of its arms with one another, by sorting or "
        "hashing them whole, before it gives the first. Where the arms cannot "
        "share a row, since a constant tells them apart, or where nobody sees "
        "how often a row comes, as in IN and EXISTS, UNION ALL gives the same "
        "at no cost.\n\n"
        "UNION also removes duplicates within one arm: where there are such, "
        "SELECT DISTINCT in that arm keeps the work to it. The UNION of a "
        "recursive query is not reported.",
    .ignore_when = "Duplicates within the arms are many, and are to go before "
                   "something dearer is done with the rows.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "CREATE TABLE refunds (id bigint PRIMARY KEY);",
    .bad = "SELECT 'order' AS kind, id FROM orders\n"
           "UNION SELECT 'refund', id FROM refunds;",
    .good = "SELECT 'order' AS kind, id FROM orders\n"
            "UNION ALL SELECT 'refund', id FROM refunds;",
    .claim = CLAIM_PLAN_WITH,
    .claim_text = "Aggregate",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_union,
};
