/*
 * INSERT, UPDATE, DELETE, MERGE and COPY: the table that is written, the
 * sequences that its defaults draw from, and the tables that foreign keys look
 * into for the rows.
 *
 * Facts: ri_triggers.c.
 */
#include "locks/study.h"

#include <string.h>

/* Deeper chains of ON DELETE CASCADE are left alone. */
#define CASCADE_DEPTH_MAX 16

/* The table whose rows a statement writes, if it is run and not kept. */
static struct table *written_table(struct study *study, const RangeVar *name)
{
    return study->is_kept ? NULL : study_find_table(study, name);
}

static bool has_name(const List *columns, const char *name)
{
    foreach_node (ResTarget, target, columns) {
        if (target->name && strcmp(target->name, name) == 0)
            return true;
    }
    return false;
}

/* Whether a statement that writes these columns (NIL: all) writes one of the
 * key's. */
static bool writes_any(const List *columns, const struct column_array *keys)
{
    if (columns == NIL)
        return true;
    for (size_t i = 0; i < keys->count; i++) {
        if (has_name(columns, keys->items[i]->name))
            return true;
    }
    return false;
}

/* Its triggers run at the end of the statement. */
static bool is_checked_now(const struct constraint *key)
{
    return !key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
           key->is_enforced && !key->is_initially_deferred;
}

/* Rows that are made, or get another key, look for the row they reference. */
static void look_up_referenced(struct study *study, struct table *table,
                               const List *columns)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = table->constraints.items[i];

        if (is_checked_now(key) && writes_any(columns, &key->columns))
            study_lock_tree(study, key->referenced, LOCK_ROW_SHARE);
    }
}

/* Rows that go, or change their key, look for rows that reference them. */
static void look_up_referencing(struct study *study, struct table *table,
                                const List *columns, bool is_delete, int depth)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];
        char action = is_delete ? key->on_delete : key->on_update;

        if (!is_checked_now(key) ||
            (!is_delete && !writes_any(columns, &key->referenced_columns)))
            continue;
        if (action == FKCONSTR_ACTION_NOACTION ||
            action == FKCONSTR_ACTION_RESTRICT) {
            study_lock_tree(study, key->table, LOCK_ROW_SHARE);
            continue;
        }
        study_lock_tree(study, key->table, LOCK_ROW_EXCLUSIVE);
        if (depth < CASCADE_DEPTH_MAX && key->table != table &&
            action == FKCONSTR_ACTION_CASCADE && is_delete)
            look_up_referencing(study, key->table, NIL, true, depth + 1);
    }
}

/* The sequences of columns that the INSERT leaves to their default. */
static void draw_defaults(struct study *study, struct table *table,
                          const List *columns)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];
        const struct column *column = sequence->owned_by;

        if (!sequence->relation.object.is_dropped && column &&
            (column->is_serial || sequence->is_identity) && columns != NIL &&
            !has_name(columns, column->name))
            study_lock(study, &sequence->relation, LOCK_ROW_EXCLUSIVE);
    }
}

static void insert_into(struct study *study, const RangeVar *name,
                        const List *columns)
{
    struct table *table = written_table(study, name);

    study_read_name(study, name, LOCK_ROW_EXCLUSIVE);
    if (!table)
        return;
    look_up_referenced(study, table, columns);
    draw_defaults(study, table, columns);
}

static void update(struct study *study, const RangeVar *name,
                   const List *columns, const Node *condition)
{
    struct table *table = written_table(study, name);

    study->condition = condition;
    study_read_name(study, name, LOCK_ROW_EXCLUSIVE);
    study->condition = NULL;
    if (!table || columns == NIL)
        return;
    look_up_referenced(study, table, columns);
    look_up_referencing(study, table, columns, false, 0);
}

static void delete_from(struct study *study, const RangeVar *name,
                        const Node *condition)
{
    struct table *table = written_table(study, name);

    study->condition = condition;
    study_read_name(study, name, LOCK_ROW_EXCLUSIVE);
    study->condition = NULL;
    if (table)
        look_up_referencing(study, table, NIL, true, 0);
}

void study_merge(struct study *study, const MergeStmt *merge)
{
    study_read_name(study, merge->relation, LOCK_ROW_EXCLUSIVE);
    foreach_node (MergeWhenClause, clause, merge->mergeWhenClauses) {
        switch (clause->commandType) {
        case CMD_INSERT:
            insert_into(study, merge->relation, clause->targetList);
            break;
        case CMD_UPDATE:
            update(study, merge->relation, clause->targetList, NULL);
            break;
        case CMD_DELETE: delete_from(study, merge->relation, NULL); break;
        default: break;
        }
    }
}

/* COPY's columns are names, the others' are ResTargets. */
static void copy_from(struct study *study, const CopyStmt *copy)
{
    struct table *table = written_table(study, copy->relation);

    study_read_name(study, copy->relation, LOCK_ROW_EXCLUSIVE);
    if (table)
        look_up_referenced(study, table, NIL);
}

void study_insert(struct study *study, const InsertStmt *insert)
{
    insert_into(study, insert->relation, insert->cols);
    if (insert->onConflictClause &&
        insert->onConflictClause->action == ONCONFLICT_UPDATE)
        update(study, insert->relation, insert->onConflictClause->targetList,
               NULL);
}

void study_copy(struct study *study, const CopyStmt *copy)
{
    if (copy->relation && copy->is_from)
        copy_from(study, copy);
    else if (copy->relation)
        study_read_name(study, copy->relation, LOCK_ACCESS_SHARE);
}

void study_update(struct study *study, const UpdateStmt *statement)
{
    update(study, statement->relation, statement->targetList,
           statement->fromClause ? NULL : statement->whereClause);
}

void study_delete(struct study *study, const DeleteStmt *statement)
{
    delete_from(study, statement->relation,
                statement->usingClause ? NULL : statement->whereClause);
}
