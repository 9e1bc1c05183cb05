/*
 * row-security-missing: tables without row level security, in schemas where
 * each should have it, when the history ends.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"

#include <string.h>

static bool is_named(const char *const *names,
                     const struct namespace *namespace)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, namespace->name) == 0)
            return true;
    return false;
}

/* Another table of the schema has it. */
static bool is_used_in(const struct namespace *namespace)
{
    for (size_t i = 0; i < namespace->members.count; i++) {
        const struct relation *relation = namespace->members.items[i];
        const struct table *table = (const struct table *)relation;

        if (!relation->object.is_dropped && relation->namespace == namespace &&
            (relation->kind == RELATION_TABLE ||
             relation->kind == RELATION_PARTITIONED_TABLE) &&
            table->has_row_security)
            return true;
    }
    return false;
}

/* Policies without it are another rule's. */
static bool is_missing(const struct table *table)
{
    return policy_is_judged(table) && policy_knows_table(table) &&
           !table->has_row_security && table->relation.extension == NULL &&
           table->relation.made_at.source != NULL && policy_count(table) == 0;
}

static void report(struct check *check, const struct table *table)
{
    bool is_off = table->security_at.source != NULL;

    check_report_at(
        check, is_off ? table->security_at : table->relation.made_at, table,
        check_format(check,
                     "%s has no row level security: who has privileges on it "
                     "reads and changes all rows",
                     advice_relation_name(check, &table->relation)),
        check_format(check, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;",
                     advice_relation_sql(check, &table->relation)));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);
    const char *const *names = check_option_list(check, "schemas");
    const struct namespace *last = NULL;
    bool is_wanted = false;

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];
        const struct namespace *namespace = table->relation.namespace;

        if (namespace != last)
            is_wanted = *names != NULL ? is_named(names, namespace)
                                       : is_used_in(namespace);
        last = namespace;
        if (is_wanted && is_missing(table))
            report(check, table);
    }
}

static const struct rule_option options[] = {
    {"schemas", OPTION_STRING_LIST, "[]",
     "schemas in which every table must have row level security; if none is "
     "named, those in which some table has it"},
    {0},
};

const struct rule rule_row_security_missing = {
    .id = "row-security-missing",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_OFF,
    .summary = "A table without row level security among those that have it",
    .rationale =
        "Where an API shows a schema's tables to the web, as Supabase and "
        "PostgREST do, or where tenants share tables, row level security is "
        "what keeps users apart. It is off for each new table, and nothing "
        "fails when it is forgotten.\n\n"
        "Say in the option \"schemas\" in which schemas every table must have "
        "it. If it says nothing, that is every schema in which some table has "
        "it: there it is likely to have been forgotten.\n\n"
        "The rule looks at the end of the history, at tables and partitions "
        "that the history made; a partition can be read by its own name, past "
        "the policies of its parent. Tables with policies are left to "
        "policy-without-row-security.",
    .ignore_when =
        "All rows of the table are for everybody who has privileges on it.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n"
             "CREATE POLICY notes_own ON notes USING (owner = current_user);",
    .bad = "CREATE TABLE tasks (id bigint PRIMARY KEY, owner text);",
    .good = "CREATE SCHEMA internal;\n"
            "CREATE TABLE internal.jobs (id bigint PRIMARY KEY, owner text);",
    .fixed = "CREATE TABLE tasks (id bigint PRIMARY KEY, owner text);\n"
             "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;\n"
             "CREATE POLICY tasks_own ON tasks USING (owner = current_user);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .options = options,
    .finish = finish,
};
