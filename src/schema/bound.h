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

/*
 * The same as SQL: `at IS NOT NULL AND at >= '2024-01-01' AND at < '2025-01-01'`,
 * as the server's own condition is made, so that a CHECK which says it, or NOT
 * (it), is taken for a proof. Null where it cannot be said: of the default
 * partition, of values that are no plain constants. bound_text.c
 */
const char *bound_condition(struct arena *arena, const struct table *parent,
                            const PartitionBoundSpec *bound);

/* A row for which the condition is true cannot lie in the bound; or it must. */
bool bound_excludes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition);
bool bound_includes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition);

#endif
