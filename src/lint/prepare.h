/*
 * Worker threads that read, cut and parse files ahead of the run, which takes
 * them in order. What comes out is the same for every number of threads.
 */
#ifndef LINT_PREPARE_H
#define LINT_PREPARE_H

#include "lint/script.h"

struct preparer;

/*
 * Starts to prepare these scripts, in order, a bounded number ahead. jobs:
 * threads, with the caller's own, which helps in preparer_next(); few scripts
 * are left to that one.
 */
struct preparer *preparer_start(struct script *scripts, size_t count, int jobs);

/* The next script, prepared; null after the last. The one before must have
 * been given back. */
struct script *preparer_next(struct preparer *preparer);

/* The script's statements and trees are not needed any more. */
void preparer_give_back(struct preparer *preparer, struct script *script);

/* Ends the threads and frees everything. */
void preparer_stop(struct preparer *preparer);

#endif
