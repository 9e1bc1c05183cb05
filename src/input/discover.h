/*
 * Finds the files to read: the paths that the user named, folders searched for
 * *.sql, and around them the siblings whose history decides what a named file
 * means.
 */
#ifndef INPUT_DISCOVER_H
#define INPUT_DISCOVER_H

#include "base/array.h"
#include "base/error.h"
#include "base/pattern.h"
#include "input/migration.h"

struct discovered {
    struct source *source;
    bool is_named;  /* below a path that the user gave: to be reported. Else a
                      sibling, replayed silently */
    bool is_given;  /* by its own path, not a folder's */
    bool is_schema; /* not named: makes what a named file of queries reads */
};

struct discovered_array ARRAY(struct discovered);

struct discovery {
    struct discovered_array files;    /* in order: paths as given, a folder's
                                          entries in natural order of names */
    struct unreadable_array problems; /* missing or unreadable paths */
    struct recogniser *recogniser; /* which knows their folders; null: none */
};

struct discover_request {
    const char *const *paths;   /* "-" is standard input */
    size_t path_count;          /* 0: the current folder */
    const char *stdin_filename; /* null: "<stdin>" */
    struct slice stdin_text;    /* read by the caller, if a path is "-" */
    const char *root;           /* of the settings, and so of their globs;
                                   null: there are none */
    const char *const *exclude; /* globs of the settings, relative to root,
                                   with `**` */
    size_t exclude_count;
    const struct tool *tool; /* that the settings name; null: found by itself */
    bool finds_schemas;      /* for files of queries: no schema was given */
};

/*
 * Folders are searched for files whose name ends in .sql (any case), without
 * .git, hidden files and folders, node_modules, vendor, what git ignores, and
 * excluded paths; symbolic links to folders are not followed. A file named by
 * hand is always read, whatever its name. No path is listed twice.
 *
 * Siblings: for a named file, the other files of the folder in which its
 * migration tool would look (its own, or the one above for diesel and Prisma),
 * unless they are already there. For a named file of queries: the histories or
 * schema scripts that are nearest to it in its repository, or below the root of
 * the settings.
 */
void discover(struct arena *arena, const struct discover_request *request,
              struct discovery *discovery);
void discovery_release(struct discovery *discovery);

#endif
