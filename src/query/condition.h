/*
 * The conditions that the rows of a query meet, ANDed: those of WHERE and of the
 * ONs of its joins, taken apart.
 */
#ifndef QUERY_CONDITION_H
#define QUERY_CONDITION_H

#include "sql/ast.h"

#include "base/array.h"

struct condition {
    const Node *node;
    const JoinExpr *join; /* the outer join in whose ON it stands, which keeps
                             rows that do not meet it; null: all rows do */
};

struct condition_array ARRAY(struct condition);

/* Adds those of a list of FROM items. Of NATURAL JOIN and USING there are
 * none. */
void condition_add_from(struct arena *arena, struct condition_array *conditions,
                        const List *from);

/* Adds one, which may be null, or its parts. */
void condition_add(struct arena *arena, struct condition_array *conditions,
                   const Node *node, const JoinExpr *join);

/*
 * The two sides of `left = right`; of `(a, b) = (c, d)` one pair for each call,
 * from 0 on. False if it is none, or there are no more.
 */
bool condition_equality(const Node *node, int number, const Node **left,
                        const Node **right);

#endif
