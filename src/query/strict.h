/*
 * What is null as soon as one of its operands is: a strict function, an operator
 * of one (CREATE FUNCTION, STRICT).
 */
#ifndef QUERY_STRICT_H
#define QUERY_STRICT_H

#include "sql/ast.h"

/* All built-in functions, or operators, of that name are strict, and there is
 * one. */
bool strict_function(int postgres_version, const char *name);
bool strict_operator(int postgres_version, const char *name);

/* Whether the column is what matters. */
typedef bool strict_test(void *closure, const ColumnRef *column);

/*
 * Whether the expression is null where such a column is; whether the condition
 * is not true then. False if that is not sure. Bounded in depth.
 */
bool strict_expression(int postgres_version, const Node *expression,
                       strict_test *test, void *closure);
bool strict_condition(int postgres_version, const Node *condition,
                      strict_test *test, void *closure);

#endif
