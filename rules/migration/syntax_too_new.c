/*
 * syntax-too-new: a statement that the parser here reads and the server of the
 * user's version does not. Speaks only where the user said which version that
 * is. What is new, and where the older server stops, sql/newer_syntax.h knows.
 */
#include "lint/rule.h"

/* What came with it, in a few words; the server's own words otherwise. */
static const char *message_text(struct check *check,
                                const struct newer_use *use)
{
    return check_format(
        check, "PostgreSQL %d refuses this statement: %s; %s %s PostgreSQL %d",
        check->postgres_version,
        newer_syntax_message(check->arena, check->text, check->statement, use),
        use->syntax->name, "came with", use->syntax->since);
}

/* The statement without the words that are too new, where nothing is lost but
 * what they ask for. */
static const char *help_text(struct check *check, const struct newer_use *use)
{
    struct span words;
    if (use->syntax->instead == NULL)
        return NULL;
    if (use->syntax->leave_out == NULL)
        return use->syntax->instead;
    words = words_find(check->text, check->statement, check->statement->offset,
                       use->syntax->leave_out);
    if (words.length == 0)
        return use->syntax->instead;
    /* With the space before them. */
    while (words.offset > check->statement->offset &&
           check->text.start[words.offset - 1] == ' ') {
        words.offset--;
        words.length++;
    }
    return check_format(check, "%s:\n%s", use->syntax->instead,
                        check_rewrite(check, words, ""));
}

static void check_statement(struct check *check)
{
    struct newer_use use;
    if (!check->is_version_set || check->statement->kind != STATEMENT_SQL ||
        !check_find_newer_syntax(check, &use))
        return;
    struct span span = use.words.length > 0
                           ? use.words
                           : words_at_start(check->text, check->statement, 2);
    check_report(check, span, check->statement->tree, message_text(check, &use),
                 help_text(check, &use));
}

const struct rule rule_syntax_too_new = {
    .id = "syntax-too-new",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A statement has syntax that came with a later version",
    .rationale =
        "The server of the `postgres_version` in the settings does not know "
        "the syntax, and the migration stops with a syntax error: MERGE and "
        "NULLS NOT DISTINCT before 15, NOT ENFORCED, VIRTUAL and NOT NULL ... "
        "NOT VALID before 18, SET COMPRESSION and DETACH PARTITION ... "
        "CONCURRENTLY before 14, and what else the release notes list. Where "
        "developers run a newer server than production, nobody notices "
        "before.\n\n"
        "The rule speaks only if the settings or the command line say which "
        "version it is. The finding points at the word at which that server "
        "stops. Wait until the server is upgraded, or write what the help "
        "says; silence the finding where the file is only run on newer "
        "servers.",
    .ignore_when = "The server has been upgraded: say so with "
                   "\"postgres_version:\".",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "CREATE UNIQUE INDEX users_email_key ON users (email)\n"
           "    NULLS NOT DISTINCT;",
    .good = "CREATE UNIQUE INDEX users_email_key ON users (email);",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error at or near \"NULLS\"",
    .claim_version_max = 14,
    .directions = RULE_UP_DOWN,
    .check_statement = check_statement,
};
