/*
 * What a query of a body reads and writes, told from its tree alone.
 */
#ifndef LINT_BODY_EXTENT_H
#define LINT_BODY_EXTENT_H

#include "lint/rule.h"

/* Names of one query that are kept; of more, nothing is said of tables. */
#define BODY_NAMES_MAX 64

struct body_extent {
    const Node *root;
    const LockingClause *locking; /* SELECT ... FOR UPDATE; null: none */
    const Node *writing;          /* a WITH query that writes; null: none */
    const RangeVar *tables[BODY_NAMES_MAX]; /* or names of WITH queries */
    size_t table_count;
    const char *names[BODY_NAMES_MAX]; /* of WITH queries */
    size_t name_count;
};

struct body_extent body_extent_of(struct walker *walker, const Node *tree);

/* The first table that is surely one; null if there is none. */
const RangeVar *body_extent_table(const struct body_extent *extent);

/* A query that only reads, or an expression: the server allows it in a function
 * that is not VOLATILE. (CommandIsReadOnly) */
bool body_extent_only_reads(const struct body_extent *extent);

#endif
