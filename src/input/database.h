/*
 * Which files are another database's: they lie beside PostgreSQL's in many
 * repositories, and every finding in them would be false.
 */
#ifndef INPUT_DATABASE_H
#define INPUT_DATABASE_H

#include "base/slice.h"

/*
 * By folders and name. Only what is below the repository's root should be
 * given, so that a home folder's name does not count. A database's word counts
 * as a folder or a separated part of a name; the deepest word decides, so
 * that mysql/postgres/x.sql is PostgreSQL's. In a numbered name, which
 * describes what a migration does, only parts between dots count:
 * 3_init.mysql.sql, but not 3_drop_mysql_ids.sql.
 */
bool database_is_other_by_path(struct slice path);

/*
 * By what no PostgreSQL file has: an ENGINE clause, or identifiers in
 * backticks together with AUTO_INCREMENT or an ENGINE clause; outside of
 * strings and comments.
 */
bool database_is_other_by_text(struct slice text);

#endif
