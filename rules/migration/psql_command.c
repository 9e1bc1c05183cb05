/*
 * psql-command: \set, \i and the like in a file that no psql reads. Sees every
 * reported file of a tool that sends its text to the server; one finding a
 * file, since all of them have one cause.
 */
#include "lint/rule.h"
#include "sql/psql.h"

#include <string.h>

/* So many further places are named. */
#define NOTES_MAX 5

struct advice {
    const char *commands; /* with a space before and after each */
    const char *text;
};

static const struct advice advices[] = {
    {" i ir include include_relative ",
     "write the statements of that file here"},
    {" set unset prompt gset ", "write the value where the variable is used"},
    {" if elif else endif ",
     "write the condition into a DO block, with IF ... THEN"},
    {" gexec ", "write a DO block that runs EXECUTE on each row of the query"},
    {" copy ", "write INSERT, or load the data by other means"},
    {" c connect ",
     "the tool's own settings say to which database it connects"},
    {" echo qecho warn ", "write RAISE NOTICE in a DO block, or nothing"},
    {" restrict unrestrict ", "leave it out: pg_dump writes it for psql alone"},
};

static struct span command_span(struct slice text, size_t offset)
{
    size_t end = offset + 1;
    while (end < text.length && strchr(" \t\r\n;", text.start[end]) == NULL)
        end++;
    return (struct span){offset, end - offset};
}

static const char *help_text(struct check *check, struct span command)
{
    const char *word = check_format(check, " %.*s ", (int)command.length - 1,
                                    check->text.start + command.offset + 1);
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        if (strstr(advices[i].commands, word) != NULL)
            return advices[i].text;
    }
    return "leave it out: it is about psql's own output or input";
}

/* The first backslash command within a statement, or that ends it. */
static struct span command_in(const struct check *check,
                              const struct statement *statement)
{
    struct lexer lexer = lexer_of(slice_part(check->text, 0, statement->end));
    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return (struct span){0, 0};
        if (check->text.start[token.offset] == '\\' &&
            psql_command_at(check->text, token.offset, true).effect !=
                PSQL_NONE)
            return command_span(check->text, token.offset);
    }
}

/* Length 0 if there is none. */
static struct span find_command(const struct check *check,
                                const struct statement *statement)
{
    if (statement->kind == STATEMENT_PSQL_COMMAND)
        return command_span(check->text, statement->offset);
    if (statement->kind == STATEMENT_SQL && statement->has_psql_command)
        return command_in(check, statement);
    return (struct span){0, 0};
}

static struct finding *report(struct check *check, struct span command)
{
    return check_report(
        check, command, NULL,
        check_format(check,
                     "%.*s is a command of psql, and %s sends this file to the "
                     "server, which refuses it: syntax error at or near "
                     "\"\\\"",
                     (int)command.length, check->text.start + command.offset,
                     tool_name(check->history->tool)),
        help_text(check, command));
}

static void check_source(struct check *check)
{
    struct finding *finding = NULL;
    size_t notes = 0;
    if (tool_runs_psql(check->history->tool))
        return;
    for (size_t i = 0; i < check->section_statement_count; i++) {
        struct span command =
            find_command(check, &check->section_statements[i]);
        if (command.length == 0)
            continue;
        if (finding == NULL)
            finding = report(check, command);
        else if (notes++ < NOTES_MAX)
            finding_note(
                check, finding, (struct place){check->source, command, 0},
                check_format(check, "and %.*s here", (int)command.length,
                             check->text.start + command.offset));
    }
}

const struct rule rule_psql_command = {
    .id = "psql-command",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "A command of psql is in a file that psql does not run",
    .rationale =
        "`\\set`, `\\i`, `\\if`, `\\gexec`, `\\copy`, `\\connect` are not SQL: "
        "psql carries them out itself and never sends them. Migration tools "
        "send their files to the server as they stand, and the server answers "
        "`syntax error at or near \"\\\"`. It happens when a script that was "
        "tried in psql, or the output of pg_dump with its `\\restrict`, "
        "becomes a migration.\n\n"
        "The rule is silent in plain files, which may well be meant for psql, "
        "and with tools that run psql. It speaks once a file.",
    .ignore_when = "The file is run by psql after all: say so with \"tool: "
                   "plain\".",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .bad = "-- +goose Up\n"
           "\\set size 100\n"
           "ALTER TABLE users ADD COLUMN name varchar(:size);",
    .good = "-- +goose Up\n"
            "ALTER TABLE users ADD COLUMN name varchar(100);",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error at or near \"\\\"",
    .directions = RULE_UP_DOWN,
    .check_source = check_source,
};
