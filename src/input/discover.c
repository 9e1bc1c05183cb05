/*
 * From the paths that the user named to the list of files: folders are
 * searched, and then, silently, the siblings in whose history a file is to be
 * judged are added (siblings.c). The top of the data flow; nothing is judged
 * here.
 */
#include "input/discover.h"

#include "base/map.h"
#include "input/folder.h"
#include "input/git_ignore.h"
#include "input/path.h"
#include "input/project.h"
#include "input/query_file.h"
#include "input/recognise.h"
#include "input/schema_search.h"
#include "input/siblings.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct pattern_array ARRAY(struct pattern *);

struct discoverer {
    struct arena *arena;
    const struct discover_request *request;
    struct discovery *discovery;
    struct recogniser *recogniser;
    struct siblings siblings;
    struct pattern_array exclude;
    const char *root; /* canonical; null without settings */
};

/* A folder that is being searched. */
struct search {
    struct map ignored;   /* by git; paths below the start */
    const char *start;    /* canonical; null without globs */
    size_t named;         /* of sources */
    bool has_asked_start; /* a file of the start folder was looked at for
                             siblings outside of it */
};

static void add_problem(struct discoverer *discoverer, const char *path,
                        const char *message)
{
    *array_push(discoverer->arena, &discoverer->discovery->problems) =
        (struct unreadable){path, message};
}

static struct source *add_file(struct discoverer *discoverer, const char *path,
                               bool is_given)
{
    struct source *source = arena_alloc(discoverer->arena, sizeof *source);

    *source = source_of_path(path);
    source->named = path_last_name(path_folder(slice_from(path)));
    *array_push(discoverer->arena, &discoverer->discovery->files) =
        (struct discovered){.source = source,
                            .is_named = true,
                            .is_given = is_given};
    return source;
}

static void compile_globs(struct discoverer *discoverer)
{
    const struct discover_request *request = discoverer->request;
    struct arena *arena = discoverer->arena;

    for (size_t i = 0; i < request->exclude_count; i++) {
        struct slice glob = slice_from(request->exclude[i]);
        struct error error;
        struct pattern *pattern = pattern_compile_glob(glob, &error);

        if (pattern)
            *array_push(arena, &discoverer->exclude) = pattern;
        else
            add_problem(discoverer, request->exclude[i],
                        arena_format(arena, "bad glob \"%s\": %s",
                                     request->exclude[i], error.text));
    }
    if (request->root)
        discoverer->root = path_canonical(arena, slice_from(request->root));
}

/* below: the path below the search's start. */
static bool is_excluded(struct discoverer *discoverer,
                        const struct search *search, const char *below)
{
    struct slice path, root = slice_from(discoverer->root);

    if (discoverer->exclude.count == 0 || !discoverer->root || !search->start)
        return false;
    path = slice_from(path_join(discoverer->arena, slice_from(search->start),
                                slice_from(below)));
    if (!slice_has_prefix(path, root))
        return false;
    path = slice_part(path, root.length, path.length);
    if (slice_has_prefix(path, SLICE("/")))
        path = slice_part(path, 1, path.length);
    for (size_t i = 0; i < discoverer->exclude.count; i++) {
        if (pattern_match(discoverer->exclude.items[i], path, NULL, 0))
            return true;
    }
    return false;
}

/* A name of Flyway's: its history begins where only its location tells. */
static bool may_be_flyway(struct slice name)
{
    return name.length && strchr("VURB", name.start[0]);
}

static void search_file(struct discoverer *discoverer, struct search *search,
                        const struct folder_entry *entry, const char *path,
                        const char *below)
{
    struct source *source;

    if (!siblings_is_new(&discoverer->siblings, entry->identity))
        return;
    source = add_file(discoverer, path, false);
    source->named = search->named;
    if (search->has_asked_start || strchr(below, '/'))
        return;
    search->has_asked_start = true;
    if (may_be_flyway(entry->name))
        siblings_want(&discoverer->siblings, source);
    else
        siblings_want_outside(&discoverer->siblings, source);
}

/* Depth is bounded by the longest path that the system opens. */
static void search_folder(struct discoverer *discoverer, struct search *search,
                          struct slice folder, struct slice below)
{
    struct arena *arena = discoverer->arena;
    struct error error;
    const struct folder_entry_array *entries =
        recogniser_entries(discoverer->recogniser, folder, &error);

    if (!entries) {
        add_problem(discoverer, path_to_open(arena, folder),
                    arena_copy(arena, slice_from(error.text)));
        return;
    }
    for (size_t i = 0; i < entries->count; i++) {
        const struct folder_entry *entry = &entries->items[i];
        bool is_folder = entry->kind == FOLDER_FOLDER;
        const char *path, *entry_below;

        if (entry->kind == FOLDER_OTHER || folder_is_skipped(entry->name) ||
            (!is_folder && !folder_is_sql_name(entry->name)))
            continue;
        entry_below = path_join(arena, below, entry->name);
        if (map_find(&search->ignored, slice_from(entry_below)) ||
            is_excluded(discoverer, search, entry_below))
            continue;
        path = path_join(arena, folder, entry->name);
        if (is_folder)
            search_folder(discoverer, search, slice_from(path),
                          slice_from(entry_below));
        else
            search_file(discoverer, search, entry, path, entry_below);
    }
}

