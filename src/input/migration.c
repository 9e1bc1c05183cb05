/*
 * Sorts files into histories: recognise.c says what each file is, this puts
 * those of one tool and one folder together, in the order in which the tool
 * runs them, and joins up and down files of one version. What comes out is
 * replayed, history by history, by lint/run.c.
 */
#include "input/migration.h"

#include "base/map.h"
#include "input/code_migrations.h"
#include "input/read_ahead.h"
#include "input/recognise.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Texts beyond this many bytes are read a second time when they are judged,
 * so that the memory of a run does not grow with its input. */
#define LOADED_SIZE_MAX ((size_t)256 << 20)

struct grouper {
    struct arena *arena;
    struct recogniser *recogniser;
    struct read_ahead *ahead; /* null: each is read when it is looked at */
    struct map folders;       /* an identity (struct slice *) by path */
    struct map groups;        /* struct group *, by tool and folder */
    struct group *last;       /* files of one group mostly stand together */
    struct group_array all;
    size_t loaded_size;
};

/* One text for each folder, however its path is written. */
static struct slice folder_identity(struct grouper *grouper,
                                    struct slice folder)
{
    struct slice *identity = map_find(&grouper->folders, folder);
    const char *path = folder.length ? arena_copy(grouper->arena, folder) : ".";
    struct stat status;

    if (identity)
        return *identity;
    identity = arena_alloc(grouper->arena, sizeof *identity);
    *identity = folder;
    if (stat(path, &status) == 0)
        *identity = slice_from(arena_format(grouper->arena, "%ju:%ju",
                                            (uintmax_t)status.st_dev,
                                            (uintmax_t)status.st_ino));
    map_put(grouper->arena, &grouper->folders, folder, identity);
    return *identity;
}

static struct group *new_group(struct grouper *grouper,
                               const struct verdict *verdict, size_t first)
{
    struct group *group = arena_alloc(grouper->arena, sizeof *group);

    group->tool = verdict->tool;
    group->folder = verdict->folder;
    group->settings = verdict->settings;
    group->first = first;
    *array_push(grouper->arena, &grouper->all) = group;
    return group;
}

static struct group *group_for(struct grouper *grouper,
                               const struct verdict *verdict, size_t first)
{
    struct slice key;
    struct group *group;

    if (verdict->kind == VERDICT_PLAIN || verdict->tool->is_generator)
        return new_group(grouper, verdict, first);
    group = grouper->last;
    if (group && group->tool == verdict->tool &&
        slice_equal(group->folder, verdict->folder))
        return group;
    key = slice_from(arena_format(
        grouper->arena, "%s %.*s", tool_name(verdict->tool),
        SLICE_ARGUMENTS(folder_identity(grouper, verdict->folder))));
    group = map_find(&grouper->groups, key);
    if (!group) {
        group = new_group(grouper, verdict, first);
        map_put(grouper->arena, &grouper->groups, key, group);
    }
    grouper->last = group;
    return group;
}

static void add_group_file(struct grouper *grouper, struct group *group,
                           struct group_file file)
{
    *array_push(grouper->arena, &group->files) = file;
}

/* The file's migrations, each as a file of its own; as one if it has none. */
static void add_parts(struct grouper *grouper, struct group *group,
                      struct group_file file,
                      const struct migration_array *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        file.sections = *parts->items[i];
        file.name.version = slice_from(file.sections.version);
        file.name.description = slice_from(file.sections.description);
        file.part = i;
        add_group_file(grouper, group, file);
    }
    if (parts->count)
        return;
    sections_of_file(grouper->arena, file.source, DIRECTION_UP, false,
                     &file.sections);
    add_group_file(grouper, group, file);
}

/* False if the file's text says that it is another database's. */
static bool add_file(struct grouper *grouper, struct source *source,
                     const struct verdict *verdict, size_t number)
{
    const struct tool *tool = verdict->tool;
    struct arena *arena = grouper->arena;
    struct migration_array parts = {0};
    struct group_file file = {
        .source = source,
        .tool = tool,
        .name = verdict->name,
        .number = number,
    };
    struct group *group;

    if (tool->cut_all && !tool->cut_all(arena, source, &parts))
        return false;
    if (tool->edit)
        tool->edit(arena, source);
    group = group_for(grouper, verdict, number);
    if (tool->cut_all) {
        add_parts(grouper, group, file, &parts);
        return true;
    }
    if (tool->cut)
        tool->cut(arena, source, &file.sections);
    else
        sections_of_file(
            arena, source,
            file.name.role == ROLE_DOWN ? DIRECTION_DOWN : DIRECTION_UP,
            (verdict->settings && verdict->settings->has_no_transaction) ||
                (tool->has_opted_out && tool->has_opted_out(arena, source)),
            &file.sections);
    add_group_file(grouper, group, file);
    return true;
}

static void bound_memory(struct grouper *grouper, struct source *source)
{
    if (grouper->loaded_size + source->text.length > LOADED_SIZE_MAX)
        source_unload(source);
    else
        grouper->loaded_size += source->text.length;
}

static void place_source(struct grouper *grouper, struct source *source,
                         size_t number, struct grouping *grouping)
{
    /* What came from standard input cannot be read again. */
    bool can_unload =
        (grouper->ahead && read_ahead_take(grouper->ahead, number)) ||
        !source->is_loaded;
    struct verdict verdict = recognise(grouper->recogniser, source);

    switch (verdict.kind) {
    case VERDICT_OTHER_DATABASE:
        grouping->skipped++;
        source_unload(source);
        return;
    case VERDICT_UNREADABLE:
        *array_push(grouper->arena, &grouping->unreadable) =
            (struct unreadable){source->path, verdict.message};
        return;
    case VERDICT_PLAIN:
    case VERDICT_MIGRATION: break;
    }
    if (!add_file(grouper, source, &verdict, number)) {
        grouping->skipped++;
        source_unload(source);
        return;
    }
    if (can_unload)
        bound_memory(grouper, source);
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *first = *(struct group *const *)a;
    const struct group *second = *(struct group *const *)b;

    return (first->first > second->first) - (first->first < second->first);
}

void migration_group(struct arena *arena, struct recogniser *recogniser,
                     struct read_ahead *ahead, struct source **sources,
                     size_t count, struct grouping *grouping)
{
    struct grouper grouper = {
        .arena = arena,
        .recogniser = recogniser,
        .ahead = ahead,
    };

    *grouping = (struct grouping){0};
    for (size_t i = 0; i < count; i++)
        place_source(&grouper, sources[i], i, grouping);
    group_merge_locations(arena, &grouper.all);
    group_split_baselines(arena, &grouper.all);
    if (grouper.all.count)
        qsort(grouper.all.items, grouper.all.count, sizeof *grouper.all.items,
              compare_groups);
    for (size_t i = 0; i < grouper.all.count; i++) {
        struct group *group = grouper.all.items[i];

        if (!group->files.count)
            continue;
        code_migrations_add(arena, grouper.recogniser, group);
        *array_push(arena, &grouping->histories) = group_history(arena, group);
    }
}
