/*
 * Statements that change what the session has set. As of replay_create_table()
 * and so on in replay/context.h.
 */
#ifndef REPLAY_SESSION_H
#define REPLAY_SESSION_H

#include "replay/context.h"

bool session_set(struct replay *replay, const VariableSetStmt *set);

/* The search_path that SET search_path ... says, also of a function: a list or
 * FROM CURRENT. */
struct search_path *session_path_of(struct replay *replay,
                                    const VariableSetStmt *set);

/* SELECT, for set_config() and for INTO. */
bool session_select(struct replay *replay, const SelectStmt *select);

bool session_discard(struct replay *replay, const DiscardStmt *statement);

/* Whether anything is set that ends with the transaction; and its end. */
bool session_has_local(const struct schema *schema);
void session_end_transaction(struct schema *schema);

/* Back to what a new session has: all, true; or one thing. */
bool session_reset(struct schema *schema);
bool session_reset_path(struct schema *schema, bool is_local);
void session_reset_time_zone(struct schema *schema);
void session_reset_timeouts(struct schema *schema);

#endif
