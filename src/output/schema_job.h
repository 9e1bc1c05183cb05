/*
 * The command `schema`: looks on while files are replayed, writes the schema
 * after all of them, or after each statement, and remembers which statements
 * failed.
 */
#ifndef OUTPUT_SCHEMA_JOB_H
#define OUTPUT_SCHEMA_JOB_H

#include "base/error.h"
#include "input/options.h"
#include "lint/observer.h"
#include "output/schema.h"

struct schema_failure {
    const char *place; /* "path:line:column" */
    const char *message;
};

struct schema_failure_array ARRAY(struct schema_failure);

/* Where it is printed; false, with an error, if it cannot be. */
typedef bool schema_print(struct slice text, struct error *error);

struct schema_job {
    struct observer observer;             /* for lint_run() */
    bool has_failure;                     /* a statement failed */
    struct schema_failure_array failures; /* unless each has a line anyway */
    bool is_printed; /* so far everything could be: else error says why */
    struct error error;

    /* schema_job.c's. */
    struct arena *arena;
    schema_print *print;
    void (*write)(struct buffer *buffer, struct schema *schema);
    struct arena pending_arena;
    struct buffer pending; /* not printed yet */
};

/*
 * False, with an error, for options that make no sense. The job must stay
 * where it is; failures live in the arena.
 */
bool schema_job_init(struct schema_job *job, struct arena *arena,
                     const struct options *options, schema_print *print,
                     struct error *error);

#endif
