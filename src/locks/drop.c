/*
 * Locks of what drops things, and of what goes with them: every table that
 * loses something is locked against everybody. And what was made on tables
 * that exist: indexes are built.
 *
 * Facts: tablecmds.c (RangeVarCallbackForDropRelation), dependency.c,
 * heap.c (heap_drop_with_catalog).
 */
#include "locks/study.h"

#include <string.h>

/* A partition takes with it what its parent knows of it, and what its default
 * partition may hold changes. */
static void lock_parent(struct study *study, struct table *table)
{
    if (!table || !table->partition_of)
        return;
    study_lock_table(study, table->partition_of, LOCK_ACCESS_EXCLUSIVE);
    study_lock_table(study, table_default_partition(table->partition_of),
                     LOCK_ACCESS_EXCLUSIVE);
}

static void drop_relation(struct study *study, struct relation *relation,
                          enum lock_mode mode)
{
    struct index *index = relation_as_index(relation);

    study_lock(study, relation, mode);
    if (index)
        study_lock_table(study, index->table, mode);
    lock_parent(study, relation_as_table(relation));
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

static void drop_named(struct study *study, const DropStmt *drop,
                       struct qualified_name name)
{
    enum lock_mode mode =
        drop->concurrent ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
    struct relation *relation = model_find_relation(study->schema, name);

