/*
 * Whether two expressions of one query are the same to the server, which
 * compares what they mean (equal() of nodes/equalfuncs.c): whatever their
 * spaces, qualifiers and casts to the type that something has already.
 */
#ifndef QUERY_SAME_EXPRESSION_H
#define QUERY_SAME_EXPRESSION_H

#include "query/analysis.h"

/* In this order: of an expression's parts the worst decides. */
enum sameness {
    EXPRESSIONS_DIFFER,
    EXPRESSIONS_MAY_BE_SAME,
    EXPRESSIONS_ARE_SAME,
};

enum sameness same_expression(struct scope *scope, const Node *a,
                              const Node *b);

/* The column of the scope's own FROM that the name means; null if there is
 * none, or that takes more to tell. */
const struct slot *same_expression_slot(const struct scope *scope,
                                        const ColumnRef *reference);

/* What the scope's SELECT gives at that place; null: a `*` does, or more than
 * one may. */
const Node *same_expression_output(const struct scope *scope, size_t output);

#endif
