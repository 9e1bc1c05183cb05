/*
 * How a partition comes to its table without a scan under a strong lock: a CHECK
 * that says what the bound says, or for the default partition the opposite. The
 * help of attach-partition-scans-table and partition-created-under-exclusive-lock.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_PARTITION_ADVICE_H
#define LINT_PARTITION_ADVICE_H

#include "lint/lock_advice.h"
#include "schema/bound.h"

/* The default partition whose rows the statement reads because of a new
 * partition of this table; null if there is none, or it is new. */
const struct table *partition_advice_scanned_default(
    struct check *check, const struct table *parent);

/* A CHECK that is to prove something about the rows of a partition. */
struct partition_proof {
    struct qualified_name table;
    const struct table *known; /* null: not known */
    const char *condition;     /* null: cannot be said */
};

/* The proof for the partition itself, or for the default one. parent: null if
 * not known. */
struct partition_proof partition_advice_of_new(struct check *check,
                                               const struct table *parent,
                                               const PartitionBoundSpec *bound,
                                               struct qualified_name partition);
struct partition_proof partition_advice_of_default(
    struct check *check, const struct table *parent,
    const PartitionBoundSpec *bound, const struct table *other);

/* The steps, a line each: those that add them NOT VALID, those that validate
 * them and must not share a transaction with the first, and those that drop
 * them when the partition has its bound. */
void partition_advice_add(struct check *check, struct buffer *help,
                          const struct partition_proof *proofs, size_t count);
void partition_advice_validate(struct check *check, struct buffer *help,
                               const struct partition_proof *proofs,
                               size_t count);
void partition_advice_drop(struct check *check, struct buffer *help,
                           const struct partition_proof *proofs, size_t count);

#endif
