/*
 * By which columns the conditions of a query look for rows of its tables, and
 * which indexes can serve that. For rules about conditions that no index serves:
 * in doubt one does.
 */
#ifndef LINT_INDEX_USE_H
#define LINT_INDEX_USE_H

#include "lint/query_names.h"
#include "query/condition.h"
#include "query/from.h"

/* A column that a condition compares. */
struct index_term {
    const struct query_name *name;
    const Node *condition;
    bool is_equality; /* else a range */
    bool is_value;    /* compared with what is the same for all rows */
};

struct index_term_array ARRAY(struct index_term);

struct index_use {
    struct check *check;
    struct arena *arena;
    struct from_items items;
    struct condition_array conditions; /* WHERE and ON, arms of OR too */
    size_t whole_count;                /* those before the arms */
    struct index_term_array terms;
    const List *sort; /* ORDER BY, if there is a LIMIT; else NIL */
};

/* node: SELECT, UPDATE or DELETE that is being visited. False if there is
 * nothing to be looked for in a known table, or if it is a statement of a
 * migration, which runs once. */
bool index_use_of(struct check *check, struct arena *arena, const Node *node,
                  struct index_use *use);

/* The table of an item, if all its indexes are known and it has rows; else
 * null. */
const struct table *index_use_table(const struct index_use *use,
                                    const Node *item);

/* The index can be searched by the column, as its first, whatever the
 * condition. */
bool index_leads_with(const struct index *index, const struct column *column);

/* Some index of the item's table serves some condition, or its ORDER BY ...
 * LIMIT. */
bool index_use_is_served(const struct index_use *use, const Node *item);

/* The expression names no column of the query's own items. */
bool index_use_is_value(const struct index_use *use, const Node *expression);

/* The expression, of this column, is a key of one of the table's indexes; false
 * if it surely is none. */
bool index_use_has_expression(const struct index_use *use,
                              const struct query_name *name,
                              const Node *expression);

#endif
