/*
 * What a run reads, in which order: the sections of every history that has a
 * file to report, grouped into scripts.
 */
#ifndef LINT_PLAN_H
#define LINT_PLAN_H

#include "lint/engine.h"

struct script_array ARRAY(struct script);

/* A history that is to be run. */
struct planned_history {
    const struct history *history;
    struct migration_array migrations; /* those to be run, in order */
    bool is_on_base;                   /* else it starts with no schema */
    bool is_included; /* one file, which is run where others include it */
    bool is_queries;  /* one file, which may be of queries: it is run after all
                         that is not, on a schema that this has left */
};

struct planned_history_array ARRAY(struct planned_history);

struct plan {
    struct planned_history_array histories; /* in the order in which they are
                                               run */
    bool has_queries;                       /* one of them is of queries */
    struct script_array scripts; /* in the order in which they are run */
    bool is_on_base;             /* all histories are */
    const char *refusal; /* null unless an observer joins two histories of
                                    migrations, which are hardly of one database */
};

/* Numbers the files on the way. */
void plan_make(struct engine *engine, const struct history_array *histories,
               struct plan *plan);

/* Down sections are run only where they are to be reported, by rules. */
bool plan_wants_section(const struct engine *engine,
                        const struct section *section);

#endif
