/*
 * Makes conditions into formulas, and draws conclusions as the server does.
 */
#include "schema/formula.h"

#include "base/slice.h"
#include "sql/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Deeper formulas, and longer proofs, are left alone. */
#define DEPTH_MAX 32
#define STEPS_MAX 100000

/*
 * Constants.
 */

/* The text of a constant, casts aside; null if the node is none. */
const char *formula_constant(struct arena *arena, const Node *node)
{
    const A_Expr *operation = node_as(A_Expr, node);
    const A_Const *constant;
    const char *text;

    while (node && nodeTag(node) == T_TypeCast)
        node = ((const TypeCast *)node)->arg;
    if (operation && !operation->lexpr && operation->kind == AEXPR_OP &&
        strcmp(name_from_list(operation->name).name, "-") == 0) {
        text = formula_constant(arena, operation->rexpr);
        return text ? arena_format(arena, "-%s", text) : NULL;
    }
    constant = node_as(A_Const, node);
    if (!constant || constant->isnull)
        return NULL;
    switch (nodeTag(&constant->val)) {
    case T_Integer: return arena_format(arena, "%d", constant->val.ival.ival);
    case T_Float: return constant->val.fval.fval;
    case T_Boolean: return constant->val.boolval.boolval ? "true" : "false";
    case T_String: return constant->val.sval.sval;
    default: return NULL;
    }
}

static bool is_text(const char *type)
{
    return strcmp(type, "text") == 0 || strcmp(type, "varchar") == 0;
}

/* What the node is cast to; casts of texts to other texts change nothing. */
static const char *cast_of(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);
    const char *type = NULL;

    for (; cast; cast = node_as(TypeCast, cast->arg)) {
        const char *name = name_from_list(cast->typeName->names).name;

        if (cast->typeName->arrayBounds != NIL ||
            (type && !(is_text(type) && is_text(name))))
            return "";
        type = name;
    }
    return type;
}

/* Of a number, the type that the server gives it, unless that is an integer. */
static const char *type_of_constant(const Node *node)
{
    const A_Expr *operation = node_as(A_Expr, node);
    const A_Const *constant;

    if (operation)
        return type_of_constant(operation->rexpr);
    constant = node_as(A_Const, node);
    if (constant && !constant->isnull && nodeTag(&constant->val) == T_Float)
        return strpbrk(constant->val.fval.fval, ".eE") ? "numeric" : "int8";
    return cast_of(node);
}

static bool is_number(const char *text)
{
    char *end;

    if (!isdigit((unsigned char)*text) && *text != '-' && *text != '.')
        return false;
    strtold(text, &end);
    return *end == '\0' && end != text;
}

/* 2024-01-01 and 2024-01-01 00:00: written alike, their text has their
 * order. */
static bool are_dates_alike(const char *a, const char *b)
{
    if (strlen(a) < 10 || strlen(a) != strlen(b) || a[4] != '-')
        return false;
    for (; *a; a++, b++) {
        if (isdigit((unsigned char)*a) ? !isdigit((unsigned char)*b)
                                       : *a != *b || !strchr("-: .", *a))
            return false;
    }
    return true;
}

/* Below, equal or above zero, as strcmp(); false if that cannot be told. */
static bool compare_constants(const char *a, const char *b, int *order)
{
    long double x, y;

    *order = strcmp(a, b);
    if (*order == 0 || are_dates_alike(a, b))
        return true;
    if (!is_number(a) || !is_number(b))
        return false;
    x = strtold(a, NULL);
    y = strtold(b, NULL);
    *order = x < y ? -1 : x > y;
    return true;
}

/*
 * Formulas.
 */

struct formula *formula_new(struct arena *arena, enum formula_kind kind)
{
    struct formula *formula = arena_alloc(arena, sizeof *formula);

    formula->kind = kind;
    return formula;
}

void formula_add(struct arena *arena, struct formula *formula,
                 struct formula *part)
{
    *array_push(arena, &formula->parts) = part;
}

struct formula *formula_about(struct arena *arena, enum formula_kind kind,
                              const char *column)
{
    struct formula *formula = formula_new(arena, kind);

    formula->column = column;
    return formula;
}

struct formula *formula_compare(struct arena *arena, const char *column,
                                enum comparison comparison,
                                const char *constant)
{
    struct formula *formula = formula_about(arena, FORMULA_COMPARE, column);

    formula->comparison = comparison;
    formula->constant = constant;
    return formula;
}

static enum comparison negated(enum comparison comparison)
{
    switch (comparison) {
    case COMPARE_LESS: return COMPARE_GREATER_EQUAL;
    case COMPARE_LESS_EQUAL: return COMPARE_GREATER;
    case COMPARE_EQUAL: return COMPARE_NOT_EQUAL;
    case COMPARE_GREATER_EQUAL: return COMPARE_LESS;
    case COMPARE_GREATER: return COMPARE_LESS_EQUAL;
    case COMPARE_NOT_EQUAL: return COMPARE_EQUAL;
    }
    return comparison;
}

