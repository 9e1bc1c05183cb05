/*
 * PL/pgSQL's own compiler, as libpg_query has it: what a body says before any
 * name in it is looked up. For the files of routine*.c alone.
 */
#ifndef SQL_COMPILE_H
#define SQL_COMPILE_H

#include "sql/ast.h"

/* Functions in the compiler's headers use what ast.h takes back. */
#define ERROR PGERROR
#define Min(a, b) ((a) < (b) ? (a) : (b))
#define Max(a, b) ((a) > (b) ? (a) : (b))
#include "plpgsql.h"
#undef ERROR
#undef Min
#undef Max

struct compile_request {
    const char *source; /* the body: lives as long as what is made of it */
    const Node *node;   /* DoStmt or CreateFunctionStmt */
    MemoryContext context;
    bool
        checks_queries; /* the syntax of queries is checked, too: this tells the
                            error that the server tells */

    /* Filled. */
    PLpgSQL_stmt_block *block; /* null if it is refused */
    PLpgSQL_datum **datums;
    int datum_count;
    bool prefers_variables; /* #variable_conflict use_variable */
    bool prefers_columns;   /* #variable_conflict use_column */
    const char *message;
    int position; /* of the error, in characters from 1; 0: not known */
};

/* False if the body is refused: message is set. */
bool compile_body(struct compile_request *request);

/* The type's own name, without a schema. */
const char *compile_type_name(const TypeName *type);

#endif
