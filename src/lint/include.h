/*
 * Files that psql scripts include: `\i x.sql`, `\ir x.sql`. Such a file is run
 * where it is included, by lint/run.c, and not by itself; only files of this
 * run are followed, so that nothing is read that nobody asked for.
 */
#ifndef LINT_INCLUDE_H
#define LINT_INCLUDE_H

#include "lint/engine.h"

/*
 * Finds which files others of the run include, and marks them (struct file,
 * is_included). Of files that include one another in a circle the first is
 * not marked.
 */
void include_find(struct engine *engine, const struct history_array *histories);

/* The file that this command of psql, of a statement in the source, includes;
 * null if it is another command, or no file of this run. */
struct file *include_target(const struct engine *engine,
                            const struct source *source,
                            const struct statement *statement);

#endif
