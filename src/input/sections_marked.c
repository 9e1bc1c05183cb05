/*
 * Cuts the files of sql-migrate, node-pg-migrate and tern into up and down, at
 * the marks at which these tools do. sections.c has goose's and dbmate's, and
 * what all share.
 *
 * sql-migrate: sqlparse/sqlparse.go. node-pg-migrate: src/sqlMigration.ts.
 * tern: migrate/migrate.go.
 */
#include "input/sections.h"

#include "input/tool_rows.h"

#define SQL_MIGRATE_PREFIX SLICE("-- +migrate ")
#define TERN_SEPARATOR SLICE("---- create above / drop below ----")
#define TERN_DISABLE SLICE("---- tern: disable-tx ----")

/* Takes the command of a line of sql-migrate's; options are the words behind
 * it. False if the line is none. */
static bool take_sql_migrate(struct slice line, struct slice *command,
                             struct slice *options)
{
    if (!slice_has_prefix(line, SQL_MIGRATE_PREFIX))
        return false;
    *options = slice_part(line, SQL_MIGRATE_PREFIX.length, line.length);
    *command = sections_take_word(options);
    return true;
}

static bool has_word(struct slice text, struct slice wanted)
{
    struct slice word;

    while ((word = sections_take_word(&text)).length) {
        if (slice_equal(word, wanted))
            return true;
    }
    return false;
}

bool sections_are_sql_migrate(struct slice text)
{
    size_t offset = 0;
    struct slice line, command, options;

    while ((line = sections_next_line(text, &offset, SLICE("+migrate"))).start)
        if (take_sql_migrate(line, &command, &options) &&
            slice_equal(command, SLICE("Up")))
            return true;
    return false;
}

/* One mark with the option is enough for all of its direction. */
static bool sql_migrate_has_opted_out(struct slice text, struct slice direction)
{
    size_t offset = 0;
    struct slice line, command, options;

    while ((line = sections_next_line(text, &offset, SLICE("+migrate"))).start)
        if (take_sql_migrate(line, &command, &options) &&
            slice_equal(command, direction) &&
            has_word(options, SLICE("notransaction")))
            return true;
    return false;
}

void sections_of_sql_migrate(struct arena *arena, struct source *source,
                             struct migration *migration)
{
    struct cutter cutter = {.arena = arena,
                            .source = source,
                            .migration = migration};
    struct slice text = sections_text(source), line, command, options;
    bool up = sql_migrate_has_opted_out(text, SLICE("Up"));
    bool down = sql_migrate_has_opted_out(text, SLICE("Down"));
    size_t offset = 0;

    while (
        (line = sections_next_line(text, &offset, SLICE("+migrate"))).start) {
        if (!take_sql_migrate(line, &command, &options))
            continue;
        if (slice_equal(command, SLICE("Up")))
            cutter_open(&cutter, line, DIRECTION_UP, up);
        else if (slice_equal(command, SLICE("Down")))
            cutter_open(&cutter, line, DIRECTION_DOWN, down);
        else if (!cutter.open.has_opted_out)
            continue;
        else if (slice_equal(command, SLICE("StatementBegin")))
            cutter_switch(&cutter, line, true);
        else if (slice_equal(command, SLICE("StatementEnd")))
            cutter_switch(&cutter, line, false);
    }
    cutter_finish(&cutter);
}

/* ^\s*--[\s-]*up\s+migration, whatever the case, on this line, of which the
 * first hyphens stand at `at`. */
static bool is_node_pg_mark(struct slice line, size_t at,
                            struct slice direction)
{
    struct slice rest;

    if (slice_trim(slice_part(line, 0, at)).length)
        return false;
    while (at < line.length &&
           (line.start[at] == '-' || sections_is_space(line.start[at])))
        at++;
    rest = slice_part(line, at, line.length);
    if (!slice_equal_ignoring_case(slice_part(rest, 0, direction.length),
                                   direction))
        return false;
    rest = slice_part(rest, direction.length, rest.length);
    if (slice_trim(rest).start == rest.start)
        return false;
    return slice_equal_ignoring_case(slice_part(slice_trim(rest), 0, 9),
                                     SLICE("migration"));
}

/* The first line that is the mark; a null start if there is none. */
static struct slice find_node_pg_mark(struct slice text, struct slice direction)
{
    struct slice line;
    size_t offset = 0;

    while ((line = sections_next_line(text, &offset, SLICE("--"))).start)
        if (is_node_pg_mark(line, slice_find(line, SLICE("--")), direction))
            break;
    return line;
}

bool sections_are_node_pg_migrate(struct slice text)
{
    return find_node_pg_mark(text, SLICE("up")).start ||
           find_node_pg_mark(text, SLICE("down")).start;
}

/* What stands before the first mark of a file with both is run by neither. A
 * file without the mark of up is up as far as the mark of down. */
void sections_of_node_pg_migrate(struct arena *arena, struct source *source,
                                 struct migration *migration)
{
    struct cutter cutter = {.arena = arena,
                            .source = source,
                            .migration = migration};
    struct slice text = sections_text(source);
    struct slice up = find_node_pg_mark(text, SLICE("up"));
    struct slice down = find_node_pg_mark(text, SLICE("down"));
    bool is_down_first = up.start && down.start && down.start < up.start;

    if (is_down_first)
        cutter_open(&cutter, down, DIRECTION_DOWN, false);
    if (up.start)
        cutter_open(&cutter, up, DIRECTION_UP, false);
    else
        cutter_open_at(&cutter, 0, source->body, DIRECTION_UP, false);
    if (down.start && !is_down_first)
        cutter_open(&cutter, down, DIRECTION_DOWN, false);
    cutter_finish(&cutter);
}

bool sections_are_tern(struct slice text)
{
    /* Every file is asked: a slash is rarer than a hyphen. */
    return slice_find(text, SLICE("/ drop below")) != SLICE_NOT_FOUND &&
           slice_find(text, TERN_SEPARATOR) != SLICE_NOT_FOUND;
}

/* The directive stands on a line of its own. */
static bool tern_has_opted_out(struct slice text)
{
    size_t offset = 0;
    struct slice line;

    while ((line = sections_next_line(text, &offset, TERN_DISABLE)).start)
        if (slice_equal(slice_trim(line), TERN_DISABLE))
            return true;
    return false;
}

/* At the first separator, wherever it stands: tern does not look at lines. */
void sections_of_tern(struct arena *arena, struct source *source,
                      struct migration *migration)
{
    struct cutter cutter = {.arena = arena,
                            .source = source,
                            .migration = migration};
    struct slice text = source->text;
    size_t separator = slice_find(text, TERN_SEPARATOR);
    size_t end = separator == SLICE_NOT_FOUND ? text.length : separator;
    size_t next = end + TERN_SEPARATOR.length;

    cutter_open_at(&cutter, 0, source->body, DIRECTION_UP,
                   tern_has_opted_out(slice_part(text, 0, end)));
    if (separator != SLICE_NOT_FOUND)
        cutter_open_at(&cutter, end, next, DIRECTION_DOWN,
                       tern_has_opted_out(slice_part(text, next, text.length)));
    cutter_finish(&cutter);
}
