/*
 * The main job. Leads through histories and migrations in the order in which
 * the tools run them. The one place that joins input, sql, schema and rules;
 * sections and files are run_section.c's, statements run_statement.c's.
 */
#include "lint/run.h"

#include "input/query_file.h"
#include "input/read_ahead.h"
#include "input/recognise.h"
#include "lint/confirm.h"
#include "lint/include.h"
#include "lint/judge_down.h"
#include "lint/plan.h"
#include "lint/running.h"
#include "replay/replay.h"

/* More are not kept for files of queries. */
#define LEFT_SCHEMAS_MAX 32

/* By who found the files, if somebody did. */
static void sort_into_histories(struct engine *engine,
                                const struct discovery *discovery,
                                struct source **sources,
                                struct read_ahead *ahead,
                                struct grouping *grouping)
{
    struct recogniser *recogniser = discovery->recogniser;
    struct recogniser *own = NULL;

    if (!recogniser)
        recogniser = own = recogniser_new(&engine->run, engine->settings->tool);
    migration_group(&engine->run, recogniser, ahead, sources,
                    discovery->files.count, grouping);
    recogniser_free(own);
}

/* What is read ahead has the texts of small files, until they are unloaded. */
static struct read_ahead *group(struct engine *engine,
                                const struct discovery *discovery,
                                struct grouping *grouping)
{
    size_t count = discovery->files.count;
    struct source **sources =
        arena_alloc(&engine->run, count * sizeof *sources);
    struct read_ahead *ahead;
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        sources[i] = discovery->files.items[i].source;
    ahead = read_ahead_start(sources, count, engine->settings->jobs);
    sort_into_histories(engine, discovery, sources, ahead, grouping);
    read_ahead_stop(ahead);
    engine_unreadable(engine, &grouping->unreadable);
    engine->result->skipped = grouping->skipped;
    for (size_t i = 0; i < count; i++)
        size += sources[i]->text.length;
    for (size_t i = 0; i < count && size > RUN_KEPT_SIZE_MAX; i++)
        engine_unload(engine, sources[i]);
    return ahead;
}

/* Who wants to know what a server would have starts with a new database, and
 * so does a history that makes everything (`history: complete`). */
static bool starts_empty(const struct engine *engine)
{
    return engine->settings->is_history_complete ||
           (engine->observer && engine->observer->joins_histories);
}

/* Down steps are compared, and what they leave behind is to be written. */
static bool keeps_definitions(struct engine *engine,
                              const struct history *history)
{
    const struct observer *observer = engine->observer;

    if (observer || !engine->settings->write_object)
        return observer && observer->keeps_definitions;
    for (size_t i = 0; history && i < history->migrations.count; i++)
        if (judge_down_section(engine, history, history->migrations.items[i]))
            return true;
    return !history;
}

/* history: null for what all histories start on. */
static struct schema *new_schema(struct engine *engine,
                                 const struct history *history)
{
    struct schema *schema = schema_new(engine->settings->postgres_version);

    if (starts_empty(engine))
        schema_begin_empty(schema);
    if (keeps_definitions(engine, history))
        schema_keep_definitions(schema);
    return schema;
}

static void read_base(struct engine *engine)
{
    const char *path = engine->settings->schema_path;
    struct error error;

    if (path && !base_read(&engine->base, &engine->run, path,
                           new_schema(engine, NULL), &error))
        engine_error(engine, path, error.text);
}

/* The first reported file of the migration. */
static struct source *named_source(const struct engine *engine,
                                   const struct migration *migration)
{
    const struct section_array *both[] = {&migration->up, &migration->down};

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < both[i]->count; j++) {
            struct source *source = both[i]->items[j].source;

            if (engine_file(engine, source)->is_named)
                return source;
        }
    return NULL;
}

static void finish_migration(struct run *run, const struct history *history,
                             const struct migration *migration)
{
    struct engine *engine = &run->engine;
    struct source *source = named_source(engine, migration);

    engine->dispatch =
        engine_dispatch(engine, tool_has_history(history->tool), DIRECTION_UP);
    if (!source || engine->observer || engine->dispatch->migration.count == 0 ||
        !engine_load(source))
        return;
    run_show_source(&engine->check, source);
    judge_migration(engine);
    gather_settle(engine);
    engine_unload(engine, source);
}

