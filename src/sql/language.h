/*
 * Languages of functions: which of them may reach past the database.
 */
#ifndef SQL_LANGUAGE_H
#define SQL_LANGUAGE_H

#include <stdbool.h>

/* It is known to be untrusted: only superusers make functions in it, and these
 * can do what the server's own user of the operating system can. In lower case,
 * as the server has it. (pg_language.lanpltrusted) */
bool language_is_untrusted(const char *name);

/* It runs a library's or the server's own code: its functions have no body. */
bool language_is_compiled(const char *name);

#endif
