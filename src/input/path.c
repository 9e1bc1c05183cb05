/*
 * Taking paths apart and joining them. Nothing is normalised: paths are shown
 * to the user as the user gave them.
 */
/* realpath() is in the XSI part of POSIX. */
#define _XOPEN_SOURCE 700
#include "input/path.h"

#include <stdlib.h>

/* The offset just behind the last slash; 0 if there is none. */
static size_t name_offset(struct slice path)
{
    size_t at = path.length;

    while (at > 0 && path.start[at - 1] != '/')
        at--;
    return at;
}

struct slice path_name(struct slice path)
{
    return slice_part(path, name_offset(path), path.length);
}

struct slice path_folder(struct slice path)
{
    size_t end = name_offset(path);

    while (end > 1 && path.start[end - 1] == '/')
        end--;
    return slice_part(path, 0, end);
}

const char *path_join(struct arena *arena, struct slice folder,
                      struct slice name)
{
    bool has_slash =
        folder.length == 0 || folder.start[folder.length - 1] == '/';

    return arena_format(arena, "%.*s%s%.*s", SLICE_ARGUMENTS(folder),
                        has_slash ? "" : "/", SLICE_ARGUMENTS(name));
}

const char *path_to_open(struct arena *arena, struct slice folder)
{
    return folder.length ? arena_copy(arena, folder) : ".";
}

const char *path_canonical(struct arena *arena, struct slice path)
{
    char *found = realpath(path_to_open(arena, path), NULL);
    const char *copy;

    if (!found)
        return NULL;
    copy = arena_copy(arena, slice_from(found));
    free(found);
    return copy;
}
