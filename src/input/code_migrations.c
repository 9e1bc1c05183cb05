/*
 * Finds the programs among a history's migrations: files of the folder that are
 * named like the tool's SQL files, but for the ending.
 */
#include "input/code_migrations.h"

#include "input/folder.h"

/* The name as it would be of SQL: `00002_fill.go`, `00002_fill.sql`. */
static struct slice sql_name(struct arena *arena, struct slice name)
{
    size_t length = name.length;

    while (name.start[length - 1] != '.')
        length--;
    return slice_from(arena_format(
        arena, "%.*s.sql",
        SLICE_ARGUMENTS(((struct slice){name.start, length - 1}))));
}

static bool is_test(struct slice name)
{
    return slice_has_suffix(name, SLICE("_test.go"));
}

void code_migrations_add(struct arena *arena, struct recogniser *recogniser,
                         struct group *group)
{
    const struct tool *tool = group->tool;
    struct slice_array names = {0};

    if (!tool->code_suffixes[0])
        return;
    folder_names_with_suffix(arena, group->folder, tool->code_suffixes, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct group_file file = {.tool = tool, .is_code = true};

        if (is_test(names.items[i]) ||
            !recognise_name(recogniser, tool, sql_name(arena, names.items[i]),
                            &file.name))
            continue;
        file.name.place =
            recognise_place(recogniser, tool, group->folder, file.name.version);
        *array_push(arena, &group->files) = file;
    }
}
