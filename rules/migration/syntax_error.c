/*
 * syntax-error: a statement that PostgreSQL's own grammar refuses. Sees every
 * statement that did not parse, the others are judged as if it were not there.
 *
 * A help that proposes a repair has been tried: the repaired statement is given
 * to the parser, and only what then parses is said.
 */
#include "lint/placeholder.h"
#include "lint/rule.h"
#include "sql/splitter.h"

#include <string.h>

/* Repairs of longer statements are not tried. */
#define REPAIR_SIZE_MAX ((size_t)64 << 10)

/* A repaired statement of more bytes is not shown. */
#define SHOWN_SIZE_MAX 1000

/* What the parser says is cut here: it repeats the whole token. */
#define WORDS_SIZE_MAX 160

/* The token at fault, and the one before it. */
struct fault {
    struct token token;    /* TOKEN_END: the statement ends too early */
    struct token previous; /* length 0: none */
};

/*
 * Words that became keywords that no function may be named by, or reserved,
 * after PostgreSQL 13 (pg_get_keywords() of 13 to 18).
 */
static const struct {
    const char *word;
    int version;
} newer_keywords[] = {
    {"json", 17},        {"json_array", 16},  {"json_arrayagg", 16},
    {"json_exists", 17}, {"json_object", 16}, {"json_objectagg", 16},
    {"json_query", 17},  {"json_scalar", 17}, {"json_serialize", 17},
    {"json_table", 17},  {"json_value", 17},  {"merge_action", 17},
    {"system_user", 16},
};

/* Words that a statement begins with, and hardly ever a line within one that
 * is in order up to there. */
