/*
 * Order and pairs within a history, and which folders one history spans.
 * Called by migration.c once it knows every file.
 */
#include "input/group.h"

#include "input/folder.h"
#include "input/path.h"

#include <stdlib.h>

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Of files that a list puts in order; those that it does not name are last. */
static int compare_listed(const struct group_file *a,
                          const struct group_file *b)
{
    int order = compare_sizes(a->name.place - 1, b->name.place - 1);

    if (!order && !a->name.place && !a->tool->cut_all)
        return slice_compare_natural(a->name.version, b->name.version);
    if (order || !a->tool->cut_all)
        return order;
    order =
        slice_compare(slice_from(a->source->path), slice_from(b->source->path));
    return order ? order : compare_sizes(a->part, b->part);
}

static int compare_version(const struct group_file *a,
                           const struct group_file *b)
{
    bool first = a->name.role == ROLE_REPEATABLE;
    bool second = b->name.role == ROLE_REPEATABLE;

    if (first != second)
        return first ? 1 : -1;
    if (a->tool->list)
        return compare_listed(a, b);
    if (a->tool->compare_versions)
        return a->tool->compare_versions(a->name.version, b->name.version);
    return slice_compare_natural(a->name.version, b->name.version);
}

/* Files of one version stand together, and in them those of one description,
 * up before down. */
static int compare_files(const void *a, const void *b)
{
    const struct group_file *first = a, *second = b;
    int order = compare_version(first, second);

    if (!order)
        order = slice_compare_natural(first->name.description,
                                      second->name.description);
    if (!order)
        order =
            slice_compare(first->name.description, second->name.description);
    if (!order)
        order =
            (first->name.role == ROLE_DOWN) - (second->name.role == ROLE_DOWN);
    if (!order)
        order =
            (first->number > second->number) - (first->number < second->number);
    return order;
}

static void add_sections(struct arena *arena, struct section_array *to,
                         const struct section_array *from)
{
    /* Nobody adds to the file's own array any more. */
    if (to->count == 0) {
        *to = *from;
        return;
    }
    for (size_t i = 0; i < from->count; i++)
        *array_push(arena, to) = from->items[i];
}

static struct migration *add_migration(struct arena *arena,
                                       struct history *history,
                                       const struct group_file *file)
{
    struct migration *migration = arena_alloc(arena, sizeof *migration);

    migration->version = arena_copy(arena, file->name.version);
    migration->description = arena_copy(arena, file->name.description);
    migration->is_repeatable =
        file->name.role == ROLE_REPEATABLE || file->sections.is_repeatable;
    migration->is_code = file->is_code && file->name.role != ROLE_DOWN;
    add_sections(arena, &migration->up, &file->sections.up);
    add_sections(arena, &migration->down, &file->sections.down);
    *array_push(arena, &history->migrations) = migration;
    return migration;
}

static void add_down(struct arena *arena, struct migration *migration,
                     const struct group_file *file)
{
    add_sections(arena, &migration->down, &file->sections.down);
    migration->is_down_code = file->is_code;
}

static bool has_down(const struct migration *migration)
{
    return migration->down.count > 0 || migration->is_down_code;
}

/* Adds the files of one version. A down file belongs to the up file of its own
 * description, else to the first up file without one, else to none. */
static void add_version(struct arena *arena, struct history *history,
                        const struct group_file *files, size_t count)
{
    struct migration **ups = arena_alloc(arena, count * sizeof *ups);
    const struct group_file **rest = arena_alloc(arena, count * sizeof *rest);
    size_t up_count = 0, rest_count = 0, taken = 0, same = 0;

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !slice_equal(files[i].name.description,
                                  files[i - 1].name.description))
            same = up_count;
        if (files[i].name.role != ROLE_DOWN)
            ups[up_count++] = add_migration(arena, history, &files[i]);
        else if (same < up_count)
            add_down(arena, ups[same++], &files[i]);
        else
            rest[rest_count++] = &files[i];
    }
    for (size_t i = 0; i < rest_count; i++) {
        while (taken < up_count && has_down(ups[taken]))
            taken++;
        if (taken < up_count)
            add_down(arena, ups[taken], rest[i]);
        else if (!rest[i]->is_code)
            add_migration(arena, history, rest[i]);
    }
}

