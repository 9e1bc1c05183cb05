/*
 * DROP: what goes with what is dropped, whether that is allowed, and that it
 * goes. One search and one refusal for every kind of object, as
 * performMultipleDeletions() in src/backend/catalog/dependency.c has it.
 */
#ifndef REPLAY_DELETION_H
#define REPLAY_DELETION_H

#include "query/query.h"
#include "replay/context.h"

/*
 * Drops the objects, and with CASCADE what depends on them. False if the
 * server refuses: something else needs one of them, or one of them is a part
 * of something else.
 */
bool deletion_perform(struct replay *replay, const struct object_array *objects,
                      bool is_cascade);
bool deletion_perform_one(struct replay *replay, struct object *object,
                          bool is_cascade);

/* Also what is a part of something else, with that or not: what a server does
 * to its own internal objects. */
bool deletion_perform_internal(struct replay *replay, struct object *object);

/* The object alone, which nothing needs any more: no more of it is known. */
void deletion_forget(struct replay *replay, struct object *object);

#endif
