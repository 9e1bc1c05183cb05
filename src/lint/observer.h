/*
 * One who looks on while the given files are replayed: what the commands
 * `schema` and `locks` are, where `check` has rules. Down sections are left
 * out unless they are asked for, and so is what comes after the last file that
 * was given.
 */
#ifndef LINT_OBSERVER_H
#define LINT_OBSERVER_H

#include "input/migration.h"
#include "replay/replay.h"

/* A statement of a file that was given, and the schema before or after it. */
struct moment {
    struct source *source; /* its text is loaded */
    const struct statement *statement;
    enum transaction_kind transaction_kind; /* that it runs in */
    bool is_first;                          /* SQL statement of its section */
    struct schema *schema;
    const struct replay_failure *failure; /* after; else null */
};

/* Any of the functions may be null. */
struct observer {
    void *closure;
    /* All files make one schema, in the order in which they are replayed; else
     * every history begins with none. */
    bool joins_histories;
    bool sees_down;
    bool keeps_definitions; /* schema_keep_definitions() */
    /* Each SQL statement; a DO block is one. */
    void (*before)(void *closure, const struct moment *moment);
    void (*after)(void *closure, const struct moment *moment);
    /* A history has been replayed, or, if they are joined, all of them. */
    void (*finish)(void *closure, struct schema *schema);
};

#endif
