/*
 * Cuts a migration file into its up and down sections, at the same lines at
 * which the tools themselves do. The tools know no SQL: a marker counts
 * wherever its line stands, in a string and in a comment too.
 *
 * A file that the tool would refuse (no marker, a second one) is still judged:
 * what stands before the first marker of a file without `up` is up.
 *
 * goose: internal/sqlparser/parser.go. dbmate: pkg/dbmate/migration.go.
 */
#include "input/sections.h"

#include "input/tool_rows.h"

#include <string.h>

struct slice sections_line_around(struct slice text, size_t offset)
{
    size_t start = offset, end = offset;

    while (start > 0 && text.start[start - 1] != '\n')
        start--;
    if (end < text.length) {
        const char *line_end =
            memchr(text.start + end, '\n', text.length - end);

        end = line_end ? (size_t)(line_end - text.start) : text.length;
    }
    return slice_part(text, start, end);
}

/* The offset in text of the line after this line of it. */
static size_t after_line(struct slice text, struct slice line)
{
    size_t end = (size_t)(line.start - text.start) + line.length;

    return end < text.length ? end + 1 : end;
}

struct slice sections_next_line(struct slice text, size_t *offset,
                                struct slice word)
{
    size_t found = slice_find(slice_part(text, *offset, text.length), word);
    struct slice line = {NULL, 0};

    if (found == SLICE_NOT_FOUND || *offset >= text.length)
        return line;
    line = sections_line_around(text, *offset + found);
    *offset = after_line(text, line);
    return line;
}

static void add_section(struct arena *arena, struct section_array *sections,
                        struct section section)
{
    *array_push(arena, sections) = section;
}

void sections_of_file(struct arena *arena, struct source *source,
                      enum direction direction, bool has_opted_out,
                      struct migration *migration)
{
    struct section_array *sections =
        direction == DIRECTION_UP ? &migration->up : &migration->down;

    /* Thousands of files have one section each: room for no more. */
    sections->items = arena_alloc(arena, sizeof *sections->items);
    sections->count = 1;
    sections->capacity = 1;
    sections->items[0] = (struct section){
        .source = source,
        .offset = source->body,
        .length = source->text.length - source->body,
        .direction = direction,
        .has_opted_out = has_opted_out,
    };
}

static void cutter_close(struct cutter *cutter, size_t end)
{
    struct migration *migration = cutter->migration;

    if (!cutter->is_open)
        return;
    cutter->open.length = end - cutter->open.offset;
    cutter->is_open = false;
    add_section(cutter->arena,
                cutter->open.direction == DIRECTION_UP ? &migration->up
                                                       : &migration->down,
                cutter->open);
}

void cutter_open_at(struct cutter *cutter, size_t end, size_t begin,
                    enum direction direction, bool has_opted_out)
{
    cutter_close(cutter, end);
    cutter->is_open = true;
    cutter->open = (struct section){
        .source = cutter->source,
        .offset = begin,
        .direction = direction,
        .has_opted_out = has_opted_out,
    };
}

void cutter_open(struct cutter *cutter, struct slice line,
                 enum direction direction, bool has_opted_out)
{
    struct slice text = cutter->source->text;

    cutter_open_at(cutter, (size_t)(line.start - text.start),
                   after_line(text, line), direction, has_opted_out);
}

void cutter_switch(struct cutter *cutter, struct slice line, bool is_string)
{
    if (!cutter->is_open)
        return;
    cutter_open(cutter, line, cutter->open.direction,
                cutter->open.has_opted_out);
    cutter->open.is_string = is_string;
}

void cutter_finish(struct cutter *cutter)
{
    cutter_close(cutter, cutter->source->text.length);
    if (!cutter->migration->up.count && !cutter->migration->down.count)
        sections_of_file(cutter->arena, cutter->source, DIRECTION_UP, false,
                         cutter->migration);
}

struct slice sections_take_word(struct slice *text)
{
    size_t start = 0, end;
    struct slice word;

    while (start < text->length && sections_is_space(text->start[start]))
        start++;
    for (end = start;
         end < text->length && !sections_is_space(text->start[end]);)
        end++;
    word = slice_part(*text, start, end);
    *text = slice_part(*text, end, text->length);
    return word;
}

/* Without white space and pairs of hyphens at both ends. */
static struct slice trim_hyphens(struct slice text)
{
    size_t length;

    do {
        length = text.length;
        text = slice_trim(text);
        if (slice_has_prefix(text, SLICE("--")))
            text = slice_part(text, 2, text.length);
        if (slice_has_suffix(text, SLICE("--")))
            text = slice_part(text, 0, text.length - 2);
    } while (text.length < length);
    return text;
}

