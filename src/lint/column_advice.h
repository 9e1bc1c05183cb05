/*
 * How to add a column without a scan, rewrite or index build under ADD COLUMN's
 * lock: the column alone first, and then what its definition asked for, each in
 * the way that lets others through.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_COLUMN_ADVICE_H
#define LINT_COLUMN_ADVICE_H

#include "lint/advice.h"

/* An ADD COLUMN. */
struct added_column {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    const ColumnDef *column;
    const struct table *table;  /* null: not known */
    struct qualified_name name; /* of the table */
    struct span words;          /* of the sub-command */
};

/* The words of one part of the column's definition, without what separates it
 * from the next. */
struct span column_advice_words(const struct check *check,
                                const struct added_column *added,
                                const Constraint *constraint);

/* The statements to write instead. */
const char *column_advice(struct check *check,
                          const struct added_column *added);

/*
 * The name of a CHECK that is being added: given, or the one that the server
 * will make up.
 */
const char *check_advice_name(struct check *check, const Constraint *constraint,
                              struct qualified_name table,
                              const struct table *known, const char *column);

#endif
