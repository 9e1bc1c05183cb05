/*
 * How to change the type of a column of a large table without a rewrite, an
 * index build or a check under ALTER TABLE's lock: what is to be built or
 * checked again goes first and comes back after; or a second column takes the
 * place of the first.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_TYPE_ADVICE_H
#define LINT_TYPE_ADVICE_H

#include "lint/advice.h"

/* An ALTER COLUMN TYPE. */
struct changed_type {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    const struct table *table;   /* null: not known */
    const struct column *column; /* likewise */
    struct qualified_name name;  /* of the table */
    struct span words;           /* of the sub-command */
};

/* The words of the new type, with its COLLATE: what stands between TYPE and
 * USING. */
struct slice type_advice_words(const struct check *check,
                               const struct changed_type *changed);

/* From USING, outside of parentheses, to the end of the sub-command. Length 0 if
 * there is none. */
struct span type_advice_using(const struct check *check,
                              const struct changed_type *changed);

/* The statements to write instead, by way of a second column. */
const char *type_advice_second_column(struct check *check,
                                      const struct changed_type *changed);

/* The statements to write instead. */
const char *type_advice(struct check *check,
                        const struct changed_type *changed);

#endif
