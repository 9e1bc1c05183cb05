/*
 * row-security-enabled: ENABLE and FORCE ROW LEVEL SECURITY of a table whose
 * rows code sees today. Sees every ALTER TABLE with the schema before it, and
 * is asked again after the section, when the policies are there.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "sql/commands.h"

#include <string.h>

/* For confirm. */
struct subject {
    const struct table *table; /* null: not known */
    const char *name;          /* as messages have it */
    bool is_forced;
};

static const char *enable_help(struct check *check, struct qualified_name table)
{
    const char *name = check_quote_name(check, table);
    const char *policy =
        check_quote(check, check_format(check, "%s_all", table.name));

    return check_format(check,
                        "-- in the same transaction a policy that lets all "
                        "pass, until the right ones are tested:\n"
                        "CREATE POLICY %s ON %s USING (true);\n"
                        "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n"
                        "-- later, beside the policies that are meant:\n"
                        "DROP POLICY %s ON %s;",
                        policy, name, name, policy, name);
}

static const char *force_help(struct check *check, struct qualified_name table)
{
    return check_format(check,
                        "-- after a policy for the owner, or when no code "
                        "connects as the owner:\n"
                        "ALTER TABLE %s FORCE ROW LEVEL SECURITY;",
                        check_quote_name(check, table));
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, struct span words)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct subject *subject = arena_alloc(check->arena, sizeof *subject);
    struct finding *finding;

    subject->table = schema_find_table(check->schema, name);
    subject->name = advice_name(check, name);
    subject->is_forced = action->subtype == AT_ForceRowSecurity;
    if (subject->is_forced)
        finding = check_report(
            check, words, action,
            check_format(check,
                         "rows of %s that no policy allows vanish for code "
                         "that runs as its owner, too",
                         subject->name),
            force_help(check, name));
    else
        finding = check_report(
            check, words, action,
            check_format(check,
                         "rows of %s that no policy allows vanish for running "
                         "code, and its INSERTs of such rows fail",
                         subject->name),
            enable_help(check, name));
    check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, subject);
}

/* Nothing changes by it. FORCE waits for ENABLE. */
static bool is_harmless(const struct table *table, const AlterTableCmd *action)
{
    if (table == NULL || !table->is_complete)
        return false;
    if (action->subtype == AT_ForceRowSecurity)
        return !table->has_row_security || table->has_forced_row_security;
    return table->has_row_security;
}

static bool is_of_interest(const AlterTableCmd *action)
{
    return action->subtype == AT_EnableRowSecurity ||
           action->subtype == AT_ForceRowSecurity;
}

static bool is_any_of_interest(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (is_of_interest(action))
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const struct table *table;
    struct command_words commands;

    if (!is_any_of_interest(alter) || !check_alters_existing(check, alter))
        return;
    table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    commands = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        struct span words = {0};

        if (!is_of_interest(action) || is_harmless(table, action)) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        report(check, alter, action, words);
    }
}

/* It lets everybody see and write every row. */
static bool allows_all(const struct policy *policy)
{
    if (policy->object.is_dropped || !policy->is_permissive ||
        policy->command != '*' || !policy->shows_all || policy->checks_any)
        return false;
    for (size_t i = 0; i < policy->roles.count; i++)
        if (strcmp(policy->roles.items[i], "public") == 0)
            return true;
    return policy->roles.count == 0;
}

static bool has_policy(const struct table *table, bool *is_open)
{
    bool is_any = false;

    *is_open = false;
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = table->policies.items[i];

        is_any = is_any || !policy->object.is_dropped;
        *is_open = *is_open || allows_all(policy);
        /* A restrictive one takes away what the others allow. */
        if (!policy->object.is_dropped && !policy->is_permissive) {
            *is_open = false;
            return true;
        }
    }
    return is_any;
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *closure)
{
    const struct subject *subject = closure;
    const struct table *table = subject->table;
    bool is_open;

    if (table == NULL)
        return true;
    if (table->relation.object.is_dropped ||
        !(subject->is_forced ? table->has_forced_row_security
                             : table->has_row_security))
        return false;
    if (has_policy(table, &is_open))
        return !is_open;
    if (table->is_complete)
        finding_restate(
            finding,
            check_format(check,
                         subject->is_forced
                             ? "all rows of %s vanish for its owner, too: it "
                               "has no policy"
                             : "all rows of %s vanish for everybody but its "
                               "owner: it has no policy",
                         subject->name));
    return true;
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_row_security_enabled = {
    .id = "row-security-enabled",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "Row level security hides rows from code that runs",
    .rationale =
        "From the commit on every query sees only the rows that a policy "
        "allows; without a policy it sees none. There is no error: lists are "
        "empty, an UPDATE changes nothing, a foreign key's check still finds "
        "its row. An INSERT that no policy allows does fail. The owner of the "
        "table, superusers and roles with BYPASSRLS are not affected, so that "
        "it all works on the developer's machine; FORCE puts the owner under "
        "the policies too.\n\n"
        "Make a policy that lets all pass in the same transaction, test the "
        "policies that are meant as the role that the code connects as, and "
        "drop the first one then.\n\n"
        "Nothing is said of a table that the same migration made, of one that "
        "has it already, and where a policy lets everybody do everything.",
    .ignore_when =
        "All code connects as a role that the policies let through, or "
        "as the table's owner.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);",
    .bad = "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .good = "CREATE POLICY notes_all ON notes USING (true);\n"
            "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
    .confirm = confirm,
};
