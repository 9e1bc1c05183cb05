/*
 * Reads Liquibase's changelogs of XML, YAML and JSON for one thing: which files
 * they include, in what order. A changelog that includes files by itself or by
 * others makes one history of them.
 *
 * Nothing else of the formats is needed, so values are found by the attributes'
 * names, in whatever syntax: file="x.sql", file: x.sql, "file": "x.sql".
 */
#include "input/folder.h"
#include "input/path.h"
#include "input/sections.h"
#include "input/tool_rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#define DEPTH_MAX 16
#define FILES_MAX 20000
#define CHANGELOG_SIZE_MAX ((off_t)4 << 20)

struct path_array ARRAY(struct slice);

struct includer {
    struct arena *arena;
    struct tool_listing *listing;
    size_t place;
    size_t count; /* of files and folders met */
};

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

static bool has_suffix(struct slice name, struct slice suffix)
{
    return name.length >= suffix.length &&
           slice_equal_ignoring_case(
               slice_part(name, name.length - suffix.length, name.length),
               suffix);
}

static bool is_changelog(struct slice name)
{
    return has_suffix(name, SLICE(".xml")) ||
           has_suffix(name, SLICE(".yaml")) ||
           has_suffix(name, SLICE(".yml")) || has_suffix(name, SLICE(".json"));
}

static bool contains(struct slice name, struct slice word)
{
    for (size_t at = 0; at + word.length <= name.length; at++) {
        if (slice_equal_ignoring_case(slice_part(name, at, at + word.length),
                                      word))
            return true;
    }
    return false;
}

/* How likely the file is the one that Liquibase begins with; 0: it is none. */
static int rank(const struct folder_entry *entry)
{
    struct slice name = entry->name;

    if (entry->kind != FOLDER_FILE || !is_changelog(name))
        return 0;
    if (contains(name, SLICE("changelog")) &&
        (contains(name, SLICE("master")) || contains(name, SLICE("root"))))
        return 3;
    if (contains(name, SLICE("changelog")))
        return 2;
    return slice_has_prefix(name, SLICE("master.")) ? 1 : 0;
}

/* The name of the folder's first changelog; empty if it has none. */
static struct slice changelog_in(struct arena *arena, struct slice folder)
{
    struct folder_entry_array entries = {0};
    struct slice best = {NULL, 0};
    struct error error;
    int best_rank = 0;

    if (!folder_list(arena, folder, &entries, &error))
        return best;
    for (size_t i = 0; i < entries.count; i++) {
        if (rank(&entries.items[i]) > best_rank) {
            best_rank = rank(&entries.items[i]);
            best = entries.items[i].name;
        }
    }
    return best;
}

/* The value of `file` or `path` that stands at this offset; empty if none
 * does. */
static struct slice included_at(struct slice text, size_t at)
{
    static const char quotes[] = "\"'";
    struct slice rest = slice_part(text, at, text.length), none = {NULL, 0};
    size_t end = 0;

    if ((at > 0 && is_name_byte(text.start[at - 1])) ||
        (!slice_has_prefix(rest, SLICE("file")) &&
         !slice_has_prefix(rest, SLICE("path"))))
        return none;
    rest = slice_part(rest, 4, rest.length);
    if (rest.length && strchr(quotes, rest.start[0]))
        rest = slice_part(rest, 1, rest.length);
    rest = slice_trim(rest);
    if (rest.length == 0 || !strchr(":=", rest.start[0]))
        return none;
    rest = slice_trim(slice_part(rest, 1, rest.length));
    if (rest.length && strchr(quotes, rest.start[0]))
        rest = slice_part(rest, 1, rest.length);
    while (end < rest.length && !strchr("\"' \t\r\n,}>", rest.start[end]))
        end++;
    return slice_part(rest, 0, end);
}

/* From the changelog's folder upward: Liquibase's search path is not known,
 * but a folder of it is above mostly. Null if there is no such file. */
static const char *resolve(struct includer *includer, struct slice folder,
                           struct slice name)
{
    const char *path;

