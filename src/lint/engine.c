/*
 * The state of a run, and what it knows about its files: made by lint/run.c
 * before the first migration.
 */
#include "lint/engine.h"

#include <string.h>

void engine_init(struct engine *engine, struct arena *arena,
                 const struct lint_settings *settings,
                 struct lint_result *result)
{
    engine->arena = arena;
    engine->settings = settings;
    engine->result = result;
    engine->spoken_in =
        arena_alloc(&engine->run, rule_count * sizeof *engine->spoken_in);
    engine->precedence = precedence_new(&engine->run);
    walker_init(&engine->walker);
    engine->section_memory =
        arena_alloc(&engine->run, rule_count * sizeof *engine->section_memory);
    engine->check.arena = arena;
    engine->check.postgres_version = settings->postgres_version;
    engine->check.is_version_set = settings->is_version_set;
    engine->check.transaction = &engine->transaction;
    engine->check.engine = engine;
}

void engine_release(struct engine *engine)
{
    walker_release(&engine->walker);
    held_release(&engine->held);
    judge_bodies_release(&engine->bodies);
    arena_release(&engine->effects_arena);
    arena_release(&engine->names_arena);
    arena_release(&engine->index_arena);
    arena_release(&engine->contents_arena);
    arena_release(&engine->section_arena);
    arena_release(&engine->scratch);
    arena_release(&engine->run);
}

const struct dispatch *engine_dispatch(struct engine *engine, bool has_history,
                                       enum direction direction)
{
    const struct dispatch **dispatch =
        &engine->dispatches[has_history][direction];

    if (!*dispatch)
        *dispatch = dispatch_new(&engine->run, engine->settings, has_history,
                                 direction);
    return *dispatch;
}

void engine_begin_section(struct engine *engine)
{
    arena_clear(&engine->section_arena);
    memset(engine->section_memory, 0,
           rule_count * sizeof *engine->section_memory);
}

void engine_begin_statement(struct engine *engine)
{
    engine->has_effects = false;
    engine->has_names = false;
    engine->index_node = NULL;
}

void engine_error(struct engine *engine, const char *path, const char *message)
{
    struct run_error *error =
        array_push(engine->arena, &engine->result->errors);

    error->path = path;
    error->message = arena_copy(engine->arena, slice_from(message));
}

void engine_unreadable(struct engine *engine,
                       const struct unreadable_array *unreadable)
{
    for (size_t i = 0; i < unreadable->count; i++)
        engine_error(engine, unreadable->items[i].path,
                     unreadable->items[i].message);
}

void engine_add_files(struct engine *engine, const struct discovery *discovery)
{
    map_make_room(&engine->run, &engine->files, discovery->files.count);
    for (size_t i = 0; i < discovery->files.count; i++) {
        const struct discovered *found = &discovery->files.items[i];
        struct file *file = arena_alloc(&engine->run, sizeof *file);
        struct slice key = {(const char *)&file->source, sizeof file->source};

        file->source = found->source;
        file->is_named = found->is_named;
        file->is_given = found->is_given;
        file->is_schema = found->is_schema;
        file->is_pinned = found->source->is_loaded;
        map_put(&engine->run, &engine->files, key, file);
    }
}

struct file *engine_file(const struct engine *engine,
                         const struct source *source)
{
    struct slice key = {(const char *)&source, sizeof source};

    return source ? map_find(&engine->files, key) : NULL;
}

bool engine_load(struct source *source)
{
    struct error error;

    return source->is_loaded || source_load(source, &error);
}

void engine_unload(struct engine *engine, struct source *source)
{
    const struct file *file = engine_file(engine, source);

    if (source == engine->current || !file || file->is_kept || file->is_pinned)
        return;
    source_unload(source);
}
