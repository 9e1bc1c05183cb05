/*
 * What is there from the start, and may not be changed.
 */
#ifndef REPLAY_SYSTEM_CATALOG_H
#define REPLAY_SYSTEM_CATALOG_H

#include "replay/context.h"

/* Whether the name means a relation of pg_catalog or information_schema. */
bool system_has_relation(const struct replay *replay,
                         struct qualified_name name);

/* What allow_system_table_mods is for: false, told, if the statement would
 * change a system catalog. Of a relation that there is (see above). */
bool system_allows(struct replay *replay, struct qualified_name name);

/* The same for DROP of that kind of relation. */
bool system_allows_drop(struct replay *replay, struct qualified_name name,
                        ObjectType type, const char *article);

/* DROP of a type or schema: false, told, if the server needs it. */
bool system_allows_drop_of(struct replay *replay, const struct object *object,
                           bool is_cascade);

/* pg_catalog, information_schema. */
bool system_has_namespace(const char *name);

#endif
