/*
 * Lays down the order of a run before it begins, so that worker threads can
 * prepare files ahead of it. lint/run.c goes through the same histories in the
 * same order.
 */
#include "lint/plan.h"

struct planner {
    struct engine *engine;
    struct script_array *scripts;
    size_t file_count;
};

struct part_array ARRAY(struct part);

static bool is_named(const struct engine *engine, const struct source *source)
{
    const struct file *file = engine_file(engine, source);

    return file && file->is_named;
}

static bool has_named(const struct engine *engine,
                      const struct section_array *sections)
{
    for (size_t i = 0; i < sections->count; i++)
        if (is_named(engine, sections->items[i].source))
            return true;
    return false;
}

bool plan_wants_migration(const struct engine *engine,
                          const struct migration *migration)
{
    return has_named(engine, &migration->up) ||
           has_named(engine, &migration->down);
}

bool plan_has_base(const struct engine *engine, const struct history *history)
{
    struct slice path = slice_from(engine->settings->schema_path);

    for (size_t i = 0; path.length && i < history->migrations.count; i++) {
        const struct section_array *up = &history->migrations.items[i]->up;

        for (size_t j = 0; j < up->count; j++)
            if (slice_equal(slice_from(up->items[j].source->path), path))
                return true;
    }
    return false;
}

static bool joins_histories(const struct engine *engine)
{
    return engine->observer && engine->observer->joins_histories;
}

bool plan_wants_history(const struct engine *engine,
                        const struct history *history)
{
    /* The schema file was found beside the migrations: it is replayed already,
     * before them. */
    if (joins_histories(engine) && !tool_has_history(history->tool) &&
        plan_has_base(engine, history))
        return false;
    for (size_t i = 0; i < history->migrations.count; i++)
        if (plan_wants_migration(engine, history->migrations.items[i]))
            return true;
    return false;
}

size_t plan_migration_count(const struct engine *engine,
                            const struct history *history)
{
    size_t count = history->migrations.count;

    while (engine->observer && count > 0 &&
           !plan_wants_migration(engine, history->migrations.items[count - 1]))
        count--;
    return count;
}

bool plan_wants_section(const struct engine *engine,
                        const struct section *section)
{
    return section->direction == DIRECTION_UP ||
           (!engine->observer && is_named(engine, section->source));
}

const char *plan_refusal(const struct engine *engine,
                         const struct history_array *histories)
{
    const struct history *first = NULL;

    for (size_t i = 0; joins_histories(engine) && i < histories->count; i++) {
        const struct history *history = histories->items[i];

        if (!tool_has_history(history->tool) ||
            !plan_wants_history(engine, history))
            continue;
        if (first)
            return arena_format(engine->arena,
                                "\"%s\" and \"%s\" hold two histories of "
                                "migrations: name the files of one",
                                first->folder, history->folder);
        first = history;
    }
    return NULL;
}

/* The script that the section belongs to: the last one if it is of the same
 * file, else a new one. */
static struct script *script_for(struct planner *planner,
                                 const struct section *section)
{
    struct engine *engine = planner->engine;
    struct script_array *scripts = planner->scripts;
    struct script *script;
    struct file *file;

    if (scripts->count > 0) {
        script = &scripts->items[scripts->count - 1];
        if (script->source == section->source)
            return script;
    }
    file = engine_file(engine, section->source);
    script = array_push(&engine->run, scripts);
    script->source = section->source;
    script->file = file;
    script->is_shared = file->order != 0;
    if (file->order == 0)
        file->order = ++planner->file_count;
    return script;
}

static void add_sections(struct planner *planner,
                         const struct section_array *sections,
                         struct part_array *parts)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct section *section = &sections->items[i];
        struct script *script;

        if (!plan_wants_section(planner->engine, section))
            continue;
        script = script_for(planner, section);
        script->part_count++;
        array_push(&planner->engine->run, parts)->section = section;
    }
}

/* How many parts there are at most, and so scripts. */
static size_t count_sections(const struct history_array *histories)
{
    size_t count = 0;

    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];

        for (size_t j = 0; j < history->migrations.count; j++)
            count += history->migrations.items[j]->up.count +
                     history->migrations.items[j]->down.count;
    }
    return count;
}

void plan_fill(struct engine *engine, const struct history_array *histories,
               struct script_array *scripts)
{
    struct planner planner = {.engine = engine, .scripts = scripts};
    struct part_array parts = {0};
    size_t count = count_sections(histories);
    size_t first = 0;

    array_make_room(&engine->run, scripts, count);
    array_make_room(&engine->run, &parts, count);

    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];

        if (!plan_wants_history(engine, history))
            continue;
        for (size_t j = 0; j < plan_migration_count(engine, history); j++) {
            add_sections(&planner, &history->migrations.items[j]->up, &parts);
            add_sections(&planner, &history->migrations.items[j]->down, &parts);
        }
    }
    for (size_t i = 0; i < scripts->count; i++) {
        struct script *script = &scripts->items[i];

        script->parts = parts.items + first;
        first += script->part_count;
    }
}
