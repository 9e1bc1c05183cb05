/*
 * Files that hold an application's queries, not migrations.
 */
#ifndef INPUT_QUERY_FILE_H
#define INPUT_QUERY_FILE_H

#include "base/slice.h"

/* Its queries have names, as sqlc, PgTyped, HugSQL and PugSQL want them:
 * never a migration, wherever it is. */
bool query_file_has_names(struct slice text);

/*
 * It begins as a file of queries does, or as one that replaces functions and
 * views: what is in it stands on a schema that others make. Reads only the
 * beginning; the trees have the last word (lint/query_schema.h).
 */
bool query_file_begins(struct slice text);

/* A file of this name (without folders) makes a whole schema: schema.sql,
 * structure.sql, schema_auth.sql. */
bool query_file_is_schema_name(struct slice name);

#endif
