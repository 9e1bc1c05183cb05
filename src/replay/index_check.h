/*
 * Whether the server accepts an index: replay/index.c and key.c ask before
 * they make it.
 */
#ifndef REPLAY_INDEX_CHECK_H
#define REPLAY_INDEX_CHECK_H

#include "replay/context.h"
#include "schema/builtin/builtin.h"

/* False, with the server's words, for a relation that cannot have one. */
bool index_check_relation(struct replay *replay,
                          const struct relation *relation);

/* The same for what a partitioned table cannot have. */
bool index_check_partitioned(struct replay *replay,
                             const struct index_request *request);

/* False, with the server's words, if it refuses the request, whose columns
 * and expressions are there; true where all that matters is not known. */
bool index_check(struct replay *replay, const struct index_request *request);

/* The operator class that an index of the method has for the type by default;
 * null if there is none, or none that is known. */
const struct builtin_operator_class *index_check_default_class(
    struct replay *replay, const char *method, struct type *type);

/* False, told, if an index of the method can have no key of that type. */
bool index_check_class(struct replay *replay, const char *method,
                       struct type *type);

/* Its values have a collation; believed of what is not known. */
bool index_check_is_collatable(const struct type *type);

/* The extension that has the operator class of a key of this type; null if it
 * is none of an extension. opclass null: the default. */
struct extension *index_check_extension(struct replay *replay,
                                        const char *method, const char *opclass,
                                        struct type *type);

#endif
