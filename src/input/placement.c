/*
 * Where a tool looks for the history of a file: in its folder, in the one above
 * where each migration or each direction has a folder, in that of a list which
 * names the file. Part of recognise.c's judging of one file.
 */
#include "input/placement.h"

#include "input/path.h"

/* How far above a file a folder of tool->parts or a list may be. */
enum { LEVELS_MAX = 8 };

/* The folder's own name is not in the path: "", ".", "..". */
static bool is_nameless(struct slice folder)
{
    struct slice name = path_name(folder);

    return name.length == 0 || slice_equal(name, SLICE(".")) ||
           slice_equal(name, SLICE(".."));
}

/* The current folder's absolute path; "" if it has none. */
struct slice placement_current_folder(struct placer *placer)
{
    const char *path = placer->current;

    if (!path) {
        path = path_canonical(placer->arena, SLICE("."));
        placer->current = path ? path : "";
    }
    return slice_from(placer->current);
}

/* What the folder is called, also where its path does not say so. */
static struct slice name_of_folder(struct placer *placer, struct slice folder)
{
    if (!is_nameless(folder))
        return path_name(folder);
    return path_name(slice_from(path_canonical(placer->arena, folder)));
}

bool placement_is_file_of(const struct tool *tool, struct slice name)
{
    for (size_t i = 0; tool->files[i]; i++) {
        if (slice_equal(name, slice_from(tool->files[i])))
            return true;
    }
    return false;
}

static bool is_part(const struct tool *tool, struct slice name)
{
    for (size_t i = 0; tool->parts[i]; i++) {
        if (slice_equal(name, slice_from(tool->parts[i])))
            return true;
    }
    return false;
}

/* What tool->is_folder says of the folder, asked once. */
static bool *find_own_folder(struct placer *placer, const struct tool *tool,
                             struct slice folder)
{
    struct map *own_folders = &placer->own_folders[tool_row(tool)];
    bool *is_own = map_find(own_folders, folder);

    if (!is_own) {
        is_own = arena_alloc(placer->arena, sizeof *is_own);
        *is_own = tool->is_folder(placer->arena, folder);
        map_put(placer->arena, own_folders, folder, is_own);
    }
    return is_own;
}

bool placement_is_of_tool(struct placer *placer, const struct tool *tool,
                          struct tool_place *place)
{
    if (!place->is_own)
        place->is_own = find_own_folder(placer, tool, place->folder);
    return *place->is_own;
}

