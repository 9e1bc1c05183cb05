/*
 * Indexes of one table that serve the same queries: what duplicate-index and
 * redundant-index have in common. Columns are compared by what they are, not by
 * name; expressions and predicates by their words.
 */
#ifndef LINT_ALIKE_INDEX_H
#define LINT_ALIKE_INDEX_H

#include "lint/advice.h"

/* There, valid, and made by a file; none of a partition that belongs to its
 * parent's. */
bool alike_index_is_judged(const struct index *index);

/* The longer one begins with all columns of the other, in the same order and
 * direction, by the same operators. */
bool alike_index_begins_with(const struct index *longer,
                             const struct index *index);

/* They have the same rows. */
bool alike_index_has_same_rows(const struct index *a, const struct index *b);

/* Each column that the index only carries (INCLUDE) is somewhere in the other. */
bool alike_index_carries(const struct index *other, const struct index *index);

/* `(user_id, created_at)`, for messages. */
const char *alike_index_columns(struct check *check, const struct index *index);

/* The statement that drops the index, or the constraint that it backs. */
const char *alike_index_drop(struct check *check, const struct index *index);

/* How many indexes of one table are looked at. */
#define ALIKE_INDEX_COUNT_MAX 200

#endif
