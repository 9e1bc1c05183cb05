/*
 * Writes an index that the schema knows again: to build it after it was
 * dropped, or the same for another column.
 */
#ifndef LINT_INDEX_ADVICE_H
#define LINT_INDEX_ADVICE_H

#include "lint/advice.h"

/* Another column in the place of one, and another name. */
struct index_rename {
    const struct column *column;
    const char *new_column;
    const char *new_name;
};

/* The index has the column, or reads it in an expression or its predicate. */
bool index_advice_uses(const struct index *index, const struct column *column);

/* The table has such an index. */
bool index_advice_has(const struct table *table, const struct column *column);

/* The column stands for itself wherever the index uses it. */
bool index_advice_can_rename(const struct index *index,
                             const struct column *column);

/* CREATE INDEX CONCURRENTLY, a line. rename may be null. */
void index_advice_add_create(struct check *check, struct buffer *help,
                             struct qualified_name table,
                             const struct index *index,
                             const struct index_rename *rename);

#endif
