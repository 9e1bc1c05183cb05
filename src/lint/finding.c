/*
 * Findings: where they are in the terms of users and editors, how they are
 * told apart when lines move, and their order. The engine completes a finding
 * while its file's text is loaded, so that the text can go.
 */
#include "lint/finding.h"

#include "base/map.h"
#include "sql/lexer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of a longer line only a window around the words is kept: a dump's INSERT
 * can be one line of 50 MB. */
#define EXCERPT_SIZE_MAX ((size_t)500)
#define EXCERPT_SIZE_BEFORE ((size_t)100)

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

int finding_compare(const void *a, const void *b)
{
    const struct finding *first = *(const struct finding *const *)a;
    const struct finding *second = *(const struct finding *const *)b;
    int order = compare_sizes(first->file_order, second->file_order);

    if (!order)
        order = compare_sizes(first->span.offset, second->span.offset);
    if (!order)
        order = strcmp(first->rule->id, second->rule->id);
    if (!order)
        order = compare_sizes(first->span.length, second->span.length);
    if (!order)
        order = strcmp(first->message, second->message);
    return order;
}

bool finding_equal(const struct finding *a, const struct finding *b)
{
    return finding_compare(&a, &b) == 0;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The window of a very long line that shows the words. */
static struct slice cut_line(struct slice line, size_t words)
{
    size_t from = 0;
    size_t to;

    if (line.length <= EXCERPT_SIZE_MAX)
        return line;
    if (words > EXCERPT_SIZE_BEFORE)
        from = words - EXCERPT_SIZE_BEFORE;
    while (from < words && is_continuation(line.start[from]))
        from++;
    to = from + EXCERPT_SIZE_MAX;
    if (to >= line.length)
        return slice_part(line, from, line.length);
    while (to > from + 1 && is_continuation(line.start[to]))
        to--;
    return slice_part(line, from, to);
}

static void fill_excerpt(struct arena *arena, struct finding *finding)
{
    struct source *source = finding->source;
    struct slice line = source_line(source, finding->line);
    size_t line_offset;
    struct slice excerpt;

    if (!line.start)
        line = (struct slice){source->text.start, 0};
    line_offset = (size_t)(line.start - source->text.start);
    if (line_offset < source->body) {
        size_t mark = source->body - line_offset;

        line = slice_part(line, mark, line.length);
        line_offset += mark;
    }
    excerpt = cut_line(line, finding->span.offset > line_offset
                                 ? finding->span.offset - line_offset
                                 : 0);
    finding->excerpt = arena_copy_slice(arena, source_shown(source, excerpt));
    finding->excerpt_offset = (size_t)(excerpt.start - source->text.start);
    finding->excerpt_column =
        source_position(source, finding->excerpt_offset).column;
}

static void fill_position(struct arena *arena, struct finding *finding)
{
    struct source *source = finding->source;
    size_t start = finding->span.offset;
    size_t end = start + finding->span.length;
    struct position from;
    struct position to;

    if (start > source->text.length)
        start = source->text.length;
    if (end > source->text.length)
        end = source->text.length;
    finding->span = (struct span){start, end - start};
    finding->excerpt_column = 1;
    if (end == 0) {
        finding->line = finding->end_line = 1;
        finding->column = finding->end_column = 1;
        return;
    }
    from = source_position(source, start);
    to = source_position(source, end);
    finding->line = from.line;
    finding->column = from.column;
    finding->end_line = to.line;
    finding->end_column = to.column;
    finding->offset = from.file_offset;
    finding->length = to.file_offset - from.file_offset;
    fill_excerpt(arena, finding);
}

/* White space and comments do not count. */
static uint64_t hash_tokens(struct slice text)
{
    struct lexer lexer = lexer_of(text);
    uint64_t hash = map_hash(SLICE(""));

    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            return hash;
        hash = map_hash_more(hash, token_text(text, token));
        hash = map_hash_more(hash, SLICE(" "));
    }
}

static bool is_same_span(struct span a, struct span b)
{
    return a.offset == b.offset && a.length == b.length;
}

/* Of the statement or, outside of statements, of the words themselves. */
static uint64_t hash_context(const struct finding *finding,
                             struct finding_context *context)
{
    const struct source *source = finding->source;
    struct span span =
        finding->context.length ? finding->context : finding->span;

    if (context->source != source || !is_same_span(context->span, span)) {
        context->source = source;
        context->span = span;
        context->hash = hash_tokens(
            slice_part(source->text, span.offset, span.offset + span.length));
    }
    return context->hash;
}

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%" PRIu64, number);

    return map_hash_more(hash, (struct slice){text, (size_t)length});
}

void finding_complete(struct arena *arena, struct finding *finding,
                      struct finding_context *context)
{
    struct slice path = slice_from(finding->path);
    uint64_t hash = map_hash(slice_from(finding->rule->id));

    while (slice_has_prefix(path, SLICE("./")))
        path = slice_part(path, 2, path.length);
    hash = map_hash_more(hash, SLICE("\n"));
    hash = map_hash_more(hash, path);
    hash = map_hash_more(hash, SLICE("\n"));
    finding->fingerprint_base =
        hash_number(hash, hash_context(finding, context));
    fill_position(arena, finding);
    finding->is_complete = true;
}

void finding_number(struct arena *scratch, struct finding *const *findings,
                    size_t count)
{
    struct map last = {0}; /* by fingerprint_base: how many there were */

    for (size_t i = 0; i < count; i++) {
        struct finding *finding = findings[i];
        struct slice key = {(const char *)&finding->fingerprint_base,
                            sizeof finding->fingerprint_base};
        size_t *number = map_find(&last, key);

        if (!number) {
            number = arena_alloc(scratch, sizeof *number);
            map_put(scratch, &last, key, number);
        }
        snprintf(finding->fingerprint, sizeof finding->fingerprint,
                 "%016" PRIx64,
                 hash_number(finding->fingerprint_base, (*number)++));
    }
}
