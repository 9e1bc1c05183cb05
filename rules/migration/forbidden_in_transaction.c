/*
 * forbidden-in-transaction: statements that the server refuses inside a
 * transaction block, in a migration that is run in one: by a BEGIN of its own,
 * by its tool, or because the tool sends several statements as one string.
 * Which statements these are, schema/transaction_block.h says.
 */
#include "lint/advice.h"
#include "lint/body_commands.h"

/* In which transaction the statement is. */
static const char *reason_text(struct check *check)
{
    const char *tool = tool_name(check->history->tool);
    switch (check->transaction_kind) {
    case TRANSACTION_NONE: break;
    case TRANSACTION_EXPLICIT:
        return "it is in a transaction that the file begins";
    case TRANSACTION_TOOL:
        return check_format(check, "%s runs this migration in a transaction",
                            tool);
    case TRANSACTION_IMPLICIT:
        return check_format(check,
                            "%s sends it as one string with other "
                            "statements, which makes them a transaction",
                            tool);
    case TRANSACTION_PIPELINE:
        return check_format(check,
                            "%s sends the file as one pipeline, and only its "
                            "first statement is outside of a transaction",
                            tool);
    }
    return "";
}

static const char *message_text(struct check *check, const Node *node,
                                const struct transaction_refusal *refusal)
{
    const char *object = "";
    if (refusal->object.name != NULL)
        object = check_format(check, " %s%s", IsA(node, IndexStmt) ? "on " : "",
                              advice_name(check, refusal->object));
    return check_format(check, "%s%s fails here, because %s", refusal->command,
                        object, reason_text(check));
}

static const char *tool_help(struct check *check)
{
    const char *advice =
        tool_opt_out_advice(check->history->tool, check->section);
    if (advice == NULL)
        return check_format(check,
                            "%s has no way to run it outside of the "
                            "transaction: run it by hand, before the migration",
                            tool_name(check->history->tool));
    if (check->section_statement_count == 1)
        return advice;
    return check_format(
        check, "move it to a migration of its own, and there %s", advice);
}

static const char *help_text(struct check *check)
{
    switch (check->transaction_kind) {
    case TRANSACTION_NONE: break;
    case TRANSACTION_EXPLICIT:
        if (tool_is_generator(check->history->tool))
            return tool_opt_out_advice(check->history->tool, check->section);
        return "move it before BEGIN or after COMMIT; statements between them "
               "are one transaction";
    case TRANSACTION_TOOL: return tool_help(check);
    case TRANSACTION_IMPLICIT:
        return check->section->has_opted_out
                   ? "move it to a migration of its own that opts out in the "
                     "same way: one statement alone is not sent as a "
                     "transaction"
                   : "move it to a migration of its own: one statement alone "
                     "is not sent as a transaction";
    case TRANSACTION_PIPELINE:
        return "move it to a migration of its own, as its first statement";
    }
    return NULL;
}

/* The statement's words to the one that makes it what it is. */
static struct span words_of(const struct check *check,
                            const struct transaction_refusal *refusal)
{
    struct span first = words_at_start(check->text, check->statement, 1);
    struct span last = words_find(check->text, check->statement, first.offset,
                                  refusal->last_words);
    return last.length > 0 ? words_join(first, last) : first;
}

static void report(struct check *check, const Node *node,
                   const struct transaction_refusal *refusal)
{
    struct finding *finding =
        check_report(check, words_of(check, refusal), node,
                     message_text(check, node, refusal), help_text(check));
    if (check->transaction_kind != TRANSACTION_EXPLICIT)
        return;
    finding_note(check, finding, check_transaction_place(check),
                 "the transaction begins here");
}

/* What of the section is known. */
struct seen {
    bool is_judged; /* whether its tool refuses it as a mixture */
};

/* Once for the section, at the first statement that is not to be mixed. */
static void check_mixture(struct check *check, const Node *node,
                          const struct transaction_refusal *refusal)
{
    struct seen *seen = check_section_memory(check, sizeof *seen);
    bool is_judged = seen->is_judged;
    seen->is_judged = true;
    if (is_judged || !check_is_refused_mixture(check))
        return;
    const char *tool = tool_name(check->history->tool);
    struct finding *finding = check_report(
        check, words_of(check, refusal), node,
        check_format(check,
                     "%s refuses a migration that has %s beside statements for "
                     "a transaction, unless its setting \"mixed\" is true",
                     tool, refusal->command),
        "move it to a migration of its own; SET and RESET are statements for a "
        "transaction too");
    finding_lower(finding, SEVERITY_WARNING);
}

/*
 * Bodies: whatever the transaction, a function or DO block cannot run these.
 */

