/*
 * The sections of migrations, and the files that they stand in: read ahead by
 * prepare.c, run statement by statement, with the psql scripts that they
 * include, and judged as a whole when their last statement has been run.
 */
#include "lint/running.h"

#include "lint/include.h"
#include "lint/plan.h"
#include "replay/replay.h"
#include "sql/psql.h"

/* So deep may files include one another. */
#define INCLUSION_DEPTH_MAX 32

void run_show_source(struct check *check, struct source *source)
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

static void finish_file(struct run *run);

/* The statements of one part of the current script, and those of the files
 * that it includes, in their places. */
/* Another database has what another history made. */
static void run_connection(struct run *run, const struct statement *statement)
{
    bool is_elsewhere;

    if (!psql_reads_connection(
            statement_text(run->script->source->text, statement),
            &is_elsewhere))
        return;
    replay_reconnect(run->schema);
    if (is_elsewhere && schema_tables(run->schema)->count > 0)
        replay_note_opaque(run->schema);
}

static void run_statements(struct run *run, const struct part *part,
                           struct parser *batch_parser, size_t depth);

/* What the rules see of an included file; what they saw before is to be
 * restored. */
static void show_included(struct run *run, const struct part *part)
{
    struct check *check = &run->engine.check;

    run_show_source(check, run->script->source);
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
    run_show_source(&engine->check, seen.source);
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
    bool has_commands = tool_runs_psql(run->history->tool);
    struct psql_branches branches = {0};

    for (size_t i = part->first; i < part->first + part->count; i++) {
        struct statement *statement = &script->statements[i];

        if (has_commands && statement->kind == STATEMENT_PSQL_COMMAND)
            psql_read_branch(&branches,
                             statement_text(script->source->text, statement));
        if (psql_is_left_out(&branches))
            continue;
        script_parse(script, batch_parser, part, i);
        run_statement(run, statement, is_named);
        if (has_commands && statement->kind == STATEMENT_PSQL_COMMAND) {
            run_inclusion(run, statement, depth);
            run_connection(run, statement);
        }
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
        run_show_source(&engine->check, script->source);
        show_statements(&engine->check, script->statements + part->first,
                        part->count);
        engine->check.section = part->section;
        engine->dispatch = engine_dispatch(
            engine, tool_has_history(history->tool), part->section->direction);
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
    engine->dispatch = engine_dispatch(engine, file->has_history, direction);
    run_show_source(check, script->source);
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
    if (engine->size_kept + source->text.length <= RUN_KEPT_SIZE_MAX) {
        engine->size_kept += source->text.length;
        file->is_kept = true;
    }
    engine->current = NULL;
    engine_unload(engine, source);
}

void run_finish_script(struct run *run)
{
    if (run->script && run->next_part == run->script->part_count)
        finish_script(run);
}

void run_start_script(struct run *run, const struct history *history)
{
    struct script *script = preparer_next(run->preparer);

    script->file->history = history;
    script->file->has_history = tool_has_history(history->tool);
    run->script = script;
    run->next_part = 0;
    run->engine.current = script->source;
}

void run_sections(struct run *run, const struct history *history,
                  const struct section_array *sections)
{
    struct engine *engine = &run->engine;

    /* A tool runs all sections of a migration in one go: nobody uses what the
     * first makes before the last is done. */
    schema_begin_unit(run->schema);
    for (size_t i = 0; i < sections->count; i++) {
        if (!plan_wants_section(engine, &sections->items[i]))
            continue;
        run_finish_script(run);
        if (!run->script)
            run_start_script(run, history);
        run_part(run, history, &run->script->parts[run->next_part++]);
    }
}
