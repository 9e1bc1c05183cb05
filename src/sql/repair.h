/*
 * What may be wrong in a statement that the parser refuses. Guesses are made
 * one after another, each is given to the parser, and only one that then
 * parses is proposed.
 */
#ifndef SQL_REPAIR_H
#define SQL_REPAIR_H

#include "base/arena.h"
#include "sql/words.h"

struct repair {
    const char *advice; /* `a comma may be missing before "total"` */
    const char *sql; /* the repaired statement, or both where it was two; null
                        if it is too long to be shown */
};

/*
 * The token at which the parser gave up, and the one before it. token: its
 * kind is TOKEN_END where the statement ends too early. previous: length 0 if
 * there is none.
 */
struct fault {
    struct token token;
    struct token previous;
};

struct fault repair_fault(struct slice text, const struct statement *statement);

/* Of a statement whose outcome is PARSE_FAILED; false if nothing helps. The
 * texts are made in the arena. Statements above 64 KB are not tried. */
bool repair_find(struct arena *arena, struct slice text,
                 const struct statement *statement, struct repair *repair);

/* A word that later versions of PostgreSQL made a keyword, so that it can no
 * longer be the name that it is in the statement. */
struct later_keyword {
    struct span at;    /* its first occurrence */
    int version;       /* of PostgreSQL */
    struct repair fix; /* all such words in double quotes */
};

/*
 * Whether nothing but such words is wrong. Versions 13 to 18; the parser's own
 * is 18.
 */
bool repair_find_later_keyword(struct arena *arena, struct slice text,
                               const struct statement *statement,
                               struct later_keyword *keyword);

#endif
