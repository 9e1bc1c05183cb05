/*
 * What CASCADE takes along: as a list for messages, as a note, and as the
 * statements that would say so.
 */
#ifndef LINT_CASCADE_H
#define LINT_CASCADE_H

#include "lint/former.h"

/* In check->arena. */
struct cascade {
    struct source
        *source;       /* of the statement, which another file may include */
    struct span words; /* CASCADE */
    struct taken_array taken;
};

/* The last word of a statement or sub-command that has CASCADE. */
struct span cascade_words(struct span of);

/* What goes along because the statement drops the named; null for one that is
 * not known. Not what this migration made itself. */
struct cascade cascade_of(struct check *check, const struct object *named,
                          struct span words);

/* `view v, constraint c on table t and 3 more`, without what is back by now;
 * null if nothing is left. */
const char *cascade_list(struct check *check, const struct cascade *cascade);

/* The statements that drop these, dependents first, a line each; what they
 * cannot say is left out. With what is back by now: it has to go first. */
void cascade_add_statements(struct check *check, struct buffer *help,
                            const struct cascade *cascade);

/* The list as a note of the finding, where it is of the statement's own words.
 * To be called in confirm. */
void cascade_note(struct check *check, struct finding *finding,
                  const struct cascade *cascade);

#endif
