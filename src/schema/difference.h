/*
 * What statements left behind: a schema compared with what it was before them.
 * Up and down steps of a migration should leave nothing.
 *
 * Only what they touched is looked at, as the journal tells; names are what is
 * compared, so that what was dropped and made again is what it was. The order
 * of columns, the values of an enum that came, comments, owners and rights do
 * not count, nor does the name of what was made again under a name that the
 * server made up.
 *
 * What is not known is not said: of a table that the history never made, only
 * what the up step made in it remains.
 */
#ifndef SCHEMA_DIFFERENCE_H
#define SCHEMA_DIFFERENCE_H

#include "schema/schema.h"

/* A moment to compare with. */
struct difference_start {
    size_t mark; /* of the journal */
    size_t object_count;
    const char *memory; /* of the schema's arena: new objects are from here */
    const char *memory_end; /* to here on, or in blocks that come later */
    size_t unit;
    size_t doubts; /* schema.doubts */
    bool is_complete;
};

struct difference {
    const char *text;     /* "index orders_user_id_idx remains" */
    const char *mend;     /* the SQL that undoes it, maybe several statements;
                             where nothing evident does, a comment; empty
                             where what undoes another difference does; never
                             null */
    struct place made_at; /* of what remains; source null for all else */
    const char *label;    /* of what remains: "index orders_user_id_idx" */
    const char *name;     /* of the same, as the server stores it */
    bool is_by_down;      /* the down step made what remains */
};

struct difference_array ARRAY(struct difference);

/*
 * Writes the statements that make an object again, the same for objects that
 * are alike; null for what is not known. The schema must not be changed.
 */
typedef const char *difference_write(struct arena *arena, struct schema *schema,
                                     const struct object *object);

/* Begins to remember. Every start ends before the next. */
struct difference_start difference_begin(struct schema *schema);
void difference_end(struct schema *schema,
                    const struct difference_start *start);

/*
 * What differs now, first what was made first, in the arena. last_up: the
 * schema_unit() of the up step; what later units made is the down step's.
 * write: may be null; else the schema keeps definitions. False, and nothing, if
 * some statement since the start was not understood, or
 * the server refuses it.
 */
bool difference_find(struct schema *schema,
                     const struct difference_start *start, size_t last_up,
                     difference_write *write, struct arena *arena,
                     struct difference_array *differences);

#endif
