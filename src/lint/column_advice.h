/*
 * How to add a column without a scan, rewrite or index build under ADD COLUMN's
 * lock: the column alone first, and then what its definition asked for, each in
 * the way that lets others through.
 */
#ifndef LINT_COLUMN_ADVICE_H
#define LINT_COLUMN_ADVICE_H

#include "lint/constraint_advice.h"

/* The statements to write instead of an ADD COLUMN; added->constraint is not
 * looked at. Lives in check->arena. */
const char *column_advice(struct check *check,
                          const struct added_constraint *added);

#endif
