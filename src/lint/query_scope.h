/*
 * The WITH queries whose names can be used where a rule's check_node stands.
 */
#ifndef LINT_QUERY_SCOPE_H
#define LINT_QUERY_SCOPE_H

#include "lint/rule.h"
#include "query/from.h"

/* The names of the WITH queries around the visited node; in the arena. Its own
 * WITH is for from_scope_of(). */
const struct from_scope *query_scope_around(const struct check *check,
                                            struct arena *arena);

/* Whether the item may have a column of that name: it has, or nobody knows. A
 * name that query/ could not find out may be a variable's, or a table's further
 * out. */
bool query_item_may_have(const struct check *check,
                         const struct from_item *item,
                         const ColumnRef *reference);

#endif
