/*
 * Reads target lists against NOT NULL columns, outer joins, and conditions that
 * are true of no null.
 */
#include "lint/nullness.h"

#include "query/condition.h"
#include "query/from.h"

#include <string.h>

/* Arms of set operations beyond these are not looked at. */
#define ARMS_MAX 64

struct judged {
    struct check *check;
    const SelectStmt *select;
    struct condition_array conditions;
    struct arena *scratch;
};

/* The same column, by what the names mean, or as they are written. */
static bool is_same_column(struct check *check, const Node *node,
                           const ColumnRef *column)
{
    const ColumnRef *other = node_as(ColumnRef, node);
    const struct query_name *a, *b;

    if (other == NULL)
        return false;
    a = query_name_of(check, column);
    b = query_name_of(check, other);
    if (a != NULL && b != NULL && a->column != NULL)
        return a->item == b->item && a->column == b->column;
    if (list_length(other->fields) != list_length(column->fields))
        return false;
    for (int i = 0; i < list_length(column->fields); i++) {
        const char *one = name_from_string(list_nth(column->fields, i));
        const char *two = name_from_string(list_nth(other->fields, i));

        if (one == NULL || two == NULL || strcmp(one, two) != 0)
            return false;
    }
    return true;
}

/* The condition is not true where the column is null: it asks for that, or
 * compares it. Comparisons are strict. */
static bool excludes_null(struct check *check, const Node *condition,
                          const ColumnRef *column)
{
    const NullTest *test = node_as(NullTest, condition);
    const A_Expr *expression = node_as(A_Expr, condition);

    if (test != NULL)
        return test->nulltesttype == IS_NOT_NULL &&
               is_same_column(check, (const Node *)test->arg, column);
    if (expression == NULL)
        return false;
    switch (expression->kind) {
    case AEXPR_OP:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
        return is_same_column(check, expression->lexpr, column) ||
               is_same_column(check, expression->rexpr, column);
    case AEXPR_IN:
    case AEXPR_OP_ANY:
    case AEXPR_BETWEEN:
    case AEXPR_BETWEEN_SYM:
        return is_same_column(check, expression->lexpr, column);
    default: return false;
    }
}

/* An outer join fills the item's columns with nulls. */
static bool is_nullable_side(struct judged *judged, const Node *item)
{
    struct from_items outer = {0};
    struct ARRAY(const Node *) stack = {0};
    const ListCell *cell;

    foreach (cell, judged->select->fromClause)
        *array_push(judged->scratch, &stack) = lfirst(cell);
    while (stack.count > 0) {
        const Node *node = stack.items[--stack.count];
        const JoinExpr *join = node_as(JoinExpr, node);

        if (join == NULL)
            continue;
        if (join->jointype == JOIN_LEFT || join->jointype == JOIN_FULL)
            from_add(judged->scratch, &outer, join->rarg, NULL);
        if (join->jointype == JOIN_RIGHT || join->jointype == JOIN_FULL)
            from_add(judged->scratch, &outer, join->larg, NULL);
        *array_push(judged->scratch, &stack) = join->larg;
        *array_push(judged->scratch, &stack) = join->rarg;
    }
    for (size_t i = 0; i < outer.count; i++)
        if (outer.items[i].node == item)
            return true;
    return false;
}

static bool is_not_null(const struct column *column)
{
    const struct type *type = column->data_type.type;

    return !column->is_nullable ||
           (type != NULL && type->kind == TYPE_DOMAIN && type->is_not_null);
}

static enum nullness of_column(struct judged *judged, const ColumnRef *column)
{
    const struct query_name *name = query_name_of(judged->check, column);

    for (size_t i = 0; i < judged->conditions.count; i++)
        if (judged->conditions.items[i].join == NULL &&
            excludes_null(judged->check, judged->conditions.items[i].node,
                          column))
            return NULLNESS_NEVER;
    if (name == NULL || name->column == NULL ||
        name->column->made_at.source == NULL)
        return NULLNESS_UNKNOWN;
    return is_not_null(name->column) && !is_nullable_side(judged, name->item)
               ? NULLNESS_NEVER
               : NULLNESS_MAYBE;
}

