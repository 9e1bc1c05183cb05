/*
 * One row for each migration tool: how its files are named and told from
 * others', what is up and what is down in them, how the tool runs them. Adding
 * a tool means adding a row, and a function where no row before does the same.
 */
#ifndef INPUT_TOOLS_H
#define INPUT_TOOLS_H

#include "input/folder.h"
#include "input/migration.h"
#include "input/project.h"

/* What besides the name tells that a file is this tool's. */
enum tool_evidence {
    TOOL_BY_NAME,    /* nothing: no other tool names files so */
    TOOL_BY_MARKER,  /* a line of the file; has_marker */
    TOOL_BY_PROJECT, /* one of `project` in the nearest project files, a marker
                        or has_own_name */
    TOOL_BY_FOLDER,  /* is_folder */
    TOOL_BY_SETTING, /* only the settings' word */
};

/* What a file does, by its name. */
enum migration_role {
    ROLE_UP, /* or both, where the file's text says */
    ROLE_DOWN,
    ROLE_REPEATABLE,
    ROLE_BASELINE,
};

/* Which files a tool runs, in what order, where it keeps a list of them. */
struct tool_listing {
    struct map places;      /* from 1 (as uintptr_t), by version or path */
    bool is_other_database; /* the list says so */
};

struct migration_name {
    struct slice version;     /* empty if the tool lets the name have none */
    struct slice description; /* likewise */
    enum migration_role role;
    bool says_role; /* else it is up, or what its folder says */
    size_t place; /* in the tool's list, from 1; 0: it is not there, or the tool
                     has none */
};

/* What the project's own file of settings says of its migrations. */
struct tool_settings {
    struct slice folder; /* canonical, of that file */
    /* How names are spelled instead of V1__name.sql, if is_spelled. */
    bool is_spelled;
    struct slice versioned, undo, repeatable, baseline, separator;
    struct slice_array suffixes;
    struct slice_array locations; /* as written */
    bool allows_mixture;          /* see tool_refuses_mixture() */
    bool has_no_transaction;
};

typedef enum transaction_kind transaction_of_section(
    const struct section *section, const struct slice *statements,
    size_t count);

struct tool {
    const char *name;

    /* In which it notes what has been run; null: none. */
    const char *bookkeeping_table;

    /* PCRE2, on the file's name; on "folder/name" where has_folder_each. */
    const char *pattern;
    const char *initials; /* one of which the pattern begins with; null: a
                             digit; "": anything. Seen before the pattern is
                             tried */
    const char *infix;    /* which all names have somewhere, or null */
    bool has_folder_each; /* each migration has a folder of its own */
    const char *files[3]; /* the files in it; ends with null */
    bool has_sub_folders; /* the tool looks below its folder too */
    bool has_baselines;   /* a file may stand for all versions before it */
    const char *code_suffixes[5]; /* of migrations that are programs (".go");
                                     ends with null */
    const char *parts[3];  /* folders whose files belong to the history of the
                             folder above: "up", "down"; ends with null */
    bool has_nested_parts; /* there may be folders in them; the pattern is on
                              "deploy/folder/name" */
    /* Numbers of the pattern's groups; 0: none. */
    struct {
        int version;
        int description;
        int role; /* "down", "up"; Flyway's V, U, R, B; ... */
    } groups;

    /* Reads the settings that are kept in this folder, canonical, for it and
     * those below; null: it has none. */
    const struct tool_settings *(*settings)(struct arena *arena,
                                            struct slice folder);

    enum tool_evidence evidence;
    unsigned project;                      /* of enum project_word */
    bool (*has_marker)(struct slice text); /* null: has none */
    /* What marks have behind their hyphens and blanks, two letters for each
       one; the end of the line is one by itself. */
    const char *marker_initials;
    bool (*is_folder)(struct arena *arena, struct slice folder);
    const char *own_marks[3]; /* parts of names; where no file of a folder has
                                 one of them, has_own_name and is_not_run are
                                 not asked. None: always */
    /* The name alone says it, or that of a file beside it; null: never. */
    bool (*has_own_name)(struct arena *arena, struct slice folder,
                         struct slice name);
    /* Not on PostgreSQL: another file of the folder is run instead of this one,
     * or what stands beside it says another database; null: never. */
    bool (*is_not_run)(struct arena *arena, struct slice folder,
                       struct slice name);
    /* Of a file that is up by its name; null: it is. */
    enum migration_role (*role)(struct slice text);

    bool is_generator;  /* prints its files: each is a history by itself */
    bool goes_by_names; /* migrations are told by their whole names, or by
                           nothing: two may have one version */
    /* Null: order is that of versions. */
    void (*list)(struct arena *arena, struct slice folder,
                 struct tool_listing *listing);
    /* Files are listed by canonical path, by the folder or one above it; those
     * that are not are run after the others. Else they are listed by version,
     * and those that are not are none of the tool's. */
    bool is_listed_by_path;
    bool lists_all; /* the list is made from the folder: by version, and who is
                       not in it is the tool's all the same */

    /* Null: slice_compare_natural. */
    int (*compare_versions)(struct slice a, struct slice b);

    /* Adds the sections of a file that has marks for them; null: the file is
     * one section. */
    void (*cut)(struct arena *arena, struct source *source,
                struct migration *migration);
    /* Of files that hold several migrations; instead of cut. False if none of
     * them is for PostgreSQL. */
    bool (*cut_all)(struct arena *arena, struct source *source,
                    struct migration_array *migrations);
    /* Of files that are one section: without the tool's transaction? Null:
     * never. */
    bool (*has_opted_out)(struct arena *arena, const struct source *source);

    /* Notes what the tool takes out of a file's text; may be null. */
    void (*edit)(struct arena *arena, struct source *source);
    bool runs_psql; /* psql is given the file as it stands */
    transaction_of_section *transaction;
    enum down_policy down;
    /* The statement is one that the tool does not put beside others, which it
     * would run in a transaction; null: it puts all together. */
    bool (*runs_alone)(struct slice statement);
    const char *(*opt_out_advice)(const struct section *section);
    const char *down_advice;
    const char *down_line_prefix; /* of each line of a down step; may be null */
};

/* No more rows than this. */
enum { TOOL_COUNT_MAX = 32 };

/* The tool's place in the table: what is kept for each tool is kept in an
 * array. */
size_t tool_row(const struct tool *tool);

/* Cheap: the name, or what stands for it in the pattern, begins as the tool's
 * do. */
bool tool_may_have_name(const struct tool *tool, struct slice unit);

/* The name as the tool's pattern has it, where settings spell it otherwise;
 * settings may be null. */
struct slice tool_own_name(struct arena *arena,
                           const struct tool_settings *settings,
                           struct slice name);

/* Adds the folders, canonical, that the settings have all of one history's
 * migrations in. False if this one, canonical too, is not in any of them. */
bool tool_find_locations(struct arena *arena,
                         const struct tool_settings *settings,
                         struct slice folder, struct slice_array *locations);

/* The tool of files that belong to none. */
const struct tool *tool_plain(void);

/* Adds the whole file as one section. */
void sections_of_file(struct arena *arena, struct source *source,
                      enum direction direction, bool has_opted_out,
                      struct migration *migration);

#endif
