/*
 * rename-view: ALTER VIEW or ALTER MATERIALIZED VIEW ... RENAME TO, also said
 * as ALTER TABLE, of a view that code may read. Asked again when the
 * transaction is over.
 */
#include "lint/advice.h"
#include "lint/renamed.h"

static void check_rename(struct check *check, const Node *node)
{
    const RenameStmt *rename = (const RenameStmt *)node;
    const struct former *former;
    struct qualified_name name;
    struct finding *finding;

    if (rename->renameType != OBJECT_VIEW &&
        rename->renameType != OBJECT_MATVIEW &&
        rename->renameType != OBJECT_TABLE)
        return;
    former = renamed_relation(check, rename->relation, rename->missing_ok);
    if (former == NULL || !renamed_is_view(former, rename->renameType))
        return;
    name = name_from_range_var(rename->relation);
    finding = check_report(
        check, renamed_words(check, rename->relation), node,
        check_format(check,
                     "every query that reads %s fails as soon as it is called "
                     "\"%s\"",
                     advice_name(check, name), rename->newname),
        renamed_view_help(check, check_quote_name(check, name),
                          renamed_sql(check, name.schema, rename->newname),
                          false));
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

const struct rule rule_rename_view = {
    .id = "rename-view",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "A renamed view breaks code that reads the old name",
    .rationale =
        "The rename takes a moment, but every query that names the view fails "
        "from then on: of the old code, which runs beside the new schema "
        "while a release is rolled out, and of reports and services that are "
        "not in this repository.\n\n"
        "Make a view with the old name in the same transaction, and drop it "
        "when nobody reads it any more.\n\n"
        "Nothing is said if the old name belongs, at the end of the "
        "transaction, to a view with the same columns, nor of a view that the "
        "same migration created.",
    .ignore_when =
        "No release that is running, or may come back, reads it by the "
        "old name.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\n"
             "CREATE VIEW large_orders AS SELECT * FROM orders WHERE total > "
             "1000;",
    .bad = "ALTER VIEW large_orders RENAME TO big_orders;",
    .good = "BEGIN;\n"
            "ALTER VIEW large_orders RENAME TO big_orders;\n"
            "CREATE VIEW large_orders AS SELECT * FROM big_orders;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_rename,
    .confirm = confirm,
};
