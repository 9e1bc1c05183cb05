/*
 * Transactions and savepoints, as marks of the journal; and what the server
 * refuses because of the transaction that it is in. Whether a statement fails
 * is certain only where all that there is is known: elsewhere a failure does
 * not abort the transaction.
 */
#include "replay/context.h"

#include "replay/deletion.h"
#include "replay/session.h"
#include "replay/uncommitted.h"
#include "schema/transaction_block.h"

/* More at a time than this are not told apart: each is searched by name. */
#define SAVEPOINTS_MAX 1000

#define ACTIVE_SQL_TRANSACTION "25001"
#define NO_ACTIVE_SQL_TRANSACTION "25P01"
#define IN_FAILED_SQL_TRANSACTION "25P02"
#define INVALID_SAVEPOINT "3B001"

void replay_undo(struct schema *schema, size_t mark)
{
    journal_undo(&schema->journal, mark);
    schema->removals++;
}

void replay_drop_temporary(struct schema *schema)
{
    struct replay replay = {.schema = schema};
    struct namespace *namespace = schema->temporary_namespace;

    if (namespace->members.count == 0)
        return;
    for (size_t i = 0; i < namespace->members.count; i++) {
        struct relation *relation = namespace->members.items[i];

        if (!relation->object.is_dropped)
            deletion_perform_internal(&replay, &relation->object);
    }
    journal_save(&schema->journal, &namespace->members,
                 sizeof namespace->members);
    namespace->members = (struct relation_array){0};
}

static size_t find_transaction(const struct schema *schema)
{
    return journal_find(&schema->journal, MARK_TRANSACTION, NULL);
}

static void drop_at_commit(struct replay *replay)
{
    struct schema *schema = replay->schema;
    const struct relation_array *members =
        &schema->temporary_namespace->members;

    if (!schema->has_commit_drops)
        return;
    SET(schema, schema->has_commit_drops, false);
    for (size_t i = 0; i < members->count; i++) {
        struct table *table = relation_as_table(members->items[i]);

        if (table && table->is_dropped_at_commit &&
            !table->relation.object.is_dropped)
            deletion_perform_internal(replay, &table->relation.object);
    }
}

/* What lasts only until the end of a transaction. */
static void end_transaction(struct replay *replay)
{
    struct schema *schema = replay->schema;

    session_end_transaction(schema);
    uncommitted_forget(schema);
    drop_at_commit(replay);
}

static void begin(struct schema *schema)
{
    if (find_transaction(schema) == JOURNAL_NO_MARK)
        journal_mark(&schema->journal, MARK_TRANSACTION, NULL);
}

static bool roll_back(struct replay *replay, bool is_chained)
{
    struct schema *schema = replay->schema;
    size_t transaction = find_transaction(schema);

    schema->is_aborted = false;
    schema->is_section_transaction = false;
    if (transaction == JOURNAL_NO_MARK)
        return true;
    replay_undo(schema, transaction);
    if (!is_chained)
        journal_keep(&schema->journal, transaction);
    return true;
}

static bool commit(struct replay *replay, bool is_chained)
{
    struct schema *schema = replay->schema;
    size_t transaction = find_transaction(schema);

    if (schema->is_aborted)
        return roll_back(replay, is_chained);
    end_transaction(replay);
    schema->is_section_transaction = false;
    if (transaction != JOURNAL_NO_MARK)
        journal_keep(&schema->journal, transaction);
    if (is_chained)
        begin(schema);
    return true;
}

/* The savepoint's mark, or none, and then the server refuses. */
static size_t find_savepoint(struct replay *replay, const char *name)
{
    size_t mark = journal_find(&replay->schema->journal, MARK_SAVEPOINT, name);

    if (mark == JOURNAL_NO_MARK &&
        find_transaction(replay->schema) != JOURNAL_NO_MARK)
        replay_fail(replay, INVALID_SAVEPOINT,
                    "savepoint \"%s\" does not exist", name);
    return mark;
}

static bool set_savepoint(struct replay *replay, const char *name)
{
    struct schema *schema = replay->schema;

    if (schema->journal.marks.count < SAVEPOINTS_MAX)
        journal_mark(&schema->journal, MARK_SAVEPOINT,
                     model_name(schema, name));
    return true;
}

