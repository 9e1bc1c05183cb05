/*
 * Where a tool would look for the history of a file, and what it would call the
 * file there.
 */
#ifndef INPUT_PLACEMENT_H
#define INPUT_PLACEMENT_H

#include "input/folder.h"
#include "input/tools.h"

/* Where a tool has the files of one folder, and what it knows of that place. */
struct tool_place {
    struct slice folder; /* of the history */
    struct slice above;  /* what stands before a file's name in its unit */
    struct slice part;
    bool has_own_mark; /* a name there has one of tool->own_marks */
    const struct tool_settings *settings; /* null: none */
    bool *is_own;    /* tool->is_folder of `folder`; null: not asked */
    unsigned *words; /* project_words() of `folder`; null: not asked */
};

struct placement {
    struct slice folder; /* as paths are written */
    struct slice unit;   /* the name, "folder/name", "deploy/folder/name" */
    struct slice part;   /* the folder of tool->parts that it is in, or empty */
    struct tool_place *place;
};

/* A folder; most of its files ask the same questions. */
struct surroundings {
    struct slice folder;
    struct tool_place *places[TOOL_COUNT_MAX]; /* null while not needed */
    uint32_t excluded; /* tools, by row: no file of the folder is theirs */
    const struct folder_entry_array *entries; /* null: not asked for */
};

/* What is known about folders; filled with zeros but for the arena. */
struct placer {
    struct arena *arena;
    struct map folders;        /* struct surroundings *, by path */
    struct surroundings *last; /* files of one folder mostly stand together */
    struct map own_folders[TOOL_COUNT_MAX]; /* bool *, by folder */
    struct map listings[TOOL_COUNT_MAX];    /* struct tool_listing *, too */
    struct map settings[TOOL_COUNT_MAX];    /* struct settings_level *, by
                                               canonical path */
    const char *current; /* absolute path of the current folder, or "" */
};

/* The current folder's absolute path; "" if it has none. */
struct slice placement_current_folder(struct placer *placer);

struct surroundings *placement_surroundings(struct placer *placer,
                                            struct slice folder);

/* What the folder holds, read once; null with an error if it cannot be read. */
const struct folder_entry_array *placement_entries(struct placer *placer,
                                                   struct slice folder,
                                                   struct error *error);

/* Whether the file's own name is one of those in a migration's folder; of tools
 * with a folder for each. */
bool placement_is_file_of(const struct tool *tool, struct slice name);

/* Where the tool has the files of this folder, found once. */
struct tool_place *placement_place(struct placer *placer,
                                   const struct tool *tool,
                                   struct surroundings *around);

/* A file of that name there. */
struct placement placement_of(struct placer *placer, struct tool_place *place,
                              struct slice name);

/* What tool->is_folder says of the place, asked once. */
bool placement_is_of_tool(struct placer *placer, const struct tool *tool,
                          struct tool_place *place);

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
