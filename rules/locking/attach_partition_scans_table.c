/*
 * attach-partition-scans-table: ATTACH PARTITION reads the rows of the table that
 * is attached, or of the default partition, under ACCESS EXCLUSIVE. Sees every
 * ALTER TABLE with the schema before it.
 *
 * What is read, and which CHECKs prove that nothing need be, locks/ knows.
 */
#include "lint/partition_advice.h"
#include "sql/commands.h"

#include <string.h>

/* An ATTACH PARTITION. */
struct attachment {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    const PartitionCmd *command;
    struct qualified_name parent_name;
    struct qualified_name child_name;
    const struct table *parent; /* null: not known */
    bool is_child_read;
    const struct table *read_default; /* null if none is read */
    struct span words;
};

/* A table that is not known is there, and has rows. */
static bool is_child_read(struct check *check,
                          const struct attachment *attachment)
{
    const struct relation *child =
        schema_find_relation(check->schema, attachment->child_name);
    const struct work_array *all = &check_effects(check)->work;

    if (child != NULL && relation_is_new(check->schema, child))
        return false;
    for (size_t i = 0; i < all->count; i++) {
        const struct work *work = &all->items[i];

        if (work->kind == WORK_SCAN &&
            (child != NULL
                 ? held_root(work->on) == held_root(child)
                 : strcmp(work->name, attachment->child_name.name) == 0))
            return true;
    }
    return false;
}

static const char *message_text(struct check *check,
                                const struct attachment *attachment)
{
    const char *child = advice_name(check, attachment->child_name);
    const char *other =
        attachment->read_default != NULL
            ? advice_relation_name(check, &attachment->read_default->relation)
            : NULL;

    if (other == NULL)
        return check_format(check,
                            "ATTACH PARTITION blocks reads and writes of %s "
                            "while every row of it is read, to see that it "
                            "belongs there",
                            child);
    return check_format(
        check,
        "ATTACH PARTITION blocks reads and writes of the default partition %s "
        "while every row of it%s is read, to see where it belongs",
        other,
        attachment->is_child_read ? check_format(check, " and of %s", child)
                                  : "");
}

/* The proofs that are missing; how many. */
static size_t find_proofs(struct check *check,
                          const struct attachment *attachment,
                          struct partition_proof proofs[2])
{
    const PartitionBoundSpec *bound = attachment->command->bound;
    size_t count = 0;

    if (attachment->is_child_read)
        proofs[count++] = partition_advice_of_new(
            check, attachment->parent, bound, attachment->child_name);
    if (attachment->read_default != NULL)
        proofs[count++] = partition_advice_of_default(
            check, attachment->parent, bound, attachment->read_default);
    return count;
}

/* What belongs into the CHECK cannot be written: the key is not known, or it
 * is the default partition. */
static const char *short_help(struct check *check,
                              const struct attachment *attachment)
{
    const char *table = check_quote_name(check, attachment->child_name);

    if (attachment->command->bound->is_default)
        return check_format(check,
                            "-- while %s has few rows, and before it:\n%s",
                            advice_name(check, attachment->child_name),
                            lock_advice_set_timeout(check, TIMEOUT_LOCK));
    return check_format(
        check,
        "-- first a CHECK that says what the bound says, each column of the "
        "key IS NOT NULL included:\n"
        "ALTER TABLE %s ADD CONSTRAINT %s CHECK (...) NOT VALID;\n"
        "-- in a transaction of its own:\n"
        "ALTER TABLE %s VALIDATE CONSTRAINT %s;",
        table,
        check_quote(check,
                    advice_object_name(check, attachment->child_name.name, NULL,
                                       "bound")),
        table,
        check_quote(check,
                    advice_object_name(check, attachment->child_name.name, NULL,
                                       "bound")));
}

static const char *help_text(struct check *check,
                             const struct attachment *attachment)
{
    struct partition_proof proofs[2];
    size_t count = find_proofs(check, attachment, proofs);
    struct buffer help;

    for (size_t i = 0; i < count; i++)
        if (proofs[i].condition == NULL)
            return short_help(check, attachment);
    buffer_init(&help, check->arena);
    partition_advice_add(check, &help, proofs, count);
    advice_add_later(check, &help);
    partition_advice_validate(check, &help, proofs, count);
    buffer_add_format(
        &help, "%s\n",
        check_rewrite(check, (struct span){check->statement->offset, 0}, ""));
    partition_advice_drop(check, &help, proofs, count);
    return advice_text(&help);
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct attachment attachment = {
        .alter = alter,
        .action = linitial(alter->cmds),
    };
    struct command_words words;

    /* It is never one of several sub-commands. */
    attachment.command = node_as(PartitionCmd, attachment.action->def);
    if (attachment.action->subtype != AT_AttachPartition ||
        alter->objtype != OBJECT_TABLE || attachment.command == NULL ||
        attachment.command->bound == NULL || check->is_in_body)
        return;
    attachment.parent_name = name_from_range_var(alter->relation);
    attachment.child_name = name_from_range_var(attachment.command->name);
    attachment.parent =
        schema_find_table(check->schema, attachment.parent_name);
    attachment.is_child_read = is_child_read(check, &attachment);
    if (attachment.parent != NULL)
        attachment.read_default =
            partition_advice_scanned_default(check, attachment.parent);
    if (!attachment.is_child_read && attachment.read_default == NULL)
        return;
    words = command_words_of(check->text, check->statement, alter->relation);
    if (!command_words_next(&words, &attachment.words))
        attachment.words = words_of_statement(check->statement);
    check_report(check, attachment.words, attachment.action,
                 message_text(check, &attachment),
                 help_text(check, &attachment));
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_attach_partition_scans_table = {
    .id = "attach-partition-scans-table",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "ATTACH PARTITION reads a whole table under an exclusive lock",
    .rationale =
        "Before a table becomes a partition, the server reads every row of it, "
        "to see that all lie in the bound, and holds ACCESS EXCLUSIVE on it "
        "meanwhile. (The partitioned table itself is only locked in SHARE "
        "UPDATE EXCLUSIVE: its other partitions can be read and written.) If "
        "there is a default partition, that is locked in the same way and read "
        "too: it could have rows of the new bound.\n\n"
        "The server takes a CHECK constraint's word for it, if it is validated "
        "and implies the bound: that each column of the key is not null, and "
        "within its limits; for the default partition, that none of its rows "
        "is. Add the CHECK NOT VALID, which looks at no row, VALIDATE it in a "
        "later migration, which reads the table while everyone reads and "
        "writes, then attach. After that the CHECK can go.\n\n"
        "The rule is silent for a table that the same migration creates. "
        "Ignore it where the table is used by nobody before it is attached and "
        "there is no default partition.",
    .ignore_when = "The table to attach is small, or nobody uses it and the "
                   "parent's default partition while the migration runs.",
    .setup = "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\n"
             "CREATE TABLE events_2024 (at date NOT NULL);\n"
             "CREATE TABLE events_2025 (at date NOT NULL);",
    .bad = "ALTER TABLE events ATTACH PARTITION events_2024\n"
           "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    .good = "ALTER TABLE events_2025 ADD CONSTRAINT events_2025_bound\n"
            "    CHECK (at IS NOT NULL AND at >= '2025-01-01' AND\n"
            "           at < '2026-01-01') NOT VALID;\n"
            "ALTER TABLE events_2025 VALIDATE CONSTRAINT events_2025_bound;\n"
            "ALTER TABLE events ATTACH PARTITION events_2025\n"
            "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n"
            "ALTER TABLE events_2025 DROP CONSTRAINT events_2025_bound;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
