/*
 * What a condition looks for: the columns and expressions in it that an index
 * might have, with the comparison. Another part of index_use.c.
 */
#include "lint/index_use.h"

#include <string.h>

#define TERMS_MAX 400

/* The one item whose columns the expression has; null if there is none, or
 * several. */
struct item_search {
    const struct index_use *use;
    const Node *item;
    bool is_one;
};

static bool visit_item(void *closure, const Node *node, const struct walk *walk)
{
    struct item_search *search = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (reference == NULL)
        return search->is_one;
    name = query_name_of(search->use->check, reference);
    if (name == NULL || !index_use_has_item(search->use, name->item))
        return search->is_one;
    search->is_one = search->item == NULL || search->item == name->item;
    search->item = name->item;
    return search->is_one;
}

static const Node *item_of(const struct index_use *use, const Node *expression)
{
    struct item_search search = {use, NULL, true};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, expression, visit_item, &search);
    walker_release(&walker);
    return search.is_one ? search.item : NULL;
}

/* other: what the operand is compared with; null: nothing. */
static void add(struct index_use *use, struct index_term term,
                const Node *other)
{
    if (term.operand == NULL || use->terms.count >= TERMS_MAX)
        return;
    term.item = item_of(use, term.operand);
    term.operand =
        index_plain_operand(use, index_use_table(use, term.item), term.operand);
    term.name = query_name_of_node(use->check, term.operand);
    if (!index_use_has_item(use, term.item))
        return;
    term.other = other != NULL ? query_name_of_node(use->check, other) : NULL;
    term.is_within = other != NULL && index_use_reads(use, term.item, other);
    if (term.is_within && (term.other == NULL || !term.is_equality))
        return;
    term.is_value = other == NULL || index_use_is_value(use, other);
    *array_push(use->arena, &use->terms) = term;
}

/* Both sides may be what an index has. */
static void add_sides(struct index_use *use, struct index_term term,
                      const Node *left, const Node *right)
{
    term.operand = left;
    add(use, term, right);
    term.operand = right;
    term.is_right = true;
    term.pattern = NULL;
    add(use, term, left);
}

static void add_comparison(struct index_use *use, struct index_term term,
                           const A_Expr *expression)
{
    const RowExpr *left = node_as(RowExpr, expression->lexpr);
    const RowExpr *right = node_as(RowExpr, expression->rexpr);
    int count;

    if (left == NULL || right == NULL) {
        if (expression->lexpr != NULL)
            add_sides(use, term, expression->lexpr, expression->rexpr);
        return;
    }
    /* (a, b) = (1, 2) is two conditions, (a, b) > (1, 2) is one about a. */
    count = term.is_equality ? list_length(left->args) : 1;
    term.is_row = !term.is_equality;
    for (int i = 0; i < count && i < list_length(right->args); i++) {
        term.number = (size_t)i;
        add_sides(use, term, list_nth(left->args, i), list_nth(right->args, i));
    }
}

static void add_operation(struct index_use *use, struct index_term term,
                          const A_Expr *expression)
{
    const char *name = name_from_string(llast(expression->name));

    term.location = expression->location;
    term.is_equality = strcmp(name, "=") == 0;
    term.operand = expression->lexpr;
    switch (expression->kind) {
    case AEXPR_OP:
        if (strcmp(name, "~") == 0 || strcmp(name, "~*") == 0)
            term.pattern = expression->rexpr;
        add_comparison(use, term, expression);
        break;
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
        if (*name != '!')
            term.pattern = expression->rexpr;
        add(use, term, expression->rexpr);
        break;
    case AEXPR_IN:
    case AEXPR_OP_ANY:
    case AEXPR_SIMILAR: add(use, term, expression->rexpr); break;
    case AEXPR_BETWEEN:
        add(use, term, linitial((const List *)expression->rexpr));
        term.number = 1;
        add(use, term, lsecond((const List *)expression->rexpr));
        break;
    case AEXPR_BETWEEN_SYM:
    case AEXPR_OP_ALL:
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
    case AEXPR_NULLIF:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_NOT_BETWEEN_SYM: break;
    }
}

/* x IN (SELECT ...): a join, from either side. */
static void add_link(struct index_use *use, struct index_term term,
                     const SubLink *link)
{
    const RowExpr *row = node_as(RowExpr, link->testexpr);
    size_t first = use->terms.count;

    if (link->subLinkType != ANY_SUBLINK)
        return;
    term.is_equality = true;
    term.location = link->location;
    if (row == NULL) {
        term.operand = link->testexpr;
        add(use, term, NULL);
    }
    for (int i = 0; row != NULL && i < list_length(row->args); i++) {
        term.number = (size_t)i;
        term.operand = list_nth(row->args, i);
        add(use, term, NULL);
    }
    for (size_t i = first; i < use->terms.count; i++)
        use->terms.items[i].is_value = false;
}

