/*
 * One cause, one finding: of several rules that report the same cause in one
 * go, only the first by precedence is heard.
 */
#ifndef LINT_PRECEDENCE_H
#define LINT_PRECEDENCE_H

#include "lint/finding.h"

struct precedence;

/* For the rules of rule_table; in the arena. */
struct precedence *precedence_new(struct arena *arena);

/*
 * Marks as dropped those of these findings whose cause another of them, of a
 * rule that goes first, reports too. Findings without a cause all stay.
 * scratch: memory for the time of the call.
 */
void precedence_apply(struct precedence *precedence, struct arena *scratch,
                      struct finding *const *findings, size_t count);

/* Marks the finding as dropped if one of these, which have been heard, reports
 * its cause and goes first. */
void precedence_apply_heard(const struct precedence *precedence,
                            struct finding *finding,
                            struct finding *const *heard, size_t count);

#endif
