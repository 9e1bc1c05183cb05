/*
 * Takes conditions of raw trees apart, without recursion: chains of AND and of
 * joins are as long as a file. Stands beside query/from, which lists the items
 * of the same clauses.
 */
#include "query/condition.h"

#include "sql/names.h"

#include <string.h>

struct node_array ARRAY(const Node *);

void condition_add(struct arena *arena, struct condition_array *conditions,
                   const Node *node, const JoinExpr *join)
{
    struct node_array open = {0};

    if (node != NULL)
        *array_push(arena, &open) = node;
    while (open.count > 0) {
        const Node *part = open.items[--open.count];
        const BoolExpr *both = node_as(BoolExpr, part);
        int i = both != NULL && both->boolop == AND_EXPR
                    ? list_length(both->args)
                    : 0;

        if (i == 0)
            *array_push(arena, conditions) = (struct condition){part, join};
        /* The first is taken up next. */
        while (i-- > 0)
            *array_push(arena, &open) = list_nth(both->args, i);
    }
}

void condition_add_from(struct arena *arena, struct condition_array *conditions,
                        const List *from)
{
    struct node_array open = {0};
    const ListCell *cell;

    foreach (cell, from)
        *array_push(arena, &open) = lfirst(cell);
    for (size_t i = 0; i < open.count; i++) {
        const JoinExpr *join = node_as(JoinExpr, open.items[i]);

        if (join == NULL)
            continue;
        *array_push(arena, &open) = join->larg;
        *array_push(arena, &open) = join->rarg;
        condition_add(arena, conditions, join->quals,
                      join->jointype == JOIN_INNER ? NULL : join);
    }
}

bool condition_equality(const Node *node, int number, const Node **left,
                        const Node **right)
{
    const A_Expr *expression = node_as(A_Expr, node);
    const RowExpr *a, *b;

    if (expression == NULL || expression->kind != AEXPR_OP ||
        expression->lexpr == NULL ||
        strcmp(name_from_string(llast(expression->name)), "=") != 0)
        return false;
    a = node_as(RowExpr, expression->lexpr);
    b = node_as(RowExpr, expression->rexpr);
    if (a == NULL && b == NULL) {
        *left = expression->lexpr;
        *right = expression->rexpr;
        return number == 0;
    }
    if (a == NULL || b == NULL || number >= list_length(a->args) ||
        number >= list_length(b->args))
        return false;
    *left = list_nth(a->args, number);
    *right = list_nth(b->args, number);
    return true;
}
