/*
 * What keeps a server from giving a column another type, for helps that say how.
 */
#ifndef LINT_RETYPE_ADVICE_H
#define LINT_RETYPE_ADVICE_H

#include "lint/advice.h"

/* A table is divided by the column, so that it never gets another type
 * (tablecmds.c: "cannot alter column ... because it is part of the partition
 * key"). */
bool retype_is_refused(const struct column *column);

/*
 * Adds a comment line, with its line end, that lists what must go before ALTER
 * COLUMN TYPE and be made anew after it: views, rules, triggers, policies and
 * generated columns that read the column (tablecmds.c,
 * RememberAllDependentForRebuilding). is_zoned: the new type depends on TimeZone,
 * so that no index may compute with it as it does now. Nothing if there is
 * nothing.
 */
void retype_add_obstacles(struct check *check, struct buffer *help,
                          const struct column *column, bool is_zoned);

#endif