/* On the schema as the up step left it, which it then is again. */
static void run_down(struct run *run, const struct history *history,
                     const struct migration *migration)
{
    size_t savepoint = replay_save(run->schema);

    run_sections(run, history, &migration->down);
    replay_restore(run->schema, savepoint);
}

/* The same, and what the two steps left behind is judged. */
static void run_both(struct run *run, const struct history *history,
                     const struct migration *migration,
                     const struct section *down)
{
    struct difference_start start = difference_begin(run->schema);
    size_t last_up, savepoint;

    run_sections(run, history, &migration->up);
    last_up = schema_unit(run->schema);
    savepoint = replay_save(run->schema);
    run_sections(run, history, &migration->down);
    judge_down(&run->engine, down, &start, last_up);
    replay_restore(run->schema, savepoint);
    difference_end(run->schema, &start);
}

static void run_migration(struct run *run, const struct history *history,
                          const struct migration *migration)
{
    struct engine *engine = &run->engine;
    const struct section *down = judge_down_section(engine, history, migration);

    engine->check.migration = migration;
    if (migration->is_code)
        replay_note_opaque(run->schema);
    if (down) {
        run_both(run, history, migration, down);
    } else {
        run_sections(run, history, &migration->up);
        run_down(run, history, migration);
    }
    run_finish_script(run);
    finish_migration(run, history, migration);
    run_show_source(&engine->check, NULL);
    engine->check.migration = NULL;
}

static void finish_history(struct run *run, const struct history *history,
                           bool is_schema_judged)
{
    struct engine *engine = &run->engine;

    engine->dispatch =
        engine_dispatch(engine, tool_has_history(history->tool), DIRECTION_UP);
    if (!is_schema_judged)
        judge_history(engine);
    judge_pending_history(engine);
    gather_settle(engine);
}

/* Where histories start, and what it leads back to. */
struct start {
    bool is_borrowed; /* the schema stays, as it was */
    size_t savepoint;
};

/* Files of queries are run on a schema that others made, and which was judged
 * then. */
static bool is_judged(const struct run *run, const struct start *start)
{
    return start->is_borrowed &&
           !replay_has_changed(run->schema, start->savepoint);
}

static void run_history(struct run *run, const struct planned_history *planned,
                        const struct start *start)
{
    struct engine *engine = &run->engine;
    const struct history *history = planned->history;

    engine->check.history = history;
    engine->check.schema = run->schema;
    engine->schema = run->schema;
    /* No two histories have a transaction of one number. */
    engine->transaction =
        (struct transaction){.number = engine->transaction.number};
    if (starts_empty(engine) && tool_bookkeeping_table(history->tool))
        schema_note_table(run->schema, tool_bookkeeping_table(history->tool));
    for (size_t i = 0; i < planned->migrations.count; i++)
        run_migration(run, history, planned->migrations.items[i]);
    if (!engine->observer)
        finish_history(run, history, is_judged(run, start));
    engine->check.history = NULL;
    engine->check.schema = NULL;
}

static struct start begin_on(struct run *run, struct schema *schema)
{
    run->schema = schema;
    return (struct start){true, replay_save(schema)};
}

/* history: null if several go into one schema. */
static struct start begin_schema(struct run *run, const struct history *history,
                                 bool is_on_base)
{
    if (is_on_base)
        return begin_on(run, run->engine.base.schema);
    run->schema = new_schema(&run->engine, history);
    return (struct start){.is_borrowed = false};
}

static void end_schema(struct run *run, struct start start)
{
    const struct observer *observer = run->engine.observer;

    if (observer && observer->finish)
        observer->finish(observer->closure, run->schema);
    if (start.is_borrowed)
        replay_restore(run->schema, start.savepoint);
    else
        schema_free(run->schema);
    run->schema = NULL;
}

/* Instead of end_schema(). */
static void leave_schema(struct run *run, const struct history *history)
{
    *array_push(&run->engine.run, &run->left) = (struct left_schema){
        .schema = run->schema,
        .history = history,
    };
    run->schema = NULL;
}

