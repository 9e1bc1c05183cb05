/*
 * From a file of queries to the migrations that make its tables. Bounded: in
 * each folder the names are listed, and a few files at most are read.
 */
#include "input/schema_search.h"

#include "input/path.h"
#include "input/query_file.h"

/* A repository of more folders is not searched to its end. */
#define FOLDERS_MAX 4000

/* So many of a folder's files are looked at: the first ones and the last. */
#define FILES_ASKED 3

/* Where more histories are equally near, or scripts, none is the file's. */
#define NEAREST_MAX 4

void schema_search_init(struct schema_search *search, struct siblings *siblings,
                        const char *root)
{
    *search = (struct schema_search){
        .arena = siblings->arena,
        .siblings = siblings,
        .recogniser = siblings->recogniser,
        .root = root,
        .folders_left = FOLDERS_MAX,
    };
}

/* The file is a migration: its history is wanted, once. */
static bool ask(struct schema_search *search, const char *path)
{
    struct source *source = arena_alloc(search->arena, sizeof *source);
    struct verdict verdict;

    *source = source_of_path(path);
    source->named = path_last_name(path_folder(slice_from(path)));
    verdict = recognise(search->recogniser, source);
    source_unload(source);
    if (verdict.kind != VERDICT_MIGRATION || tool_is_generator(verdict.tool))
        return false;
    *array_push(search->arena, &search->wanted) = source;
    siblings_want(search->siblings, source);
    map_put(search->arena, &search->found,
            arena_copy_slice(search->arena, verdict.folder), search);
    map_put(search->arena, &search->found,
            path_folder(slice_from(source->path)), search);
    return true;
}

static bool is_found(const struct schema_search *search, struct slice folder)
{
    return map_find(&search->found, folder) != NULL;
}

/* names: of the folder's .sql files, in natural order. */
static void ask_files(struct schema_search *search, struct slice folder,
                      const struct slice_array *names)
{
    struct arena *arena = search->arena;

    for (size_t i = 0; i < names->count; i++) {
        const char *path = path_join(arena, folder, names->items[i]);

        if (query_file_is_schema_name(names->items[i]))
            *array_push(arena, &search->scripts) = slice_from(path);
        else if ((i + 1 < FILES_ASKED || i + 1 == names->count) &&
                 ask(search, path))
            return;
    }
}

/* passed: the name of a folder in it that has been searched. Depth is bounded
 * by the longest path that the system opens. */
static void look_below(struct schema_search *search, struct slice folder,
                       struct slice passed)
{
    struct arena *arena = search->arena;
    struct folder_entry_array entries = {0};
    struct slice_array names = {0};
    struct error error;

    if (search->folders_left == 0 ||
        !folder_list(arena, folder, &entries, &error))
        return;
    search->folders_left--;
    for (size_t i = 0; i < entries.count; i++)
        if (entries.items[i].kind == FOLDER_FILE &&
            folder_is_sql_name(entries.items[i].name))
            *array_push(arena, &names) = entries.items[i].name;
    ask_files(search, folder, &names);
    for (size_t i = 0; i < entries.count && !is_found(search, folder); i++) {
        const struct folder_entry *entry = &entries.items[i];

        if (entry->kind == FOLDER_FOLDER && !folder_is_skipped(entry->name) &&
            !slice_equal(entry->name, passed))
            look_below(search,
                       slice_from(path_join(arena, folder, entry->name)),
                       SLICE(""));
    }
}

/* Where the search ends; null outside of any repository. */
static const char *end_of(const struct schema_search *search,
                          struct slice folder, struct slice canonical)
{
    if (search->root && path_is_in(canonical, slice_from(search->root)))
        return search->root;
    return project_root(recogniser_project(search->recogniser), folder);
}

/* True if something was found, or too much. */
static bool is_over(struct schema_search *search, size_t wanted)
{
    struct source_array *histories = &search->siblings->wanted;

    if (histories->count > wanted)
        search->scripts.count = 0;
    if (histories->count > wanted + NEAREST_MAX)
        histories->count = wanted;
    else if (histories->count == wanted && search->scripts.count == 0)
        return false;
    if (search->scripts.count > NEAREST_MAX)
        search->scripts.count = 0;
    return true;
}

/* Leaves scripts only where there is no history in or below the folder. */
static void go_up(struct schema_search *search, struct slice folder)
{
    const char *path = path_canonical(search->arena, folder);
    const char *end = path ? end_of(search, folder, slice_from(path)) : NULL;
    struct slice at = slice_from(path);
    struct slice passed = SLICE("");
    size_t wanted = search->siblings->wanted.count;

    while (end) {
        look_below(search, folder, passed);
        if (is_over(search, wanted) || slice_equal(at, slice_from(end)))
            return;
        passed = path_name(at);
        at = path_folder(at);
        folder = path_above(search->arena, folder);
    }
}

void schema_search_around(struct schema_search *search,
                          const struct source *source,
                          struct discovered_array *files)
{
    struct slice folder = path_folder(slice_from(source->path));

    if (map_find(&search->started, folder))
        return;
    map_put(search->arena, &search->started, folder, search);
    search->scripts.count = 0;
    go_up(search, folder);
    for (size_t i = 0; i < search->scripts.count; i++)
        siblings_add_file(search->siblings, search->scripts.items[i].start,
                          files);
}

void schema_search_release(struct schema_search *search)
{
    for (size_t i = 0; i < search->wanted.count; i++)
        source_unload(search->wanted.items[i]);
}
