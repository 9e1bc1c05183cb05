/*
 * rename-table: ALTER TABLE ... RENAME TO of a table that code may use. Sees
 * every RENAME with the schema before it, and is asked again when the
 * transaction is over: a view, or another table, may have the old name then.
 */
#include "lint/advice.h"
#include "lint/renamed.h"

static bool has_row_security(const struct former *former)
{
    const struct table *table = (const struct table *)former->object;

    return table != NULL && table->has_row_security;
}

static bool is_table(const struct former *former)
{
    const struct relation *relation = (const struct relation *)former->object;

    return relation == NULL || relation->kind == RELATION_TABLE ||
           relation->kind == RELATION_PARTITIONED_TABLE ||
           relation->kind == RELATION_FOREIGN_TABLE;
}

static void check_rename(struct check *check, const Node *node)
{
    const RenameStmt *rename = (const RenameStmt *)node;
    const struct former *former;
    struct qualified_name name;
    struct finding *finding;

    if (rename->renameType != OBJECT_TABLE &&
        rename->renameType != OBJECT_FOREIGN_TABLE)
        return;
    former = renamed_relation(check, rename->relation, rename->missing_ok);
    if (former == NULL || !is_table(former))
        return;
    name = name_from_range_var(rename->relation);
    finding = check_report(
        check, renamed_words(check, rename->relation), node,
        check_format(check,
                     "every query that names %s fails as soon as it is "
                     "called \"%s\"",
                     advice_name(check, name), rename->newname),
        renamed_view_help(check, check_quote_name(check, name),
                          renamed_sql(check, name.schema, rename->newname),
                          has_row_security(former)));
    check_confirm_later(check, finding, CONFIRM_AFTER_TRANSACTION, former);
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    const struct former *former = subject;
    const char *lack;

    if (former_is_back(check, former, &lack))
        return false;
    if (lack != NULL)
        finding_restate(finding,
                        check_format(check,
                                     "\"%s\", which now has the old name, %s: "
                                     "code that still relies on it fails",
                                     former->name, lack));
    return true;
}

static const NodeTag tags[] = {T_RenameStmt, T_Invalid};

const struct rule rule_rename_table = {
    .id = "rename-table",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "A renamed table breaks code that uses the old name",
    .rationale =
        "The rename itself takes a moment. But while a release is rolled out, "
        "the old code runs beside the new schema, and each of its queries on "
        "the table fails from the commit on: relation does not exist. The new "
        "code fails before the commit. There is no order of deployment that "
        "is without errors.\n\n"
        "Make a view with the old name in the same transaction. A view of one "
        "table can be read and written (INSERT, UPDATE, DELETE, ON CONFLICT); "
        "privileges have to be granted on it. When no code uses the old name "
        "any more, drop the view.\n\n"
        "Nothing is said if the old name belongs, at the end of the "
        "transaction, to a view or table with the same columns, nor of a "
        "table that the same migration created.",
    .ignore_when = "No release that is running, or may come back, uses the old "
                   "name.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "ALTER TABLE orders RENAME TO purchases;",
    .good = "BEGIN;\n"
            "ALTER TABLE orders RENAME TO purchases;\n"
            "CREATE VIEW orders AS SELECT * FROM purchases;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_rename,
    .confirm = confirm,
};
