/*
 * In which transaction a statement runs: what the tool gives its section, and
 * the BEGIN, COMMIT and ROLLBACK that the file itself has.
 */
#ifndef SCHEMA_TRANSACTION_H
#define SCHEMA_TRANSACTION_H

#include "input/migration.h"
#include "sql/ast.h"
#include "sql/statement.h"

struct transaction {
    enum transaction_kind section; /* what the tool gives the section */
    bool is_open;                  /* a BEGIN of the file is in force, or the
                                      tool's transaction */
    bool has_begun_in_file;        /* by a BEGIN of the file */
    bool has_ended_tool;           /* the file's COMMIT ended the tool's own */
    size_t nested_count; /* BEGINs that did nothing, because it was open, and
                            whose COMMIT is still to come */
    size_t begun_at; /* where the BEGIN stands in the file, or the COMMIT AND
                        CHAIN; if has_begun_in_file */
    size_t number;   /* grows with every transaction, for "the same" */
};

void transaction_begin_section(struct transaction *transaction,
                               enum transaction_kind kind);

/* What kind holds for the next statement. */
enum transaction_kind transaction_kind_now(
    const struct transaction *transaction);

/* After the statement, which has its tree: BEGIN, COMMIT, ROLLBACK, PREPARE TRANSACTION. */
void transaction_after(struct transaction *transaction,
                       const struct statement *statement);

#endif