static enum nullness of_expression(struct judged *judged, const Node *node,
                                   const ColumnRef **column);

/* count() is never null; min() and max() of a group are as its values are. */
static enum nullness of_call(struct judged *judged, const FuncCall *call,
                             const ColumnRef **column)
{
    const char *name = name_from_string(llast(call->funcname));

    if (strcmp(name, "count") == 0)
        return NULLNESS_NEVER;
    if ((strcmp(name, "min") == 0 || strcmp(name, "max") == 0) &&
        list_length(call->args) == 1 && call->agg_filter == NULL &&
        judged->select->groupClause != NIL)
        return of_expression(judged, linitial(call->args), column);
    return NULLNESS_UNKNOWN;
}

static enum nullness of_expression(struct judged *judged, const Node *node,
                                   const ColumnRef **column)
{
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    if (node == NULL)
        return NULLNESS_UNKNOWN;
    switch (nodeTag(node)) {
    case T_A_Const:
        return ((const A_Const *)node)->isnull ? NULLNESS_MAYBE
                                               : NULLNESS_NEVER;
    case T_ColumnRef: {
        enum nullness nullness = of_column(judged, (const ColumnRef *)node);

        if (nullness == NULLNESS_MAYBE)
            *column = (const ColumnRef *)node;
        return nullness;
    }
    case T_CoalesceExpr:
        return of_expression(judged, llast(((const CoalesceExpr *)node)->args),
                             column) == NULLNESS_NEVER
                   ? NULLNESS_NEVER
                   : NULLNESS_UNKNOWN;
    case T_FuncCall: return of_call(judged, (const FuncCall *)node, column);
    default: return NULLNESS_UNKNOWN;
    }
}

static enum nullness of_select(struct check *check, const SelectStmt *select,
                               const ColumnRef **column)
{
    struct arena scratch = {0};
    struct judged judged = {.check = check,
                            .select = select,
                            .scratch = &scratch};
    enum nullness nullness = NULLNESS_UNKNOWN;

    condition_add_from(&scratch, &judged.conditions, select->fromClause);
    condition_add(&scratch, &judged.conditions, select->whereClause, NULL);
    if (select->valuesLists == NIL && select->targetList != NIL)
        nullness = of_expression(
            &judged, linitial_node(ResTarget, select->targetList)->val, column);
    arena_release(&scratch);
    return nullness;
}

static enum nullness of_values(const SelectStmt *select)
{
    foreach_ptr (List, row, select->valuesLists) {
        const A_Const *constant = node_as(A_Const, linitial(row));

        if (constant == NULL)
            return NULLNESS_UNKNOWN;
        if (constant->isnull)
            return NULLNESS_MAYBE;
    }
    return NULLNESS_NEVER;
}

enum nullness nullness_of_query(struct check *check, const Node *query,
                                const ColumnRef **column)
{
    const SelectStmt *select = node_as(SelectStmt, query);
    enum nullness worst = NULLNESS_NEVER;

    *column = NULL;
    /* Chains of UNION lean to the left. */
    for (int i = 0; select != NULL && i < ARMS_MAX; i++) {
        const SelectStmt *arm =
            select->op == SETOP_NONE ? select : select->rarg;
        enum nullness nullness = arm->op != SETOP_NONE ? NULLNESS_UNKNOWN
                                 : arm->valuesLists != NIL
                                     ? of_values(arm)
                                     : of_select(check, arm, column);

        if (nullness > worst)
            worst = nullness;
        if (select->op == SETOP_NONE)
            return worst;
        select = select->larg;
    }
    return worst > NULLNESS_UNKNOWN ? worst : NULLNESS_UNKNOWN;
}
