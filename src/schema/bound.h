/*
 * What a table's constraints prove about the bounds of a partition: that all
 * of its rows lie within, or that none does. Then no row needs to be looked at.
 *
 * The server's own test is predicate_implied_by(), weakly
 * (src/backend/optimizer/util/predtest.c), on the bound's expression
 * (partbounds.c, get_qual_from_partbound).
 */
#ifndef SCHEMA_BOUND_H
#define SCHEMA_BOUND_H

#include "schema/schema.h"

struct node_array ARRAY(const Node *);

struct bound_facts {
    const struct table *table; /* its NOT NULL columns count */
    struct node_array checks;  /* valid CHECKs */
};

/* is_inside: the rows lie in the bound; else, none of them does. False where
 * that cannot be told. */
bool bound_is_proven(struct arena *arena, const struct bound_facts *facts,
                     const struct partition_key *key,
                     const PartitionBoundSpec *bound, bool is_inside);

/* A row for which the condition is true cannot lie in the bound; or it must. */
bool bound_excludes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition);
bool bound_includes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition);

#endif
