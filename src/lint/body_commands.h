/*
 * What the server refuses in the body of a function or DO block because a
 * transaction is open there, or ends one that is not the body's to end.
 */
#ifndef LINT_BODY_COMMANDS_H
#define LINT_BODY_COMMANDS_H

#include "lint/rule.h"

struct body_command {
    struct span words;     /* of the file */
    const char *name;      /* `CREATE INDEX CONCURRENTLY`, `COMMIT` */
    bool ends_transaction; /* COMMIT, ROLLBACK: refused where the block runs in
                              a transaction, and in every function */
};

struct body_command_array ARRAY(struct body_command);

/*
 * The statements in the body of check->statement, which is the node: a DoStmt
 * or CreateFunctionStmt. Written out, or in a string after EXECUTE. In
 * check->arena; empty for a body in another language than SQL and PL/pgSQL.
 */
struct body_command_array body_commands(struct check *check, const Node *node);

#endif
