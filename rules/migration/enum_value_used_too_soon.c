/*
 * enum-value-used-too-soon: a value of an enum used in the transaction that
 * adds it. The replay refuses that in the server's words
 * (replay/uncommitted.c); this rule says what to do about it.
 */
#include "lint/advice.h"

#include <string.h>

#define UNSAFE_NEW_ENUM_VALUE_USAGE "55P04"

/* The first name in double quotes. */
static const char *first_name(struct check *check, const char *message)
{
    const char *from = strchr(message, '"');
    const char *to = from != NULL ? strchr(from + 1, '"') : NULL;
    if (to == NULL)
        return "";
    return arena_copy(check->arena,
                      (struct slice){from + 1, (size_t)(to - from - 1)});
}

/* The ALTER TYPE before this statement that added the value; null if it is not
 * at hand. */
static const struct statement *find_addition(const struct check *check,
                                             const char *value)
{
    const struct statement *found = NULL;
    for (size_t i = 0; i < check->section_statement_count; i++) {
        const struct statement *statement = &check->section_statements[i];
        const AlterEnumStmt *alter =
            statement->tree != NULL ? node_as(AlterEnumStmt, statement->tree)
                                    : NULL;
        if (statement->offset >= check->statement->offset)
            break;
        if (alter != NULL && alter->newVal != NULL && alter->oldVal == NULL &&
            strcmp(alter->newVal, value) == 0)
            found = statement;
    }
    return found;
}

/* In two migrations, or around a COMMIT of the file. */
static const char *help_text(struct check *check,
                             const struct statement *addition)
{
    const char *between = check->transaction_kind == TRANSACTION_EXPLICIT
                              ? "COMMIT;\nBEGIN;"
                              : "-- in the next migration:";
    if (addition == NULL)
        return "add the value in a migration before this one";
    return check_format(
        check, "%.*s;\n%s\n%.*s;",
        SLICE_ARGUMENTS(statement_text(check->text, addition)), between,
        SLICE_ARGUMENTS(statement_text(check->text, check->statement)));
}

/* The value in the statement: a string, or its first words. */
static struct span value_span(const struct check *check, const char *value,
                              const struct replay_failure *failure)
{
    struct lexer lexer = lexer_of(slice_part(
        check->text, 0, check->statement->offset + check->statement->length));
    lexer.offset = check->statement->offset;
    size_t length = strlen(value);
    if (failure->words.length > 0)
        return failure->words;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return words_at_start(check->text, check->statement, 2);
        if (token.kind == TOKEN_STRING && token.length == length + 2 &&
            memcmp(check->text.start + token.offset + 1, value, length) == 0)
            return (struct span){token.offset, token.length};
    }
}

static void check_failure(struct check *check,
                          const struct replay_failure *failure)
{
    if (strcmp(failure->sqlstate, UNSAFE_NEW_ENUM_VALUE_USAGE) != 0)
        return;
    const char *value = first_name(check, failure->message);
    const struct statement *addition = find_addition(check, value);
    struct finding *finding = check_report(
        check, value_span(check, value, failure), check->statement->tree,
        check_format(check,
                     "the server refuses '%s' until the transaction that adds "
                     "it to the enum is committed: %s",
                     value, failure->message),
        help_text(check, addition));
    if (addition != NULL)
        finding_note(check, finding,
                     (struct place){check->source,
                                    words_at_start(check->text, addition, 2),
                                    0},
                     "it is added here");
}

const struct rule rule_enum_value_used_too_soon = {
    .id = "enum-value-used-too-soon",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A new value of an enum is used in the transaction that adds it",
    .rationale =
        "ALTER TYPE ... ADD VALUE may run in a transaction, but the value can "
        "be used only after that has committed: until then the server answers "
        "`unsafe use of new value`, since an index that had seen the value "
        "could not be rolled back. A default, a CHECK, the predicate of an "
        "index and a query use it as much as INSERT does.\n\n"
        "Most tools run a migration as one transaction, so that the use "
        "belongs into the next migration; a tool that runs all migrations in "
        "one transaction needs two runs. From PostgreSQL 17 on the values of "
        "an enum that was made in the same transaction may be used.",
    .ignore_when = "Never: the server refuses the statement.",
    .setup = "CREATE TYPE state AS ENUM ('open');\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, state state);",
    .bad = "BEGIN;\n"
           "ALTER TYPE state ADD VALUE 'paid';\n"
           "ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'paid';\n"
           "COMMIT;",
    .good = "ALTER TYPE state ADD VALUE 'paid';\n"
            "ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'paid';",
    .claim = CLAIM_REFUSED,
    .claim_text = "unsafe use of new value",
    .directions = RULE_UP_DOWN,
    .check_failure = check_failure,
};
