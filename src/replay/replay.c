/*
 * Carries out statements on the schema: which function is for which kind. What
 * the session has set is in session.c, transactions in transaction.c.
 * Everything a statement does is undone when it turns out to be one that the
 * server would refuse or that we do not understand.
 */
#include "replay/context.h"

#include "replay/existence.h"
#include "replay/function.h"
#include "replay/maintenance.h"
#include "replay/objects.h"
#include "replay/other.h"
#include "replay/privilege.h"
#include "replay/session.h"
#include "replay/system_catalog.h"
#include "replay/types.h"
#include "replay/uncommitted.h"
#include "sql/lexer.h"
#include "sql/scan.h"

#include <string.h>

bool replay_node(struct replay *replay, const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateStmt:
        return replay_create_table(replay, (const CreateStmt *)node, false);
    case T_CreateForeignTableStmt:
        return replay_create_table(
                   replay, &((const CreateForeignTableStmt *)node)->base,
                   true) &&
               other_note_server(replay, (const CreateForeignTableStmt *)node);
    case T_CreateTableAsStmt:
        return replay_create_table_as(replay, (const CreateTableAsStmt *)node);
    case T_ViewStmt: return replay_create_view(replay, (const ViewStmt *)node);
    case T_AlterTableStmt:
        return replay_alter_table(replay, (const AlterTableStmt *)node);
    case T_IndexStmt:
        return replay_create_index(replay, (const IndexStmt *)node);
    case T_DropStmt: return replay_drop(replay, (const DropStmt *)node);
    case T_RenameStmt: return replay_rename(replay, (const RenameStmt *)node);
    case T_AlterObjectSchemaStmt:
        return replay_set_schema(replay, (const AlterObjectSchemaStmt *)node);
    case T_CreateSchemaStmt:
        return replay_create_schema(replay, (const CreateSchemaStmt *)node);
    case T_CreateExtensionStmt:
        return replay_create_extension(replay,
                                       (const CreateExtensionStmt *)node);
    case T_CreateSeqStmt:
        return replay_create_sequence(replay, (const CreateSeqStmt *)node);
    case T_AlterSeqStmt:
        return replay_alter_sequence(replay, (const AlterSeqStmt *)node);
    case T_CreateEnumStmt:
        return replay_create_enum(replay, (const CreateEnumStmt *)node);
    case T_CreateDomainStmt:
        return replay_create_domain(replay, (const CreateDomainStmt *)node);
    case T_AlterDomainStmt:
        return replay_alter_domain(replay, (const AlterDomainStmt *)node);
    case T_CompositeTypeStmt:
        return replay_create_composite(replay, (const CompositeTypeStmt *)node);
    case T_CreateRangeStmt:
        return replay_create_range(replay, (const CreateRangeStmt *)node);
    case T_CreateFunctionStmt:
        return function_create(replay, (const CreateFunctionStmt *)node);
    case T_AlterFunctionStmt:
        return function_alter(replay, (const AlterFunctionStmt *)node);
    case T_CreateTrigStmt:
        return trigger_create(replay, (const CreateTrigStmt *)node);
    case T_CreatePolicyStmt:
        return policy_create(replay, (const CreatePolicyStmt *)node);
    case T_AlterPolicyStmt:
        return policy_alter(replay, (const AlterPolicyStmt *)node);
    case T_RuleStmt: return rewrite_rule_create(replay, (const RuleStmt *)node);
    case T_CreateStatsStmt:
        return statistics_create(replay, (const CreateStatsStmt *)node);
    case T_TruncateStmt:
        return maintenance_truncate(replay, (const TruncateStmt *)node);
    case T_RefreshMatViewStmt:
        return maintenance_refresh(replay, (const RefreshMatViewStmt *)node);
    case T_CommentStmt:
        return existence_of_comment(replay, (const CommentStmt *)node);
    case T_AlterOwnerStmt:
        return existence_of_owner(replay, (const AlterOwnerStmt *)node);
    case T_GrantStmt: return privilege_grant(replay, (const GrantStmt *)node);
    case T_AlterDefaultPrivilegesStmt:
        return privilege_alter_default(
            replay, (const AlterDefaultPrivilegesStmt *)node);
    case T_AlterEnumStmt:
        return enum_alter(replay, (const AlterEnumStmt *)node);
    case T_AlterExtensionStmt:
        return extension_alter(replay, (const AlterExtensionStmt *)node);
    case T_AlterExtensionContentsStmt:
        return extension_alter_contents(
            replay, (const AlterExtensionContentsStmt *)node);
    case T_DefineStmt:
        if (((const DefineStmt *)node)->kind == OBJECT_OPERATOR)
            SET(replay->schema, replay->schema->has_unknown_objects, true);
        if (((const DefineStmt *)node)->kind == OBJECT_AGGREGATE)
            return function_create_aggregate(replay, (const DefineStmt *)node);
        return replay_define_type(replay, (const DefineStmt *)node) &&
               other_define(replay, (const DefineStmt *)node);
    case T_CreateCastStmt:
        SET(replay->schema, replay->schema->has_unknown_objects, true);
        return other_create(replay, node);
    case T_VariableSetStmt:
        return session_set(replay, (const VariableSetStmt *)node);
    case T_SelectStmt: return session_select(replay, (const SelectStmt *)node);
    case T_InsertStmt:
    case T_UpdateStmt:
        return replay_check_query(replay, node) &&
               uncommitted_write(replay, node);
    case T_DeleteStmt:
    case T_MergeStmt: return replay_check_query(replay, node);
    case T_DiscardStmt:
        return session_discard(replay, (const DiscardStmt *)node);
    case T_DoStmt: return replay_do(replay, (const DoStmt *)node);
    case T_DropOwnedStmt: replay->is_opaque = true; return true;
    case T_CallStmt: replay_note_calls(replay, node); return true;
    default: return other_create(replay, node);
    }
}