    if (slice_has_prefix(name, SLICE("classpath:")))
        name = slice_part(name, 10, name.length);
    while (slice_has_prefix(name, SLICE("/")))
        name = slice_part(name, 1, name.length);
    if (name.length == 0)
        return NULL;
    for (size_t i = 0; i < DEPTH_MAX; i++) {
        path = path_canonical(
            includer->arena,
            slice_from(path_join(includer->arena, folder, name)));
        if (path || folder.length <= 1)
            return path;
        folder = path_folder(folder);
    }
    return NULL;
}

static void include(struct includer *includer, struct slice path, int depth);

static void read_changelog(struct includer *includer, struct slice path,
                           int depth)
{
    struct source source = source_of_path(arena_copy(includer->arena, path));
    struct stat status;
    struct error error;
    struct slice text;

    if (stat(source.path, &status) != 0 ||
        status.st_size > CHANGELOG_SIZE_MAX || !source_load(&source, &error))
        return;
    text = source.text;
    for (size_t at = 0; at < text.length; at++) {
        struct slice rest = slice_part(text, at, text.length), name;
        const char *included = NULL;

        if (slice_has_prefix(rest, SLICE("<!--"))) {
            size_t end = slice_find(rest, SLICE("-->"));

            at = end == SLICE_NOT_FOUND ? text.length : at + end;
            continue;
        }
        if (rest.start[0] != 'f' && rest.start[0] != 'p')
            continue;
        name = included_at(text, at);
        if (name.length)
            included = resolve(includer, path_folder(path), name);
        if (included)
            include(includer, slice_from(included), depth + 1);
    }
    source_unload(&source);
}

static void list_below(struct includer *includer, struct slice folder,
                       struct path_array *paths, int depth)
{
    struct folder_entry_array entries = {0};
    struct error error;

    if (depth > DEPTH_MAX ||
        !folder_list(includer->arena, folder, &entries, &error))
        return;
    for (size_t i = 0; i < entries.count && paths->count < FILES_MAX; i++) {
        const struct folder_entry *entry = &entries.items[i];
        struct slice path =
            slice_from(path_join(includer->arena, folder, entry->name));

        if (entry->kind == FOLDER_FOLDER)
            list_below(includer, path, paths, depth + 1);
        else if (entry->kind == FOLDER_FILE)
            *array_push(includer->arena, paths) = path;
    }
}

static int compare_paths(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* includeAll: all files below, by their whole paths. */
static void include_folder(struct includer *includer, struct slice folder,
                           int depth)
{
    struct path_array paths = {0};

    list_below(includer, folder, &paths, 0);
    if (paths.count)
        qsort(paths.items, paths.count, sizeof *paths.items, compare_paths);
    for (size_t i = 0; i < paths.count; i++)
        include(includer, paths.items[i], depth + 1);
}

/* A changelog that is included twice counts once, so that none includes
 * itself. */
static void include(struct includer *includer, struct slice path, int depth)
{
    struct map *places = &includer->listing->places;
    struct stat status;

    if (depth > DEPTH_MAX || ++includer->count > FILES_MAX)
        return;
    if (stat(arena_copy(includer->arena, path), &status) == 0 &&
        S_ISDIR(status.st_mode)) {
        include_folder(includer, path, depth);
        return;
    }
    if (map_find(places, path))
        return;
    map_put(includer->arena, places, arena_copy_slice(includer->arena, path),
            (void *)(uintptr_t)++includer->place);
    if (is_changelog(path_name(path)))
        read_changelog(includer, path, depth);
}

void liquibase_list(struct arena *arena, struct slice folder,
                    struct tool_listing *listing)
{
    struct includer includer = {.arena = arena, .listing = listing};
    struct slice name = changelog_in(arena, folder);
    const char *path;

    if (name.length == 0)
        return;
    path = path_canonical(arena, slice_from(path_join(arena, folder, name)));
    if (path)
        include(&includer, slice_from(path), 0);
}
