/*
 * The judging of down steps, a part of the run (lint/run.c): which are
 * reported, and what up and down have left behind.
 */
#ifndef LINT_JUDGE_DOWN_H
#define LINT_JUDGE_DOWN_H

#include "lint/engine.h"

/* The first section of the migration's down step that is reported; null if none
 * is, or no rule asks. */
const struct section *judge_down_section(struct engine *engine,
                                         const struct history *history,
                                         const struct migration *migration);

/* Asks the rules. The schema is as up and down left it; start: before up;
 * last_up: schema_unit() of the up step. */
void judge_down(struct engine *engine, const struct section *down,
                const struct difference_start *start, size_t last_up);

#endif
