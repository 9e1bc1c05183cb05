/*
 * The down step that a migration's author would write: for every statement of
 * the up step the one that undoes it, last first. Only what is evident: data
 * that was changed or dropped does not come back.
 */
#ifndef SQL_INVERSE_H
#define SQL_INVERSE_H

#include "sql/ast.h"

#include "base/array.h"
#include "base/map.h"

struct inverse_statements ARRAY(const char *);

/* Filled with zeros but for the arena, it is an up step without statements. */
struct inverse {
    struct arena *arena;
    struct inverse_statements statements; /* in the up step's order */
    struct map created; /* what the up step itself made: it needs no undoing of
                           what else is done to it. By name as SQL */
};

/*
 * Takes the up step's next statement. False if nothing evident undoes it; the
 * down step is then not complete.
 */
bool inverse_add(struct inverse *inverse, const Node *statement);

/* The down step's statements, each on lines of its own, in the arena; "" if
 * there is nothing to undo. */
const char *inverse_text(const struct inverse *inverse);

#endif