/* Some folder's name on the way may be a part's: most paths have none. */
static bool may_have_part(struct placer *placer, const struct tool *tool,
                          struct slice folder)
{
    for (size_t i = 0; tool->parts[i]; i++) {
        struct slice part = slice_from(tool->parts[i]);

        if (slice_find(folder, part) != SLICE_NOT_FOUND ||
            slice_find(placement_current_folder(placer), part) !=
                SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

/* There is a file that may be the tool's. */
static bool has_file_of(struct placer *placer, const struct tool *tool,
                        struct slice folder)
{
    struct error error;
    const struct folder_entry_array *entries =
        placement_entries(placer, folder, &error);

    for (size_t i = 0; entries && i < entries->count; i++) {
        if (entries->items[i].kind == FOLDER_FILE &&
            folder_is_sql_name(entries->items[i].name) &&
            tool_may_have_name(tool, entries->items[i].name))
            return true;
    }
    return false;
}

static bool has_entry(struct placer *placer, struct slice folder,
                      struct slice name)
{
    struct file_identity ignored;

    return folder_identify(path_join(placer->arena, folder, name), &ignored);
}

/*
 * The part is not only a folder that happens to have such a name, as a checkout
 * may: its tool says that of the folder above, or there is the other part
 * beside it or the rest of the history in that folder.
 */
static bool is_part_of(struct placer *placer, const struct tool *tool,
                       struct slice part, struct slice above)
{
    if (tool->is_folder)
        return *find_own_folder(placer, tool, above);
    for (size_t i = 0; tool->parts[i]; i++) {
        struct slice other = slice_from(tool->parts[i]);

        if (!slice_equal(other, part) && has_entry(placer, above, other))
            return true;
    }
    return has_file_of(placer, tool, above);
}

/* The folder is a part of the history of the folder above; not one that has a
 * repository of its own. */
static void place_in_part(struct placer *placer, const struct tool *tool,
                          struct tool_place *place)
{
    struct arena *arena = placer->arena;
    struct slice at = place->folder, below = {NULL, 0};
    size_t levels = tool->has_nested_parts ? LEVELS_MAX : 1;

    if (!may_have_part(placer, tool, at))
        return;
    for (size_t i = 0; i < levels && !slice_equal(at, SLICE("/")) &&
                       !folder_is_repository(placer->arena, at);
         i++) {
        struct slice name = name_of_folder(placer, at);
        struct slice above = path_above(arena, at);

        if (tool->has_nested_parts)
            below = slice_from(path_join(arena, name, below));
        if (is_part(tool, name) && is_part_of(placer, tool, name, above)) {
            place->folder = above;
            place->above = below;
            place->part = name;
            return;
        }
        at = above;
    }
}

/* What one folder has. */
struct settings_level {
    const struct tool_settings *settings; /* or null */
    bool is_repository;
};

static const struct settings_level *find_level(struct placer *placer,
                                               const struct tool *tool,
                                               struct slice folder)
{
    struct map *levels = &placer->settings[tool_row(tool)];
    struct settings_level *level = map_find(levels, folder);

    if (!level) {
        level = arena_alloc(placer->arena, sizeof *level);
        level->settings = tool->settings(placer->arena, folder);
        level->is_repository = folder_is_repository(placer->arena, folder);
        map_put(placer->arena, levels, folder, level);
    }
    return level;
}

/* Those of the nearest folder upward that has any, as far as the repository's
 * root; null if none has. */
static const struct tool_settings *find_settings(struct placer *placer,
                                                 const struct tool *tool,
                                                 struct slice folder)
{
    const char *path = path_canonical(placer->arena, folder);
    struct slice at = slice_from(path);

    while (at.length) {
        const struct settings_level *level = find_level(placer, tool, at);

        if (level->settings || level->is_repository || at.length == 1)
            return level->settings;
        at = path_folder(at);
    }
    return NULL;
}

static bool has_own_mark(struct placer *placer, const struct tool *tool,
                         struct slice folder)
{
    struct error error;
    const struct folder_entry_array *entries =
        placement_entries(placer, folder, &error);

    return entries && folder_has_name_with(entries, tool->own_marks);
}

struct tool_place *placement_place(struct placer *placer,
                                   const struct tool *tool,
                                   struct surroundings *around)
{
    struct tool_place **place = &around->places[tool_row(tool)];
    struct slice folder = around->folder;

    if (*place)
        return *place;
    *place = arena_alloc(placer->arena, sizeof **place);
    (*place)->folder = folder;
    if (tool->has_folder_each) {
        (*place)->above = name_of_folder(placer, folder);
        (*place)->folder = path_above(placer->arena, folder);
    } else if (tool->parts[0]) {
        place_in_part(placer, tool, *place);
    }
    if (tool->settings)
        (*place)->settings = find_settings(placer, tool, folder);
    if (tool->own_marks[0])
        (*place)->has_own_mark = has_own_mark(placer, tool, folder);
    return *place;
}

struct surroundings *placement_surroundings(struct placer *placer,
                                            struct slice folder)
{
    struct surroundings *around = placer->last;

    if (around && slice_equal(around->folder, folder))
        return around;
    around = map_find(&placer->folders, folder);
    if (!around) {
        around = arena_alloc(placer->arena, sizeof *around);
        around->folder = folder;
        map_put(placer->arena, &placer->folders, folder, around);
    }
    placer->last = around;
    return around;
}

const struct folder_entry_array *placement_entries(struct placer *placer,
                                                   struct slice folder,
                                                   struct error *error)
{
    struct surroundings *around = placement_surroundings(placer, folder);
    struct folder_entry_array *entries;

    if (around->entries)
        return around->entries;
    entries = arena_alloc(placer->arena, sizeof *entries);
    if (!folder_list(placer->arena, folder, entries, error))
        return NULL;
    around->entries = entries;
    return entries;
}

struct placement placement_of(struct placer *placer, struct tool_place *place,
                              struct slice name)
{
    struct placement placement = {place->folder, name, place->part, place};

    placement.unit = tool_own_name(placer->arena, place->settings, name);
    if (place->above.length)
        placement.unit =
            slice_from(path_join(placer->arena, place->above, name));
    return placement;
}

/* The tool's list in this folder, read once. */
const struct tool_listing *placement_listing(struct placer *placer,
                                             const struct tool *tool,
                                             struct slice folder)
{
    struct arena *arena = placer->arena;
    struct map *listings = &placer->listings[tool_row(tool)];
    struct tool_listing *listing = map_find(listings, folder);

    if (!listing) {
        listing = arena_alloc(arena, sizeof *listing);
        tool->list(arena, folder, listing);
        map_put(arena, listings, folder, listing);
    }
    return listing;
}

/* The highest folder whose list has the file makes its history. */
static void find_lister(struct placer *placer, const struct tool *tool,
                        const char *path, struct placement *placement,
                        struct migration_name *name)
{
    struct arena *arena = placer->arena;
    const char *canonical = path_canonical(arena, slice_from(path));
    struct slice at = placement->folder;

    for (size_t i = 0; canonical && i < LEVELS_MAX; i++) {
        const struct tool_listing *listing =
            placement_listing(placer, tool, at);
        void *place = map_find(&listing->places, slice_from(canonical));

        if (place) {
            placement->folder = at;
            name->place = (size_t)(uintptr_t)place;
        }
        if (slice_equal(at, SLICE("/")))
            return;
        at = path_above(arena, at);
    }
}

/* False if the tool has a list of its files and this one is not there. */
bool placement_find_in_list(struct placer *placer, const struct tool *tool,
                            const char *path, struct placement *placement,
                            struct migration_name *name)
{
    const struct tool_listing *listing;

    if (!tool->list)
        return true;
    if (tool->is_listed_by_path) {
        find_lister(placer, tool, path, placement, name);
        return true;
    }
    listing = placement_listing(placer, tool, placement->folder);
    name->place = (size_t)(uintptr_t)map_find(&listing->places, name->version);
    return name->place || listing->places.count == 0 || tool->lists_all;
}
