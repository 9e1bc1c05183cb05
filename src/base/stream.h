/*
 * Whole texts from and to file descriptors: standard input and output.
 */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include "base/arena.h"
#include "base/error.h"

/* Everything up to the end. False, with the system's reason, for a failure. */
bool stream_read(struct arena *arena, int descriptor, struct slice *text,
                 struct error *error);

/* All of the text. False, with the system's reason, for a failure. */
bool stream_write(int descriptor, struct slice text, struct error *error);

#endif
