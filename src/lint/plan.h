/*
 * What a run reads, in which order: the sections of every history that has a
 * file to report, grouped into scripts.
 */
#ifndef LINT_PLAN_H
#define LINT_PLAN_H

#include "lint/engine.h"

struct script_array ARRAY(struct script);

/* Something of it is to be reported. */
bool plan_wants_history(const struct engine *engine,
                        const struct history *history);
bool plan_wants_migration(const struct engine *engine,
                          const struct migration *migration);

/* Down sections are run only where they are to be reported. */
bool plan_wants_section(const struct engine *engine,
                        const struct section *section);

/* Numbers the files on the way. */
void plan_fill(struct engine *engine, const struct history_array *histories,
               struct script_array *scripts);

#endif
