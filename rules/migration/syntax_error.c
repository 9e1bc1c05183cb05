/*
 * syntax-error: a statement that PostgreSQL's own grammar refuses. Sees every
 * statement that did not parse, the others are judged as if it were not there.
 * What the help proposes has been tried on the parser (sql/repair.h).
 */
#include "lint/rule.h"
#include "sql/placeholder.h"
#include "sql/repair.h"

#include <string.h>

/* What the parser says is cut here: it repeats the whole token. */
#define WORDS_SIZE_MAX 160

static struct span span_of(struct token token)
{
    return (struct span){token.offset, token.length};
}

/* The token at fault: where the statement ends too early its terminator, or
 * the last word. */
static struct span fault_span(const struct check *check,
                              const struct fault *fault)
{
    const struct statement *statement = check->statement;
    if (fault->token.kind != TOKEN_END)
        return span_of(fault->token);
    if (statement->has_terminator && statement->end > 0 &&
        check->text.start[statement->end - 1] == ';')
        return (struct span){statement->end - 1, 1};
    return span_of(fault->previous);
}

/* The parser's words, on one line, cut where they repeat a long token. */
static const char *parser_words(struct check *check)
{
    struct slice words = slice_from(check->statement->error);
    const char *line_end =
        words.length > 0 ? memchr(words.start, '\n', words.length) : NULL;
    size_t length =
        line_end != NULL ? (size_t)(line_end - words.start) : words.length;
    if (length > WORDS_SIZE_MAX)
        length = WORDS_SIZE_MAX;
    if (length == words.length)
        return check_format(check, "%.*s", SLICE_ARGUMENTS(words));
    /* Not within a character. */
    while (length > 0 && ((unsigned char)words.start[length] & 0xC0) == 0x80)
        length--;
    return check_format(check, "%.*s...\"", (int)length, words.start);
}

/* The advice, followed by the repaired statement where it is short. */
static const char *repair_help(struct check *check, struct repair repair)
{
    if (repair.sql == NULL)
        return repair.advice;
    return check_format(check, "%s:\n%s", repair.advice, repair.sql);
}

/*
 * Reports, below the rule's own level, a statement that is right for the
 * version in use and wrong from a later one on.
 */
static void report_later(struct check *check, struct span span, int version,
                         const char *why, const char *help)
{
    struct finding *finding = check_report(
        check, span, check->statement,
        check_format(check, "PostgreSQL %d will refuse this statement: %s",
                     version, why),
        help);
    finding_lower(finding, SEVERITY_WARNING);
}

/* Only a word is in the way that a newer version made a keyword. */
static bool report_later_keyword(struct check *check)
{
    struct later_keyword keyword;
    if (!repair_find_later_keyword(check->arena, check->text, check->statement,
                                   &keyword))
        return false;
    struct slice word = slice_part(check->text, keyword.at.offset,
                                   keyword.at.offset + keyword.at.length);
    const char *help = repair_help(check, keyword.fix);
    if (keyword.version > check->postgres_version)
        report_later(check, keyword.at, keyword.version,
                     check_format(check,
                                  "\"%.*s\" becomes a keyword in that version",
                                  SLICE_ARGUMENTS(word)),
                     help);
    else
        check_report(check, keyword.at, check->statement,
                     check_format(check,
                                  "PostgreSQL cannot read this statement: "
                                  "\"%.*s\" is a keyword from version %d on",
                                  SLICE_ARGUMENTS(word), keyword.version),
                     help);
    return true;
}

/* `10OFFSET` is two tokens before PostgreSQL 15 and an error from then on. */
static bool report_later_junk(struct check *check, const struct fault *fault)
{
    if (check->postgres_version >= 15 ||
        !slice_has_prefix(slice_from(check->statement->error),
                          SLICE("trailing junk after")))
        return false;
    report_later(check, fault_span(check, fault), 15, parser_words(check),
                 "write a space after the number");
    return true;
}

/* How deep in parentheses the offset is; `last` becomes the parenthesis that
 * last opened the depth `wanted`. */
static size_t depth_at(const struct check *check, size_t offset, size_t wanted,
                       struct span *last)
{
    struct lexer lexer = lexer_of(slice_part(check->text, 0, offset));
    lexer.offset = check->statement->offset;
    size_t depth = 0;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return depth;
        if (token_is(lexer.text, token, "(") && ++depth == wanted)
            *last = span_of(token);
        else if (token_is(lexer.text, token, ")") && depth > 0)
            depth--;
    }
}

/* Where the statement ends within a parenthesis, says which. */
static void note_open_parenthesis(struct check *check, struct finding *finding,
                                  const struct fault *fault)
{
    bool is_end = fault->token.kind == TOKEN_END ||
                  token_is(check->text, fault->token, ";");
    if (!is_end)
        return;
    size_t end = fault->token.kind == TOKEN_END
                     ? check->statement->offset + check->statement->length
                     : fault->token.offset;
    struct place place = {.source = check->source};
    size_t depth = depth_at(check, end, 0, &place.span);
    if (depth == 0)
        return;
    depth_at(check, end, depth, &place.span);
    finding_note(check, finding, place, "this parenthesis is not closed");
}

static void report_refused(struct check *check)
{
    struct fault fault = repair_fault(check->text, check->statement);
    struct repair repair;
    if (report_later_keyword(check) || report_later_junk(check, &fault))
        return;
    const char *words = parser_words(check);
    if (fault.token.kind == TOKEN_END && check->statement->has_terminator)
        words = "syntax error at or near \";\"";
    const char *help =
        repair_find(check->arena, check->text, check->statement, &repair)
            ? repair_help(check, repair)
            : NULL;
    struct finding *finding = check_report(
        check, fault_span(check, &fault), check->statement,
        check_format(check, "PostgreSQL cannot read this statement: %s", words),
        help);
    note_open_parenthesis(check, finding, &fault);
}

