/*
 * The statements of a file as PostgreSQL's grammar reads them, for those who
 * write rules: the command dump-tree.
 */
#ifndef OUTPUT_TREES_H
#define OUTPUT_TREES_H

#include "base/buffer.h"
#include "input/source.h"

/*
 * Adds each statement of the source, which is loaded: a line with its place,
 * then its tree (sql/dump.h), the parser's error, or what it is instead of SQL.
 */
void trees_write(struct buffer *buffer, struct source *source);

#endif
