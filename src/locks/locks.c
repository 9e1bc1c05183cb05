/*
 * Finds out what a statement locks and does. First by its tree and the schema
 * before it; then the statement is carried out on the schema, which tells what
 * fails, what goes along and what is made; then that is undone.
 */
#include "locks/study.h"

#include "replay/replay.h"
#include "schema/transaction_block.h"
#include "sql/parser.h"

#include <stdlib.h>
#include <string.h>

/* PreventInTransactionBlock() of src/backend/access/transam/xact.c. */
static bool is_refused(struct study *study, const struct locks_context *context)
{
    struct transaction_refusal refusal;

    if (!transaction_block_refuses(study->schema, study->version,
                                   study->statement->tree, &refusal))
        return false;
    if (context->is_in_do) {
        study_fail(study, "%s cannot be executed from a function",
                   refusal.command);
        return true;
    }
    switch (context->transaction) {
    case TRANSACTION_NONE: return false;
    case TRANSACTION_PIPELINE:
        if (context->is_first)
            return false;
        if (study->version < 18) {
            study_fail(study, "%s cannot be executed within a pipeline",
                       refusal.command);
            return true;
        }
        break;
    case TRANSACTION_EXPLICIT:
    case TRANSACTION_TOOL:
    case TRANSACTION_IMPLICIT: break;
    }
    study_fail(study, "%s cannot run inside a transaction block",
               refusal.command);
    return true;
}

/* On the schema before the statement. */
static void look_before(struct study *study)
{
    const Node *node = study->statement->tree;

    switch (nodeTag(node)) {
    case T_AlterTableStmt:
        study_alter_table_before(study, (const AlterTableStmt *)node);
        return;
    case T_CreateStmt:
        study_create_table(study, (const CreateStmt *)node);
        return;
    case T_CreateForeignTableStmt:
        study_create_table(study,
                           &((const CreateForeignTableStmt *)node)->base);
        return;
    case T_IndexStmt:
        study_create_index(study, (const IndexStmt *)node);
        return;
    case T_CreateTrigStmt:
        study_create_trigger(study, (const CreateTrigStmt *)node);
        return;
    case T_DropStmt: study_drop(study, (const DropStmt *)node); return;
    case T_RenameStmt: study_rename(study, (const RenameStmt *)node); return;
    case T_TruncateStmt:
        study_truncate(study, (const TruncateStmt *)node);
        return;
    case T_VacuumStmt:
    case T_ClusterStmt:
    case T_ReindexStmt:
    case T_RefreshMatViewStmt: study_maintenance(study, node); return;
    case T_AlterDomainStmt:
        study_domain(study, (const AlterDomainStmt *)node);
        return;
    default: study_other(study, node); return;
    }
}

/* On the schema after the statement; study->watch says what changed. */
static void look_after(struct study *study)
{
    const Node *node = study->statement->tree;

    study_note_made(study);
    study_changes(study);
    if (nodeTag(node) == T_AlterTableStmt)
        study_alter_table_after(study, (const AlterTableStmt *)node);
    study_finish_phases(study);
}

static void carry_out(struct study *study)
{
    struct schema *schema = study->schema;
    struct replay_failure failure;

    schema->watch = &study->watch;
    failure = (struct replay_failure){0};
    study->effects.is_understood =
        replay_try(schema, study->source, study->statement, &failure);
    schema->watch = NULL;
    study->effects.taken = study->watch.taken;
    study->effects.renamed = study->watch.renamed;
    if (failure.message)
        study_fail(study, "%s", failure.message);
    else
        look_after(study);
}

static int compare_work(const void *a, const void *b)
{
    const struct work *one = a, *other = b;

    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return effects_compare_names(one->schema, one->name, other->schema,
                                 other->name);
}

static void finish(struct study *study)
{
    struct effects *effects = &study->effects;

    if (effects->fails) {
        effects->locks.count = 0;
        effects->work.count = 0;
        effects->causes.count = 0;
        effects->new_checks.count = 0;
    }
    /* Names are those before the statement, which may change them. */
    for (size_t i = 0; i < effects->locks.count; i++) {
        struct lock *lock = &effects->locks.items[i];

        if (!lock->relation)
            continue;
        lock->schema = lock->relation->namespace->name;
        lock->name = lock->relation->name;
    }
    if (effects->locks.count > 1)
        qsort(effects->locks.items, effects->locks.count,
              sizeof *effects->locks.items, effects_compare_locks);
    if (effects->work.count > 1)
        qsort(effects->work.items, effects->work.count,
              sizeof *effects->work.items, compare_work);
}

struct effects locks_of(struct arena *arena, struct schema *schema,
                        struct source *source,
                        const struct statement *statement,
                        const struct locks_context *context)
{
    struct study study = {
        .arena = arena,
        .schema = schema,
        .version = schema->postgres_version,
        .source = source,
        .statement = statement,
        .watch = {.arena = arena},
    };
    size_t savepoint;

    if (!statement->tree) {
        study.effects.fails = statement->error;
        return study.effects;
    }
    if (nodeTag(statement->tree) == T_TransactionStmt)
        return study.effects;
    if (nodeTag(statement->tree) == T_DoStmt) {
        study_do(&study, (const DoStmt *)statement->tree, context);
        return study.effects;
    }
    if (is_refused(&study, context))
        return study.effects;
    savepoint = replay_save_for_try(schema);
    look_before(&study);
    if (!study.effects.fails)
        carry_out(&study);
    replay_restore_after_try(schema, savepoint);
    finish(&study);
    if (study.parser)
        parser_free(study.parser);
    return study.effects;
}
