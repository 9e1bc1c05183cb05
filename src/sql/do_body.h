/*
 * The plain DDL among the statements of a DO block in PL/pgSQL: it counts as if
 * it stood in the file. The body is read token by token, as far as its blocks
 * go; its expressions and dynamic SQL are not.
 *
 * Facts: src/pl/plpgsql/src/pl_gram.y.
 */
#ifndef SQL_DO_BODY_H
#define SQL_DO_BODY_H

#include "sql/ast.h"

#include "sql/statement.h"
#include "sql/words.h"

enum do_step_kind {
    DO_STATEMENT, /* CREATE, ALTER, DROP, SET, COMMENT, GRANT: statement */
    DO_IF,        /* span: its condition; body, otherwise */
    DO_BLOCK,     /* BEGIN ... END: body, handlers */
    DO_HANDLER,   /* WHEN: span: its conditions; body */
    DO_LOOP,      /* body: once, or not at all, or often */
    DO_QUERY,     /* PERFORM: span: what follows */
    DO_EXECUTE,   /* span: the expression, and USING and INTO */
    DO_RAISE,     /* span: what follows */
    DO_RETURN,
    DO_UNKNOWN, /* CASE */
};

/* What a block does, in order. Words are spans of the file. */
struct do_step {
    enum do_step_kind kind;
    struct statement statement; /* not parsed yet */
    bool is_executed;           /* EXECUTE runs it: not read until then */
    struct span span;
    struct do_step *body;
    struct do_step *otherwise; /* ELSE; an ELSIF is an IF in it */
    struct do_step *handlers;  /* EXCEPTION */
    struct do_step *next;
};

struct do_body {
    /* CREATE, ALTER, DROP and SET, in order, not parsed yet, and what EXECUTE
     * runs whose text is plain to see; offsets count from the start of the
     * file. Branches after the first (ELSE, WHEN, EXCEPTION)
     * are left out: at most one of several runs. */
    struct statement_array statements;
    /* There may be more that it does, or less: conditions, loops, EXECUTE, a
     * body that cannot be read. */
    bool is_opaque;
    /* It commits or rolls back, whatever else happens. */
    bool ends_transaction;
    struct do_step *steps; /* the same and more, as it is nested; null: nothing,
                              or it could not be read */
};

/* text: of the whole file; tree: the statement's. */
struct do_body do_body_of(struct arena *arena, struct slice text,
                          const struct statement *statement,
                          const DoStmt *tree);

#endif
