/*
 * What identifier a token names, as the server reads it: the other half of
 * lexer.h. Decodes into a small buffer, since a name has at most 63 bytes.
 */
#include "sql/lexer.h"

#include <stdint.h>
#include <string.h>

/* NAMEDATALEN - 1. */
#define NAME_SIZE_MAX 63
/* What is decoded: enough to know where the 63 bytes end. */
#define DECODED_SIZE_MAX (NAME_SIZE_MAX + 1)

struct decoded {
    char bytes[DECODED_SIZE_MAX];
    size_t length; /* further bytes are dropped */
};

static void add_byte(struct decoded *decoded, char byte)
{
    if (decoded->length < DECODED_SIZE_MAX)
        decoded->bytes[decoded->length++] = byte;
}

static void add_code_point(struct decoded *decoded, uint32_t code)
{
    if (code < 0x80) {
        add_byte(decoded, (char)code);
        return;
    }
    if (code < 0x800) {
        add_byte(decoded, (char)(0xC0 | code >> 6));
    } else if (code < 0x10000) {
        add_byte(decoded, (char)(0xE0 | code >> 12));
        add_byte(decoded, (char)(0x80 | (code >> 6 & 0x3F)));
    } else {
        add_byte(decoded, (char)(0xF0 | code >> 18));
        add_byte(decoded, (char)(0x80 | (code >> 12 & 0x3F)));
        add_byte(decoded, (char)(0x80 | (code >> 6 & 0x3F)));
    }
    add_byte(decoded, (char)(0x80 | (code & 0x3F)));
}

/* As pg_utf_mblen(): by the first byte alone. */
static size_t character_size(char first)
{
    unsigned char byte = (unsigned char)first;

    if (byte < 0xC0)
        return 1;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF8 ? 4 : 1;
}

/* As truncate_identifier(): no character is cut in two. */
static void truncate(struct decoded *decoded)
{
    size_t length = 0;

    if (decoded->length <= NAME_SIZE_MAX)
        return;
    for (;;) {
        size_t size = character_size(decoded->bytes[length]);

        if (length + size > NAME_SIZE_MAX)
            break;
        length += size;
    }
    decoded->length = length;
}

static void decode_word(struct decoded *decoded, struct slice word)
{
    for (size_t i = 0; i < word.length; i++) {
        char c = word.start[i];

        add_byte(decoded, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
    }
}

/* inside: without the quotes. */
static void decode_quoted(struct decoded *decoded, struct slice inside)
{
    for (size_t i = 0; i < inside.length; i++) {
        add_byte(decoded, inside.start[i]);
        if (inside.start[i] == '"')
            i++;
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number in these hexadecimal digits; false if they are not all there. */
static bool read_hex(struct slice digits, size_t count, uint32_t *value)
{
    *value = 0;
    if (digits.length < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        int digit = hex_value(digits.start[i]);

        if (digit < 0)
            return false;
        *value = *value << 4 | (uint32_t)digit;
    }
    return true;
}

/* After an escape character: \\, \XXXX or \+XXXXXX. 0 if it is none of them,
 * else how many bytes it takes. */
static size_t read_escape(struct slice rest, char escape, uint32_t *code)
{
    if (rest.length > 0 && rest.start[0] == escape) {
        *code = (unsigned char)escape;
        return 1;
    }
    if (rest.length > 0 && rest.start[0] == '+')
        return read_hex(slice_part(rest, 1, rest.length), 6, code) ? 7 : 0;
    return read_hex(rest, 4, code) ? 4 : 0;
}

/* U&"..."; false if the server would refuse it. */
static bool decode_unicode(struct decoded *decoded, struct slice inside,
                           char escape)
{
    uint32_t high = 0; /* the first half of a surrogate pair */

    for (size_t i = 0; i < inside.length; i++) {
        uint32_t code;
        size_t size;

        if (inside.start[i] != escape) {
            if (high)
                return false;
            add_byte(decoded, inside.start[i]);
            if (inside.start[i] == '"')
                i++;
            continue;
        }
        size = read_escape(slice_part(inside, i + 1, inside.length), escape,
                           &code);
        if (size == 0 || code == 0 || code > 0x10FFFF)
            return false;
        i += size;
        if ((high != 0) != (code >= 0xDC00 && code <= 0xDFFF))
            return false;
        if (code >= 0xD800 && code <= 0xDBFF) {
            high = code;
            continue;
        }
        if (high)
            code = 0x10000 + ((high & 0x3FF) << 10 | (code & 0x3FF));
        high = 0;
        add_code_point(decoded, code);
    }
    return high == 0;
}

/* What UESCAPE after the token says, or the backslash. */
static char find_escape(struct slice text, struct token token)
{
    struct lexer lexer = {text, token.offset + token.length};
    struct token next = lexer_next_significant(&lexer);
    struct slice string;

    if (!token_is_word(text, next, "uescape"))
        return '\\';
    string = token_text(text, lexer_next_significant(&lexer));
    return string.length == 3 ? string.start[1] : '\\';
}

bool token_is_name(struct slice text, struct token token, const char *name)
{
    struct slice bytes = token_text(text, token);
    struct decoded decoded = {.length = 0};

    if (token.kind == TOKEN_WORD) {
        decode_word(&decoded, bytes);
    } else if (token.kind == TOKEN_TEMPLATE) {
        /* It is its own name: sql/fill.h. */
        for (size_t i = 0; i < bytes.length; i++)
            add_byte(&decoded, bytes.start[i]);
    } else if (token.kind != TOKEN_QUOTED_IDENTIFIER || token.unterminated) {
        return false;
    } else if (bytes.start[0] == '"') {
        decode_quoted(&decoded, slice_part(bytes, 1, bytes.length - 1));
    } else if (!decode_unicode(&decoded, slice_part(bytes, 3, bytes.length - 1),
                               find_escape(text, token))) {
        return false;
    }
    truncate(&decoded);
    return slice_equal((struct slice){decoded.bytes, decoded.length},
                       slice_from(name));
}
