/*
 * ALTER TABLE and its like on views, sequences and indexes: the lock that each
 * sub-command needs, how far down the inheritance tree it goes, and which
 * other relations it touches.
 *
 * Facts: tablecmds.c, AlterTableGetLockLevel(), ATPrepCmd(); testdata/locks.
 */
#include "locks/study.h"

#include <string.h>

static enum lock_mode mode_of_constraint(const Constraint *constraint)
{
    return constraint->contype == CONSTR_FOREIGN ? LOCK_SHARE_ROW_EXCLUSIVE
                                                 : LOCK_ACCESS_EXCLUSIVE;
}

static enum lock_mode mode_of_command(const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_AddConstraint:
        return mode_of_constraint((const Constraint *)command->def);
    case AT_EnableTrig:
    case AT_EnableAlwaysTrig:
    case AT_EnableReplicaTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser:
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser: return LOCK_SHARE_ROW_EXCLUSIVE;
    case AT_SetStatistics:
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_ClusterOn:
    case AT_DropCluster:
    case AT_AttachPartition:
    case AT_DetachPartitionFinalize:
    case AT_ValidateConstraint: return LOCK_SHARE_UPDATE_EXCLUSIVE;
    case AT_SetRelOptions:
    case AT_ResetRelOptions:
        return options_lock_mode((const List *)command->def);
    case AT_DetachPartition:
        return ((const PartitionCmd *)command->def)->concurrent
                   ? LOCK_SHARE_UPDATE_EXCLUSIVE
                   : LOCK_ACCESS_EXCLUSIVE;
    default: return LOCK_ACCESS_EXCLUSIVE;
    }
}

/* The strongest of its sub-commands' locks, which all of them get. */
static enum lock_mode mode_of(const AlterTableStmt *alter)
{
    enum lock_mode mode = LOCK_NONE;

    foreach_node (AlterTableCmd, command, alter->cmds) {
        enum lock_mode own = mode_of_command(command);

        if (own > mode)
            mode = own;
    }
    return mode;
}

/* FOREIGN KEY, REFERENCES: triggers are made on both tables. */
static void lock_referenced(struct study *study, const RangeVar *name)
{
    struct relation *relation =
        study_lock_name(study, name_from_range_var(name), RELATION_TABLE,
                        LOCK_SHARE_ROW_EXCLUSIVE);

    study_lock_tree(study, relation_as_table(relation),
                    LOCK_SHARE_ROW_EXCLUSIVE);
}

/* Of a table or column that is being made. */
void study_constraint(struct study *study, const Constraint *constraint)
{
    if (constraint->contype == CONSTR_FOREIGN && constraint->pktable)
        lock_referenced(study, constraint->pktable);
}

static void add_column(struct study *study, struct table *table,
                       const AlterTableCmd *command)
{
    const ColumnDef *definition = (const ColumnDef *)command->def;

    if (command->missing_ok && table_find_column(table, definition->colname))
        return;
    foreach_node (Constraint, constraint, definition->constraints)
        study_constraint(study, constraint);
}

static const struct index *find_index(struct table *table, const char *name)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (!index->relation.object.is_dropped &&
            strcmp(index->relation.name, name) == 0)
            return index;
    }
    return NULL;
}

static void lock_index(struct study *study, struct table *table,
                       const char *name, enum lock_mode mode)
{
    const struct index *index = name ? find_index(table, name) : NULL;

    if (index)
        study_lock(study, &index->relation, mode);
}

static void add_constraint(struct study *study, struct table *table,
                           const Constraint *constraint, bool is_recursive)
{
    study_constraint(study, constraint);
    if (constraint->contype == CONSTR_EXCLUSION && is_recursive)
        study_lock_partitions(study, table, LOCK_SHARE);
    lock_index(study, table, constraint->indexname,
               LOCK_SHARE_UPDATE_EXCLUSIVE);
}

/* The sequences behind an identity column. */
static void lock_identity(struct study *study, struct table *table,
                          const char *name, enum lock_mode mode)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped && sequence->is_identity &&
            sequence->owned_by && strcmp(sequence->owned_by->name, name) == 0)
            study_lock(study, &sequence->relation, mode);
    }
}

static void validate(struct study *study, struct table *table,
                     const AlterTableCmd *command)
{
    const struct constraint *constraint =
        model_find_constraint(study->schema, table, command->name);

    if (!constraint || constraint->type != CONSTRAINT_FOREIGN_KEY ||
        constraint->is_validated || !constraint->referenced)
        return;
    study_lock_table(study, constraint->referenced, LOCK_ROW_SHARE);
    study_lock_tree(study, constraint->referenced, LOCK_ACCESS_SHARE);
}

/* The table that a foreign key references; what else goes, the replay tells. */
static void drop_constraint(struct study *study, struct table *table,
                            const AlterTableCmd *command)
{
    const struct constraint *constraint =
        model_find_constraint(study->schema, table, command->name);

    if (constraint && constraint->type == CONSTRAINT_FOREIGN_KEY)
        study_lock_table(study, constraint->referenced, LOCK_ACCESS_EXCLUSIVE);
}

/* ENFORCED makes the triggers, NOT ENFORCED drops them. */
static void alter_constraint(struct study *study, struct table *table,
                             const AlterTableCmd *command)
{
    const ATAlterConstraint *change = node_as(ATAlterConstraint, command->def);
    const struct constraint *constraint =
        change ? model_find_constraint(study->schema, table, change->conname)
               : NULL;

    if (!constraint || !change->alterEnforceability ||
        constraint->is_enforced == change->is_enforced ||
        !constraint->referenced)
        return;
    study_lock_tree(study, constraint->referenced,
                    change->is_enforced ? LOCK_SHARE_ROW_EXCLUSIVE
                                        : LOCK_ACCESS_EXCLUSIVE);
}

