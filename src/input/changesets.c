/*
 * Cuts Liquibase's formatted SQL into changesets: each is a migration, with its
 * own transaction, its rollback and its way to end statements. Line by line, as
 * Liquibase reads it (AbstractFormattedChangeLogParser.java).
 *
 * Rollbacks are SQL in comments. Those of lines become statements of the judged
 * text by blanking what makes them comments; a block's lines are a section
 * within the comment. What Liquibase leaves out and delimiters of its own are
 * blanked, too.
 */
#include "input/sections.h"

#include "input/tool_rows.h"

struct changeset_reader {
    struct arena *arena;
    struct source *source;
    struct slice text; /* the whole text of the source */
    struct migration_array *changesets;
    struct source_edit_array edits;

    struct migration *changeset; /* null: before the first, or left out */
    bool has_others;             /* one was left out */
    struct section open;         /* being read, if is_open */
    bool is_open;
    bool is_rollback_string; /* rollbackSplitStatements:false */
    bool has_delimiter;      /* `delimiter` instead of the usual ones */
    bool is_delimiter_line;  /* it stands on a line of its own */
    struct slice delimiter;
};

static size_t offset_of(const struct changeset_reader *reader,
                        const char *place)
{
    return (size_t)(place - reader->text.start);
}

static void blank(struct changeset_reader *reader, struct slice part,
                  char first)
{
    if (part.length)
        *array_push(reader->arena, &reader->edits) = (struct source_edit){
            offset_of(reader, part.start), part.length, first};
}

static bool has_prefix_ignoring_case(struct slice text, struct slice prefix)
{
    return slice_equal_ignoring_case(slice_part(text, 0, prefix.length),
                                     prefix);
}

/* What follows "--" and the word in a line; a null start if it is no such
 * line. A space must follow the word. */
static struct slice after_word(struct slice line, struct slice word)
{
    struct slice rest = slice_trim(line);

    if (!slice_has_prefix(rest, SLICE("--")))
        return (struct slice){NULL, 0};
    rest = slice_trim(slice_part(rest, 2, rest.length));
    if (!has_prefix_ignoring_case(rest, word))
        return (struct slice){NULL, 0};
    rest = slice_part(rest, word.length, rest.length);
    if (rest.length && rest.start[0] != ' ' && rest.start[0] != '\t')
        return (struct slice){NULL, 0};
    return rest;
}

