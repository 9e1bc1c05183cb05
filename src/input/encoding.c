/*
 * Text or not text. Nearly all of every file is ASCII, so that is passed over
 * eight bytes at a time; the rest is checked against the table of well-formed
 * byte sequences (Unicode, chapter 3.9, table 3-7). Called by source.c when a
 * file has been read.
 */
#include "input/encoding.h"

#include <stdint.h>
#include <string.h>

/* Enough text to see what every other byte is, in units of UTF-16. */
#define SAMPLE_UNITS 256

/* "a;" is the shortest file that is taken for UTF-16 without a mark. */
#define SAMPLE_UNITS_MIN 2

#define REPLACEMENT_CHARACTER 0xFFFD

static enum encoding guess(struct slice bytes)
{
    size_t units = bytes.length / 2, zeros[2] = {0, 0};

    if (units > SAMPLE_UNITS)
        units = SAMPLE_UNITS;
    if (units < SAMPLE_UNITS_MIN || !memchr(bytes.start, '\0', units * 2))
        return ENCODING_UTF8;
    for (size_t i = 0; i < units * 2; i++)
        zeros[i % 2] += bytes.start[i] == '\0';
    /* SQL is mostly ASCII even where its comments and strings are not. */
    if (zeros[0] == 0 && zeros[1] * 4 >= units * 3)
        return ENCODING_UTF16_LITTLE_ENDIAN;
    if (zeros[1] == 0 && zeros[0] * 4 >= units * 3)
        return ENCODING_UTF16_BIG_ENDIAN;
    return ENCODING_UTF8;
}

enum encoding encoding_of(struct slice bytes, size_t *mark_size)
{
    *mark_size = 0;
    if (slice_has_prefix(bytes, SLICE("\xEF\xBB\xBF"))) {
        *mark_size = 3;
        return ENCODING_UTF8;
    }
    if (slice_has_prefix(bytes, SLICE("\xFF\xFE"))) {
        *mark_size = 2;
        return ENCODING_UTF16_LITTLE_ENDIAN;
    }
    if (slice_has_prefix(bytes, SLICE("\xFE\xFF"))) {
        *mark_size = 2;
        return ENCODING_UTF16_BIG_ENDIAN;
    }
    return guess(bytes);
}

static char *put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

static uint32_t unit_at(struct slice bytes, size_t at, enum encoding encoding)
{
    unsigned char first = (unsigned char)bytes.start[at];
    unsigned char second = (unsigned char)bytes.start[at + 1];

    if (encoding == ENCODING_UTF16_BIG_ENDIAN)
        return (uint32_t)first << 8 | second;
    return (uint32_t)second << 8 | first;
}

/* The code point whose first unit stands at *at; moves *at behind it. */
static uint32_t take_code(struct slice bytes, size_t *at,
                          enum encoding encoding)
{
    uint32_t unit, low;

    if (*at + 1 == bytes.length) {
        *at = bytes.length;
        return REPLACEMENT_CHARACTER;
    }
    unit = unit_at(bytes, *at, encoding);
    *at += 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit > 0xDBFF || *at + 1 >= bytes.length)
        return REPLACEMENT_CHARACTER;
    low = unit_at(bytes, *at, encoding);
    if (low < 0xDC00 || low > 0xDFFF)
        return REPLACEMENT_CHARACTER;
    *at += 2;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

struct slice encoding_from_utf16(struct arena *arena, struct slice bytes,
                                 enum encoding encoding)
{
    /* A unit is at most three bytes of UTF-8, a pair of them four. */
    char *text = arena_alloc(arena, (bytes.length + 1) / 2 * 3 + 1);
    char *to = text;

    for (size_t at = 0; at < bytes.length;)
        to = put_utf8(to, take_code(bytes, &at, encoding));
    *to = '\0';
    return (struct slice){text, (size_t)(to - text)};
}

/* Has high bits if one of the eight bytes here is zero or above 127. */
static inline uint64_t marks_at(const char *start)
{
    uint64_t word;

    memcpy(&word, start, sizeof word);
    /* Without high bits, a borrow reaches one only from a zero byte. */
    return word | (word - UINT64_C(0x0101010101010101));
}

/* The bytes from here on that are ASCII and not zero. */
static size_t count_plain(const char *start, size_t length)
{
    const uint64_t highs = UINT64_C(0x8080808080808080);
    size_t at = 0;

    /* Thirty-two at once, since this is where files of 50 MB pass. */
    for (; length - at >= 32; at += 32) {
        const char *from = start + at;

        if ((marks_at(from) | marks_at(from + 8) | marks_at(from + 16) |
             marks_at(from + 24)) &
            highs)
            break;
    }
    while (at < length && start[at] > 0 && (start[at] & 0x80) == 0)
        at++;
    return at;
}

static bool is_between(unsigned char byte, int low, int high)
{
    return byte >= low && byte <= high;
}

/* The size of the well-formed sequence that begins with this byte above 127;
 * 0 if there is none. */
static size_t sequence_size(const unsigned char *bytes, size_t length)
{
    size_t size;
    int low = 0x80, high = 0xBF; /* what the second byte may be */

    if (is_between(bytes[0], 0xC2, 0xDF)) {
        size = 2;
    } else if (is_between(bytes[0], 0xE0, 0xEF)) {
        size = 3;
        if (bytes[0] == 0xE0)
            low = 0xA0;
        else if (bytes[0] == 0xED)
            high = 0x9F;
    } else if (is_between(bytes[0], 0xF0, 0xF4)) {
        size = 4;
        if (bytes[0] == 0xF0)
            low = 0x90;
        else if (bytes[0] == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    if (size > length || !is_between(bytes[1], low, high))
        return 0;
    for (size_t i = 2; i < size; i++) {
        if (!is_between(bytes[i], 0x80, 0xBF))
            return 0;
    }
    return size;
}

static void add_defect(struct arena *arena, struct source_defect_array *defects,
                       enum source_defect_kind kind, size_t offset)
{
    struct source_defect *last = NULL;

    if (defects->count)
        last = &defects->items[defects->count - 1];
    if (last && last->kind == kind && last->offset + last->length == offset) {
        last->length++;
        return;
    }
    *array_push(arena, defects) =
        (struct source_defect){.kind = kind, .offset = offset, .length = 1};
}

void encoding_find_defects(struct arena *arena, struct slice text,
                           struct source_defect_array *defects, bool *is_ascii)
{
    const unsigned char *bytes = (const unsigned char *)text.start;
    size_t at = 0;

    *is_ascii = true;
    for (;;) {
        size_t size;

        if (at < text.length)
            at += count_plain(text.start + at, text.length - at);
        if (at >= text.length)
            return;
        if (bytes[at] == '\0') {
            add_defect(arena, defects, SOURCE_NUL_BYTE, at++);
            continue;
        }
        *is_ascii = false;
        size = sequence_size(bytes + at, text.length - at);
        if (size == 0)
            add_defect(arena, defects, SOURCE_INVALID_UTF8, at++);
        else
            at += size;
    }
}
