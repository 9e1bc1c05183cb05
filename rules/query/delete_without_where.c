/*
 * delete-without-where: DELETE of every row. Sees every DELETE in the tree,
 * those of WITH queries and rewrite rules too; update-without-where is its twin.
 */
#include "lint/advice.h"
#include "lint/query_words.h"
#include "lint/whole_table.h"

static void check_delete(struct check *check, const Node *node)
{
    const DeleteStmt *delete = (const DeleteStmt *)node;

    if (delete->whereClause != NULL || delete->usingClause != NIL ||
        !whole_table_has_rows(check, delete->relation))
        return;
    struct finding *finding = check_report(
        check, query_words_of_relation(check, delete->relation), node,
        check_format(check, "DELETE without WHERE removes every row of %s",
                     advice_name(check, name_from_range_var(delete->relation))),
        whole_table_help(check));
    /* There every row is often meant. */
    if (tool_has_history(check->history->tool))
        finding_lower(finding, SEVERITY_WARNING);
}

static const NodeTag tags[] = {T_DeleteStmt, T_Invalid};

const struct rule rule_delete_without_where = {
    .id = "delete-without-where",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_ERROR,
    .summary = "DELETE without WHERE removes every row",
    .rationale =
        "A DELETE whose condition was forgotten, or commented out, empties the "
        "table, and by ON DELETE CASCADE those that point at it. The rows are "
        "gone with the COMMIT. Where it is meant, it is slow: each row is "
        "marked by itself, each foreign key looks for rows that point at it, "
        "and all of it remains for VACUUM to clear.\n\n"
        "Say which rows are meant. WHERE true says that all are, to the reader "
        "and to pgsquint. TRUNCATE empties a large table at once, but locks "
        "readers out and fires no row triggers.\n\n"
        "A table that the same migration makes, and a temporary one, are not "
        "reported. In a migration's transaction backfill-in-transaction "
        "speaks instead; what a migration runs without one is a warning.",
    .ignore_when = "The table holds what can be computed again, and all of it "
                   "is meant. WHERE true says so in the statement.",
    .setup = "CREATE TABLE sessions (id bigint PRIMARY KEY, ends_at "
             "timestamptz);",
    .bad = "DELETE FROM sessions;",
    .good = "DELETE FROM sessions WHERE ends_at < now();",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_delete,
};
