/*
 * GRANT and REVOKE, as far as the schema keeps privileges: whether everybody
 * may call a function.
 */
#ifndef REPLAY_PRIVILEGE_H
#define REPLAY_PRIVILEGE_H

#include "replay/context.h"

bool privilege_grant(struct replay *replay, const GrantStmt *grant);
bool privilege_alter_default(struct replay *replay,
                             const AlterDefaultPrivilegesStmt *alter);

#endif
