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
    const struct folder_entry_array *entries;
    struct error error;

    if (!tool->code_suffixes[0])
        return;
    entries = recogniser_entries(recogniser, group->folder, &error);
    for (size_t i = 0; entries && i < entries->count; i++) {
        struct slice name = entries->items[i].name;
        struct group_file file = {.tool = tool, .is_code = true};

        if (!folder_name_has_suffix(name, tool->code_suffixes) ||
            is_test(name) ||
            !recognise_name(recogniser, tool, sql_name(arena, name),
                            &file.name))
            continue;
        file.name.place =
            recognise_place(recogniser, tool, group->folder, file.name.version);
        *array_push(arena, &group->files) = file;
    }
}
