/*
 * The main job. Leads through histories, migrations and sections in the order
 * in which the tools run them; shows the rules every statement of the reported
 * files, with the schema as it is before it, and carries all statements out on
 * the schema. The one place that joins input, sql, schema and rules.
 */
#include "lint/run.h"

#include "lint/confirm.h"
#include "lint/engine.h"
#include "lint/include.h"
#include "lint/judge_down.h"
#include "lint/plan.h"
#include "lint/prepare.h"
#include "replay/replay.h"
#include "sql/newer_syntax.h"
#include "sql/placeholder.h"

#include <string.h>

/* The server's SQLSTATEs of what its grammar refuses. */
#define SYNTAX_ERROR "42601"
#define FEATURE_NOT_SUPPORTED "0A000"

/* So deep may files include one another, so often in all. */
#define INCLUSION_DEPTH_MAX 32
#define INCLUSIONS_MAX 10000

/* Texts stay loaded while they are not more than this in all. */
#define KEPT_SIZE_MAX ((size_t)64 << 20)

struct run {
    struct engine engine;
    struct preparer *preparer;
    struct parser *batch_parser; /* of large files */
    struct schema *schema;       /* of the history that is being run */

    struct script *script; /* being run; null between files */
    size_t next_part;      /* of the script */
    bool has_failed;       /* a statement of the section has */
    bool is_first;         /* the next SQL statement is, of its section */

    /* Of psql's scripts that include others. */
    const struct history *history; /* of the part that is being run */
    struct file *started_with;     /* its file */
    struct workspace *included;    /* of the files it has included */
    size_t inclusions_left;
    const struct statement *do_block; /* that is being carried out */
};

static void group(struct engine *engine, const struct discovery *discovery,
                  struct grouping *grouping)
{
    size_t count = discovery->files.count;
    struct source **sources =
        arena_alloc(&engine->run, count * sizeof *sources);
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        sources[i] = discovery->files.items[i].source;
    migration_group(&engine->run, sources, count, engine->settings->tool,
                    grouping);
    engine_unreadable(engine, &grouping->unreadable);
    engine->result->skipped = grouping->skipped;
    for (size_t i = 0; i < count; i++)
        size += sources[i]->text.length;
    for (size_t i = 0; i < count && size > KEPT_SIZE_MAX; i++)
        engine_unload(engine, sources[i]);
}

/* Who wants to know what a server would have starts with a new database, and
 * so does a history that makes everything (`history: complete`). */
static bool starts_empty(const struct engine *engine)
{
    return engine->settings->is_history_complete ||
           (engine->observer && engine->observer->joins_histories);
}

static struct schema *new_schema(const struct engine *engine)
{
    struct schema *schema = schema_new(engine->settings->postgres_version);

    if (starts_empty(engine))
        schema_begin_empty(schema);
    if (engine->observer && engine->observer->keeps_definitions)
        schema_keep_definitions(schema);
    return schema;
}

static void read_base(struct engine *engine)
{
    const char *path = engine->settings->schema_path;
    struct error error;

    if (path && !base_read(&engine->base, &engine->run, path,
                           new_schema(engine), &error))
        engine_error(engine, path, error.text);
}

/* What rules see of the file. */
static void show_source(struct check *check, struct source *source)
{
    check->source = source;
    check->text = source ? source->text : (struct slice){NULL, 0};
}

static void show_statements(struct check *check,
                            const struct statement *statements, size_t count)
{
    check->section_statements = statements;
    check->section_statement_count = count;
}

static void keep_statements(struct engine *engine, struct file *file,
                            const struct script *script)
{
    size_t count = script->statement_count;
    struct span *spans = arena_alloc(&engine->run, count * sizeof *spans);

    for (size_t i = 0; i < count; i++)
        spans[i] = words_of_statement(&script->statements[i]);
    file->statements = spans;
    file->statement_count = count;
}

/* The texts of the SQL statements: what the tool sends. */
static enum transaction_kind transaction_of(struct engine *engine,
                                            const struct tool *tool,
                                            const struct script *script,
                                            const struct part *part)
{
    struct slice *texts =
        arena_alloc(&engine->scratch, part->count * sizeof *texts);
    enum transaction_kind kind;
    size_t count = 0;

    for (size_t i = part->first; i < part->first + part->count; i++)
        if (script->statements[i].kind == STATEMENT_SQL)
            texts[count++] =
                statement_text(script->source->text, &script->statements[i]);
    kind = tool_transaction(tool, part->section, texts, count);
    arena_clear(&engine->scratch);
    return kind;
}

