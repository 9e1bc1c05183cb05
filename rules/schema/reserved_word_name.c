/*
 * reserved-word-name: a table or column that is called like a key word which
 * cannot stand for a name without quotes, at the end of the history.
 */
#include "lint/typed_columns.h"

static void judge(struct check *check, struct place place, const void *cause,
                  const char *what, const char *name)
{
    if (place.source == NULL || !name_is_reserved(name))
        return;
    check_report_at(
        check, place, cause,
        check_format(check,
                     "%s \"%s\" is called like a key word: every query must "
                     "quote it, for ever, and without quotes it is a syntax "
                     "error or means something else",
                     what, name),
        check_format(check, "%s_ -- or a word that says more", name));
}

static void judge_columns(struct check *check, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped && column->typed_at.source != NULL)
            judge(check, column->made_at, column, "column", column->name);
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (!typed_columns_is_kept(table))
            continue;
        judge(check, table->relation.made_at, table, "table",
              table->relation.name);
        judge_columns(check, table);
    }
}

const struct rule rule_reserved_word_name = {
    .id = "reserved-word-name",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "A name that must be quoted because it is a key word",
    .rationale =
        "A table called order or user, a column called end or limit can only "
        "be written in quotes. Whoever forgets them gets a syntax error, or "
        "worse: `SELECT user FROM accounts` is the name of the role, and "
        "`SELECT current_date` no column. Query builders quote; psql, reports "
        "and colleagues do not.\n\n"
        "The rule knows the key words that PostgreSQL 18 reserves for tables "
        "and columns. Those that it only reserves for functions and types "
        "(position, values) need no quotes there.",
    .ignore_when = "A tool writes all queries, and always quotes.",
    .bad = "CREATE TABLE \"order\" (id bigint PRIMARY KEY);\n"
           "SELECT * FROM order;",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
            "SELECT id FROM orders;",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error at or near",
    .directions = RULE_UP,
    .finish = finish,
};
