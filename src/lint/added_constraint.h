/*
 * The sub-commands of ALTER TABLE that give a table which exists a constraint,
 * one after the other, with their words: for the rules about what such a
 * constraint costs.
 */
#ifndef LINT_ADDED_CONSTRAINT_H
#define LINT_ADDED_CONSTRAINT_H

#include "lint/rule.h"
#include "sql/commands.h"

/* A constraint that is being added, to the table or with a column. */
struct added_constraint {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    const ColumnDef *column;      /* null unless it comes with a column */
    const Constraint *constraint; /* null for a column's, until it is chosen */
    const struct table *table;    /* null: not known */
    struct qualified_name name;   /* of the table */
    struct span words;            /* of the sub-command */
};

/* The sub-command adds a constraint that the rule is about. */
typedef bool added_constraint_test(const AlterTableCmd *action);

struct added_constraints {
    struct added_constraint added; /* the one that was found last */
    added_constraint_test *is_wanted;
    struct command_words words;
    int next; /* of the sub-commands */
};

/* Empty for a table that is new, or not there. */
struct added_constraints added_constraints_of(struct check *check,
                                              const AlterTableStmt *alter,
                                              added_constraint_test *is_wanted);

/* False after the last. */
bool added_constraints_next(struct check *check,
                            struct added_constraints *walk);

#endif
