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
    struct slice excerpt;        /* the first line's text; start is null
                                    without a place */
    size_t excerpt_offset;       /* of it, in the judged text */
    size_t excerpt_column;       /* of its first character: 1, or more where a
                                    very long line is cut */
    char fingerprint[17];        /* hexadecimal, stable when lines move */
    struct finding_note_array notes;

    /* The engine's own. */
    size_t rule_index; /* of the rule: rule_index() */
    struct source *source;
    struct span span;    /* in the judged text */
    struct span context; /* the statement it is in; length 0: none */
    const void *cause;
    const void *statement; /* that was judged; null: none. Only compared */
    size_t file_order;     /* of the source: discovery, versions in a history */
    bool is_level_set;     /* by the user: finding_lower() does nothing */
    bool is_complete;      /* positions, excerpt and fingerprint are filled */
    bool is_dropped;       /* another rule speaks about the same cause */
    bool is_suppressed;    /* by a comment in the file */
    uint64_t fingerprint_base; /* without the counter for equal ones */
};

struct finding_array ARRAY(struct finding *);

/* Order: file, offset, rule id; then what makes it the same every time. For
 * qsort over struct finding *. */
int finding_compare(const void *a, const void *b);

/* The same rule says the same about the same words. */
bool finding_equal(const struct finding *a, const struct finding *b);

/* The last text that was hashed for fingerprints: findings of one statement
 * come in a row. Zeros at first. */
struct finding_context {
    const struct source *source;
    struct span span;
    uint64_t hash;
};

/*
 * Fills positions, excerpt and fingerprint_base from the source, which must be
 * loaded.
 */
void finding_complete(struct arena *arena, struct finding *finding,
                      struct finding_context *context);

/*
 * Fills the fingerprints of findings that stand in order: equal ones (the same
 * rule in an equal statement of a file of the same path) are counted.
 */
void finding_number(struct arena *scratch, struct finding *const *findings,
                    size_t count);

#endif
