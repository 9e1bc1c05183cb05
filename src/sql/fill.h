/*
 * What a statement with placeholders may mean: a text in which names, values,
 * lists or nothing stand for them, changed until the parser accepts it. The
 * parser calls this for statements that it refuses as they stand.
 */
#ifndef SQL_FILL_H
#define SQL_FILL_H

#include "base/buffer.h"
#include "sql/placeholder.h"
#include "sql/walker.h"

/* A placeholder, and what stands for it now. */
struct fill_piece {
    struct placeholder placeholder;
    size_t choice; /* index of what stands for it, in its order */
    size_t start;  /* where that begins in the filled text */
    size_t end;
};

struct fill_piece_array ARRAY(struct fill_piece);

struct fill {
    struct arena *arena;
    struct slice text; /* the statement's own */
    struct fill_piece_array pieces;
    struct buffer filled;
    size_t size_left; /* so many bytes may yet be tried */
};

/* Reads the placeholders of this text of one statement; false if it has none
 * or too many. */
bool fill_begin(struct fill *fill, struct arena *arena, struct slice text);

/* The text to be tried, zero-terminated, without a terminator. */
struct slice fill_text(const struct fill *fill);

/*
 * Makes another text, the parser having refused the last one at this offset of
 * it. False if there is nothing more to be tried, or it was tried too often.
 */
bool fill_retry(struct fill *fill, size_t error_offset);

/* Moves all locations in a tree of the filled text to where they are in the
 * statement's own. */
void fill_move_locations(const struct fill *fill, struct walker *walker,
                         Node *tree);

#endif
