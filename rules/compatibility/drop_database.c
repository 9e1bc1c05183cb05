/*
 * drop-database: DROP DATABASE. Sees every one: no file knows what is in it.
 */
#include "lint/advice.h"

static void check_drop(struct check *check, const Node *node)
{
    const DropdbStmt *drop = (const DropdbStmt *)node;
    const char *name = check_quote(check, drop->dbname);
    const char *unused =
        check_quote(check, check_format(check, "%s_unused", drop->dbname));

    if (check->is_in_body)
        return;
    check_report(
        check,
        words_find_name(check->text, check->statement, check->statement->offset,
                        drop->dbname),
        node,
        check_format(check,
                     "DROP DATABASE \"%s\" loses every schema, table and row "
                     "in it, at once and for good",
                     drop->dbname),
        check_format(check,
                     "-- a rename shows who was forgotten, and can be undone; "
                     "it waits for nobody and fails while someone is "
                     "connected:\n"
                     "ALTER DATABASE %s RENAME TO %s;\n"
                     "-- later, when it was saved (pg_dump):\n"
                     "DROP DATABASE %s;",
                     name, unused, unused));
}

static const NodeTag tags[] = {T_DropdbStmt, T_Invalid};

const struct rule rule_drop_database = {
    .id = "drop-database",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_ERROR,
    .summary = "DROP DATABASE loses everything in the database",
    .rationale =
        "The files of the database are deleted when the statement ends; no "
        "ROLLBACK, and no down step, brings them back, only a backup. It "
        "fails while anybody is connected, unless it is told to throw them out "
        "(WITH (FORCE)).\n\n"
        "A migration has no business with whole databases: what it runs in "
        "cannot be dropped, and others belong to others. Where one must go, "
        "rename it first, and drop it by hand when nobody has missed it and a "
        "dump is stored.\n\n"
        "Files that set up and tear down databases for tests may say so: "
        "-- pgsquint: allow-file drop-database -- for tests",
    .ignore_when = "It is a database for tests.",
    .setup = "CREATE DATABASE shop;",
    .bad = "DROP DATABASE shop;",
    .good = "ALTER DATABASE shop RENAME TO shop_unused;",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_drop,
};
