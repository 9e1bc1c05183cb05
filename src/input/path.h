/*
 * Paths as text: what stands before and after the last slash.
 */
#ifndef INPUT_PATH_H
#define INPUT_PATH_H

#include "base/arena.h"

/* "a/b.sql": "b.sql". */
struct slice path_name(struct slice path);

/* The path is the folder's, or below it; both are canonical. */
bool path_is_in(struct slice path, struct slice folder);

/* The offset of the folder's own name, also where a slash ends the path: "a/b/":
 * 2. */
size_t path_last_name(struct slice folder);

/* "a/b.sql": "a"; "b.sql": ""; "/b.sql": "/". */
struct slice path_folder(struct slice path);

/* The folder that this one is in, also where its path does not say so: "a/b":
 * "a"; "": ".."; "..": "../..". In the arena. */
struct slice path_above(struct arena *arena, struct slice folder);

/* "a" and "b.sql": "a/b.sql"; "" and "b.sql": "b.sql". */
const char *path_join(struct arena *arena, struct slice folder,
                      struct slice name);

/* For libc: the folder's path, "." for "". In the arena. */
const char *path_to_open(struct arena *arena, struct slice folder);

/* The absolute path without symbolic links; null if there is no such file. In
 * the arena. */
const char *path_canonical(struct arena *arena, struct slice path);

#endif
