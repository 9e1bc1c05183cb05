/*
 * The report for people: each finding with its line of source and the words
 * underlined, then what to write instead; a summary at the end.
 *
 * Whatever comes from a file goes through output/display.h, so that nothing in
 * it can speak to the terminal.
 */
#include "output/display.h"
#include "output/report.h"

/* Source lines that are longer are cut around the words. */
#define LINE_COLUMNS_MAX 160
/* Of what stands before the words this much is kept. */
#define LINE_COLUMNS_BEFORE 60
/* What a tab may take; only to tell which lines are long. */
#define TAB_COLUMNS 8

enum color {
    COLOR_PATH,
    COLOR_ERROR,
    COLOR_WARNING,
    COLOR_INFO,
    COLOR_RULE,
    COLOR_LABEL,
};

struct writer {
    struct buffer *buffer;
    const struct report_settings *settings;
};

static void start_color(const struct writer *writer, enum color color)
{
    static const char *const sequences[] = {
        [COLOR_PATH] = "\x1b[1m",       [COLOR_ERROR] = "\x1b[1;31m",
        [COLOR_WARNING] = "\x1b[1;33m", [COLOR_INFO] = "\x1b[1;36m",
        [COLOR_RULE] = "\x1b[2m",       [COLOR_LABEL] = "\x1b[36m",
    };

    if (writer->settings->use_color)
        buffer_add_text(writer->buffer, sequences[color]);
}

static void end_color(const struct writer *writer)
{
    if (writer->settings->use_color)
        buffer_add_text(writer->buffer, "\x1b[0m");
}

static enum color severity_color(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR: return COLOR_ERROR;
    case SEVERITY_WARNING: return COLOR_WARNING;
    case SEVERITY_INFO:
    case SEVERITY_OFF: break;
    }
    return COLOR_INFO;
}

/* A character of a line as it stands on the terminal: a tab is itself. */
static struct display_character character_of(struct slice rest)
{
    struct display_character character = display_next(rest);

    if (rest.start[0] == '\t') {
        character.columns = TAB_COLUMNS;
        character.is_replaced = false;
    }
    return character;
}

static size_t columns_of(struct slice line)
{
    size_t columns = 0;

    while (line.length) {
        struct display_character character = character_of(line);

        columns += character.columns;
        line = slice_part(line, character.size, line.length);
    }
    return columns;
}

/* How many bytes the first characters have: as many of them as fit. */
static size_t size_of_columns(struct slice line, size_t columns)
{
    size_t size = 0;

    while (size < line.length) {
        struct display_character character =
            character_of(slice_part(line, size, line.length));

        if (character.columns > columns)
            break;
        columns -= character.columns;
        size += character.size;
    }
    return size;
}

static size_t size_of_characters(struct slice line, size_t count)
{
    size_t size = 0;

    for (; size < line.length && count; count--)
        size += display_next(slice_part(line, size, line.length)).size;
    return size;
}

static void add_line(struct buffer *buffer, struct slice line)
{
    while (line.length) {
        size_t size = 0;

        while (size < line.length && line.start[size] != '\t')
            size++;
        display_add(buffer, slice_part(line, 0, size));
        if (size < line.length)
            buffer_add_char(buffer, line.start[size++]);
        line = slice_part(line, size, line.length);
    }
}

/* Adds what goes below that part of a line: a tab below a tab, so that it does
 * not matter how wide it is. */
static void add_marks(struct buffer *marks, struct slice line, char mark)
{
    while (line.length) {
        struct display_character character = character_of(line);

        if (line.start[0] == '\t')
            buffer_add_char(marks, '\t');
        else
            for (unsigned i = 0; i < character.columns; i++)
                buffer_add_char(marks, mark);
        line = slice_part(line, character.size, line.length);
    }
}

/* The finding's line of source, cut at its words. */
struct excerpt {
    struct slice before;
    struct slice words;
    struct slice after;
    bool is_cut_before; /* the line has more */
    bool is_cut_after;
};

