/*
 * unlogged-table: a table that is UNLOGGED at the end of the history.
 */
#include "lint/typed_columns.h"

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct relation *table = &tables->items[i]->relation;

        if (!typed_columns_is_kept(tables->items[i]) || !table->is_unlogged ||
            table->made_at.source == NULL)
            continue;
        check_report_at(
            check, table->made_at, table,
            check_format(check,
                         "%s is unlogged: after a crash it is empty, and "
                         "standbys and backups do not have its rows",
                         advice_relation_name(check, table)),
            check_format(check, "ALTER TABLE %s SET LOGGED;",
                         advice_relation_sql(check, table)));
    }
}

const struct rule rule_unlogged_table = {
    .id = "unlogged-table",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "An unlogged table is empty after a crash",
    .rationale =
        "Writes to an UNLOGGED table are not written to the log. That makes "
        "them cheaper, and means that the server empties the table after a "
        "crash or an immediate shutdown, that standbys refuse to read it, that "
        "after a failover to one of them it is empty, and that a base backup "
        "leaves its rows out.\n\n"
        "SET LOGGED mends that; it writes the whole table to the log, under "
        "ACCESS EXCLUSIVE.",
    .ignore_when = "The rows can be made again: a cache, a staging table.",
    .bad = "CREATE UNLOGGED TABLE sessions (id uuid PRIMARY KEY, data jsonb);",
    .good = "CREATE TABLE sessions (id uuid PRIMARY KEY, data jsonb);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
