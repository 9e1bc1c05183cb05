/*
 * Finds what psql scripts include before a run is planned. Scripts are read
 * for it only if they have the letters of the command. psql takes the paths of
 * \i from where it was started, which nobody knows: the folder of the script
 * and those above it are tried.
 */
#include "lint/include.h"

#include "sql/psql.h"
#include "sql/splitter.h"

#include <string.h>

/* The first file includes the second. */
struct inclusion {
    struct file *from;
    struct file *to;
};

struct inclusion_array ARRAY(struct inclusion);

/* The folder's path with a slash at its end; empty for the current one. */
static struct slice folder_of(struct slice path)
{
    while (path.length > 0 && path.start[path.length - 1] != '/')
        path.length--;
    return path;
}

/*
 * The path without `.` and empty names, and without `..` where it leads back;
 * two paths of one file then are the same.
 */
static struct slice normalize(struct arena *arena, struct slice path)
{
    bool is_absolute = path.length > 0 && path.start[0] == '/';
    struct buffer buffer;

    buffer_init(&buffer, arena);
    if (is_absolute)
        buffer_add_char(&buffer, '/');
    for (size_t at = 0; at < path.length;) {
        struct slice rest = slice_part(path, at, path.length);
        size_t slash = slice_find(rest, SLICE("/"));
        struct slice name = slice_part(rest, 0, slash);
        struct slice so_far = buffer_slice(&buffer);
        struct slice last;

        at = slash == SLICE_NOT_FOUND ? path.length : at + slash + 1;
        if (name.length == 0 || slice_equal(name, SLICE(".")))
            continue;
        so_far.length -= so_far.length > is_absolute;
        last = folder_of(so_far);
        last = slice_part(so_far, last.length, so_far.length);
        if (slice_equal(name, SLICE("..")) && last.length > 0 &&
            !slice_equal(last, SLICE(".."))) {
            buffer.length = so_far.length - last.length;
            continue;
        }
        buffer_add(&buffer, name);
        buffer_add_char(&buffer, '/');
    }
    return buffer_slice(&buffer);
}

/* The script's file that the path leads to from this folder. */
static struct file *find_from(const struct engine *engine, struct arena *arena,
                              struct slice folder, struct slice path)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    buffer_add(&buffer, folder);
    buffer_add(&buffer, path);
    return map_find(&engine->paths, normalize(arena, buffer_slice(&buffer)));
}

struct file *include_target(const struct engine *engine,
                            const struct source *source,
                            const struct statement *statement)
{
    struct slice folder = folder_of(slice_from(source->path));
    struct psql_inclusion inclusion;
    struct arena scratch = {0};
    struct file *file = NULL;

    if (statement->kind != STATEMENT_PSQL_COMMAND ||
        !psql_reads_inclusion(statement_text(source->text, statement),
                              &inclusion) ||
        inclusion.path.length == 0 || inclusion.path.start[0] == '/')
        return NULL;
    for (;;) {
        file = find_from(engine, &scratch, folder, inclusion.path);
        if (file || inclusion.is_relative || folder.length == 0)
            break;
        folder.length--;
        folder = folder_of(folder);
    }
    arena_release(&scratch);
    return file;
}

static bool mentions_inclusion(struct slice text)
{
    return slice_find(text, SLICE("\\i")) != SLICE_NOT_FOUND;
}

/* Adds what the file includes. */
static void read_inclusions(struct engine *engine, struct file *file,
                            struct inclusion_array *inclusions)
{
    struct source *source = file->source;
    struct splitter splitter;
    struct statement statement = {0};

    if (!engine_load(source))
        return;
    splitter = splitter_of(source->text, source->body, source->text.length);
    while (splitter_next(&splitter, &statement)) {
        struct file *to = include_target(engine, source, &statement);

        if (to && to != file && to->is_script)
            *array_push(&engine->run, inclusions) =
                (struct inclusion){file, to};
    }
    engine_unload(engine, source);
}

/* Paths, by which included files are found; and which of them belong to no
 * tool's migrations. */
static void note_scripts(struct engine *engine,
                         const struct history_array *histories)
{
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];

        for (size_t j = 0; j < history->migrations.count; j++) {
            const struct section_array *up = &history->migrations.items[j]->up;
            struct file *file;

            if (up->count == 0)
                continue;
            file = engine_file(engine, up->items[0].source);
            file->is_script = !tool_has_history(history->tool);
            map_put(&engine->run, &engine->paths,
                    normalize(&engine->run, slice_from(file->source->path)),
                    file);
        }
    }
}

/* What a file of the work list includes joins the list. */
static void follow(struct inclusion_array *inclusions, struct file **list,
                   size_t *count, size_t from)
{
    for (; from < *count; from++) {
        struct file *file = list[from];

        for (size_t i = file->first_inclusion;
             i < inclusions->count && inclusions->items[i].from == file; i++) {
            struct file *to = inclusions->items[i].to;

            if (to->is_reached)
                continue;
            to->is_reached = true;
            list[(*count)++] = to;
        }
    }
}

/* Of a circle that nothing outside leads to, the first file is where it
 * begins. */
static void break_circles(struct engine *engine,
                          struct inclusion_array *inclusions)
{
    struct file **list =
        arena_alloc(&engine->run, (inclusions->count * 2 + 1) * sizeof *list);
    size_t count = 0;

    for (size_t i = 0; i < inclusions->count; i++) {
        struct file *from = inclusions->items[i].from;

        if (!from->is_included && !from->is_reached) {
            from->is_reached = true;
            list[count++] = from;
        }
    }
    follow(inclusions, list, &count, 0);
    for (size_t i = 0; i < inclusions->count; i++) {
        struct file *from = inclusions->items[i].from;

        if (from->is_reached)
            continue;
        from->is_reached = true;
        from->is_included = false;
        list[count++] = from;
        follow(inclusions, list, &count, count - 1);
    }
}

/* The reported scripts for psql that have the letters of the command. */
static void find_candidates(struct engine *engine,
                            const struct history_array *histories,
                            struct file_array *candidates)
{
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];

        if (!tool_runs_psql(history->tool))
            continue;
        for (size_t j = 0; j < history->migrations.count; j++) {
            const struct section_array *up = &history->migrations.items[j]->up;
            struct file *file =
                up->count ? engine_file(engine, up->items[0].source) : NULL;

            if (file && file->is_named && engine_load(file->source)) {
                if (mentions_inclusion(file->source->text))
                    *array_push(&engine->run, candidates) = file;
                engine_unload(engine, file->source);
            }
        }
    }
}

void include_find(struct engine *engine, const struct history_array *histories)
{
    struct file_array candidates = {0};
    struct inclusion_array inclusions = {0};

    find_candidates(engine, histories, &candidates);
    if (candidates.count == 0)
        return;
    note_scripts(engine, histories);
    for (size_t i = 0; i < candidates.count; i++) {
        candidates.items[i]->first_inclusion = inclusions.count;
        read_inclusions(engine, candidates.items[i], &inclusions);
    }
    for (size_t i = 0; i < inclusions.count; i++)
        inclusions.items[i].to->is_included = true;
    break_circles(engine, &inclusions);
}
