/*
 * Which files are another database's: they lie beside PostgreSQL's in many
 * repositories, and every finding in them would be false.
 */
#ifndef INPUT_DATABASE_H
#define INPUT_DATABASE_H

#include "base/slice.h"

enum database_owner {
    DATABASE_UNKNOWN, /* the name says nothing */
    DATABASE_POSTGRESQL,
    DATABASE_OTHER,
};

/*
 * By the name of a file or folder. A database's word counts as the whole or a
 * separated part of it. In a numbered name, which describes what a migration
 * does, only parts between dots count: 3_init.mysql.sql, but not
 * 3_drop_mysql_ids.sql.
 */
enum database_owner database_owner_of_name(struct slice name);

/*
 * By the names of a folder and those above it. Only what is below the
 * repository's root should be given, so that a home folder's name does not
 * count. The deepest word decides: mysql/postgres is PostgreSQL's. Asked for a
 * file whose own name says nothing.
 */
bool database_is_other_folder(struct slice path);

/*
 * A numbered name whose last part before its suffixes is another database's:
 * 3_init_mysql.up.sql. Whether that is meant is told by a twin, the same name
 * with PostgreSQL's word: name[0, *offset), database_own_word(0 ...), and
 * name[*offset + *length, ...).
 */
bool database_may_have_twin(struct slice name, size_t *offset, size_t *length);

/* PostgreSQL's words in names; null past the last. */
const char *database_own_word(size_t index);

/*
 * By what no PostgreSQL file has: an ENGINE clause, or identifiers in
 * backticks together with AUTO_INCREMENT or an ENGINE clause; outside of
 * strings and comments.
 */
bool database_is_other_by_text(struct slice text);

#endif