static void free_left(struct run *run)
{
    for (size_t i = 0; i < run->left.count; i++)
        schema_free(run->left.items[i].schema);
}

/* What may be queries is seen before it is known on which schema it stands.
 * Only queries with names are surely those that the application sends today:
 * others may be fixtures, or have been run between two migrations. */
static struct start begin_queries(struct run *run,
                                  const struct history *history)
{
    const struct left_schema *left;

    run_start_script(run, history);
    left = query_schema_choose(&run->left, run->script);
    run->is_of_some_time =
        left && !query_file_has_names(run->script->source->text);
    return left ? begin_on(run, left->schema)
                : begin_schema(run, history, false);
}

/* Each history on a schema of its own. */
static void run_each(struct run *run, const struct plan *plan)
{
    for (size_t i = 0; i < plan->histories.count; i++) {
        const struct planned_history *planned = &plan->histories.items[i];
        struct start start;

        if (planned->is_included)
            continue;
        start = planned->is_queries
                    ? begin_queries(run, planned->history)
                    : begin_schema(run, planned->history, planned->is_on_base);
        run_history(run, planned, &start);
        run->is_of_some_time = false;
        if (plan->has_queries && !start.is_borrowed && !planned->is_queries &&
            run->left.count < LEFT_SCHEMAS_MAX &&
            schema_tables(run->schema)->count > 0)
            leave_schema(run, planned->history);
        else
            end_schema(run, start);
    }
    free_left(run);
}

/* All on one schema, for an observer who wants that. */
static void run_joined(struct run *run, const struct plan *plan)
{
    struct start start = begin_schema(run, NULL, plan->is_on_base);

    for (size_t i = 0; i < plan->histories.count; i++)
        if (!plan->histories.items[i].is_included)
            run_history(run, &plan->histories.items[i], &start);
    end_schema(run, start);
}

static void run_plan(struct run *run, const struct plan *plan)
{
    struct engine *engine = &run->engine;

    run->batch_parser = parser_new();
    if (!run->batch_parser)
        arena_exhausted();
    run->preparer = preparer_start(plan->scripts.items, plan->scripts.count,
                                   engine->settings->jobs);
    if (engine->observer && engine->observer->joins_histories)
        run_joined(run, plan);
    else
        run_each(run, plan);
    gather_finish(engine);
    preparer_stop(run->preparer);
    parser_free(run->batch_parser);
}

/* Texts that cannot be read again stay; what was edited in them was found by
 * this run, and another one finds it anew. */
static void unload(const struct engine *engine,
                   const struct discovery *discovery)
{
    for (size_t i = 0; i < discovery->files.count; i++) {
        struct source *source = discovery->files.items[i].source;

        if (engine_file(engine, source)->is_pinned)
            continue;
        source_unload(source);
        source_forget_edits(source);
    }
}

static void run_once(struct arena *arena, const struct lint_settings *settings,
                     const struct discovery *discovery,
                     const struct observer *observer,
                     struct lint_result *result)
{
    struct run run = {.engine.observer = observer,
                      .inclusions_left = RUN_INCLUSIONS_MAX};
    struct engine *engine = &run.engine;
    struct grouping grouping = {0};
    struct read_ahead *ahead;
    struct plan plan;

    *result = (struct lint_result){0};
    engine_init(engine, arena, settings, result);
    engine_unreadable(engine, &discovery->problems);
    engine_add_files(engine, discovery);
    ahead = group(engine, discovery, &grouping);
    read_base(engine);
    include_find(engine, &grouping.histories);
    plan_make(engine, &grouping.histories, &plan);
    result->refusal = plan.refusal;
    if (!result->refusal)
        run_plan(&run, &plan);
    base_release(&engine->base);
    unload(engine, discovery);
    read_ahead_free(ahead);
    engine_release(engine);
}

void lint_run(struct arena *arena, const struct lint_settings *settings,
              const struct discovery *discovery,
              const struct observer *observer, struct lint_result *result)
{
    run_once(arena, settings, discovery, observer, result);
    if (!observer)
        confirm_refusals(arena, settings, discovery, run_once, result);
    for (size_t i = 0; i < discovery->files.count; i++)
        source_unload(discovery->files.items[i].source);
}
