/*
 * Statements that make what hangs on a table, or is neither table nor type:
 * triggers, policies, rules, statistics. As of replay_create_table() and so on
 * in replay/context.h.
 */
#ifndef REPLAY_OBJECTS_H
#define REPLAY_OBJECTS_H

#include "replay/context.h"

bool trigger_create(struct replay *replay, const CreateTrigStmt *create);

/* What a new partition takes over from the partitioned table; false if the
 * server refuses. */
bool trigger_clone_to_partition(struct replay *replay,
                                const struct table *parent,
                                struct table *partition);

/* And gives back when it is detached. */
void trigger_drop_clones(struct replay *replay, const struct table *parent,
                         const struct table *partition);

bool policy_create(struct replay *replay, const CreatePolicyStmt *create);
bool policy_alter(struct replay *replay, const AlterPolicyStmt *alter);

bool rewrite_rule_create(struct replay *replay, const RuleStmt *create);

bool statistics_create(struct replay *replay, const CreateStatsStmt *create);

/*
 * The table (anything with columns) that such a statement is about. Null with
 * true if it is not known and that is no failure. parts: what an index or a
 * sequence cannot have, "rules"; null: it is just no table.
 */
bool objects_find_table(struct replay *replay, const RangeVar *name,
                        const char *parts, struct table **table);

/* The relation cannot have such parts. */
bool objects_refuse_kind(struct replay *replay, const char *relation,
                         const char *parts);

#endif
