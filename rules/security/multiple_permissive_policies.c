/*
 * multiple-permissive-policies: several permissive policies of a table that hold
 * for the same role and command, when the history ends.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"

#include <string.h>

/* Of more policies a table need not be told. */
#define POLICIES_MAX 64

static bool is_permissive(const struct policy *policy)
{
    return !policy->object.is_dropped && policy->is_permissive;
}

static bool overlap(const struct policy *policy, const struct policy *other)
{
    return is_permissive(other) && policy_shares_role(policy, other) &&
           (policy->command == '*' || other->command == '*' ||
            policy->command == other->command);
}

/* The first made before it that holds where it does; null if none does. */
static const struct policy *find_earlier(const struct table *table, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (overlap(table->policies.items[at], table->policies.items[i]))
            return table->policies.items[i];
    return NULL;
}

/* The command that both are for. */
static const char *shared_command(const struct policy *policy,
                                  const struct policy *other)
{
    return policy_command_name(policy->command == '*' ? other->command
                                                      : policy->command);
}

/* The roles that both are for: those of the one that is not for all. */
static const char *shared_roles(struct check *check,
                                const struct policy *policy,
                                const struct policy *other)
{
    if (policy_has_role(policy, "public"))
        return policy_roles_text(check, other);
    if (policy_has_role(other, "public"))
        return policy_roles_text(check, policy);
    for (size_t i = 0; i < policy->roles.count; i++)
        if (policy_has_role(other, policy->roles.items[i]))
            return check_format(check, "\"%s\"", policy->roles.items[i]);
    return "";
}

static bool has_same_roles(const struct policy *policy,
                           const struct policy *other)
{
    if (policy->roles.count != other->roles.count)
        return false;
    for (size_t i = 0; i < policy->roles.count; i++)
        if (!policy_has_role(other, policy->roles.items[i]))
            return false;
    return true;
}

/* Where two conditions become one. */
static const char *clause_of(const struct policy *policy)
{
    return policy->command == 'a' ? "WITH CHECK" : "USING";
}

/* One is FOR ALL: it leaves the other's command to the other. */
static const char *split_help(struct check *check, const char *table,
                              const struct policy *all,
                              const struct policy *single)
{
    return check_format(
        check,
        "-- both conditions in the one FOR %s, and %s for the "
        "other commands, one by one:\n"
        "ALTER POLICY %s ON %s %s ((...) OR (...));\n"
        "DROP POLICY %s ON %s;",
        policy_command_name(single->command), check_quote(check, all->name),
        check_quote(check, single->name), table, clause_of(single),
        check_quote(check, all->name), table);
}

static const char *help_text(struct check *check, const struct table *table,
                             const struct policy *policy,
                             const struct policy *other)
{
    const char *name = advice_relation_sql(check, &table->relation);

    if (!has_same_roles(policy, other))
        return NULL;
    if (policy->command == other->command)
        return check_format(check,
                            "-- one that says both:\n"
                            "ALTER POLICY %s ON %s %s ((...) OR (...));\n"
                            "DROP POLICY %s ON %s;",
                            check_quote(check, other->name), name,
                            clause_of(policy), check_quote(check, policy->name),
                            name);
    if (policy->command == '*')
        return split_help(check, name, policy, other);
    return split_help(check, name, other, policy);
}

static void report(struct check *check, const struct table *table,
                   const struct policy *policy, const struct policy *other)
{
    check_report_at(
        check, policy->made_at, policy,
        check_format(check,
                     "both \"%s\" and \"%s\" hold for %s by %s on %s: one is "
                     "enough to let a row through, and each query asks both",
                     policy->name, other->name, shared_command(policy, other),
                     shared_roles(check, policy, other),
                     advice_relation_name(check, &table->relation)),
        help_text(check, table, policy, other));
}

static void check_table(struct check *check, const struct table *table)
{
    for (size_t i = 1; i < table->policies.count && i < POLICIES_MAX; i++) {
        const struct policy *policy = table->policies.items[i];
        const struct policy *other =
            is_permissive(policy) ? find_earlier(table, i) : NULL;

        if (other != NULL && policy->made_at.source != NULL)
            report(check, table, policy, other);
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (table->policies.count > 1 && policy_is_judged(table) &&
            (table->has_row_security || !policy_knows_table(table)))
            check_table(check, table);
    }
}

const struct rule rule_multiple_permissive_policies = {
    .id = "multiple-permissive-policies",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_INFO,
    .summary = "Several permissive policies for one role and command",
    .rationale =
        "Permissive policies are joined with OR: a row is visible if one of "
        "them allows it. All that hold for the role and the command become a "
        "part of the query, and each is evaluated for the rows that those "
        "before it did not let through; an OR over different columns also "
        "keeps an index from being used. Who reads the policies one by one, "
        "and means to narrow with the second what the first allows, has "
        "widened it: that would be AS RESTRICTIVE.\n\n"
        "A policy FOR ALL holds for SELECT, INSERT, UPDATE and DELETE, and one "
        "without TO for every role, so that they meet the others there. Where "
        "both are meant, one policy with both conditions says so.\n\n"
        "The rule looks at the end of the history. Which role is a member of "
        "which is not known to it: policies meet where they name the same "
        "role, or PUBLIC.",
    .ignore_when = "The policies are cheap, and easier to read one by one.",
    .setup = "CREATE TABLE notes (\n"
             "    id bigint PRIMARY KEY, owner text, is_public boolean);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .bad = "CREATE POLICY notes_own ON notes FOR SELECT\n"
           "    USING (owner = current_user);\n"
           "CREATE POLICY notes_public ON notes FOR SELECT\n"
           "    USING (is_public);",
    .good = "CREATE POLICY notes_own ON notes FOR SELECT\n"
            "    USING (owner = current_user);\n"
            "CREATE POLICY notes_change ON notes FOR UPDATE\n"
            "    USING (owner = current_user);",
    .fixed = "CREATE POLICY notes_own ON notes FOR SELECT\n"
             "    USING (owner = current_user OR is_public);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
