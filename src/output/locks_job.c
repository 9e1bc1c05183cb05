/*
 * Joins the replay of files, the model of locks and the two formats. Prints
 * from time to time: what is said may be much longer than the files.
 */
#include "output/locks_job.h"

#include "sql/ast.h"

#include <string.h>

/* So much is kept before it is printed. */
#define PENDING_SIZE_MAX ((size_t)1 << 20)

void locks_job_flush(struct locks_job *job)
{
    if (job->is_printed)
        job->is_printed = job->print(buffer_slice(&job->pending), &job->error);
    arena_clear(&job->pending_arena);
    buffer_init(&job->pending, &job->pending_arena);
}

static void end_file(struct locks_job *job)
{
    if (job->source)
        job->format->end_file(job);
    job->source = NULL;
    job->rows = (struct locks_row_array){0};
    arena_clear(&job->scratch);
    if (job->pending.length > PENDING_SIZE_MAX)
        locks_job_flush(job);
}

static void begin_file(struct locks_job *job, const struct moment *moment)
{
    if (job->source == moment->source)
        return;
    end_file(job);
    job->source = moment->source;
    job->path = arena_copy(&job->scratch, slice_from(moment->source->path));
    job->transaction_kind = moment->transaction_kind;
}

static void add_statement(struct locks_job *job, const struct moment *moment,
                          const struct statement *statement, bool is_in_do)
{
    struct locks_context context = {
        .transaction = moment->transaction_kind,
        .is_first = moment->is_first,
        .is_in_do = is_in_do,
    };
    struct arena arena = {0};
    struct locks_entry entry = {
        .source = moment->source,
        .statement = statement,
        .position = source_position(moment->source, statement->offset),
        .transaction_kind = moment->transaction_kind,
        .effects = locks_of(&arena, moment->schema, moment->source, statement,
                            &context),
    };

    if (entry.effects.fails)
        job->has_failure = true;
    job->format->add(job, &entry);
    arena_release(&arena);
}

struct body {
    struct locks_job *job;
    const struct moment *moment;
};

static void add_inner(void *closure, const struct statement *statement)
{
    const struct body *body = closure;

    add_statement(body->job, body->moment, statement, true);
}

/* What a DO block runs: each statement on what those before it left. */
static void add_body(struct locks_job *job, const struct moment *moment)
{
    struct body body = {job, moment};
    const struct do_watcher watcher = {.before = add_inner, .closure = &body};
    size_t savepoint = replay_save(moment->schema);

    replay_do_block(moment->schema, moment->source, moment->statement, &watcher,
                    NULL);
    replay_restore(moment->schema, savepoint);
}

static void before(void *closure, const struct moment *moment)
{
    struct locks_job *job = closure;

    begin_file(job, moment);
    add_statement(job, moment, moment->statement, false);
    if (moment->statement->tree && nodeTag(moment->statement->tree) == T_DoStmt)
        add_body(job, moment);
}

bool locks_job_init(struct locks_job *job, const struct options *options,
                    int postgres_version, locks_print *print,
                    struct error *error)
{
    const char *name = options->format ? options->format : "text";

    *job = (struct locks_job){
        .observer = {.closure = job,
                     .keeps_definitions = true,
                     .before = before},
        .is_printed = true,
        .postgres_version = postgres_version,
        .print = print,
    };
    if (strcmp(name, locks_format_text.name) == 0)
        job->format = &locks_format_text;
    else if (strcmp(name, locks_format_json.name) == 0)
        job->format = &locks_format_json;
    else
        return error_set(error,
                         "the format of \"locks\" must be text or json, not "
                         "\"%s\"",
                         name);
    buffer_init(&job->pending, &job->pending_arena);
    job->format->begin(job);
    return true;
}

void locks_job_finish(struct locks_job *job)
{
    end_file(job);
    job->format->end(job);
    locks_job_flush(job);
    arena_release(&job->pending_arena);
    arena_release(&job->scratch);
}
