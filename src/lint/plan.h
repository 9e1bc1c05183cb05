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

/* How many of its migrations are run: for an observer none after the last of
 * which something is to be reported. */
size_t plan_migration_count(const struct engine *engine,
                            const struct history *history);

/* Down sections are run only where they are to be reported, by rules. */
bool plan_wants_section(const struct engine *engine,
                        const struct section *section);

/* The settings' schema file is among the history's files: it shall not be
 * replayed on top of itself. */
bool plan_has_base(const struct engine *engine, const struct history *history);

/* Null unless an observer joins two histories of migrations, which are hardly
 * of one database. */
const char *plan_refusal(const struct engine *engine,
                         const struct history_array *histories);

/* Numbers the files on the way. */
void plan_fill(struct engine *engine, const struct history_array *histories,
               struct script_array *scripts);

#endif