static void report_in_body(struct check *check, const Node *node,
                           const struct body_command *command)
{
    const CreateFunctionStmt *create = node_as(CreateFunctionStmt, node);
    const char *where = "a DO block";
    const char *help = "write it as a statement of its own, in a migration "
                       "that runs outside of a transaction";
    if (create != NULL) {
        where = check_format(
            check, "the %s %s", create->is_procedure ? "procedure" : "function",
            advice_name(check, name_from_list(create->funcname)));
        help = "run it as a statement of its own, outside of functions and "
               "transactions";
    }
    check_report(check, command->words, node,
                 check_format(check,
                              "%s fails in %s, because the server refuses it "
                              "there whatever the transaction",
                              command->name, where),
                 help);
}

/* A DO block may end the transaction that it runs in, unless that was begun
 * before it. */
static void report_end_in_block(struct check *check, const Node *node,
                                const struct body_command *command)
{
    check_report(check, command->words, node,
                 check_format(check, "%s fails in a DO block here, because %s",
                              command->name, reason_text(check)),
                 help_text(check));
}

static bool is_in_transaction(const struct check *check)
{
    return check->transaction_kind != TRANSACTION_NONE &&
           (check->transaction_kind != TRANSACTION_PIPELINE ||
            !check_is_first_of_section(check));
}

static void check_body(struct check *check, const Node *node)
{
    struct body_command_array commands = body_commands(check, node);
    for (size_t i = 0; i < commands.count; i++) {
        const struct body_command *command = &commands.items[i];
        if (!command->ends_transaction)
            report_in_body(check, node, command);
        else if (IsA(node, DoStmt) && is_in_transaction(check))
            report_end_in_block(check, node, command);
    }
}

static void check_node(struct check *check, const Node *node)
{
    struct transaction_refusal refusal;
    /* Inside of other statements, the parser allows what the server refuses
     * for other reasons. A DO block's body is looked into as a whole. */
    if (walk_depth(check->walk) > 0 || check->is_in_do)
        return;
    if (IsA(node, DoStmt) || IsA(node, CreateFunctionStmt)) {
        check_body(check, node);
        return;
    }
    if (!transaction_block_refuses(check->schema, check->postgres_version, node,
                                   &refusal))
        return;
    if (is_in_transaction(check))
        report(check, node, &refusal);
    else
        check_mixture(check, node, &refusal);
}

static const NodeTag tags[] = {T_IndexStmt,
                               T_DropStmt,
                               T_ReindexStmt,
                               T_VacuumStmt,
                               T_ClusterStmt,
                               T_AlterTableStmt,
                               T_AlterDatabaseStmt,
                               T_CreateSubscriptionStmt,
                               T_AlterSubscriptionStmt,
                               T_TransactionStmt,
                               T_CreatedbStmt,
                               T_DropdbStmt,
                               T_CreateTableSpaceStmt,
                               T_DropTableSpaceStmt,
                               T_AlterSystemStmt,
                               T_DiscardStmt,
                               T_DoStmt,
                               T_CreateFunctionStmt,
                               T_Invalid};

const struct rule rule_forbidden_in_transaction = {
    .id = "forbidden-in-transaction",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A statement that refuses transactions is run in one",
    .rationale =
        "Some statements work in several transactions of their own, or on "
        "files that no rollback brings back, and the server refuses them "
        "inside a transaction block: `CREATE INDEX CONCURRENTLY cannot run "
        "inside a transaction block`. The migration fails each time it is "
        "run, and what follows it waits.\n\n"
        "They are: CREATE and DROP INDEX CONCURRENTLY, REINDEX CONCURRENTLY, "
        "REINDEX of a schema, a database or a partitioned table (14), VACUUM, "
        "CLUSTER of all tables or of a partitioned one (15), DETACH PARTITION "
        "CONCURRENTLY, CREATE and DROP DATABASE and TABLESPACE, ALTER "
        "DATABASE SET TABLESPACE, ALTER SYSTEM, CREATE SUBSCRIPTION that makes "
        "a slot, ALTER SUBSCRIPTION that refreshes, COMMIT and ROLLBACK "
        "PREPARED, DISCARD ALL. REFRESH MATERIALIZED VIEW CONCURRENTLY is "
        "allowed, and so is ANALYZE.\n\n"
        "A transaction need not show in the file: most migration tools begin "
        "one, and several statements that a tool sends as one string are one "
        "transaction too. DO blocks and functions cannot run these statements "
        "at all, and a DO block that commits must not be in a transaction "
        "(`invalid transaction termination`). Most tools have a directive that runs a migration without a "
        "transaction; give the statement a migration of its own, since "
        "nothing is rolled back there. Flyway runs some of these statements "
        "without a transaction by itself, and refuses a migration that mixes "
        "them with others.",
    .ignore_when = "Never: the server refuses the statement.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "BEGIN;\n"
           "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);\n"
           "COMMIT;",
    .good = "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .claim = CLAIM_REFUSED,
    .claim_text = "cannot run inside a transaction block",
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
