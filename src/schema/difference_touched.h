/*
 * Which objects two states of a schema may differ in, found without looking at
 * any of them: the journal has the bytes that were changed.
 */
#ifndef SCHEMA_DIFFERENCE_TOUCHED_H
#define SCHEMA_DIFFERENCE_TOUCHED_H

#include "schema/difference.h"

struct object_numbers ARRAY(size_t);

/*
 * Numbers of schema->objects, ascending: those of before the start that have
 * other bytes now where it matters, and those made since that exist. What is
 * merely part of something (a table's columns) does not touch that. old_count:
 * how many of them are of before the start.
 */
struct object_numbers difference_touched(const struct schema *schema,
                                         const struct difference_start *start,
                                         struct arena *arena,
                                         size_t *old_count);

#endif