/* With its operands exchanged. */
static enum comparison mirrored(enum comparison comparison)
{
    switch (comparison) {
    case COMPARE_LESS: return COMPARE_GREATER;
    case COMPARE_LESS_EQUAL: return COMPARE_GREATER_EQUAL;
    case COMPARE_GREATER_EQUAL: return COMPARE_LESS_EQUAL;
    case COMPARE_GREATER: return COMPARE_LESS;
    case COMPARE_EQUAL:
    case COMPARE_NOT_EQUAL: return comparison;
    }
    return comparison;
}

static bool read_operator(const List *name, enum comparison *comparison)
{
    static const struct {
        const char *name;
        enum comparison comparison;
    } operators[] = {
        {"<", COMPARE_LESS},       {"<=", COMPARE_LESS_EQUAL},
        {"=", COMPARE_EQUAL},      {">=", COMPARE_GREATER_EQUAL},
        {">", COMPARE_GREATER},    {"<>", COMPARE_NOT_EQUAL},
        {"!=", COMPARE_NOT_EQUAL},
    };

    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (strcmp(name_from_list(name).name, operators[i].name) != 0)
            continue;
        *comparison = operators[i].comparison;
        return true;
    }
    return false;
}

const ColumnRef *formula_reference(const Node *node)
{
    while (node && nodeTag(node) == T_TypeCast)
        node = ((const TypeCast *)node)->arg;
    return node_as(ColumnRef, node);
}

const char *formula_column(const Node *node)
{
    const ColumnRef *reference = formula_reference(node);

    return reference ? name_from_string(llast(reference->fields)) : NULL;
}

static struct formula *unknown(struct arena *arena)
{
    return formula_new(arena, FORMULA_UNKNOWN);
}

/* Unknown unless the nodes are a column and a constant. */
static struct formula *compare_nodes(struct arena *arena, const Node *column,
                                     enum comparison comparison,
                                     const Node *constant)
{
    const char *name = column ? formula_column(column) : NULL;
    const char *text = name ? formula_constant(arena, constant) : NULL;
    struct formula *formula;

    if (!text)
        return unknown(arena);
    formula = formula_compare(arena, name, comparison, text);
    formula->reference = formula_reference(column);
    formula->column_type = cast_of(column);
    formula->constant_type = type_of_constant(constant);
    return formula;
}

/* (a, b) = (1, 2) is a = 1 AND b = 2. */
static struct formula *of_rows(struct arena *arena, const RowExpr *left,
                               const RowExpr *right)
{
    struct formula *formula = formula_new(arena, FORMULA_AND);
    const ListCell *a, *b;

    forboth(a, left->args, b, right->args)
        formula_add(arena, formula,
                    compare_nodes(arena, lfirst(a), COMPARE_EQUAL, lfirst(b)));
    return formula;
}

static struct formula *of_comparison(struct arena *arena, const A_Expr *node,
                                     bool is_negated)
{
    const RowExpr *left = node_as(RowExpr, node->lexpr);
    const RowExpr *right = node_as(RowExpr, node->rexpr);
    enum comparison comparison;

    if (left && right && !is_negated &&
        list_length(left->args) == list_length(right->args) &&
        strcmp(name_from_list(node->name).name, "=") == 0)
        return of_rows(arena, left, right);

    if (!read_operator(node->name, &comparison))
        return unknown(arena);
    if (is_negated)
        comparison = negated(comparison);
    if (node->lexpr && formula_column(node->lexpr))
        return compare_nodes(arena, node->lexpr, comparison, node->rexpr);
    return compare_nodes(arena, node->rexpr, mirrored(comparison), node->lexpr);
}

/* IN, NOT IN, = ANY (ARRAY[...]). */
static struct formula *of_list(struct arena *arena, const A_Expr *node,
                               const List *values, bool is_negated)
{
    bool is_equal = strcmp(name_from_list(node->name).name, "=") == 0;
    struct formula *formula;
    const ListCell *cell;

    is_equal = is_equal != is_negated;
    formula = formula_new(arena, is_equal ? FORMULA_OR : FORMULA_AND);
    foreach (cell, values)
        formula_add(arena, formula,
                    compare_nodes(arena, node->lexpr,
                                  is_equal ? COMPARE_EQUAL : COMPARE_NOT_EQUAL,
                                  lfirst(cell)));
    return formula;
}

