/*
 * How to give a table a constraint that needs an index, without building the
 * index under the constraint's lock: the help of constraint-builds-index.
 */
#ifndef LINT_CONSTRAINT_ADVICE_H
#define LINT_CONSTRAINT_ADVICE_H

#include "lint/added_constraint.h"
#include "lint/advice.h"

/* "PRIMARY KEY", "UNIQUE" or "EXCLUDE". */
const char *constraint_advice_word(const Constraint *constraint);

/* The words of a column's constraint: to the next one, to COLLATE, or to the
 * end of the sub-command. */
struct span constraint_advice_words(const struct check *check,
                                    const struct added_constraint *added);

/* The statements, a line each, that give the constraint to a table which has
 * the column already. */
void constraint_advice_add_steps(struct check *check, struct buffer *help,
                                 const struct added_constraint *added);

/* The statements to write instead. */
const char *constraint_advice(struct check *check,
                              const struct added_constraint *added);

#endif