static bool is_white_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static struct excerpt excerpt_of(const struct finding *finding)
{
    struct slice line = finding->excerpt;
    size_t first = finding->excerpt_column, words, end;

    while (line.length && is_white_space(line.start[line.length - 1]))
        line.length--;
    words = finding->column > first
                ? size_of_characters(line, finding->column - first)
                : 0;
    if (finding->end_line > finding->line)
        end = line.length;
    else if (finding->end_column > first)
        end = size_of_characters(line, finding->end_column - first);
    else
        end = words;
    return (struct excerpt){
        .before = slice_part(line, 0, words),
        .words = slice_part(line, words, end),
        .after = slice_part(line, end, line.length),
        .is_cut_before = first > 1,
    };
}

static void cut(struct excerpt *excerpt)
{
    size_t before = columns_of(excerpt->before);
    size_t words = columns_of(excerpt->words);
    size_t left = LINE_COLUMNS_MAX, size;

    if (before + words + columns_of(excerpt->after) <= LINE_COLUMNS_MAX)
        return;
    if (before + words > LINE_COLUMNS_MAX && before > LINE_COLUMNS_BEFORE) {
        size = size_of_columns(excerpt->before, before - LINE_COLUMNS_BEFORE);
        excerpt->before =
            slice_part(excerpt->before, size, excerpt->before.length);
        excerpt->is_cut_before = true;
        before = columns_of(excerpt->before);
    }
    left = before < left ? left - before : 0;
    size = size_of_columns(excerpt->words, left);
    excerpt->is_cut_after = size < excerpt->words.length;
    excerpt->words.length = size;
    left -= excerpt->is_cut_after ? left : columns_of(excerpt->words);
    size = size_of_columns(excerpt->after, left);
    excerpt->is_cut_after |= size < excerpt->after.length;
    excerpt->after.length = size;
}

static void add_excerpt(const struct writer *writer,
                        const struct finding *finding)
{
    struct excerpt excerpt = excerpt_of(finding);
    struct buffer *buffer = writer->buffer;

    cut(&excerpt);
    if (!excerpt.before.length && !excerpt.words.length &&
        !excerpt.after.length)
        return;
    buffer_add_text(buffer, excerpt.is_cut_before ? "  ..." : "  ");
    add_line(buffer, excerpt.before);
    add_line(buffer, excerpt.words);
    add_line(buffer, excerpt.after);
    buffer_add_text(buffer, excerpt.is_cut_after ? "...\n  " : "\n  ");
    if (excerpt.is_cut_before)
        buffer_add_text(buffer, "   ");
    add_marks(buffer, excerpt.before, ' ');
    start_color(writer, severity_color(finding->severity));
    if (columns_of(excerpt.words))
        add_marks(buffer, excerpt.words, '^');
    else
        buffer_add_char(buffer, '^');
    end_color(writer);
    buffer_add_char(buffer, '\n');
}

static void add_label(const struct writer *writer, const char *label)
{
    buffer_add_text(writer->buffer, "  ");
    start_color(writer, COLOR_LABEL);
    buffer_add_text(writer->buffer, label);
    end_color(writer);
}

/* Further lines stand below the first. */
static void add_help(const struct writer *writer, const char *help)
{
    struct slice rest = slice_from(help);

    add_label(writer, "help:");
    for (bool is_first = true; rest.length; is_first = false) {
        size_t size = slice_find(rest, SLICE("\n"));
        struct slice line = slice_part(rest, 0, size);

        if (line.length)
            buffer_add_text(writer->buffer, is_first ? " " : "        ");
        add_line(writer->buffer, line);
        buffer_add_char(writer->buffer, '\n');
        rest = slice_part(rest, line.length + 1, rest.length);
    }
}

static void add_place(struct buffer *buffer, const char *path, size_t line,
                      size_t column)
{
    display_add(buffer, slice_from(path));
    buffer_add_format(buffer, ":%zu:%zu:", line, column);
}

