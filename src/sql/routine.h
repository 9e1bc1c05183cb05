/*
 * The body of a function, procedure or DO block, taken apart: in PL/pgSQL what
 * encloses what, every statement and expression of SQL in it with its tree and
 * its place in the file, and the variables that can be named there. PL/pgSQL is
 * read by libpg_query's own parser, each query by PostgreSQL's.
 *
 * Facts: src/pl/plpgsql/src/pl_gram.y and pl_comp.c.
 */
#ifndef SQL_ROUTINE_H
#define SQL_ROUTINE_H

#include "sql/ast.h"
#include "sql/body.h"
#include "sql/parser.h"
#include "sql/words.h"

struct PLpgSQL_nsitem; /* plpgsql.h */

enum routine_language {
    ROUTINE_SQL,
    ROUTINE_PLPGSQL,
};

enum step_kind {
    STEP_BLOCK,       /* BEGIN ... END */
    STEP_HANDLER,     /* WHEN ... THEN of EXCEPTION; parent: the block */
    STEP_IF,          /* what THEN leads to has it as parent */
    STEP_BRANCH,      /* ELSIF, ELSE, WHEN of CASE; parent: IF or CASE */
    STEP_CASE,        /* its parts are branches */
    STEP_LOOP,        /* LOOP */
    STEP_WHILE,       /* WHILE */
    STEP_FOR_INTEGER, /* FOR i IN 1 .. 10 */
    STEP_FOR_QUERY,   /* FOR r IN SELECT ... */
    STEP_FOR_CURSOR,  /* FOR r IN cursor */
    STEP_FOR_EXECUTE, /* FOR r IN EXECUTE ... */
    STEP_FOREACH,     /* FOREACH x IN ARRAY ... */
    STEP_ASSIGN,
    STEP_SQL, /* a statement of SQL, with INTO or without */
    STEP_PERFORM,
    STEP_CALL, /* CALL, DO */
    STEP_EXECUTE,
    STEP_RETURN,
    STEP_RETURN_NEXT,
    STEP_RETURN_QUERY, /* also RETURN QUERY EXECUTE */
    STEP_RAISE,
    STEP_ASSERT,
    STEP_OPEN,
    STEP_FETCH, /* FETCH, MOVE */
    STEP_CLOSE,
    STEP_EXIT, /* EXIT, CONTINUE */
    STEP_GET_DIAGNOSTICS,
    STEP_COMMIT,
    STEP_ROLLBACK,
};

/* A statement of PL/pgSQL; NULL is none. In the order of the text. */
struct routine_step {
    enum step_kind kind;
    size_t parent;     /* index of what encloses it; ROUTINE_NO_STEP: nothing */
    size_t end;        /* index behind the last step within it */
    struct span words; /* of the file: to the semicolon, or to what it
                           encloses; length 0 if it was not found */
    bool catches_all;  /* STEP_HANDLER: WHEN OTHERS */
    bool raises;       /* STEP_RAISE: EXCEPTION, or what is caught once more */
    bool has_into;     /* STEP_SQL, STEP_EXECUTE */
    const char *target; /* the record or only variable that INTO, FOR or an
                           assignment fills, or RETURN gives; null: none, or
                           several, or an expression */
};

#define ROUTINE_NO_STEP ((size_t)-1)

enum routine_query_role {
    QUERY_STATEMENT,  /* a statement of SQL; PERFORM, as SELECT */
    QUERY_ROWS,       /* of FOR, RETURN QUERY, a cursor: a query */
    QUERY_EXPRESSION, /* a condition, a value, an argument: its tree is a
                         SELECT that nobody wrote, without the word */
    QUERY_ASSIGNMENT, /* PLAssignStmt */
    QUERY_DYNAMIC,    /* the expression that gives EXECUTE its text */
    QUERY_EXECUTED,   /* the constant text that EXECUTE runs: a statement;
                         the body's variables are not known in it */
};

/* SQL in a body. */
struct routine_query {
    enum routine_query_role role;
    size_t step;                /* whose it is; ROUTINE_NO_STEP: of a
                                   declaration, or of a body in SQL */
    struct statement statement; /* its place in the file, and its tree; null if
                                   it does not parse, with error: then PostgreSQL
                                   refuses the whole body */
    struct slice text;          /* of the file, with the quotes around the query
                                   taken off: each byte is where it is in the
                                   file */
    size_t parameter_count;     /* of the function */
    struct PLpgSQL_nsitem *names; /* for routine_find_variable() */
    bool prefers_variables; /* where a name means a column too: the body says
                               #variable_conflict use_variable */
    bool prefers_columns;   /* use_column; else the server refuses to choose */
};

struct routine_step_array ARRAY(struct routine_step);
struct routine_query_array ARRAY(struct routine_query);

struct routine {
    enum routine_language language;
    const char *name;  /* null of a DO block */
    bool is_procedure; /* or a DO block */
    bool is_trigger;   /* of a table */
    const Node *node;  /* DoStmt or CreateFunctionStmt */
    struct body body;
    bool is_opaque;      /* PL/pgSQL's parser refuses the body: no steps */
    const char *error;   /* its message; null: none */
    size_t error_offset; /* of the file */
    struct routine_step_array steps;
    struct routine_query_array queries; /* in the order of the text, those of
                                           QUERY_EXECUTED last */
    size_t own_query_count; /* of those before, which are in the order of their
                               steps too */
};

/* A file whose bodies are read. Where quotes within a body are doubled, its SQL
 * is no part of the file: it is written into a copy. */
struct routine_source {
    struct arena *arena; /* as long as the file's statements are judged */
    struct slice text;
    char *copies[2]; /* null: not needed yet; of bodies, and of what EXECUTE
                        runs in them */
};

/*
 * Takes the body of the statement apart, whose tree it is or is inside of: node
 * is a DoStmt or CreateFunctionStmt. False if there is nothing to read: another
 * language, a body without quotes. Trees, messages and names live until
 * parser_clear(), the rest in the arena.
 */
bool routine_read(struct arena *arena, struct parser *parser,
                  struct routine_source *source,
                  const struct statement *statement, const Node *node,
                  struct routine *routine);

/* The index of the first query, in routine->queries, of this step or one after
 * it; not of QUERY_EXECUTED. */
size_t routine_first_query(const struct routine *routine, size_t step);

/* A variable. */
struct routine_variable {
    bool is_record; /* a record, row, or composite value, as far as is known */
    size_t used;    /* so many of the names are it; those behind, its fields */
    size_t parameter; /* index in CreateFunctionStmt.parameters if it is one */
};

#define ROUTINE_NO_PARAMETER ((size_t)-1)

/*
 * Whether the names (`a`, `a.b`, `a.b.c`) mean a variable where the query stands:
 * parameters, NEW, OLD, FOUND, SQLERRM, TG_OP and the like included. That a column
 * may have the same name is not looked at. Never in bodies in SQL: see
 * query_place.parameters. variable may be null.
 */
bool routine_find_variable(const struct routine_query *query,
                           const char *const *names, size_t count,
                           struct routine_variable *variable);

#endif
