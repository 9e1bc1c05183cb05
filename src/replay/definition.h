/*
 * What an object is written again from: the expressions and queries of a
 * statement, bound to what their names mean.
 */
#ifndef REPLAY_DEFINITION_H
#define REPLAY_DEFINITION_H

#include "query/binding.h"
#include "query/query.h"
#include "replay/context.h"

/* Of the statement that is carried out. */
struct binding definition_binding(const struct replay *replay);

/* The binding, if definitions are kept; else null. */
struct binding *definition_wanted(const struct replay *replay,
                                  struct binding *binding);

/*
 * Finds out what the expression means, to the place's binding, and what of it
 * the object needs. False where the server refuses it. expression may be null.
 */
bool definition_bind(struct replay *replay, struct object *object,
                     const Node *expression, const struct query_place *place);

/* The same for a query or another statement that changes rows. */
bool definition_bind_query(struct replay *replay, struct object *object,
                           const Node *query, const struct query_place *place);

/* What stands between the first parentheses from this offset on; length 0 if
 * there are none. */
struct span definition_in_parentheses(const struct replay *replay,
                                      size_t offset);

/*
 * An expression in parentheses that follow this word, the first from the
 * offset on. null if it is not understood. The span's end is where to look
 * for what comes after.
 */
bool definition_of_clause(struct replay *replay, struct object *object,
                          const Node *expression, struct query_place place,
                          const char *word, size_t *offset,
                          struct expression **bound);

#endif
