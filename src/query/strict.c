/*
 * Reads raw expressions as find_nonnullable_rels() of
 * src/backend/optimizer/util/clauses.c reads analysed ones; which functions are
 * strict the built-in catalogue says.
 */
#include "query/strict.h"

#include "schema/builtin/builtin.h"
#include "sql/names.h"

#include <string.h>

#define DEPTH_MAX 100

struct search {
    int version;
    strict_test *test;
    void *closure;
};

static bool is_null(const struct search *search, const Node *node,
                    size_t depth);
static bool is_not_true(const struct search *search, const Node *node,
                        size_t depth);

bool strict_function(int postgres_version, const char *name)
{
    uint8_t version = builtin_version(postgres_version);
    struct builtin_functions named = builtin_functions_named(name);
    bool is_found = false;

    for (size_t i = 0; i < named.count; i++) {
        if ((named.rows[i].versions & version) == 0)
            continue;
        if (!named.rows[i].is_strict || named.rows[i].kind != 'f' ||
            named.rows[i].returns_set)
            return false;
        is_found = true;
    }
    return is_found;
}

bool strict_operator(int postgres_version, const char *name)
{
    uint8_t version = builtin_version(postgres_version);
    struct builtin_operators named = builtin_operators_named(name);
    bool is_found = false;

    for (size_t i = 0; i < named.count; i++) {
        const struct builtin_function *function;

        if ((named.rows[i].versions & version) == 0)
            continue;
        function = builtin_function_of_oid(version, named.rows[i].function);
        /* Operators of extensions: their functions have no oid here. */
        if (function == NULL && named.rows[i].unit != BUILTIN_CATALOG)
            continue;
        if (function == NULL || !function->is_strict)
            return false;
        is_found = true;
    }
    return is_found;
}

static bool any_is_null(const struct search *search, const List *list,
                        size_t depth)
{
    const ListCell *cell;

    foreach (cell, list)
        if (is_null(search, lfirst(cell), depth + 1))
            return true;
    return false;
}

/* (a, b) = (c, d): false where one pair is, and else null. */
static bool is_row_equality(const A_Expr *expression)
{
    return expression->kind == AEXPR_OP &&
           node_as(RowExpr, expression->lexpr) != NULL &&
           node_as(RowExpr, expression->rexpr) != NULL &&
           strcmp(name_from_string(llast(expression->name)), "=") == 0;
}

static bool is_null_operation(const struct search *search,
                              const A_Expr *expression, size_t depth)
{
    switch (expression->kind) {
    case AEXPR_OP:
        if (is_row_equality(expression))
            return any_is_null(search, ((RowExpr *)expression->lexpr)->args,
                               depth) ||
                   any_is_null(search, ((RowExpr *)expression->rexpr)->args,
                               depth);
        return (is_null(search, expression->lexpr, depth + 1) ||
                is_null(search, expression->rexpr, depth + 1)) &&
               strict_operator(search->version,
                               name_from_string(llast(expression->name)));
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR:
        return is_null(search, expression->lexpr, depth + 1) ||
               is_null(search, expression->rexpr, depth + 1);
    case AEXPR_OP_ANY:
    case AEXPR_IN: return is_null(search, expression->lexpr, depth + 1);
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
        return is_null(search, expression->lexpr, depth + 1);
    default: return false;
    }
}

/* Null, or of `x = ANY (...)` and the like not true: that is told apart where it
 * matters, under NOT. */
static bool is_null(const struct search *search, const Node *node, size_t depth)
{
    if (node == NULL || depth > DEPTH_MAX)
        return false;
    switch (nodeTag(node)) {
    case T_ColumnRef:
        return search->test(search->closure, (const ColumnRef *)node);
    case T_TypeCast:
        return is_null(search, ((const TypeCast *)node)->arg, depth + 1);
    case T_CollateClause:
        return is_null(search, ((const CollateClause *)node)->arg, depth + 1);
    case T_A_Expr:
        return is_null_operation(search, (const A_Expr *)node, depth);
    case T_FuncCall: {
        const FuncCall *call = (const FuncCall *)node;

        return call->over == NULL && call->agg_filter == NULL &&
               strict_function(search->version,
                               name_from_string(llast(call->funcname))) &&
               any_is_null(search, call->args, depth);
    }
    default: return false;
    }
}

/* `x = ANY ('{}')` is false, and its negation true, whatever x is; so may
 * (x, y) = (1, 2) be. */
static bool is_surely_null(const struct search *search, const Node *node,
                           size_t depth)
{
    const A_Expr *expression = node_as(A_Expr, node);

    return (expression == NULL || (expression->kind != AEXPR_OP_ANY &&
                                   !is_row_equality(expression))) &&
           is_null(search, node, depth);
}

static bool is_not_true_bool(const struct search *search,
                             const BoolExpr *junction, size_t depth)
{
    const ListCell *cell;

    if (junction->boolop == NOT_EXPR)
        return is_surely_null(search, linitial(junction->args), depth + 1);
    foreach (cell, junction->args) {
        bool is_so = is_not_true(search, lfirst(cell), depth + 1);

        if (is_so != (junction->boolop == OR_EXPR))
            return is_so;
    }
    return junction->boolop == OR_EXPR;
}

static bool is_not_true(const struct search *search, const Node *node,
                        size_t depth)
{
    if (node == NULL || depth > DEPTH_MAX)
        return false;
    switch (nodeTag(node)) {
    case T_BoolExpr:
        return is_not_true_bool(search, (const BoolExpr *)node, depth);
    case T_NullTest: {
        const NullTest *test = (const NullTest *)node;

        return test->nulltesttype == IS_NOT_NULL &&
               is_surely_null(search, (const Node *)test->arg, depth + 1);
    }
    case T_BooleanTest: {
        const BooleanTest *test = (const BooleanTest *)node;

        return (test->booltesttype == IS_TRUE ||
                test->booltesttype == IS_FALSE) &&
               is_surely_null(search, (const Node *)test->arg, depth + 1);
    }
    case T_SubLink: {
        const SubLink *link = (const SubLink *)node;

        return link->subLinkType == ANY_SUBLINK &&
               is_null(search, link->testexpr, depth + 1);
    }
    default: return is_null(search, node, depth);
    }
}

bool strict_expression(int postgres_version, const Node *expression,
                       strict_test *test, void *closure)
{
    struct search search = {postgres_version, test, closure};

    return is_surely_null(&search, expression, 0);
}

bool strict_condition(int postgres_version, const Node *condition,
                      strict_test *test, void *closure)
{
    struct search search = {postgres_version, test, closure};

    return is_not_true(&search, condition, 0);
}
