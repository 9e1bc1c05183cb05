/*
 * A piece of text: where it starts and how long it is. Not zero-terminated,
 * not owned; it lives as long as the memory it points into.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *start; /* null only when length is 0 */
    size_t length;     /* bytes */
};

/* The slice of a string literal. */
#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

/* printf's "%.*s" takes SLICE_ARGUMENTS(slice). */
#define SLICE_ARGUMENTS(slice) (int)(slice).length, (slice).start

/* The slice of a zero-terminated string; an empty slice for null. */
static inline struct slice slice_from(const char *text)
{
    return (struct slice){text, text ? strlen(text) : 0};
}

/* The bytes [from, to) of the slice; both are clamped to its length. */
static inline struct slice slice_part(struct slice slice, size_t from,
                                      size_t to)
{
    if (to > slice.length)
        to = slice.length;
    if (from > to)
        from = to;
    if (!slice.start)
        return slice;
    return (struct slice){slice.start + from, to - from};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.start, b.start, a.length) == 0);
}

/* ASCII letters compare equal whatever their case. */
bool slice_equal_ignoring_case(struct slice a, struct slice b);

/* Order by bytes, like memcmp; a prefix comes first. */
int slice_compare(struct slice a, struct slice b);

/*
 * Order in which runs of digits compare as numbers: "V2" before "V10". Numbers
 * of any length; equal numbers with different leading zeros compare equal.
 */
int slice_compare_natural(struct slice a, struct slice b);

bool slice_has_prefix(struct slice slice, struct slice prefix);
bool slice_has_suffix(struct slice slice, struct slice suffix);

/* The offset of the first occurrence, or SLICE_NOT_FOUND. */
#define SLICE_NOT_FOUND ((size_t)-1)
size_t slice_find(struct slice slice, struct slice needle);

/* Without the ASCII white space at both ends. */
struct slice slice_trim(struct slice slice);

#endif
