/*
 * ALTER TABLE's sub-commands on triggers and rules, on how a table is stored,
 * and those that only name an index.
 *
 * Facts: src/backend/commands/trigger.c (EnableDisableTrigger),
 * src/backend/rewrite/rewriteDefine.c (EnableDisableRule),
 * src/backend/commands/tablecmds.c (ATPrepChangePersistence,
 * ATExecClusterOn, ATExecReplicaIdentity).
 */
#include "replay/lookup.h"

#include <string.h>

/* A trigger and its clones on partitions. */
static void set_enabled(struct schema *schema, struct trigger *trigger,
                        char enabled, const struct table_array *targets)
{
    SET(schema, trigger->enabled, enabled);
    for (size_t i = 1; i < targets->count; i++) {
        const struct trigger_array *own = &targets->items[i]->triggers;

        if (!model_spend(schema, own->count))
            return;
        for (size_t j = 0; j < own->count; j++) {
            const struct trigger *whole = own->items[j]->inherited_from;

            while (whole && whole != trigger)
                whole = whole->inherited_from;
            if (whole && !own->items[j]->object.is_dropped)
                SET(schema, own->items[j]->enabled, enabled);
        }
    }
}

bool alter_set_trigger(const struct alter *alter, const AlterTableCmd *command,
                       char enabled)
{
    struct schema *schema = alter->replay->schema;
    struct table_array targets = alter_heirs(alter);
    const struct trigger_array *triggers = &alter->table->triggers;
    struct trigger *trigger;

    if (!command->name) { /* ALL, USER */
        for (size_t i = 0; i < triggers->count; i++) {
            if (!triggers->items[i]->object.is_dropped)
                set_enabled(schema, triggers->items[i], enabled, &targets);
        }
        return true;
    }
    trigger = lookup_trigger(alter->table, command->name);
    if (!trigger)
        return !alter->table->is_complete ||
               replay_fail(alter->replay, "42704",
                           "trigger \"%s\" for table \"%s\" does not exist",
                           command->name, alter->table->relation.name);
    set_enabled(schema, trigger, enabled, &targets);
    return true;
}

bool alter_set_rule(const struct alter *alter, const AlterTableCmd *command,
                    char enabled)
{
    struct rewrite_rule *rule = lookup_rule(alter->table, command->name);

    if (!rule)
        return !alter->table->is_complete ||
               replay_fail(alter->replay, "42704",
                           "rule \"%s\" for relation \"%s\" does not exist",
                           command->name, alter->table->relation.name);
    SET(alter->replay->schema, rule->enabled, enabled);
    return true;
}

/* A permanent table may not reference an unlogged one. */
static bool check_references(const struct alter *alter, bool is_unlogged)
{
    const struct table *table = alter->table;

    for (size_t i = 0; is_unlogged && i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped && key->table != table &&
            !key->table->relation.is_unlogged)
            return replay_fail(alter->replay, "42P16",
                               "could not change table \"%s\" to unlogged "
                               "because it references logged table \"%s\"",
                               table->relation.name, key->table->relation.name);
    }
    for (size_t i = 0; !is_unlogged && i < table->constraints.count; i++) {
        const struct constraint *key = table->constraints.items[i];

        if (!key->object.is_dropped && key->referenced &&
            key->referenced != table && key->referenced->relation.is_unlogged)
            return replay_fail(alter->replay, "42P16",
                               "could not change table \"%s\" to logged "
                               "because it references unlogged table \"%s\"",
                               table->relation.name,
                               key->referenced->relation.name);
    }
    return true;
}

bool alter_prepare_logged(const struct alter *alter, bool is_unlogged)
{
    const struct table *table = alter->table;

    if (table->relation.is_temporary)
        return replay_fail(alter->replay, "42P16",
                           "cannot change logged status of table \"%s\" "
                           "because it is temporary",
                           table->relation.name);
    return table->relation.is_unlogged == is_unlogged ||
           check_references(alter, is_unlogged);
}

