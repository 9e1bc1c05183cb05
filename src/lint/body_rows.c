/*
 * Describes another query of the body than the one that is being judged, with
 * the variables that can be named there.
 */
#include "lint/body_rows.h"

#include "lint/engine.h"

void body_rows_describe(struct check *check, const struct routine_query *query,
                        struct query_description *description)
{
    struct query_place place = {0};

    if (check->place != NULL)
        place = *check->place;
    place.variables = query->names != NULL ? query : NULL;
    query_describe(check->engine->schema, check->arena, query->statement.tree,
                   &place, description);
}