static void start_search(struct discoverer *discoverer, struct slice folder)
{
    struct arena *arena = discoverer->arena;
    struct search search = {.has_asked_start = false};

    search.named = path_last_name(folder);

    if (project_root(recogniser_project(discoverer->recogniser), folder))
        git_ignore_find(arena, folder, &search.ignored);
    if (discoverer->exclude.count)
        search.start = path_canonical(arena, folder);
    search_folder(discoverer, &search, folder, SLICE(""));
}

static void add_standard_input(struct discoverer *discoverer)
{
    const struct discover_request *request = discoverer->request;
    const char *name = request->stdin_filename;
    struct source *source = add_file(discoverer, name ? name : "<stdin>", true);

    source_load_text(source, request->stdin_text);
    if (name)
        siblings_want(&discoverer->siblings, source);
}

static void add_path(struct discoverer *discoverer, const char *path)
{
    struct stat status;

    if (strcmp(path, "-") == 0) {
        add_standard_input(discoverer);
        return;
    }
    if (stat(path, &status) != 0) {
        add_problem(discoverer, path,
                    arena_format(discoverer->arena, "cannot read \"%s\": %s",
                                 path, strerror(errno)));
        return;
    }
    if (S_ISDIR(status.st_mode))
        start_search(discoverer, slice_from(path));
    else if (siblings_is_new_path(&discoverer->siblings, path))
        siblings_want(&discoverer->siblings, add_file(discoverer, path, true));
}

static bool names_standard_input(const struct discover_request *request)
{
    for (size_t i = 0; i < request->path_count; i++) {
        if (strcmp(request->paths[i], "-") == 0)
            return true;
    }
    return false;
}

/* Not called as migrations are. */
static bool may_be_queries(const struct discovered *file)
{
    struct slice name = path_name(slice_from(file->source->path));

    return file->is_given ||
           (!(name.length && *name.start >= '0' && *name.start <= '9') &&
            !may_be_flyway(name) && !slice_equal(name, SLICE("up.sql")) &&
            !slice_equal(name, SLICE("down.sql")) &&
            !slice_equal(name, SLICE("migration.sql")));
}

static bool begins_with_queries(struct source *source)
{
    bool was_loaded = source->is_loaded;
    struct error ignored;
    bool begins;

    if (!source_load(source, &ignored))
        return false;
    begins = query_file_begins(
        slice_part(source->text, source->body, source->text.length));
    if (!was_loaded)
        source_unload(source);
    return begins;
}

/* What makes the tables of the files of queries. One file of each folder tells
 * of the others, unless they were named one by one. */
static void add_schemas(struct discoverer *discoverer)
{
    struct discovered_array *files = &discoverer->discovery->files;
    struct schema_search search;
    struct slice last = SLICE("\n");
    size_t count = files->count;

    schema_search_init(&search, &discoverer->siblings, discoverer->root);
    for (size_t i = 0; i < count; i++) {
        struct discovered *file = &files->items[i];
        struct slice folder = path_folder(slice_from(file->source->path));

        if (!file->is_named || !may_be_queries(file) ||
            (!file->is_given && slice_equal(folder, last)))
            continue;
        last = folder;
        if (begins_with_queries(file->source))
            schema_search_around(&search, file->source, files);
    }
    siblings_add(&discoverer->siblings, files);
    schema_search_release(&search);
    for (size_t i = count; i < files->count; i++)
        files->items[i].is_schema = true;
}

void discover(struct arena *arena, const struct discover_request *request,
              struct discovery *discovery)
{
    struct discoverer discoverer = {
        .arena = arena,
        .request = request,
        .discovery = discovery,
        .recogniser = recogniser_new(arena, request->tool),
    };

    *discovery = (struct discovery){.recogniser = discoverer.recogniser};
    siblings_init(&discoverer.siblings, arena, discoverer.recogniser);
    compile_globs(&discoverer);
    /* Standard input takes the place of the file of its name. */
    if (request->stdin_filename && names_standard_input(request))
        siblings_is_new_path(&discoverer.siblings, request->stdin_filename);
    if (request->path_count == 0)
        start_search(&discoverer, SLICE(""));
    for (size_t i = 0; i < request->path_count; i++)
        add_path(&discoverer, request->paths[i]);
    siblings_add(&discoverer.siblings, &discovery->files);
    if (request->finds_schemas)
        add_schemas(&discoverer);
    for (size_t i = 0; i < discoverer.exclude.count; i++)
        pattern_free(discoverer.exclude.items[i]);
}

void discovery_release(struct discovery *discovery)
{
    recogniser_free(discovery->recogniser);
    discovery->recogniser = NULL;
}