static void lock_other(struct study *study, const Node *name,
                       enum lock_mode mode)
{
    const RangeVar *range = node_as(RangeVar, name);

    if (range)
        study_lock_name(study, name_from_range_var(range), RELATION_TABLE,
                        mode);
}

static void replica_identity(struct study *study, struct table *table,
                             const AlterTableCmd *command)
{
    const ReplicaIdentityStmt *identity =
        node_as(ReplicaIdentityStmt, command->def);

    if (identity)
        lock_index(study, table, identity->name, LOCK_SHARE);
}

/* What a sub-command locks beside the table and its tree; mode: that of the
 * whole statement. */
static void touch_others(struct study *study, struct table *table,
                         const AlterTableCmd *command, bool is_recursive,
                         enum lock_mode mode)
{
    switch (command->subtype) {
    case AT_AddColumn: add_column(study, table, command); return;
    case AT_AddConstraint:
        add_constraint(study, table, (const Constraint *)command->def,
                       is_recursive);
        return;
    case AT_SetIdentity:
        lock_identity(study, table, command->name, LOCK_SHARE_ROW_EXCLUSIVE);
        return;
    case AT_ValidateConstraint: validate(study, table, command); return;
    case AT_DropConstraint: drop_constraint(study, table, command); return;
    case AT_AlterConstraint: alter_constraint(study, table, command); return;
    case AT_AddInherit:
        lock_other(study, command->def, LOCK_SHARE_UPDATE_EXCLUSIVE);
        return;
    case AT_DropInherit:
        lock_other(study, command->def, LOCK_ACCESS_SHARE);
        return;
    case AT_ClusterOn: lock_index(study, table, command->name, mode); return;
    case AT_ReplicaIdentity: replica_identity(study, table, command); return;
    case AT_AttachPartition:
        study_attach_partition(study, table,
                               (const PartitionCmd *)command->def);
        return;
    case AT_DetachPartition:
        study_detach_partition(study, table,
                               (const PartitionCmd *)command->def);
        return;
    default: return;
    }
}

static void alter_table(struct study *study, const AlterTableStmt *alter,
                        struct table *table)
{
    enum lock_mode mode = mode_of(alter);

    study_lock_table(study, table, mode);
    foreach_node (AlterTableCmd, command, alter->cmds) {
        struct table_array targets =
            alter_targets(study, alter, table, command);

        for (size_t i = 1; i < targets.count; i++)
            study_lock_table(study, targets.items[i], mode);
        touch_others(study, table, command, alter->relation->inh, mode);
    }
    study_change_types(study, alter, table);
    study_alter_work(study, alter, table);
}

/* ALTER INDEX, and ALTER TABLE on one. */
static void alter_index(struct study *study, const AlterTableStmt *alter,
                        const struct index *index)
{
    foreach_node (AlterTableCmd, command, alter->cmds) {
        const PartitionCmd *partition = node_as(PartitionCmd, command->def);
        const struct index *other;

        if (command->subtype == AT_SetTableSpace && index->table &&
            table_has_rows(index->table))
            study_work(study, WORK_FILE_COPY, &index->relation,
                       &index->table->relation);
        if (command->subtype != AT_AttachPartition || !partition)
            continue;
        other = model_find_index(study->schema,
                                 name_from_range_var(partition->name));
        study_lock(study, &index->relation, LOCK_SHARE_UPDATE_EXCLUSIVE);
        study_lock_table(study, index->table, LOCK_ACCESS_SHARE);
        if (!other)
            return;
        study_lock(study, &other->relation, LOCK_ACCESS_EXCLUSIVE);
        study_lock_table(study, other->table, LOCK_ACCESS_SHARE);
        return;
    }
    study_lock(study, &index->relation, mode_of(alter));
}

/* The typed tables get the attribute too, if CASCADE says so. */
static void alter_composite(struct study *study, const AlterTableStmt *alter)
{
    const struct table_array *tables = schema_tables(study->schema);
    struct type *type =
        type_find_named(study->schema, name_from_range_var(alter->relation));

    for (size_t i = 0; type && i < tables->count; i++) {
        if (!model_spend(study->schema, 1))
            return;
        if (tables->items[i]->of_type == type)
            study_lock_table(study, tables->items[i], mode_of(alter));
    }
}

static enum relation_kind kind_of(ObjectType type)
{
    switch (type) {
    case OBJECT_VIEW: return RELATION_VIEW;
    case OBJECT_MATVIEW: return RELATION_MATERIALIZED_VIEW;
    case OBJECT_SEQUENCE: return RELATION_SEQUENCE;
    case OBJECT_INDEX: return RELATION_INDEX;
    case OBJECT_FOREIGN_TABLE: return RELATION_FOREIGN_TABLE;
    default: return RELATION_TABLE;
    }
}

void study_alter_table_before(struct study *study, const AlterTableStmt *alter)
{
    struct qualified_name name = name_from_range_var(alter->relation);
    struct relation *relation;

    if (alter->objtype == OBJECT_TYPE) {
        alter_composite(study, alter);
        return;
    }
    relation = model_find_relation(study->schema, name);
    if (!relation && alter->missing_ok)
        return;
    if (!relation)
        relation = study_lock_name(study, name, kind_of(alter->objtype),
                                   mode_of(alter));
    if (!relation)
        return;
    if (relation_as_index(relation))
        alter_index(study, alter, relation_as_index(relation));
    else if (relation_as_table(relation))
        alter_table(study, alter, relation_as_table(relation));
    else
        study_lock(study, relation, mode_of(alter));
}
