/*
 * What decides whose rights and policies count when rows are read: row level
 * security of a table, security_invoker of a view.
 */
#ifndef REPLAY_ROW_SECURITY_H
#define REPLAY_ROW_SECURITY_H

#include "replay/context.h"

/* ENABLE, DISABLE, FORCE and NO FORCE ROW LEVEL SECURITY. Always true. */
bool row_security_alter(struct replay *replay, struct table *table,
                        const AlterTableCmd *command);

/* A view is made, or replaced with all its options. */
void row_security_begin_view(struct replay *replay, struct table *table,
                             const ViewStmt *view);

/* ALTER VIEW SET and RESET; options of other relations are none of them. */
void row_security_note_options(struct replay *replay, struct table *table,
                               const List *options);
void row_security_reset_options(struct replay *replay, struct table *table,
                                const List *options);

#endif