static void judge(struct engine *engine, const struct statement *statement)
{
    struct check *check = &engine->check;

    check->statement = statement;
    check->transaction_kind = transaction_kind_now(&engine->transaction);
    engine->has_effects = false;
    judge_statement(engine);
}

/* After rules have seen all that there is of a statement. */
static void settle(struct engine *engine)
{
    gather_settle(engine);
    engine->check.statement = NULL;
}

static void note_unread(void *closure, struct span words)
{
    struct run *run = closure;
    struct engine *engine = &run->engine;

    engine->check.statement = run->do_block;
    judge_unread(engine, words);
    settle(engine);
}

static void judge_inner(void *closure, const struct statement *statement)
{
    struct run *run = closure;

    judge(&run->engine, statement);
    settle(&run->engine);
}

/*
 * The plain DDL of a DO block counts as statements of the migration: each is
 * judged with the schema as those before it left it.
 */
static void run_do_block(struct run *run, const struct statement *statement,
                         struct replay_failure *failure)
{
    struct engine *engine = &run->engine;
    const struct do_watcher watcher = {judge_inner, note_unread, run};

    run->do_block = statement;
    engine->check.is_in_do = true;
    replay_do_block(run->schema, run->script->source, statement, &watcher,
                    failure);
    engine->check.is_in_do = false;
}

/*
 * Tools stop at the first statement that fails: what comes after it would have
 * been run on another schema, and what it seems to lack may have been in that
 * statement. A template is not the statement that will be run.
 */
static void note_failed(struct run *run, const struct statement *statement)
{
    const struct check *check = &run->engine.check;

    if (statement->outcome == PARSE_FAILED &&
        placeholder_explains(check->text, statement)) {
        replay_note_opaque(run->schema);
        return;
    }
    if (!tool_has_history(check->history->tool))
        return;
    run->has_failed = true;
    if (run->engine.settings->is_history_complete)
        replay_note_opaque(run->schema);
}

static void judge_and_replay(struct run *run, const struct statement *statement)
{
    struct engine *engine = &run->engine;
    struct replay_failure failure;

    judge(engine, statement);
    if (statement->tree && nodeTag(statement->tree) == T_DoStmt) {
        settle(engine);
        run_do_block(run, statement, &failure);
    } else {
        replay_statement(run->schema, run->script->source, statement, &failure);
    }
    if (failure.message && !run->has_failed && !statement->is_filled &&
        replay_is_certain(run->schema, &failure)) {
        engine->check.statement = statement;
        judge_failure(engine, &failure);
    }
    if (failure.message || statement->outcome == PARSE_FAILED)
        note_failed(run, statement);
    settle(engine);
}

/* The parser tells no SQLSTATE: attributes that a constraint cannot have are
 * no errors of syntax (gram.y, processCASbits). */
static struct replay_failure failure_of_syntax(const char *message)
{
    struct replay_failure failure = {.message = message,
                                     .sqlstate = SYNTAX_ERROR};

    if (strstr(message, " constraints cannot be marked "))
        memcpy(failure.sqlstate, FEATURE_NOT_SUPPORTED,
               sizeof failure.sqlstate);
    return failure;
}

static void show_and_replay(struct run *run, const struct statement *statement)
{
    const struct observer *observer = run->engine.observer;
    struct replay_failure failure;
    struct moment moment = {
        .source = run->script->source,
        .statement = statement,
        .transaction_kind = transaction_kind_now(&run->engine.transaction),
        .is_first = run->is_first,
        .schema = run->schema,
    };

    if (statement->kind != STATEMENT_SQL)
        return;
    run->is_first = false;
    if (observer->before)
        observer->before(observer->closure, &moment);
    replay_statement(run->schema, moment.source, statement, &failure);
    if (statement->outcome == PARSE_FAILED)
        failure = failure_of_syntax(statement->error);
    moment.failure = &failure;
    if (observer->after)
        observer->after(observer->closure, &moment);
}

/*
 * The server, being older than the parser, does not know the statement's
 * syntax: what its own parser makes of it. Only schemas and locks are of that
 * very server; rules judge what may run on a newer one than the settings say.
 */
