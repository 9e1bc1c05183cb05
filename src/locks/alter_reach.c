/*
 * How far down the inheritance tree a sub-command of ALTER TABLE goes: what it
 * locks there, and whose rows it changes. Every version has rules of its own.
 *
 * Facts: tablecmds.c, ATPrepCmd() and what it calls; testdata/locks.
 */
#include "locks/study.h"

#include <string.h>

/* How far down a sub-command goes. */
enum reach {
    REACH_TABLE,          /* the table alone */
    REACH_PARTITIONS,     /* a partitioned table's partitions too */
    REACH_ALL_PARTITIONS, /* likewise, ONLY or not */
    REACH_CHILDREN,       /* all that inherit */
    REACH_OWN_CHILDREN,   /* likewise; with ONLY its own children, who keep what
                             they had from it */
};

static const struct trigger *find_trigger(struct table *table, const char *name)
{
    for (size_t i = 0; i < table->triggers.count; i++) {
        const struct trigger *trigger = table->triggers.items[i];

        if (!trigger->object.is_dropped && name &&
            strcmp(trigger->name, name) == 0)
            return trigger;
    }
    return NULL;
}

/* Partitions have clones of row triggers. */
static enum reach reach_of_trigger(struct table *table,
                                   const AlterTableCmd *command)
{
    const struct trigger *trigger = find_trigger(table, command->name);

    if (trigger && !trigger->is_row)
        return REACH_TABLE;
    return REACH_PARTITIONS;
}

/* A primary key makes its columns NOT NULL in all that inherit them; from 18
 * on all constraints look at all that inherits. */
static enum reach reach_of_constraint(const struct study *study,
                                      const Constraint *constraint)
{
    if (study->version >= 18)
        return REACH_CHILDREN;
    switch (constraint->contype) {
    case CONSTR_PRIMARY: return REACH_CHILDREN;
    case CONSTR_EXCLUSION: return REACH_TABLE;
    case CONSTR_UNIQUE:
    case CONSTR_FOREIGN: return REACH_PARTITIONS;
    default: return constraint->is_no_inherit ? REACH_TABLE : REACH_CHILDREN;
    }
}

/* DROP and VALIDATE: what the constraint is decides. */
static enum reach reach_of_existing(const struct study *study,
                                    struct table *table,
                                    const AlterTableCmd *command)
{
    const struct constraint *constraint =
        model_find_constraint(study->schema, table, command->name);

    if (!constraint ||
        (command->subtype == AT_ValidateConstraint && constraint->is_validated))
        return command->subtype == AT_DropConstraint ? REACH_ALL_PARTITIONS
                                                     : REACH_TABLE;
    if (command->subtype == AT_DropConstraint &&
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        return REACH_ALL_PARTITIONS;
    switch (constraint->type) {
    case CONSTRAINT_CHECK:
    case CONSTRAINT_NOT_NULL:
        if (constraint->is_no_inherit)
            return REACH_TABLE;
        return command->subtype == AT_DropConstraint ? REACH_OWN_CHILDREN
                                                     : REACH_CHILDREN;
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_FOREIGN_KEY:
    case CONSTRAINT_EXCLUDE:
        return command->subtype == AT_DropConstraint ? REACH_ALL_PARTITIONS
                                                     : REACH_PARTITIONS;
    }
    return REACH_TABLE;
}

/* From 17 on a partitioned table's identity is its partitions' too. */
static enum reach reach_of_identity(const struct study *study,
                                    const struct table *table,
                                    const AlterTableCmd *command)
{
    const struct column *column = table_find_column(table, command->name);

    if (study->version < 17 || (command->subtype == AT_DropIdentity && column &&
                                column->identity == IDENTITY_NONE))
        return REACH_TABLE;
    return REACH_PARTITIONS;
}

static bool is_not_null(const struct table *table, const char *name)
{
    const struct column *column = table_find_column(table, name);

    return column && !column->is_nullable &&
           (!column->not_null || column->not_null->is_validated);
}

/* SET NOT NULL on a column that is so has nothing to tell its children. */
static enum reach reach_of_set_not_null(const struct study *study,
                                        const struct table *table,
                                        const AlterTableCmd *command)
{
    bool is_told = !is_not_null(table, command->name) ||
                   (study->version < 18 &&
                    table->relation.kind != RELATION_PARTITIONED_TABLE);

    return is_told ? REACH_CHILDREN : REACH_TABLE;
}

/* From 18 on it drops a constraint, if there is one. */
static enum reach reach_of_drop_not_null(const struct study *study,
                                         const struct table *table,
                                         const AlterTableCmd *command)
{
    const struct column *column = table_find_column(table, command->name);

    if (study->version < 18)
        return REACH_CHILDREN;
    return column && column->not_null ? REACH_OWN_CHILDREN : REACH_TABLE;
}

static enum reach reach_of(const struct study *study, struct table *table,
                           const AlterTableCmd *command)
{
    switch (command->subtype) {
    case AT_AddColumn:
        return command->missing_ok &&
                       table_find_column(
                           table, ((const ColumnDef *)command->def)->colname)
                   ? REACH_TABLE
                   : REACH_CHILDREN;
    case AT_DropColumn:
        return table_find_column(table, command->name) ? REACH_OWN_CHILDREN
                                                       : REACH_TABLE;
    case AT_AlterColumnType:
    case AT_ColumnDefault:
    case AT_SetStatistics:
    case AT_SetStorage:
    case AT_DropExpression:
    case AT_SetExpression: return REACH_CHILDREN;
    case AT_SetNotNull: return reach_of_set_not_null(study, table, command);
    case AT_DropNotNull: return reach_of_drop_not_null(study, table, command);
    case AT_AddIdentity:
    case AT_SetIdentity:
    case AT_DropIdentity: return reach_of_identity(study, table, command);
    case AT_AddConstraint:
        return reach_of_constraint(study, (const Constraint *)command->def);
    case AT_DropConstraint:
    case AT_ValidateConstraint: return reach_of_existing(study, table, command);
    case AT_AlterConstraint: return REACH_PARTITIONS;
    case AT_EnableTrig:
    case AT_EnableAlwaysTrig:
    case AT_EnableReplicaTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser:
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser: return reach_of_trigger(table, command);
    default: return REACH_TABLE;
    }
}

static struct table_array children_of(struct study *study, struct table *table)
{
    struct table_array tables = {0};

    *array_push(study->arena, &tables) = table;
    for (size_t i = 0; i < table->children.count; i++) {
        if (!table->children.items[i]->relation.object.is_dropped)
            *array_push(study->arena, &tables) = table->children.items[i];
    }
    return tables;
}

/* The table, and as much of its tree as the sub-command reaches. */
struct table_array alter_targets(struct study *study,
                                 const AlterTableStmt *alter,
                                 struct table *table,
                                 const AlterTableCmd *command)
{
    bool is_recursive = alter->relation->inh;

    switch (reach_of(study, table, command)) {
    case REACH_TABLE: is_recursive = false; break;
    case REACH_PARTITIONS:
        is_recursive =
            is_recursive && table->relation.kind == RELATION_PARTITIONED_TABLE;
        break;
    case REACH_ALL_PARTITIONS:
        is_recursive = table->relation.kind == RELATION_PARTITIONED_TABLE;
        break;
    case REACH_OWN_CHILDREN:
        if (!is_recursive)
            return children_of(study, table);
        break;
    case REACH_CHILDREN: break;
    }
    return study_inheritors(study, table, is_recursive);
}
