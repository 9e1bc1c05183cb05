/*
 * Text as start and length. Everything above libc's edge passes slices, so
 * that a statement, a name or a line is never copied to be looked at.
 */
#include "base/slice.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool slice_equal_ignoring_case(struct slice a, struct slice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++) {
        if (to_lower(a.start[i]) != to_lower(b.start[i]))
            return false;
    }
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.start, b.start, shorter) : 0;

    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

/* The run of digits that starts at *at, without leading zeros; moves *at. */
static struct slice take_number(struct slice slice, size_t *at)
{
    size_t from = *at, to;

    while (from < slice.length && slice.start[from] == '0')
        from++;
    for (to = from; to < slice.length && is_digit(slice.start[to]);)
        to++;
    *at = to;
    return slice_part(slice, from, to);
}

static size_t digits_at(struct slice slice, size_t from)
{
    size_t to = from;

    while (to < slice.length && is_digit(slice.start[to]))
        to++;
    return to - from;
}

/* Names of one folder mostly differ first within numbers of one width, or
 * outside of numbers. 0: that is not so here. */
static int compare_first_difference(struct slice a, struct slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length, at = 0;

    while (at < shorter && a.start[at] == b.start[at])
        at++;
    if (at == shorter || digits_at(a, at) != digits_at(b, at))
        return 0;
    return (unsigned char)a.start[at] < (unsigned char)b.start[at] ? -1 : 1;
}

int slice_compare_natural(struct slice a, struct slice b)
{
    size_t i = 0, j = 0;
    int first = compare_first_difference(a, b);

    if (first != 0)
        return first;
    while (i < a.length && j < b.length) {
        if (is_digit(a.start[i]) && is_digit(b.start[j])) {
            struct slice x = take_number(a, &i), y = take_number(b, &j);
            int order = (x.length > y.length) - (x.length < y.length);

            if (order == 0)
                order = slice_compare(x, y);
            if (order != 0)
                return order;
            continue;
        }
        if (a.start[i] != b.start[j])
            return (unsigned char)a.start[i] < (unsigned char)b.start[j] ? -1
                                                                         : 1;
        i++;
        j++;
    }
    return (int)(i < a.length) - (int)(j < b.length);
}

bool slice_has_prefix(struct slice slice, struct slice prefix)
{
    return slice_equal(slice_part(slice, 0, prefix.length), prefix);
}

bool slice_has_suffix(struct slice slice, struct slice suffix)
{
    if (slice.length < suffix.length)
        return false;
    return slice_equal(
        slice_part(slice, slice.length - suffix.length, slice.length), suffix);
}

size_t slice_find(struct slice slice, struct slice needle)
{
    const char *at = slice.start;

    if (needle.length == 0)
        return 0;
    while (slice.length - (size_t)(at - slice.start) >= needle.length) {
        size_t left = slice.length - (size_t)(at - slice.start);

        at = memchr(at, needle.start[0], left - needle.length + 1);
        if (!at)
            break;
        if (memcmp(at, needle.start, needle.length) == 0)
            return (size_t)(at - slice.start);
        at++;
    }
    return SLICE_NOT_FOUND;
}

struct slice slice_trim(struct slice slice)
{
    size_t from = 0, to = slice.length;

    while (from < to && is_space(slice.start[from]))
        from++;
    while (to > from && is_space(slice.start[to - 1]))
        to--;
    return slice_part(slice, from, to);
}
