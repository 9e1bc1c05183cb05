/*
 * What a condition proves: which columns cannot be null in a row for which it
 * is true. The server's own test is predicate_implied_by() with
 * `c IS NOT NULL` (src/backend/optimizer/util/predtest.c), used by SET NOT
 * NULL (tablecmds.c, NotNullImpliedByRelConstraints).
 */
#ifndef SCHEMA_IMPLICATION_H
#define SCHEMA_IMPLICATION_H

#include "sql/ast.h"

/*
 * Whether the condition, known to be true (of a CHECK: not false, which for
 * the forms listed in the rule set-not-null-scans-table is the same), proves
 * that the column of this name is not null. Bounded in depth.
 */
bool implication_proves_not_null(const Node *condition, const char *column);

/*
 * Whether the column has one and the same value, or is null, in all rows of which
 * the condition is not false: `c = 'x'`, `c`, `NOT c`, ANDed with anything.
 */
bool implication_fixes(const Node *condition, const char *column);

/*
 * Whether the condition is nothing but `c IS NOT NULL`, ANDed, on columns
 * among these. Foreign keys are served by such a partial index.
 */
bool implication_is_only_not_null(const Node *condition,
                                  const char *const *columns, size_t count);

#endif