/* What goose is told by a line with "+goose": "Up" in "-- +goose Up". Empty if
 * goose would not read it as an annotation. */
static struct slice goose_command(struct slice line)
{
    struct slice none = {NULL, 0};
    size_t at = slice_find(line, SLICE("+goose"));

    if (!slice_has_prefix(line, SLICE("--")) ||
        trim_hyphens(slice_part(line, 0, at)).length)
        return none;
    return trim_hyphens(
        slice_part(line, at + SLICE("+goose").length, line.length));
}

bool sections_are_goose(struct slice text)
{
    size_t offset = 0;
    struct slice line;

    while ((line = sections_next_line(text, &offset, SLICE("+goose"))).start) {
        if (slice_equal_ignoring_case(goose_command(line), SLICE("Up")))
            return true;
    }
    return false;
}

static bool goose_has_opted_out(struct slice text)
{
    size_t offset = 0;
    struct slice line;

    while ((line = sections_next_line(text, &offset, SLICE("+goose"))).start) {
        if (slice_equal_ignoring_case(goose_command(line),
                                      SLICE("NO TRANSACTION")))
            return true;
    }
    return false;
}

struct slice sections_text(const struct source *source)
{
    return slice_part(source->text, source->body, source->text.length);
}

void sections_of_goose(struct arena *arena, struct source *source,
                       struct migration *migration)
{
    struct cutter cutter = {.arena = arena,
                            .source = source,
                            .migration = migration};
    struct slice text = sections_text(source), line;
    bool has_opted_out = goose_has_opted_out(text);
    bool has_up = false, has_down = false;
    size_t offset = 0;

    while ((line = sections_next_line(text, &offset, SLICE("+goose"))).start) {
        struct slice command = goose_command(line);

        if (slice_equal_ignoring_case(command, SLICE("Up")) && !has_up &&
            !has_down) {
            cutter_open(&cutter, line, DIRECTION_UP, has_opted_out);
            has_up = true;
        } else if (slice_equal_ignoring_case(command, SLICE("Down")) &&
                   !has_down) {
            cutter_open(&cutter, line, DIRECTION_DOWN, has_opted_out);
            has_down = true;
        } else if (has_opted_out && slice_equal_ignoring_case(
                                        command, SLICE("StatementBegin"))) {
            cutter_switch(&cutter, line, true);
        } else if (has_opted_out &&
                   slice_equal_ignoring_case(command, SLICE("StatementEnd"))) {
            cutter_switch(&cutter, line, false);
        }
    }
    cutter_finish(&cutter);
}

/* Whether the line is dbmate's directive of this name; the options behind it.
 * dbmate: ^--\s*migrate:up(\s*$|\s+\S+) */
static bool is_dbmate_directive(struct slice line, struct slice directive,
                                struct slice *options)
{
    struct slice rest;

    if (!slice_has_prefix(line, SLICE("--")))
        return false;
    rest = slice_trim(slice_part(line, 2, line.length));
    if (!slice_has_prefix(rest, directive))
        return false;
    rest = slice_part(rest, directive.length, rest.length);
    if (rest.length && !sections_is_space(rest.start[0]))
        return false;
    *options = slice_trim(rest);
    return true;
}

/* Options are words "key:value"; of two with one key the last one counts. */
static bool dbmate_has_opted_out(struct slice options)
{
    bool has_opted_out = false;
    struct slice option;

    while ((option = sections_take_word(&options)).length) {
        if (slice_has_prefix(option, SLICE("transaction:")))
            has_opted_out = slice_equal(option, SLICE("transaction:false"));
    }
    return has_opted_out;
}

bool sections_are_dbmate(struct slice text)
{
    size_t offset = 0;
    struct slice line, options;

    /* Every file is asked: a colon is rarer in SQL than an m. */
    while ((line = sections_next_line(text, &offset, SLICE(":up"))).start) {
        if (is_dbmate_directive(line, SLICE("migrate:up"), &options))
            return true;
    }
    return false;
}

void sections_of_dbmate(struct arena *arena, struct source *source,
                        struct migration *migration)
{
    struct cutter cutter = {.arena = arena,
                            .source = source,
                            .migration = migration};
    struct slice text = sections_text(source), line, options;
    size_t offset = 0;

    while (
        (line = sections_next_line(text, &offset, SLICE("migrate:"))).start) {
        if (is_dbmate_directive(line, SLICE("migrate:up"), &options))
            cutter_open(&cutter, line, DIRECTION_UP,
                        dbmate_has_opted_out(options));
        else if (is_dbmate_directive(line, SLICE("migrate:down"), &options))
            cutter_open(&cutter, line, DIRECTION_DOWN,
                        dbmate_has_opted_out(options));
    }
    cutter_finish(&cutter);
}