bool changesets_have_marker(struct slice text)
{
    size_t offset = 0;
    struct slice line = {NULL, 0}, rest;

    do
        line = sections_next_line(text, &offset, SLICE(""));
    while (line.start && slice_trim(line).length == 0);
    rest = slice_trim(line);
    if (!slice_has_prefix(rest, SLICE("--")))
        return false;
    rest = slice_trim(slice_part(rest, 2, rest.length));
    if (!has_prefix_ignoring_case(rest, SLICE("liquibase")))
        return false;
    return has_prefix_ignoring_case(
        slice_trim(slice_part(rest, 9, rest.length)), SLICE("formatted"));
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

/* The value of the last attribute of that name: "name:value". Empty if there is
 * none. */
static struct slice attribute(struct slice line, struct slice name)
{
    struct slice value = {NULL, 0};

    for (size_t at = 0; at + name.length < line.length; at++) {
        struct slice rest = slice_part(line, at, line.length);

        if (!has_prefix_ignoring_case(rest, name) ||
            rest.start[name.length] != ':' ||
            (at > 0 && is_name_byte(line.start[at - 1])))
            continue;
        rest = slice_part(rest, name.length + 1, rest.length);
        value = sections_take_word(&rest);
    }
    return value;
}

static bool attribute_is(struct slice line, struct slice name,
                         struct slice value)
{
    return slice_equal_ignoring_case(attribute(line, name), value);
}

/* dbms:mysql,h2 leaves PostgreSQL out, dbms:!postgresql too. */
static bool is_for_postgresql(struct slice line)
{
    struct slice rest = attribute(line, SLICE("dbms"));
    bool is_for_others = false;

    if (rest.length == 0)
        return true;
    while (rest.length) {
        size_t end = slice_find(rest, SLICE(","));
        struct slice name;

        if (end == SLICE_NOT_FOUND)
            end = rest.length;
        name = slice_part(rest, 0, end);
        rest = slice_part(rest, end + 1, rest.length);
        if (slice_equal_ignoring_case(name, SLICE("postgresql")) ||
            slice_equal_ignoring_case(name, SLICE("all")))
            return true;
        if (slice_equal_ignoring_case(name, SLICE("!postgresql")))
            return false;
        is_for_others |= !slice_has_prefix(name, SLICE("!"));
    }
    return !is_for_others;
}

/* "author:id"; authors and ids in quotes may have spaces. A null start if the
 * line begins no changeset. */
static struct slice changeset_name(struct slice line)
{
    struct slice rest = after_word(line, SLICE("changeset")), name;
    size_t end = 0;

    name = slice_trim(rest);
    if (!rest.start || name.length == 0)
        return (struct slice){NULL, 0};
    if (name.start[0] == '"')
        end = slice_find(slice_part(name, 1, name.length), SLICE("\"")) + 1;
    end += slice_find(slice_part(name, end, name.length), SLICE(":")) + 1;
    if (end == 0 || end >= name.length)
        return (struct slice){NULL, 0};
    rest = slice_part(name, end, name.length);
    if (rest.start[0] == '"')
        end += slice_find(slice_part(rest, 1, rest.length), SLICE("\"")) + 2;
    else
        end += sections_take_word(&rest).length;
    return slice_part(name, 0, end);
}

/* Ends the open section before `end`. One without a word in it is left out,
 * but for the first of an up part. */
static void close_section(struct changeset_reader *reader, size_t end)
{
    struct section section = reader->open;
    struct migration *changeset = reader->changeset;
    bool is_up = section.direction == DIRECTION_UP;
    struct section_array *sections;

    if (!reader->is_open)
        return;
    reader->is_open = false;
    section.length = end - section.offset;
    if (!is_up)
        section.is_string = reader->is_rollback_string;
    sections = is_up ? &changeset->up : &changeset->down;
    if (is_up && sections->count > 0 &&
        slice_trim(slice_part(reader->text, section.offset, end)).length == 0)
        return;
    *array_push(reader->arena, sections) = section;
}

static void open_section(struct changeset_reader *reader, size_t begin,
                         enum direction direction)
{
    reader->is_open = true;
    reader->open.offset = begin;
    reader->open.direction = direction;
}

/* What Liquibase calls the end of a statement: a pattern at worst, mostly a
 * text, or one on a line of its own. */
static void read_delimiter(struct changeset_reader *reader, struct slice line)
{
    static const struct slice line_starts[] = {{"\\r?\\n", 5},
                                               {"\\r\\n", 4},
                                               {"\\n", 2},
                                               {"^", 1}};
    struct slice delimiter = attribute(line, SLICE("endDelimiter"));

    reader->has_delimiter = delimiter.length > 0;
    reader->is_delimiter_line = false;
    for (size_t i = 0; i < 4; i++) {
        if (slice_has_prefix(delimiter, line_starts[i])) {
            delimiter =
                slice_part(delimiter, line_starts[i].length, delimiter.length);
            reader->is_delimiter_line = true;
        }
    }
    if (reader->is_delimiter_line && slice_has_suffix(delimiter, SLICE("$")))
        delimiter.length--;
    reader->delimiter = delimiter;
}

static void begin_changeset(struct changeset_reader *reader, struct slice line,
                            struct slice name, size_t begin)
{
    struct migration *changeset;

    reader->changeset = NULL;
    if (!is_for_postgresql(line) ||
        attribute_is(line, SLICE("ignore"), SLICE("true"))) {
        reader->has_others = true;
        return;
    }
    changeset = arena_alloc(reader->arena, sizeof *changeset);
    changeset->version = arena_copy(reader->arena, name);
    changeset->description = "";
    changeset->is_repeatable =
        attribute_is(line, SLICE("runOnChange"), SLICE("true")) ||
        attribute_is(line, SLICE("runAlways"), SLICE("true"));
    *array_push(reader->arena, reader->changesets) = changeset;
    reader->changeset = changeset;
    reader->open = (struct section){
        .source = reader->source,
        .has_opted_out =
            attribute_is(line, SLICE("runInTransaction"), SLICE("false")),
        .is_string =
            attribute_is(line, SLICE("splitStatements"), SLICE("false")),
    };
    reader->is_rollback_string =
        attribute_is(line, SLICE("rollbackSplitStatements"), SLICE("false"));
    read_delimiter(reader, line);
    open_section(reader, begin, DIRECTION_UP);
}

/* "empty", "not required" and other changesets' names say that there is a way
 * back, and nothing of it. */
static bool is_rollback_sql(struct slice rollback)
{
    return rollback.length > 0 &&
           !has_prefix_ignoring_case(rollback, SLICE("not required")) &&
           !has_prefix_ignoring_case(rollback, SLICE("changeset")) &&
           !slice_equal_ignoring_case(rollback, SLICE("empty"));
}

/* Lines that follow one another are one section. */
static void read_rollback_line(struct changeset_reader *reader,
                               struct slice line, struct slice rollback)
{
    size_t begin = offset_of(reader, line.start);

    if (!reader->is_open || reader->open.direction != DIRECTION_DOWN) {
        close_section(reader, begin);
        open_section(reader, begin, DIRECTION_DOWN);
    }
    rollback = slice_trim(rollback);
    if (is_rollback_sql(rollback))
        blank(reader,
              slice_part(line, 0, (size_t)(rollback.start - line.start)), ' ');
}

/* The lines of a block; *offset moves behind it. */
static void read_rollback_block(struct changeset_reader *reader,
                                struct slice line, size_t *offset)
{
    size_t begin = *offset, end = reader->text.length;
    struct slice next;

    close_section(reader, offset_of(reader, line.start));
    while ((next = sections_next_line(reader->text, offset, SLICE(""))).start) {
        if (slice_has_suffix(slice_trim(next), SLICE("*/"))) {
            next = slice_trim(next);
            end = offset_of(reader, next.start) + next.length - 2;
            break;
        }
    }
    open_section(reader, begin, DIRECTION_DOWN);
    close_section(reader, end);
    open_section(reader, *offset, DIRECTION_UP);
}

static bool is_rollback_block(struct slice line)
{
    struct slice rest = slice_trim(line);

    if (!slice_has_prefix(rest, SLICE("/*")))
        return false;
    rest = slice_trim(slice_part(rest, 2, rest.length));
    if (!has_prefix_ignoring_case(rest, SLICE("liquibase")))
        return false;
    return slice_equal_ignoring_case(
        slice_trim(slice_part(rest, 9, rest.length)), SLICE("rollback"));
}

/* --ignoreLines:3, or from --ignoreLines:start to --ignoreLines:end; *offset
 * moves behind them. False if the line is none. */
static bool skip_ignored(struct changeset_reader *reader, struct slice line,
                         size_t *offset)
{
    struct slice rest = slice_trim(line), value, next;
    size_t count = 0;

    if (!slice_has_prefix(rest, SLICE("--")))
        return false;
    rest = slice_trim(slice_part(rest, 2, rest.length));
    if (!has_prefix_ignoring_case(rest, SLICE("ignoreLines:")))
        return false;
    value = slice_part(rest, 12, rest.length);
    for (size_t i = 0; i < value.length && value.start[i] >= '0' &&
                       value.start[i] <= '9' && count < SIZE_MAX / 16;
         i++)
        count = count * 10 + (size_t)(value.start[i] - '0');
    if (slice_equal(value, SLICE("start")))
        count = SIZE_MAX;
    while (count-- > 0 &&
           (next = sections_next_line(reader->text, offset, SLICE(""))).start) {
        if (slice_equal(value, SLICE("start")) &&
            slice_find(next, SLICE("ignoreLines:end")) != SLICE_NOT_FOUND)
            break;
        blank(reader, next, ' ');
    }
    return true;
}

/* A delimiter that is not PostgreSQL's becomes one. Without endDelimiter, GO
 * and / end a statement where they stand on a line of their own. */
static void read_statement_line(struct changeset_reader *reader,
                                struct slice line)
{
    struct slice rest = slice_trim(line);

    if (reader->open.is_string || rest.length == 0)
        return;
    if (!reader->has_delimiter || reader->is_delimiter_line) {
        bool is_end = reader->has_delimiter
                          ? slice_equal_ignoring_case(rest, reader->delimiter)
                          : slice_equal(rest, SLICE("/")) ||
                                slice_equal_ignoring_case(rest, SLICE("go"));

        if (is_end)
            blank(reader, rest, ';');
    } else if (slice_has_suffix(rest, reader->delimiter) &&
               !slice_equal(reader->delimiter, SLICE(";"))) {
        blank(reader,
              slice_part(rest, rest.length - reader->delimiter.length,
                         rest.length),
              ';');
    }
}

static void read_line(struct changeset_reader *reader, struct slice line,
                      size_t *offset)
{
    struct slice name, rollback;
    bool is_down;

    if (skip_ignored(reader, line, offset))
        return;
    name = changeset_name(line);
    if (name.start) {
        close_section(reader, offset_of(reader, line.start));
        begin_changeset(reader, line, name, *offset);
        return;
    }
    if (!reader->changeset)
        return;
    rollback = after_word(line, SLICE("rollback"));
    if (rollback.start) {
        read_rollback_line(reader, line, rollback);
        return;
    }
    is_down = reader->is_open && reader->open.direction == DIRECTION_DOWN;
    if (is_rollback_block(line)) {
        read_rollback_block(reader, line, offset);
    } else if (is_down) {
        close_section(reader, offset_of(reader, line.start));
        open_section(reader, offset_of(reader, line.start), DIRECTION_UP);
        read_statement_line(reader, line);
    } else {
        read_statement_line(reader, line);
    }
}

bool changesets_cut(struct arena *arena, struct source *source,
                    struct migration_array *changesets)
{
    struct changeset_reader reader = {
        .arena = arena,
        .source = source,
        .text = source->text,
        .changesets = changesets,
    };
    size_t offset = source->body;
    struct slice line;

    while ((line = sections_next_line(reader.text, &offset, SLICE(""))).start)
        read_line(&reader, line, &offset);
    close_section(&reader, reader.text.length);
    if (reader.edits.count)
        source_edit(source, reader.edits);
    return changesets->count > 0 || !reader.has_others;
}