static void add_finding(const struct writer *writer,
                        const struct finding *finding)
{
    struct buffer *buffer = writer->buffer;

    start_color(writer, COLOR_PATH);
    add_place(buffer, finding->path, finding->line, finding->column);
    end_color(writer);
    buffer_add_char(buffer, ' ');
    start_color(writer, severity_color(finding->severity));
    buffer_add_format(buffer, "%s:", severity_name(finding->severity));
    end_color(writer);
    buffer_add_char(buffer, ' ');
    display_add(buffer, slice_from(finding->message));
    buffer_add_char(buffer, ' ');
    start_color(writer, COLOR_RULE);
    buffer_add_format(buffer, "[%s]", finding->rule->id);
    end_color(writer);
    buffer_add_char(buffer, '\n');
    if (finding->excerpt.start)
        add_excerpt(writer, finding);
    if (finding->help)
        add_help(writer, finding->help);
    for (size_t i = 0; i < finding->notes.count; i++) {
        const struct finding_note *note = &finding->notes.items[i];

        add_label(writer, "note:");
        buffer_add_char(buffer, ' ');
        add_place(buffer, note->path, note->line, note->column);
        buffer_add_char(buffer, ' ');
        display_add(buffer, slice_from(note->message));
        buffer_add_char(buffer, '\n');
    }
    buffer_add_char(buffer, '\n');
}

/* Adds "2 errors", after a comma if something stands before it. */
static void add_count(struct buffer *line, size_t count, const char *thing)
{
    if (line->length)
        buffer_add_text(line, ", ");
    buffer_add_format(line, "%zu %s%s", count, thing, count == 1 ? "" : "s");
}

/* The findings: those that are listed, then those that are not. */
static void add_findings_count(struct buffer *line,
                               const struct report_settings *settings,
                               const struct lint_result *result)
{
    bool has_listed = false;

    for (int i = SEVERITY_ERROR; i >= SEVERITY_INFO; i--) {
        enum severity severity = (enum severity)i;
        size_t count = report_count(result, severity);

        if (count && severity >= settings->level) {
            add_count(line, count, severity_name(severity));
            has_listed = true;
        }
    }
    if (!has_listed && !report_count(result, SEVERITY_ERROR) &&
        !report_count(result, SEVERITY_WARNING))
        buffer_add_text(line, "no problems");
    for (int i = SEVERITY_ERROR; i >= SEVERITY_INFO; i--) {
        enum severity severity = (enum severity)i;
        size_t count = report_count(result, severity);

        if (count && severity < settings->level) {
            add_count(line, count, severity_name(severity));
            buffer_add_format(line, " not shown (--level %s)",
                              severity_name(severity));
        }
    }
}

static void add_summary(const struct writer *writer,
                        const struct lint_result *result)
{
    struct buffer line;

    buffer_init(&line, writer->buffer->arena);
    if (result->files || result->findings.count) {
        add_findings_count(&line, writer->settings, result);
        if (result->suppressed)
            buffer_add_format(&line, ", %zu suppressed", result->suppressed);
        buffer_add_format(&line, " in %zu file%s", result->files,
                          result->files == 1 ? "" : "s");
    } else {
        buffer_add_text(&line, "no files to lint");
    }
    if (result->files_replayed)
        buffer_add_format(&line, ", %zu replayed", result->files_replayed);
    if (result->skipped)
        buffer_add_format(&line, ", %zu of other databases skipped",
                          result->skipped);
    if (result->errors.count)
        buffer_add_format(&line, ", %u not read", result->errors.count);
    buffer_add(writer->buffer, buffer_slice(&line));
    buffer_add_char(writer->buffer, '\n');
}

void report_text(struct buffer *buffer, const struct report_settings *settings,
                 const struct lint_result *result)
{
    struct writer writer = {buffer, settings};

    for (size_t i = 0; i < result->findings.count; i++) {
        if (result->findings.items[i]->severity >= settings->level)
            add_finding(&writer, result->findings.items[i]);
    }
    add_summary(&writer, result);
}
