/*
 * Which columns a condition proves not null: the forms that the server's
 * predicate_implied_by() recognises, and no more. It stands below replay,
 * which asks it about every CHECK, and below rules.
 */
#include "schema/implication.h"

#include "base/slice.h"
#include "sql/names.h"

#include <string.h>

/* Deeper nesting than people write; chains of AND and OR are lists in the
 * tree, not depth. */
#define DEPTH_MAX 64

static bool is_boolean_cast(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);

    return cast &&
           strcmp(name_from_list(cast->typeName->names).name, "bool") == 0 &&
           cast->typeName->arrayBounds == NIL;
}

/* A boolean cast to boolean is what it was. */
static const Node *without_boolean_casts(const Node *node)
{
    while (is_boolean_cast(node))
        node = ((const TypeCast *)node)->arg;
    return node;
}

static bool is_null_constant(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && constant->isnull;
}

/* Whether the node is a constant that a boolean can be, and which: a string
 * only where something boolean is beside it. */
static bool read_boolean(const Node *node, bool takes_string, bool *value)
{
    const A_Const *constant;
    struct slice text;

    takes_string = takes_string || is_boolean_cast(node);
    constant = node_as(A_Const, without_boolean_casts(node));
    if (!constant || constant->isnull)
        return false;
    if (nodeTag(&constant->val) == T_Boolean) {
        *value = constant->val.boolval.boolval;
        return true;
    }
    if (!takes_string || nodeTag(&constant->val) != T_String)
        return false;
    text = slice_from(constant->val.sval.sval);
    *value = slice_equal_ignoring_case(text, SLICE("t")) ||
             slice_equal_ignoring_case(text, SLICE("true"));
    return *value || slice_equal_ignoring_case(text, SLICE("f")) ||
           slice_equal_ignoring_case(text, SLICE("false"));
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

/* The operand and the constant of `condition = true`, `false <> condition`:
 * `is_same` says whether the condition is true when the whole is. */
static const Node *operand_tested(const A_Expr *operation, bool *is_same)
{
    const char *name =
        operation->name ? name_from_string(llast(operation->name)) : NULL;
    const Node *operand;
    bool value;

    if (operation->kind != AEXPR_OP || !name ||
        (strcmp(name, "=") != 0 && strcmp(name, "<>") != 0))
        return NULL;
    if (read_boolean(operation->rexpr, true, &value))
        operand = operation->lexpr;
    else if (read_boolean(operation->lexpr, true, &value))
        operand = operation->rexpr;
    else
        return NULL;
    *is_same = value == (name[0] == '=');
    return operand;
}

/* c IS DISTINCT FROM NULL, or IS NOT. */
static bool compares_with_null(const A_Expr *operation, const char *column)
{
    return (is_column(operation->lexpr, column) &&
            is_null_constant(operation->rexpr)) ||
           (is_column(operation->rexpr, column) &&
            is_null_constant(operation->lexpr));
}

/* A row IS NOT NULL when all of its columns are. */
static bool is_row_with(const Node *node, const char *column)
{
    const RowExpr *row = node_as(RowExpr, node);
    const ListCell *cell;

    if (!row)
        return false;
    foreach (cell, row->args) {
        if (is_column(lfirst(cell), column))
            return true;
    }
    return false;
}

static bool null_test_proves(const NullTest *test, const char *column,
                             bool truth)
{
    const Node *tested = (const Node *)test->arg;

    if (test->nulltesttype == IS_NULL)
        return !truth && is_column(tested, column);
    return truth && (is_column(tested, column) || is_row_with(tested, column));
}

static bool proves(const Node *condition, const char *column, bool truth,
                   int depth);

/* Of several conditions that all hold one proof will do; of those of which
 * any may hold, each that is possible must prove it. */
static bool boolean_proves(const BoolExpr *boolean, const char *column,
                           bool truth, int depth)
{
    bool all_hold = truth == (boolean->boolop == AND_EXPR);
    const ListCell *cell;

    if (boolean->boolop == NOT_EXPR)
        return proves(linitial(boolean->args), column, !truth, depth + 1);
    foreach (cell, boolean->args) {
        bool does, value;

        if (read_boolean(lfirst(cell), true, &value) && value != truth &&
            !all_hold)
            continue;
        does = proves(lfirst(cell), column, truth, depth + 1);
        if (does == all_hold)
            return does;
    }
    return !all_hold;
}

static bool operation_proves(const A_Expr *operation, const char *column,
                             bool truth, int depth)
{
    const Node *operand;
    bool is_same;

    if (operation->kind == AEXPR_DISTINCT)
        return truth && compares_with_null(operation, column);
    if (operation->kind == AEXPR_NOT_DISTINCT)
        return !truth && compares_with_null(operation, column);
    operand = operand_tested(operation, &is_same);
    return operand && proves(operand, column, truth == is_same, depth + 1);
}

/* Whether the condition's being true, or false, proves it. */
static bool proves(const Node *condition, const char *column, bool truth,
                   int depth)
{
    condition = without_boolean_casts(condition);
    if (!condition || depth > DEPTH_MAX)
        return false;
    switch (nodeTag(condition)) {
    case T_NullTest:
        return null_test_proves((const NullTest *)condition, column, truth);
    case T_BoolExpr:
        return boolean_proves((const BoolExpr *)condition, column, truth,
                              depth);
    case T_A_Expr:
        return operation_proves((const A_Expr *)condition, column, truth,
                                depth);
    default: return false;
    }
}

bool implication_proves_not_null(const Node *condition, const char *column)
{
    return proves(condition, column, true, 0);
}

static const Node *without_casts(const Node *node)
{
    while (node && nodeTag(node) == T_TypeCast)
        node = ((const TypeCast *)node)->arg;
    return node;
}

static bool is_constant(const Node *node)
{
    const A_Const *constant = node_as(A_Const, without_casts(node));

    return constant && !constant->isnull;
}

/* `c = 'x'`, either way round. */
static bool is_fixing_comparison(const A_Expr *operation, const char *column)
{
    const Node *left = without_casts(operation->lexpr);
    const Node *right = without_casts(operation->rexpr);

    return operation->kind == AEXPR_OP &&
           strcmp(name_from_list(operation->name).name, "=") == 0 &&
           ((left && is_column(left, column) && is_constant(right)) ||
            (right && is_column(right, column) && is_constant(left)));
}

/* A boolean column, or its negation. */
static bool is_boolean_of(const Node *node, const char *column)
{
    const BoolExpr *boolean = node_as(BoolExpr, node);
    const BooleanTest *test = node_as(BooleanTest, node);

    if (boolean && boolean->boolop == NOT_EXPR)
        node = linitial(boolean->args);
    else if (test &&
             (test->booltesttype == IS_TRUE || test->booltesttype == IS_FALSE))
        node = (const Node *)test->arg;
    return is_column(without_boolean_casts(node), column);
}

static bool fixes(const Node *condition, const char *column)
{
    const A_Expr *operation = node_as(A_Expr, condition);

    return operation ? is_fixing_comparison(operation, column)
                     : is_boolean_of(condition, column);
}

bool implication_fixes(const Node *condition, const char *column)
{
    const BoolExpr *boolean = node_as(BoolExpr, condition);
    const ListCell *cell;

    if (!boolean || boolean->boolop != AND_EXPR)
        return fixes(condition, column);
    foreach (cell, boolean->args) {
        if (fixes(lfirst(cell), column))
            return true;
    }
    return false;
}

static bool is_not_null_test(const Node *node, const char *column)
{
    const NullTest *test = node_as(NullTest, node);

    return test && test->nulltesttype == IS_NOT_NULL &&
           is_column((const Node *)test->arg, column);
}

/* c IS NOT NULL on one of these. */
static bool is_not_null_of(const Node *node, const char *const *columns,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_not_null_test(node, columns[i]))
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
