/*
 * A file's text and where its lines are. Offsets are bytes of the text that is
 * judged: the file's own bytes, byte order mark included, except for UTF-16
 * files, which are judged as UTF-8 (positions are given back in the file's
 * own terms).
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/array.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdint.h>

enum source_defect_kind {
    SOURCE_NUL_BYTE,
    SOURCE_INVALID_UTF8,
    SOURCE_UTF16_LITTLE_ENDIAN, /* the whole file */
    SOURCE_UTF16_BIG_ENDIAN,
};

/* A run of bytes that no UTF-8 text has. */
struct source_defect {
    enum source_defect_kind kind;
    size_t offset; /* in the judged text */
    size_t length;
};

struct source_defect_array ARRAY(struct source_defect);

/* Bytes of a text that are judged as others: `first`, then blanks. Line ends
 * among them stay. */
struct source_edit {
    size_t offset;
    size_t length;
    char first;
};

struct source_edit_array ARRAY(struct source_edit);

struct source {
    const char *path;  /* as the user gave it plus what discovery found */
    size_t named;      /* where in the path the name of the last folder begins
                          that the user gave */
    struct slice text; /* the judged text; empty while not loaded */
    size_t body;       /* where SQL begins: after a byte order mark */
    struct source_defect_array defects; /* in order of offset; runs of invalid
                                           bytes are one */
    bool is_loaded;
    struct source_edit_array edits; /* of source_edit() */
    struct source_memory *memory;   /* what text points into; source.c's */
};

/* Line and column count from 1; columns in code points, an invalid byte is
 * one, a byte order mark none. */
struct position {
    size_t line;
    size_t column;
    size_t file_offset; /* bytes of the file as it is on disk */
};

/* The path is kept, not copied. Nothing is read yet. */
struct source source_of_path(const char *path);

/*
 * Reads the file ("-" is not special), or does nothing if it is loaded. Only
 * regular files are read (a FIFO would hang). False with an error for what
 * cannot be read or is not a regular file.
 */
bool source_load(struct source *source, struct error *error);

/*
 * The same for one of many files, whose text stays for long: a small one is
 * read into the arena, which has to outlive it and does not get it back. False
 * for a larger one, too.
 */
bool source_load_small(struct source *source, struct arena *arena);

/* Takes this text instead of a file's (standard input, tests); copies it. */
void source_load_text(struct source *source, struct slice text);

/*
 * Judges some bytes as others from now on, also when the text is read again:
 * what the migration tool itself takes out before it sends a file. Once for a
 * loaded source; the edits must live as long as it does. Lengths and positions
 * stay what they are.
 */
void source_edit(struct source *source, struct source_edit_array edits);

/* Of an unloaded source: it is loaded as the file has it from now on. */
void source_forget_edits(struct source *source);

/* The same bytes of the loaded text as the file has them, for users' eyes. */
struct slice source_shown(const struct source *source, struct slice part);

/* Gives the text back; path stays, and source_load() may be called again. */
void source_unload(struct source *source);

/*
 * Where an offset of the judged text is. Fast for ascending offsets and for
 * any offset after the first call (a line index is built then).
 */
struct position source_position(struct source *source, size_t offset);

/* The text of that line, without its line end. line counts from 1. */
struct slice source_line(struct source *source, size_t line);

#endif
