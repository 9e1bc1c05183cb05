/*
 * What an open transaction stands in its own way with: labels of enums that
 * may not be used before COMMIT, and tables whose deferred foreign keys wait to
 * be checked. Known for BEGIN in the file only.
 */
#ifndef REPLAY_UNCOMMITTED_H
#define REPLAY_UNCOMMITTED_H

#include "replay/context.h"

/* CREATE TYPE AS ENUM, ALTER TYPE ADD VALUE. */
void uncommitted_note_enum(struct replay *replay, struct type *type);
void uncommitted_note_label(struct replay *replay, struct type *type,
                            const char *label);

/* INSERT, UPDATE: false if the server refuses a new label. */
bool uncommitted_write(struct replay *replay, const Node *node);

/* ALTER TABLE and the like: false if a check waits. */
bool uncommitted_check_table(struct replay *replay, const char *command,
                             const struct table *table);

/* COMMIT or ROLLBACK. */
void uncommitted_forget(struct schema *schema);

#endif
