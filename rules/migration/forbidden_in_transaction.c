/*
 * forbidden-in-transaction: statements that the server refuses inside a
 * transaction block, in a migration that is run in one: by a BEGIN of its own,
 * by its tool, or because the tool sends several statements as one string.
 * Which statements these are, schema/transaction_block.h says.
 */
#include "lint/advice.h"
#include "lint/rule.h"

#include <string.h>

static const char *message_text(struct check *check, const Node *node,
                                const struct transaction_refusal *refusal)
{
    const char *tool = tool_name(check->history->tool);
    const char *object = "";
    if (refusal->object.name != NULL)
        object = check_format(check, " %s%s", IsA(node, IndexStmt) ? "on " : "",
                              advice_name(check, refusal->object));
    const char *why = "";
    switch (check->transaction_kind) {
    case TRANSACTION_NONE: break;
    case TRANSACTION_EXPLICIT:
        why = "it is in a transaction that the file begins";
        break;
    case TRANSACTION_TOOL:
        why = check_format(check, "%s runs this migration in a transaction",
                           tool);
        break;
    case TRANSACTION_IMPLICIT:
        why = check_format(check,
                           "%s sends it as one string with other "
                           "statements, which makes them a transaction",
                           tool);
        break;
    case TRANSACTION_PIPELINE:
        why = check_format(check,
                           "%s sends the file as one pipeline, and only its "
                           "first statement is outside of a transaction",
                           tool);
        break;
    }
    return check_format(check, "%s%s fails here, because %s", refusal->command,
                        object, why);
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

static void report(struct check *check, const Node *node,
                   const struct transaction_refusal *refusal)
{
    struct span first = words_at_start(check->text, check->statement, 1);
    struct span last = words_find(check->text, check->statement, first.offset,
                                  refusal->last_words);
    struct finding *finding = check_report(
        check, last.length > 0 ? words_join(first, last) : first, node,
        message_text(check, node, refusal), help_text(check));
    if (check->transaction_kind != TRANSACTION_EXPLICIT)
        return;
    finding_note(check, finding, check_transaction_place(check),
                 "the transaction begins here");
}

/*
 * Bodies: whatever the transaction, a function or DO block cannot run these.
 */

static const char *const body_commands[] = {
    "CREATE INDEX CONCURRENTLY",
    "CREATE UNIQUE INDEX CONCURRENTLY",
    "DROP INDEX CONCURRENTLY",
    "REINDEX INDEX CONCURRENTLY",
    "REINDEX TABLE CONCURRENTLY",
    "REINDEX SCHEMA",
    "REINDEX DATABASE",
    "REINDEX SYSTEM",
    "VACUUM",
    "CREATE DATABASE",
    "DROP DATABASE",
    "CREATE TABLESPACE",
    "DROP TABLESPACE",
    "ALTER SYSTEM",
    "DISCARD ALL",
};

/* What follows assigns to a variable: one can be called vacuum. */
static bool is_assignment(struct lexer lexer)
{
    struct token token = lexer_next_significant(&lexer);
    return token_is(lexer.text, token, ":=") ||
           token_is(lexer.text, token, "=") ||
           token_is(lexer.text, token, ".") || token_is(lexer.text, token, "[");
}

/* The statement's words at this offset are one of the commands: its span, and
 * which. Length 0 if they are not. */
static struct span command_at(struct slice text, size_t offset,
                              const char **command)
{
    if (offset >= text.length)
        return (struct span){0, 0};
    for (size_t i = 0; i < sizeof body_commands / sizeof *body_commands; i++) {
        /* Hardly any statement begins like one of these. */
        if (((text.start[offset] ^ body_commands[i][0]) & ~0x20) != 0)
            continue;
        struct slice rest = slice_from(body_commands[i]);
        struct lexer lexer = lexer_of(text);
        lexer.offset = offset;
        size_t end = offset;
        while (rest.length > 0) {
            size_t space = slice_find(rest, SLICE(" "));
            size_t length = space == SLICE_NOT_FOUND ? rest.length : space;
            struct token token = lexer_next_significant(&lexer);
            if (token.kind != TOKEN_WORD ||
                !slice_equal_ignoring_case(token_text(text, token),
                                           slice_part(rest, 0, length)))
                break;
            end = token.offset + token.length;
            rest = slice_part(rest, length + 1, rest.length);
        }
        *command = body_commands[i];
        if (rest.length == 0 && !is_assignment(lexer))
            return (struct span){offset, end - offset};
    }
    return (struct span){0, 0};
}

/* What is between a string token's quotes: its span; length 0 if nothing. */
static struct span content_of(struct slice text, struct token token)
{
    struct slice string = token_text(text, token);
    size_t quote = 1;
    if (token.kind == TOKEN_DOLLAR_STRING)
        quote +=
            slice_find(slice_part(string, 1, string.length), SLICE("$")) + 1;
    else if (token.kind != TOKEN_STRING || string.start[0] != '\'')
        return (struct span){token.offset, 0};
    size_t closing = token.unterminated ? 0 : quote;
    if (token.length <= quote + closing)
        return (struct span){token.offset, 0};
    return (struct span){token.offset + quote, token.length - quote - closing};
}

/* The string after EXECUTE, possibly in a format(); `lexer` stands after
 * EXECUTE and is left where it was. */
static struct span executed_command(struct lexer lexer, const char **command)
{
    struct token token = lexer_next_significant(&lexer);
    if (token_is_word(lexer.text, token, "format")) {
        lexer_next_significant(&lexer);
        token = lexer_next_significant(&lexer);
    }
    struct span content = content_of(lexer.text, token);
    struct lexer inside =
        lexer_of(slice_part(lexer.text, 0, content.offset + content.length));
    inside.offset = content.offset;
    token = lexer_next_significant(&inside);
    return command_at(inside.text, token.offset, command);
}

static void report_in_body(struct check *check, const Node *node,
                           struct span span, const char *command)
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
    check_report(check, span, node,
                 check_format(check,
                              "%s fails in %s, because the server refuses it "
                              "there whatever the transaction",
                              command, where),
                 help);
}

