/*
 * The index that would serve a query's conditions on a table: columns that are
 * compared by `=` first, then those of ORDER BY ... LIMIT or one range, for the
 * rows that the query's constant conditions leave.
 */
#ifndef LINT_INDEX_WANTED_H
#define LINT_INDEX_WANTED_H

#include "lint/index_use.h"

struct index_wanted_key {
    const struct column *column;
    const char *opclass; /* null: the default */
    const char *order;   /* ` DESC`, or "" */
};

/* An index with more columns helps little. */
#define INDEX_WANTED_KEYS_MAX 4

struct index_wanted {
    struct index_wanted_key keys[INDEX_WANTED_KEYS_MAX];
    size_t count;           /* 0: no index would do */
    const ColumnRef *first; /* that a condition names */
    const char *predicate;  /* null: all rows */
};

/* The index for what holds for all rows of the item. */
struct index_wanted index_wanted_of(const struct index_use *use,
                                    const Node *item);

/* The index for an arm of OR, of which the others are served. */
struct index_wanted index_wanted_of_arm(const struct index_use *use,
                                        const Node *item, const Node *arm);

/* ` (email, placed_at DESC) WHERE deleted_at IS NULL` */
const char *index_wanted_definition(struct check *check,
                                    const struct index_wanted *wanted);

/* The statements that make an index, without blocking anybody. definition: what
 * follows the table's name. column: after which the index of a partitioned
 * table, which needs a name, is called. */
const char *index_wanted_help(struct check *check, const struct table *table,
                              const char *definition, const char *column);

/* The expression as SQL; null if the deparser cannot write it. */
const char *index_wanted_sql(struct check *check, const Node *expression);

#endif
