/*
 * detach-partition-blocks-reads: DETACH PARTITION without CONCURRENTLY, which
 * PostgreSQL has from 14 on. Sees every ALTER TABLE with the schema before it.
 */
#include "lint/partition_advice.h"
#include "sql/commands.h"

/* default_partition: a table that has one refuses CONCURRENTLY. */
static const char *help_text(struct check *check, const AlterTableStmt *alter,
                             const PartitionCmd *command,
                             const struct table *default_partition)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (default_partition != NULL) {
        buffer_add_format(
            &help,
            "%s\n-- before it, so that nobody waits for long: "
            "CONCURRENTLY is refused while %s is the default partition",
            lock_advice_set_timeout(check, TIMEOUT_LOCK),
            advice_relation_name(check, &default_partition->relation));
        return buffer_text(&help);
    }
    buffer_add_format(
        &help, "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY;",
        check_quote_name(check, name_from_range_var(alter->relation)),
        check_quote_name(check, name_from_range_var(command->name)));
    advice_add_outside_transaction(check, &help, false);
    return buffer_text(&help);
}

static void judge(struct check *check, const AlterTableStmt *alter,
                  const AlterTableCmd *action, struct span words)
{
    const PartitionCmd *command = node_as(PartitionCmd, action->def);
    struct qualified_name parent = name_from_range_var(alter->relation);
    struct qualified_name partition = name_from_range_var(command->name);
    const struct table *table = schema_find_table(check->schema, parent);
    const struct table *other =
        table != NULL ? table_default_partition(table) : NULL;
    struct finding *finding;

    finding = check_report(
        check, words, action,
        check_format(check,
                     "DETACH PARTITION locks all of %s, not only %s, against "
                     "reads and writes%s",
                     advice_name(check, parent), advice_name(check, partition),
                     check->transaction_kind == TRANSACTION_NONE
                         ? ", and every query waits while it waits for that"
                         : " until the transaction ends"),
        help_text(check, alter, command, other));
    if (other != NULL)
        finding_lower(finding, SEVERITY_INFO);
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const AlterTableCmd *action = linitial(alter->cmds);
    const PartitionCmd *command = node_as(PartitionCmd, action->def);
    struct command_words words;
    struct span span;

    /* It is never one of several sub-commands. */
    if (action->subtype != AT_DetachPartition || command == NULL ||
        command->concurrent || !check_alters_existing(check, alter))
        return;
    words = command_words_of(check->text, check->statement, alter->relation);
    if (!command_words_next(&words, &span))
        span = words_of_statement(check->statement);
    judge(check, alter, action, span);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_detach_partition_blocks_reads = {
    .id = "detach-partition-blocks-reads",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "DETACH PARTITION without CONCURRENTLY blocks reads",
    .rationale =
        "DETACH PARTITION takes ACCESS EXCLUSIVE on the partitioned table and "
        "on the partition. No row is read, but the lock must be waited for: "
        "while it queues behind the longest query on any partition, every "
        "other query on the whole table queues behind it.\n\n"
        "From PostgreSQL 14 on, DETACH PARTITION ... CONCURRENTLY takes SHARE "
        "UPDATE EXCLUSIVE instead, waits for old transactions without making "
        "others wait, and leaves the partition with a CHECK constraint that "
        "repeats its bound. It cannot run inside a transaction (tell the "
        "migration tool so), and if it is interrupted, DETACH PARTITION ... "
        "FINALIZE completes it. While the table has a default partition the "
        "server refuses it: there lock_timeout must do, and this is for "
        "information only.\n\n"
        "A partitioned table that the same migration creates is locked "
        "against nobody.",
    .ignore_when =
        "Queries on the partitioned table are short, so that the lock "
        "is got and given back in a moment; a lock_timeout makes sure "
        "of that.",
    .setup = "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\n"
             "CREATE TABLE events_2024 PARTITION OF events\n"
             "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n"
             "CREATE TABLE events_2025 PARTITION OF events\n"
             "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .bad = "ALTER TABLE events DETACH PARTITION events_2024;",
    .good = "ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;",
    .claim = CLAIM_ACCEPTED,
    .version_min = 14,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
