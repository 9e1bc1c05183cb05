/*
 * The schema that a file of application queries is judged on: the one that the
 * run's migrations, or a schema script, have left, if they make the tables that
 * the queries name.
 */
#ifndef LINT_QUERY_SCHEMA_H
#define LINT_QUERY_SCHEMA_H

#include "lint/script.h"
#include "schema/schema.h"

/* At the end of a history. */
struct left_schema {
    struct schema *schema;
    const struct history *history;
};

struct left_schema_array ARRAY(struct left_schema);

/*
 * The best of those that have more than half of the tables that the script
 * names; of equals the one whose folder is nearest. Null if there is none, and
 * for a script that is not made of queries: one that creates what it uses
 * stands on nothing. A script that names no table outside of strings (functions)
 * has the only one that there is.
 *
 * The script is prepared. One that is too large to be parsed whole is not of
 * queries.
 */
const struct left_schema *query_schema_choose(
    const struct left_schema_array *left, const struct script *script);

#endif
