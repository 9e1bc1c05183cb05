/*
 * Follows the transactions of a section: the tool's own and those that the
 * file opens and ends. The lint run asks before every statement.
 */
#include "schema/transaction.h"

void transaction_begin_section(struct transaction *transaction,
                               enum transaction_kind kind)
{
    size_t number = transaction->number + 1;

    *transaction = (struct transaction){
        .section = kind,
        .is_open = kind == TRANSACTION_TOOL,
        .number = number,
    };
}

enum transaction_kind transaction_kind_now(
    const struct transaction *transaction)
{
    if (transaction->has_begun_in_file)
        return TRANSACTION_EXPLICIT;
    if (transaction->has_ended_tool)
        return TRANSACTION_NONE;
    return transaction->section;
}

/* A BEGIN within a transaction is a warning and changes nothing. */
static void begin(struct transaction *transaction, size_t offset)
{
    if (transaction->is_open) {
        transaction->nested_count++;
        return;
    }
    transaction->nested_count = 0;
    transaction->is_open = true;
    transaction->has_begun_in_file = true;
    transaction->begun_at = offset;
    transaction->number++;
}

/* With AND CHAIN the next one begins at once. */
static void end(struct transaction *transaction, bool is_chained, size_t offset)
{
    bool was_open = transaction->is_open;

    transaction->number++;
    if (!transaction->has_begun_in_file && transaction->nested_count > 0)
        transaction->nested_count--;
    if (!was_open)
        return;
    if (!transaction->has_begun_in_file &&
        transaction->section == TRANSACTION_TOOL)
        transaction->has_ended_tool = true;
    transaction->is_open = is_chained;
    transaction->has_begun_in_file = is_chained;
    transaction->begun_at = offset;
}

void transaction_after(struct transaction *transaction,
                       const struct statement *statement)
{
    const TransactionStmt *control = node_as(TransactionStmt, statement->tree);
    size_t offset = statement->offset;

    if (!control) {
        if (transaction_kind_now(transaction) == TRANSACTION_NONE)
            transaction->number++;
        return;
    }
    switch (control->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START: begin(transaction, offset); return;
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_ROLLBACK: end(transaction, control->chain, offset); return;
    case TRANS_STMT_PREPARE: end(transaction, false, offset); return;
    case TRANS_STMT_SAVEPOINT:
    case TRANS_STMT_RELEASE:
    case TRANS_STMT_ROLLBACK_TO:
    case TRANS_STMT_COMMIT_PREPARED:
    case TRANS_STMT_ROLLBACK_PREPARED: return;
    }
}
