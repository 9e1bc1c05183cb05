/*
 * The rule contract. A rule is one `const struct rule rule_<file name>` in one
 * file, rules/<family>/<file_name>.c: code, documentation, examples, options.
 * The table of rules, explain, the manual, the README and the checking of
 * settings come from the struct. See rules/README.md.
 *
 * Rules never do I/O, never print and never see one another; they read what the
 * check gives them and report.
 */
#ifndef LINT_RULE_H
#define LINT_RULE_H

#include "base/buffer.h"
#include "input/migration.h"
#include "lint/held.h"
#include "locks/locks.h"
#include "query/query.h"
#include "replay/replay.h"
#include "schema/contents.h"
#include "schema/difference.h"
#include "schema/schema.h"
#include "schema/transaction.h"
#include "schema/transaction_block.h"
#include "sql/names.h"
#include "sql/newer_syntax.h"
#include "sql/parser.h"
#include "sql/routine.h"
#include "sql/walker.h"
#include "sql/words.h"

enum severity {
    SEVERITY_OFF,
    SEVERITY_INFO,
    SEVERITY_WARNING,
    SEVERITY_ERROR,
};

enum family {
    FAMILY_LOCKING,
    FAMILY_MIGRATION,
    FAMILY_COMPATIBILITY,
    FAMILY_SCHEMA,
    FAMILY_QUERY,
    FAMILY_SECURITY,
    FAMILY_PLPGSQL,
};

/* In which direction's sections a rule speaks. */
enum rule_directions {
    RULE_UP,      /* in down steps only with `lint_down: true` */
    RULE_UP_DOWN, /* in both */
};

enum option_type {
    OPTION_BOOL,
    OPTION_INTEGER,
    OPTION_STRING,
    OPTION_PATTERN, /* a regular expression */
    OPTION_STRING_LIST,
};

struct rule_option {
    const char *name;
    enum option_type type;
    const char *default_text; /* as in YAML */
    const char *summary;
};

/*
 * What a server makes of `bad`: make truth asks servers of all versions that the
 * rule applies to. It runs bad, good and fixed, each in a new database after
 * setup; setup, good and fixed must always be accepted.
 *
 * Plans are those of claim_query, or of the last statement that has one, with
 * enable_seqscan off, so that an index is used wherever one can be.
 */
enum rule_claim {
    CLAIM_ACCEPTED,     /* it runs without error */
    CLAIM_REFUSED,      /* it is refused with an error that has claim_text */
    CLAIM_PLAN_WITH,    /* its plan has claim_text, those of good and fixed do
                           not */
    CLAIM_PLAN_WITHOUT, /* its plan lacks claim_text, those of good and fixed
                           have it */
};

struct check;
struct suppression;
struct finding;
struct typed_column;

struct rule {
    const char *id; /* names the problem, with hyphens; reads after "allow" */
    enum family family;
    enum severity severity;  /* by default */
    const char *summary;     /* one line, no period */
    const char *rationale;   /* what happens, to whom, what to do instead;
                               paragraphs separated by \n\n */
    const char *ignore_when; /* whom it need not trouble: a few sentences */
    /*
     * The examples. setup is SQL of an earlier migration that they need, null if
     * none. make check lints each: with all rules on, bad gives a finding of
     * this rule, good and fixed give none.
     *
     * One that begins with "-- +goose Up" is a migration of goose. One that
     * begins with a comment that names a file, as "-- 0007_orders.up.sql", is
     * several files, with such a line before each.
     */
    const char *setup;
    const char *bad;
    const char *good;
    const char *fixed; /* what a fix makes of bad; null if none */
    enum rule_claim claim;
    const char *claim_text;
    const char *claim_query; /* null: the last statement of each example */
    int claim_version_min;   /* outside of these versions, bad is accepted */
    int claim_version_max;   /* and no plan is looked at; 0: any */
    int version_min;         /* PostgreSQL versions it applies to; 0: any */
    int version_max;
    enum rule_directions directions;
    bool needs_history; /* speaks only about a tool's migrations */
    bool needs_locks;   /* asks check_held() */
    const struct rule_option *options; /* ends with a null name; may be null */

    /*
     * The tags of the nodes that check_node wants, ending with T_Invalid; null if
     * none. Of the families query, security and plpgsql also those in bodies:
     * check->is_in_body. The plain DDL of a DO block is shown to all rules, as
     * statements (check->is_in_do), and so not again with the body.
     */
    const NodeTag *tags;
    void (*check_node)(struct check *check, const Node *node);

