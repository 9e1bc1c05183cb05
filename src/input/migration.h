/*
 * Migration tools: which files form a history, in what order, what in a file
 * is up and what is down, and in what transaction the tool runs it. One row of
 * the table of tools for each tool (input/tools.c).
 *
 * The tools' facts, with the version of each source read: shared knowledge in
 * src/input/README.md.
 */
#ifndef INPUT_MIGRATION_H
#define INPUT_MIGRATION_H

#include "base/array.h"
#include "input/source.h"

enum direction {
    DIRECTION_UP,
    DIRECTION_DOWN,
};

/* One enumeration for every rule; see the manual, "Transactions". */
enum transaction_kind {
    TRANSACTION_NONE,     /* each statement by itself */
    TRANSACTION_EXPLICIT, /* BEGIN in the file */
    TRANSACTION_TOOL,     /* the tool wraps the migration */
    TRANSACTION_IMPLICIT, /* several statements sent as one string */
    TRANSACTION_PIPELINE, /* one extended-protocol pipeline: only its first
                             statement may refuse transactions */
};

/* "none", "explicit", ... as in JSON. */
const char *transaction_kind_name(enum transaction_kind kind);

enum down_policy {
    DOWN_ALWAYS, /* every migration should have a down step */
    DOWN_ANY,    /* if any migration of the history has one */
    DOWN_NEVER,
};

struct tool;
struct recogniser;
struct read_ahead;

/* A part of a file that the tool runs as one: a whole file, or what stands
 * between two markers. */
struct section {
    struct source *source;
    size_t offset; /* bytes [offset, offset + length) of the judged text */
    size_t length;
    enum direction direction;
    bool has_opted_out; /* of the tool's transaction, by directive or file */
    bool is_string;     /* its statements are sent as one string, where those
                           of others are sent one by one */
};

struct section_array ARRAY(struct section);

struct migration {
    const char *version;     /* as written: "0001", "2024-01-01-000000" */
    const char *description; /* "" if none */
    struct section_array up;
    struct section_array down;
    bool is_repeatable; /* Flyway's R__: run after all versions */
    bool is_code;       /* its up step is a program, and `up` is empty: nobody
                           here knows what it does to the schema */
    bool is_down_code;  /* its down step is one, and `down` is empty */
};

/* Pointers: a migration keeps its address. */
struct migration_array ARRAY(struct migration *);

/* Migrations that are run one after another on one database; or a single
 * file that belongs to none (tool plain), as one migration. */
struct history {
    const struct tool *tool;
    const char *folder;                /* where its files are; as in paths */
    struct migration_array migrations; /* in the order they run */
    bool has_down_step;                /* one of them, at least */
    bool allows_mixture;               /* see tool_refuses_mixture() */
};

struct history_array ARRAY(struct history *);

/* What the tool is called, in settings (`tool: golang-migrate`). */
const char *tool_name(const struct tool *tool);

/* Null if no tool is called that. "plain" is one. */
const struct tool *tool_find(struct slice name);

/* Its files are what a tool printed: their BEGIN and COMMIT are not the author's
 * to move. */
bool tool_is_generator(const struct tool *tool);

/* The table in which the tool notes what has been run, in the first schema of
 * the search_path; null if it has none. */
const char *tool_bookkeeping_table(const struct tool *tool);

/* The table's rows, for help and settings errors; null past the last. */
const struct tool *tool_at(size_t index);

enum down_policy tool_down_policy(const struct tool *tool);

/* The tool keeps migrations in files that are run in an order: all but plain
 * and query files. Rules about migrations ask this. */
bool tool_has_history(const struct tool *tool);

/* The tool takes the two for one, or refuses them: their versions are equal as
 * it compares them. */
bool tool_has_same_version(const struct tool *tool, const struct migration *a,
                           const struct migration *b);

/* Its files hold several migrations, in an order that is not that of versions:
 * those of one version need not stand together in their history. */
bool tool_has_scattered_versions(const struct tool *tool);

/* The tool gives its files to psql, or nobody knows who runs them: psql's
 * commands are understood in them. */
bool tool_runs_psql(const struct tool *tool);

/*
 * The transaction that the tool itself gives a section. statements are the
 * texts of its statements: their number decides for some tools, and Flyway and
 * Prisma look at how they begin. A BEGIN in the file is not seen here
 * (schema/transaction.h).
 */
enum transaction_kind tool_transaction(const struct tool *tool,
                                       const struct section *section,
                                       const struct slice *statements,
                                       size_t count);

/*
 * The tool itself refuses a section of these statements: by their first words
 * some cannot run in a transaction and others can. So does Flyway, unless
 * flyway.toml or flyway.conf says `mixed`; it may stand in other places, where it
 * is not looked for.
 */
bool tool_refuses_mixture(const struct history *history,
                          const struct slice *statements, size_t count);

/*
 * How this section's author makes the tool run a statement outside of any
 * transaction, as a sentence without its period: "write \"-- +goose NO
 * TRANSACTION\" at the top of the file". Null if the tool has no way.
 */
const char *tool_opt_out_advice(const struct tool *tool,
                                const struct section *section);

/* How the author writes a down step, likewise; null if the tool has none. */
const char *tool_down_advice(const struct tool *tool);

/* What each line of a down step begins with: "--rollback "; mostly "". */
const char *tool_down_line_prefix(const struct tool *tool);

struct unreadable {
    const char *path;
    const char *message; /* `cannot read "x.sql": Permission denied` */
};

struct unreadable_array ARRAY(struct unreadable);

struct grouping {
    struct history_array histories; /* in order of their first source */
    size_t skipped;                 /* files of other databases */
    struct unreadable_array unreadable;
};

/*
 * Sorts sources into histories, by what the recogniser (input/recognise.h) says
 * of each. Sources whose text the decision needs are loaded (and may be left
 * loaded). Every source ends in exactly one history, except those of other
 * databases and those that cannot be read, which are counted or reported by the
 * caller: see struct grouping. The recogniser's arena must live as long as the
 * histories. ahead reads these sources, if it is not null.
 */
void migration_group(struct arena *arena, struct recogniser *recogniser,
                     struct read_ahead *ahead, struct source **sources,
                     size_t count, struct grouping *grouping);

#endif
