/*
 * What the names of columns in a statement mean, on the schema before it. Found
 * out by query/ when a rule first asks.
 */
#ifndef LINT_QUERY_NAMES_H
#define LINT_QUERY_NAMES_H

#include "lint/rule.h"
#include "query/query.h"

/*
 * Null: the name is none of a column, or what it means is not known: a table
 * that the files do not make may have it, or the statement is no query.
 */
const struct query_name *query_name_of(struct check *check,
                                       const ColumnRef *reference);

/* The same of an expression, which must be nothing but a column. */
const struct query_name *query_name_of_node(struct check *check,
                                            const Node *expression);

/* The name surely means a parameter of the function or a variable of the body
 * that the query is in: the same value for all rows. */
bool query_name_is_value(struct check *check, const ColumnRef *reference);

/* The query that the statement is, or is about; null if there is none. */
const Node *query_names_tree(const Node *tree);

/* The operator that the server calls for the expression at this place (the
 * A_Expr's), or for the part of it that has this number, from 0 on; null if
 * there is none, or nothing is known of it. */
const struct query_operation *query_operation_at(struct check *check,
                                                 ParseLoc location,
                                                 size_t number);

/* query_expressions_differ() on the schema before the statement. */
bool query_names_differ(struct check *check, struct arena *arena,
                        const RangeVar *item, const Node *a, const Node *b);

#endif
