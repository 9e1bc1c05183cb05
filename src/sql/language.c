/*
 * Languages that are untrusted by their extension's CREATE LANGUAGE: those that
 * come with PostgreSQL, and widely used ones of others.
 *
 * Facts: src/pl (plperlu, plpython3u, pltclu), pg_language of a new database;
 * PL/R, PL/sh, PL/Java (javau), plv8 is trusted.
 */
#include "sql/language.h"

#include <stddef.h>
#include <string.h>

bool language_is_compiled(const char *name)
{
    return strcmp(name, "c") == 0 || strcmp(name, "internal") == 0;
}

bool language_is_untrusted(const char *name)
{
    static const char *const names[] = {"plperlu",    "plpythonu", "plpython2u",
                                        "plpython3u", "pltclu",    "plr",
                                        "plsh",       "javau"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return language_is_compiled(name);
}
