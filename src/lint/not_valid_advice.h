/*
 * How to give a table a CHECK or a foreign key without looking at its rows
 * under the lock that adds it: NOT VALID first, VALIDATE CONSTRAINT later.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_NOT_VALID_ADVICE_H
#define LINT_NOT_VALID_ADVICE_H

#include "lint/constraint_advice.h"

/*
 * Rows that are there already are looked at because of this CHECK or foreign
 * key. A statement that the model does not understand is judged by its words.
 */
bool not_valid_is_wanted(struct check *check, const Constraint *constraint);

/* Its name: given, or the one that the server will make up. */
const char *not_valid_name(struct check *check,
                           const struct added_constraint *added);

/*
 * The steps, a line each: those that add it, and those that validate it, which
 * must not share a transaction with the first.
 */
void not_valid_add(struct check *check, struct buffer *help,
                   const struct added_constraint *added);
void not_valid_validate(struct check *check, struct buffer *help,
                        const struct added_constraint *added);

/* The statements to write instead, of a constraint without a column. */
const char *not_valid_advice(struct check *check,
                             const struct added_constraint *added);

#endif
