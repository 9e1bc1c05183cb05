/*
 * What files of a folder are sorted into, as text: histories, their migrations
 * and sections. Needs cmocka's headers before it.
 */
#ifndef GROUPED_H
#define GROUPED_H

#include "base/buffer.h"
#include "input/discover.h"
#include "scratch.h"

static struct scratch scratch;
static struct arena arena;

static inline int set_up(void **state)
{
    (void)state;
    scratch = scratch_new();
    arena_init(&arena);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    scratch_remove(&scratch);
    return 0;
}

static inline struct grouping group_below(const char *path,
                                          const struct tool *forced)
{
    struct discover_request request = {.paths = &path,
                                       .path_count = 1,
                                       .tool = forced};
    struct discovery discovery;
    struct grouping grouping;
    struct source **sources;

    discover(&arena, &request, &discovery);
    assert_int_equal(discovery.problems.count, 0);
    sources = arena_alloc(&arena, discovery.files.count * sizeof *sources);
    for (size_t i = 0; i < discovery.files.count; i++)
        sources[i] = discovery.files.items[i].source;
    migration_group(&arena, discovery.recogniser, NULL, sources,
                    discovery.files.count, &grouping);
    discovery_release(&discovery);
    return grouping;
}

static inline void unload(const struct section_array *sections)
{
    for (size_t i = 0; i < sections->count; i++)
        source_unload(sections->items[i].source);
}

static inline void add_migration(struct buffer *buffer,
                                 const struct migration *migration)
{
    buffer_add_format(buffer, "  %s %s %s", migration->version,
                      migration->description,
                      migration->is_repeatable ? "repeatable " : "");
    for (size_t i = 0; i < migration->up.count; i++)
        buffer_add_text(buffer,
                        migration->up.items[i].has_opted_out ? "up! " : "up ");
    for (size_t i = 0; i < migration->down.count; i++)
        buffer_add_text(buffer, migration->down.items[i].has_opted_out
                                    ? "down! "
                                    : "down ");
    buffer_add_char(buffer, '\n');
}

/* "tool folder" and below it a line for each migration: version, description,
 * its sections; ! marks those without the tool's transaction. */
static inline const char *grouped_by(const char *path,
                                     const struct tool *forced)
{
    struct grouping grouping = group_below(path, forced);
    struct buffer buffer;
    size_t root = strlen(path);

    buffer_init(&buffer, &arena);
    for (size_t i = 0; i < grouping.histories.count; i++) {
        const struct history *history = grouping.histories.items[i];

        buffer_add_format(
            &buffer, "%s %s\n", tool_name(history->tool),
            strlen(history->folder) > root ? history->folder + root + 1 : ".");
        for (size_t j = 0; j < history->migrations.count; j++) {
            add_migration(&buffer, history->migrations.items[j]);
            unload(&history->migrations.items[j]->up);
            unload(&history->migrations.items[j]->down);
        }
    }
    if (grouping.skipped)
        buffer_add_format(&buffer, "skipped %zu\n", grouping.skipped);
    for (size_t i = 0; i < grouping.unreadable.count; i++)
        buffer_add_format(&buffer, "%s\n",
                          grouping.unreadable.items[i].message);
    return buffer_text(&buffer);
}

static inline const char *grouped(const char *path)
{
    return grouped_by(path, NULL);
}

static inline const char *grouped_scratch(void)
{
    return grouped(scratch.folder);
}

/* The same, with the program started in a folder of the scratch's. */
static inline const char *grouped_in(const char *folder, const char *path)
{
    char before[512];
    const char *text;

    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(scratch_path(&scratch, folder)), 0);
    text = grouped(path);
    assert_int_equal(chdir(before), 0);
    return text;
}

/* A test with a scratch folder and an arena of its own. */
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
