/*
 * How much of the tables that were there before a statement that writes rows
 * goes through: some rows by their key, or every row there is. What the words
 * say; nobody knows how many rows there are.
 */
#ifndef QUERY_ROW_EXTENT_H
#define QUERY_ROW_EXTENT_H

#include "schema/schema.h"
#include "sql/ast.h"

enum row_extent {
    EXTENT_NONE, /* the statement writes no rows */
    EXTENT_FEW,  /* rows that are written out, of a key or a constant, between
                    two bounds, up to a LIMIT; or of new tables alone */
    EXTENT_SOME, /* what a condition or a join leaves: may be any number */
    EXTENT_ALL,  /* every row: no condition, or only that a column which is
                    being filled is not filled yet */
};

/*
 * Of INSERT, UPDATE, DELETE and CREATE TABLE AS; of any other statement
 * EXTENT_NONE. UPDATE and DELETE of a new table are EXTENT_FEW, and so is what
 * reads no table that is there already.
 */
enum row_extent row_extent_of(const struct schema *schema, const Node *node);

#endif