/* So that a statement need not journal that tables of names grow: that is
 * every name that there is. */
static void make_room(struct schema *schema)
{
    struct name_table *tables[] = {&schema->relations, &schema->constraints,
                                   &schema->constraint_names};

    if (schema->journal.entries.count > 0)
        return;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        name_table_make_room(tables[i], &schema->arena);
}

bool replay_fail(struct replay *replay, const char *sqlstate,
                 const char *format, ...)
{
    struct replay_failure *failure = replay->failure;
    va_list arguments;

    if (!failure || failure->message)
        return false;
    va_start(arguments, format);
    failure->message =
        arena_vformat(&replay->schema->scratch, format, arguments);
    va_end(arguments);
    memcpy(failure->sqlstate, sqlstate, sizeof failure->sqlstate);
    return false;
}

struct table *replay_mention(struct replay *replay, const RangeVar *name,
                             bool is_doubtful)
{
    return replay_mention_named(replay, name_from_range_var(name), is_doubtful);
}

struct table *replay_mention_named(struct replay *replay,
                                   struct qualified_name full, bool is_doubtful)
{
    struct schema *schema = replay->schema;
    struct relation *relation = model_find_relation(schema, full);

    if (relation)
        return model_mention_relation(schema, relation, is_doubtful);
    if (system_has_relation(replay, full)) {
        system_allows(replay, full);
        return NULL;
    }
    if (!replay_knows_all(replay) && !model_is_gone_relation(schema, full))
        return model_mention_table(schema, full, is_doubtful);
    if (full.schema && !model_find_namespace(schema, full.schema))
        replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                    full.schema);
    else if (full.schema)
        replay_fail(replay, "42P01", "relation \"%s.%s\" does not exist",
                    full.schema, full.name);
    else
        replay_fail(replay, "42P01", "relation \"%s\" does not exist",
                    full.name);
    return NULL;
}

struct namespace *replay_namespace(struct replay *replay, const char *name)
{
    const struct schema *schema = replay->schema;

    if (!replay_knows_all(replay) ||
        (name && model_find_namespace(schema, name)))
        return model_namespace_for(replay->schema, name);
    if (name) {
        replay_fail(replay, "3F000", "schema \"%s\" does not exist", name);
        return NULL;
    }
    if (!model_first_namespace(schema)) {
        replay_fail(replay, "3F000",
                    "no schema has been selected to create in");
        return NULL;
    }
    return model_namespace_for(replay->schema, NULL);
}

static bool adds_conditionally(const AlterTableStmt *alter)
{
    const ListCell *cell;

    foreach (cell, alter->cmds) {
        const AlterTableCmd *command = lfirst(cell);

        if (command->subtype == AT_AddColumn && command->missing_ok)
            return true;
    }
    return false;
}

