/*
 * Reads Flyway's settings, flyway.toml or flyway.conf: what they say of names,
 * locations and transactions. placement.c finds the nearest ones for a folder.
 *
 * The keys: org.flywaydb.core.api.configuration, ClassicConfiguration.java.
 */
#include "input/tool_rows.h"

#include "input/path.h"
#include "input/sections.h"

struct reader {
    struct arena *arena;
    struct tool_settings *settings;
    bool is_toml;
    bool is_in_table;  /* of TOML */
    bool is_elsewhere; /* which is not [flyway] */
};

/* Without quotes, and what stands behind the closing one. */
static struct slice unquoted(struct slice text)
{
    char quote;

    text = slice_trim(text);
    if (!text.length || (text.start[0] != '"' && text.start[0] != '\''))
        return text;
    quote = text.start[0];
    text = slice_part(text, 1, text.length);
    for (size_t i = 0; i < text.length; i++)
        if (text.start[i] == quote)
            return slice_part(text, 0, i);
    return text;
}

/* Takes the next one of a list; false at its end. */
static bool take_value(struct slice *list, struct slice *value)
{
    size_t end = 0;
    char quote = '\0';

    *list = slice_trim(*list);
    if (!list->length)
        return false;
    for (; end < list->length; end++) {
        char c = list->start[end];

        if (quote && c == quote)
            quote = '\0';
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
        else if (!quote && c == ',')
            break;
    }
    *value = unquoted(slice_part(*list, 0, end));
    *list = slice_part(*list, end + 1, list->length);
    return true;
}

static void read_list(struct reader *reader, struct slice list,
                      struct slice_array *values)
{
    struct slice value;

    list = slice_trim(list);
    if (slice_has_prefix(list, SLICE("[")))
        list = slice_part(list, 1, list.length);
    if (slice_has_suffix(list, SLICE("]")))
        list.length--;
    *values = (struct slice_array){0};
    while (take_value(&list, &value))
        if (value.length)
            *array_push(reader->arena, values) =
                arena_copy_slice(reader->arena, value);
}

static void read_setting(struct reader *reader, struct slice key,
                         struct slice value)
{
    static const struct {
        const char *key;
        size_t member;
    } texts[] = {
        {"sqlMigrationPrefix", offsetof(struct tool_settings, versioned)},
        {"undoSqlMigrationPrefix", offsetof(struct tool_settings, undo)},
        {"repeatableSqlMigrationPrefix",
         offsetof(struct tool_settings, repeatable)},
        {"baselineMigrationPrefix", offsetof(struct tool_settings, baseline)},
        {"sqlMigrationSeparator", offsetof(struct tool_settings, separator)},
    };
    struct tool_settings *settings = reader->settings;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!slice_equal(key, slice_from(texts[i].key)))
            continue;
        *(struct slice *)((char *)settings + texts[i].member) =
            arena_copy_slice(reader->arena, unquoted(value));
        settings->is_spelled = true;
    }
    if (slice_equal(key, SLICE("sqlMigrationSuffixes"))) {
        read_list(reader, value, &settings->suffixes);
        settings->is_spelled = true;
    } else if (slice_equal(key, SLICE("locations"))) {
        read_list(reader, value, &settings->locations);
    } else if (slice_equal(key, SLICE("mixed"))) {
        settings->allows_mixture = slice_equal(unquoted(value), SLICE("true"));
    } else if (slice_equal(key, SLICE("executeInTransaction"))) {
        settings->has_no_transaction =
            slice_equal(unquoted(value), SLICE("false"));
    }
}

/* A TOML list may go on in the lines below; one that never ends is read to the
 * end of the file. */
static struct slice rest_of_list(struct slice text, struct slice value,
                                 size_t *offset)
{
    const char *start = value.start;

    while (slice_has_prefix(value, SLICE("[")) &&
           slice_find(value, SLICE("]")) == SLICE_NOT_FOUND) {
        struct slice line = sections_next_line(text, offset, SLICE(""));

        if (!line.start)
            break;
        value = (struct slice){start, (size_t)(line.start - start) +
                                          slice_trim(line).length};
    }
    return value;
}

static void read_settings(struct reader *reader, struct slice text)
{
    size_t offset = 0;
    struct slice line;

    while ((line = sections_next_line(text, &offset, SLICE(""))).start) {
        size_t equals = slice_find(line, SLICE("="));
        struct slice key = slice_trim(slice_part(line, 0, equals)), value;

        if (!key.length || key.start[0] == '#' || key.start[0] == '!')
            continue;
        if (reader->is_toml && key.start[0] == '[') {
            reader->is_in_table = true;
            reader->is_elsewhere = !slice_equal(key, SLICE("[flyway]"));
            continue;
        }
        if (equals == SLICE_NOT_FOUND)
            continue;
        value = slice_trim(slice_part(line, equals + 1, line.length));
        if (reader->is_toml)
            value = rest_of_list(text, value, &offset);
        if (!reader->is_in_table && slice_has_prefix(key, SLICE("flyway.")))
            key = slice_part(key, 7, key.length);
        else if (!reader->is_in_table)
            continue;
        if (!reader->is_elsewhere)
            read_setting(reader, key, value);
    }
}

