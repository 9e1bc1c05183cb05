/*
 * policy-without-row-security: a table that has policies, and row level
 * security off, when the history ends.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"
#include "schema/model.h"

/* Where DISABLE was said, or the first of the policies was made. */
static const struct place *find_place(const struct table *table)
{
    if (table->security_at.source != NULL)
        return &table->security_at;
    for (size_t i = 0; i < table->policies.count; i++)
        if (!table->policies.items[i]->object.is_dropped)
            return &table->policies.items[i]->made_at;
    return NULL;
}

/* A history that begins later may have switched it on before. */
static bool is_off(const struct table *table)
{
    return !table->has_row_security &&
           (table->is_complete || table->security_at.source != NULL);
}

static void report(struct check *check, const struct table *table)
{
    size_t count = policy_count(table);
    /* Some block or script of it could not be read. */
    bool is_sure = !check->schema->is_opaque;
    struct finding *finding = check_report_at(
        check, *find_place(table), table,
        check_format(check,
                     "row level security of %s is off%s: its %s nothing, and "
                     "who has privileges on the table reads and changes all "
                     "rows",
                     advice_relation_name(check, &table->relation),
                     is_sure ? "" : " as far as can be read",
                     count > 1 ? "policies do" : "policy does"),
        check_format(check, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;",
                     advice_relation_sql(check, &table->relation)));

    if (!is_sure)
        finding_lower(finding, SEVERITY_WARNING);
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (policy_is_judged(table) && table->policies.count > 0 &&
            policy_count(table) > 0 && is_off(table))
            report(check, table);
    }
}

const struct rule rule_policy_without_row_security = {
    .id = "policy-without-row-security",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_ERROR,
    .summary = "Policies of a table whose row level security is off",
    .rationale =
        "CREATE POLICY only says which rows a role may see; whether anybody "
        "asks is the table's own setting, which is off for each new table. "
        "There is no error and no warning, all queries work, and every role "
        "with privileges on the table sees all of it: the rows of other "
        "tenants, behind an API those of all users.\n\n"
        "ALTER TABLE ... ENABLE ROW LEVEL SECURITY, in the migration that "
        "makes the policies. It does not hold for the table's owner (FORCE "
        "does that), superusers and roles with BYPASSRLS.\n\n"
        "The rule looks at the end of the history: ENABLE, or DROP POLICY, in "
        "a later migration silences it. Of a table that the history did not "
        "make it speaks only where a DISABLE says so.",
    .ignore_when = "Something that is no migration switches it on.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);",
    .bad = "CREATE POLICY notes_own ON notes USING (owner = current_user);",
    .good = "CREATE TABLE tags (name text PRIMARY KEY);",
    .fixed = "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n"
             "CREATE POLICY notes_own ON notes USING (owner = current_user);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
