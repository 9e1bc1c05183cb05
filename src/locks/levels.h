/*
 * What stands above a name in a query: the WITH queries that it may mean, and
 * FOR UPDATE and the like. Kept while the query is walked, so that no name has
 * to climb: it may stand below 100,000 joins.
 */
#ifndef LOCKS_LEVELS_H
#define LOCKS_LEVELS_H

#include "base/map.h"
#include "schema/schema.h"
#include "sql/walker.h"

/* A node that is above the visited one, by its depth; what concerns joins says
 * what is above them all. */
struct level {
    const Node *above;   /* the nearest ancestor that is no join */
    size_t field;        /* of that, through which the walk came */
    size_t above_number; /* its level */
    size_t with;         /* the nearest level, from 1, this one too, that has a
                            WITH or is a query of one; 0: there is none */
    const Node *node;
    const struct map *queries; /* of its WITH: numbers from 1 by name */
    const struct map *locked;  /* names after FOR UPDATE OF; null: none */
    bool locks_all;            /* FOR UPDATE without names */
    bool is_locked;            /* it stands in a FROM whose rows are locked */
};

struct levels {
    struct arena *arena;
    struct schema *schema;
    struct level *items;
    size_t capacity;
};

/* To be called for every node of the walk. */
void levels_enter(struct levels *levels, const Node *node,
                  const struct walk *walk);

/* Of a name that is being visited: it means a WITH query of the statement. */
bool levels_have_query(const struct levels *levels, const RangeVar *name,
                       const struct walk *walk);

/* FOR UPDATE and the like is about it, of its SELECT or of one that it is a
 * sub-select in the FROM of. */
bool levels_lock_rows(const struct levels *levels, const RangeVar *name,
                      const struct walk *walk);

#endif
