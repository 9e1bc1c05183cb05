/*
 * update-without-where: UPDATE that goes through every row. Sees every UPDATE in
 * the tree, those of WITH queries and rewrite rules too.
 *
 * delete-without-where is its twin. What a migration's transaction fills,
 * backfill-in-transaction speaks of (lint/precedence.c).
 */
#include "lint/advice.h"
#include "lint/query_words.h"
#include "lint/whole_table.h"

static void check_update(struct check *check, const Node *node)
{
    const UpdateStmt *update = (const UpdateStmt *)node;

    if (update->whereClause != NULL ||
        !whole_table_has_rows(check, update->relation))
        return;
    struct finding *finding = check_report(
        check, query_words_of_relation(check, update->relation), node,
        check_format(check, "UPDATE without WHERE changes every row of %s",
                     advice_name(check, name_from_range_var(update->relation))),
        whole_table_help(check));
    /* There every row is often meant. */
    if (tool_has_history(check->history->tool))
        finding_lower(finding, SEVERITY_WARNING);
}

static const NodeTag tags[] = {T_UpdateStmt, T_Invalid};

const struct rule rule_update_without_where = {
    .id = "update-without-where",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_ERROR,
    .summary = "UPDATE without WHERE changes every row",
    .rationale =
        "The condition that is forgotten, or left behind when a line is "
        "commented out, is the dearest typing error in SQL: every row gets the "
        "value, the old values are gone with the COMMIT, and the server says "
        "nothing but a large number. Even where every row is meant, one UPDATE "
        "of them all locks each until it commits, writes a second version of "
        "the whole table and leaves the first to VACUUM.\n\n"
        "Say which rows are meant. WHERE true says that all are, to the reader "
        "and to pgsquint. A large table is better changed in batches.\n\n"
        "A table that the same migration makes, and a temporary one, are not "
        "reported. In a migration's transaction backfill-in-transaction "
        "speaks instead; what a migration runs without one is a warning.",
    .ignore_when = "The table has a handful of rows, settings say, and all of "
                   "them are meant. WHERE true says so in the statement.",
    .setup = "CREATE TABLE accounts (id bigint PRIMARY KEY, active boolean);",
    .bad = "UPDATE accounts SET active = false;",
    .good = "UPDATE accounts SET active = false WHERE id = 4711;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_update,
};
