/*
 * Finds placeholders among the tokens of a statement that did not parse. No
 * brace and no lone `$` or `:` belongs to SQL, so these forms are certain. The
 * forms that an operator of PostgreSQL's resembles (`?`, `%s`, `@name@`) count
 * only where an operator cannot stand: where an operand is missing without
 * them. Rules that report syntax errors ask here first.
 */
#include "sql/placeholder.h"

#include "sql/scan.h"
#include "sql/template.h"

#include <string.h>

enum {
    FORMER = PLACEHOLDER_FORMER,
    PREVIOUS = PLACEHOLDER_PREVIOUS,
    CURRENT = PLACEHOLDER_CURRENT,
    NEXT = PLACEHOLDER_NEXT,
    SECOND,
    THIRD,
    FOURTH,
    WINDOW_SIZE = PLACEHOLDER_WINDOW_SIZE,
};

#define PAIRS_MAX 64

/* Words after which an operand comes, so that an operator cannot be binary
 * there. */
static const char *const words_before_operand[] = {
    "ALL",   "AND",     "ANY",       "AS",       "ASC",   "BETWEEN", "BY",
    "CASE",  "DEFAULT", "DELETE",    "DISTINCT", "ELSE",  "EXISTS",  "HAVING",
    "ILIKE", "IN",      "IS",        "LIKE",     "LIMIT", "NOT",     "OFFSET",
    "ON",    "OR",      "RETURNING", "SELECT",   "SET",   "SOME",    "THEN",
    "TO",    "USING",   "VALUES",    "WHEN",     "WHERE",
};

/* Words after which a name comes. */
static const char *const words_before_name[] = {
    "ADD",        "ALTER",    "CALL",    "COLUMN",     "CONSTRAINT",
    "DATABASE",   "DOMAIN",   "DROP",    "EXECUTE",    "EXTENSION",
    "FROM",       "FUNCTION", "INDEX",   "INSERT",     "INTO",
    "JOIN",       "ONLY",     "OWNER",   "POLICY",     "PROCEDURE",
    "REFERENCES", "RENAME",   "RETURNS", "ROLE",       "SCHEMA",
    "SEQUENCE",   "SERVER",   "TABLE",   "TABLESPACE", "TRIGGER",
    "TRUNCATE",   "TYPE",     "UPDATE",  "USER",       "VIEW",
};

