/*
 * What the files that take bodies apart share; routine.h is for everyone else.
 */
#ifndef SQL_ROUTINE_PARTS_H
#define SQL_ROUTINE_PARTS_H

#include "sql/compile.h"
#include "sql/routine.h"

/*
 * A copy of the body for the compiler, as long as the body; null if it would take
 * too long to compile.
 */
char *routine_prepare(struct arena *arena, struct slice text,
                      size_t parameter_count);

/* What a query is parsed from: its own text, of which position 0 is at this
 * offset of the file. */
struct query_source {
    const char *text;
    size_t offset;
    enum parse_form form;
};

/* Parallel to routine.queries. */
struct query_source_array ARRAY(struct query_source);

/*
 * Fills the routine's steps and queries, which are not parsed yet, from what the
 * compiler made of the source. False if blocks are too deep within one another.
 */
bool routine_add_steps(struct arena *arena, struct routine *routine,
                       const struct compile_request *request,
                       struct query_source_array *sources);

#endif