/* The server turns NOT (a < 1) into a >= 1. */
static void add_negated(struct index_use *use, struct index_term term,
                        const Node *negated)
{
    const A_Expr *expression = node_as(A_Expr, negated);

    if (expression == NULL || expression->kind != AEXPR_OP ||
        node_as(RowExpr, expression->lexpr) != NULL)
        return;
    term.is_negated = true;
    term.location = expression->location;
    if (expression->lexpr != NULL)
        add_sides(use, term, expression->lexpr, expression->rexpr);
}

static void add_boolean(struct index_use *use, struct index_term term,
                        const Node *condition)
{
    const BoolExpr *negation = node_as(BoolExpr, condition);
    const BooleanTest *test = node_as(BooleanTest, condition);

    if (negation != NULL && negation->boolop == NOT_EXPR) {
        add_negated(use, term, condition = linitial(negation->args));
        term.is_negated = true;
    } else if (test != NULL && (test->booltesttype == IS_TRUE ||
                                test->booltesttype == IS_FALSE)) {
        condition = (const Node *)test->arg;
    }
    term.kind = TERM_BOOLEAN;
    term.operand = condition;
    add(use, term, NULL);
}

static bool is_boolean(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, Boolean);
}

/* `active <> true` is `NOT active` to the planner. */
static void add_comparison_with_boolean(struct index_use *use,
                                        struct index_term term,
                                        const Node *condition)
{
    const A_Expr *expression = node_as(A_Expr, condition);
    const A_Const *constant;
    bool is_right;

    if (expression == NULL || expression->kind != AEXPR_OP ||
        (!is_boolean(expression->lexpr) && !is_boolean(expression->rexpr)))
        return;
    is_right = is_boolean(expression->lexpr);
    constant =
        (const A_Const *)(is_right ? expression->lexpr : expression->rexpr);
    term.kind = TERM_BOOLEAN;
    term.operand = is_right ? expression->rexpr : expression->lexpr;
    term.is_negated =
        constant->val.boolval.boolval !=
        (strcmp(name_from_string(llast(expression->name)), "=") == 0);
    add(use, term, NULL);
}

void index_term_add(struct index_use *use, const Node *condition)
{
    struct index_term term = {.condition = condition, .location = -1};
    const FuncCall *call = node_as(FuncCall, condition);
    const NullTest *test = node_as(NullTest, condition);

    switch (nodeTag(condition)) {
    case T_A_Expr: add_operation(use, term, (const A_Expr *)condition); break;
    case T_SubLink: add_link(use, term, (const SubLink *)condition); return;
    case T_NullTest:
        term.kind = TERM_NULL;
        term.is_equality = test->nulltesttype == IS_NULL;
        term.operand = (const Node *)test->arg;
        add(use, term, NULL);
        break;
    case T_FuncCall:
        foreach_ptr (Node, argument, call->args) {
            term.kind = TERM_CALL;
            term.operand = argument;
            add(use, term, NULL);
        }
        break;
    default: break;
    }
    term = (struct index_term){.condition = condition, .location = -1};
    add_boolean(use, term, condition);
    add_comparison_with_boolean(use, term, condition);
}

static bool is_whole(const struct index_use *use, const struct index_term *term)
{
    for (size_t i = 0; i < use->whole_count; i++)
        if (use->conditions.items[i].node == term->condition &&
            use->conditions.items[i].join == NULL)
            return true;
    return false;
}

bool index_term_is_plain(const struct index_use *use,
                         const struct index_term *term)
{
    const struct query_operation *operation =
        query_operation_at(use->check, term->location, term->number);

    return operation == NULL ||
           index_operand_is_plain(use->check, operation, term->is_right);
}

/* `a = 3`; not `a IN (3, 4)`. */
static bool is_one_value(const struct index_term *term)
{
    const A_Expr *expression = node_as(A_Expr, term->condition);

    return expression != NULL && expression->kind == AEXPR_OP;
}

bool index_term_equals_value(const struct index_use *use,
                             const struct index_term *term)
{
    if (term->is_value)
        return true;
    if (!term->is_equality || term->other == NULL ||
        term->other->column == NULL)
        return false;
    for (size_t i = 0; i < use->terms.count; i++) {
        const struct index_term *next = &use->terms.items[i];

        if (next->is_value && next->is_equality && next->name != NULL &&
            next->kind == TERM_COMPARISON && is_one_value(next) &&
            is_whole(use, next) && next->item == term->other->item &&
            index_term_is_plain(use, next) &&
            next->name->column == term->other->column)
            return true;
    }
    return false;
}
