/*
 * The text of a function's or DO block's body: what stands between its quotes,
 * as the server reads it, each byte where it is in the file.
 */
#ifndef SQL_BODY_H
#define SQL_BODY_H

#include "sql/ast.h"
#include "sql/lexer.h"
#include "sql/statement.h"

#include "base/arena.h"

/* text[i] is of the file's byte offset + i. Where two bytes of the file are one
 * (a doubled quote, an escape), a space stands beside it. */
struct body {
    struct slice text;
    size_t offset;
};

/* The language of a body that the statement gives, in lower case; "plpgsql" for
 * a DO block without one, "sql" for a function without one. Node: DoStmt or
 * CreateFunctionStmt. */
const char *body_language(const Node *node);

/*
 * The body in the string after AS, or of the DO block. False if there is none:
 * a body without quotes, a string in several parts, one with U& escapes. The
 * text is the file's own or in the arena.
 */
bool body_find(struct arena *arena, struct slice file_text,
               const struct statement *statement, const Node *node,
               struct body *body);

/* The same of a string within a body, for dynamic SQL. The token is of the outer
 * body's text. */
bool body_in_string(struct arena *arena, const struct body *outer,
                    struct token string, struct body *body);

#endif
