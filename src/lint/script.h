/*
 * One file's part in a run: its sections, cut into statements and parsed. A
 * file of ordinary size is parsed whole, so that a worker thread can do it
 * ahead; a large one batch by batch, so that memory stays bounded.
 */
#ifndef LINT_SCRIPT_H
#define LINT_SCRIPT_H

#include "input/migration.h"
#include "sql/parser.h"

/* Larger files are parsed batch by batch. */
#define SCRIPT_WHOLE_SIZE_MAX ((size_t)1 << 20)

/* A section to be replayed, and which of the script's statements are its. */
struct part {
    const struct section *section;
    size_t first;
    size_t count;
};

/* The memory that a script's statements and trees are in. It belongs to the
 * thread that made it; others may read what is in it. */
struct workspace {
    struct parser *parser;
    struct statement *statements;
    size_t capacity;
    struct arena bodies; /* of the statements */
    char error[512];     /* why the file could not be read; empty if it was */
    struct workspace *next_idle; /* lint/prepare.c's lists */
    struct workspace *next_made;
};

struct file; /* lint/engine.h */

struct script {
    struct source *source;
    struct file *file;  /* what the run knows about the source */
    struct part *parts; /* in the order in which they are run */
    size_t part_count;
    bool wants_bodies; /* of functions and DO blocks: somebody judges them */
    bool is_shared;    /* an earlier script is of the same file: to be read only
                       when that one is done */

    /* Filled by script_prepare(). */
    struct workspace *workspace;
    struct statement *statements; /* of all parts, in order of offset */
    size_t statement_count;
    size_t parsed_from;  /* statements [parsed_from, parsed_until) have their */
    size_t parsed_until; /* trees now */
};

struct workspace *workspace_new(void);
void workspace_free(struct workspace *workspace);

/*
 * Reads, cuts and, unless it is large, parses the file, and the bodies in it if
 * they are wanted. A file that cannot be
 * read has no statements and a workspace whose error says why.
 */
void script_prepare(struct script *script, struct workspace *workspace);

/*
 * Sees to it that this statement of the part is parsed: of a large file a batch
 * from there on, in the parser given, which is cleared first.
 */
void script_parse(struct script *script, struct parser *parser,
                  const struct part *part, size_t index);

#endif
