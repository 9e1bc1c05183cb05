/*
 * What a rule has to say about a place, complete enough to be printed when the
 * file's text is gone.
 */
#ifndef LINT_FINDING_H
#define LINT_FINDING_H

#include "base/array.h"
#include "input/source.h"
#include "lint/rule.h"

struct finding_note {
    const char *message;
    const char *path;
    size_t line;
    size_t column;
};

struct finding_note_array ARRAY(struct finding_note);

struct finding {
    const struct rule *rule;
    enum severity severity;
    const char *message;
    const char *help; /* null if none */
    const char *path;
    size_t line, column;         /* from 1; code points */
    size_t end_line, end_column; /* exclusive */
    size_t offset, length;       /* bytes of the file */
    const char *excerpt;         /* the first line's text; null without place */
    size_t excerpt_column;       /* of its first character: 1, or more where a
                                    very long line is cut */
    char fingerprint[17];        /* hexadecimal, stable when lines move */
    struct finding_note_array notes;

    /* The engine's own. */
    struct source *source;
    struct span span;    /* in the judged text */
    struct span context; /* the statement it is in; length 0: none */
    const void *cause;
    size_t file_order;  /* of the source: discovery, versions in a history */
    bool is_level_set;  /* by the user: finding_lower() does nothing */
    bool is_complete;   /* positions, excerpt and fingerprint are filled */
    bool is_dropped;    /* another rule speaks about the same cause */
    bool is_suppressed; /* by a comment in the file */
    uint64_t fingerprint_base; /* without the counter for equal ones */
};

struct finding_array ARRAY(struct finding *);

/* Order: file, offset, rule id. For qsort over struct finding *. */
int finding_compare(const void *a, const void *b);

#endif
