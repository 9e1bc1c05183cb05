/*
 * The command `locks`: looks on while files are replayed, and prints what each
 * statement locks and does.
 */
#ifndef OUTPUT_LOCKS_JOB_H
#define OUTPUT_LOCKS_JOB_H

#include "base/buffer.h"
#include "base/error.h"
#include "input/options.h"
#include "lint/observer.h"
#include "locks/locks.h"

/* One statement and what it does. */
struct locks_entry {
    struct source *source;
    const struct statement *statement;
    struct position position;
    enum transaction_kind transaction_kind;
    struct effects effects;
};

/* Where it is printed; false, with an error, if it cannot be. */
typedef bool locks_print(struct slice text, struct error *error);

/* A format: what stands before, for and after the statements. Each may use
 * job->scratch until the file ends. */
struct locks_job;

struct locks_format {
    const char *name;
    void (*begin)(struct locks_job *job);
    void (*add)(struct locks_job *job, const struct locks_entry *entry);
    void (*end_file)(struct locks_job *job);
    void (*end)(struct locks_job *job);
};

extern const struct locks_format locks_format_text;
extern const struct locks_format locks_format_json;

/* A row of the text's table. */
struct locks_row {
    size_t line; /* 0: as above */
    const char *relation;
    const char *mode;
    const char *blocks;
    const char *work;
    const char *fails; /* then nothing else */
};

struct locks_row_array ARRAY(struct locks_row);

struct locks_job {
    struct observer observer; /* for lint_run() */
    bool has_failure;         /* a statement fails */
    bool is_printed;          /* so far everything could be: else error */
    struct error error;

    /* locks_job.c's and the formats'. */
    const struct locks_format *format;
    int postgres_version;
    locks_print *print;
    struct arena pending_arena;
    struct buffer pending; /* not printed yet */
    struct arena scratch;  /* what is kept of the file */
    struct source *source; /* the file; null before the first */
    enum transaction_kind transaction_kind; /* of its first statement */
    const char *path;
    struct locks_row_array rows; /* in scratch */
    bool has_statements;
};

/*
 * False, with an error, for a format that there is not. The job must stay
 * where it is.
 */
bool locks_job_init(struct locks_job *job, const struct options *options,
                    int postgres_version, locks_print *print,
                    struct error *error);

/* The run is over: prints the rest and releases everything. */
void locks_job_finish(struct locks_job *job);

/* Prints what is pending. */
void locks_job_flush(struct locks_job *job);

#endif
