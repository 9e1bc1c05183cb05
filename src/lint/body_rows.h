/*
 * What a query in a body gives, for rules that look at a loop's row.
 */
#ifndef LINT_BODY_ROWS_H
#define LINT_BODY_ROWS_H

#include "lint/rule.h"

/* The query is one of check->routine that has a tree. In check_node only, in a
 * body; the description lives in check->arena. */
void body_rows_describe(struct check *check, const struct routine_query *query,
                        struct query_description *description);

#endif
