/*
 * Where the body of a function uses something that the schema has: a column, a
 * table, a function. The server looks names in bodies up when they run, and
 * lets go of what they use.
 */
#ifndef LINT_BODY_USES_H
#define LINT_BODY_USES_H

#include "lint/function_body.h"

enum body_use_kind {
    BODY_USE_NAME, /* in a query */
    BODY_USE_ROW,  /* NEW.column, OLD.column of a trigger's table */
    BODY_USE_TYPE, /* table.column%TYPE, table%ROWTYPE */
};

struct body_use {
    enum body_use_kind kind;
    const struct object *object;
    size_t query;      /* index in routine.queries; of a name */
    ParseLoc location; /* of the column's name, in that query; -1: not told */
    struct span words; /* of the routine's text */
    const struct trigger *trigger; /* of a row */
    const char *schema; /* of the table that it is or belongs to, as it was */
    bool is_qualified;  /* the type says so */
    size_t doubts;      /* of the schema, then */
};

/* The first use of the object, as names are looked up along the path. False if
 * there is none that is certain: names in a query that fails anyhow, or that
 * means a table which the body itself makes, are none. */
bool body_uses_find(struct check *check, struct arena *arena,
                    const struct function_body *body, struct search_path *path,
                    const struct object *object, struct body_use *use);

/* Whether what was found in the same body, when the object was still there
 * under that name, fails now. */
bool body_uses_is_broken(struct check *check, struct arena *arena,
                         const struct function_body *body,
                         struct search_path *path, const struct body_use *use,
                         const char *name);

/* A trigger that has the function run; null if there is none. */
const struct trigger *body_uses_trigger(const struct function *function);

#endif
