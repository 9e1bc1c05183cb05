/*
 * What the rules about down steps have in common: whether a down step does
 * anything, where it stands, and how what it leaves behind is told.
 */
#ifndef LINT_DOWN_STEP_H
#define LINT_DOWN_STEP_H

#include "lint/rule.h"

enum down_step_content {
    DOWN_STEP_ACTS,      /* a statement may do something */
    DOWN_STEP_EXPLAINED, /* none does, and a comment says why */
    DOWN_STEP_EMPTY,     /* none does; what a tool's template says is no
                            reason */
};

/* Of all of check->migration's down step. In check_down_step. */
enum down_step_content down_step_content(struct check *check);

/* Whether a statement of the up step makes, changes or drops something in the
 * schema that could be undone, as far as its first words tell. */
bool down_step_is_wanted(struct check *check);

/* Where check->section's first statement begins; where it has none, the line
 * above it that the tool looks for. Length 0: the file. */
struct span down_step_span(const struct check *check);

/* The line above the section, if it is a comment: the tool's mark. */
struct span down_step_mark(const struct section *section);

/* "index orders_user_id_idx remains; column users.email is missing", in
 * check->arena: at most so many, and how many more there are. */
const char *down_step_list(struct check *check, long listed_max);

/* The statements that are missing, in check->arena. */
const char *down_step_help(struct check *check);

/* A note for each of the first few that remain: where it was made. */
void down_step_add_notes(struct check *check, struct finding *finding);

#endif
