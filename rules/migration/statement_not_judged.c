/*
 * statement-not-judged: says, once a file, what the linter did not look at, so
 * that silence about it is not taken for praise. Templates are left out
 * because nobody knows what will stand in their place; huge statements because
 * of what they would cost.
 */
#include "lint/rule.h"
#include "sql/placeholder.h"

/* So many further places are named. */
#define NOTES_MAX 5

struct not_judged {
    const struct statement *statement;
    const char *reason;
};

struct not_judged_array ARRAY(struct not_judged);

/* Why the statement was not judged; null if it was, or is simply wrong. */
static const char *reason_of(const struct check *check,
                             const struct statement *statement)
{
    if (statement->kind != STATEMENT_SQL)
        return NULL;
    if (statement->outcome == PARSE_FAILED &&
        placeholder_explains(check->text, statement))
        return "it has a placeholder, and cannot be read before that is "
               "replaced";
    if (statement->outcome != PARSE_SKIPPED)
        return NULL;
    if (statement->length > PARSER_STATEMENT_SIZE_MAX)
        return "it is larger than 64 MB";
    return "it has a run of operator characters or comment signs that would "
           "take PostgreSQL's scanner very long";
}

static struct place place_of(const struct check *check,
                             const struct statement *statement)
{
    return (struct place){check->source,
                          words_at_start(check->text, statement, 1), 0};
}

static struct finding *report_first(struct check *check,
                                    const struct statement *statement,
                                    size_t count, const char *reason)
{
    bool is_template = statement->outcome == PARSE_FAILED;
    const char *message =
        count == 1
            ? check_format(check, "this statement is not judged: %s", reason)
            : check_format(check,
                           "%zu statements of this file are not judged; this "
                           "is the first: %s",
                           count, reason);
    return check_report(check, place_of(check, statement).span, NULL, message,
                        is_template ? "to have it judged, give pgsquint the "
                                      "SQL that the template becomes"
                                    : NULL);
}

static void check_source(struct check *check)
{
    struct not_judged_array found = {0};
    for (size_t i = 0; i < check->section_statement_count; i++) {
        const struct statement *statement = &check->section_statements[i];
        const char *reason = reason_of(check, statement);
        if (reason != NULL)
            *array_push(check->arena, &found) =
                (struct not_judged){statement, reason};
    }
    if (found.count == 0)
        return;
    struct finding *finding = report_first(check, found.items[0].statement,
                                           found.count, found.items[0].reason);
    for (size_t i = 1; i < found.count && i <= NOTES_MAX; i++)
        finding_note(check, finding, place_of(check, found.items[i].statement),
                     found.items[i].reason);
}

const struct rule rule_statement_not_judged = {
    .id = "statement-not-judged",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_INFO,
    .summary = "A statement was left out, and what is wrong in it is not seen",
    .rationale =
        "A linter that is silent seems to say that all is well. Where it did "
        "not look, it should say so: in statements with a placeholder of a "
        "template (`{{ change }}`, `${sql}`, `<%= clauses %>`) that cannot be "
        "read, whatever single thing is put in its place, in statements of more than 64 MB, and in those "
        "that would keep PostgreSQL's scanner busy for a long time, such as "
        "thousands of operator characters in a row.\n\n"
        "Placeholders that stand for a name, a value, a list or a condition "
        "are read as one, and judged. Nothing needs to be done about this finding; to have "
        "such statements judged, run the template and lint what it makes.",
    .ignore_when = "What is filled in is known to be harmless; the template's "
                   "output can be linted instead.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders {{ change }};",
    .good = "ALTER TABLE orders ADD COLUMN note text;",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error at or near \"{\"",
    .directions = RULE_UP_DOWN,
    .check_source = check_source,
};
