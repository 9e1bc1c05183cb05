/*
 * The lexer: cuts a statement into tokens for those who look for words in it.
 * words.c stands on it, and whoever reads comments and directives. Where a
 * piece ends, scan.c says.
 */
#include "sql/lexer.h"

#include "sql/scan.h"
#include "sql/template.h"

#include <string.h>

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

struct lexer lexer_of(struct slice text)
{
    return (struct lexer){text, 0};
}

/* A token that ends at `last`, or at the end of the text if that is null. */
static struct token make_token(struct lexer *lexer, enum token_kind kind,
                               const char *last)
{
    struct token token = {.kind = kind, .offset = lexer->offset};

    if (!last) {
        token.unterminated = true;
        last = lexer->text.start + lexer->text.length;
    }
    lexer->offset = (size_t)(last - lexer->text.start);
    token.length = lexer->offset - token.offset;
    return token;
}

/* A word or number, unless a tag of a template goes on with it. */
static struct token make_plain(struct lexer *lexer, enum token_kind kind,
                               const char *at, const char *last)
{
    const char *end = lexer->text.start + lexer->text.length;
    const char *template_end = last < end && template_may_begin(*last)
                                   ? template_word_end(at, end)
                                   : NULL;

    if (template_end)
        return make_token(lexer, TOKEN_TEMPLATE, template_end);
    return make_token(lexer, kind, last);
}

/* The end of the template that begins at this sign; null if none does. */
static const char *find_template(const char *at, const char *end)
{
    const char *last = template_tag_end(at, end);
    const char *word_end;

    if (!last)
        return NULL;
    word_end = template_word_end(at, end);
    return word_end ? word_end : last;
}

/* A word, or the literal that it is the prefix of: E'', U&"". */
static struct token lex_word(struct lexer *lexer, const char *at,
                             const char *end)
{
    if (end - at >= 2 && at[1] == '\'' && memchr("eEbBxXnN", *at, 8))
        return make_token(lexer, TOKEN_STRING,
                          scan_string(at + 1, end, *at == 'e' || *at == 'E'));
    if (end - at >= 3 && (*at == 'u' || *at == 'U') && at[1] == '&') {
        if (at[2] == '\'')
            return make_token(lexer, TOKEN_STRING,
                              scan_string(at + 2, end, false));
        if (at[2] == '"')
            return make_token(lexer, TOKEN_QUOTED_IDENTIFIER,
                              scan_quoted_identifier(at + 2, end));
    }
    return make_plain(lexer, TOKEN_WORD, at, scan_word(at, end));
}

static struct token lex_dollar(struct lexer *lexer, const char *at,
                               const char *end)
{
    size_t delimiter_length = scan_dollar_delimiter(at, end);
    const char *digits = at + 1;
    const char *template_end = find_template(at, end);

    if (template_end)
        return make_token(lexer, TOKEN_TEMPLATE, template_end);
    if (delimiter_length > 0)
        return make_token(lexer, TOKEN_DOLLAR_STRING,
                          scan_dollar_string(at, end, delimiter_length));
    while (digits < end && scan_byte_class(*digits) == BYTE_DIGIT)
        digits++;
    return make_token(lexer, digits > at + 1 ? TOKEN_PARAMETER : TOKEN_OTHER,
                      digits);
}

static struct token lex_operator(struct lexer *lexer, const char *at,
                                 const char *end)
{
    const char *last;

    if (scan_is_pair(at, end, '-', '-'))
        return make_token(lexer, TOKEN_LINE_COMMENT,
                          scan_line_comment(at, end));
    if (scan_is_pair(at, end, '/', '*'))
        return make_token(lexer, TOKEN_BLOCK_COMMENT,
                          scan_block_comment(at, end, NULL));
    last = scan_operator(at, end);
    for (const char *sign = at; sign < last; sign++) {
        const char *template_end =
            template_may_begin(*sign) ? find_template(sign, end) : NULL;

        if (template_end && sign == at)
            return make_token(lexer, TOKEN_TEMPLATE, template_end);
        if (template_end)
            last = sign;
    }
    return make_token(lexer, TOKEN_OPERATOR, last);
}

