/*
 * trigger-blocks-writes: CREATE TRIGGER, ENABLE and DISABLE TRIGGER on a table
 * that others write to. Sees every such statement with the schema before it.
 *
 * What is locked, locks/ knows.
 */
#include "lint/lock_advice.h"
#include "sql/commands.h"

/* TRIGGER_TYPE_INSTEAD of pg_trigger.h: only views have such. */
#define TIMING_INSTEAD (1 << 6)

static const char *message_text(struct check *check, const char *what,
                                struct qualified_name table)
{
    const struct table *known = schema_find_table(check->schema, table);
    bool is_partitioned =
        known != NULL && known->relation.kind == RELATION_PARTITIONED_TABLE;

    return check_format(check,
                        "%s on %s%s waits for all writes under way, and new "
                        "ones wait behind it%s",
                        what, advice_name(check, table),
                        is_partitioned ? " and its partitions" : "",
                        check->transaction_kind == TRANSACTION_NONE
                            ? ""
                            : ", until the transaction ends");
}

static const char *help_text(struct check *check)
{
    return check_format(
        check, "%s\n%s%s", lock_advice_set_timeout(check, TIMEOUT_LOCK),
        check_rewrite(check, (struct span){check->statement->offset, 0}, ""),
        check->transaction_kind == TRANSACTION_NONE
            ? ""
            : "\n-- as the last statement of its transaction");
}

/* Null for a table that is not known: it is there, and used. */
static bool is_lock_felt(struct check *check, struct qualified_name name)
{
    const struct relation *relation = schema_find_relation(check->schema, name);

    if (relation == NULL)
        return true;
    return !relation_is_new(check->schema, relation) &&
           effects_lock_on(check_effects(check), relation) >= LOCK_SHARE;
}

/* On a view there are only INSTEAD OF triggers, and nobody's rows. */
static bool is_view(const struct check *check, struct qualified_name name)
{
    const struct table *table = schema_find_table(check->schema, name);

    return table != NULL && table->relation.kind == RELATION_VIEW;
}

static void check_create(struct check *check, const CreateTrigStmt *create)
{
    struct qualified_name name = name_from_range_var(create->relation);

    if (create->timing == TIMING_INSTEAD || is_view(check, name) ||
        !is_lock_felt(check, name))
        return;
    check_report(check, lock_advice_command(check), create,
                 message_text(check,
                              create->isconstraint ? "CREATE CONSTRAINT TRIGGER"
                                                   : "CREATE TRIGGER",
                              name),
                 help_text(check));
}

/* What the sub-command is called; null if it is none of those. */
static const char *find_command(const AlterTableCmd *action)
{
    switch (action->subtype) {
    case AT_EnableTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser: return "ENABLE TRIGGER";
    case AT_EnableAlwaysTrig: return "ENABLE ALWAYS TRIGGER";
    case AT_EnableReplicaTrig: return "ENABLE REPLICA TRIGGER";
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser: return "DISABLE TRIGGER";
    default: return NULL;
    }
}

/* Several in one statement have one lock: the first is told. */
static void check_alter(struct check *check, const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct command_words words =
        command_words_of(check->text, check->statement, alter->relation);
    struct span span;

    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (find_command(action) == NULL) {
            command_words_pass(&words);
            continue;
        }
        if (!command_words_next(&words, &span))
            span = words_of_statement(check->statement);
        if (check_alters_existing(check, alter) && is_lock_felt(check, name))
            check_report(check, span, action,
                         message_text(check, find_command(action), name),
                         help_text(check));
        return;
    }
}

static void check_node(struct check *check, const Node *node)
{
    if (check->is_in_body)
        return;
    if (nodeTag(node) == T_CreateTrigStmt)
        check_create(check, (const CreateTrigStmt *)node);
    else
        check_alter(check, (const AlterTableStmt *)node);
}

static const NodeTag tags[] = {T_CreateTrigStmt, T_AlterTableStmt, T_Invalid};

const struct rule rule_trigger_blocks_writes = {
    .id = "trigger-blocks-writes",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_OFF,
    .summary = "Making or switching a trigger blocks writes",
    .rationale =
        "CREATE TRIGGER and ALTER TABLE ... ENABLE or DISABLE TRIGGER take a "
        "SHARE ROW EXCLUSIVE lock on the table, and for row triggers on all "
        "partitions. Nothing is scanned, but the lock must be waited for: until "
        "the longest transaction that has written to the table ends, every new "
        "write queues behind it. Reads go on.\n\n"
        "There is no weaker way. Set lock_timeout, so that the wait is short "
        "and can be tried again, and let it be the last statement of its "
        "transaction, because the lock is kept to the end.\n\n"
        "A table that the same migration creates is locked against nobody.",
    .ignore_when =
        "Writing transactions on the table are short, so that the lock "
        "is got and given back in a moment; a lock_timeout makes sure "
        "of that.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "CREATE TRIGGER orders_no_change BEFORE UPDATE ON orders\n"
           "    FOR EACH ROW EXECUTE FUNCTION "
           "suppress_redundant_updates_trigger();",
    .good = "CREATE TABLE invoices (id bigint PRIMARY KEY);\n"
            "CREATE TRIGGER invoices_no_change BEFORE UPDATE ON invoices\n"
            "    FOR EACH ROW EXECUTE FUNCTION "
            "suppress_redundant_updates_trigger();",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
