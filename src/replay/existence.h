/*
 * What statements name that only need it to be there.
 */
#ifndef REPLAY_EXISTENCE_H
#define REPLAY_EXISTENCE_H

#include "replay/context.h"

bool existence_of_comment(struct replay *replay, const CommentStmt *comment);
bool existence_of_owner(struct replay *replay, const AlterOwnerStmt *alter);
bool existence_of_granted(struct replay *replay, const GrantStmt *grant);

#endif
