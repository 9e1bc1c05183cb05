/*
 * Files of queries give each a title in a comment above it, from which a tool
 * makes a function of the program.
 */
#ifndef SQL_QUERY_TITLE_H
#define SQL_QUERY_TITLE_H

#include "sql/statement.h"

/*
 * `-- name: GetAuthor :one` stands above the statement: sqlc reads it, and writes
 * another query into the program, in which all columns are named that a star
 * stands for. (docs.sqlc.dev, "Query annotations".)
 */
bool query_title_is_of_sqlc(struct slice text,
                            const struct statement *statement);

#endif
