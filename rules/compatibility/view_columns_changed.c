/*
 * view-columns-changed: CREATE OR REPLACE VIEW that would take a column away,
 * rename it or change its type. The replay refuses that in the server's words
 * (replay/query.c); this rule says what to write instead.
 */
#include "lint/advice.h"

#include <string.h>

#define INVALID_TABLE_DEFINITION "42P16"

static bool is_about_columns(const struct replay_failure *failure)
{
    struct slice message = slice_from(failure->message);
    return strcmp(failure->sqlstate, INVALID_TABLE_DEFINITION) == 0 &&
           (slice_has_prefix(message, SLICE("cannot drop columns from view")) ||
            slice_has_prefix(message, SLICE("cannot change ")));
}

/* DROP VIEW, then the statement without OR REPLACE. */
static const char *help_text(struct check *check, struct qualified_name name)
{
    struct span words = words_find(check->text, check->statement,
                                   check->statement->offset, "OR REPLACE");
    /* With the space after them. */
    while (words.length > 0 &&
           check->text.start[words.offset + words.length] == ' ')
        words.length++;
    return check_format(check, "DROP VIEW %s;\n%s",
                        check_quote_name(check, name),
                        check_rewrite(check, words, ""));
}

static void check_failure(struct check *check,
                          const struct replay_failure *failure)
{
    const ViewStmt *view = node_as(ViewStmt, check->statement->tree);
    if (view == NULL || !view->replace || !is_about_columns(failure))
        return;
    struct qualified_name name = name_from_range_var(view->view);
    struct span span =
        words_find_name(check->text, check->statement, check->statement->offset,
                        view->view->relname);
    check_report(check, span, check->statement->tree,
                 check_format(check,
                              "the server refuses to replace view %s, whose "
                              "columns must keep their names, types and order: "
                              "%s",
                              advice_name(check, name), failure->message),
                 help_text(check, name));
}

const struct rule rule_view_columns_changed = {
    .id = "view-columns-changed",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_ERROR,
    .summary = "CREATE OR REPLACE VIEW drops, renames or retypes a column",
    .rationale =
        "CREATE OR REPLACE VIEW keeps the view, with what depends on it, and "
        "so its columns: the new query must give all of them, with the same "
        "names and types, in the same order. It may add columns at the end. "
        "Otherwise the server refuses it: `cannot drop columns from view`, "
        "`cannot change name of view column`, `cannot change data type of view "
        "column`. `SELECT *` of a table that got or lost a column is a common "
        "cause.\n\n"
        "Add new columns at the end. To take one away or change it, drop the "
        "view and create it again, in one transaction; grants on it are to be "
        "given again, and views that read it go along or are in the way. Code "
        "that reads the column must have stopped before.",
    .ignore_when = "Never: the server refuses the statement.",
    .setup = "CREATE TABLE orders (id bigint, state text, total integer);\n"
             "CREATE VIEW open_orders AS SELECT id, state FROM orders;",
    .bad =
        "CREATE OR REPLACE VIEW open_orders AS SELECT id, total FROM orders;",
    .good = "CREATE OR REPLACE VIEW open_orders AS\n"
            "    SELECT id, state, total FROM orders;",
    .claim = CLAIM_REFUSED,
    .claim_text = "cannot change name of view column",
    .directions = RULE_UP_DOWN,
    .check_failure = check_failure,
};
