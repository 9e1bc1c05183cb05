/*
 * Parse trees as text to read, for those who write rules: the command
 * dump-tree.
 */
#ifndef SQL_DUMP_H
#define SQL_DUMP_H

#include "sql/ast.h"

#include "base/buffer.h"

/*
 * Adds the tree, one field or list item a line, indented by two spaces a level
 * (up to a limit, so that deep trees stay small):
 *
 *     DropStmt
 *       objects: List
 *         List
 *           String "orders"
 *       removeType: OBJECT_TABLE
 *
 * Fields that say nothing are left out: null, false, 0 (of enums, when it is
 * called none or default), and a location of -1. Locations are given as offsets in the file: tree_base (struct statement) is added.
 */
void dump_tree(struct buffer *buffer, const Node *tree, size_t tree_base);

#endif
