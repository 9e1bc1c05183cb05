/*
 * Which items of a query's FROM its conditions connect. For rules about joins
 * that lack a condition.
 */
#ifndef LINT_JOIN_GRAPH_H
#define LINT_JOIN_GRAPH_H

#include "lint/query_names.h"
#include "query/condition.h"
#include "query/from.h"

#define JOIN_ITEMS_MAX 32
#define JOIN_VALUES_MAX 16

/* A parameter or variable of the body that the query is in, and an item that a
 * condition names together with it. */
struct join_value {
    const ColumnRef *name;
    size_t item;
};

struct join_graph {
    struct from_items items;
    struct condition_array conditions;
    size_t group[JOIN_ITEMS_MAX]; /* items of one group are connected */
    bool is_free[JOIN_ITEMS_MAX]; /* needs no connection: one row at most, rows
                                     made of the others' (LATERAL, functions) */
    struct join_value values[JOIN_VALUES_MAX];
    size_t value_count;
    bool is_known; /* else nothing can be said: a name was not found out, or
                      there are too many */
};

/*
 * from: a list of FROM items; target: the table that UPDATE or DELETE writes,
 * which is the first item then; null: none. Everything is in the arena. CROSS
 * JOIN, USING, NATURAL and ON true connect what they join: somebody wants it so.
 */
void join_graph_of(struct check *check, struct arena *arena,
                   const RangeVar *target, const List *from, const Node *where,
                   const WithClause *with, struct join_graph *graph);

/* The item as messages name it. */
const char *join_item_name(struct check *check, const struct from_item *item);

/* `b.a_id = a.id`, if a foreign key of one leads to the other; else null. */
const char *join_condition(struct check *check, const struct from_item *a,
                           const struct from_item *b);

/* `orders.id = o.id`, if both are one table and it has a primary key; else
 * null. */
const char *join_row_condition(struct check *check, const struct from_item *a,
                               const struct from_item *b);

#endif
