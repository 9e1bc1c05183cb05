/*
 * Which policies hold together for whom: questions of several rules to the
 * schema.
 *
 * Facts: src/backend/rewrite/rowsecurity.c (get_policies_for_relation).
 */
#include "lint/policy_advice.h"

#include <string.h>

/* How many roles a message lists. */
#define LISTED_MAX 5

bool policy_is_for(const struct policy *policy, char command)
{
    return !policy->object.is_dropped &&
           (policy->command == '*' || policy->command == command);
}

const char *policy_command_name(char command)
{
    switch (command) {
    case 'r': return "SELECT";
    case 'a': return "INSERT";
    case 'w': return "UPDATE";
    case 'd': return "DELETE";
    default: return "ALL";
    }
}

bool policy_has_role(const struct policy *policy, const char *role)
{
    for (size_t i = 0; i < policy->roles.count; i++)
        if (strcmp(policy->roles.items[i], role) == 0)
            return true;
    return policy->roles.count == 0 && strcmp(role, "public") == 0;
}

bool policy_shares_role(const struct policy *policy, const struct policy *other)
{
    if (policy_has_role(policy, "public") || policy_has_role(other, "public"))
        return true;
    for (size_t i = 0; i < policy->roles.count; i++)
        if (policy_has_role(other, policy->roles.items[i]))
            return true;
    return false;
}

const char *policy_roles_text(struct check *check, const struct policy *policy)
{
    struct buffer text;

    if (policy_has_role(policy, "public"))
        return "every role";
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < policy->roles.count && i < LISTED_MAX; i++)
        buffer_add_format(&text, "%s\"%s\"", i > 0 ? ", " : "",
                          policy->roles.items[i]);
    if (policy->roles.count > LISTED_MAX)
        buffer_add_text(&text, " and others");
    return buffer_text(&text);
}

size_t policy_count(const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->policies.count; i++)
        count += !table->policies.items[i]->object.is_dropped;
    return count;
}

bool policy_knows_table(const struct table *table)
{
    return table->is_complete;
}

bool policy_is_judged(const struct table *table)
{
    return !table->relation.object.is_dropped &&
           !table->relation.is_temporary &&
           (table->relation.kind == RELATION_TABLE ||
            table->relation.kind == RELATION_PARTITIONED_TABLE);
}
