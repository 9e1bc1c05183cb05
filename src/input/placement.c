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

/* Whether the file's own name is one of those in a migration's folder. */
static bool is_in_own_folder(const struct tool *tool, struct slice name)
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

/* What the tool itself says of the folder, asked once. */
bool placement_is_own_folder(struct placer *placer, const struct tool *tool,
                             struct slice folder)
{
    struct arena *arena = placer->arena;
    struct slice key = slice_from(
        arena_format(arena, "%s %.*s", tool->name, SLICE_ARGUMENTS(folder)));
    bool *is_own = map_find(&placer->own_folders, key);

    if (!is_own) {
        is_own = arena_alloc(arena, sizeof *is_own);
        *is_own = tool->is_folder(arena, folder);
        map_put(arena, &placer->own_folders, key, is_own);
    }
    return *is_own;
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

/* The folder is a part of the history of the folder above; one that may have
 * folders in it, only if that is the tool's. */
static void place_in_part(struct placer *placer, const struct tool *tool,
                          struct placement *placement)
{
    struct arena *arena = placer->arena;
    struct slice at = placement->folder, below = placement->unit;
    size_t levels = tool->has_nested_parts ? LEVELS_MAX : 1;

    if (!may_have_part(placer, tool, at))
        return;
    for (size_t i = 0; i < levels && !slice_equal(at, SLICE("/")); i++) {
        struct slice name = name_of_folder(placer, at);
        struct slice above = path_above(arena, at);

        if (tool->has_nested_parts)
            below = slice_from(path_join(arena, name, below));
        if (is_part(tool, name) &&
            (!tool->has_nested_parts ||
             placement_is_own_folder(placer, tool, above))) {
            *placement = (struct placement){above, below, name};
            return;
        }
        at = above;
    }
}

/* False if the tool has no files of such a name. */
bool placement_find(struct placer *placer, const struct tool *tool,
                    const char *path, struct placement *placement)
{
    struct slice folder = path_folder(slice_from(path));
    struct slice file = path_name(slice_from(path));

    *placement = (struct placement){.folder = folder, .unit = file};
    if (tool->has_folder_each) {
        struct slice name;

        if (!is_in_own_folder(tool, file))
            return false;
        name = name_of_folder(placer, folder);
        placement->unit = slice_from(path_join(placer->arena, name, file));
        placement->folder = path_above(placer->arena, folder);
    } else if (tool->parts[0]) {
        place_in_part(placer, tool, placement);
    }
    return true;
}

/* The tool's list in this folder, read once. */
const struct tool_listing *placement_listing(struct placer *placer,
                                             const struct tool *tool,
                                             struct slice folder)
{
    struct arena *arena = placer->arena;
    struct slice key = slice_from(
        arena_format(arena, "%s %.*s", tool->name, SLICE_ARGUMENTS(folder)));
    struct tool_listing *listing = map_find(&placer->listings, key);

    if (!listing) {
        listing = arena_alloc(arena, sizeof *listing);
        tool->list(arena, folder, listing);
        map_put(arena, &placer->listings, key, listing);
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
    return name->place || listing->places.count == 0;
}
