/*
 * transaction-nesting: BEGIN where a transaction is open already, COMMIT or
 * ROLLBACK where none is, and any of them where the tool has one of its own.
 * Transactions do not nest: the server warns and goes on.
 */
#include "lint/rule.h"

/* The tool's own transaction is the one that is open. A string or pipeline of
 * statements is none: there BEGIN and COMMIT do what they say. */
static bool is_in_tools(const struct check *check)
{
    return check->transaction_kind == TRANSACTION_TOOL;
}

static struct finding *report(struct check *check, const Node *node,
                              const char *message, const char *help)
{
    struct span words = words_at_start(check->text, check->statement, 2);
    if (words_find(check->text, check->statement, words.offset, "TRANSACTION")
            .length == 0)
        words = words_at_start(check->text, check->statement, 1);
    return check_report(check, words, node, message, help);
}

/* How to get rid of the tool's transaction, or of the file's. */
static const char *tool_help(struct check *check, const char *words)
{
    const char *advice =
        tool_opt_out_advice(check->history->tool, check->section);
    if (advice == NULL)
        return check_format(check, "leave %s out: %s commits", words,
                            tool_name(check->history->tool));
    return check_format(check,
                        "leave %s out; or, to decide yourself where "
                        "transactions end, %s",
                        words, advice);
}

static void check_begin(struct check *check, const Node *node)
{
    const char *tool = tool_name(check->history->tool);
    if (is_in_tools(check)) {
        report(check, node,
               check_format(check,
                            "BEGIN does nothing here, because %s has begun a "
                            "transaction; the file's COMMIT ends that one, and "
                            "what follows it is not rolled back when something "
                            "fails",
                            tool),
               tool_help(check, "BEGIN and COMMIT"));
        return;
    }
    if (!check->transaction->has_begun_in_file)
        return;
    struct finding *finding = report(
        check, node,
        "BEGIN does nothing here, because the file is in a transaction "
        "already: the next COMMIT or ROLLBACK ends all of it",
        "COMMIT first; or, for a part that can be rolled back by itself:\n"
        "SAVEPOINT part;\n"
        "-- ...\n"
        "RELEASE SAVEPOINT part; -- or ROLLBACK TO SAVEPOINT part;");
    finding_note(check, finding, check_transaction_place(check),
                 "the transaction begins here");
}

/* COMMIT, ROLLBACK or PREPARE TRANSACTION in the tool's transaction. */
static const char *tool_message(struct check *check, const char *command,
                                bool is_rollback)
{
    const char *tool = tool_name(check->history->tool);
    if (is_rollback)
        return check_format(check,
                            "%s undoes all that the migration did before it, "
                            "and %s notes the migration as done",
                            command, tool);
    return check_format(check,
                        "%s ends the transaction in which %s runs this "
                        "migration: what follows it is not rolled back when "
                        "something fails",
                        command, tool);
}

/* The same where there is no transaction, or only that of a string of several
 * statements. */
static const char *lone_message(struct check *check, const char *command,
                                const TransactionStmt *control)
{
    const char *tool = tool_name(check->history->tool);
    if (control->chain)
        return check_format(check,
                            "%s AND CHAIN fails here: it can only be used in "
                            "a transaction block, and none has begun",
                            command);
    if (check->transaction_kind == TRANSACTION_NONE)
        return check_format(check,
                            "%s does nothing here but warn, because no "
                            "transaction has begun",
                            command);
    return check_format(
        check,
        "%s without BEGIN %s what stands before it, because "
        "%s sends the file as one %s; what follows it is "
        "another transaction",
        command, control->kind == TRANS_STMT_ROLLBACK ? "undoes" : "commits",
        tool,
        check->transaction_kind == TRANSACTION_PIPELINE ? "pipeline"
                                                        : "string");
}

static void check_end(struct check *check, const Node *node)
{
    const TransactionStmt *control = (const TransactionStmt *)node;
    bool is_rollback = control->kind == TRANS_STMT_ROLLBACK;
    const char *command = is_rollback ? "ROLLBACK"
                          : control->kind == TRANS_STMT_PREPARE
                              ? "PREPARE TRANSACTION"
                              : "COMMIT";
    /* A BEGIN that did nothing has been reported: this is its end. */
    if (check->transaction->has_begun_in_file ||
        check->transaction->nested_count > 0)
        return;
    if (!is_in_tools(check))
        report(check, node, lone_message(check, command, control),
               check_format(check,
                            "remove it, or write BEGIN; before the first "
                            "statement that it is to %s",
                            is_rollback ? "undo" : "commit"));
    else
        report(check, node, tool_message(check, command, is_rollback),
               tool_help(check, command));
}

static void check_node(struct check *check, const Node *node)
{
    switch (((const TransactionStmt *)node)->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START: check_begin(check, node); return;
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_ROLLBACK:
    case TRANS_STMT_PREPARE: check_end(check, node); return;
    case TRANS_STMT_SAVEPOINT:
    case TRANS_STMT_RELEASE:
    case TRANS_STMT_ROLLBACK_TO:
    case TRANS_STMT_COMMIT_PREPARED:
    case TRANS_STMT_ROLLBACK_PREPARED: return;
    }
}

static const NodeTag tags[] = {T_TransactionStmt, T_Invalid};

const struct rule rule_transaction_nesting = {
    .id = "transaction-nesting",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "BEGIN, COMMIT or ROLLBACK where the server only warns",
    .rationale =
        "Transactions do not nest. BEGIN inside of one warns `there is already "
        "a transaction in progress` and does nothing; the next COMMIT or "
        "ROLLBACK ends the one transaction that there is. COMMIT and ROLLBACK "
        "without a transaction warn `there is no transaction in progress`. "
        "Migration tools do not show these warnings.\n\n"
        "Most tools run a migration in a transaction of their own. A COMMIT in "
        "the file ends it: statements after it, and the tool's note that the "
        "migration has run, are no longer rolled back when something fails, so "
        "that half of the migration stays, or all of it is run twice. A "
        "ROLLBACK in the file undoes the migration, and the tool notes it as "
        "done. Leave them out, or tell the tool to run this migration without "
        "its transaction.\n\n"
        "Where a tool sends the file as one string (golang-migrate, Prisma), "
        "BEGIN and COMMIT in it are in order. A part that is to be rolled back "
        "by itself is what SAVEPOINT is for.",
    .ignore_when = "The file is run by hand too, where nothing else begins a "
                   "transaction.",
    .bad = "BEGIN;\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
           "BEGIN;\n"
           "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
           "COMMIT;",
    .good = "BEGIN;\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
            "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