    /* All optional. Every body of a function, procedure or DO block that can be
     * read (check->routine), after the nodes of the statement and before those
     * of the body. */
    void (*check_body)(struct check *check);
    /* Every statement, also one that did not parse; before its nodes. */
    void (*check_statement)(struct check *check);
    /* A statement that the server refuses, as far as the replay can tell
     * (replay/replay.h). The schema is as it was before: it did nothing. */
    void (*check_failure)(struct check *check,
                          const struct replay_failure *failure);
    /* Words of a DO block, or the whole of it (they begin where it does), that
     * could not be read: what they do is not known. */
    void (*check_unread)(struct check *check, struct span words);
    /* Every section of a reported file, after its statements: check->statement
     * is null, schema and transaction are those AFTER them. Trees and error
     * texts may be gone. */
    void (*check_section)(struct check *check);
    /* Every reported file, once, after its sections: check->section_statements
     * are those of the whole file, in order of offset, with their outcomes;
     * their trees and error texts may be gone. */
    void (*check_source)(struct check *check);
    /* Every migration with a reported file, after its sections; check->section
     * and check->statement are null. */
    void (*check_migration)(struct check *check);
    /* Every migration whose down step stands in a reported file, after both
     * steps: check->schema is as the down step left it, check->left_behind is
     * what differs from before the up step; check->source is the file, and its
     * section the first of the down step that is reported. */
    void (*check_down_step)(struct check *check);
    /* At the end of the history, with the schema as it then is. */
    void (*finish)(struct check *check);
    /* Then, of every table that holds rows of its own, each column whose type a
     * statement of the history gave it: lint/typed_columns.h. */
    void (*check_column)(struct check *check, const struct typed_column *typed);
    /* Every suppression, when all findings are known. */
    void (*check_suppression)(struct check *check,
                              const struct suppression *suppression);

    /*
     * What check_confirm_later() asked for, when it is over, with the schema as
     * it then is: false if what came after has mended it, and nobody hears of
     * the finding. May change it. check->statement is null.
     */
    bool (*confirm)(struct check *check, struct finding *finding,
                    const void *subject);
};

/* How far after a statement that which mends it may stand. */
enum confirm_scope {
    CONFIRM_AFTER_STATEMENT, /* when what it made can be found: confirm may ask
                                to be called again, after the history */
    CONFIRM_AFTER_TRANSACTION,
    CONFIRM_AFTER_SECTION,
    CONFIRM_AFTER_HISTORY,
};

/* What a rule can see. All of it belongs to the engine; texts made in
 * check->arena live as long as the findings. */
struct check {
    struct arena *arena;
    const struct rule *rule; /* the one that is being asked */
    size_t rule_index;       /* rule_index() of it */
    int postgres_version;    /* 13 to 18 */
    bool is_version_set;     /* by the user; else 15 is assumed */

    const struct history *history;
    const struct migration *migration;
    const struct section *section; /* null in check_source, check_migration and
                                      finish */
    struct source *source;         /* null in finish */
    struct slice text;             /* of the source */

    const struct statement *statement; /* null outside of statements */
    const struct schema *schema;       /* BEFORE the statement */
    const struct transaction *transaction;
    enum transaction_kind transaction_kind; /* that holds for it */

    const struct walk *walk; /* in check_node: the node's ancestors */
    bool is_in_body;         /* the node is inside the body of a function,
                                procedure or DO block */
    bool is_in_do;           /* the statement is plain DDL of a DO block; it is
                                none of section_statements */

    /* The statements of the section; in check_source, of the file; else none.
     * Of those before and after check->statement the tree may be null: large
     * files are parsed piece by piece. */
    const struct statement *section_statements;
    size_t section_statement_count;

    /* In check_down_step; null if not all of the two steps was understood, or
     * the server refuses some of it. */
    const struct difference_array *left_behind;

    /*
     * In the body of a function, procedure or DO block. In check_body query and
     * place are null. In check_node they are set where the body is a string: the
     * statement is then the query's, with its place in the file, and text is the
     * one to read it in (as the server does: without the quotes around it). In
     * BEGIN ATOMIC and RETURN routine and query are null.
     *
     * place goes to query_describe(): with it, variables and parameters are not
     * taken for columns.
     */
    const struct routine *routine;
    const struct routine_query *query;
    const struct query_place *place;

    struct engine *engine; /* lint/run.c's */
};

/*
 * Reports a finding of check->rule.
 *
 * span: the words to underline; length 0 for the place alone (of a file: 0, 0).
 * cause: the node that is at fault, or null; of several rules that report the
 * same cause only the first by precedence is heard (lint/precedence.c).
 * message: what will happen, to which object, with its name; no period.
 * help: the statements to write instead; null if there is nothing to write.
 * Message and help must live in check->arena or for ever. Never null.
 */
struct finding *check_report(struct check *check, struct span span,
                             const void *cause, const char *message,
                             const char *help);

/* The same at a place recorded earlier, for finish and check_suppression. */
struct finding *check_report_at(struct check *check, struct place place,
                                const void *cause, const char *message,
                                const char *help);

