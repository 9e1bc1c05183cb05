/*
 * Policies of row security, as rules ask about them at the end of a history.
 */
#ifndef LINT_POLICY_ADVICE_H
#define LINT_POLICY_ADVICE_H

#include "lint/rule.h"

/* The commands that policies are for, as pg_policy.polcmd has them: r a w d. */
#define POLICY_COMMANDS "rawd"

/* The policy is there, and for this command: one of POLICY_COMMANDS. */
bool policy_is_for(const struct policy *policy, char command);

/* SELECT, INSERT, UPDATE, DELETE; ALL for '*'. */
const char *policy_command_name(char command);

/* Some role is subject to both. Who is a member of whom is not known. */
bool policy_shares_role(const struct policy *policy,
                        const struct policy *other);

/* It has one of the roles, by name. */
bool policy_has_role(const struct policy *policy, const char *role);

/* `"anon", "authenticated"`; `every role`. */
const char *policy_roles_text(struct check *check, const struct policy *policy);

/* The table's policies that are there. */
size_t policy_count(const struct table *table);

/* All that was ever said of the table's row security and policies is known. */
bool policy_knows_table(const struct table *table);

/* A table of the user's, that is there: none that is temporary. */
bool policy_is_judged(const struct table *table);

#endif