static bool is_newer(struct run *run, const struct statement *statement,
                     struct statement *unparsed)
{
    struct engine *engine = &run->engine;
    struct slice text = run->script->source->text;
    struct newer_use use;

    if (!newer_syntax_find(&engine->walker, text, statement,
                           engine->settings->postgres_version, &use))
        return false;
    *unparsed = *statement;
    unparsed->outcome = PARSE_FAILED;
    unparsed->tree = NULL;
    unparsed->error = newer_syntax_message(&engine->run, text, statement, &use);
    unparsed->error_offset = use.words.length > 0
                                 ? use.words.offset
                                 : statement->offset + statement->length;
    return true;
}

static void run_statement(struct run *run, const struct statement *statement,
                          bool is_named)
{
    struct engine *engine = &run->engine;

    struct statement unparsed;

    if (engine->observer && is_newer(run, statement, &unparsed))
        statement = &unparsed;
    if (!is_named) {
        replay_statement(run->schema, run->script->source, statement, NULL);
        return;
    }
    if (engine->observer)
        show_and_replay(run, statement);
    else
        judge_and_replay(run, statement);
    if (statement->tree) {
        judge_rollback(engine, statement);
        transaction_after(&engine->transaction, statement);
    }
    judge_pending(engine, false);
}

static void finish_file(struct run *run);

/* The statements of one part of the current script, and those of the files
 * that it includes, in their places. */
static void run_statements(struct run *run, const struct part *part,
                           struct parser *batch_parser, size_t depth);

/* What the rules see of an included file; what they saw before is to be
 * restored. */
static void show_included(struct run *run, const struct part *part)
{
    struct check *check = &run->engine.check;

    show_source(check, run->script->source);
    show_statements(check, run->script->statements + part->first, part->count);
    check->section = part->section;
}

/* Runs a file where another one includes it. Its text and its trees stay until
 * the including section has been judged. */
static void run_included_file(struct run *run, struct file *file,
                              bool is_judged, size_t depth)
{
    struct engine *engine = &run->engine;
    struct script *outer = run->script;
    struct check seen = engine->check;
    const struct dispatch *dispatch = engine->dispatch;
    struct section *section = arena_alloc(&engine->run, sizeof *section);
    struct part part = {.section = section};
    bool is_named = file->is_named;
    struct script script = {.source = file->source,
                            .file = file,
                            .parts = &part,
                            .part_count = 1};
    struct workspace *workspace = workspace_new();

    workspace->next_made = run->included;
    run->included = workspace;
    outer->file->is_kept = true;
    file->is_kept = true;
    if (!engine_load(file->source))
        return;
    *section = (struct section){
        .source = file->source,
        .offset = file->source->body,
        .length = file->source->text.length - file->source->body,
    };
    script_prepare(&script, workspace);
    run->script = &script;
    engine->current = script.source;
    file->history = outer->file->history;
    file->has_history = outer->file->has_history;
    file->is_named = is_judged;
    if (is_judged)
        show_included(run, &part);
    run_statements(run, &part, workspace->parser, depth);
    if (is_judged && !engine->observer)
        finish_file(run);
    file->is_named = is_named;
    run->script = outer;
    engine->current = outer->source;
    engine->dispatch = dispatch;
    show_source(&engine->check, seen.source);
    show_statements(&engine->check, seen.section_statements,
                    seen.section_statement_count);
    engine->check.section = seen.section;
}

/* A file is run once for each that starts with it, and judged once in all. */
static void run_inclusion(struct run *run, const struct statement *command,
                          size_t depth)
{
    struct script *outer = run->script;
    struct file *file = include_target(&run->engine, outer->source, command);
    bool is_judged;

    if (!file || depth == INCLUSION_DEPTH_MAX ||
        file->included_by == run->started_with)
        return;
    if (run->inclusions_left == 0)
        return;
    run->inclusions_left--;
    file->included_by = run->started_with;
    is_judged = file->is_named && file->is_included && !file->is_judged &&
                outer->file->is_named;
    file->is_judged |= is_judged;
    run_included_file(run, file, is_judged, depth + 1);
}

static void run_statements(struct run *run, const struct part *part,
                           struct parser *batch_parser, size_t depth)
{
    struct script *script = run->script;
    bool is_named = script->file->is_named;
    bool has_inclusions = tool_runs_psql(run->history->tool);

