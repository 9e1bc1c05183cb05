/*
 * Whether a query's conditions imply the predicate of a partial index, without
 * which the index is of no use to it, and no key for it either. As
 * predicate_implied_by() (src/backend/optimizer/util/predtest.c) finds out; in
 * doubt they do: a parameter may be any value.
 */
#ifndef LINT_INDEX_PREDICATE_H
#define LINT_INDEX_PREDICATE_H

#include "lint/query_names.h"
#include "query/condition.h"

/* item: of FROM, or the RangeVar written to, whose table has the index. True of
 * an index of the whole table. */
bool index_predicate_may_hold(struct check *check, struct arena *arena,
                              const struct condition_array *conditions,
                              const Node *item, const struct index *index);

/* The expression that a text of the schema is; null if it cannot be read. Its
 * tree lives as long as the parser. */
const Node *index_predicate_parse(struct parser *parser, const char *text);

/* All names of columns in the expression are those of columns that the table
 * has now: none was renamed since it was written. */
bool index_predicate_is_current(const struct table *table,
                                const Node *expression);

#endif
