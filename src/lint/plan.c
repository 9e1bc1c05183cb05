/*
 * Lays down the order of a run before it begins, so that worker threads can
 * prepare files ahead of it. lint/run.c goes through the same histories in the
 * same order.
 */
#include "lint/plan.h"

#include "input/query_file.h"

struct planner {
    struct engine *engine;
    struct script_array *scripts;
    size_t file_count;
    bool is_joined;      /* all histories make one schema */
    bool has_migrations; /* one of them is of a migration tool */
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

/* Something of it is to be reported. */
static bool wants_migration(const struct engine *engine,
                            const struct migration *migration)
{
    return has_named(engine, &migration->up) ||
           has_named(engine, &migration->down);
}

static bool wants_history(const struct engine *engine,
                          const struct history *history)
{
    for (size_t i = 0; i < history->migrations.count; i++)
        if (wants_migration(engine, history->migrations.items[i]))
            return true;
    return false;
}

/* Found because a file of queries may stand on it. */
static bool is_for_queries(const struct engine *engine,
                           const struct history *history)
{
    for (size_t i = 0; i < history->migrations.count; i++) {
        const struct section_array *up = &history->migrations.items[i]->up;

        if (up->count > 0)
            return engine_file(engine, up->items[0].source)->is_schema;
    }
    return false;
}

bool plan_wants_section(const struct engine *engine,
                        const struct section *section)
{
    return section->direction == DIRECTION_UP ||
           ((!engine->observer || engine->observer->sees_down) &&
            is_named(engine, section->source));
}

/* The schema file is among the history's files. */
static bool has_base_file(const struct engine *engine,
                          const struct history *history)
{
    struct slice path = slice_from(engine->settings->schema_path);

    for (size_t i = 0; i < history->migrations.count; i++) {
        const struct section_array *up = &history->migrations.items[i]->up;

        for (size_t j = 0; j < up->count; j++)
            if (slice_equal(slice_from(up->items[j].source->path), path))
                return true;
    }
    return false;
}

/* What is to be reported has not been run when the schema file was made, nor
 * what it stands on. */
static bool starts_on_base(const struct engine *engine,
                           const struct history *history)
{
    const struct base *base = &engine->base;
    bool has_version = false;

    if (!base->schema || has_base_file(engine, history))
        return false;
    for (size_t i = 0; i < history->migrations.count; i++) {
        const struct migration *migration = history->migrations.items[i];

        if (!base_has_version(base, migration))
            continue;
        if (wants_migration(engine, migration))
            return false;
        has_version = true;
    }
    return has_version || !tool_has_history(history->tool) ||
           !base_has_history(base, history);
}

/* For an observer nothing is run after the last that is to be reported, unless
 * files of queries stand on it. */
static void choose_migrations(struct planner *planner, bool has_queries,
                              struct planned_history *planned)
{
    const struct engine *engine = planner->engine;
    const struct migration_array *all = &planned->history->migrations;
    size_t count = all->count;

    while (engine->observer && !has_queries && count > 0 &&
           !wants_migration(engine, all->items[count - 1]))
        count--;
    for (size_t i = 0; i < count; i++)
        if (!planned->is_on_base ||
            !base_has_version(&engine->base, all->items[i]))
            *array_push(&planner->engine->run, &planned->migrations) =
                all->items[i];
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
    script->is_shared = file->is_planned;
    file->is_planned = true;
    return script;
}

/* A rule is asked about them. */
static bool wants_bodies(struct engine *engine, const struct history *history,
                         const struct section *section)
{
    return !engine->observer &&
           engine_file(engine, section->source)->is_named &&
           engine_dispatch(engine, tool_has_history(history->tool),
                           section->direction)
               ->has_bodies;
}

static void add_sections(struct planner *planner, const struct history *history,
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
        script->wants_bodies = script->wants_bodies ||
                               wants_bodies(planner->engine, history, section);
        array_push(&planner->engine->run, parts)->section = section;
    }
}

/*
 * Beside migrations, other files make the schema only if they were named
 * themselves: in a folder they may be queries, or a dump of that very schema.
 * The schema file is replayed before all.
 */
static bool is_passed_over(const struct planner *planner,
                           const struct history *history)
{
    const struct section_array *up;

    if (!planner->is_joined || tool_has_history(history->tool))
        return false;
    if (planner->engine->base.schema && has_base_file(planner->engine, history))
        return true;
    up = &history->migrations.items[0]->up;
    return planner->has_migrations && up->count > 0 &&
           !engine_file(planner->engine, up->items[0].source)->is_given;
}

