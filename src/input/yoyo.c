/*
 * What the files of yoyo say in the comment that they begin with: transactions,
 * and which migrations come before. What its row of tools.c points to.
 *
 * yoyo/migrations.py: sorted by name, and each behind all that it depends on.
 */
#include "input/sections.h"

#include "input/folder.h"
#include "input/path.h"
#include "input/tool_rows.h"

#include <stdint.h>
#include <stdlib.h>

/* The next directive, `-- name: value`, in the comment that the file begins
 * with. False behind the last one. */
static bool take_yoyo_directive(struct slice text, size_t *offset,
                                struct slice *name, struct slice *value)
{
    struct slice line;

    while ((line = sections_next_line(text, offset, SLICE(""))).start) {
        struct slice rest = slice_trim(line);
        size_t colon;

        if (rest.length == 0)
            continue;
        if (!slice_has_prefix(rest, SLICE("--")))
            return false;
        rest = slice_part(rest, 2, rest.length);
        colon = slice_find(rest, SLICE(":"));
        if (colon == SLICE_NOT_FOUND)
            continue;
        *name = slice_trim(slice_part(rest, 0, colon));
        *value = slice_trim(slice_part(rest, colon + 1, rest.length));
        return true;
    }
    return false;
}

bool yoyo_has_marker(struct slice text)
{
    struct slice name, value;
    size_t offset = 0;

    while (take_yoyo_directive(text, &offset, &name, &value))
        if (slice_equal(name, SLICE("depends")) ||
            slice_equal(name, SLICE("transactional")))
            return true;
    return false;
}

static bool is_not_transactional(struct slice text)
{
    struct slice name, value;
    size_t offset = 0;

    while (take_yoyo_directive(text, &offset, &name, &value))
        if (slice_equal(name, SLICE("transactional")))
            return value.length &&
                   !slice_equal_ignoring_case(value, SLICE("true"));
    return false;
}

/* Also for the rollback, which has no directives of its own: the way back runs
 * as the migration does. */
bool yoyo_has_opted_out(struct arena *arena, const struct source *source)
{
    struct slice path = slice_from(source->path);
    struct source migration;
    bool has_opted_out;
    struct error error;

    if (!slice_has_suffix(path, SLICE(".rollback.sql")))
        return is_not_transactional(sections_text(source));
    path.length -= SLICE(".rollback.sql").length;
    migration =
        source_of_path(arena_format(arena, "%.*s.sql", SLICE_ARGUMENTS(path)));
    if (!source_load(&migration, &error))
        return false;
    has_opted_out = is_not_transactional(sections_text(&migration));
    source_unload(&migration);
    return has_opted_out;
}

/* A migration of a folder while they are being put in order. */
struct node {
    struct slice version;
    struct slice_array depends;
    size_t next; /* of depends, to be looked at */
    bool is_seen;
};

struct node_array ARRAY(struct node);

/* Versions of programs too, which stand between the others; what these depend on
 * is not read. */
static bool is_migration(struct slice name, struct slice *version)
{
    static const char *const suffixes[] = {".sql", ".py"};

    if (!name.length || name.start[0] < '0' || name.start[0] > '9' ||
        slice_has_suffix(name, SLICE(".rollback.sql")))
        return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct slice suffix = slice_from(suffixes[i]);

        if (!slice_has_suffix(name, suffix))
            continue;
        *version = slice_part(name, 0, name.length - suffix.length);
        return true;
    }
    return false;
}

static void read_depends(struct arena *arena, const char *path,
                         struct slice_array *depends)
{
    struct source source = source_of_path(path);
    struct slice name, value, word;
    size_t offset = 0;
    struct error error;

    if (!source_load(&source, &error))
        return;
    while (take_yoyo_directive(sections_text(&source), &offset, &name, &value))
        while (slice_equal(name, SLICE("depends")) &&
               (word = sections_take_word(&value)).length)
            *array_push(arena, depends) = arena_copy_slice(arena, word);
    source_unload(&source);
}

static int compare_nodes(const void *a, const void *b)
{
    const struct node *first = a, *second = b;

    return slice_compare(first->version, second->version);
}

static struct node_array read_nodes(struct arena *arena, struct slice folder)
{
    struct folder_entry_array entries = {0};
    struct node_array nodes = {0};
    struct error error;

    if (!folder_list(arena, folder, &entries, &error))
        return nodes;
    for (size_t i = 0; i < entries.count; i++) {
        struct node node = {.next = 0};

        if (entries.items[i].kind != FOLDER_FILE ||
            !is_migration(entries.items[i].name, &node.version))
            continue;
        if (folder_is_sql_name(entries.items[i].name))
            read_depends(arena, path_join(arena, folder, entries.items[i].name),
                         &node.depends);
        *array_push(arena, &nodes) = node;
    }
    if (nodes.count)
        qsort(nodes.items, nodes.count, sizeof *nodes.items, compare_nodes);
    return nodes;
}

/* One that this depends on and that was not seen before; null if there is
 * none. */
static struct node *next_before(const struct map *by_version, struct node *node)
{
    while (node->next < node->depends.count) {
        struct node *before =
            map_find(by_version, node->depends.items[node->next++]);

        if (before && !before->is_seen)
            return before;
    }
    return NULL;
}

/* Of a circle, which yoyo refuses, the first by name comes last. */
void yoyo_list(struct arena *arena, struct slice folder,
               struct tool_listing *listing)
{
    struct node_array nodes = read_nodes(arena, folder);
    struct node **open =
        arena_alloc(arena, (nodes.count + 1) * sizeof(struct node *));
    struct map by_version = {0};
    size_t place = 0;

    for (size_t i = 0; i < nodes.count; i++)
        map_put(arena, &by_version, nodes.items[i].version, &nodes.items[i]);
    for (size_t i = 0; i < nodes.count; i++) {
        size_t depth = 0;

        if (nodes.items[i].is_seen)
            continue;
        open[depth++] = &nodes.items[i];
        nodes.items[i].is_seen = true;
        while (depth) {
            struct node *before = next_before(&by_version, open[depth - 1]);

            if (before) {
                before->is_seen = true;
                open[depth++] = before;
                continue;
            }
            map_put(arena, &listing->places, open[--depth]->version,
                    (void *)(uintptr_t)++place);
        }
    }
}
