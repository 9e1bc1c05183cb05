/*
 * Reads the files in which tools list their migrations: Drizzle's journal and
 * sqitch's plan. changelog.c has Liquibase's. What the rows of tools.c point
 * to.
 *
 * The files are strangers': their size is bounded before they are read, and
 * jansson bounds the depth of JSON.
 */
#include "input/folder.h"
#include "input/sections.h"

#include "input/path.h"
#include "input/tool_rows.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#define LIST_SIZE_MAX ((off_t)16 << 20)

static bool load_list(struct arena *arena, struct slice folder,
                      struct slice name, struct source *source)
{
    const char *path = path_join(arena, folder, name);
    struct stat status;
    struct error error;

    *source = source_of_path(path);
    return stat(path, &status) == 0 && status.st_size <= LIST_SIZE_MAX &&
           source_load(source, &error);
}

static bool has_file(struct arena *arena, struct slice folder,
                     struct slice name)
{
    struct stat status;

    return stat(path_join(arena, folder, name), &status) == 0;
}

static void put_place(struct arena *arena, struct tool_listing *listing,
                      struct slice key, size_t place)
{
    map_put(arena, &listing->places, arena_copy_slice(arena, key),
            (void *)(uintptr_t)place);
}

bool drizzle_is_folder(struct arena *arena, struct slice folder)
{
    return has_file(arena, folder, SLICE("meta/_journal.json"));
}

/* Entries are run in the order of the file, whatever their idx and when
 * (readMigrationFiles in migrator.ts). */
void drizzle_list(struct arena *arena, struct slice folder,
                  struct tool_listing *listing)
{
    struct source source;
    const char *dialect;
    json_t *journal, *entry;
    size_t i;

    if (!load_list(arena, folder, SLICE("meta/_journal.json"), &source))
        return;
    journal = json_loadb(source.text.start, source.text.length, 0, NULL);
    dialect = json_string_value(json_object_get(journal, "dialect"));
    listing->is_other_database =
        dialect && strcmp(dialect, "pg") != 0 &&
        !slice_has_prefix(slice_from(dialect), SLICE("postgres"));
    json_array_foreach(json_object_get(journal, "entries"), i, entry)
    {
        const char *tag = json_string_value(json_object_get(entry, "tag"));

        if (tag)
            put_place(arena, listing, slice_from(tag), i + 1);
    }
    json_decref(journal);
    source_unload(&source);
}

bool drizzle_has_marker(struct slice text)
{
    return slice_find(text, SLICE("--> statement-breakpoint")) !=
           SLICE_NOT_FOUND;
}

bool drizzle_has_snapshot(struct arena *arena, struct slice folder,
                          struct slice name)
{
    (void)name;
    return has_file(arena, folder, SLICE("snapshot.json"));
}

/* The text behind a colon and a quote; empty where there is something else. */
static struct slice quoted_value(struct slice text)
{
    text = slice_trim(text);
    if (!slice_has_prefix(text, SLICE(":")))
        return (struct slice){NULL, 0};
    text = slice_trim(slice_part(text, 1, text.length));
    if (!slice_has_prefix(text, SLICE("\"")))
        return (struct slice){NULL, 0};
    text = slice_part(text, 1, text.length);
    return slice_part(text, 0, slice_find(text, SLICE("\"")));
}

/* Snapshots are large, and name their dialect before all else. */
bool drizzle_is_other_database(struct arena *arena, struct slice folder,
                               struct slice name)
{
    struct slice key = SLICE("\"dialect\""), dialect = {NULL, 0};
    struct source source;
    size_t at;

    (void)name;
    if (!load_list(arena, folder, SLICE("snapshot.json"), &source))
        return false;
    at = slice_find(source.text, key);
    if (at != SLICE_NOT_FOUND)
        dialect = quoted_value(
            slice_part(source.text, at + key.length, source.text.length));
    at = dialect.length;
    if (slice_has_prefix(dialect, SLICE("postgres")))
        at = 0;
    source_unload(&source);
    return at > 0;
}

bool sqitch_is_folder(struct arena *arena, struct slice folder)
{
    return has_file(arena, folder, SLICE("sqitch.plan"));
}

/* The change that a line of the plan names, or the tag, with its "@". Empty
 * for comments, pragmas and blank lines. */
static struct slice planned_name(struct slice line)
{
    struct slice rest = slice_trim(line), name;

    if (rest.length == 0 || rest.start[0] == '#' || rest.start[0] == '%')
        return (struct slice){NULL, 0};
    if (rest.start[0] == '+')
        rest = slice_part(rest, 1, rest.length);
    name = sections_take_word(&rest);
    /* "-name" takes a change back. */
    return slice_has_prefix(name, SLICE("-")) ? (struct slice){NULL, 0} : name;
}

/* How many tags are tried for the files of a change that was reworked. */
#define TAGS_MAX 64

/* A plan while it is being read. */
struct plan {
    struct arena *arena;
    struct tool_listing *listing;
    struct slice_array tags;
    struct map tag_counts; /* of a change: how many tags stand before it, from
                              1 (as uintptr_t) */
    size_t place;
};

/* The change has been planned before: its first version's files are called
 * name@tag by now, with one of the tags between the two. */
static void rename_earlier(struct plan *plan, struct slice name, size_t place)
{
    size_t from = (size_t)(uintptr_t)map_find(&plan->tag_counts, name) - 1;

    for (size_t i = from; i < plan->tags.count && i < from + TAGS_MAX; i++)
        put_place(plan->arena, plan->listing,
                  slice_from(arena_format(
                      plan->arena, "%.*s%.*s", SLICE_ARGUMENTS(name),
                      SLICE_ARGUMENTS(plan->tags.items[i]))),
                  place);
}

/* App::Sqitch::Plan and its Change, path_segments. */
void sqitch_list(struct arena *arena, struct slice folder,
                 struct tool_listing *listing)
{
    struct plan plan = {.arena = arena, .listing = listing};
    struct source source;
    struct slice line;
    size_t offset = 0;

    if (!load_list(arena, folder, SLICE("sqitch.plan"), &source))
        return;
    while ((line = sections_next_line(source.text, &offset, SLICE(""))).start) {
        struct slice name = planned_name(line);
        void *before;

        if (name.length == 0)
            continue;
        if (name.start[0] == '@') {
            *array_push(arena, &plan.tags) = name;
            continue;
        }
        before = map_find(&listing->places, name);
        if (before)
            rename_earlier(&plan, name, (size_t)(uintptr_t)before);
        put_place(arena, listing, name, ++plan.place);
        map_put(arena, &plan.tag_counts, arena_copy_slice(arena, name),
                (void *)(uintptr_t)(plan.tags.count + 1));
    }
    source_unload(&source);
}
