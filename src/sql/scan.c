/*
 * Where the pieces of SQL end, for the lexer and the splitter above. Follows
 * scan.l rule by rule, but without its failures: junk is passed over.
 */
#include "sql/scan.h"

#include "sql/template.h"

#include <string.h>

#define W BYTE_WORD
#define WORDS_8 W, W, W, W, W, W, W, W
#define WORDS_32 WORDS_8, WORDS_8, WORDS_8, WORDS_8

/* clang-format off */
const uint8_t scan_byte_classes[256] = {
    ['\t'] = BYTE_SPACE, ['\n'] = BYTE_SPACE, ['\v'] = BYTE_SPACE,
    ['\f'] = BYTE_SPACE, ['\r'] = BYTE_SPACE, [' '] = BYTE_SPACE,
    ['A'] = WORDS_8, WORDS_8, WORDS_8, W, W,
    ['a'] = WORDS_8, WORDS_8, WORDS_8, W, W,
    ['_'] = W,
    [128] = WORDS_32, WORDS_32, WORDS_32, WORDS_32,
    ['0'] = BYTE_DIGIT, ['1'] = BYTE_DIGIT, ['2'] = BYTE_DIGIT,
    ['3'] = BYTE_DIGIT, ['4'] = BYTE_DIGIT, ['5'] = BYTE_DIGIT,
    ['6'] = BYTE_DIGIT, ['7'] = BYTE_DIGIT, ['8'] = BYTE_DIGIT,
    ['9'] = BYTE_DIGIT,
    ['~'] = BYTE_OPERATOR, ['!'] = BYTE_OPERATOR, ['@'] = BYTE_OPERATOR,
    ['#'] = BYTE_OPERATOR, ['^'] = BYTE_OPERATOR, ['&'] = BYTE_OPERATOR,
    ['|'] = BYTE_OPERATOR, ['`'] = BYTE_OPERATOR, ['?'] = BYTE_OPERATOR,
    ['+'] = BYTE_OPERATOR, ['-'] = BYTE_OPERATOR, ['*'] = BYTE_OPERATOR,
    ['/'] = BYTE_OPERATOR, ['%'] = BYTE_OPERATOR, ['<'] = BYTE_OPERATOR,
    ['>'] = BYTE_OPERATOR, ['='] = BYTE_OPERATOR,
    ['\''] = BYTE_QUOTE, ['"'] = BYTE_DOUBLE_QUOTE, ['$'] = BYTE_DOLLAR,
    ['('] = BYTE_OPEN, [')'] = BYTE_CLOSE,
    ['['] = BYTE_PUNCTUATION, [']'] = BYTE_PUNCTUATION,
    [','] = BYTE_PUNCTUATION, ['.'] = BYTE_PUNCTUATION,
    [':'] = BYTE_PUNCTUATION,
    [';'] = BYTE_SEMICOLON, ['\\'] = BYTE_BACKSLASH,
};
/* clang-format on */

/* Shorter runs cost nothing worth counting. */
#define RUN_LENGTH_MIN 64

void scan_cost_add(struct scan_cost *cost, const char *at, const char *end)
{
    if (!cost->run_end || at >= cost->run_end) {
        cost->run_end = at;
        while (cost->run_end < end &&
               scan_byte_class(*cost->run_end) == BYTE_OPERATOR)
            cost->run_end++;
    }
    if (cost->run_end - at > RUN_LENGTH_MIN)
        cost->bytes += (uint64_t)(cost->run_end - at);
}

/* The closing quote; null if there is none. */
static const char *find_quote(const char *at, const char *end, bool has_escapes)
{
    if (!has_escapes)
        return memchr(at, '\'', (size_t)(end - at));
    for (; at < end; at++) {
        if (*at == '\'')
            return at;
        if (*at == '\\' && end - at >= 2)
            at++;
    }
    return NULL;
}

/*
 * After a closing quote: the quote that continues the string after white space
 * with a line end in it, comments allowed; null if none does.
 */
static const char *find_continuation(const char *at, const char *end)
{
    bool has_newline = false;

    for (; at < end; at++) {
        if (*at == '\n' || *at == '\r') {
            has_newline = true;
        } else if (scan_is_pair(at, end, '-', '-')) {
            at = scan_line_comment(at, end) - 1;
        } else if (scan_byte_class(*at) != BYTE_SPACE) {
            return has_newline && *at == '\'' ? at : NULL;
        }
    }
    return NULL;
}

const char *scan_string(const char *at, const char *end, bool has_escapes)
{
    const char *start = at;

    for (;;) {
        const char *next;

        at = find_quote(at + 1, end, has_escapes);
        if (!at)
            return NULL;
        at++;
        if (at < end && *at == '\'')
            continue;
        /* No word follows a string at once. */
        if (at < end && scan_byte_class(*at) == BYTE_WORD) {
            next = template_end_in_string(start, at - 1, end);
            if (next) {
                at = next - 1;
                continue;
            }
        }
        next = find_continuation(at, end);
        if (!next)
            return at;
        at = next;
    }
}

