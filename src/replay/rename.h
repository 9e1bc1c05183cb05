/*
 * What RENAME and SET SCHEMA share.
 */
#ifndef REPLAY_RENAME_H
#define REPLAY_RENAME_H

#include "replay/context.h"

/* Whether ALTER TABLE, ALTER VIEW ... may be said of such a relation: false,
 * told, if not. */
bool rename_check_kind(struct replay *replay, const struct relation *relation,
                       ObjectType type);

/* Null with true if it is not known and that is no failure. */
bool rename_find_relation(struct replay *replay, const RangeVar *name,
                          bool is_missing_ok, struct relation **relation);

/* Schemas, functions, triggers, policies, rules and so on. */
bool rename_object(struct replay *replay, const RenameStmt *rename);

/* Room for the function under this name in this schema. */
bool rename_check_function(struct replay *replay,
                           const struct function *function, const char *name,
                           const struct namespace *namespace);

#endif
