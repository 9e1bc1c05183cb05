/*
 * Finds what a statement names, whatever its kind: DROP, COMMENT ON, ALTER ...
 * RENAME and so on name things in the same ways.
 *
 * Facts: src/backend/catalog/objectaddress.c (get_object_address).
 */
#ifndef REPLAY_LOOKUP_H
#define REPLAY_LOOKUP_H

#include "replay/context.h"

/*
 * The object that a node of a DropStmt, CommentStmt ... names. False if there
 * is none and the server says so, or that is of another kind; true with null
 * if there is none and that is no failure: is_missing_ok, a history that may
 * begin earlier, a built-in object.
 */
bool lookup_object(struct replay *replay, ObjectType type, const Node *name,
                   bool is_missing_ok, struct object **object);

/* The same for what goes by a plain word. */
bool lookup_word(struct replay *replay, ObjectType type, const char *word,
                 bool is_missing_ok, struct object **object);

/* A table and the name of a part of it, in one list of names. */
struct trigger *lookup_trigger(const struct table *table, const char *name);
struct policy *lookup_policy(const struct table *table, const char *name);
struct rewrite_rule *lookup_rule(const struct table *table, const char *name);

/* A name as the server's messages have it: `s.t`, nothing quoted. In the
 * scratch arena. */
const char *lookup_plain_name(struct replay *replay,
                              struct qualified_name name);

/* Whether it is a relation that a statement can open as a table: no index, no
 * composite type. False, told, if not. */
bool lookup_check_open(struct replay *replay, const struct relation *relation);

/* A type as it was written, for the same purpose. */
const char *lookup_type_name(struct replay *replay, const TypeName *name);

#endif
