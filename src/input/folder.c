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

static struct file_identity identity_of(const struct stat *status)
{
    return (struct file_identity){(uint64_t)status->st_dev,
                                  (uint64_t)status->st_ino};
}

bool folder_identify(const char *path, struct file_identity *identity)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return false;
    *identity = identity_of(&status);
    return true;
}

/* Asks the system for what did not come with the name. */
static void ask_kind(int folder, struct folder_entry *entry)
{
    const char *name = entry->name.start;
    struct stat status;
    bool is_link;

    entry->kind = FOLDER_OTHER;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    is_link = S_ISLNK(status.st_mode);
    if (is_link && fstatat(folder, name, &status, 0) != 0)
        return;
    /* Links to folders are not followed, so that no loop is possible. */
    if (!is_link || S_ISREG(status.st_mode))
        entry->kind = kind_of_mode(status.st_mode);
    entry->identity = identity_of(&status);
}

static void add_entry(struct arena *arena, struct folder_entry_array *entries,
                      int folder, uint64_t device,
                      const struct dirent *directory_entry)
{
    struct folder_entry *entry = array_push(arena, entries);

    entry->name = arena_copy_slice(arena, slice_from(directory_entry->d_name));
    entry->identity =
        (struct file_identity){device, (uint64_t)directory_entry->d_ino};
#ifdef DT_REG
    if (directory_entry->d_type == DT_REG ||
        directory_entry->d_type == DT_DIR) {
        entry->kind =
            directory_entry->d_type == DT_REG ? FOLDER_FILE : FOLDER_FOLDER;
        return;
    }
#endif
    ask_kind(folder, entry);
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
    struct file_identity identity = {0, 0};
    struct dirent *entry;

    if (!directory)
        return error_set(error, "cannot read \"%s\": %s", path,
                         strerror(errno));
    folder_identify(path, &identity);
    while ((entry = readdir(directory))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            add_entry(arena, entries, dirfd(directory), identity.device, entry);
    }
    closedir(directory);
    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items,
              compare_entries);
    return true;
}

bool folder_has_name_with(const struct folder_entry_array *entries,
                          const char *const *parts)
{
    for (size_t i = 0; i < entries->count; i++)
        for (size_t j = 0; parts[j]; j++)
            if (strstr(entries->items[i].name.start, parts[j]))
                return true;
    return false;
}

bool folder_name_has_suffix(struct slice name, const char *const *suffixes)
{
    for (size_t i = 0; suffixes[i]; i++)
        if (slice_has_suffix(name, slice_from(suffixes[i])))
            return true;
    return false;
}

bool folder_is_repository(struct arena *arena, struct slice folder)
{
    struct file_identity ignored;

    return folder_identify(path_join(arena, folder, SLICE(".git")), &ignored);
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
