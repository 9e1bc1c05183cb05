/*
 * Syntax that PostgreSQL learned after version 13: the statement is parsed with
 * the newest grammar, and here it is said what an older server would make of
 * it. Each construct was measured on servers of 13 to 18: the token at which
 * the older ones stop is the one that their message names.
 *
 * Not known: words that became bare column labels in 14 (`SELECT a value`),
 * and what is within the strings of function and DO bodies.
 */
#ifndef SQL_NEWER_SYNTAX_H
#define SQL_NEWER_SYNTAX_H

#include "base/arena.h"
#include "sql/ast.h"
#include "sql/walker.h"
#include "sql/words.h"

struct newer_syntax {
    const char *name;      /* as the manual writes it: "NULLS NOT DISTINCT" */
    int since;             /* the first version that takes it */
    const char *instead;   /* what to write for an older one, as a sentence
                            without its period; null: nothing does the same */
    const char *leave_out; /* these words go, and the rest stays; null: more is
                              to be changed */
};

/* A use of it in a statement. */
struct newer_use {
    const struct newer_syntax *syntax;
    struct span words; /* the token at which an older server stops; length 0:
                          the statement's end */
    const char *complaint; /* the server's, before the words in quotes */
    const char *option;    /* in quotes instead: an option's name; null */
};

/*
 * The first use, in the order of the words, of what this version does not know
 * yet. False if there is none, or the statement has no tree.
 */
bool newer_syntax_find(struct walker *walker, struct slice text,
                       const struct statement *statement, int postgres_version,
                       struct newer_use *use);

/* The server's message of it, whose SQLSTATE is that of syntax errors, in the
 * arena. */
const char *newer_syntax_message(struct arena *arena, struct slice text,
                                 const struct statement *statement,
                                 const struct newer_use *use);

#endif
