/*
 * row-security-without-policy: row level security is on, and no policy is there
 * when the history ends.
 */
#include "lint/advice.h"
#include "lint/policy_advice.h"

static const char *help_text(struct check *check, const struct table *table)
{
    const char *name = check_quote(
        check, check_format(check, "%s_select", table->relation.name));

    return check_format(check,
                        "-- for those who may read some rows:\n"
                        "CREATE POLICY %s ON %s FOR SELECT TO ... USING (...);",
                        name, advice_relation_sql(check, &table->relation));
}

/* A partition is read by way of the partitioned table, whose policies count. */
static bool is_closed(const struct table *table)
{
    return policy_is_judged(table) && policy_knows_table(table) &&
           table->has_row_security && table->partition_of == NULL &&
           table->security_at.source != NULL && policy_count(table) == 0;
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!is_closed(table))
            continue;
        check_report_at(
            check, table->security_at, table,
            check_format(check,
                         "%s has row level security and no policy: nobody sees "
                         "or adds a row but %sroles that bypass it",
                         advice_relation_name(check, &table->relation),
                         table->has_forced_row_security ? ""
                                                        : "its owner and "),
            help_text(check, table));
    }
}

const struct rule rule_row_security_without_policy = {
    .id = "row-security-without-policy",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_INFO,
    .summary = "Row level security, and no policy that lets a row through",
    .rationale =
        "Row level security allows what a permissive policy allows. Without a "
        "policy that is nothing: queries give no rows, UPDATE and DELETE "
        "change none, without an error; an INSERT fails. Only the owner (not "
        "with FORCE), superusers and roles with BYPASSRLS are free of it. For "
        "a table that only the server's own code reads, with such a role, this "
        "is what is wanted; for others a policy was forgotten, and nobody "
        "notices while all tests run as the owner.\n\n"
        "The rule looks at the end of the history, and says nothing of "
        "partitions, which are read through their parent.",
    .ignore_when =
        "Nobody but the owner, or a role with BYPASSRLS, is to use the table.",
    .setup = "CREATE TABLE notes (id bigint PRIMARY KEY, owner text);",
    .bad = "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .good = "CREATE TABLE tags (name text PRIMARY KEY);",
    .fixed = "CREATE POLICY notes_own ON notes USING (owner = current_user);\n"
             "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