static struct formula *of_between(struct arena *arena, const A_Expr *node,
                                  bool is_outside)
{
    const List *limits = node_as(List, node->rexpr);
    struct formula *formula;

    if (list_length(limits) != 2)
        return unknown(arena);
    formula = formula_new(arena, is_outside ? FORMULA_OR : FORMULA_AND);
    formula_add(arena, formula,
                compare_nodes(arena, node->lexpr,
                              is_outside ? COMPARE_LESS : COMPARE_GREATER_EQUAL,
                              linitial(limits)));
    formula_add(arena, formula,
                compare_nodes(arena, node->lexpr,
                              is_outside ? COMPARE_GREATER : COMPARE_LESS_EQUAL,
                              lsecond(limits)));
    return formula;
}

/* ARRAY[...], as pg_dump writes it too: (ARRAY['a'::character varying])::text[]. */
static const A_ArrayExpr *array_of(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);

    if (cast && is_text(name_from_list(cast->typeName->names).name))
        node = cast->arg;
    return node_as(A_ArrayExpr, node);
}

static struct formula *of_operation(struct arena *arena, const A_Expr *node,
                                    bool is_negated)
{
    const A_ArrayExpr *array = array_of(node->rexpr);

    switch (node->kind) {
    case AEXPR_OP: return of_comparison(arena, node, is_negated);
    case AEXPR_IN:
        return of_list(arena, node, (const List *)node->rexpr, is_negated);
    case AEXPR_OP_ANY:
        if (!array || strcmp(name_from_list(node->name).name, "=") != 0)
            return unknown(arena);
        return of_list(arena, node, array->elements, is_negated);
    case AEXPR_BETWEEN: return of_between(arena, node, is_negated);
    case AEXPR_NOT_BETWEEN: return of_between(arena, node, !is_negated);
    default: return unknown(arena);
    }
}

static struct formula *of_null_test(struct arena *arena, const NullTest *test,
                                    bool is_negated)
{
    const char *column = formula_column((const Node *)test->arg);
    bool is_null = (test->nulltesttype == IS_NULL) != is_negated;
    struct formula *formula;

    if (!column || cast_of((const Node *)test->arg))
        return unknown(arena);
    formula =
        formula_about(arena, is_null ? FORMULA_NULL : FORMULA_NOT_NULL, column);
    formula->reference = formula_reference((const Node *)test->arg);
    return formula;
}

/* What the formula, or its parts, say is said by this node. */
static struct formula *stand_for(struct formula *formula, const Node *node,
                                 bool is_negated)
{
    formula->node = node;
    formula->is_negated = is_negated;
    for (size_t i = 0; i < formula->parts.count; i++) {
        formula->parts.items[i]->node = node;
        formula->parts.items[i]->is_negated = is_negated;
    }
    return formula;
}

static struct formula *of_node(struct arena *arena, const Node *node,
                               bool is_negated, int depth)
{
    const BoolExpr *boolean = node_as(BoolExpr, node);
    struct formula *formula;
    const ListCell *cell;

    if (!node || depth > DEPTH_MAX)
        return stand_for(unknown(arena), node, is_negated);
    if (nodeTag(node) == T_A_Expr)
        return stand_for(of_operation(arena, (const A_Expr *)node, is_negated),
                         node, is_negated);
    if (nodeTag(node) == T_NullTest)
        return stand_for(
            of_null_test(arena, (const NullTest *)node, is_negated), node,
            is_negated);
    if (!boolean)
        return stand_for(unknown(arena), node, is_negated);
    if (boolean->boolop == NOT_EXPR)
        return of_node(arena, linitial(boolean->args), !is_negated, depth + 1);
    formula = formula_new(arena, (boolean->boolop == AND_EXPR) != is_negated
                                     ? FORMULA_AND
                                     : FORMULA_OR);
    foreach (cell, boolean->args)
        formula_add(arena, formula,
                    of_node(arena, lfirst(cell), is_negated, depth + 1));
    return formula;
}

/*
 * Implication.
 */

/* x `given` c implies x `wanted` d, when c stands to d like that. */
static bool follows(enum comparison given, enum comparison wanted, int order)
{
    bool is_below = order<0, is_same = order == 0, is_above = order> 0;

    switch (given) {
    case COMPARE_EQUAL:
        switch (wanted) {
        case COMPARE_LESS: return is_below;
        case COMPARE_LESS_EQUAL: return is_below || is_same;
        case COMPARE_EQUAL: return is_same;
        case COMPARE_GREATER_EQUAL: return is_above || is_same;
        case COMPARE_GREATER: return is_above;
        case COMPARE_NOT_EQUAL: return !is_same;
        }
        return false;
    case COMPARE_LESS:
        return wanted == COMPARE_LESS || wanted == COMPARE_LESS_EQUAL ||
                       wanted == COMPARE_NOT_EQUAL
                   ? is_below || is_same
                   : false;
    case COMPARE_LESS_EQUAL:
        if (wanted == COMPARE_LESS_EQUAL)
            return is_below || is_same;
        return (wanted == COMPARE_LESS || wanted == COMPARE_NOT_EQUAL) &&
               is_below;
    case COMPARE_GREATER:
        return wanted == COMPARE_GREATER || wanted == COMPARE_GREATER_EQUAL ||
                       wanted == COMPARE_NOT_EQUAL
                   ? is_above || is_same
                   : false;
    case COMPARE_GREATER_EQUAL:
        if (wanted == COMPARE_GREATER_EQUAL)
            return is_above || is_same;
        return (wanted == COMPARE_GREATER || wanted == COMPARE_NOT_EQUAL) &&
               is_above;
    case COMPARE_NOT_EQUAL: return wanted == COMPARE_NOT_EQUAL && is_same;
    }
    return false;
}