/* A statement may begin after the token. */
static bool opens_statement(struct slice text, struct token token)
{
    static const char *const openers[] = {"BEGIN", "THEN", "ELSE", "LOOP"};
    if (token.length == 1)
        return token_is(text, token, ";");
    if (token.kind != TOKEN_WORD || token.length < 4 || token.length > 5)
        return false;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        if (token_is_word(text, token, openers[i]))
            return true;
    }
    return false;
}

/* The statements of one body, by the words that they begin with. */
static void check_body(struct check *check, const Node *node, struct span body)
{
    struct lexer lexer =
        lexer_of(slice_part(check->text, 0, body.offset + body.length));
    bool is_declaring = false;
    lexer.offset = body.offset;
    for (bool is_start = true;;) {
        struct token token = lexer_next_significant(&lexer);
        const char *command = NULL;
        struct span span = {0, 0};
        if (token.kind == TOKEN_END)
            return;
        if (is_start && token_is_word(lexer.text, token, "EXECUTE"))
            span = executed_command(lexer, &command);
        else if (is_start)
            span = command_at(lexer.text, token.offset, &command);
        if (span.length > 0)
            report_in_body(check, node, span, command);
        if (token_is_word(lexer.text, token, "DECLARE"))
            is_declaring = true;
        else if (token_is_word(lexer.text, token, "BEGIN"))
            is_declaring = false;
        is_start = !is_declaring && opens_statement(lexer.text, token);
    }
}

/* Bodies in other languages are not SQL; without a language a DO block is in
 * PL/pgSQL. */
static bool is_sql_body(const List *options)
{
    foreach_node (DefElem, option, options) {
        const char *language = name_from_string(option->arg);
        if (strcmp(option->defname, "language") == 0 && language != NULL)
            return strcmp(language, "plpgsql") == 0 ||
                   strcmp(language, "sql") == 0;
    }
    return true;
}

static void check_bodies(struct check *check, const Node *node)
{
    const List *options = IsA(node, DoStmt)
                              ? ((const DoStmt *)node)->args
                              : ((const CreateFunctionStmt *)node)->options;
    if (!is_sql_body(options))
        return;
    struct lexer lexer = lexer_of(slice_part(
        check->text, 0, check->statement->offset + check->statement->length));
    lexer.offset = check->statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return;
        if (token.kind == TOKEN_DOLLAR_STRING)
            check_body(check, node, content_of(lexer.text, token));
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
        check_bodies(check, node);
        return;
    }
    if (check->transaction_kind == TRANSACTION_NONE ||
        !transaction_block_refuses(check->schema, check->postgres_version, node,
                                   &refusal))
        return;
    if (check->transaction_kind == TRANSACTION_PIPELINE &&
        check_is_first_of_section(check))
        return;
    report(check, node, &refusal);
}

static const NodeTag tags[] = {T_IndexStmt,
                               T_DropStmt,
                               T_ReindexStmt,
                               T_VacuumStmt,
                               T_ClusterStmt,
                               T_AlterTableStmt,
                               T_AlterDatabaseStmt,
                               T_CreateSubscriptionStmt,
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
        "a slot, DISCARD ALL. REFRESH MATERIALIZED VIEW CONCURRENTLY is "
        "allowed, and so is ANALYZE.\n\n"
        "A transaction need not show in the file: most migration tools begin "
        "one, and several statements that a tool sends as one string are one "
        "transaction too. DO blocks and functions cannot run these statements "
        "at all. Most tools have a directive that runs a migration without a "
        "transaction; give the statement a migration of its own, since "
        "nothing is rolled back there.",
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