const char *scan_quoted_identifier(const char *at, const char *end)
{
    const char *start = at++;

    while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
        const char *next = NULL;

        if (scan_is_pair(at, end, '"', '"')) {
            at += 2;
            continue;
        }
        /* Hardly a word follows a name at once. */
        if (at + 1 < end && scan_byte_class(at[1]) == BYTE_WORD)
            next = template_end_in_string(start, at, end);
        if (!next)
            return at + 1;
        at = next;
    }
    return NULL;
}

size_t scan_dollar_delimiter(const char *at, const char *end)
{
    const char *tag = at + 1;

    if (tag < end && scan_byte_class(*tag) == BYTE_WORD) {
        while (tag < end && (scan_byte_class(*tag) == BYTE_WORD ||
                             scan_byte_class(*tag) == BYTE_DIGIT))
            tag++;
    }
    return tag < end && *tag == '$' ? (size_t)(tag + 1 - at) : 0;
}

const char *scan_dollar_string(const char *at, const char *end,
                               size_t delimiter_length)
{
    const char *delimiter = at;

    at += delimiter_length;
    while ((size_t)(end - at) >= delimiter_length) {
        at = memchr(at, '$', (size_t)(end - at) - delimiter_length + 1);
        if (!at)
            return NULL;
        if (memcmp(at, delimiter, delimiter_length) == 0)
            return at + delimiter_length;
        at++;
    }
    return NULL;
}

/* Bytes that are searched at once for the end of a line: a text with \r alone
 * must not be searched to its end for \n at each of its comments. */
#define LINE_WINDOW 256

const char *scan_line_comment(const char *at, const char *end)
{
    while (at < end) {
        size_t left = (size_t)(end - at);
        size_t size = left < LINE_WINDOW ? left : LINE_WINDOW;
        const char *feed = memchr(at, '\n', size);
        const char *stop = feed ? feed : at + size;
        const char *carriage_return = memchr(at, '\r', (size_t)(stop - at));

        if (carriage_return)
            return carriage_return;
        if (feed)
            return feed;
        at = stop;
    }
    return at;
}

const char *scan_block_comment(const char *at, const char *end,
                               struct scan_cost *cost)
{
    size_t depth = 0;

    while (at < end) {
        if (scan_is_pair(at, end, '/', '*')) {
            if (cost)
                scan_cost_add(cost, at, end);
            depth++;
            at += 2;
        } else if (scan_is_pair(at, end, '*', '/')) {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            at++;
        }
    }
    return NULL;
}

/* With one of these in it, an operator may end in + or -. */
static bool allows_trailing_sign(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (memchr("~!@#^&|`?%", *at, 10))
            return true;
    }
    return false;
}

const char *scan_operator(const char *at, const char *end)
{
    const char *last = at + 1;

    if (end - at > SCAN_OPERATOR_MAX)
        end = at + SCAN_OPERATOR_MAX;
    while (last < end && scan_byte_class(*last) == BYTE_OPERATOR &&
           !scan_is_pair(last, end, '-', '-') &&
           !scan_is_pair(last, end, '/', '*'))
        last++;
    if (last - at > 1 && (last[-1] == '+' || last[-1] == '-') &&
        !allows_trailing_sign(at, last - 1)) {
        while (last - at > 1 && (last[-1] == '+' || last[-1] == '-'))
            last--;
    }
    return last;
}

/* Digits, with single underscores between them. */
static const char *scan_digits(const char *at, const char *end)
{
    while (at < end && (scan_byte_class(*at) == BYTE_DIGIT ||
                        (*at == '_' && end - at >= 2 &&
                         scan_byte_class(at[1]) == BYTE_DIGIT)))
        at++;
    return at;
}

static const char *scan_exponent(const char *at, const char *end)
{
    const char *digits = at + 1;

    if (at == end || (*at != 'e' && *at != 'E'))
        return at;
    if (digits < end && (*digits == '+' || *digits == '-'))
        digits++;
    if (digits == end || scan_byte_class(*digits) != BYTE_DIGIT)
        return at;
    return scan_digits(digits, end);
}

const char *scan_number(const char *at, const char *end)
{
    /* 0x1F, 0o17, 0b11 are read like junk: to the end of the word. */
    if (*at == '0' && end - at >= 2 && memchr("xXoObB", at[1], 6))
        return scan_word(at, end);
    at = scan_digits(at, end);
    /* 1..2 is a range in a PL/pgSQL loop. */
    if (at < end && *at == '.' && !scan_is_pair(at, end, '.', '.'))
        at = scan_digits(at + 1, end);
    at = scan_exponent(at, end);
    if (at < end && scan_byte_class(*at) == BYTE_WORD)
        at = scan_word(at, end);
    return at;
}