bool formula_comparison_may_imply(const struct formula *given,
                                  const struct formula *wanted)
{
    int order;

    if (compare_constants(given->constant, wanted->constant, &order))
        return follows(given->comparison, wanted->comparison, order);
    return follows(given->comparison, wanted->comparison, -1) ||
           follows(given->comparison, wanted->comparison, 1);
}

static bool atom_implies(void *closure, const struct formula *given,
                         const struct formula *wanted)
{
    int order;

    (void)closure;
    if (given->kind != wanted->kind || given->kind == FORMULA_UNKNOWN ||
        strcmp(given->column, wanted->column) != 0)
        return false;
    if (given->kind != FORMULA_COMPARE)
        return true;
    return compare_constants(given->constant, wanted->constant, &order) &&
           follows(given->comparison, wanted->comparison, order);
}

struct proof {
    size_t steps;
    formula_test *test;
    void *closure;
    bool when_spent;
};

static bool implies(struct proof *proof, const struct formula *given,
                    const struct formula *wanted);

static bool any_part_implies(struct proof *proof, const struct formula *given,
                             const struct formula *wanted)
{
    for (size_t i = 0; i < given->parts.count; i++) {
        if (implies(proof, given->parts.items[i], wanted))
            return true;
    }
    return false;
}

static bool every_part_implies(struct proof *proof, const struct formula *given,
                               const struct formula *wanted)
{
    for (size_t i = 0; i < given->parts.count; i++) {
        if (!implies(proof, given->parts.items[i], wanted))
            return false;
    }
    return true;
}

static bool implies_any_part(struct proof *proof, const struct formula *given,
                             const struct formula *wanted)
{
    for (size_t i = 0; i < wanted->parts.count; i++) {
        if (implies(proof, given, wanted->parts.items[i]))
            return true;
    }
    return false;
}

/* The order of the cases is that of predicate_implied_by_recurse(). */
static bool implies(struct proof *proof, const struct formula *given,
                    const struct formula *wanted)
{
    if (++proof->steps > STEPS_MAX)
        return proof->when_spent;
    if (wanted->kind == FORMULA_AND) {
        for (size_t i = 0; i < wanted->parts.count; i++) {
            if (!implies(proof, given, wanted->parts.items[i]))
                return false;
        }
        return true;
    }
    if (given->kind == FORMULA_OR)
        return every_part_implies(proof, given, wanted);
    if (wanted->kind == FORMULA_OR)
        return implies_any_part(proof, given, wanted) ||
               (given->kind == FORMULA_AND &&
                any_part_implies(proof, given, wanted));
    if (given->kind == FORMULA_AND)
        return any_part_implies(proof, given, wanted);
    return proof->test(proof->closure, given, wanted);
}

struct formula *formula_negate(struct arena *arena,
                               const struct formula *formula)
{
    struct formula *opposite = formula_new(arena, formula->kind);

    *opposite = *formula;
    opposite->parts = (struct formula_array){0};
    switch (formula->kind) {
    case FORMULA_UNKNOWN: break;
    case FORMULA_AND: opposite->kind = FORMULA_OR; break;
    case FORMULA_OR: opposite->kind = FORMULA_AND; break;
    case FORMULA_COMPARE:
        opposite->comparison = negated(formula->comparison);
        break;
    case FORMULA_NULL: opposite->kind = FORMULA_NOT_NULL; break;
    case FORMULA_NOT_NULL: opposite->kind = FORMULA_NULL; break;
    }
    for (size_t i = 0; i < formula->parts.count; i++)
        formula_add(arena, opposite,
                    formula_negate(arena, formula->parts.items[i]));
    return opposite;
}

struct formula *formula_of_node(struct arena *arena, const Node *node)
{
    return of_node(arena, node, false, 0);
}

bool formula_implies_by(const struct formula *given,
                        const struct formula *wanted, formula_test *test,
                        void *closure, bool when_spent)
{
    struct proof proof = {0, test, closure, when_spent};

    return implies(&proof, given, wanted);
}

bool formula_implies(const struct formula *given, const struct formula *wanted)
{
    return formula_implies_by(given, wanted, atom_implies, NULL, false);
}
