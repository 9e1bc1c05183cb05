/*
 * Reads small files in several threads while they are grouped, one after
 * another: the system takes longer to open and read them than it takes to
 * recognise what they are.
 */
#ifndef INPUT_READ_AHEAD_H
#define INPUT_READ_AHEAD_H

#include "input/source.h"

struct read_ahead;

/* jobs: threads, with the caller's own. Few files are left to that one. The
 * sources are nobody else's before read_ahead_take(). */
struct read_ahead *read_ahead_start(struct source **sources, size_t count,
                                    int jobs);

/*
 * Returns when that source is loaded, if it will be: large files, what comes
 * after many bytes, and what cannot be read are not. False if it is not loaded,
 * or was before. To be asked for one after another, from the first.
 */
bool read_ahead_take(struct read_ahead *ahead, size_t index);

/* Ends the threads. The texts stay. */
void read_ahead_stop(struct read_ahead *ahead);

/* After the sources were unloaded. */
void read_ahead_free(struct read_ahead *ahead);

#endif
