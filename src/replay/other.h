/*
 * Objects of which no more is known than their names: operators, casts,
 * collations, servers and so on.
 */
#ifndef REPLAY_OTHER_H
#define REPLAY_OTHER_H

#include "replay/context.h"

/* CREATE of any of them; a node of another kind does nothing. */
bool other_create(struct replay *replay, const Node *node);

/* CREATE OPERATOR, COLLATION, TEXT SEARCH ... */
bool other_define(struct replay *replay, const DefineStmt *define);

/* As of lookup_object(), for the kinds of objects that are of this kind. */
bool other_look_up(struct replay *replay, ObjectType type, const Node *name,
                   bool is_missing_ok, struct object **object);

/* The server that a new foreign table names. */
bool other_note_server(struct replay *replay,
                       const CreateForeignTableStmt *create);

#endif
