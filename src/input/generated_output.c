/*
 * Tells the scripts that Django's sqlmigrate and Alembic's --sql print: each is
 * a history by itself, with its transaction written out. What the rows of
 * tools.c point to.
 */
#include "input/sections.h"

#include "input/tool_rows.h"

/* The header of what is looked at. */
#define HEAD_SIZE ((size_t)4096)

static struct slice take_line(struct slice text, size_t *offset)
{
    return slice_trim(sections_next_line(text, offset, SLICE("")));
}

/* What stands after an operation's comment: a statement, or why there is
 * none. */
static bool is_of_operation(struct slice line)
{
    return line.length > 0 && (!slice_has_prefix(line, SLICE("--")) ||
                               slice_equal(line, SLICE("-- (no-op)")) ||
                               slice_has_prefix(line, SLICE("-- MIGRATION ")) ||
                               slice_has_prefix(line, SLICE("-- THIS ")));
}

/*
 * "BEGIN;" unless the migration is not atomic, then for the first operation a
 * comment of three lines: "--", what it does, "--" (schema editor's output of
 * Migration.apply, collect_sql). pg_dump has such comments too, with an empty
 * line after them, and people write longer ones.
 */
bool django_has_marker(struct slice text)
{
    size_t offset = 0;
    struct slice line;

    text = slice_part(text, 0, HEAD_SIZE);
    line = take_line(text, &offset);
    if (slice_equal(line, SLICE("BEGIN;")))
        line = take_line(text, &offset);
    if (!slice_equal(line, SLICE("--")))
        return false;
    line = take_line(text, &offset);
    return slice_has_prefix(line, SLICE("-- ")) &&
           slice_equal(take_line(text, &offset), SLICE("--")) &&
           is_of_operation(take_line(text, &offset));
}

/* "-- Running upgrade 1a2b -> 3c4d" before the statements of a revision. */
bool alembic_has_marker(struct slice text)
{
    size_t offset = 0;
    struct slice line;

    if (slice_find(text, SLICE("alembic_version")) == SLICE_NOT_FOUND)
        return false;
    while ((line = sections_next_line(text, &offset, SLICE("-- Running ")))
               .start) {
        if (slice_has_prefix(line, SLICE("-- Running upgrade ")) ||
            slice_has_prefix(line, SLICE("-- Running downgrade ")))
            return true;
    }
    return false;
}

enum migration_role alembic_role(struct slice text)
{
    return slice_find(text, SLICE("-- Running downgrade ")) != SLICE_NOT_FOUND
               ? ROLE_DOWN
               : ROLE_UP;
}
