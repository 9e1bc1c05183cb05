/*
 * The files in whose company a named file is judged: the rest of its history.
 * Also knows which files are there already, however their paths are written.
 */
#ifndef INPUT_SIBLINGS_H
#define INPUT_SIBLINGS_H

#include "base/map.h"
#include "input/discover.h"
#include "input/folder.h"
#include "input/recognise.h"

struct source_array ARRAY(struct source *);

struct siblings {
    struct arena *arena;
    struct recogniser *recogniser;
    struct map seen;            /* files, by device and inode */
    struct map asked;           /* folders, by tool and path */
    struct source_array wanted; /* whose siblings are to be found */
};

void siblings_init(struct siblings *siblings, struct arena *arena,
                   struct recogniser *recogniser);

/* False if that file is there already; else it is from now on. */
bool siblings_is_new(struct siblings *siblings, struct file_identity identity);

/* The same by path; one that does not exist is always new. */
bool siblings_is_new_path(struct siblings *siblings, const char *path);

/* The siblings of this source are to be found. */
void siblings_want(struct siblings *siblings, struct source *source);

/* The same, if its history begins in another folder than its own. */
void siblings_want_outside(struct siblings *siblings, struct source *source);

/* Adds this file, as not named, unless it is there already. */
void siblings_add_file(struct siblings *siblings, const char *path,
                       struct discovered_array *files);

/* Adds them, as not named. None is wanted any more. Sources that were wanted are left loaded. */
void siblings_add(struct siblings *siblings, struct discovered_array *files);

#endif
