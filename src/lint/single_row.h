/*
 * Whether a query gives one row at most, because unique keys of all that it
 * reads are compared with values. For rules about LIMIT: there is nothing to be
 * put in order.
 */
#ifndef LINT_SINGLE_ROW_H
#define LINT_SINGLE_ROW_H

#include "lint/query_names.h"

/* believes: a column of a table that is not known, which is compared with a
 * value by `=`, counts as its key. */
bool single_row_of_key(struct check *check, const SelectStmt *select,
                       bool believes);

#endif
