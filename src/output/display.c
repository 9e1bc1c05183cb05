/*
 * What strangers' bytes look like: decoding UTF-8 without trusting it, telling
 * the characters that a terminal must not get, and how wide the others are.
 * Used by all reports, and by main.c for error messages.
 */
#include "output/display.h"

#include <stdint.h>

struct range {
    uint32_t first;
    uint32_t last;
};

/* Unicode's wide and fullwidth characters (East Asian Width W and F), small
 * gaps of unassigned or narrow ones included. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},
    {0x2705, 0x2705},   {0x270a, 0x270b},   {0x274c, 0x274c},
    {0x2753, 0x2755},   {0x2795, 0x2797},   {0x2b1b, 0x2b1c},
    {0x2e80, 0x303e},   {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},
    {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},   {0xff01, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18d08}, {0x1aff0, 0x1b2fb},
    {0x1f18e, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1faff},
    {0x20000, 0x3fffd},
};

/* Marks that stand over or under the character before them. */
static const struct range combining[] = {
    {0x0300, 0x036f},   {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
    {0x064b, 0x065f},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200c, 0x200d},
    {0x20d0, 0x20ff},   {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff},
    {0xe0100, 0xe01ef},
};

/* Control characters (C0, DEL, C1), those that set the direction of writing,
 * and invisible ones: what makes a reader see another text than the server. */
static const struct range dangerous[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x061c, 0x061c},
    {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

static bool is_in(uint32_t c, const struct range *ranges, size_t count)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (c > ranges[middle].last)
            low = middle + 1;
        else if (c < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

#define IS_IN(c, ranges) is_in((c), (ranges), sizeof(ranges) / sizeof *(ranges))

/*
 * The code point that the text begins with and its size; size 0 if its first
 * byte begins none: overlong forms, surrogates and what is above U+10FFFF are
 * no UTF-8.
 */
static uint32_t decode(struct slice text, size_t *size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text.start[0];
    size_t length = first < 0x80   ? 1
                    : first < 0xc2 ? 0
                    : first < 0xe0 ? 2
                    : first < 0xf0 ? 3
                    : first < 0xf5 ? 4
                                   : 0;
    uint32_t c;

    *size = 0;
    if (length == 0 || length > text.length)
        return 0;
    c = length == 1 ? first : first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text.start[i];

        if ((byte & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (byte & 0x3f);
    }
    if (c < least[length] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
        return 0;
    *size = length;
    return c;
}

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7f;
}

struct display_character display_next(struct slice text)
{
    struct display_character character = {.size = 1, .columns = 1};
    uint32_t c;

    if (is_plain(text.start[0]))
        return character;
    c = decode(text, &character.size);
    if (character.size == 0) {
        character.size = 1;
        character.is_replaced = character.is_invalid = true;
    } else if (IS_IN(c, dangerous)) {
        character.is_replaced = true;
    } else if (IS_IN(c, wide)) {
        character.columns = 2;
    } else if (IS_IN(c, combining)) {
        character.columns = 0;
    }
    return character;
}

void display_add(struct buffer *buffer, struct slice text)
{
    while (text.length) {
        struct display_character character;
        size_t plain = 0;

        while (plain < text.length && is_plain(text.start[plain]))
            plain++;
        buffer_add(buffer, slice_part(text, 0, plain));
        text = slice_part(text, plain, text.length);
        if (!text.length)
            break;
        character = display_next(text);
        if (character.is_replaced)
            buffer_add_text(buffer, DISPLAY_REPLACEMENT);
        else
            buffer_add(buffer, slice_part(text, 0, character.size));
        text = slice_part(text, character.size, text.length);
    }
}

static bool is_valid(struct slice text)
{
    while (text.length) {
        size_t size;

        decode(text, &size);
        if (size == 0)
            return false;
        text = slice_part(text, size, text.length);
    }
    return true;
}

const char *display_valid_utf8(struct arena *arena, const char *text)
{
    struct slice rest = slice_from(text);
    struct buffer valid;

    if (is_valid(rest))
        return text;
    buffer_init(&valid, arena);
    while (rest.length) {
        struct display_character character = display_next(rest);

        if (character.is_invalid)
            buffer_add_text(&valid, DISPLAY_REPLACEMENT);
        else
            buffer_add(&valid, slice_part(rest, 0, character.size));
        rest = slice_part(rest, character.size, rest.length);
    }
    return buffer_text(&valid);
}