/*
 * Statements that do not end, or that no parser can hold.
 */

/* The quotes that open a token which has no end. */
static struct span opening_quotes(struct slice text, struct token token)
{
    struct slice words = token_text(text, token);
    size_t length = 2; /* of a comment */
    if (token.kind == TOKEN_DOLLAR_STRING)
        length = slice_find(slice_part(words, 1, words.length), SLICE("$")) + 2;
    else if (token.kind == TOKEN_STRING)
        length = slice_find(words, SLICE("'")) + 1;
    else if (token.kind == TOKEN_QUOTED_IDENTIFIER)
        length = slice_find(words, SLICE("\"")) + 1;
    return (struct span){token.offset,
                         length < token.length ? length : token.length};
}

static struct span unterminated_span(const struct check *check)
{
    const struct statement *statement = check->statement;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, statement->end));
    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next(&lexer);
        if (token.kind == TOKEN_END)
            return words_at_start(check->text, statement, 1);
        if (token.unterminated)
            return opening_quotes(check->text, token);
    }
}

/* An odd quote further up turns all that follow
 * inside out. */
static const char *further_up(struct check *check, struct span span)
{
    size_t line = source_position(check->source, span.offset).line;
    size_t first =
        source_position(check->source, check->statement->offset).line;
    if (first == line)
        return "";
    return check_format(check,
                        "; if this one is in order, a quote is missing or too "
                        "many since line %zu, where the statement begins",
                        first);
}

static void report_unterminated(struct check *check)
{
    struct span span = unterminated_span(check);
    const char *what = "";
    const char *help = "";
    switch (check->statement->defect) {
    case STATEMENT_COMPLETE: return;
    case STATEMENT_UNTERMINATED_STRING:
        what = "string";
        help = check_format(
            check, "end it with ', and write '' for a quote inside of it%s",
            further_up(check, span));
        break;
    case STATEMENT_UNTERMINATED_IDENTIFIER:
        what = "quoted name";
        help = check_format(check, "end it with \"%s", further_up(check, span));
        break;
    case STATEMENT_UNTERMINATED_COMMENT:
        what = "comment";
        help = "end it with */, once for each /* inside of it: comments nest "
               "in PostgreSQL";
        break;
    case STATEMENT_UNTERMINATED_DOLLAR_QUOTE:
        what = "dollar-quoted string";
        help = check_format(
            check, "end it with %.*s; upper and lower case differ",
            SLICE_ARGUMENTS(slice_part(check->text, span.offset,
                                       span.offset + span.length)));
        break;
    }
    check_report(check, span, check->statement,
                 check_format(check,
                              "the %s that begins here does not end, and takes "
                              "in all that follows",
                              what),
                 help);
}

/* The grammar's stack is bounded (YYMAXDEPTH), in the server too. */
static bool is_too_deep(const char *error)
{
    struct slice words = slice_from(error);
    return slice_has_prefix(words, SLICE("memory exhausted")) ||
           slice_has_prefix(words, SLICE("stack depth limit exceeded"));
}

static void report_too_deep(struct check *check)
{
    const struct statement *statement = check->statement;
    struct fault fault = repair_fault(check->text, statement);
    check_report(check, fault_span(check, &fault), statement,
                 check_format(check,
                              "PostgreSQL cannot read this statement: it is "
                              "nested too deep (%u parentheses), and the "
                              "parser gives up: %s",
                              (unsigned)statement->depth_max,
                              parser_words(check)),
                 "write it with less nesting");
}

static void check_statement(struct check *check)
{
    const struct statement *statement = check->statement;
    if (statement->kind != STATEMENT_SQL ||
        statement->outcome != PARSE_FAILED || statement->error == NULL)
        return;
    if (placeholder_explains(check->text, statement))
        return; /* statement-not-judged says so */
    if (schema_has_escape_strings(check->schema))
        return; /* where its strings end, nobody knows */
    if (statement->defect != STATEMENT_COMPLETE)
        report_unterminated(check);
    else if (is_too_deep(statement->error))
        report_too_deep(check);
    else
        report_refused(check);
}

const struct rule rule_syntax_error = {
    .id = "syntax-error",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "PostgreSQL cannot read a statement",
    .rationale =
        "The statement does not follow PostgreSQL's grammar, so the server "
        "refuses it and the migration stops. pgsquint asks the grammar of the "
        "server itself, in the version that it was built with; the other "
        "statements of the file are judged all the same.\n\n"
        "Templates are not wrong: a statement with a placeholder such as "
        "`{{ schema }}` or `${table}` is read with something in its place, and "
        "where nothing fits it is left out and statement-not-judged counts "
        "it.\n\n"
        "The finding is a warning where the statement is right for the "
        "`postgres_version` of the settings, and only a word that a later "
        "version made a keyword is in the way, such as `system_user`.",
    .ignore_when = "It is no SQL of PostgreSQL's: leave the file out with "
                   "\"exclude:\".",
    .bad = "CREATE TABLE orders (\n"
           "    id bigint PRIMARY KEY,\n"
           "    total integer,\n"
           ");",
    .good = "CREATE TABLE orders (\n"
            "    id bigint PRIMARY KEY,\n"
            "    total integer\n"
            ");",
    .claim = CLAIM_REFUSED,
    .claim_text = "syntax error at or near \")\"",
    .directions = RULE_UP_DOWN,
    .check_statement = check_statement,
};
