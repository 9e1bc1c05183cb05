/*
 * Passwords in texts: of connections, and what only stands for one.
 */
#ifndef SQL_SECRET_H
#define SQL_SECRET_H

#include "base/slice.h"

/*
 * The text, of a file, stands for a value that somebody fills in: `${PASSWORD}`,
 * `{{ password }}`, `$PASSWORD`, `%s`, `<password>`, `***`. So does an empty one.
 */
bool secret_is_placeholder(struct slice text);

/*
 * A connection string of libpq, `host=db password=x` or
 * `postgresql://user:x@db/app`, that has a password, and no placeholder for it.
 */
bool secret_in_connection(struct slice text);

/* A hash that SCRAM made of a password: it can be guessed at, but not used. */
bool secret_is_scram(struct slice text);

#endif
