/*
 * What shows that a file is a tool's, whatever it is called: marks in its text,
 * project files above it, names beside it.
 */
#ifndef INPUT_EVIDENCE_H
#define INPUT_EVIDENCE_H

#include "input/placement.h"

/* A file and where it stands, in words that the tools' rows use. */
struct candidate {
    struct source *source;
    struct slice text;   /* without a byte order mark */
    struct slice folder; /* "" is the current one */
    struct slice name;
    struct surroundings *around;
    uint64_t comment_initials; /* what its comments begin with */
};

/* The source is loaded. */
struct candidate candidate_of(struct placer *placer, struct source *source);

struct evidence {
    struct arena *arena;
    struct project *project;
    struct placer *placer;
    /* Which tool's markers a folder's files have; by folder. */
    struct map marked;
    /* Of candidate.comment_initials: by row of the table of tools. */
    uint64_t initials[TOOL_COUNT_MAX];
};

struct evidence evidence_of(struct arena *arena, struct project *project,
                            struct placer *placer);

/* Cheap: no file of this folder, or none with these comments, is the tool's. */
static inline bool evidence_is_impossible(const struct evidence *evidence,
                                          const struct tool *tool, size_t row,
                                          const struct candidate *candidate)
{
    return (candidate->around->excluded & UINT32_C(1) << row) ||
           (tool->evidence == TOOL_BY_MARKER &&
            !(candidate->comment_initials & evidence->initials[row]));
}

/* The file is the tool's if it has a name of the tool's. */
bool evidence_is_given(struct evidence *evidence, const struct tool *tool,
                       const struct candidate *candidate,
                       struct tool_place *place);

/* The tool does not run the file on PostgreSQL, though it is one of its own. */
bool evidence_of_not_run(struct evidence *evidence, const struct tool *tool,
                         const struct candidate *candidate,
                         const struct tool_place *place);

/* The tool whose markers the text has; null if it has none. */
const struct tool *evidence_in_text(struct slice text);

/*
 * The tool whose markers the folder's other files have: a migration of which
 * the author forgot the marker is one all the same. Null if there is none, and
 * where the name is not numbered.
 */
const struct tool *evidence_of_neighbours(struct evidence *evidence,
                                          const struct candidate *candidate);

#endif
