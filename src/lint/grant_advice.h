/*
 * GRANT and REVOKE in messages of rules: who gets or loses what, on which
 * objects. Long lists are cut.
 */
#ifndef LINT_GRANT_ADVICE_H
#define LINT_GRANT_ADVICE_H

#include "lint/rule.h"

/* `"app", "reports"`, `every role`. */
const char *grant_advice_roles(struct check *check, const List *roles);

/* The same of a list of AccessPriv, as GRANT of a role has it. */
const char *grant_advice_granted_roles(struct check *check, const List *roles);

/* `SELECT, UPDATE`, `all privileges`. */
const char *grant_advice_privileges(struct check *check,
                                    const List *privileges);

/* `"orders"`, `all there is in "app"`, `objects to come`. */
const char *grant_advice_objects(struct check *check, const GrantStmt *grant);

/* PUBLIC is among the roles. */
bool grant_advice_is_public(const List *roles);

/* The name of one of a GRANT's objects; name null: it has none. */
struct qualified_name grant_advice_name_of(const Node *object);

/* The words from the first privilege to the last: `ALL PRIVILEGES`. */
struct span grant_advice_privilege_words(struct check *check);

#endif
