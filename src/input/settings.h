/*
 * The settings file, .pgsquint.yaml, as a tree that knows where each value
 * stands. What the keys mean is for lint/configure.c.
 *
 * The file is a stranger's: size, depth and number of values are limited (an
 * alias counts as often as it is used), and each key may stand once.
 */
#ifndef INPUT_SETTINGS_H
#define INPUT_SETTINGS_H

#include "base/array.h"
#include "base/error.h"

#define SETTINGS_FILE_NAME ".pgsquint.yaml"
#define SETTINGS_SIZE_MAX ((size_t)64 << 10)
#define SETTINGS_DEPTH_MAX 16
#define SETTINGS_NODE_COUNT_MAX 20000

enum settings_kind {
    SETTINGS_SCALAR,
    SETTINGS_LIST,
    SETTINGS_MAPPING,
};

struct settings_node {
    enum settings_kind kind;
    size_t line;                       /* from 1 */
    size_t column;                     /* from 1; code points */
    struct slice text;                 /* of a scalar; zero-terminated, no NUL
                                          inside, valid UTF-8 */
    bool is_plain;                     /* a scalar without quotes */
    const struct settings_node *keys;  /* of a mapping: scalars */
    const struct settings_node *items; /* of a list; the values of a mapping */
    size_t count;                      /* of items */
};

struct settings {
    const char *path;                 /* as in messages: "../.pgsquint.yaml" */
    const char *folder;               /* that it stands in: "..", never empty */
    const struct settings_node *root; /* null: the file is empty */
    const char *place; /* of SETTINGS_WRONG: "path:line:column" */
};

enum settings_outcome {
    SETTINGS_READ,
    SETTINGS_UNREADABLE, /* the file */
    SETTINGS_WRONG,      /* what stands in it */
};

/*
 * The settings file that holds for the current folder: in it, or above it up
 * to the root of the repository (the nearest folder with a .git). Null if
 * there is none.
 */
const char *settings_find(struct arena *arena);

/*
 * Reads a settings file. With SETTINGS_UNREADABLE and SETTINGS_WRONG there is
 * an error; with SETTINGS_WRONG also settings->place, which it is about.
 */
enum settings_outcome settings_read(struct arena *arena, const char *path,
                                    struct settings *settings,
                                    struct error *error);

#endif
