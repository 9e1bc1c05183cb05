/*
 * Whether a query gives one row at most, because unique keys of all that it
 * reads are compared with values. For rules about LIMIT: there is nothing to be
 * put in order.
 */
#ifndef LINT_SINGLE_ROW_H
#define LINT_SINGLE_ROW_H

#include "lint/query_names.h"
#include "query/condition.h"
#include "query/from.h"

/* believes: a column of a table that is not known, which is compared with a
 * value by `=`, counts as its key. */
bool single_row_of_key(struct check *check, const SelectStmt *select,
                       bool believes);

/*
 * The same for each item of a list of FROM items and its conditions: which of
 * them give one row at most whatever the others do, or because a key of theirs
 * is compared with what is known. is_single: for ITEMS_MAX items.
 */
#define SINGLE_ROW_ITEMS_MAX 32

void single_row_items(struct check *check, const struct from_items *items,
                      const struct condition_array *conditions,
                      bool *is_single);

#endif
