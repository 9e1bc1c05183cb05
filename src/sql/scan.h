/*
 * The pieces of PostgreSQL's scanner that the lexer and the splitter share:
 * where a word, a literal, a comment ends. All take a position and the end of
 * the text, and return the position after the piece; none reads beyond the
 * end, none reads anything twice without bound.
 *
 * Facts: src/backend/parser/scan.l.
 */
#ifndef SQL_SCAN_H
#define SQL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum byte_class {
    BYTE_OTHER, /* control characters, { and } */
    BYTE_SPACE,
    BYTE_OPERATOR,
    BYTE_QUOTE,
    BYTE_DOUBLE_QUOTE,
    BYTE_OPEN,        /* ( */
    BYTE_CLOSE,       /* ) */
    BYTE_PUNCTUATION, /* [ ] , . : */
    BYTE_SEMICOLON,
    BYTE_BACKSLASH,

    /* From here on: what continues an identifier. */
    BYTE_WORD, /* starts one */
    BYTE_DIGIT,
    BYTE_DOLLAR,
};

extern const uint8_t scan_byte_classes[256];

static inline enum byte_class scan_byte_class(char c)
{
    return (enum byte_class)scan_byte_classes[(unsigned char)c];
}

/* The byte continues an identifier. */
static inline bool scan_is_word_byte(char c)
{
    return scan_byte_class(c) >= BYTE_WORD;
}

static inline const char *scan_word(const char *at, const char *end)
{
    while (at < end && scan_is_word_byte(*at))
        at++;
    return at;
}

static inline const char *scan_space(const char *at, const char *end)
{
    while (at < end && scan_byte_class(*at) == BYTE_SPACE)
        at++;
    return at;
}

/* The two bytes at this position. */
static inline bool scan_is_pair(const char *at, const char *end, char first,
                                char second)
{
    return end - at >= 2 && at[0] == first && at[1] == second;
}

/*
 * How many bytes PostgreSQL's scanner reads again and again: at every start of
 * an operator or nested comment it reads the whole run of operator characters
 * that follows.
 */
struct scan_cost {
    const char *run_end; /* of the run that was last measured; or null */
    uint64_t bytes;
};

/* Counts a start at this position. */
void scan_cost_add(struct scan_cost *cost, const char *at, const char *end);

/* From an opening quote to the end of a string that may be continued on
 * another line; null if it has no end. A template's tag in it may hold quotes
 * of its own: '{{ f('x') }}'. */
const char *scan_string(const char *at, const char *end, bool has_escapes);

/* From an opening double quote; null if it has no end. Likewise:
 * "{{ f("x") }}". */
const char *scan_quoted_identifier(const char *at, const char *end);

/*
 * From a dollar sign: the length of the delimiter that opens a dollar-quoted
 * string; 0 if none does.
 */
size_t scan_dollar_delimiter(const char *at, const char *end);

/* From a delimiter of that length; null if the string has no end. */
const char *scan_dollar_string(const char *at, const char *end,
                               size_t delimiter_length);

/* From "--" to the end of the line, which is left out. */
const char *scan_line_comment(const char *at, const char *end);

/* From the opening pair on; null if it has no end. cost may be null. */
const char *scan_block_comment(const char *at, const char *end,
                               struct scan_cost *cost);

/*
 * The operator at this position, cut before comments and without a trailing +
 * or - that does not belong to it. No operator is longer than this: a longer
 * run is cut, so that no text takes quadratic time.
 */
#define SCAN_OPERATOR_MAX 64
const char *scan_operator(const char *at, const char *end);

/*
 * The number that starts with this digit, or point and digit; with the junk
 * that the server refuses (123abc).
 */
const char *scan_number(const char *at, const char *end);

#endif
