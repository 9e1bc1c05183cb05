/*
 * copy-program: COPY that runs a program on the server. Sees every COPY,
 * wherever it stands; psql's own \copy runs it where psql is.
 */
#include "lint/rule.h"

/* PROGRAM and its command; length 0 if the text does not show them. */
static struct span program_words(struct check *check)
{
    const struct statement *statement = check->statement;
    struct span word =
        words_find(check->text, statement, statement->offset, "PROGRAM");
    struct lexer lexer = lexer_of(check->text);
    struct token command;

    if (word.length == 0)
        return word;
    lexer.offset = word.offset + word.length;
    command = lexer_next_significant(&lexer);
    return words_join(word, (struct span){command.offset, command.length});
}

static const char *help_text(struct check *check, const CopyStmt *copy,
                             struct span program)
{
    const char *intent = copy->is_from
                             ? "-- run the program where the client is, and "
                               "send what it says (psql: \\copy):"
                             : "-- run the program where the client is, and "
                               "give it what comes (psql: \\copy):";

    if (program.length == 0 || check->is_in_do || check->is_in_body)
        return intent;
    return check_format(
        check, "%s\n%s", intent,
        check_rewrite(check, program, copy->is_from ? "STDIN" : "STDOUT"));
}

static void check_copy(struct check *check, const Node *node)
{
    const CopyStmt *copy = (const CopyStmt *)node;
    struct span program;

    if (!copy->is_program)
        return;
    program = program_words(check);
    check_report(check,
                 program.length > 0
                     ? program
                     : words_at_start(check->text, check->statement, 1),
                 copy,
                 check_format(check,
                              "COPY %s PROGRAM runs a shell command on the "
                              "database server, as the user of the operating "
                              "system that PostgreSQL runs as",
                              copy->is_from ? "FROM" : "TO"),
                 help_text(check, copy, program));
}

static const NodeTag tags[] = {T_CopyStmt, T_Invalid};

const struct rule rule_copy_program = {
    .id = "copy-program",
    .family = FAMILY_SECURITY,
    .severity = SEVERITY_WARNING,
    .summary = "COPY PROGRAM runs a shell command on the server",
    .rationale =
        "COPY ... FROM PROGRAM and TO PROGRAM give their string to a shell on "
        "the database server. It runs as the user of the operating system "
        "that owns all files of the database, past every privilege and "
        "policy, and it is what attackers use to get from SQL to the machine. "
        "Only superusers and members of pg_execute_server_program may, so that "
        "whatever runs the statement must connect as one; hosted databases "
        "refuse it.\n\n"
        "COPY ... FROM STDIN and TO STDOUT send the rows over the connection; "
        "the program then runs where the client is, with the client's rights. "
        "psql's \\copy ... PROGRAM does that, and is not reported.",
    .ignore_when = "The server is a throw-away one of your own.",
    .setup = "CREATE TABLE readings (line text);",
    .bad = "COPY readings FROM PROGRAM 'uname -a';",
    .good = "INSERT INTO readings (line) VALUES ('12.5');",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_copy,
};