static struct tool_settings *read_file(struct arena *arena, struct slice folder,
                                       struct slice name)
{
    struct source source = source_of_path(path_join(arena, folder, name));
    struct tool_settings *settings;
    struct reader reader;
    struct error error;

    if (!source_load(&source, &error))
        return NULL;
    settings = arena_alloc(arena, sizeof *settings);
    *settings = (struct tool_settings){
        .folder = folder,
        .versioned = SLICE("V"),
        .undo = SLICE("U"),
        .repeatable = SLICE("R"),
        .baseline = SLICE("B"),
        .separator = SLICE("__"),
    };
    *array_push(arena, &settings->suffixes) = SLICE(".sql");
    reader = (struct reader){
        .arena = arena,
        .settings = settings,
        .is_toml = slice_has_suffix(name, SLICE(".toml")),
    };
    read_settings(&reader, sections_text(&source));
    source_unload(&source);
    return settings;
}

const struct tool_settings *flyway_settings(struct arena *arena,
                                            struct slice folder)
{
    const struct tool_settings *settings =
        read_file(arena, folder, SLICE("flyway.toml"));

    return settings ? settings : read_file(arena, folder, SLICE("flyway.conf"));
}

static bool has_prefix(struct slice name, struct slice prefix)
{
    return prefix.length && slice_has_prefix(name, prefix);
}

/* The name without its suffix; empty if it has none of the settings'. */
static struct slice without_suffix(const struct tool_settings *settings,
                                   struct slice name)
{
    for (size_t i = 0; i < settings->suffixes.count; i++) {
        struct slice suffix = settings->suffixes.items[i];

        if (suffix.length < name.length &&
            slice_equal_ignoring_case(
                slice_part(name, name.length - suffix.length, name.length),
                suffix))
            return slice_part(name, 0, name.length - suffix.length);
    }
    return (struct slice){NULL, 0};
}

/* The longest prefix that the name has decides, as it may begin with another:
 * "V" and "VU". Empty if it is none of Flyway's. */
static struct slice own_name(struct arena *arena,
                             const struct tool_settings *settings,
                             struct slice name)
{
    const struct {
        struct slice prefix;
        char letter;
    } kinds[] = {
        {settings->versioned, 'V'},
        {settings->undo, 'U'},
        {settings->repeatable, 'R'},
        {settings->baseline, 'B'},
    };
    struct slice stem = without_suffix(settings, name), prefix = {NULL, 0};
    char letter = '\0';
    size_t separator;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (has_prefix(stem, kinds[i].prefix) &&
            kinds[i].prefix.length > prefix.length) {
            prefix = kinds[i].prefix;
            letter = kinds[i].letter;
        }
    }
    stem = slice_part(stem, prefix.length, stem.length);
    separator = slice_find(stem, settings->separator);
    if (!letter || !settings->separator.length || separator == SLICE_NOT_FOUND)
        return (struct slice){NULL, 0};
    return slice_from(arena_format(
        arena, "%c%.*s__%.*s.sql", letter, (int)separator, stem.start,
        (int)(stem.length - separator - settings->separator.length),
        stem.start + separator + settings->separator.length));
}

struct slice tool_own_name(struct arena *arena,
                           const struct tool_settings *settings,
                           struct slice name)
{
    return settings && settings->is_spelled ? own_name(arena, settings, name)
                                            : name;
}

/* The folder or the one above it that ends as a location on the class path does;
 * a null start if there is none. */
static struct slice find_on_class_path(const struct tool_settings *settings,
                                       struct slice location,
                                       struct slice folder)
{
    if (slice_has_prefix(location, SLICE("classpath:")))
        location = slice_part(location, 10, location.length);
    if (slice_has_prefix(location, SLICE("/")))
        location = slice_part(location, 1, location.length);
    for (; location.length && folder.length > settings->folder.length;
         folder = path_folder(folder)) {
        if (slice_has_suffix(folder, location) &&
            folder.start[folder.length - location.length - 1] == '/')
            return folder;
    }
    return (struct slice){NULL, 0};
}

/* A null start if there is no such folder. */
static struct slice find_location(struct arena *arena,
                                  const struct tool_settings *settings,
                                  struct slice location, struct slice folder)
{
    const char *path;

    if (!slice_has_prefix(location, SLICE("filesystem:")))
        return find_on_class_path(settings, location, folder);
    location = slice_part(location, 11, location.length);
    if (!slice_has_prefix(location, SLICE("/")))
        location = slice_from(path_join(arena, settings->folder, location));
    path = path_canonical(arena, location);
    return path ? slice_from(path) : (struct slice){NULL, 0};
}

bool tool_find_locations(struct arena *arena,
                         const struct tool_settings *settings,
                         struct slice folder, struct slice_array *locations)
{
    bool is_in_one = false;

    for (size_t i = 0; i < settings->locations.count; i++) {
        struct slice location = find_location(
            arena, settings, settings->locations.items[i], folder);

        if (!location.start)
            continue;
        if (path_is_in(folder, location))
            is_in_one = true;
        *array_push(arena, locations) = location;
    }
    return is_in_one;
}