    if (relation)
        drop_relation(study, relation, mode);
    else if (!drop->missing_ok)
        study_lock_name(study, name, kind_of(drop->removeType), mode);
}

static bool has_member(struct table *table, ObjectType type, const char *name,
                       bool *is_row)
{
    for (size_t i = 0; type == OBJECT_TRIGGER && i < table->triggers.count;
         i++) {
        const struct trigger *trigger = table->triggers.items[i];

        if (trigger->object.is_dropped || strcmp(trigger->name, name) != 0)
            continue;
        *is_row = trigger->is_row;
        return true;
    }
    for (size_t i = 0; type == OBJECT_POLICY && i < table->policies.count;
         i++) {
        if (!table->policies.items[i]->object.is_dropped &&
            strcmp(table->policies.items[i]->name, name) == 0)
            return true;
    }
    for (size_t i = 0; type == OBJECT_RULE && i < table->rules.count; i++) {
        if (!table->rules.items[i]->object.is_dropped &&
            strcmp(table->rules.items[i]->name, name) == 0)
            return true;
    }
    return false;
}

/* DROP TRIGGER, POLICY, RULE: the list is the table's name, then its own. */
static void drop_member(struct study *study, const DropStmt *drop,
                        const List *names)
{
    struct qualified_name name = name_before_last(names);
    struct relation *relation = model_find_relation(study->schema, name);
    struct table *table = relation_as_table(relation);
    bool is_row = true;

    if (!relation && drop->missing_ok)
        return;
    if (table && table->is_complete && drop->missing_ok &&
        !has_member(table, drop->removeType, name_from_string(llast(names)),
                    &is_row)) {
        return;
    }
    study_lock_name(study, name, RELATION_TABLE, LOCK_ACCESS_EXCLUSIVE);
    if (table && drop->removeType == OBJECT_TRIGGER && is_row &&
        table->relation.kind == RELATION_PARTITIONED_TABLE)
        study_lock_tree(study, table, LOCK_ACCESS_EXCLUSIVE);
}

void study_drop(struct study *study, const DropStmt *drop)
{
    const ListCell *cell;

    switch (drop->removeType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX:
        foreach (cell, drop->objects)
            drop_named(study, drop, name_from_list(lfirst(cell)));
        return;
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE:
        foreach (cell, drop->objects)
            drop_member(study, drop, lfirst(cell));
        return;
    default: return;
    }
}

/* What a key has of its parent's is its own table's alone; but to a partitioned
 * table it has a part for each partition. Before 15 only the leaves among these
 * have triggers. */
void study_lock_referenced(struct study *study, const struct constraint *key)
{
    struct table *referenced = key->referenced;
    struct table_array tree;

    if (!referenced ||
        (key->inherited_from && key->inherited_from->table != key->table))
        return;
    tree = study_inheritors(study, referenced,
                            referenced->relation.kind ==
                                RELATION_PARTITIONED_TABLE);
    for (size_t i = 0; i < tree.count; i++) {
        if (study->version >= 15 ||
            tree.items[i]->relation.kind != RELATION_PARTITIONED_TABLE)
            study_lock_table(study, tree.items[i], LOCK_ACCESS_EXCLUSIVE);
    }
}

static void lock_for_drop(struct study *study, struct object *object)
{
    const struct constraint *constraint;

    switch (object->class) {
    case CLASS_RELATION:
        drop_relation(study, (struct relation *)object, LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_COLUMN:
        study_lock_table(study, ((struct column *)object)->table,
                         LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_DEFAULT:
        study_lock_table(study,
                         ((struct column_default *)object)->column->table,
                         LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_CONSTRAINT:
        constraint = (struct constraint *)object;
        study_lock_table(study, constraint->table, LOCK_ACCESS_EXCLUSIVE);
        study_lock_referenced(study, constraint);
        return;
    case CLASS_TRIGGER:
        study_lock_table(study, ((struct trigger *)object)->table,
                         LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_POLICY:
        study_lock_table(study, ((struct policy *)object)->table,
                         LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_RULE:
        study_lock_table(study, ((struct rewrite_rule *)object)->table,
                         LOCK_ACCESS_EXCLUSIVE);
        return;
    case CLASS_STATISTICS:
        study_lock_table(study, ((struct statistics *)object)->table,
                         LOCK_SHARE_UPDATE_EXCLUSIVE);
        return;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_OTHER: return;
    }
}

static bool changes_type(const Node *node)
{
    const AlterTableStmt *alter = node_as(AlterTableStmt, node);
    bool is_found = false;

    foreach_node (AlterTableCmd, command, alter ? alter->cmds : NIL) {
        if (command->subtype == AT_DropConstraint)
            return false;
        is_found = is_found || command->subtype == AT_AlterColumnType;
    }
    return is_found;
}

/* It took the place of one that a change of type dropped, and which may serve
 * it: study_change_types() says so. */
static bool is_replacement(const struct study *study, const struct index *index)
{
    const struct change_array *changes = &study->watch.changes;

    if (!changes_type(study->statement->tree))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        struct object *object = changes->items[i].object;
        const struct index *other =
            object->class == CLASS_RELATION
                ? relation_as_index((struct relation *)object)
                : NULL;

        if (other && !changes->items[i].is_made &&
            other->table == index->table &&
            strcmp(other->relation.name, index->relation.name) == 0)
            return true;
    }
    return false;
}

static void build_index(struct study *study, const struct index *index)
{
    struct table *table = index->table;

    if (!table || index->relation.object.is_dropped ||
        !study_existed(study, &table->relation.object) ||
        is_replacement(study, index))
        return;
    study->effects.makes_index = true;
    if (table_has_rows(table))
        study_work(study, WORK_INDEX_BUILD, &index->relation, &table->relation);
}

/* What it made and dropped itself was never anybody else's. */
static bool is_concurrent_drop(const Node *node)
{
    const DropStmt *drop = node_as(DropStmt, node);

    return drop && drop->concurrent;
}

void study_changes(struct study *study)
{
    const struct change_array *changes = &study->watch.changes;

    if (is_concurrent_drop(study->statement->tree))
        return;
    for (size_t i = 0; i < changes->count; i++) {
        struct object *object = changes->items[i].object;

        /* CREATE OR REPLACE TRIGGER has said which lock it takes. */
        if (!changes->items[i].is_made && object->class == CLASS_TRIGGER &&
            nodeTag(study->statement->tree) == T_CreateTrigStmt)
            continue;
        if (!changes->items[i].is_made)
            lock_for_drop(study, object);
        else if (object->class == CLASS_RELATION &&
                 relation_as_index((struct relation *)object))
            build_index(study, relation_as_index((struct relation *)object));
    }
}