    for (size_t i = part->first; i < part->first + part->count; i++) {
        struct statement *statement = &script->statements[i];

        script_parse(script, batch_parser, part, i);
        run_statement(run, statement, is_named);
        if (has_inclusions && statement->kind == STATEMENT_PSQL_COMMAND)
            run_inclusion(run, statement, depth);
    }
}

static void free_included(struct run *run)
{
    while (run->included) {
        struct workspace *next = run->included->next_made;

        workspace_free(run->included);
        run->included = next;
    }
}

static void run_part(struct run *run, const struct history *history,
                     const struct part *part)
{
    struct engine *engine = &run->engine;
    struct script *script = run->script;
    bool is_named = script->file->is_named;
    enum transaction_kind kind =
        transaction_of(engine, history->tool, script, part);

    run->is_first = true;
    run->has_failed = false;
    replay_begin_section(run->schema, kind != TRANSACTION_NONE);
    if (is_named) {
        show_source(&engine->check, script->source);
        show_statements(&engine->check, script->statements + part->first,
                        part->count);
        engine->check.section = part->section;
        engine->dispatch = engine->dispatches[tool_has_history(history->tool)]
                                             [part->section->direction];
        transaction_begin_section(&engine->transaction, kind);
        engine_begin_section(engine);
    }
    run->history = history;
    run->started_with = script->file;
    script->file->included_by = script->file;
    run_statements(run, part, run->batch_parser, 0);
    judge_pending(engine, true);
    if (is_named && !engine->observer) {
        judge_section(engine);
        gather_settle(engine);
    }
    free_included(run);
    replay_end_section(run->schema);
    engine->check.section = NULL;
    show_statements(&engine->check, NULL, 0);
}

/* A reported file whose sections have all been run. */
static void finish_file(struct run *run)
{
    struct engine *engine = &run->engine;
    struct script *script = run->script;
    struct file *file = script->file;
    struct check *check = &engine->check;
    enum direction direction = DIRECTION_DOWN;

    for (size_t i = 0; i < script->part_count; i++)
        if (script->parts[i].section->direction == DIRECTION_UP)
            direction = DIRECTION_UP;
    keep_statements(engine, file, script);
    engine->dispatch = engine->dispatches[file->has_history][direction];
    show_source(check, script->source);
    show_statements(check, script->statements, script->statement_count);
    judge_source(engine);
    gather_settle(engine);
    gather_suppressions(engine, file, script);
    show_statements(check, NULL, 0);
    *array_push(&engine->run, &engine->reported) = file;
    engine->result->files++;
    for (size_t i = 0; i < script->statement_count; i++)
        if (script->statements[i].kind == STATEMENT_SQL)
            engine->result->statements++;
}

static void finish_script(struct run *run)
{
    struct engine *engine = &run->engine;
    struct script *script = run->script;
    struct source *source = script->source;
    struct file *file = script->file;

    if (script->workspace->error[0])
        engine_error(engine, source->path, script->workspace->error);
    else if (file->is_named && !script->is_shared && !engine->observer)
        finish_file(run);
    else if (!script->is_shared)
        engine->result->files_replayed++;
    preparer_give_back(run->preparer, script);
    run->script = NULL;
    if (engine->size_kept + source->text.length <= KEPT_SIZE_MAX) {
        engine->size_kept += source->text.length;
        file->is_kept = true;
    }
    engine->current = NULL;
    engine_unload(engine, source);
}

/* When the last part of the current script has been run. */
static void finish_script_if_done(struct run *run)
{
    if (run->script && run->next_part == run->script->part_count)
        finish_script(run);
}

static void start_script(struct run *run, const struct history *history)
{
    struct script *script = preparer_next(run->preparer);

    script->file->history = history;
    script->file->has_history = tool_has_history(history->tool);
    run->script = script;
    run->next_part = 0;
    run->engine.current = script->source;
}

static void run_sections(struct run *run, const struct history *history,
                         const struct section_array *sections)
{
    struct engine *engine = &run->engine;

    /* A tool runs all sections of a migration in one go: nobody uses what the
     * first makes before the last is done. */
    schema_begin_unit(run->schema);
    for (size_t i = 0; i < sections->count; i++) {
        if (!plan_wants_section(engine, &sections->items[i]))
            continue;
        finish_script_if_done(run);
        if (!run->script)
            start_script(run, history);
        run_part(run, history, &run->script->parts[run->next_part++]);
    }
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
        engine->dispatches[tool_has_history(history->tool)][DIRECTION_UP];
    if (!source || engine->observer || engine->dispatch->migration.count == 0 ||
        !engine_load(source))
        return;
    show_source(&engine->check, source);
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
    const struct section *down = judge_down_section(engine, migration);

    engine->check.migration = migration;
    if (migration->is_code)
        replay_note_opaque(run->schema);
    if (down) {
        run_both(run, history, migration, down);
    } else {
        run_sections(run, history, &migration->up);
        run_down(run, history, migration);
    }
    finish_script_if_done(run);
    finish_migration(run, history, migration);
    show_source(&engine->check, NULL);
    engine->check.migration = NULL;
}

