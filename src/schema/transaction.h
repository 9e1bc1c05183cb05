/*
 * In which transaction a statement runs: what the tool gives its section, and
 * the BEGIN, COMMIT and ROLLBACK that the file itself has.
 */
#ifndef SCHEMA_TRANSACTION_H
#define SCHEMA_TRANSACTION_H

#include "input/migration.h"
#include "sql/ast.h"

struct transaction {
    enum transaction_kind section; /* what the tool gives the section */
    bool is_open;                  /* a BEGIN of the file is in force, or the
                                      tool's transaction */
    bool has_begun_in_file;        /* by a BEGIN of the file */
    bool has_ended_tool;           /* the file's COMMIT ended the tool's own */
    size_t number; /* grows with every transaction, for "the same" */
};

void transaction_begin_section(struct transaction *transaction,
                               enum transaction_kind kind);

/* What kind holds for the next statement. */
enum transaction_kind transaction_kind_now(
    const struct transaction *transaction);

/* After the statement: BEGIN, COMMIT, ROLLBACK, PREPARE TRANSACTION. */
void transaction_after(struct transaction *transaction, const Node *statement);

#endif
