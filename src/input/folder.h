/*
 * What a folder holds, in natural order of names.
 */
#ifndef INPUT_FOLDER_H
#define INPUT_FOLDER_H

#include "base/array.h"
#include "base/error.h"

enum folder_entry_kind {
    FOLDER_FILE,   /* a regular file, or a link to one */
    FOLDER_FOLDER, /* a folder itself, not a link to one */
    FOLDER_OTHER,  /* FIFOs, devices, links to folders or to nothing */
};

struct folder_entry {
    struct slice name; /* zero-terminated */
    enum folder_entry_kind kind;
};

struct folder_entry_array ARRAY(struct folder_entry);

/* folder "" is the current folder. False with an error if it cannot be
 * read. */
bool folder_list(struct arena *arena, struct slice folder,
                 struct folder_entry_array *entries, struct error *error);

/* Names that are passed over: hidden, node_modules, vendor. */
bool folder_is_skipped(struct slice name);

/* The name ends in .sql, whatever its case. */
bool folder_is_sql_name(struct slice name);

#endif
