/*
 * The schema that histories start from: made by the file of the option
 * `--schema` or the setting `schema`. A dump by pg_dump(1), db/structure.sql
 * of Rails or db/schema.sql of dbmate, say.
 */
#ifndef LINT_BASE_H
#define LINT_BASE_H

#include "base/map.h"
#include "input/migration.h"
#include "schema/schema.h"

/* Filled with zeros it is that of no file. */
struct base {
    struct schema *schema; /* null: no file, or it could not be read */
    struct source source;
    struct map versions; /* of migrations that the dump says it holds: its
                            INSERT INTO schema_migrations */
};

/*
 * Replays the file on the schema, which belongs to the base from then on, in a
 * unit of its own: nothing that it made is new to what follows. False, with an
 * error, for a file that cannot be read.
 */
bool base_read(struct base *base, struct arena *arena, const char *path,
               struct schema *schema, struct error *error);
void base_release(struct base *base);

/* The file says that this migration has been run. */
bool base_has_version(const struct base *base,
                      const struct migration *migration);

/*
 * The history makes from nothing what the base has: the first table that it
 * creates is there. It shall not be replayed on top of that.
 */
bool base_has_history(const struct base *base, const struct history *history);

#endif
