/*
 * Taking paths apart and joining them. Nothing is normalised: paths are shown
 * to the user as the user gave them.
 */
/* realpath() is in the XSI part of POSIX. */
#define _XOPEN_SOURCE 700
#include "input/path.h"

#include <stdlib.h>
#include <string.h>

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

bool path_is_in(struct slice path, struct slice folder)
{
    return slice_has_prefix(path, folder) &&
           (path.length == folder.length || folder.length == 1 ||
            path.start[folder.length] == '/');
}

size_t path_last_name(struct slice folder)
{
    while (folder.length && folder.start[folder.length - 1] == '/')
        folder.length--;
    return name_offset(folder);
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
    char *path = arena_alloc(arena, folder.length + name.length + 2), *to;

    to = path;
    if (folder.length) {
        memcpy(to, folder.start, folder.length);
        to += folder.length;
        if (to[-1] != '/')
            *to++ = '/';
    }
    if (name.length)
        memcpy(to, name.start, name.length);
    to[name.length] = '\0';
    return path;
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

struct slice path_above(struct arena *arena, struct slice folder)
{
    struct slice name = path_name(folder);

    if (name.length == 0 || slice_equal(name, SLICE(".")) ||
        slice_equal(name, SLICE("..")))
        return slice_equal(folder, SLICE("/"))
                   ? folder
                   : slice_from(path_join(arena, folder, SLICE("..")));
    return path_folder(folder);
}
