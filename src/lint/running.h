/*
 * The run that is under way: shared by run.c, run_section.c and run_statement.c,
 * seen by no one else.
 */
#ifndef LINT_RUNNING_H
#define LINT_RUNNING_H

#include "lint/engine.h"
#include "lint/prepare.h"
#include "lint/query_schema.h"

/* So often may files include one another in all. */
#define RUN_INCLUSIONS_MAX 10000

/* Texts stay loaded while they are not more than this in all. */
#define RUN_KEPT_SIZE_MAX ((size_t)64 << 20)

struct run {
    struct engine engine;
    struct preparer *preparer;
    struct parser *batch_parser;   /* of large files */
    struct schema *schema;         /* of the history that is being run */
    struct left_schema_array left; /* kept for files of queries */

    struct script *script; /* being run; null between files */
    size_t next_part;      /* of the script */
    bool has_failed;       /* a statement of the section has */
    bool is_first;         /* the next SQL statement is, of its section */
    bool is_of_some_time; /* the file was perhaps run on an earlier schema: what
                              that one lacks says nothing */

    /* Of psql's scripts that include others. */
    const struct history *history; /* of the part that is being run */
    struct file *started_with;     /* its file */
    struct workspace *included;    /* of the files it has included */
    size_t inclusions_left;
    const struct statement *do_block; /* that is being carried out */
};

/*
 * run_section.c
 */

/* Runs those of a migration's sections that the plan wants, in their order. */
void run_sections(struct run *run, const struct history *history,
                  const struct section_array *sections);

/* Takes the next script of the plan, which is of this history and prepared: for
 * who wants to see it before its sections are run. */
void run_start_script(struct run *run, const struct history *history);

/* Judges and gives back the current script if its last part has been run. */
void run_finish_script(struct run *run);

/* What rules see of the file; null: there is none. */
void run_show_source(struct check *check, struct source *source);

/*
 * run_statement.c
 */

/* Carries out a statement of the current script, and judges it if it is of a
 * reported file. */
void run_statement(struct run *run, const struct statement *statement,
                   bool is_named);

#endif
