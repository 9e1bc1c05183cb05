/*
 * DO blocks.
 */
#include "schema/replay_context.h"

bool replay_do(struct replay *replay, const DoStmt *statement)
{
    (void)statement;
    replay->is_opaque = true;
    return true;
}
