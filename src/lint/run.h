/*
 * The main job: every history replayed in order, every reported statement
 * walked once for all rules.
 */
#ifndef LINT_RUN_H
#define LINT_RUN_H

#include "input/discover.h"
#include "lint/finding.h"
#include "lint/observer.h"
#include "lint/rule_set.h"
#include "schema/difference.h"

/* A rule's options as the settings give them: values by name. */
struct option_value {
    const struct rule *rule;
    const char *name;
    bool as_bool;
    long as_integer;
    const char *as_string;
    const char *const *as_list; /* ends with null */
};

struct option_value_array ARRAY(struct option_value);

enum down_setting {
    DOWN_BY_TOOL,
    DOWN_SETTING_ALWAYS,
    DOWN_SETTING_NEVER,
};

/* Everything that settings and options decide, checked. */
struct lint_settings {
    int postgres_version; /* 13 to 18 */
    bool is_version_set;
    const struct tool *tool; /* null: found by itself */
    enum down_setting down;
    const char *schema_path;  /* null: none */
    bool queries_stand_alone; /* `schema: none`: not on what migrations make */
    bool is_history_complete; /* `history: complete` */
    bool lint_down;
    bool runner_sets_timeouts; /* `timeouts: runner` */
    struct rule_levels levels;
    struct option_value_array options;
    int jobs; /* worker threads that parse; 1: none */
    /* Writes objects for the help of down steps (output/schema.h); null:
     * nobody does, and what they consist of is not compared. */
    difference_write *write_object;
};

struct run_error {
    const char *path;
    const char *message;
};

struct run_error_array ARRAY(struct run_error);

struct lint_result {
    struct finding_array findings; /* sorted; suppressed ones left out */
    struct run_error_array errors; /* files that could not be read: the
                                      discovery's problems first */
    size_t files;                  /* reported ones */
    size_t files_replayed;         /* read only for their history */
    size_t skipped;                /* of other databases */
    size_t statements;             /* of the reported files */
    size_t suppressed;
    const char *refusal; /* why nothing was done: what was asked for makes no
                            sense; null if it does */
};

/*
 * Everything in the result lives in the arena. With an observer no rule is
 * asked, and the result has only errors; observer may be null.
 */
void lint_run(struct arena *arena, const struct lint_settings *settings,
              const struct discovery *discovery,
              const struct observer *observer, struct lint_result *result);

#endif
