/*
 * Lines by which tools cut their files: some end a statement that has no
 * semicolon. For the splitter; start and end are those of the file's text.
 */
#ifndef SQL_BOUNDARY_H
#define SQL_BOUNDARY_H

#include <stdbool.h>

/*
 * The line comment at this place ends the statement before it: Drizzle's
 * `--> statement-breakpoint`, `-- +goose StatementEnd`, and, unless the
 * statement is in brackets, the name of the next query in a file of queries
 * (`-- name: x`, `-- :name x`) where a statement follows.
 */
bool boundary_is_comment(const char *start, const char *at, const char *end,
                         bool is_in_brackets);

/* `#include "x.sql"`: the scripts of extensions go through the C preprocessor.
 */
bool boundary_is_include(const char *start, const char *at, const char *end);

#endif
