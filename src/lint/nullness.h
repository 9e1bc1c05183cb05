/*
 * Whether what a query gives can be null, as far as the schema and the query's
 * own conditions say. For not-in-subquery.
 */
#ifndef LINT_NULLNESS_H
#define LINT_NULLNESS_H

#include "lint/query_names.h"

/* In this order: of several the last decides. */
enum nullness {
    NULLNESS_NEVER,
    NULLNESS_UNKNOWN, /* of a table that the files do not make, or of an
                         expression */
    NULLNESS_MAYBE,
};

/* The first column of a SELECT or VALUES. column: receives the column that may
 * be null, if one is; else null. */
enum nullness nullness_of_query(struct check *check, const Node *query,
                                const ColumnRef **column);

#endif
