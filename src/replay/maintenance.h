/*
 * TRUNCATE and REFRESH MATERIALIZED VIEW, which leave the schema as it is.
 */
#ifndef REPLAY_MAINTENANCE_H
#define REPLAY_MAINTENANCE_H

#include "replay/context.h"

bool maintenance_truncate(struct replay *replay, const TruncateStmt *truncate);
bool maintenance_refresh(struct replay *replay,
                         const RefreshMatViewStmt *refresh);

#endif
