/*
 * The state of one run: shared by the files of lint/ that make it up, seen by
 * no one else.
 *
 * run.c leads: histories and migrations, then run_section.c: sections and files,
 * then run_statement.c. judge.c asks the rules about what it is shown. check.c
 * is what rules call. gather.c makes findings complete, applies the suppressions
 * and sorts.
 */
#ifndef LINT_ENGINE_H
#define LINT_ENGINE_H

#include "base/map.h"
#include "lint/base.h"
#include "lint/conceal.h"
#include "lint/dispatch.h"
#include "lint/held.h"
#include "lint/precedence.h"
#include "lint/script.h"
#include "lint/suppression.h"
#include "query/query.h"

/* What the run knows about one source. */
struct file {
    struct source *source;
    bool is_named;    /* to be reported */
    bool is_given;    /* its own path was given, not that of a folder */
    bool is_pinned;   /* its text came from elsewhere: cannot be read again */
    bool is_kept;     /* its text stays loaded */
    bool is_schema;   /* replayed for files of queries */
    bool is_planned;  /* it is to be run (lint/plan.c) */
    bool has_history; /* its tool keeps one */
    size_t order;     /* in the report; from 1; 0: not met yet */

    /* Of psql's scripts (lint/include.h). */
    bool is_script;   /* belongs to no tool's migrations */
    bool is_included; /* run where others include it, not by itself */
    bool is_reached;  /* by inclusion, or as a file that others start with */
    bool is_judged;   /* where it was included first */
    size_t first_inclusion;         /* among those of all files */
    const struct file *included_by; /* the last to start with, of those that
                                       led to it */

    /* Of reported files. */
    const struct history *history;
    const struct span *statements; /* where they stand, in order */
    size_t statement_count;
    struct suppression_array suppressions;
    struct secret_array secrets; /* check_conceal() */
};

struct file_array ARRAY(struct file *);

/* A finding that is to be confirmed: check_confirm_later(). */
struct pending {
    struct finding *finding;
    const void *subject;
};

struct pending_array ARRAY(struct pending);

/* What the bodies of functions and DO blocks are read with. */
struct bodies {
    struct parser *parser;     /* null: not needed yet */
    struct arena arena;        /* of the body that was judged last */
    const struct source *file; /* that was read last */
    struct arena copies;       /* of its text */
    struct routine_source source;
};

struct index_use; /* lint/index_use.h */

struct engine {
    struct arena *arena;  /* the result's: findings and their texts */
    struct arena run;     /* what lives as long as the run */
    struct arena scratch; /* cleared after each use */
    const struct lint_settings *settings;
    const struct observer *observer; /* null: rules judge */
    struct lint_result *result;

    struct base base; /* of the option or setting `schema` */

    struct map files;             /* struct file by the source's address */
    struct map paths;             /* likewise, by path: lint/include.c */
    struct file_array reported;   /* in the order in which they were judged */
    const struct source *current; /* being judged: its text is needed */
    size_t size_kept;             /* bytes of text that stay loaded */

    /* [has_history][direction]; null: not needed yet */
    const struct dispatch *dispatches[2][2];
    const struct dispatch *dispatch; /* the one in force */
    struct precedence *precedence;
    struct walker walker;

    struct check check;    /* what rules see */
    struct schema *schema; /* check->schema */
    struct bodies bodies;
    struct effects effects; /* of check->statement, if has_effects */
    struct arena effects_arena;
    bool has_effects;
    struct query_name_array names; /* likewise, if has_names: by reference */
    struct query_operation_array operations; /* likewise, by place */
    struct query_value_array values;         /* likewise, as names */
    struct arena names_arena;
    bool has_names;
    const Node *index_node; /* of which index_use_of() was asked last; null:
                               of none in check->statement */
    const struct index_use *index_use;
    struct arena index_arena;
    struct schema_contents contents; /* in finish, if has_contents */
    struct arena contents_arena;
    bool has_contents;
    struct transaction transaction;
    struct held held;  /* by that, if a rule with needs_locks is asked */
    size_t *spoken_in; /* by rule_index(): the transaction of
                          check_is_first_in_transaction() */

    void **section_memory; /* of each rule, by rule_index(); null: none yet */
    struct arena section_arena;

    struct finding_array findings; /* of all files */
    size_t settled; /* findings [0, settled) have been through precedence */
    struct pending_array pending[CONFIRM_AFTER_HISTORY + 1]; /* by scope */
    size_t pending_transaction;     /* transaction.number of the first */
    struct finding_context context; /* the last statement hashed */
};

/* engine.c. The result is that of the settings, in this arena. */
void engine_init(struct engine *engine, struct arena *arena,
                 const struct lint_settings *settings,
                 struct lint_result *result);
void engine_release(struct engine *engine);

/* What could not be read. */
void engine_error(struct engine *engine, const char *path, const char *message);
void engine_unreadable(struct engine *engine,
                       const struct unreadable_array *unreadable);

void engine_add_files(struct engine *engine, const struct discovery *discovery);

/* judge.c: the rules in engine->dispatch are asked. */
void judge_statement(struct engine *engine);

/* The body of check->statement, a DoStmt or CreateFunctionStmt, which has been
 * judged: its trees live until the next. judge_body.c. */
void judge_body(struct engine *engine);
void judge_bodies_release(struct bodies *bodies);

/* What the function's parameters mean in its body. */
void judge_set_parameters(struct engine *engine, struct arena *arena,
                          const CreateFunctionStmt *create,
                          struct query_place *place);

void judge_failure(struct engine *engine, const struct replay_failure *failure);
void judge_unread(struct engine *engine, struct span words);
void judge_section(struct engine *engine);
void judge_source(struct engine *engine);
void judge_migration(struct engine *engine);
void judge_down_step(struct engine *engine);
void judge_history(struct engine *engine);
void judge_suppression(struct engine *engine,
                       const struct suppression *suppression);

/* What is to be confirmed after its statement; after its transaction, if that is
 * over; after the section all. */
void judge_pending(struct engine *engine, bool is_section_over);

/* Before a statement, which has its tree, ends its transaction: forgets what
 * was found in what it rolls back. */
void judge_rollback(struct engine *engine, const struct statement *statement);

/* What is to be confirmed after the history. */
void judge_pending_history(struct engine *engine);

/* Who is asked about files of a history, or of none, in that direction. */
const struct dispatch *engine_dispatch(struct engine *engine, bool has_history,
                                       enum direction direction);

/* What is known about a source; null for one that is not of this run. */
struct file *engine_file(const struct engine *engine,
                         const struct source *source);

/* Loads a text again if it was given back; false if the file is gone. Then
 * gives it back, unless it shall stay. */
bool engine_load(struct source *source);
void engine_unload(struct engine *engine, struct source *source);

/* Rules have nothing to remember: a section begins. */
void engine_begin_section(struct engine *engine);

/* Nothing was found out about check->statement yet: it is another one. */
void engine_begin_statement(struct engine *engine);

/* gather.c: reads the suppressions of a reported file that has been run. */
void gather_suppressions(struct engine *engine, struct file *file,
                         const struct script *script);

/* gather.c: drops by precedence what was found since the last call, while the
 * causes exist, and completes what remains. */
void gather_settle(struct engine *engine);

/* gather.c: drops what was found since the last gather_settle(), where rules that
 * go first have said the same before that, in findings from this one on: about a
 * DO block, whose statements came in between. */
void gather_apply_heard(struct engine *engine, size_t first);

/* Suppressions, order and duplicates; fills the result. */
void gather_finish(struct engine *engine);

#endif