static void sort(struct group_file *files, size_t count)
{
    if (count > 1)
        qsort(files, count, sizeof *files, compare_files);
}

/* Sources mostly come in this order already: by names, which begin with the
 * version. */
static bool has_versions_in_order(const struct group_file *files, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_version(&files[i - 1], &files[i]) > 0)
            return false;
    return true;
}

struct history *group_history(struct arena *arena, struct group *group)
{
    struct history *history = arena_alloc(arena, sizeof *history);
    struct group_file *files = group->files.items;
    size_t count = group->files.count, end;

    history->tool = group->tool;
    history->folder = arena_copy(arena, group->folder);
    history->allows_mixture =
        group->settings && group->settings->allows_mixture;
    if (!has_versions_in_order(files, count))
        sort(files, count);
    for (size_t from = 0; from < count; from = end) {
        for (end = from + 1; end < count; end++) {
            if (compare_version(&files[from], &files[end]) != 0)
                break;
        }
        sort(&files[from], end - from);
        add_version(arena, history, &files[from], end - from);
    }
    for (size_t i = 0; i < history->migrations.count; i++)
        if (has_down(history->migrations.items[i]))
            history->has_down_step = true;
    return history;
}

/* The version as text that is equal where the versions are: parts without
 * leading zeros, without trailing parts of zero. */
static struct slice version_key(struct arena *arena, struct slice version)
{
    char *key = arena_alloc(arena, version.length * 2 + 1);
    size_t length = 0, kept = 0;

    for (size_t at = 0; at < version.length; at++) {
        bool is_separator =
            version.start[at] == '.' || version.start[at] == '_';

        if (is_separator)
            key[length++] = '.';
        else if (version.start[at] != '0' || (length && key[length - 1] != '.'))
            key[length++] = version.start[at];
        if (length && key[length - 1] != '.')
            kept = length;
    }
    return (struct slice){key, kept};
}

static bool is_versioned(const struct group_file *file)
{
    return file->name.role == ROLE_UP;
}

static void note_versions(struct arena *arena, struct group *group,
                          const struct group *files_of)
{
    for (size_t i = 0; i < files_of->files.count; i++) {
        const struct group_file *file = &files_of->files.items[i];

        if (is_versioned(file))
            map_put(arena, &group->versions,
                    version_key(arena, file->name.version), group);
    }
}

/* Half of this group's versions are in the other one too. */
static bool repeats_versions(struct arena *arena, const struct group *group,
                             const struct group *other)
{
    size_t count = 0, repeated = 0;

    for (size_t i = 0; i < group->files.count; i++) {
        const struct group_file *file = &group->files.items[i];

        if (!is_versioned(file))
            continue;
        count++;
        if (map_find(&other->versions, version_key(arena, file->name.version)))
            repeated++;
    }
    return count && repeated * 2 >= count;
}

static void merge_into(struct arena *arena, struct group *group,
                       struct group *into)
{
    if (repeats_versions(arena, group, into))
        return;
    for (size_t i = 0; i < group->files.count; i++)
        *array_push(arena, &into->files) = group->files.items[i];
    note_versions(arena, into, group);
    if (group->first < into->first)
        into->first = group->first;
    group->files.count = 0;
}

/* The group of a folder above; null if there is none. */
static struct group *group_above(const struct map *by_location,
                                 struct slice location)
{
    while (location.length > 1) {
        struct group *group;

        location = path_folder(location);
        group = map_find(by_location, location);
        if (group)
            return group;
    }
    return NULL;
}

struct located {
    struct group *group;
    struct slice folder; /* canonical */
};