/* Words that no operand begins with. */
static const char *const words_after_operand[] = {
    "AND",   "AS",     "ASC",       "BETWEEN",   "COLLATE", "DESC",  "ELSE",
    "END",   "EXCEPT", "FETCH",     "FOR",       "FROM",    "GROUP", "HAVING",
    "ILIKE", "IN",     "INTERSECT", "IS",        "LIKE",    "LIMIT", "OFFSET",
    "ON",    "OR",     "ORDER",     "RETURNING", "SET",     "THEN",  "UNION",
    "USING", "WHEN",   "WHERE",     "WINDOW",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(const struct placeholder_reader *reader, int at,
                      const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (token_is_word(reader->lexer.text, reader->tokens[at], words[i]))
            return true;
    return false;
}

static struct slice text_at(const struct placeholder_reader *reader, int at)
{
    return token_text(reader->lexer.text, reader->tokens[at]);
}

static bool is_kind(const struct placeholder_reader *reader, int at,
                    enum token_kind kind)
{
    return reader->tokens[at].kind == kind;
}

static bool is_symbol(const struct placeholder_reader *reader, int at,
                      const char *symbol)
{
    return slice_equal(text_at(reader, at), slice_from(symbol));
}

/* The token follows the one before it without a byte between. */
static bool is_adjacent(const struct placeholder_reader *reader, int at)
{
    const struct token *before = &reader->tokens[at - 1];

    return before->offset + before->length == reader->tokens[at].offset &&
           before->kind != TOKEN_END && before->length != 0;
}

static bool is_adjacent_word(const struct placeholder_reader *reader, int at)
{
    return is_kind(reader, at, TOKEN_WORD) && is_adjacent(reader, at);
}

static bool is_adjacent_symbol(const struct placeholder_reader *reader, int at,
                               const char *symbol)
{
    return is_adjacent(reader, at) && is_symbol(reader, at, symbol);
}

static char last_byte(struct slice text)
{
    return text.length ? text.start[text.length - 1] : '\0';
}

/* What stands before the current token is a whole operand. */
static bool follows_operand(const struct placeholder_reader *reader)
{
    switch (reader->tokens[PREVIOUS].kind) {
    case TOKEN_QUOTED_IDENTIFIER:
    case TOKEN_STRING:
    case TOKEN_DOLLAR_STRING:
    case TOKEN_NUMBER:
    case TOKEN_PARAMETER: return true;
    case TOKEN_WORD:
        return !is_one_of(reader, PREVIOUS, words_before_operand,
                          COUNT(words_before_operand)) &&
               !is_one_of(reader, PREVIOUS, words_before_name,
                          COUNT(words_before_name));
    case TOKEN_TEMPLATE: return !template_is_control(text_at(reader, PREVIOUS));
    case TOKEN_PUNCTUATION:
        return is_symbol(reader, PREVIOUS, ")") ||
               is_symbol(reader, PREVIOUS, "]");
    case TOKEN_END:
    case TOKEN_OPERATOR:
    case TOKEN_LINE_COMMENT:
    case TOKEN_BLOCK_COMMENT:
    case TOKEN_BACKSLASH:
    case TOKEN_OTHER: return false;
    }
    return false;
}

/* What stands after the current token cannot begin an operand. */
static bool precedes_no_operand(const struct placeholder_reader *reader)
{
    switch (reader->tokens[NEXT].kind) {
    case TOKEN_END: return true;
    case TOKEN_WORD:
        return is_one_of(reader, NEXT, words_after_operand,
                         COUNT(words_after_operand));
    case TOKEN_PUNCTUATION: return !is_symbol(reader, NEXT, "(");
    case TOKEN_QUOTED_IDENTIFIER:
    case TOKEN_STRING:
    case TOKEN_DOLLAR_STRING:
    case TOKEN_NUMBER:
    case TOKEN_PARAMETER:
    case TOKEN_TEMPLATE:
    case TOKEN_OPERATOR:
    case TOKEN_LINE_COMMENT:
    case TOKEN_BLOCK_COMMENT:
    case TOKEN_BACKSLASH:
    case TOKEN_OTHER: return false;
    }
    return false;
}

/* Of the window's tokens [from, to] a placeholder is made. */
static bool found(const struct placeholder_reader *reader, int from, int to,
                  enum placeholder_kind kind, struct placeholder *placeholder)
{
    const struct token *first = &reader->tokens[from];
    const struct token *last = &reader->tokens[to];

    *placeholder = (struct placeholder){
        .kind = kind,
        .offset = first->offset,
        .length = last->offset + last->length - first->offset,
    };
    return true;
}

/* Likewise, but only with the last byte of the current token, an operator that
 * the sign was read as part of. */
static bool found_sign(const struct placeholder_reader *reader, int to,
                       struct placeholder *placeholder)
{
    size_t before = reader->tokens[CURRENT].length - 1;

    found(reader, CURRENT, to, PLACEHOLDER_VALUE, placeholder);
    placeholder->offset += before;
    placeholder->length -= before;
    return true;
}

/* {{ a }}, ${a}, {a}, a_{{ b }}. */
static bool read_template(const struct placeholder_reader *reader,
                          struct placeholder *placeholder)
{
    struct slice text = text_at(reader, CURRENT);

    if (!is_kind(reader, CURRENT, TOKEN_TEMPLATE))
        return false;
    /* DEFAULT {} is somebody's empty array. */
    if (slice_equal(text, SLICE("{}")) &&
        token_is_word(reader->lexer.text, reader->tokens[PREVIOUS], "DEFAULT"))
        return false;
    return found(reader, CURRENT, CURRENT,
                 template_is_control(text) ? PLACEHOLDER_NOTHING
                                           : PLACEHOLDER_TEXT,
                 placeholder);
}

/* A quote within the quotes, not doubled, is in a tag. */
static bool read_quoted(const struct placeholder_reader *reader,
                        struct placeholder *placeholder)
{
    struct slice text = text_at(reader, CURRENT);
    const char *end = text.start + text.length - 1;
    const char *at = text.start + 1;
    char quote = *text.start;

    if (!is_kind(reader, CURRENT, TOKEN_STRING) &&
        !is_kind(reader, CURRENT, TOKEN_QUOTED_IDENTIFIER))
        return false;
    if ((quote != '\'' && quote != '"') || reader->tokens[CURRENT].unterminated)
        return false;
    while (at < end && (at = memchr(at, quote, (size_t)(end - at)))) {
        if (at[1] != quote)
            return slice_find(text, SLICE("{")) != SLICE_NOT_FOUND &&
                   found(reader, CURRENT, CURRENT, PLACEHOLDER_STRING,
                         placeholder);
        at += 2;
    }
    return false;
}

/* $name; `$1` is a parameter and `$name$ ... $name$` a string. */
static bool read_dollar(const struct placeholder_reader *reader,
                        struct placeholder *placeholder)
{
    return is_kind(reader, CURRENT, TOKEN_OTHER) &&
           is_symbol(reader, CURRENT, "$") && is_adjacent_word(reader, NEXT) &&
           found(reader, CURRENT, NEXT, PLACEHOLDER_VALUE, placeholder);
}

/* $%name%$ */
static bool read_dollar_percent(const struct placeholder_reader *reader,
                                struct placeholder *placeholder)
{
    return is_kind(reader, CURRENT, TOKEN_OTHER) &&
           is_symbol(reader, CURRENT, "$") &&
           is_adjacent_symbol(reader, NEXT, "%") &&
           is_adjacent_word(reader, SECOND) &&
           is_adjacent_symbol(reader, THIRD, "%") &&
           is_adjacent_symbol(reader, FOURTH, "$") &&
           found(reader, CURRENT, FOURTH, PLACEHOLDER_TEXT, placeholder);
}

/* A name follows, where no string can stand. */
static bool precedes_name(const struct placeholder_reader *reader)
{
    return is_one_of(reader, PREVIOUS, words_before_name,
                     COUNT(words_before_name));
}

/* $schema$.users, public.$table$, FROM $table$. */
static bool read_dollar_pair(struct placeholder_reader *reader,
                             struct placeholder *placeholder)
{
    struct slice text = text_at(reader, CURRENT);
    size_t tag_end;

    if (!is_kind(reader, CURRENT, TOKEN_DOLLAR_STRING) || text.length < 3 ||
        reader->pairs_left == 0)
        return false;
    tag_end = slice_find(slice_part(text, 1, text.length), SLICE("$"));
    if (tag_end == SLICE_NOT_FOUND || tag_end == 0)
        return false;
    tag_end += 2;
    if (!(tag_end < text.length && text.start[tag_end] == '.') &&
        !(is_symbol(reader, PREVIOUS, ".") && is_adjacent(reader, CURRENT)) &&
        !precedes_name(reader))
        return false;
    reader->pairs_left--;
    found(reader, CURRENT, CURRENT, PLACEHOLDER_TEXT, placeholder);
    placeholder->length = tag_end;
    return true;
}

/* The rest of the name of :name, whose first word ends there: HugSQL's types
 * and hyphens (:v:id, :i*:cols, :user-id), PgTyped's :name!. */
static void extend_name(const struct placeholder_reader *reader,
                        struct placeholder *placeholder)
{
    struct lexer lexer = reader->lexer;
    size_t end = placeholder->offset + placeholder->length;

    lexer.offset = end;
    for (;;) {
        struct token sign = lexer_next(&lexer);
        struct slice text = token_text(lexer.text, sign);
        struct token word;

        if (sign.offset != end)
            break;
        if (slice_equal(text, SLICE("!"))) {
            end++;
            break;
        }
        /* The lexer takes *: for an operator and a colon. */
        if (slice_equal(text, SLICE("*"))) {
            sign = lexer_next(&lexer);
            text = token_text(lexer.text, sign);
            if (sign.offset != end + 1 || !slice_equal(text, SLICE(":")))
                break;
        }
        if (!slice_equal(text, SLICE(":")) && !slice_equal(text, SLICE("-")))
            break;
        word = lexer_next(&lexer);
        if (word.kind != TOKEN_WORD || word.offset != sign.offset + sign.length)
            break;
        end = word.offset + word.length;
    }
    placeholder->length = end - placeholder->offset;
}

/* :name, :'name', :"name", :{?name}, :1, prefix_:name; `a[1:n]` and `a[:n]` are
 * slices, and `data:field` is another database's. */
static bool read_colon(const struct placeholder_reader *reader,
                       struct placeholder *placeholder)
{
    if (!is_symbol(reader, CURRENT, ":") || !is_adjacent(reader, NEXT))
        return false;
    if (is_kind(reader, NEXT, TOKEN_STRING))
        return found(reader, CURRENT, NEXT, PLACEHOLDER_LITERAL, placeholder);
    if (is_kind(reader, NEXT, TOKEN_QUOTED_IDENTIFIER))
        return found(reader, CURRENT, NEXT, PLACEHOLDER_NAME, placeholder);
    if (is_symbol(reader, NEXT, "{") && is_symbol(reader, SECOND, "?") &&
        is_symbol(reader, FOURTH, "}"))
        return found(reader, CURRENT, FOURTH, PLACEHOLDER_TRUTH, placeholder);
    if (is_kind(reader, NEXT, TOKEN_NUMBER))
        return !follows_operand(reader) && !is_symbol(reader, PREVIOUS, "[") &&
               found(reader, CURRENT, NEXT, PLACEHOLDER_VALUE, placeholder);
    if (!is_kind(reader, NEXT, TOKEN_WORD))
        return false;
    if (is_symbol(reader, PREVIOUS, "[") &&
        !token_is_word(reader->lexer.text, reader->tokens[FORMER], "ARRAY"))
        return false;
    if (is_adjacent(reader, CURRENT) && follows_operand(reader))
        return is_kind(reader, PREVIOUS, TOKEN_WORD) &&
               last_byte(text_at(reader, PREVIOUS)) == '_' &&
               found(reader, PREVIOUS, NEXT, PLACEHOLDER_VALUE, placeholder);
    found(reader, CURRENT, NEXT, PLACEHOLDER_VALUE, placeholder);
    extend_name(reader, placeholder);
    return true;
}

/* ? for a value, ?1 too; as an operator it has operands on both sides. `id=?`
 * is one operator to the lexer. */
static bool read_question_mark(const struct placeholder_reader *reader,
                               struct placeholder *placeholder)
{
    bool has_number =
        is_kind(reader, NEXT, TOKEN_NUMBER) && is_adjacent(reader, NEXT);

    if (!is_kind(reader, CURRENT, TOKEN_OPERATOR) ||
        last_byte(text_at(reader, CURRENT)) != '?')
        return false;
    if (!precedes_no_operand(reader) &&
        (!is_symbol(reader, CURRENT, "?") || follows_operand(reader)))
        return false;
    return found_sign(reader, has_number ? NEXT : CURRENT, placeholder);
}

/* %(name)s, %s, %I, %name%; `a % s` is a remainder. */
static bool read_percent(const struct placeholder_reader *reader,
                         struct placeholder *placeholder)
{
    bool is_glued_to_name, has_end;

    if (!is_kind(reader, CURRENT, TOKEN_OPERATOR) ||
        last_byte(text_at(reader, CURRENT)) != '%')
        return false;
    if (is_adjacent_symbol(reader, NEXT, "(") &&
        is_adjacent_word(reader, SECOND) &&
        is_adjacent_symbol(reader, THIRD, ")") &&
        is_adjacent_word(reader, FOURTH))
        return found_sign(reader, FOURTH, placeholder);
    if (!is_adjacent_word(reader, NEXT))
        return false;
    is_glued_to_name = is_adjacent(reader, CURRENT) &&
                       is_kind(reader, PREVIOUS, TOKEN_WORD) &&
                       last_byte(text_at(reader, PREVIOUS)) == '_';
    if (!is_glued_to_name && is_symbol(reader, CURRENT, "%") &&
        follows_operand(reader))
        return false;
    has_end = is_adjacent_symbol(reader, SECOND, "%");
    found_sign(reader, has_end ? SECOND : NEXT, placeholder);
    if (is_glued_to_name) {
        placeholder->length +=
            placeholder->offset - reader->tokens[PREVIOUS].offset;
        placeholder->offset = reader->tokens[PREVIOUS].offset;
    }
    return true;
}

/* @name@, and @name where no operator can stand between two operands. */
static bool read_at_sign(const struct placeholder_reader *reader,
                         struct placeholder *placeholder)
{
    bool has_end;

    if (!is_kind(reader, CURRENT, TOKEN_OPERATOR) ||
        last_byte(text_at(reader, CURRENT)) != '@' ||
        !is_adjacent_word(reader, NEXT))
        return false;
    has_end = is_kind(reader, SECOND, TOKEN_OPERATOR) &&
              is_adjacent(reader, SECOND) &&
              text_at(reader, SECOND).start[0] == '@';
    if (!has_end && is_symbol(reader, CURRENT, "@") && follows_operand(reader))
        return false;
    found_sign(reader, NEXT, placeholder);
    placeholder->length += has_end;
    return true;
}

/* <name>, as manuals write it. */
static bool read_angle(const struct placeholder_reader *reader,
                       struct placeholder *placeholder)
{
    return is_kind(reader, CURRENT, TOKEN_OPERATOR) &&
           is_symbol(reader, CURRENT, "<") && !follows_operand(reader) &&
           is_adjacent_word(reader, NEXT) &&
           is_adjacent_symbol(reader, SECOND, ">") &&
           found(reader, CURRENT, SECOND, PLACEHOLDER_TEXT, placeholder);
}

/* $1:name, $1~: pg-promise's. */
static bool read_parameter(const struct placeholder_reader *reader,
                           struct placeholder *placeholder)
{
    if (!is_kind(reader, CURRENT, TOKEN_PARAMETER))
        return false;
    if (is_adjacent_symbol(reader, NEXT, ":") &&
        is_adjacent_word(reader, SECOND))
        return found(reader, CURRENT, SECOND, PLACEHOLDER_VALUE, placeholder);
    return (is_adjacent_symbol(reader, NEXT, "~") ||
            is_adjacent_symbol(reader, NEXT, "^")) &&
           found(reader, CURRENT, NEXT, PLACEHOLDER_VALUE, placeholder);
}

/* __NAME__ */
static bool read_underscored(const struct placeholder_reader *reader,
                             struct placeholder *placeholder)
{
    struct slice text = text_at(reader, CURRENT);

    return is_kind(reader, CURRENT, TOKEN_WORD) && text.length > 4 &&
           slice_has_prefix(text, SLICE("__")) &&
           slice_has_suffix(text, SLICE("__")) &&
           found(reader, CURRENT, CURRENT, PLACEHOLDER_TEXT, placeholder);
}

static bool read_current(struct placeholder_reader *reader,
                         struct placeholder *placeholder)
{
    return read_template(reader, placeholder) ||
           read_quoted(reader, placeholder) ||
           read_dollar(reader, placeholder) ||
           read_dollar_percent(reader, placeholder) ||
           read_dollar_pair(reader, placeholder) ||
           read_colon(reader, placeholder) ||
           read_question_mark(reader, placeholder) ||
           read_percent(reader, placeholder) ||
           read_at_sign(reader, placeholder) ||
           read_angle(reader, placeholder) ||
           read_parameter(reader, placeholder) ||
           read_underscored(reader, placeholder);
}

/* What the window says about where the placeholder stands. */
static enum placeholder_context context_of(
    const struct placeholder_reader *reader,
    const struct placeholder *placeholder)
{
    struct slice text = reader->lexer.text;
    size_t end = placeholder->offset + placeholder->length;
    bool has_dot =
        (end < text.length && text.start[end] == '.') ||
        (placeholder->offset > 0 && text.start[placeholder->offset - 1] == '.');
    char first = text.start[placeholder->offset];

    if (has_dot || precedes_name(reader) || scan_byte_class(first) == BYTE_WORD)
        return PLACEHOLDER_BEFORE_NAME;
    /* The sign of an operator stands between. */
    if (placeholder->offset > reader->tokens[CURRENT].offset)
        return PLACEHOLDER_BEFORE_VALUE;
    return follows_operand(reader) ? PLACEHOLDER_AFTER_OPERAND
                                   : PLACEHOLDER_BEFORE_VALUE;
}

static void move_window(struct placeholder_reader *reader)
{
    memmove(reader->tokens, reader->tokens + 1,
            (WINDOW_SIZE - 1) * sizeof *reader->tokens);
    reader->tokens[FOURTH] = lexer_next_significant(&reader->lexer);
}

static void fill_window(struct placeholder_reader *reader, size_t offset)
{
    reader->lexer.offset = offset;
    for (int i = CURRENT; i < WINDOW_SIZE; i++)
        reader->tokens[i] = lexer_next_significant(&reader->lexer);
}

struct placeholder_reader placeholder_reader_of(struct slice text)
{
    struct placeholder_reader reader = {.lexer = lexer_of(text),
                                        .pairs_left = PAIRS_MAX};

    fill_window(&reader, 0);
    return reader;
}

/* Goes on behind a placeholder, which then is the token before. */
static void pass(struct placeholder_reader *reader,
                 const struct placeholder *placeholder)
{
    size_t end = placeholder->offset + placeholder->length;

    reader->tokens[FORMER] = reader->tokens[PREVIOUS];
    reader->tokens[PREVIOUS] = (struct token){.kind = TOKEN_TEMPLATE,
                                              .offset = placeholder->offset,
                                              .length = placeholder->length};
    fill_window(reader, end);
}

bool placeholder_next(struct placeholder_reader *reader,
                      struct placeholder *placeholder)
{
    while (reader->tokens[CURRENT].kind != TOKEN_END) {
        if (read_current(reader, placeholder)) {
            placeholder->context = context_of(reader, placeholder);
            pass(reader, placeholder);
            return true;
        }
        move_window(reader);
    }
    return false;
}

/* `@name` may be an operator with its operand: what is wrong may be
 * elsewhere. */
static bool is_certain(struct slice text, const struct placeholder *placeholder)
{
    size_t last = placeholder->offset + placeholder->length - 1;

    return text.start[placeholder->offset] != '@' || text.start[last] == '@';
}

bool placeholder_explains(struct slice text, const struct statement *statement)
{
    struct slice own = statement_text(text, statement);
    struct placeholder_reader reader = placeholder_reader_of(own);
    struct placeholder placeholder;

    while (placeholder_next(&reader, &placeholder)) {
        if (statement->offset + placeholder.offset > statement->error_offset)
            return false;
        if (is_certain(own, &placeholder))
            return true;
    }
    return false;
}