static struct token lex_punctuation(struct lexer *lexer, const char *at,
                                    const char *end)
{
    if (*at == '.' && end - at >= 2 && scan_byte_class(at[1]) == BYTE_DIGIT)
        return make_token(lexer, TOKEN_NUMBER, scan_number(at, end));
    if (scan_is_pair(at, end, ':', ':') || scan_is_pair(at, end, ':', '=') ||
        scan_is_pair(at, end, '.', '.'))
        return make_token(lexer, TOKEN_PUNCTUATION, at + 2);
    return make_token(lexer, TOKEN_PUNCTUATION, at + 1);
}

static struct token lex_other(struct lexer *lexer, const char *at,
                              const char *end)
{
    const char *template_end = find_template(at, end);

    if (template_end)
        return make_token(lexer, TOKEN_TEMPLATE, template_end);
    return make_token(lexer, TOKEN_OTHER, at + 1);
}

struct token lexer_next(struct lexer *lexer)
{
    struct slice rest =
        slice_part(lexer->text, lexer->offset, lexer->text.length);
    const char *end = rest.start + rest.length;
    const char *at = scan_space(rest.start, end);

    lexer->offset = lexer->text.length - (size_t)(end - at);
    if (at == end)
        return (struct token){.kind = TOKEN_END, .offset = lexer->offset};

    switch (scan_byte_class(*at)) {
    case BYTE_WORD: return lex_word(lexer, at, end);
    case BYTE_DIGIT:
        return make_plain(lexer, TOKEN_NUMBER, at, scan_number(at, end));
    case BYTE_OPERATOR: return lex_operator(lexer, at, end);
    case BYTE_QUOTE:
        return make_token(lexer, TOKEN_STRING, scan_string(at, end, false));
    case BYTE_DOUBLE_QUOTE:
        return make_token(lexer, TOKEN_QUOTED_IDENTIFIER,
                          scan_quoted_identifier(at, end));
    case BYTE_DOLLAR: return lex_dollar(lexer, at, end);
    case BYTE_OPEN:
    case BYTE_CLOSE:
    case BYTE_SEMICOLON:
    case BYTE_PUNCTUATION: return lex_punctuation(lexer, at, end);
    case BYTE_BACKSLASH: return make_token(lexer, TOKEN_BACKSLASH, at + 1);
    case BYTE_OTHER: return lex_other(lexer, at, end);
    case BYTE_SPACE: break;
    }
    return make_token(lexer, TOKEN_OTHER, at + 1);
}

struct token lexer_next_significant(struct lexer *lexer)
{
    struct token token;

    do {
        token = lexer_next(lexer);
    } while (token.kind == TOKEN_LINE_COMMENT ||
             token.kind == TOKEN_BLOCK_COMMENT);
    return token;
}

struct slice lexer_trim_end(struct slice text)
{
    struct lexer lexer = lexer_of(text);
    struct token token;
    size_t end = 0;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        end = token.offset + token.length;
    return slice_part(text, 0, end);
}

struct slice token_text(struct slice text, struct token token)
{
    return slice_part(text, token.offset, token.offset + token.length);
}

/* Rules ask these two of nearly every token. */
bool token_is_word(struct slice text, struct token token, const char *word)
{
    const char *start = text.start + token.offset;

    if (token.kind != TOKEN_WORD)
        return false;
    for (size_t i = 0; i < token.length; i++) {
        if (to_lower(start[i]) != to_lower(word[i]))
            return false;
    }
    return word[token.length] == '\0';
}

bool token_is(struct slice text, struct token token, const char *symbol)
{
    const char *start = text.start + token.offset;

    if (token.kind != TOKEN_PUNCTUATION && token.kind != TOKEN_OPERATOR)
        return false;
    for (size_t i = 0; i < token.length; i++) {
        if (start[i] != symbol[i])
            return false;
    }
    return symbol[token.length] == '\0';
}
