/*
 * How to add a column without a scan, rewrite or index build under ADD COLUMN's
 * lock: the column alone first, and then what its definition asked for, each in
 * the way that lets others through.
 */
#ifndef LINT_COLUMN_ADVICE_H
#define LINT_COLUMN_ADVICE_H

#include "lint/constraint_advice.h"

/*
 * The statements to write instead of an ADD COLUMN; added->constraint is not
 * looked at. reason: why it writes every row anew, or REASON_NONE. Lives in
 * check->arena.
 */
const char *column_advice(struct check *check,
                          const struct added_constraint *added,
                          enum work_reason reason);

/* The definition's constraint of this kind; null if there is none. */
const Constraint *column_advice_find(const ColumnDef *column, ConstrType type);

/* What stands in parentheses after this keyword of the constraint: the
 * expression of GENERATED ALWAYS AS (...). With the parentheses. */
struct slice column_advice_expression(const struct check *check, size_t offset,
                                      const char *keyword);

#endif
