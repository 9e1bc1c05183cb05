/*
 * Joins the replay of files and the writers of schemas. Lines about single
 * statements are printed from time to time: they may be much longer in all
 * than the files.
 */
#include "output/schema_job.h"

#include <string.h>

/* So much is kept before it is printed. */
#define PENDING_SIZE_MAX ((size_t)1 << 20)

static void print_pending(struct schema_job *job)
{
    if (job->is_printed)
        job->is_printed = job->print(buffer_slice(&job->pending), &job->error);
    arena_clear(&job->pending_arena);
    buffer_init(&job->pending, &job->pending_arena);
}

static void note_failure(struct schema_job *job, const struct moment *moment)
{
    struct schema_failure *failure = array_push(job->arena, &job->failures);
    struct position position =
        source_position(moment->source, moment->statement->offset);

    failure->place =
        arena_format(job->arena, "%s:%zu:%zu", moment->source->path,
                     position.line, position.column);
    failure->message =
        arena_copy(job->arena, slice_from(moment->failure->message));
}

static void after(void *closure, const struct moment *moment)
{
    struct schema_job *job = closure;

    if (moment->failure->message)
        job->has_failure = true;
    if (job->write) {
        if (moment->failure->message)
            note_failure(job, moment);
        return;
    }
    schema_write_each(&job->pending, moment);
    if (job->pending.length > PENDING_SIZE_MAX)
        print_pending(job);
}

static void finish(void *closure, struct schema *schema)
{
    struct schema_job *job = closure;

    if (job->write)
        job->write(&job->pending, schema);
    print_pending(job);
    arena_release(&job->pending_arena);
}

/* Null with is_each, or for a format that there is not. */
static bool choose_writer(struct schema_job *job, const char *format,
                          bool is_each)
{
    if (is_each)
        return !format || strcmp(format, "json") == 0;
    if (!format || strcmp(format, "json") == 0)
        job->write = schema_write_json;
    else if (strcmp(format, "sql") == 0)
        job->write = schema_write_sql;
    job->observer.keeps_definitions = job->write == schema_write_sql;
    return job->write != NULL;
}

bool schema_job_init(struct schema_job *job, struct arena *arena,
                     const struct options *options, schema_print *print,
                     struct error *error)
{
    *job = (struct schema_job){
        .observer = {.closure = job,
                     .joins_histories = true,
                     .after = after,
                     .finish = finish},
        .is_printed = true,
        .arena = arena,
        .print = print,
    };
    buffer_init(&job->pending, &job->pending_arena);
    if (choose_writer(job, options->format, options->each))
        return true;
    if (options->each)
        return error_set(error, "with \"--each\" the format is json");
    return error_set(error,
                     "the format of \"schema\" must be json or sql, not \"%s\"",
                     options->format);
}