/* Sees what there is to be joined; returns why not, or null. */
static const char *join(struct planner *planner,
                        const struct history_array *histories)
{
    const struct engine *engine = planner->engine;
    const struct history *first = NULL;

    planner->is_joined = true;
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];

        if (!tool_has_history(history->tool) || !wants_history(engine, history))
            continue;
        if (first)
            return arena_format(engine->arena,
                                "\"%s\" and \"%s\" hold two histories of "
                                "migrations: name the files of one",
                                first->folder, history->folder);
        first = history;
    }
    planner->has_migrations = first != NULL;
    return NULL;
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

/* The only file of the history is run where others include it. */
static bool is_included(const struct engine *engine,
                        const struct history *history)
{
    const struct section_array *up = &history->migrations.items[0]->up;

    return !tool_has_history(history->tool) && up->count > 0 &&
           engine_file(engine, up->items[0].source)->is_included;
}

/* Their places in the report. */
static void number_files(struct planner *planner,
                         const struct section_array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        struct file *file =
            engine_file(planner->engine, sections->items[i].source);

        if (file->order == 0 &&
            plan_wants_section(planner->engine, &sections->items[i]))
            file->order = ++planner->file_count;
    }
}

static void number_history(struct planner *planner,
                           const struct planned_history *planned)
{
    const struct migration_array *migrations =
        planned->is_included ? &planned->history->migrations
                             : &planned->migrations;

    for (size_t i = 0; i < migrations->count; i++) {
        number_files(planner, &migrations->items[i]->up);
        number_files(planner, &migrations->items[i]->down);
    }
}

static void add_scripts(struct planner *planner,
                        const struct planned_history *planned,
                        struct part_array *parts)
{
    if (planned->is_included)
        return;
    for (size_t i = 0; i < planned->migrations.count; i++) {
        add_sections(planner, planned->history,
                     &planned->migrations.items[i]->up, parts);
        add_sections(planner, planned->history,
                     &planned->migrations.items[i]->down, parts);
    }
}

/* The only file of the history begins as one of queries does. */
static bool may_be_queries(struct engine *engine, const struct history *history)
{
    const struct section_array *up = &history->migrations.items[0]->up;
    struct source *source;
    bool is_queries;

    if (engine->settings->queries_stand_alone ||
        (engine->observer && engine->observer->joins_histories) ||
        tool_has_history(history->tool) || up->count != 1)
        return false;
    source = up->items[0].source;
    if (!engine_load(source))
        return false;
    is_queries = query_file_begins(
        slice_part(source->text, source->body, source->text.length));
    engine_unload(engine, source);
    return is_queries;
}

/* Which histories are run, and which of their migrations. */
static void choose(struct planner *planner,
                   const struct history_array *histories, struct plan *plan)
{
    struct engine *engine = planner->engine;

    plan->is_on_base = engine->base.schema != NULL;
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = histories->items[i];
        struct planned_history *planned;

        if ((!wants_history(engine, history) &&
             !is_for_queries(engine, history)) ||
            is_passed_over(planner, history))
            continue;
        planned = array_push(&engine->run, &plan->histories);
        planned->history = history;
        planned->is_included = is_included(engine, history);
        planned->is_on_base = starts_on_base(engine, history);
        planned->is_queries = !planned->is_on_base && !planned->is_included &&
                              may_be_queries(engine, history);
        plan->has_queries |= planned->is_queries;
        plan->is_on_base &= planned->is_on_base;
    }
    for (size_t i = 0; i < plan->histories.count; i++)
        choose_migrations(planner, plan->has_queries,
                          &plan->histories.items[i]);
}

/* Moves those that may be of queries behind the others. */
static void put_queries_last(struct engine *engine, struct plan *plan)
{
    struct planned_history_array sorted = {0};
    size_t count = plan->histories.count;

    array_make_room(&engine->run, &sorted, count);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            if (plan->histories.items[i].is_queries == (pass == 1))
                *array_push(&engine->run, &sorted) = plan->histories.items[i];
    plan->histories = sorted;
}

void plan_make(struct engine *engine, const struct history_array *histories,
               struct plan *plan)
{
    struct planner planner = {.engine = engine, .scripts = &plan->scripts};
    struct part_array parts = {0};
    size_t count = count_sections(histories);
    size_t first = 0;

    *plan = (struct plan){0};
    if (engine->observer && engine->observer->joins_histories)
        plan->refusal = join(&planner, histories);
    choose(&planner, histories, plan);
    for (size_t i = 0; i < plan->histories.count; i++)
        number_history(&planner, &plan->histories.items[i]);
    put_queries_last(engine, plan);
    array_make_room(&engine->run, &plan->scripts, count);
    array_make_room(&engine->run, &parts, count);
    for (size_t i = 0; i < plan->histories.count; i++)
        add_scripts(&planner, &plan->histories.items[i], &parts);
    for (size_t i = 0; i < plan->scripts.count; i++) {
        struct script *script = &plan->scripts.items[i];

        script->parts = parts.items + first;
        first += script->part_count;
    }
}
