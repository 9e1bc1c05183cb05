/*
 * What a query reads: the items of its FROM clause, joins taken apart, and
 * names that mean a WITH query of the statement told from tables.
 */
#ifndef QUERY_FROM_H
#define QUERY_FROM_H

#include "sql/ast.h"

#include "base/array.h"

/* The WITH queries that a name can mean, innermost first. */
struct from_scope {
    const WithClause *with;
    const CommonTableExpr *before; /* only those before it; null: all */
    const struct from_scope *outer;
};

/* The scope within a query that has this WITH clause, which may be null. */
const struct from_scope *from_scope_of(struct arena *arena,
                                       const WithClause *with,
                                       const struct from_scope *outer);

struct from_item {
    const Node *node;      /* RangeVar, RangeSubselect, RangeFunction, ... */
    const RangeVar *table; /* if it is a table or view; else null */
    const Node *query;     /* of a sub-select or WITH query; else null */
    const struct from_scope *scope; /* in which the query's own names are */
    const char *name; /* that qualifies its columns; null if it has none */
};

/* In order of their columns in `SELECT *`. */
struct from_items {
    struct from_item *items;
    uint32_t count;
    uint32_t capacity;
    bool has_merged_columns; /* a join with USING, or NATURAL */
};

/* Adds the items of a list of FROM items, or of one item. */
void from_add_list(struct arena *arena, struct from_items *items,
                   const List *list, const struct from_scope *scope);
void from_add(struct arena *arena, struct from_items *items, const Node *node,
              const struct from_scope *scope);

/*
 * Whether the columns of the item stand in the statement itself: a function,
 * VALUES, a sub-select or WITH query that names its columns, or reads with `*`
 * only from such. `table` receives the first table that it takes all columns
 * of. Bounded: what is nested too deeply counts as written.
 */
bool from_is_written(struct arena *arena, const struct from_item *item,
                     const RangeVar **table);

/* Whether `*` or `name.*` of a target list takes the columns of this item. */
bool from_item_is_taken(const struct from_item *item, const ColumnRef *star);

/* `*` or `t.*`, standing alone in a target list; else null. */
const ColumnRef *from_star(const Node *target);

#endif
