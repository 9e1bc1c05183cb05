/*
 * Views that can be written to.
 */
#ifndef REPLAY_UPDATABLE_VIEW_H
#define REPLAY_UPDATABLE_VIEW_H

#include "replay/context.h"

/* False, told, for a view WITH CHECK OPTION that nobody can write to. The
 * query itself must have been found right. */
bool updatable_view_check(struct replay *replay, const ViewStmt *view);

#endif
