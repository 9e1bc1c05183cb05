/*
 * Looks for a history where the migration tool itself would: in the folder of
 * the file, in the one above for tools with a folder for each migration, in
 * the whole location for Flyway. Only names are read here, and only when the
 * file is a migration at all: a query in a folder of 3,000 files costs
 * nothing.
 */
#include "input/siblings.h"

#include "input/database.h"
#include "input/path.h"

void siblings_init(struct siblings *siblings, struct arena *arena,
                   struct recogniser *recogniser)
{
    *siblings = (struct siblings){.arena = arena, .recogniser = recogniser};
}

bool siblings_is_new(struct siblings *siblings, struct file_identity identity)
{
    struct slice key = {(const char *)&identity, sizeof identity};

    if (map_find(&siblings->seen, key))
        return false;
    map_put(siblings->arena, &siblings->seen,
            arena_copy_slice(siblings->arena, key), siblings);
    return true;
}

bool siblings_is_new_path(struct siblings *siblings, const char *path)
{
    struct file_identity identity;

    return !folder_identify(path, &identity) ||
           siblings_is_new(siblings, identity);
}

void siblings_want(struct siblings *siblings, struct source *source)
{
    *array_push(siblings->arena, &siblings->wanted) = source;
}

void siblings_want_outside(struct siblings *siblings, struct source *source)
{
    struct verdict verdict = recognise(siblings->recogniser, source);

    if (verdict.kind == VERDICT_MIGRATION &&
        !slice_equal(verdict.folder, path_folder(slice_from(source->path))))
        siblings_want(siblings, source);
}

void siblings_add_file(struct siblings *siblings, const char *path,
                       struct discovered_array *files)
{
    struct file_identity identity;
    struct source *source;

    if (database_owner_of_name(path_name(slice_from(path))) == DATABASE_OTHER ||
        !folder_identify(path, &identity) ||
        !siblings_is_new(siblings, identity))
        return;
    source = arena_alloc(siblings->arena, sizeof *source);
    *source = source_of_path(path);
    source->named = path_last_name(path_folder(slice_from(path)));
    *array_push(siblings->arena, files) =
        (struct discovered){.source = source, .is_named = false};
}

/* The files of one migration's folder. */
static void add_folder(struct siblings *siblings, const struct tool *tool,
                       struct slice folder, struct slice name,
                       struct discovered_array *files)
{
    struct arena *arena = siblings->arena;

    for (size_t i = 0; tool->files[i]; i++) {
        struct slice file = slice_from(tool->files[i]);
        struct migration_name ignored;
        const char *unit = path_join(arena, name, file);

        if (recognise_name(siblings->recogniser, tool, slice_from(unit),
                           &ignored))
            siblings_add_file(
                siblings, path_join(arena, folder, slice_from(unit)), files);
    }
}

static bool is_of_tool(struct siblings *siblings, const struct tool *tool,
                       struct slice folder, const struct folder_entry *entry)
{
    struct migration_name ignored;

    return entry->kind == FOLDER_FILE &&
           recognise_file_name(siblings->recogniser, tool, folder, entry->name,
                               &ignored);
}

static bool is_part(const struct tool *tool, struct slice name)
{
    for (size_t i = 0; tool->parts[i]; i++) {
        if (slice_equal(name, slice_from(tool->parts[i])))
            return true;
    }
    return false;
}

static void add_history(struct siblings *siblings, const struct tool *tool,
                        struct slice folder, struct discovered_array *files);

/* The files of a folder that may have folders in it; below is the folder's path
 * in the history, as the tool's pattern has it. */
static void add_nested(struct siblings *siblings, const struct tool *tool,
                       struct slice folder, struct slice below,
                       struct discovered_array *files)
{
    struct arena *arena = siblings->arena;
    struct error error;
    const struct folder_entry_array *entries =
        recogniser_entries(siblings->recogniser, folder, &error);

    for (size_t i = 0; entries && i < entries->count; i++) {
        const struct folder_entry *entry = &entries->items[i];
        const char *path = path_join(arena, folder, entry->name);
        struct slice unit = slice_from(path_join(arena, below, entry->name));
        struct migration_name ignored;

        if (entry->kind == FOLDER_FOLDER)
            add_nested(siblings, tool, slice_from(path), unit, files);
        else if (entry->kind == FOLDER_FILE &&
                 recognise_name(siblings->recogniser, tool, unit, &ignored))
            siblings_add_file(siblings, path, files);
    }
}

/* A folder in the history's, as far as the tool looks into it. */
static void add_below(struct siblings *siblings, const struct tool *tool,
                      struct slice folder, struct slice name,
                      struct discovered_array *files)
{
    struct slice path = slice_from(path_join(siblings->arena, folder, name));

