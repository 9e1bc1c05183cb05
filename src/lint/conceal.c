/*
 * Writes asterisks over what rules have found to be secret, in the findings of
 * all rules: the last thing that happens to a finding. Below gather.c.
 */
#include "lint/conceal.h"

#include "base/buffer.h"

#include <stdlib.h>

/* Where nothing stands in columns, not even its length is told. */
static const char stars[] = "********";

static int compare(const void *a, const void *b)
{
    size_t x = ((const struct secret *)a)->span.offset;
    size_t y = ((const struct secret *)b)->span.offset;

    return (x > y) - (x < y);
}

void conceal_sort(struct secret_array *secrets)
{
    if (secrets->count > 1)
        qsort(secrets->items, secrets->count, sizeof *secrets->items, compare);
}

/* The first secret that ends behind the offset. */
static size_t first_behind(const struct secret_array *secrets, size_t offset)
{
    size_t low = 0, high = secrets->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct span *span = &secrets->items[middle].span;

        if (span->offset + span->length <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* One for each character, so that what follows stays in its column. */
static void conceal_line(struct arena *arena,
                         const struct secret_array *secrets,
                         struct finding *finding)
{
    struct slice line = finding->excerpt;
    size_t at = first_behind(secrets, finding->excerpt_offset);
    struct buffer text;

    if (at == secrets->count ||
        secrets->items[at].span.offset >= finding->excerpt_offset + line.length)
        return;
    buffer_init(&text, arena);
    for (size_t i = 0; i < line.length; i++) {
        size_t offset = finding->excerpt_offset + i;
        const struct span *span;

        while (at < secrets->count && secrets->items[at].span.offset +
                                              secrets->items[at].span.length <=
                                          offset)
            at++;
        span = at < secrets->count ? &secrets->items[at].span : NULL;
        if (!span || offset < span->offset)
            buffer_add_char(&text, line.start[i]);
        else if (!is_continuation(line.start[i]))
            buffer_add_char(&text, '*');
    }
    finding->excerpt = buffer_slice(&text);
}

/* The text without what is between the quotes; itself if it is not in there. */
static const char *without(struct arena *arena, const char *text,
                           struct slice quoted)
{
    struct slice rest = slice_from(text);
    size_t at = slice_find(rest, quoted);
    struct buffer clean;

    if (at == SLICE_NOT_FOUND)
        return text;
    buffer_init(&clean, arena);
    while (at != SLICE_NOT_FOUND) {
        size_t end = at + quoted.length;

        buffer_add(&clean, slice_part(rest, 0, at + 1));
        buffer_add_text(&clean, stars);
        rest = slice_part(rest, end - 1, rest.length);
        at = slice_find(rest, quoted);
    }
    buffer_add(&clean, rest);
    return buffer_text(&clean);
}

/* With a quote on each side: a short password is not looked for in words. */
static void conceal_texts(struct arena *arena,
                          const struct secret_array *secrets,
                          struct finding *finding)
{
    size_t end = finding->context.offset + finding->context.length;
    size_t at = first_behind(secrets, finding->context.offset);

    for (; at < secrets->count && secrets->items[at].span.offset < end; at++) {
        struct slice quoted = secrets->items[at].quoted;

        finding->message = without(arena, finding->message, quoted);
        if (finding->help)
            finding->help = without(arena, finding->help, quoted);
    }
}

void conceal_in(struct arena *arena, const struct secret_array *secrets,
                struct finding *finding)
{
    if (secrets->count == 0)
        return;
    if (finding->excerpt.start)
        conceal_line(arena, secrets, finding);
    if (finding->context.length > 0)
        conceal_texts(arena, secrets, finding);
}
