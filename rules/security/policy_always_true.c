/*
 * policy-always-true: permissive policies that let everybody write any row.
 * Asked at the end of the history, when they may be gone, or others restrict
 * them.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"

/* Read as it is written: nothing else is computed. */
static bool has_open_using(const struct policy *policy)
{
    return policy->using_at.source != NULL && policy->shows_all &&
           policy->command != 'r';
}

static bool has_open_check(const struct policy *policy)
{
    return policy->check_at.source != NULL && !policy->checks_any;
}

/* It is for all who come, not for a role that is trusted with the table. */
static bool is_for_everybody(const struct policy *policy,
                             const char *const *roles)
{
    for (; *roles != NULL; roles++)
        if (policy_has_role(policy, *roles))
            return true;
    return false;
}

static bool is_restricted_for(const struct table *table,
                              const struct policy *policy, char command)
{
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *other = table->policies.items[i];

        if (!other->is_permissive && policy_is_for(other, command) &&
            (policy_has_role(other, "public") ||
             policy_shares_role(policy, other)))
            return true;
    }
    return false;
}

/* Restrictive policies say which rows, for every command that writes. */
static bool is_restricted(const struct table *table,
                          const struct policy *policy)
{
    for (const char *command = "awd"; *command != '\0'; command++)
        if (policy_is_for(policy, *command) &&
            !is_restricted_for(table, policy, *command))
            return false;
    return true;
}

/* What may be done with rows that are somebody else's. */
static const char *deed_of(const struct policy *policy)
{
    bool checks = policy->check_at.source != NULL && policy->checks_any;

    switch (policy->command) {
    case 'a': return "add any row to";
    case 'd': return "delete every row of";
    case 'w':
        if (!policy->shows_all)
            return "turn the rows that it may change into anything, another's "
                   "too, in";
        return "change every row of";
    default:
        if (!policy->shows_all)
            return "add any row to";
        return checks ? "read and delete every row of"
                      : "read, change and delete every row of";
    }
}

static const char *help_text(struct check *check, const struct table *table,
                             const struct policy *policy)
{
    bool has_using = policy->command != 'a';
    bool has_check = policy->command != 'd';

    return check_format(check,
                        "-- which rows are whose, where ... stands:\n"
                        "ALTER POLICY %s ON %s%s%s;",
                        check_quote(check, policy->name),
                        advice_relation_sql(check, &table->relation),
                        has_using ? " USING (...)" : "",
                        has_check ? " WITH CHECK (...)" : "");
}

static void report(struct check *check, const struct table *table,
                   const struct policy *policy)
{
    check_report_at(
        check, has_open_using(policy) ? policy->using_at : policy->check_at,
        policy,
        check_format(check, "policy \"%s\" lets %s %s %s", policy->name,
                     policy_roles_text(check, policy), deed_of(policy),
                     advice_relation_name(check, &table->relation)),
        help_text(check, table, policy));
}

static void check_table(struct check *check, const struct table *table,
                        const char *const *roles)
{
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = table->policies.items[i];

        if (!policy->object.is_dropped && policy->is_permissive &&
            (has_open_using(policy) || has_open_check(policy)) &&
            is_for_everybody(policy, roles) && !is_restricted(table, policy))
            report(check, table, policy);
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);
    const char *const *roles = check_option_list(check, "roles");

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (table->policies.count > 0 && policy_is_judged(table) &&
            (table->has_row_security || !policy_knows_table(table)))
            check_table(check, table, roles);
    }
}

static const struct rule_option options[] = {
    {"roles", OPTION_STRING_LIST, "[public, anon, authenticated]",
     "roles that stand for everybody: policies for others may be open"},
    {0},
};

const struct rule rule_policy_always_true = {
    .id = "policy-always-true",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "A policy lets everybody write any row",
    .rationale =
        "A permissive policy whose USING or WITH CHECK is true, for INSERT, "
        "UPDATE, DELETE or ALL, is as good as none: every role that it is for "
        "may change and delete the rows of all others, or add rows in their "
        "name. For UPDATE with a condition in USING, WITH CHECK (true) lets a "
        "user give a row to somebody else. Reading is another matter: USING "
        "(true) FOR SELECT is how a table is made public, and is not "
        "reported.\n\n"
        "Say whose row it is: USING (owner_id = (SELECT auth.uid())), or what "
        "your application has instead. Without WITH CHECK the condition of "
        "USING holds for new rows too.\n\n"
        "The option \"roles\" names the roles that stand for everybody; a "
        "policy for an administrator's role may well be open. The rule looks at "
        "the end of the history, and is silent where restrictive policies say "
        "which rows are meant, and where row level security is off "
        "(policy-without-row-security).",
    .ignore_when =
        "Everybody may really write it: an inbox for a form on the web.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .bad = "CREATE POLICY notes_all ON notes USING (true);",
    .good = "CREATE POLICY notes_read ON notes FOR SELECT USING (true);",
    .fixed = "CREATE POLICY notes_all ON notes USING (owner = current_user);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .options = options,
    .finish = finish,
};
