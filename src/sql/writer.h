/*
 * Writes SQL for help texts and fixes: the user's own statement with some of
 * its words changed, lists of names, quoted where need be.
 */
#ifndef SQL_WRITER_H
#define SQL_WRITER_H

#include "sql/ast.h"
#include "sql/words.h"

#include "base/buffer.h"

/* What stands at `at` (length 0: nothing) becomes `text`. */
struct edit {
    struct span at;
    const char *text;
};

/*
 * The words of the part (a statement, a sub-command), with the edits made,
 * added to the buffer. Edits stand in ascending order and do not overlap; one
 * that does not fit is left out. Comments stay.
 */
void writer_add_edited(struct buffer *buffer, struct slice text,
                       struct span part, const struct edit *edits,
                       size_t count);

/* The identifier, quoted if need be. */
void writer_add_identifier(struct buffer *buffer, const char *name);

/* 'text', as a string without escapes. */
void writer_add_literal(struct buffer *buffer, const char *text);

/* `a, b` from a List of String nodes. */
void writer_add_names(struct buffer *buffer, const List *names);

#endif
