/*
 * What a folder holds, in natural order of names.
 */
#ifndef INPUT_FOLDER_H
#define INPUT_FOLDER_H

#include "base/array.h"
#include "base/error.h"

#include <stdint.h>

enum folder_entry_kind {
    FOLDER_FILE,   /* a regular file, or a link to one */
    FOLDER_FOLDER, /* a folder itself, not a link to one */
    FOLDER_OTHER,  /* FIFOs, devices, links to folders or to nothing */
};

/* One and the same for a file, however its path is written. */
struct file_identity {
    uint64_t device;
    uint64_t inode;
};

struct folder_entry {
    struct slice name; /* zero-terminated */
    enum folder_entry_kind kind;
    struct file_identity identity; /* of files */
};

struct folder_entry_array ARRAY(struct folder_entry);
struct slice_array ARRAY(struct slice);

/* folder "" is the current folder. False with an error if it cannot be
 * read. */
bool folder_list(struct arena *arena, struct slice folder,
                 struct folder_entry_array *entries, struct error *error);

/* One of the names has one of these parts; ends with null. */
bool folder_has_name_with(const struct folder_entry_array *entries,
                          const char *const *parts);

/* The name ends in one of these; ends with null. */
bool folder_name_has_suffix(struct slice name, const char *const *suffixes);

/* It has a .git: what is above it says nothing of it. */
bool folder_is_repository(struct arena *arena, struct slice folder);

/* False if there is no such file. */
bool folder_identify(const char *path, struct file_identity *identity);

/* Names that are passed over: hidden, node_modules, vendor. */
bool folder_is_skipped(struct slice name);

/* The name ends in .sql, whatever its case. */
bool folder_is_sql_name(struct slice name);

#endif
