/*
 * Whether a file that is one section runs without its tool's transaction: what
 * stands in it, or in a file of settings beside it. What the rows of tools.c
 * point to.
 */
#include "input/tool_rows.h"

#include "input/path.h"
#include "input/sections.h"

/* Reads a small file of settings; its text lives in the source. */
static bool load_beside(const char *path, struct source *source)
{
    struct error error;

    *source = source_of_path(path);
    return source_load(source, &error);
}

/* The value of `key` in lines "key = value", the last one; # is a comment. A
 * null start if there is none. */
static struct slice setting_in(struct slice text, struct slice key)
{
    struct slice value = {NULL, 0};

    while (text.length) {
        size_t end = slice_find(text, SLICE("\n")), equals;
        struct slice line;

        if (end == SLICE_NOT_FOUND)
            end = text.length;
        line = slice_part(text, 0, end);
        text = slice_part(text, end + 1, text.length);
        line = slice_trim(slice_part(line, 0, slice_find(line, SLICE("#"))));
        equals = slice_find(line, SLICE("="));
        if (equals != SLICE_NOT_FOUND &&
            slice_equal(slice_trim(slice_part(line, 0, equals)), key))
            value = slice_trim(slice_part(line, equals + 1, line.length));
    }
    return value;
}

/* metadata.toml in the migration's folder. A file without the key means false,
 * because that is how diesel deserialises it. */
bool diesel_has_opted_out(struct arena *arena, const struct source *source)
{
    struct slice folder = path_folder(slice_from(source->path)), value;
    struct source metadata;
    bool has_opted_out;

    if (!load_beside(path_join(arena, folder, SLICE("metadata.toml")),
                     &metadata))
        return false;
    value = setting_in(metadata.text, SLICE("run_in_transaction"));
    has_opted_out = !slice_equal(value, SLICE("true"));
    source_unload(&metadata);
    return has_opted_out;
}

bool sqlx_has_marker(struct slice text)
{
    return slice_has_prefix(text, SLICE("-- no-transaction"));
}

/* The very first bytes: a byte order mark before them hides them. */
bool sqlx_has_opted_out(struct arena *arena, const struct source *source)
{
    (void)arena;
    return sqlx_has_marker(source->text);
}

bool flyway_has_opted_out(struct arena *arena, const struct source *source)
{
    const char *path = arena_format(arena, "%s.conf", source->path);
    struct source settings;
    bool has_opted_out;

    if (!load_beside(path, &settings))
        return false;
    has_opted_out = slice_equal_ignoring_case(
        setting_in(settings.text, SLICE("executeInTransaction")),
        SLICE("false"));
    source_unload(&settings);
    return has_opted_out;
}

/* ".autocommit" before the direction. */
bool pop_has_opted_out(struct arena *arena, const struct source *source)
{
    struct slice name = path_name(slice_from(source->path));

    (void)arena;
    return slice_has_suffix(name, SLICE(".autocommit.up.sql")) ||
           slice_has_suffix(name, SLICE(".autocommit.down.sql"));
}

bool graphile_migrate_has_marker(struct slice text)
{
    return slice_has_prefix(text, SLICE("--! Previous: "));
}

/* On the first line of what the author wrote, below the lines that committing
 * put there: --! Previous, --! Hash, --! Message, an empty one. */
bool graphile_migrate_has_opted_out(struct arena *arena,
                                    const struct source *source)
{
    struct slice text = sections_text(source), line;
    size_t offset = 0;

    (void)arena;
    while ((line = sections_next_line(text, &offset, SLICE(""))).start) {
        struct slice rest = slice_trim(line);

        if (rest.length == 0)
            continue;
        if (!slice_has_prefix(rest, SLICE("--!")))
            return false;
        rest = slice_part(rest, 3, rest.length);
        if (slice_equal(sections_take_word(&rest), SLICE("no-transaction")))
            return true;
    }
    return false;
}
