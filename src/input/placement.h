/*
 * Where a tool would look for the history of a file, and what it would call the
 * file there.
 */
#ifndef INPUT_PLACEMENT_H
#define INPUT_PLACEMENT_H

#include "input/tools.h"

struct placement {
    struct slice folder; /* as paths are written */
    struct slice unit;   /* the name, "folder/name", "deploy/folder/name" */
    struct slice part;   /* the folder of tool->parts that it is in, or empty */
};

/* What is known about folders; filled with zeros but for the arena. */
struct placer {
    struct arena *arena;
    struct map own_folders; /* bool *, by tool and folder */
    struct map listings;    /* struct tool_listing *, by tool and folder */
    const char *current;    /* absolute path of the current folder, or "" */
};

/* The current folder's absolute path; "" if it has none. */
struct slice placement_current_folder(struct placer *placer);

/* False if the tool has no files of such a name. */
bool placement_find(struct placer *placer, const struct tool *tool,
                    const char *path, struct placement *placement);

/* What tool->is_folder says of the folder, asked once. */
bool placement_is_own_folder(struct placer *placer, const struct tool *tool,
                             struct slice folder);

/* The tool's list in this folder, read once; of tools that have one. */
const struct tool_listing *placement_listing(struct placer *placer,
                                             const struct tool *tool,
                                             struct slice folder);

/* Fills name->place, and the folder of a list above. False if the tool has a
 * list of its files and this one is not there. */
bool placement_find_in_list(struct placer *placer, const struct tool *tool,
                            const char *path, struct placement *placement,
                            struct migration_name *name);

#endif
