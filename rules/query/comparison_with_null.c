/*
 * comparison-with-null: `= NULL` and its like, which are never true. Sees every
 * comparison in the tree, and CASE x WHEN NULL, which is one.
 */
#include "lint/query_words.h"

#include <string.h>

/* NULL, however it is cast. */
static const A_Const *null_constant(const Node *node)
{
    const A_Const *constant;

    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    constant = node_as(A_Const, node);
    return constant != NULL && constant->isnull ? constant : NULL;
}

static bool is_comparison(const A_Expr *expression, const char **name)
{
    static const char *const names[] = {"=", "<>", "<", ">", "<=", ">="};

    if (expression->kind != AEXPR_OP || expression->lexpr == NULL ||
        list_length(expression->name) != 1)
        return false;
    *name = name_from_string(linitial(expression->name));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(*name, names[i]) == 0)
            return true;
    return false;
}

/* `x = NULL` as `x IS NULL`; words of length 0: only how to test. */
static const char *help_text(struct check *check, const char *name,
                             struct span words)
{
    const char *test = strcmp(name, "=") == 0    ? "IS NULL"
                       : strcmp(name, "<>") == 0 ? "IS NOT NULL"
                                                 : NULL;
    const char *rewritten = NULL;

    if (test == NULL)
        return "nothing is less or greater than NULL; IS NULL tests for it";
    if (words.length > 0)
        rewritten = query_rewrite(check, words, test);
    if (rewritten != NULL)
        return rewritten;
    return check_format(check, "write %s", test);
}

/* From the operator to the NULL after it. */
static struct span comparison_words(const struct check *check,
                                    const A_Expr *expression,
                                    const A_Const *constant)
{
    struct span operator= query_words_at(check, expression->location);
    struct span null = query_words_at(check, constant->location);

    return null.offset > operator.offset ? words_join(operator, null)
                                         : words_join(null, operator);
}

static void check_comparison(struct check *check, const A_Expr *expression)
{
    const A_Const *right = null_constant(expression->rexpr);
    const A_Const *left = null_constant(expression->lexpr);
    struct span words, replaced = {0};
    const char *name;

    if ((right == NULL && left == NULL) || !is_comparison(expression, &name))
        return;
    words = comparison_words(check, expression, right != NULL ? right : left);
    if (right == (const A_Const *)expression->rexpr)
        replaced = words;
    check_report(check, words, expression,
                 check_format(check,
                              "a comparison with NULL by %s is never true, "
                              "not even if both sides are null",
                              name),
                 help_text(check, name, replaced));
}

static void check_case(struct check *check, const CaseExpr *expression)
{
    if (expression->arg == NULL)
        return;
    foreach_node (CaseWhen, when, expression->args) {
        const A_Const *constant = null_constant((const Node *)when->expr);

        if (constant != NULL)
            check_report(check, query_words_at(check, constant->location), when,
                         "WHEN NULL compares by =, which is never true of NULL",
                         "CASE WHEN x IS NULL THEN ...");
    }
}

static void check_node(struct check *check, const Node *node)
{
    if (IsA(node, A_Expr))
        check_comparison(check, (const A_Expr *)node);
    else
        check_case(check, (const CaseExpr *)node);
}

static const NodeTag tags[] = {T_A_Expr, T_CaseExpr, T_Invalid};

const struct rule rule_comparison_with_null = {
    .id = "comparison-with-null",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_ERROR,
    .summary = "A comparison with NULL is never true",
    .rationale =
        "NULL means that the value is not known, so whether anything equals it "
        "is not known either: `x = NULL` is NULL for every x, and a WHERE, ON "
        "or CASE takes that for no. `x <> NULL` is no truer. The query runs, "
        "and finds nothing; a CHECK with such a comparison lets everything "
        "through, as a CHECK fails only on what is false.\n\n"
        "Write IS NULL and IS NOT NULL. Where a parameter may be null, IS NOT "
        "DISTINCT FROM compares nulls as equal.",
    .ignore_when = "The sessions that run it have set transform_null_equals, "
                   "for Microsoft Access, which turns `x = NULL` into IS NULL.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, paid_at "
             "timestamptz);",
    .bad = "SELECT id FROM orders WHERE paid_at = NULL;",
    .good = "SELECT id FROM orders WHERE paid_at IS NULL;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