/* One key for all the folders that settings have the history in. */
static struct slice set_location(struct arena *arena,
                                 const struct located *located)
{
    const struct tool_settings *settings = located->group->settings;
    struct slice_array locations = {0};

    if (!settings ||
        !tool_find_locations(arena, settings, located->folder, &locations))
        return (struct slice){NULL, 0};
    return slice_from(arena_format(arena, "%.*s/locations of",
                                   SLICE_ARGUMENTS(settings->folder)));
}

/* The canonical folder in which Flyway would begin to look, as far as its
 * settings or the path tell: .../db/migration below the repository's root, or
 * the folder itself. */
static struct slice location_of(struct arena *arena,
                                const struct located *located)
{
    struct slice folder = located->folder;
    struct slice location = set_location(arena, located);

    if (location.start)
        return location;
    for (struct slice at = folder; at.length > 1; at = path_folder(at)) {
        if (slice_has_suffix(at, SLICE("/db/migration")))
            return at;
        if (folder_is_repository(arena, at))
            break;
    }
    return folder;
}

static int compare_located(const void *a, const void *b)
{
    const struct located *first = a, *second = b;

    return slice_compare_natural(first->folder, second->folder);
}

void group_merge_locations(struct arena *arena, struct group_array *groups)
{
    struct located *located;
    struct map by_location = {0};
    size_t count = 0;

    located = arena_alloc(arena, groups->count * sizeof *located);
    for (size_t i = 0; i < groups->count; i++) {
        struct group *group = groups->items[i];
        const char *path;

        if (!tool_has_history(group->tool) || !group->tool->has_sub_folders)
            continue;
        path = path_canonical(arena, group->folder);
        if (path)
            located[count++] = (struct located){group, slice_from(path)};
    }
    /* Folders above come before the ones below. */
    if (count > 1)
        qsort(located, count, sizeof *located, compare_located);
    for (size_t i = 0; i < count; i++) {
        struct group *group = located[i].group;
        struct slice location = location_of(arena, &located[i]);
        struct group *into = map_find(&by_location, location);

        if (!into)
            into = group_above(&by_location, location);
        if (into)
            merge_into(arena, group, into);
        if (group->files.count == 0)
            continue;
        note_versions(arena, group, group);
        if (!into)
            map_put(arena, &by_location, location, group);
        map_put(arena, &by_location, located[i].folder, group);
    }
}

/* Null if the group has no versioned file. */
static const struct group_file *lowest_version(const struct group *group)
{
    const struct group_file *lowest = NULL;

    for (size_t i = 0; i < group->files.count; i++) {
        const struct group_file *file = &group->files.items[i];

        if (is_versioned(file) &&
            (!lowest || compare_version(file, lowest) < 0))
            lowest = file;
    }
    return lowest;
}

static void add_group_of(struct arena *arena, struct group_array *groups,
                         const struct group *like,
                         const struct group_file *file)
{
    struct group *group = arena_alloc(arena, sizeof *group);

    group->tool = like->tool;
    group->folder = like->folder;
    group->first = file->number;
    *array_push(arena, &group->files) = *file;
    *array_push(arena, groups) = group;
}

static void split_baselines(struct arena *arena, struct group_array *groups,
                            struct group *group)
{
    const struct group_file *lowest = lowest_version(group);
    struct group_file_array kept = {0};

    if (!lowest)
        return;
    group->first = lowest->number;
    for (size_t i = 0; i < group->files.count; i++) {
        const struct group_file *file = &group->files.items[i];

        if (file->name.role == ROLE_BASELINE &&
            compare_version(lowest, file) <= 0) {
            add_group_of(arena, groups, group, file);
            continue;
        }
        *array_push(arena, &kept) = *file;
        if (file->number < group->first)
            group->first = file->number;
    }
    group->files = kept;
}

void group_split_baselines(struct arena *arena, struct group_array *groups)
{
    size_t count = groups->count;

    for (size_t i = 0; i < count; i++) {
        if (groups->items[i]->tool->has_baselines)
            split_baselines(arena, groups, groups->items[i]);
    }
}