/* The words of check->text, within quotes, are a secret: no report shows them, whichever rule
 * speaks about their line or statement. */
void check_conceal(struct check *check, struct span words);

/* Reports this one finding below the rule's own level. A level that the user
 * set wins. */
void finding_lower(struct finding *finding, enum severity severity);

/* Reports this one finding above the rule's own level, likewise. */
void finding_raise(struct finding *finding, enum severity severity);

/* What it says instead, for confirm. */
void finding_restate(struct finding *finding, const char *message);
void finding_advise(struct finding *finding, const char *help);

/*
 * Whether the finding, of check->rule, is heard is decided by rule->confirm,
 * when the transaction that the statement is in, the section, or the history is
 * over (then check->source is null). The subject is for the rule alone, in
 * check->arena or the schema.
 */
void check_confirm_later(struct check *check, struct finding *finding,
                         enum confirm_scope scope, const void *subject);

/* A further place with its own message. */
void finding_note(struct check *check, struct finding *finding,
                  struct place place, const char *message);

/* printf into check->arena. */
const char *check_format(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The identifier as SQL, quoted if need be, in check->arena. */
const char *check_quote(struct check *check, const char *name);

/* `schema.name` as SQL. */
const char *check_quote_name(struct check *check, struct qualified_name name);

/*
 * The statement's own text with some words replaced, for help texts: what
 * stands at `at` (length 0: nothing) becomes `text`. Comments in it stay; a
 * terminator is added.
 */
const char *check_rewrite(struct check *check, struct span at,
                          const char *text);

/* The value of one of the rule's own options: the user's or the default. */
bool check_option_bool(const struct check *check, const char *name);
long check_option_integer(const struct check *check, const char *name);
const char *check_option_string(const struct check *check, const char *name);
const char *const *check_option_list(struct check *check,
                                     const char *name); /* ends with null */

/* The setting `down:`, or the tool's own policy. */
enum down_policy check_down_policy(const struct check *check);

/* The relation is new (schema.h); false for a name that is not known. */
bool check_is_new(const struct check *check, struct qualified_name name);

/* There is no such relation, in a history that knows all that it made: with IF
 * EXISTS nothing happens. A file that belongs to no history may be run on any
 * database. */
bool check_is_absent(const struct check *check, struct qualified_name name);

/* The statement acts on an ordinary or partitioned table that is not new: others
 * wait for its locks, and it has rows. Not so where IF EXISTS finds nothing, nor
 * in the body of a function. */
bool check_alters_existing(const struct check *check,
                           const AlterTableStmt *alter);

/* The query, or the statement that it is in, is a migration's and runs when that
 * is applied, never again: no view, no rule and no body of a function. Its tables
 * are as the history has them. */
bool check_runs_once(const struct check *check);

/* What check->statement locks and does, on check->schema and in the transaction
 * that it is in. Found out when it is first asked for. */
const struct effects *check_effects(struct check *check);

/* All that there is at the end of the history, listed when it is first asked
 * for; for finish. */
const struct schema_contents *check_contents(struct check *check);

/* What the statement's transaction has locked and made before it; for rules with
 * needs_locks. */
const struct held *check_held(const struct check *check);

/* For rules that speak once a transaction, however many statements give reason
 * to, to be asked before they report: true until the rule has been heard in the
 * statement's transaction. */
bool check_is_first_in_transaction(struct check *check);

/* Whoever runs the migrations sets lock_timeout and statement_timeout (the
 * setting `timeouts: runner`). */
bool check_runner_sets_timeouts(const struct check *check);

/* Syntax of check->statement that check->postgres_version does not have; false
 * if there is none. Not to be asked in check_node. */
bool check_find_newer_syntax(struct check *check, struct newer_use *use);

/* Why the server would refuse check->statement if it ran a second time right
 * after the first: its message, in check->arena. Null if it would not, or if we
 * cannot tell. Not for BEGIN and the like, nor DO blocks. */
const char *check_rerun_failure(struct check *check);

/*
 * What the rule remembers from one statement of a section to the next: `size`
 * bytes, the same for every call, zero when the section's first statement is
 * judged, gone after check_section. What it points to may live in
 * check_section_arena(). Trees do not live that long.
 */
void *check_section_memory(struct check *check, size_t size);
struct arena *check_section_arena(struct check *check);

/* The tool refuses the section for what it mixes (tool_refuses_mixture()): found
 * out from the words of all its statements. */
bool check_is_refused_mixture(struct check *check);

/* Where the transaction begins that the file itself began: the word BEGIN. */
struct place check_transaction_place(const struct check *check);

/* Whether the statement is the first of its section: a pipeline's first one is
 * not in a transaction block yet. */
bool check_is_first_of_section(const struct check *check);

/* "error", "locking", ... */
const char *severity_name(enum severity severity);
const char *family_name(enum family family);

#endif
