/*
 * Cuts a text into statements as psql and the server would: at semicolons
 * outside of quotes, BEGIN ATOMIC bodies and the parentheses of CREATE RULE.
 * A semicolon in other parentheses is always a syntax error; there the
 * statement ends too, so that a forgotten parenthesis costs one statement.
 * Sets aside what only psql understands. Never fails; one pass, no allocation.
 *
 * Facts: PostgreSQL manual, psql "Meta-Commands"; src/fe_utils/psqlscan.l.
 */
#ifndef SQL_SPLITTER_H
#define SQL_SPLITTER_H

#include "sql/statement.h"

struct splitter {
    struct slice text;
    size_t offset;       /* where the next statement is looked for */
    size_t end;          /* where to stop; at most text.length */
    bool copy_data;      /* the statement just cut is followed by COPY data */
    bool lacks_copy_end; /* no line with \. follows: COPY has no data here */
};

/* Cuts the bytes [offset, end) of the text. */
struct splitter splitter_of(struct slice text, size_t offset, size_t end);

/*
 * The next statement; false at the end. Comments and empty statements between
 * are passed over. Offsets in the statement count from the start of text.
 * Fills everything but what the parser fills.
 */
bool splitter_next(struct splitter *splitter, struct statement *statement);

#endif
