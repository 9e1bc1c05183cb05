/*
 * transaction-left-open: a BEGIN without its COMMIT or ROLLBACK where the
 * section ends. Sees the transaction as the section's last statement left it.
 */
#include "lint/rule.h"

/* A psql command that runs statements which are not in the file. */
static bool runs_others(struct slice command)
{
    static const char *const names[] = {"\\i", "\\g", "\\if"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_has_prefix(command, slice_from(names[i])))
            return true;
    }
    return false;
}

/* What follows the BEGIN may end the transaction in a way that cannot be
 * read. */
static bool is_unknown(const struct check *check)
{
    for (size_t i = check->section_statement_count; i-- > 0;) {
        const struct statement *statement = &check->section_statements[i];
        if (statement->offset < check->transaction->begun_at)
            return false;
        if (statement->kind == STATEMENT_SQL
                ? statement->outcome != PARSE_DONE
                : runs_others(statement_text(check->text, statement)))
            return true;
    }
    return false;
}

/* What becomes of it is the tool's business. */
static const char *message_text(struct check *check)
{
    if (!tool_has_history(check->history->tool))
        return "the transaction is still open at the end of the file: all that "
               "was done since is rolled back when the session ends";
    return check_format(check,
                        "the transaction is still open where the migration "
                        "ends: what %s does next becomes part of it, and all "
                        "is rolled back when its session ends",
                        tool_name(check->history->tool));
}

static void check_section(struct check *check)
{
    if (!check->transaction->has_begun_in_file || is_unknown(check))
        return;
    /* After "COMMIT; BEGIN;" the tool's own COMMIT ends the new one. */
    if (check->transaction->section == TRANSACTION_TOOL)
        return;
    check_report_at(check, check_transaction_place(check), check->section,
                    message_text(check),
                    "write COMMIT; (or ROLLBACK;) after the last statement");
}

const struct rule rule_transaction_left_open = {
    .id = "transaction-left-open",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A transaction is begun and never ended",
    .rationale =
        "A BEGIN without COMMIT or ROLLBACK leaves the transaction open at the "
        "end of the file. Nothing that was done since is visible to others, "
        "its locks stay, and when the session ends the server rolls all of it "
        "back, without an error. psql ends the session with the file. A "
        "migration tool goes on in the same session: its note that the "
        "migration has run and the next migrations become part of the open "
        "transaction, and may be lost with it.\n\n"
        "Write COMMIT after the last statement, or leave BEGIN out where the "
        "tool has a transaction of its own.\n\n"
        "The rule is silent where a statement after BEGIN could not be read, "
        "where psql includes a file that may end the transaction, and where "
        "the tool runs the migration in a transaction and so ends this one "
        "with its own COMMIT.",
    .ignore_when = "Another file goes on with the transaction, in the same "
                   "session.",
    .bad = "BEGIN;\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "BEGIN;\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .check_section = check_section,
};