    if (tool->has_folder_each)
        add_folder(siblings, tool, folder, name, files);
    else if (is_part(tool, name) && tool->has_nested_parts)
        add_nested(siblings, tool, path, name, files);
    else if (is_part(tool, name) ||
             ((tool->has_sub_folders || tool->is_listed_by_path) &&
              !folder_is_skipped(name)))
        add_history(siblings, tool, path, files);
}

/* Depth is bounded by the longest path that the system opens. */
static void add_history(struct siblings *siblings, const struct tool *tool,
                        struct slice folder, struct discovered_array *files)
{
    struct arena *arena = siblings->arena;
    struct error error;
    const struct folder_entry_array *entries =
        recogniser_entries(siblings->recogniser, folder, &error);

    /* A folder that cannot be read makes a file without siblings. */
    for (size_t i = 0; entries && i < entries->count; i++) {
        const struct folder_entry *entry = &entries->items[i];

        if (entry->kind == FOLDER_FOLDER)
            add_below(siblings, tool, folder, entry->name, files);
        else if (!tool->has_folder_each &&
                 is_of_tool(siblings, tool, folder, entry))
            siblings_add_file(siblings, path_join(arena, folder, entry->name),
                              files);
    }
}

static bool has_file_of_tool(struct siblings *siblings, const struct tool *tool,
                             struct slice folder)
{
    struct error error;
    const struct folder_entry_array *entries =
        recogniser_entries(siblings->recogniser, folder, &error);

    for (size_t i = 0; entries && i < entries->count; i++) {
        if (is_of_tool(siblings, tool, folder, &entries->items[i]))
            return true;
    }
    return false;
}

/* Where a tool that looks below its folder begins: db/migration, or the
 * highest folder in a row that has files of the tool. Nothing above the
 * repository's root. */
static struct slice location_of(struct siblings *siblings,
                                const struct tool *tool, struct slice folder)
{
    struct slice above;

    for (struct slice at = folder; at.length; at = path_folder(at)) {
        if (slice_equal(path_name(at), SLICE("migration")) &&
            slice_equal(path_name(path_folder(at)), SLICE("db")))
            return at;
        if (slice_equal(at, SLICE("/")) ||
            folder_is_repository(siblings->arena, at))
            break;
    }
    while ((above = path_folder(folder)).length &&
           !slice_equal(above, folder) &&
           !folder_is_repository(siblings->arena, folder) &&
           has_file_of_tool(siblings, tool, above))
        folder = above;
    return folder;
}

static void add_once(struct siblings *siblings, const struct tool *tool,
                     struct slice folder, struct discovered_array *files)
{
    struct slice key = slice_from(arena_format(
        siblings->arena, "%s %.*s", tool_name(tool), SLICE_ARGUMENTS(folder)));

    if (map_find(&siblings->asked, key))
        return;
    map_put(siblings->arena, &siblings->asked, key, siblings);
    add_history(siblings, tool, folder, files);
}

/* The folder as the user wrote it, or one above it, instead of a canonical one
 * that it is in. */
static struct slice as_written(struct arena *arena, struct slice folder,
                               struct slice canonical, struct slice location)
{
    while (canonical.length > location.length) {
        canonical = path_folder(canonical);
        folder = path_above(arena, folder);
    }
    return folder;
}

/* Where settings say in which folders the history is. False if they do not. */
static bool add_locations(struct siblings *siblings,
                          const struct verdict *verdict,
                          struct discovered_array *files)
{
    struct arena *arena = siblings->arena;
    const char *path = path_canonical(arena, verdict->folder);
    struct slice_array locations = {0};

    if (!verdict->settings || !path ||
        !tool_find_locations(arena, verdict->settings, slice_from(path),
                             &locations))
        return false;
    for (size_t i = 0; i < locations.count; i++) {
        struct slice folder = locations.items[i];

        if (path_is_in(slice_from(path), folder))
            folder =
                as_written(arena, verdict->folder, slice_from(path), folder);
        add_once(siblings, verdict->tool, folder, files);
    }
    return true;
}

void siblings_add(struct siblings *siblings, struct discovered_array *files)
{
    for (size_t i = 0; i < siblings->wanted.count; i++) {
        struct source *source = siblings->wanted.items[i];
        struct verdict verdict = recognise(siblings->recogniser, source);
        struct slice folder = verdict.folder;

        if (verdict.kind != VERDICT_MIGRATION || verdict.tool->is_generator ||
            add_locations(siblings, &verdict, files))
            continue;
        if (verdict.tool->has_sub_folders)
            folder = location_of(siblings, verdict.tool, folder);
        add_once(siblings, verdict.tool, folder, files);
    }
    siblings->wanted.count = 0;
}