/* What it makes may have been there before the history began. */
static bool is_conditional(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_CreateStmt: return ((const CreateStmt *)tree)->if_not_exists;
    case T_CreateTableAsStmt:
        return ((const CreateTableAsStmt *)tree)->if_not_exists;
    case T_IndexStmt: return ((const IndexStmt *)tree)->if_not_exists;
    case T_CreateSchemaStmt:
        return ((const CreateSchemaStmt *)tree)->if_not_exists;
    case T_CreateExtensionStmt:
        return ((const CreateExtensionStmt *)tree)->if_not_exists;
    case T_CreateSeqStmt: return ((const CreateSeqStmt *)tree)->if_not_exists;
    case T_AlterTableStmt:
        return adds_conditionally((const AlterTableStmt *)tree);
    default: return false;
    }
}

/* Undone if it fails, or is not understood: then false. */
static bool carry_out(struct replay *replay, const Node *tree)
{
    struct schema *schema = replay->schema;
    size_t mark = journal_mark(&schema->journal, MARK_STATEMENT, NULL);
    bool is_done;

    schema->is_conditional = is_conditional(tree);
    is_done = replay_node(replay, tree);
    schema->is_conditional = false;
    if (!is_done)
        replay_undo(schema, mark);
    journal_keep(&schema->journal, mark);
    return is_done;
}

static void note_outcome(const struct replay *replay, bool is_done)
{
    if (!is_done || replay->is_opaque)
        replay->schema->doubts++;
}

bool replay_inner(struct schema *schema, struct source *source,
                  const struct statement *statement,
                  struct replay_failure *failure)
{
    struct replay replay = {
        .failure = failure,
        .schema = schema,
        .source = source,
        .text =
            slice_part(source->text, 0, statement->offset + statement->length),
        .statement = statement,
    };

    if (replay_allows_now(&replay, statement->tree))
        note_outcome(&replay, carry_out(&replay, statement->tree));
    return replay.is_opaque;
}

/* The statement leaves the schema as it is, whatever its names are. */
static bool is_query(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_SelectStmt: return !((const SelectStmt *)tree)->intoClause;
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt: return true;
    default: return false;
    }
}

/* What the statement did when it was tried, and nothing has changed since. */
static bool repeat(struct replay *replay)
{
    struct schema *schema = replay->schema;
    const struct trial trial = schema->trial;

    schema->trial = (struct trial){0};
    if (trial.statement != replay->statement ||
        !journal_do_again(&schema->journal))
        return false;
    schema->removals++;
    replay->is_opaque = trial.is_opaque;
    note_outcome(replay, true);
    return true;
}

/* True if it may have done more than we know. */
static bool run_one(struct schema *schema, struct source *source,
                    const struct statement *statement,
                    const struct do_watcher *watcher,
                    struct replay_failure *failure)
{
    struct replay_failure unasked = {0};
    struct replay replay = {
        .failure = failure ? failure : &unasked,
        .schema = schema,
        .source = source,
        .text =
            slice_part(source->text, 0, statement->offset + statement->length),
        .statement = statement,
        .watcher = watcher,
    };
    const Node *tree = statement->tree;
    bool is_done;

    if (!replay_allows_now(&replay, tree)) {
        note_outcome(&replay, false);
        replay_abort(&replay);
        return false;
    }
    if (nodeTag(tree) == T_TransactionStmt) {
        is_done = replay_transaction(&replay, (const TransactionStmt *)tree);
        note_outcome(&replay, is_done);
        if (!is_done)
            replay_abort(&replay);
        return false;
    }
    if (repeat(&replay))
        return replay.is_opaque;
    make_room(schema);
    is_done = carry_out(&replay, tree);
    /* Nobody knows which names and values it will have. */
    if (statement->is_filled) {
        note_outcome(&replay, is_query(tree));
        *replay.failure = (struct replay_failure){0};
        return replay.is_opaque || !is_query(tree);
    }
    note_outcome(&replay, is_done);
    if (replay.failure->message)
        replay_abort(&replay);
    return replay.is_opaque;
}

void replay_note_opaque(struct schema *schema)
{
    SET(schema, schema->is_complete, false);
    SET(schema, schema->is_opaque, true);
}

