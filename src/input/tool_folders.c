/*
 * Tells folders that are a tool's, whatever their files are called, and files
 * by those beside them. What the rows of tools.c point to.
 */
#include "input/tool_rows.h"

#include "input/path.h"

#include <sys/stat.h>

static bool has_file(struct arena *arena, struct slice folder,
                     struct slice name)
{
    struct stat status;

    return stat(path_join(arena, folder, name), &status) == 0;
}

bool atlas_is_folder(struct arena *arena, struct slice folder)
{
    return has_file(arena, folder, SLICE("atlas.sum"));
}

/* The command-line tool knows no other place. */
bool supabase_is_folder(struct arena *arena, struct slice folder)
{
    const char *path = path_canonical(arena, folder);

    return path &&
           slice_has_suffix(slice_from(path), SLICE("/supabase/migrations"));
}

/* 1_x.postgres.up.sql beside 1_x.up.sql. */
bool pop_is_replaced(struct arena *arena, struct slice folder,
                     struct slice name)
{
    size_t dot = slice_find(name, SLICE("."));

    if (slice_find(name, SLICE(".postgres.")) != SLICE_NOT_FOUND ||
        dot == SLICE_NOT_FOUND)
        return false;
    return has_file(arena, folder,
                    slice_from(arena_format(
                        arena, "%.*s.postgres%.*s", (int)dot, name.start,
                        (int)(name.length - dot), name.start + dot)));
}

/* Also a file without a dialect that stands beside one with it. */
bool pop_has_own_name(struct arena *arena, struct slice folder,
                      struct slice name)
{
    return pop_is_replaced(arena, folder, name) ||
           slice_find(name, SLICE(".postgres.")) != SLICE_NOT_FOUND ||
           slice_find(name, SLICE(".autocommit.")) != SLICE_NOT_FOUND;
}

/* 1.x.rollback.sql, or 1.x.sql with that beside it. */
bool yoyo_has_own_name(struct arena *arena, struct slice folder,
                       struct slice name)
{
    size_t length = name.length - SLICE(".sql").length;

    if (slice_has_suffix(name, SLICE(".rollback.sql")))
        return true;
    return slice_has_suffix(name, SLICE(".sql")) &&
           has_file(arena, folder,
                    slice_from(arena_format(arena, "%.*s.rollback.sql",
                                            (int)length, name.start)));
}
