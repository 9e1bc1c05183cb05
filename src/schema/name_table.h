/*
 * Finds things by the place that their name is unique in (a schema, a table)
 * and the name. Every change is journaled.
 */
#ifndef SCHEMA_NAME_TABLE_H
#define SCHEMA_NAME_TABLE_H

#include "schema/journal.h"

struct name_link;

/* A struct name_table filled with zeros is a valid empty one. */
struct name_table {
    struct name_link **buckets;
    size_t bucket_count; /* a power of two, or 0 */
    size_t count;
};

/* Null if there is none. scope may be null. */
void *name_table_find(const struct name_table *table, const void *scope,
                      const char *name);

/* The name must not be there yet. Returns the table's own copy of it, which
 * lives as long as the arena. */
const char *name_table_add(struct name_table *table, struct arena *arena,
                           struct journal *journal, const void *scope,
                           const char *name, void *object);

void name_table_make_more_room(struct name_table *table, struct arena *arena);

/*
 * Makes room for what the next statement adds. Not journaled, so nothing of
 * the table may be journaled when it is called.
 */
static inline void name_table_make_room(struct name_table *table,
                                        struct arena *arena)
{
    if (table->count > table->bucket_count / 8 * 3)
        name_table_make_more_room(table, arena);
}

/* Does nothing if this object is not there. */
void name_table_remove(struct name_table *table, struct journal *journal,
                       const void *scope, const char *name, const void *object);

/* Where a walk over all objects stands; filled with zeros: at the start. */
struct name_table_cursor {
    const struct name_link *link;
    size_t bucket;
};

/*
 * The next object, in no order; null after the last. The table must not change
 * in the meantime.
 */
void *name_table_next(const struct name_table *table,
                      struct name_table_cursor *cursor);

#endif
