/*
 * Whether the server accepts an index: replay/index.c and key.c ask before
 * they make it.
 */
#ifndef REPLAY_INDEX_CHECK_H
#define REPLAY_INDEX_CHECK_H

#include "replay/context.h"

/* False, with the server's words, for a relation that cannot have one. */
bool index_check_relation(struct replay *replay,
                          const struct relation *relation);

/* ctid, xmin and the like. */
bool index_check_is_system_column(const char *name);

/* False, with the server's words, if it refuses the request, whose columns
 * and expressions are there; true where all that matters is not known. */
bool index_check(struct replay *replay, const struct index_request *request);

#endif
