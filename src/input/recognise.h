/*
 * What a file is: a migration of which tool, of which history; or another
 * database's; or plain.
 */
#ifndef INPUT_RECOGNISE_H
#define INPUT_RECOGNISE_H

#include "input/folder.h"
#include "input/tools.h"

enum verdict_kind {
    VERDICT_PLAIN,
    VERDICT_MIGRATION,
    VERDICT_OTHER_DATABASE,
    VERDICT_UNREADABLE,
};

struct verdict {
    enum verdict_kind kind;
    const struct tool *tool; /* plain where kind is not VERDICT_MIGRATION */
    struct migration_name name;
    struct slice folder; /* in which the tool looks for the history */
    const struct tool_settings *settings; /* or null */
    const char *message;                  /* of VERDICT_UNREADABLE */
};

struct recogniser;

/* forced: the tool that the settings name, or null. All texts of verdicts live
 * in the arena or in the source's path. What it has learned of folders and
 * projects it keeps. Give back with recogniser_free(). */
struct recogniser *recogniser_new(struct arena *arena,
                                  const struct tool *forced);
void recogniser_free(struct recogniser *recogniser);

/* What the folder holds, read once; null with an error if it cannot be read. */
const struct folder_entry_array *recogniser_entries(
    struct recogniser *recogniser, struct slice folder, struct error *error);

/* Loads the source and leaves it loaded. */
struct verdict recognise(struct recogniser *recogniser, struct source *source);

/* The file's name, in this tool's terms; false if it is not one of the tool's.
 * unit is the name, or "folder/name" for tools with a folder for each. */
bool recognise_name(struct recogniser *recogniser, const struct tool *tool,
                    struct slice unit, struct migration_name *name);

/* The same for a file of this folder, whose settings may spell names in another
 * way. */
bool recognise_file_name(struct recogniser *recogniser, const struct tool *tool,
                         struct slice folder, struct slice file,
                         struct migration_name *name);

/* The version's place in the tool's list of this folder, from 1; 0 if it is not
 * there or the tool has none by version. */
size_t recognise_place(struct recogniser *recogniser, const struct tool *tool,
                       struct slice folder, struct slice version);

/* The folder's .git root and what its project files say. */
struct project *recogniser_project(struct recogniser *recogniser);

#endif
