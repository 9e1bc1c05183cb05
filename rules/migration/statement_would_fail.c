/*
 * statement-would-fail: what the server refuses, in the server's words. The
 * replay knows (src/replay): it is asked after each statement that it has
 * carried out on the schema. What is refused for want of something that nobody
 * told of is not a failure there, unless the settings say `history: complete`.
 */
#include "lint/refusal_advice.h"
#include "sql/placeholder.h"

#include <string.h>

/* A statement that failed before aborted the transaction: it has been told. */
#define IN_FAILED_SQL_TRANSACTION "25P02"

#define SYNTAX_ERROR "42601"
#define DUPLICATE_TABLE "42P07"
#define DUPLICATE_COLUMN "42701"

/* What the server names first and the statement has: else its first words. */
static struct span fault_span(struct check *check,
                              const struct replay_failure *failure)
{
    struct slice words = slice_from(failure->message);
    if (failure->words.length > 0)
        return failure->words;
    for (size_t at = 0; at < words.length;) {
        struct slice name = refusal_next_name(words, &at);
        if (name.length == 0)
            break;
        size_t dot = slice_find(name, SLICE("."));
        if (dot != SLICE_NOT_FOUND)
            name = slice_part(name, dot + 1, name.length);
        struct span span = words_find_name(check->text, check->statement,
                                           check->statement->offset,
                                           arena_copy(check->arena, name));
        if (span.length > 0)
            return span;
    }
    return words_at_start(check->text, check->statement, 2);
}

/* A query of a program, which writes `@name` for a value: sqlc does. To the
 * server that is an operator and a column. */
static bool has_named_parameter(const struct check *check)
{
    struct lexer lexer = lexer_of(slice_part(
        check->text, 0, check->statement->offset + check->statement->length));
    lexer.offset = check->statement->offset;
    for (size_t end = SIZE_MAX;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return false;
        if (token.kind == TOKEN_WORD && token.offset == end)
            return true;
        end = token.kind == TOKEN_OPERATOR &&
                      check->text.start[token.offset + token.length - 1] == '@'
                  ? token.offset + token.length
                  : SIZE_MAX;
    }
}

static struct qualified_name name_of(struct check *check, struct slice name)
{
    size_t dot = slice_find(name, SLICE("."));
    struct qualified_name full = {0};
    if (dot != SLICE_NOT_FOUND) {
        full.schema = arena_copy(check->arena, slice_part(name, 0, dot));
        name = slice_part(name, dot + 1, name.length);
    }
    full.name = arena_copy(check->arena, name);
    return full;
}

/* Where what "already exists" was made: a relation, or a column of one. */
static void note_existing(struct check *check, struct finding *finding,
                          const struct replay_failure *failure)
{
    struct slice words = slice_from(failure->message);
    size_t at = 0;
    if (strcmp(failure->sqlstate, DUPLICATE_TABLE) != 0 &&
        strcmp(failure->sqlstate, DUPLICATE_COLUMN) != 0)
        return;
    struct slice name = refusal_next_name(words, &at);
    struct slice table_name = refusal_next_name(words, &at);
    struct place place = {0};
    if (strcmp(failure->sqlstate, DUPLICATE_TABLE) == 0) {
        const struct relation *relation =
            schema_find_relation(check->schema, name_of(check, name));
        if (relation != NULL)
            place = relation->made_at;
    } else if (table_name.length > 0) {
        const struct table *table =
            schema_find_table(check->schema, name_of(check, table_name));
        const struct column *column =
            table != NULL ? table_find_column(table, name_of(check, name).name)
                          : NULL;
        if (column != NULL)
            place = column->made_at;
    }
    finding_note(check, finding, place, "it was made here");
}

/* In a DO block there may be something to fill in where the parser found fault:
 * nobody knows what it will be. */
static bool is_unwritten(const struct check *check,
                         const struct replay_failure *failure)
{
    struct statement fault = *check->statement;
    if (fault.tree == NULL || !IsA(fault.tree, DoStmt) ||
        strcmp(failure->sqlstate, SYNTAX_ERROR) != 0)
        return false;
    fault.outcome = PARSE_FAILED;
    fault.error = failure->message;
    fault.error_offset =
        failure->words.length > 0 ? failure->words.offset : fault.offset;
    return placeholder_explains(check->text, &fault);
}

static void check_failure(struct check *check,
                          const struct replay_failure *failure)
{
    if (is_unwritten(check, failure))
        return;
    if (strcmp(failure->sqlstate, IN_FAILED_SQL_TRANSACTION) == 0 ||
        has_named_parameter(check))
        return;
    struct span fault = fault_span(check, failure);
    struct finding *finding = check_report(
        check, fault, check->statement->tree,
        check_format(check, "the server refuses this statement: %s",
                     failure->message),
        refusal_advice(check, failure, fault));
    note_existing(check, finding, failure);
}

const struct rule rule_statement_would_fail = {
    .id = "statement-would-fail",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "The server refuses a statement",
    .rationale =
        "pgsquint carries every statement out on a schema of its own, as a "
        "server would, and so knows some that the server refuses: a table that "
        "is there already or was dropped by an earlier migration, a column "
        "that a view still reads, CREATE INDEX CONCURRENTLY on a partitioned "
        "table, a unique key without the partition key, an index that cannot "
        "become a constraint, NOT VALID where it is not allowed. The finding "
        "has the server's own words.\n\n"
        "Nothing is locked, since the statement does nothing; but the "
        "migration stops there, with what it did before rolled back or, "
        "outside of a transaction, half done.\n\n"
        "Files often begin in the middle of a history. Something is called "
        "unknown only if an earlier statement dropped or renamed it; with the "
        "setting `history: complete` whatever no file made is unknown.",
    .ignore_when =
        "What is said to be missing was made outside of these files: "
        "say so with \"schema:\", or give the dump with --schema.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total integer);\n"
             "CREATE VIEW totals AS SELECT total FROM orders;",
    .bad = "ALTER TABLE orders DROP COLUMN total;",
    .good = "DROP VIEW totals;\n"
            "ALTER TABLE orders DROP COLUMN total;",
    .claim = CLAIM_REFUSED,
    .claim_text = "cannot drop column total of table orders because other "
                  "objects depend on it",
    .directions = RULE_UP_DOWN,
    .check_failure = check_failure,
};
