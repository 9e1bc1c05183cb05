/*
 * Which columns a condition proves not null: the forms that the server's
 * predicate_implied_by() recognises, and no more. It stands below replay,
 * which asks it about every CHECK, and below rules.
 */
#include "schema/implication.h"

#include "sql/names.h"

#include <string.h>

/* Deeper nesting than people write; chains of AND and OR are lists in the
 * tree, not depth. */
#define DEPTH_MAX 64

static bool is_null_constant(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && constant->isnull;
}

static bool is_true_constant(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && !constant->isnull &&
           nodeTag(&constant->val) == T_Boolean &&
           constant->val.boolval.boolval;
}

/* The column's name if the node is nothing but a column, else null. */
static const char *column_name(const Node *node)
{
    const ColumnRef *reference = node_as(ColumnRef, node);

    return reference && reference->fields
               ? name_from_string(llast(reference->fields))
               : NULL;
}

static bool is_column(const Node *node, const char *column)
{
    const char *name = column_name(node);

    return name && strcmp(name, column) == 0;
}

/* Operators: c IS DISTINCT FROM NULL, condition = true. */
static const Node *operand_tested_true(const A_Expr *operation)
{
    const char *name =
        operation->name ? name_from_string(llast(operation->name)) : NULL;

    if (operation->kind != AEXPR_OP || !name || strcmp(name, "=") != 0)
        return NULL;
    if (is_true_constant(operation->rexpr))
        return operation->lexpr;
    if (is_true_constant(operation->lexpr))
        return operation->rexpr;
    return NULL;
}

static bool is_distinct_from_null(const A_Expr *operation, const char *column)
{
    if (operation->kind != AEXPR_DISTINCT)
        return false;
    return (is_column(operation->lexpr, column) &&
            is_null_constant(operation->rexpr)) ||
           (is_column(operation->rexpr, column) &&
            is_null_constant(operation->lexpr));
}

static bool is_null_test(const Node *node, NullTestType type,
                         const char *column)
{
    const NullTest *test = node_as(NullTest, node);

    return test && test->nulltesttype == type &&
           is_column((const Node *)test->arg, column);
}

/* Whether the condition, when it is false, proves it: NOT (c IS NULL). */
static bool false_proves(const Node *condition, const char *column)
{
    const A_Expr *operation = node_as(A_Expr, condition);

    if (is_null_test(condition, IS_NULL, column))
        return true;
    return operation && operation->kind == AEXPR_NOT_DISTINCT &&
           ((is_column(operation->lexpr, column) &&
             is_null_constant(operation->rexpr)) ||
            (is_column(operation->rexpr, column) &&
             is_null_constant(operation->lexpr)));
}

static bool proves(const Node *condition, const char *column, int depth);

static bool boolean_proves(const BoolExpr *boolean, const char *column,
                           int depth)
{
    const ListCell *cell;

    if (boolean->boolop == NOT_EXPR)
        return false_proves(linitial(boolean->args), column);
    foreach (cell, boolean->args) {
        bool does = proves(lfirst(cell), column, depth + 1);

        if (does == (boolean->boolop == AND_EXPR))
            return does;
    }
    return boolean->boolop == OR_EXPR;
}

static bool proves(const Node *condition, const char *column, int depth)
{
    const A_Expr *operation;
    const Node *tested;

    if (!condition || depth > DEPTH_MAX)
        return false;
    switch (nodeTag(condition)) {
    case T_NullTest: return is_null_test(condition, IS_NOT_NULL, column);
    case T_BoolExpr:
        return boolean_proves((const BoolExpr *)condition, column, depth);
    case T_A_Expr:
        operation = (const A_Expr *)condition;
        if (is_distinct_from_null(operation, column))
            return true;
        tested = operand_tested_true(operation);
        return tested && proves(tested, column, depth + 1);
    default: return false;
    }
}

bool implication_proves_not_null(const Node *condition, const char *column)
{
    return proves(condition, column, 0);
}

/* c IS NOT NULL on one of these. */
static bool is_not_null_of(const Node *node, const char *const *columns,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_null_test(node, IS_NOT_NULL, columns[i]))
            return true;
    }
    return false;
}

bool implication_is_only_not_null(const Node *condition,
                                  const char *const *columns, size_t count)
{
    const BoolExpr *boolean = node_as(BoolExpr, condition);
    const ListCell *cell;

    if (!boolean || boolean->boolop != AND_EXPR)
        return is_not_null_of(condition, columns, count);
    foreach (cell, boolean->args) {
        if (!is_not_null_of(lfirst(cell), columns, count))
            return false;
    }
    return true;
}