/* The table, its indexes and, from 15 on, its sequences. */
bool alter_set_logged(const struct alter *alter, bool is_unlogged)
{
    struct schema *schema = alter->replay->schema;
    struct table *table = alter->table;

    if (table->relation.is_unlogged == is_unlogged ||
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        return true;
    SET(schema, table->relation.is_unlogged, is_unlogged);
    for (size_t i = 0; i < table->indexes.count; i++)
        SET(schema, table->indexes.items[i]->relation.is_unlogged, is_unlogged);
    for (size_t i = 0;
         schema->postgres_version >= 15 && i < table->sequences.count; i++) {
        if (table->sequences.items[i]->owned_by)
            SET(schema, table->sequences.items[i]->relation.is_unlogged,
                is_unlogged);
    }
    return true;
}

/* Null, told, if it is not the table's. */
static struct index *find_index(const struct alter *alter, const char *name)
{
    const struct relation *table = &alter->table->relation;
    struct relation *relation =
        model_relation_in(alter->replay->schema, table->namespace, name);
    struct index *index = relation_as_index(relation);

    if (index && index->table == alter->table)
        return index;
    if (relation)
        replay_fail(alter->replay, "42809",
                    "\"%s\" is not an index for table \"%s\"", name,
                    table->name);
    else if (alter->table->is_complete)
        replay_fail(alter->replay, "42704",
                    "index \"%s\" for table \"%s\" does not exist", name,
                    table->name);
    return NULL;
}

/* CLUSTER ON. */
bool alter_name_index(const struct alter *alter, const AlterTableCmd *command)
{
    const struct index *index = find_index(alter, command->name);

    if (!index)
        return !alter->table->is_complete;
    if (index->predicate)
        return replay_fail(alter->replay, "0A000",
                           "cannot cluster on partial index \"%s\"",
                           command->name);
    if (strcmp(index->method, "btree") != 0 &&
        strcmp(index->method, "gist") != 0)
        return replay_fail(alter->replay, "0A000",
                           "cannot cluster on index \"%s\" because access "
                           "method does not support clustering",
                           command->name);
    if (!index->is_valid)
        return replay_fail(alter->replay, "0A000",
                           "cannot cluster on invalid index \"%s\"",
                           command->name);
    return alter->table->relation.kind != RELATION_PARTITIONED_TABLE ||
           replay_fail(alter->replay, "0A000",
                       "cannot mark index clustered in partitioned table");
}

bool replay_index_has_column(const struct index *index,
                             const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column == column)
            return true;
    }
    return false;
}

static bool fail_identity(const struct alter *alter, const char *format,
                          const char *name)
{
    return replay_fail(alter->replay, "42809", format, name);
}

static bool check_identity(const struct alter *alter, const struct index *index)
{
    const char *name = index->relation.name;

    if (!index->is_unique)
        return fail_identity(
            alter, "cannot use non-unique index \"%s\" as replica identity",
            name);
    if (index->constraint && index->constraint->is_deferrable)
        return replay_fail(
            alter->replay, "0A000",
            "cannot use non-immediate index \"%s\" as replica identity", name);
    for (size_t i = 0; i < index->column_count; i++) {
        if (!index->columns[i].column)
            return replay_fail(
                alter->replay, "0A000",
                "cannot use expression index \"%s\" as replica identity", name);
    }
    if (index->predicate)
        return replay_fail(
            alter->replay, "0A000",
            "cannot use partial index \"%s\" as replica identity", name);
    for (size_t i = 0; i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;

        if (column->is_nullable)
            return replay_fail(alter->replay, "42809",
                               "index \"%s\" cannot be used as replica "
                               "identity because column \"%s\" is nullable",
                               name, column->name);
    }
    return true;
}

bool alter_replica_identity(const struct alter *alter,
                            const AlterTableCmd *command)
{
    const ReplicaIdentityStmt *identity =
        node_as(ReplicaIdentityStmt, command->def);
    struct schema *schema = alter->replay->schema;
    struct index *index;

    if (!identity)
        return false;
    if (identity->identity_type != REPLICA_IDENTITY_INDEX) {
        SET(schema, alter->table->replica_identity, NULL);
        return true;
    }
    index = find_index(alter, identity->name);
    if (!index)
        return !alter->table->is_complete;
    if (!check_identity(alter, index))
        return false;
    SET(schema, alter->table->replica_identity, index);
    return true;
}