static void finish_history(struct run *run, const struct history *history)
{
    struct engine *engine = &run->engine;

    engine->dispatch =
        engine->dispatches[tool_has_history(history->tool)][DIRECTION_UP];
    judge_history(engine);
    judge_pending_history(engine);
    gather_settle(engine);
}

static void run_history(struct run *run, const struct planned_history *planned)
{
    struct engine *engine = &run->engine;
    const struct history *history = planned->history;

    engine->check.history = history;
    engine->check.schema = run->schema;
    engine->schema = run->schema;
    engine->transaction = (struct transaction){0};
    if (starts_empty(engine) && tool_bookkeeping_table(history->tool))
        schema_note_table(run->schema, tool_bookkeeping_table(history->tool));
    for (size_t i = 0; i < planned->migrations.count; i++)
        run_migration(run, history, planned->migrations.items[i]);
    if (!engine->observer)
        finish_history(run, history);
    engine->check.history = NULL;
    engine->check.schema = NULL;
}

/* Where histories start, and what it leads back to. */
struct start {
    bool is_on_base;
    size_t savepoint;
};

static struct start begin_schema(struct run *run, bool is_on_base)
{
    struct start start = {.is_on_base = is_on_base};

    if (is_on_base) {
        run->schema = run->engine.base.schema;
        start.savepoint = replay_save(run->schema);
    } else {
        run->schema = new_schema(&run->engine);
    }
    return start;
}

static void end_schema(struct run *run, struct start start)
{
    const struct observer *observer = run->engine.observer;

    if (observer && observer->finish)
        observer->finish(observer->closure, run->schema);
    if (start.is_on_base)
        replay_restore(run->schema, start.savepoint);
    else
        schema_free(run->schema);
    run->schema = NULL;
}

/* All on one schema for an observer who wants that, else each on its own. */
static void run_histories(struct run *run, const struct plan *plan)
{
    const struct observer *observer = run->engine.observer;
    bool is_joined = observer && observer->joins_histories;
    struct start start;

    if (is_joined)
        start = begin_schema(run, plan->is_on_base);
    for (size_t i = 0; i < plan->histories.count; i++) {
        const struct planned_history *planned = &plan->histories.items[i];

        if (planned->is_included)
            continue;
        if (!is_joined)
            start = begin_schema(run, planned->is_on_base);
        run_history(run, planned);
        if (!is_joined)
            end_schema(run, start);
    }
    if (is_joined)
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
    run_histories(run, plan);
    gather_finish(engine);
    preparer_stop(run->preparer);
    parser_free(run->batch_parser);
}

/* Texts that cannot be read again stay. */
static void unload(const struct engine *engine,
                   const struct discovery *discovery)
{
    for (size_t i = 0; i < discovery->files.count; i++) {
        struct source *source = discovery->files.items[i].source;

        if (!engine_file(engine, source)->is_pinned)
            source_unload(source);
    }
}

static void run_once(struct arena *arena, const struct lint_settings *settings,
                     const struct discovery *discovery,
                     const struct observer *observer,
                     struct lint_result *result)
{
    struct run run = {.engine.observer = observer,
                      .inclusions_left = INCLUSIONS_MAX};
    struct engine *engine = &run.engine;
    struct grouping grouping = {0};
    struct plan plan;

    *result = (struct lint_result){0};
    engine_init(engine, arena, settings, result);
    engine_unreadable(engine, &discovery->problems);
    engine_add_files(engine, discovery);
    group(engine, discovery, &grouping);
    read_base(engine);
    include_find(engine, &grouping.histories);
    plan_make(engine, &grouping.histories, &plan);
    result->refusal = plan.refusal;
    if (!result->refusal)
        run_plan(&run, &plan);
    base_release(&engine->base);
    unload(engine, discovery);
    arena_release(&grouping.texts);
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
