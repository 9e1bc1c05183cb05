/*
 * Finds placeholders among the tokens of a statement that did not parse. No
 * brace and no lone `$` or `:` belongs to SQL, so these forms are certain. The
 * forms that an operator of PostgreSQL's resembles (`?`, `%s`, `@name@`) count
 * only where an operator cannot stand: where an operand is missing without
 * them. Rules that report syntax errors ask here first.
 */
#include "lint/placeholder.h"

#include "sql/lexer.h"

/* The token that is looked at, with its neighbours; comments are left out. */
enum { FORMER, PREVIOUS, CURRENT, NEXT, SECOND, THIRD, FOURTH, WINDOW_SIZE };

struct window {
    struct slice text; /* the statement's */
    struct token tokens[WINDOW_SIZE];
};

/* Words after which an operand or a name comes, so that an operator cannot be
 * binary there. */
static const char *const words_before_operand[] = {
    "ALL",    "ALTER", "AND",    "ANY",       "AS",     "ASC",      "BETWEEN",
    "BY",     "CASE",  "COLUMN", "DEFAULT",   "DELETE", "DISTINCT", "ELSE",
    "EXISTS", "FROM",  "HAVING", "ILIKE",     "IN",     "INDEX",    "INSERT",
    "INTO",   "IS",    "JOIN",   "LIKE",      "LIMIT",  "NOT",      "OFFSET",
    "ON",     "ONLY",  "OR",     "RETURNING", "SCHEMA", "SELECT",   "SET",
    "SOME",   "TABLE", "THEN",   "TO",        "UPDATE", "USING",    "VALUES",
    "VIEW",   "WHEN",  "WHERE",
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

static bool is_one_of(const struct window *window, int at,
                      const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (token_is_word(window->text, window->tokens[at], words[i]))
            return true;
    return false;
}

static struct slice text_at(const struct window *window, int at)
{
    return token_text(window->text, window->tokens[at]);
}

static bool is_kind(const struct window *window, int at, enum token_kind kind)
{
    return window->tokens[at].kind == kind;
}

static bool is_symbol(const struct window *window, int at, const char *symbol)
{
    return slice_equal(text_at(window, at), slice_from(symbol));
}

/* The token follows the one before it without a byte between. */
static bool is_adjacent(const struct window *window, int at)
{
    const struct token *before = &window->tokens[at - 1];

    return before->offset + before->length == window->tokens[at].offset &&
           before->kind != TOKEN_END && before->length != 0;
}

static bool is_adjacent_word(const struct window *window, int at)
{
    return is_kind(window, at, TOKEN_WORD) && is_adjacent(window, at);
}

static bool is_adjacent_symbol(const struct window *window, int at,
                               const char *symbol)
{
    return is_adjacent(window, at) && is_symbol(window, at, symbol);
}

static char last_byte(struct slice text)
{
    return text.length ? text.start[text.length - 1] : '\0';
}

/* What stands before the current token is a whole operand. */
static bool follows_operand(const struct window *window)
{
    switch (window->tokens[PREVIOUS].kind) {
    case TOKEN_QUOTED_IDENTIFIER:
    case TOKEN_STRING:
    case TOKEN_DOLLAR_STRING:
    case TOKEN_NUMBER:
    case TOKEN_PARAMETER: return true;
    case TOKEN_WORD:
        return !is_one_of(window, PREVIOUS, words_before_operand,
                          COUNT(words_before_operand));
    case TOKEN_PUNCTUATION:
        return is_symbol(window, PREVIOUS, ")") ||
               is_symbol(window, PREVIOUS, "]");
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
static bool precedes_no_operand(const struct window *window)
{
    switch (window->tokens[NEXT].kind) {
    case TOKEN_END: return true;
    case TOKEN_WORD:
        return is_one_of(window, NEXT, words_after_operand,
                         COUNT(words_after_operand));
    case TOKEN_PUNCTUATION: return !is_symbol(window, NEXT, "(");
    case TOKEN_QUOTED_IDENTIFIER:
    case TOKEN_STRING:
    case TOKEN_DOLLAR_STRING:
    case TOKEN_NUMBER:
    case TOKEN_PARAMETER:
    case TOKEN_OPERATOR:
    case TOKEN_LINE_COMMENT:
    case TOKEN_BLOCK_COMMENT:
    case TOKEN_BACKSLASH:
    case TOKEN_OTHER: return false;
    }
    return false;
}

/* ${a}, #{a}, {{ a }}, {% a %}, {a}, {0}, {}: but not `{1,2}`, which is an
 * array's text that lacks its quotes. */
static bool is_brace(const struct window *window)
{
    if (!is_kind(window, CURRENT, TOKEN_OTHER) ||
        !is_symbol(window, CURRENT, "{"))
        return false;
    if (is_adjacent(window, CURRENT) &&
        (is_symbol(window, PREVIOUS, "$") ||
         last_byte(text_at(window, PREVIOUS)) == '#'))
        return true;
    if (is_adjacent_symbol(window, NEXT, "{"))
        return true;
    if (is_kind(window, NEXT, TOKEN_OPERATOR) && is_adjacent(window, NEXT))
        return text_at(window, NEXT).start[0] == '%';
    /* DEFAULT {} is somebody's empty array. */
    if (is_adjacent_symbol(window, NEXT, "}"))
        return !token_is_word(window->text, window->tokens[PREVIOUS],
                              "DEFAULT");
    return (is_adjacent_word(window, NEXT) ||
            is_kind(window, NEXT, TOKEN_NUMBER)) &&
           is_adjacent_symbol(window, SECOND, "}");
}

/* $name; `$1` is a parameter and `$name$ ... $name$` a string. */
static bool is_dollar(const struct window *window)
{
    return is_kind(window, CURRENT, TOKEN_OTHER) &&
           is_symbol(window, CURRENT, "$") && is_adjacent_word(window, NEXT);
}

/* $schema$.users, public.$table$, FROM $table$: no string can stand there. */
static bool is_dollar_pair(const struct window *window)
{
    struct slice text = text_at(window, CURRENT);
    size_t tag_end;

    if (!is_kind(window, CURRENT, TOKEN_DOLLAR_STRING) || text.length < 3)
        return false;
    tag_end = slice_find(slice_part(text, 1, text.length), SLICE("$"));
    if (tag_end == SLICE_NOT_FOUND || tag_end == 0)
        return false;
    tag_end += 2;
    if (tag_end < text.length && text.start[tag_end] == '.')
        return true;
    if (is_symbol(window, PREVIOUS, ".") && is_adjacent(window, CURRENT))
        return true;
    return token_is_word(window->text, window->tokens[PREVIOUS], "FROM") ||
           token_is_word(window->text, window->tokens[PREVIOUS], "INTO") ||
           token_is_word(window->text, window->tokens[PREVIOUS], "JOIN") ||
           token_is_word(window->text, window->tokens[PREVIOUS], "TABLE") ||
           token_is_word(window->text, window->tokens[PREVIOUS], "UPDATE");
}

/* :name, :'name', :"name", :{?name}; `a[1:n]` and `a[:n]` are slices, and
 * `data:field` is another database's. */
static bool is_colon(const struct window *window)
{
    if (!is_symbol(window, CURRENT, ":") || !is_adjacent(window, NEXT))
        return false;
    if (is_kind(window, NEXT, TOKEN_WORD) && is_symbol(window, PREVIOUS, "["))
        return token_is_word(window->text, window->tokens[FORMER], "ARRAY");
    if (is_kind(window, NEXT, TOKEN_WORD))
        return !is_adjacent(window, CURRENT) || !follows_operand(window);
    return is_kind(window, NEXT, TOKEN_STRING) ||
           is_kind(window, NEXT, TOKEN_QUOTED_IDENTIFIER) ||
           is_symbol(window, NEXT, "{");
}

/* ? for a value; as an operator it has operands on both sides. `id=?` is one
 * operator to the lexer. */
static bool is_question_mark(const struct window *window)
{
    if (!is_kind(window, CURRENT, TOKEN_OPERATOR) ||
        last_byte(text_at(window, CURRENT)) != '?')
        return false;
    if (precedes_no_operand(window))
        return true;
    return is_symbol(window, CURRENT, "?") && !follows_operand(window);
}

/* %(name)s, %s, %I, %name%; `a % s` is a remainder. */
static bool is_percent(const struct window *window)
{
    bool is_glued_to_name;

    if (!is_kind(window, CURRENT, TOKEN_OPERATOR) ||
        last_byte(text_at(window, CURRENT)) != '%')
        return false;
    if (is_adjacent_symbol(window, NEXT, "(") &&
        is_adjacent_word(window, SECOND) &&
        is_adjacent_symbol(window, THIRD, ")") &&
        is_adjacent_word(window, FOURTH))
        return true;
    if (!is_adjacent_word(window, NEXT))
        return false;
    is_glued_to_name = is_adjacent(window, CURRENT) &&
                       is_kind(window, PREVIOUS, TOKEN_WORD) &&
                       last_byte(text_at(window, PREVIOUS)) == '_';
    return is_glued_to_name || !is_symbol(window, CURRENT, "%") ||
           !follows_operand(window);
}

/* @name@ */
static bool is_at_sign(const struct window *window)
{
    return is_kind(window, CURRENT, TOKEN_OPERATOR) &&
           last_byte(text_at(window, CURRENT)) == '@' &&
           is_adjacent_word(window, NEXT) &&
           is_kind(window, SECOND, TOKEN_OPERATOR) &&
           is_adjacent(window, SECOND) &&
           text_at(window, SECOND).start[0] == '@' && !follows_operand(window);
}

/* __NAME__ */
static bool is_underscored(const struct window *window)
{
    struct slice text = text_at(window, CURRENT);

    return is_kind(window, CURRENT, TOKEN_WORD) && text.length > 4 &&
           slice_has_prefix(text, SLICE("__")) &&
           slice_has_suffix(text, SLICE("__"));
}

static bool is_placeholder(const struct window *window)
{
    return is_brace(window) || is_dollar(window) || is_dollar_pair(window) ||
           is_colon(window) || is_question_mark(window) || is_percent(window) ||
           is_at_sign(window) || is_underscored(window);
}

/* Part of <% ... %>: pg_trgm has operators of these names, but not in pairs
 * around something. */
static bool contains(const struct window *window, const char *part)
{
    return is_kind(window, CURRENT, TOKEN_OPERATOR) &&
           slice_find(text_at(window, CURRENT), slice_from(part)) !=
               SLICE_NOT_FOUND;
}

bool placeholder_in(struct slice text, const struct statement *statement)
{
    struct window window = {.text = statement_text(text, statement)};
    struct lexer lexer = lexer_of(window.text);
    bool is_in_tag = false;

    for (int i = CURRENT; i < WINDOW_SIZE; i++)
        window.tokens[i] = lexer_next_significant(&lexer);
    while (window.tokens[CURRENT].kind != TOKEN_END) {
        if (is_placeholder(&window))
            return true;
        if (is_in_tag && contains(&window, "%>"))
            return true;
        if (contains(&window, "<%"))
            is_in_tag = true;
        for (int i = 0; i + 1 < WINDOW_SIZE; i++)
            window.tokens[i] = window.tokens[i + 1];
        window.tokens[FOURTH] = lexer_next_significant(&lexer);
    }
    return false;
}