bool replay_is_certain(const struct schema *schema,
                       const struct replay_failure *failure)
{
    static const char *const structural[] = {"0A000", "42601", "42P16", "42P17",
                                             "55P04"};

    if (!schema->is_opaque)
        return true;
    for (size_t i = 0; i < sizeof structural / sizeof *structural; i++)
        if (strcmp(failure->sqlstate, structural[i]) == 0)
            return true;
    return false;
}

void replay_do_block(struct schema *schema, struct source *source,
                     const struct statement *statement,
                     const struct do_watcher *watcher,
                     struct replay_failure *failure)
{
    arena_clear(&schema->scratch);
    if (failure)
        *failure = (struct replay_failure){0};
    if (statement->kind == STATEMENT_PSQL_COMMAND ||
        (statement->kind == STATEMENT_SQL && statement->outcome != PARSE_DONE))
        schema->doubts++;
    if (statement->kind != STATEMENT_SQL)
        return;
    if (statement->outcome == PARSE_FAILED && schema->begins_empty) {
        replay_abort(&(struct replay){.schema = schema});
        return;
    }
    if (statement->outcome != PARSE_DONE || !statement->tree ||
        run_one(schema, source, statement, watcher, failure))
        replay_note_opaque(schema);
    replay_end_statement(schema);
}

void replay_statement(struct schema *schema, struct source *source,
                      const struct statement *statement,
                      struct replay_failure *failure)
{
    replay_do_block(schema, source, statement, NULL, failure);
}

static bool is_unchanged_since_mark(const struct schema *schema)
{
    const struct journal_mark_array *marks = &schema->journal.marks;

    return marks->count > 0 && marks->items[marks->count - 1].entry ==
                                   schema->journal.entries.count;
}

bool replay_try(struct schema *schema, struct source *source,
                const struct statement *statement,
                struct replay_failure *failure)
{
    struct replay replay = {
        .failure = failure,
        .schema = schema,
        .source = source,
        .text =
            slice_part(source->text, 0, statement->offset + statement->length),
        .statement = statement,
    };
    bool is_first;

    if (!replay_allows_now(&replay, statement->tree))
        return false;
    schema->trial = (struct trial){0};
    is_first = is_unchanged_since_mark(schema);
    if (carry_out(&replay, statement->tree)) {
        if (is_first && !statement->is_filled)
            schema->trial = (struct trial){statement, replay.is_opaque,
                                           schema->journal.entries.count};
        return true;
    }
    if (statement->is_filled)
        *failure = (struct replay_failure){0};
    return false;
}

size_t replay_save(struct schema *schema)
{
    return journal_mark(&schema->journal, MARK_SAVE, NULL);
}

bool replay_has_changed(const struct schema *schema, size_t savepoint)
{
    return journal_has_changed(&schema->journal, savepoint, schema,
                               sizeof *schema);
}

size_t replay_save_for_try(struct schema *schema)
{
    make_room(schema);
    schema->trial = (struct trial){0};
    return journal_mark(&schema->journal, MARK_TRY, NULL);
}

void replay_restore(struct schema *schema, size_t savepoint)
{
    replay_undo(schema, savepoint);
    journal_keep(&schema->journal, savepoint);
}

void replay_restore_after_try(struct schema *schema, size_t savepoint)
{
    if (schema->trial.entry_count != schema->journal.entries.count)
        schema->trial = (struct trial){0};
    schema->removals++;
    journal_take_back(&schema->journal, savepoint);
    journal_keep(&schema->journal, savepoint);
}

void replay_begin_section(struct schema *schema, bool is_in_transaction)
{
    schema->is_section_transaction = is_in_transaction;
}

void replay_reconnect(struct schema *schema)
{
    struct journal *journal = &schema->journal;
    size_t transaction = journal_find(journal, MARK_TRANSACTION, NULL);
    size_t count = journal->marks.count;

    if (transaction != JOURNAL_NO_MARK)
        replay_undo(schema, transaction);
    schema->is_aborted = false;
    uncommitted_forget(schema);
    /* Savepoints of the tool's transaction end with it. */
    while (count > 0 && journal->marks.items[count - 1].kind != MARK_SAVE)
        journal_keep(journal, --count);
    session_reset(schema);
    replay_drop_temporary(schema);
    arena_clear(&schema->scratch);
}

void replay_end_section(struct schema *schema)
{
    schema->is_section_transaction = false;
    replay_reconnect(schema);
}
