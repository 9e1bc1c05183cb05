/*
 * Locks of what makes tables, indexes and triggers: on those that exist and
 * that the new thing is made from, or on.
 *
 * Facts: tablecmds.c (DefineRelation), parse_utilcmd.c (transformCreateStmt),
 * indexcmds.c (DefineIndex), trigger.c (CreateTriggerFiringOn).
 */
#include "locks/study.h"

#include <string.h>

static void lock_parents(struct study *study, const CreateStmt *create)
{
    foreach_node (RangeVar, name, create->inhRelations) {
        struct relation *relation =
            study_lock_name(study, name_from_range_var(name), RELATION_TABLE,
                            create->partbound ? LOCK_ACCESS_EXCLUSIVE
                                              : LOCK_SHARE_UPDATE_EXCLUSIVE);
        struct table *parent = relation_as_table(relation);

        if (parent && create->partbound)
            study_new_partition(study, parent, create->partbound);
    }
}

/* What the new table references is locked, but not the table itself. */
static void lock_for_constraint(struct study *study, const CreateStmt *create,
                                const Constraint *constraint)
{
    const RangeVar *own = create->relation;
    const RangeVar *other = constraint->pktable;

    if (!other || strcmp(other->relname, own->relname) != 0 ||
        (other->schemaname && own->schemaname &&
         strcmp(other->schemaname, own->schemaname) != 0) ||
        model_find_relation(study->schema, name_from_range_var(other)))
        study_constraint(study, constraint);
}

static void lock_for_element(struct study *study, const CreateStmt *create,
                             const Node *element)
{
    const TableLikeClause *like;

    switch (nodeTag(element)) {
    case T_ColumnDef:
        foreach_node (Constraint, constraint,
                      ((const ColumnDef *)element)->constraints)
            lock_for_constraint(study, create, constraint);
        return;
    case T_Constraint:
        lock_for_constraint(study, create, (const Constraint *)element);
        return;
    case T_TableLikeClause:
        like = (const TableLikeClause *)element;
        study_lock_name(study, name_from_range_var(like->relation),
                        RELATION_TABLE, LOCK_ACCESS_SHARE);
        return;
    default: return;
    }
}

void study_create_table(struct study *study, const CreateStmt *create)
{
    const ListCell *cell;

    if (create->if_not_exists &&
        model_find_relation(study->schema,
                            name_from_range_var(create->relation)))
        return;
    lock_parents(study, create);
    foreach (cell, create->tableElts)
        lock_for_element(study, create, lfirst(cell));
    foreach (cell, create->constraints)
        lock_for_element(study, create, lfirst(cell));
}

void study_create_index(struct study *study, const IndexStmt *create)
{
    enum lock_mode mode =
        create->concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE;
    struct relation *relation = study_lock_name(
        study, name_from_range_var(create->relation), RELATION_TABLE, mode);

    if (relation && relation->kind == RELATION_PARTITIONED_TABLE &&
        create->relation->inh)
        study_lock_tree(study, relation_as_table(relation), mode);
}

void study_create_trigger(struct study *study, const CreateTrigStmt *create)
{
    struct relation *relation =
        study_lock_name(study, name_from_range_var(create->relation),
                        RELATION_TABLE, LOCK_SHARE_ROW_EXCLUSIVE);

    if (relation && relation->kind == RELATION_PARTITIONED_TABLE && create->row)
        study_lock_tree(study, relation_as_table(relation),
                        LOCK_SHARE_ROW_EXCLUSIVE);
    if (create->constrrel)
        study_lock_name(study, name_from_range_var(create->constrrel),
                        RELATION_TABLE, LOCK_ACCESS_SHARE);
}