static bool release(struct replay *replay, const char *name)
{
    size_t mark = find_savepoint(replay, name);

    if (mark == JOURNAL_NO_MARK)
        return false;
    journal_keep(&replay->schema->journal, mark);
    return true;
}

static bool roll_back_to(struct replay *replay, const char *name)
{
    size_t mark = find_savepoint(replay, name);

    if (mark == JOURNAL_NO_MARK)
        return false;
    replay_undo(replay->schema, mark);
    replay->schema->is_aborted = false;
    return true;
}

/* Null: outside a transaction the server merely warns. */
static const char *command_for_blocks(const Node *node)
{
    const TransactionStmt *control = node_as(TransactionStmt, node);

    if (nodeTag(node) == T_LockStmt)
        return "LOCK TABLE";
    if (!control)
        return NULL;
    switch (control->kind) {
    case TRANS_STMT_COMMIT: return control->chain ? "COMMIT AND CHAIN" : NULL;
    case TRANS_STMT_ROLLBACK:
        return control->chain ? "ROLLBACK AND CHAIN" : NULL;
    case TRANS_STMT_SAVEPOINT: return "SAVEPOINT";
    case TRANS_STMT_RELEASE: return "RELEASE SAVEPOINT";
    case TRANS_STMT_ROLLBACK_TO: return "ROLLBACK TO SAVEPOINT";
    default: return NULL;
    }
}

static bool leaves_aborted(const Node *node)
{
    if (nodeTag(node) != T_TransactionStmt)
        return false;
    switch (((const TransactionStmt *)node)->kind) {
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_PREPARE:
    case TRANS_STMT_ROLLBACK:
    case TRANS_STMT_ROLLBACK_TO: return true;
    default: return false;
    }
}

/* It is part of another statement, a DO block. */
static bool is_within_statement(const struct schema *schema)
{
    const struct journal_mark_array *marks = &schema->journal.marks;

    return marks->count > 0 &&
           marks->items[marks->count - 1].kind == MARK_STATEMENT;
}

bool replay_allows_now(struct replay *replay, const Node *node)
{
    struct schema *schema = replay->schema;
    struct transaction_refusal refusal;
    bool is_within = is_within_statement(schema);

    if (schema->is_aborted && !leaves_aborted(node))
        return replay_fail(replay, IN_FAILED_SQL_TRANSACTION,
                           "current transaction is aborted, commands ignored "
                           "until end of transaction block");
    if (!replay_knows_all(replay))
        return true;
    if (is_within || find_transaction(schema) != JOURNAL_NO_MARK) {
        if (!transaction_block_refuses(schema, schema->postgres_version, node,
                                       &refusal))
            return true;
        return replay_fail(replay, ACTIVE_SQL_TRANSACTION,
                           is_within
                               ? "%s cannot be executed from a function"
                               : "%s cannot run inside a transaction block",
                           refusal.command);
    }
    if (command_for_blocks(node))
        return replay_fail(replay, NO_ACTIVE_SQL_TRANSACTION,
                           "%s can only be used in transaction blocks",
                           command_for_blocks(node));
    return true;
}

void replay_end_statement(struct schema *schema)
{
    struct replay replay = {.schema = schema};

    if ((!session_has_local(schema) && !schema->has_commit_drops) ||
        schema->is_section_transaction ||
        find_transaction(schema) != JOURNAL_NO_MARK)
        return;
    session_end_transaction(schema);
    drop_at_commit(&replay);
}

void replay_abort(struct replay *replay)
{
    struct schema *schema = replay->schema;

    if (replay_knows_all(replay) && find_transaction(schema) != JOURNAL_NO_MARK)
        schema->is_aborted = true;
}

bool replay_transaction(struct replay *replay, const TransactionStmt *control)
{
    switch (control->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START: begin(replay->schema); return true;
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_PREPARE: return commit(replay, control->chain);
    case TRANS_STMT_ROLLBACK: return roll_back(replay, control->chain);
    case TRANS_STMT_SAVEPOINT:
        return set_savepoint(replay, control->savepoint_name);
    case TRANS_STMT_RELEASE: return release(replay, control->savepoint_name);
    case TRANS_STMT_ROLLBACK_TO:
        return roll_back_to(replay, control->savepoint_name);
    default: return true;
    }
}