static const char *const statement_words[] = {
    "ALTER",  "BEGIN",  "COMMENT", "COMMIT", "COPY",     "CREATE",
    "DELETE", "DO",     "DROP",    "GRANT",  "INSERT",   "MERGE",
    "REVOKE", "SELECT", "SET",     "UPDATE", "TRUNCATE", "WITH",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/*
 * Trying repairs.
 */

/* The first `count` statements of the text parse, or all of them if it has
 * fewer, and it has at least one. */
static bool parses(const char *sql, size_t count)
{
    struct parser *parser = parser_new();
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;
    bool is_good = false;
    while (parser != NULL && count-- > 0 &&
           splitter_next(&splitter, &statement)) {
        parser_parse(parser, text, &statement, 1);
        is_good = statement.outcome == PARSE_DONE;
        if (!is_good)
            break;
    }
    parser_free(parser);
    return is_good;
}

/* The advice, followed by the repaired statement where it is short. */
static const char *repair_help(struct check *check, const char *advice,
                               const char *repaired)
{
    if (strlen(repaired) > SHOWN_SIZE_MAX)
        return advice;
    return check_format(check, "%s:\n%s", advice, repaired);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static struct span span_of(struct token token)
{
    return (struct span){token.offset, token.length};
}

/* `(a, b,)` and `SELECT a, FROM`. */
static const char *try_without_comma(struct check *check,
                                     const struct fault *fault)
{
    if (!token_is(check->text, fault->previous, ","))
        return NULL;
    const char *repaired = check_rewrite(check, span_of(fault->previous), "");
    if (!parses(repaired, 1))
        return NULL;
    return repair_help(check, "leave out the comma before it", repaired);
}

/* A comma is missing before the token. */
static const char *try_comma(struct check *check, const struct fault *fault)
{
    struct span after = {fault->previous.offset + fault->previous.length, 0};
    if (fault->previous.length == 0)
        return NULL;
    const char *repaired = check_rewrite(check, after, ",");
    if (!parses(repaired, 1))
        return NULL;
    return repair_help(check, "is a comma missing before it?", repaired);
}

/* A keyword is used as a name. */
static const char *try_quotes(struct check *check, const struct fault *fault)
{
    if (fault->token.kind != TOKEN_WORD)
        return NULL;
    struct slice word = token_text(check->text, fault->token);
    char *name = arena_copy(check->arena, word);
    for (char *c = name; *c != '\0'; c++)
        *c = lower(*c);
    const char *repaired = check_rewrite(check, span_of(fault->token),
                                         check_format(check, "\"%s\"", name));
    if (!parses(repaired, 1))
        return NULL;
    return repair_help(
        check,
        check_format(check,
                     "\"%s\" is a keyword: to use it as a name, write it in "
                     "double quotes",
                     name),
        repaired);
}

static bool is_statement_word(struct slice text, struct token token)
{
    for (size_t i = 0; i < COUNT(statement_words); i++) {
        if (token_is_word(text, token, statement_words[i]))
            return true;
    }
    return false;
}

static bool has_line_end(struct slice text, size_t from, size_t to)
{
    struct slice between = slice_part(text, from, to);
    return between.length > 0 &&
           memchr(between.start, '\n', between.length) != NULL;
}

/* A new statement begins on a line of its own, and the last has no end. */
static const char *try_semicolon(struct check *check, const struct fault *fault)
{
    struct lexer lexer = lexer_of(check->text);
    lexer.offset = check->statement->offset;
    struct token previous = lexer_next_significant(&lexer);
    struct token found = {.kind = TOKEN_END};
    size_t found_after = 0;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        size_t previous_end = previous.offset + previous.length;
        if (token.kind == TOKEN_END || token.offset > fault->token.offset)
            break;
        if (is_statement_word(check->text, token) &&
            has_line_end(check->text, previous_end, token.offset)) {
            found = token;
            found_after = previous_end;
        }
        previous = token;
    }
    if (found.kind == TOKEN_END)
        return NULL;
    const char *repaired =
        check_rewrite(check, (struct span){found_after, 0}, ";");
    if (!parses(repaired, 1))
        return NULL;
    return check_format(check, "is a ; missing before the %.*s of line %zu?",
                        SLICE_ARGUMENTS(token_text(check->text, found)),
                        source_position(check->source, found.offset).line);
}

static const char *find_repair(struct check *check, const struct fault *fault)
{
    if (check->statement->length > REPAIR_SIZE_MAX)
        return NULL;
    const char *help = try_without_comma(check, fault);
    if (help == NULL)
        help = try_semicolon(check, fault);
    if (help == NULL)
        help = try_quotes(check, fault);
    if (help == NULL)
        help = try_comma(check, fault);
    return help;
}

/*
 * What is in the way.
 */

static struct fault find_fault(const struct check *check)
{
    const struct statement *statement = check->statement;
    size_t end = statement->offset + statement->length;
    struct lexer lexer = lexer_of(slice_part(check->text, 0, end));
    lexer.offset = statement->offset;
    struct fault fault = {.previous = {.offset = statement->offset}};
    for (;;) {
        fault.token = lexer_next_significant(&lexer);
        if (fault.token.kind == TOKEN_END ||
            fault.token.offset + fault.token.length > statement->error_offset)
            return fault;
        fault.previous = fault.token;
    }
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

/* The version that made this word a keyword; 0 if it is none of those. */
static int newer_keyword_version(struct slice text, struct token token)
{
    for (size_t i = 0; i < COUNT(newer_keywords); i++) {
        if (token_is_word(text, token, newer_keywords[i].word))
            return newer_keywords[i].version;
    }
    return 0;
}

/*
 * The statement with every word quoted that became a keyword after
 * PostgreSQL 13. Null if it has none; else the first is `found`.
 */
static const char *with_newer_keywords_quoted(struct check *check,
                                              struct token *found)
{
    struct slice text = statement_text(check->text, check->statement);
    struct lexer lexer = lexer_of(text);
    struct buffer buffer;
    buffer_init(&buffer, check->arena);
    size_t copied = 0;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            break;
        if (newer_keyword_version(text, token) == 0)
            continue;
        if (copied == 0)
            *found = token;
        buffer_add(&buffer, slice_part(text, copied, token.offset));
        buffer_add_char(&buffer, '"');
        struct slice word = token_text(text, token);
        for (size_t i = 0; i < word.length; i++)
            buffer_add_char(&buffer, lower(word.start[i]));
        buffer_add_char(&buffer, '"');
        copied = token.offset + token.length;
    }
    if (copied == 0)
        return NULL;
    buffer_add(&buffer, slice_part(text, copied, text.length));
    found->offset += check->statement->offset;
    return buffer_text(&buffer);
}

/*
 * Reports, below the rule's own level, a statement that only the keywords of
 * a later version make wrong. False if that is not so.
 */
static bool report_newer_keyword(struct check *check)
{
    struct token found = {.kind = TOKEN_END};
    if (check->statement->length > REPAIR_SIZE_MAX)
        return false;
    const char *repaired = with_newer_keywords_quoted(check, &found);
    if (repaired == NULL || !parses(repaired, 1))
        return false;
    int version = newer_keyword_version(check->text, found);
    const char *word = check_format(
        check, "%.*s", SLICE_ARGUMENTS(token_text(check->text, found)));
    const char *help = repair_help(
        check, "write it in double quotes, which every version reads as a name",
        check_format(check, "%s;", repaired));
    if (version <= check->postgres_version) {
        check_report(
            check, span_of(found), check->statement,
            check_format(check,
                         "PostgreSQL cannot read this statement: \"%s\" is a "
                         "keyword from version %d on",
                         word, version),
            help);
        return true;
    }
    struct finding *finding = check_report(
        check, span_of(found), check->statement,
        check_format(check,
                     "PostgreSQL %d will refuse this statement: \"%s\" "
                     "becomes a keyword in that version",
                     version, word),
        help);
    finding_lower(finding, SEVERITY_WARNING);
    return true;
}

/* `10OFFSET` is two tokens before PostgreSQL 15, and an error from then on. */
static bool is_junk_of_later_version(const struct check *check)
{
    return check->postgres_version < 15 &&
           strncmp(check->statement->error, "trailing junk after",
                   strlen("trailing junk after")) == 0;
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

/* Where the statement ends, or the next begins, within a parenthesis: says
 * which. */
static void note_open_parenthesis(struct check *check, struct finding *finding,
                                  const struct fault *fault)
{
    bool is_end = fault->token.kind == TOKEN_END ||
                  token_is(check->text, fault->token, ";");
    if (!is_end && !is_statement_word(check->text, fault->token))
        return;
    size_t end = is_end && fault->token.kind == TOKEN_END
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
    if (report_newer_keyword(check))
        return;
    struct fault fault = find_fault(check);
    const char *words = parser_words(check);
    if (fault.token.kind == TOKEN_END && check->statement->has_terminator)
        words = "syntax error at or near \";\"";
    struct finding *finding = check_report(
        check, fault_span(check, &fault), check->statement,
        check_format(check, "PostgreSQL cannot read this statement: %s", words),
        find_repair(check, &fault));
    if (is_junk_of_later_version(check))
        finding_lower(finding, SEVERITY_WARNING);
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

static void report_unterminated(struct check *check)
{
    const char *message = "";
    const char *help = "";
    switch (check->statement->defect) {
    case STATEMENT_COMPLETE: return;
    case STATEMENT_UNTERMINATED_STRING:
        message = "the string that begins here does not end: PostgreSQL takes "
                  "everything after it as its text";
        help = "end it with ', and write '' for a quote inside of it; if it "
               "is in order, a quote is missing further up";
        break;
    case STATEMENT_UNTERMINATED_IDENTIFIER:
        message = "the quoted name that begins here does not end: PostgreSQL "
                  "takes everything after it as the name";
        help = "end it with \"; if it is in order, a quote is missing further "
               "up";
        break;
    case STATEMENT_UNTERMINATED_COMMENT:
        message = "the comment that begins here does not end: nothing after "
                  "it is run";
        help = "end it with */, once for each /* inside of it: comments nest "
               "in PostgreSQL";
        break;
    case STATEMENT_UNTERMINATED_DOLLAR_QUOTE:
        message = "the dollar-quoted string that begins here does not end: "
                  "PostgreSQL takes everything after it as its text";
        help = "end it with the same words between dollars as at its start; "
               "upper and lower case differ";
        break;
    }
    check_report(check, unterminated_span(check), check->statement, message,
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
    struct fault fault = find_fault(check);
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
    if (placeholder_in(check->text, statement))
        return; /* statement-not-judged says so */
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
        "`{{ schema }}` or `${table}` that cannot be parsed is left out, and "
        "statement-not-judged counts it.\n\n"
        "The finding is a warning where the statement is right for the "
        "`postgres_version` of the settings, and only a word that a later "
        "version made a keyword is in the way, such as `system_user`.",
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
