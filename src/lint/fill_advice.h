/*
 * How to give a column of a table with rows its values without holding a lock:
 * a trigger for new rows, batches for old ones.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_FILL_ADVICE_H
#define LINT_FILL_ADVICE_H

#include "lint/advice.h"

/*
 * UPDATE of the table in batches, with the comment that each is to be committed
 * by itself. set: `c = DEFAULT`; condition: of the rows that lack it.
 */
void fill_advice_add_batches(struct check *check, struct buffer *help,
                             struct qualified_name table, const char *set,
                             const char *condition);

/*
 * A trigger that keeps the column equal to an expression on the row's other
 * columns, which are named as in a query on the table.
 */
void fill_advice_add_trigger(struct check *check, struct buffer *help,
                             struct qualified_name table, const char *column,
                             const char *expression);

/* Takes it away again. */
void fill_advice_drop_trigger(struct check *check, struct buffer *help,
                              struct qualified_name table, const char *column);

#endif
