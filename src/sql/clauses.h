/*
 * Where the clauses of one SELECT stand. SelectStmt carries no location, nor do
 * its clauses; a help that adds to WHERE needs to know where it ends.
 */
#ifndef SQL_CLAUSES_H
#define SQL_CLAUSES_H

#include "sql/words.h"

#include "base/arena.h"

enum clause {
    CLAUSE_SELECT,
    CLAUSE_FROM,
    CLAUSE_WHERE,
    CLAUSE_GROUP_BY,
    CLAUSE_HAVING,
    CLAUSE_WINDOW,
    CLAUSE_ORDER_BY,
    CLAUSE_LIMIT,
    CLAUSE_OFFSET,
    CLAUSE_FETCH,
    CLAUSE_LOCKING, /* the first FOR UPDATE, FOR SHARE, ... */
    CLAUSE_COUNT,
};

/* From each clause's keyword to its last word; length 0: there is none. */
struct clauses {
    struct span at[CLAUSE_COUNT];
};

/*
 * The clauses of the SELECT to which the words at this offset belong: those at
 * the same level of parentheses. Of a set operation's arms, the one in which
 * the offset is. The arena serves for the search only. Reads the statement
 * from its start.
 */
struct clauses clauses_around(struct arena *arena, struct slice text,
                              const struct statement *statement, size_t offset);

#endif
