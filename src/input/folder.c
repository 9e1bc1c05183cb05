/*
 * Lists folders for discovery and for the recognition of migration tools. The
 * kind of an entry comes with its name on most file systems; only links and
 * the rest are asked for with a system call each.
 */
/* d_type is not in POSIX. */
#define _DEFAULT_SOURCE
#include "input/folder.h"

#include "input/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum folder_entry_kind kind_of_mode(mode_t mode)
{
    if (S_ISREG(mode))
        return FOLDER_FILE;
    return S_ISDIR(mode) ? FOLDER_FOLDER : FOLDER_OTHER;
}

static enum folder_entry_kind ask_kind(int folder, const char *name)
{
    struct stat status;

    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return FOLDER_OTHER;
    if (!S_ISLNK(status.st_mode))
        return kind_of_mode(status.st_mode);
    /* Links to folders are not followed, so that no loop is possible. */
    if (fstatat(folder, name, &status, 0) != 0 || !S_ISREG(status.st_mode))
        return FOLDER_OTHER;
    return FOLDER_FILE;
}

static enum folder_entry_kind entry_kind(int folder, const struct dirent *entry)
{
#ifdef DT_REG
    if (entry->d_type == DT_REG)
        return FOLDER_FILE;
    if (entry->d_type == DT_DIR)
        return FOLDER_FOLDER;
#endif
    return ask_kind(folder, entry->d_name);
}

static int compare_entries(const void *a, const void *b)
{
    const struct folder_entry *first = a, *second = b;
    int order = slice_compare_natural(first->name, second->name);

    return order ? order : slice_compare(first->name, second->name);
}

bool folder_list(struct arena *arena, struct slice folder,
                 struct folder_entry_array *entries, struct error *error)
{
    const char *path = path_to_open(arena, folder);
    DIR *directory = opendir(path);
    struct dirent *entry;

    if (!directory)
        return error_set(error, "cannot read \"%s\": %s", path,
                         strerror(errno));
    while ((entry = readdir(directory))) {
        struct slice name = slice_from(entry->d_name);

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        *array_push(arena, entries) = (struct folder_entry){
            .name = arena_copy_slice(arena, name),
            .kind = entry_kind(dirfd(directory), entry),
        };
    }
    closedir(directory);
    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items,
              compare_entries);
    return true;
}

bool folder_is_skipped(struct slice name)
{
    return slice_has_prefix(name, SLICE(".")) ||
           slice_equal(name, SLICE("node_modules")) ||
           slice_equal(name, SLICE("vendor"));
}

bool folder_is_sql_name(struct slice name)
{
    return name.length >= 4 &&
           slice_equal_ignoring_case(
               slice_part(name, name.length - 4, name.length), SLICE(".sql"));
}
