/*
 * Statements that change what the session has set. As of replay_create_table()
 * and so on in replay/context.h.
 */
#ifndef REPLAY_SESSION_H
#define REPLAY_SESSION_H

#include "replay/context.h"

bool session_set(struct replay *replay, const VariableSetStmt *set);

/* SELECT, for set_config() and for INTO. */
bool session_select(struct replay *replay, const SelectStmt *select);

bool session_discard(struct replay *replay, const DiscardStmt *statement);

/* Back to what a new session has. */
bool session_reset_path(struct schema *schema, bool is_local);
void session_reset_time_zone(struct schema *schema);

#endif
