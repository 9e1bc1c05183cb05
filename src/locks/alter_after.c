/*
 * What ALTER TABLE does to the rows, as far as the replayed statement tells:
 * which constraints it made, which proofs are left, which tables are written
 * anew and so have their indexes built again.
 *
 * Facts: tablecmds.c (ATRewriteTables), NotNullImpliedByRelConstraints().
 */
#include "locks/study.h"

#include <string.h>

/* They are searched once for every sub-command. */
#define NEW_CHECKS_MAX 1000

static bool proves_not_null(const struct study *study,
                            const struct constraint *constraint,
                            const struct column *column)
{
    return !constraint->object.is_dropped &&
           study_existed(study, &constraint->object) &&
           constraint->type == CONSTRAINT_CHECK && constraint->is_validated &&
           constraint->is_enforced &&
           columns_have(&constraint->proves_not_null, column);
}

static bool is_proven(const struct study *study,
                      const struct new_not_null *wanted)
{
    const struct constraint_array *constraints = &wanted->table->constraints;

    for (size_t i = 0; i < constraints->count; i++) {
        if (proves_not_null(study, constraints->items[i], wanted->column))
            return true;
    }
    return false;
}

/* A foreign key on a new column without a default has nothing to check: all
 * rows have NULL there. Whether a default is volatile does not matter. */
static bool is_on_empty_column(const struct study *study,
                               const AlterTableStmt *alter,
                               const struct constraint *key)
{
    const struct column *column =
        key->columns.count == 1 ? key->columns.items[0] : NULL;

    if (!column)
        return false;
    (void)study;
    foreach_node (AlterTableCmd, command, alter->cmds) {
        const ColumnDef *definition = node_as(ColumnDef, command->def);

        if (command->subtype != AT_AddColumn || !definition ||
            strcmp(definition->colname, column->name) != 0 ||
            !column_has_constraint(definition, CONSTR_FOREIGN))
            continue;
        return !column_has_constraint(definition, CONSTR_DEFAULT) &&
               !column_has_constraint(definition, CONSTR_GENERATED) &&
               !name_of_serial(definition->typeName);
    }
    return false;
}

/* To a partitioned table a key goes as a whole, though it has a part for each
 * partition. */
static bool is_part_of_key(const struct constraint *key)
{
    return key->inherited_from && key->inherited_from->table == key->table;
}

static void note_check(struct study *study, const struct constraint *constraint)
{
    struct new_check_array *checks = &study->effects.new_checks;

    if (checks->count == NEW_CHECKS_MAX)
        return;
    *array_push(study->arena, checks) = (struct new_check){
        .type = constraint->type,
        .name = arena_copy(study->arena, slice_from(constraint->name)),
        .on = &constraint->table->relation,
        .offset = constraint->made_at.span.offset,
    };
}

static void look_at_rows(struct study *study, const AlterTableStmt *alter,
                         const struct constraint *constraint)
{
    struct table *table = constraint->table;

    /* What no words say, a detached partition's bounds, held already. */
    if (constraint->type == CONSTRAINT_CHECK && constraint->made_at.source)
        study_scan(study, table);
    else if (constraint->type == CONSTRAINT_FOREIGN_KEY &&
             !is_part_of_key(constraint) &&
             !is_on_empty_column(study, alter, constraint)) {
        if (table_has_rows(table))
            study_check_key(study, constraint);
    } else
        return;
    note_check(study, constraint);
}

static void look_at_made_constraint(struct study *study,
                                    const AlterTableStmt *alter,
                                    const struct constraint *constraint)
{
    struct table *table = constraint->table;

    if (!table || constraint->object.is_dropped || !constraint->is_validated ||
        !constraint->is_enforced ||
        !study_existed(study, &table->relation.object))
        return;
    /* Partitions that the files do not know have rows. */
    if (table_may_have_rows(table))
        look_at_rows(study, alter, constraint);
}

/* Dropped, and not to make it again with another type. */
static bool is_gone(const struct study *study, const struct constraint *key)
{
    return key->object.is_dropped &&
           !model_find_constraint(study->schema, key->table, key->name);
}

/* Two reasons to check a key again are one. */
static void note_key(struct study *study, const struct changed_key *changed)
{
    const struct work_cause_array *causes = &study->effects.causes;

    for (size_t i = 0; i < causes->count; i++) {
        if (causes->items[i].command == changed->command &&
            causes->items[i].constraint == changed->key)
            return;
    }
    study_cause(study, (struct work_cause){.command = changed->command,
                                           .kind = WORK_FOREIGN_KEY_CHECK,
                                           .reason = REASON_CONSTRAINT,
                                           .on = &changed->key->table->relation,
                                           .constraint = changed->key});
}

/* Foreign keys are checked table by table: a partitioned table's parts have
 * keys of their own. */
static void check_again(struct study *study, const struct changed_key *changed)
{
    const struct constraint *key = changed->key;
    struct table_array tables = study_inheritors(
        study, key->table,
        key->table->relation.kind == RELATION_PARTITIONED_TABLE);

    if (is_part_of_key(key) || is_gone(study, key))
        return;
    note_key(study, changed);
    if (table_has_rows(key->table)) {
        study_check_key(study, key);
        return;
    }
    for (size_t i = 1; i < tables.count; i++) {
        const struct constraint_array *own = &tables.items[i]->constraints;

        for (size_t j = 0; j < own->count && table_has_rows(tables.items[i]);
             j++) {
            if (own->items[j]->inherited_from == key)
                study_check_key(study, own->items[j]);
        }
    }
}

static bool is_rewritten(struct study *study, const struct table *table)
{
    for (size_t i = 0; i < study->phases.count; i++) {
        if (study->phases.items[i].table == table)
            return study->phases.items[i].is_rewritten;
    }
    return false;
}

/* A key whose columns change their type is dropped and made again. */
static void make_key_again(struct study *study,
                           const struct changed_key *changed)
{
    const struct constraint *key = changed->key;

    if (is_gone(study, key))
        return;
    if (!key->inherited_from)
        study_lock_tree(study, key->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
    if (key->is_validated && key->is_enforced &&
        (is_rewritten(study, changed->table) ||
         is_rewritten(study, key->table)))
        check_again(study, changed);
}

static void rebuild_all(struct study *study, struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->relation.object.is_dropped)
            continue;
        study_lock(study, &index->relation, LOCK_ACCESS_EXCLUSIVE);
        study_work(study, WORK_INDEX_BUILD, &index->relation, &table->relation);
    }
}

void study_finish_phases(struct study *study)
{
    for (size_t i = 0; i < study->phases.count; i++) {
        const struct table_phase *phase = &study->phases.items[i];
        struct table *table = phase->table;

        if (phase->is_rewritten) {
            study_work(study, WORK_REWRITE, &table->relation, &table->relation);
            rebuild_all(study, table);
            continue;
        }
        if (phase->is_scanned)
            study_work(study, WORK_SCAN, &table->relation, &table->relation);
        if (phase->is_moved)
            study_work(study, WORK_FILE_COPY, &table->relation,
                       &table->relation);
    }
}

void study_alter_table_after(struct study *study, const AlterTableStmt *alter)
{
    const struct change_array *changes = &study->watch.changes;

    for (size_t i = 0; i < study->not_nulls.count; i++) {
        const struct new_not_null *wanted = &study->not_nulls.items[i];

        if (!is_proven(study, wanted))
            study_scan_column(study, wanted->table, wanted->column->name);
    }
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];

        if (change->is_made && change->object->class == CLASS_CONSTRAINT)
            look_at_made_constraint(study, alter,
                                    (const struct constraint *)change->object);
    }
    for (size_t i = 0; i < study->keys.count; i++)
        check_again(study, &study->keys.items[i]);
    for (size_t i = 0; i < study->changed_keys.count; i++) {
        const struct changed_key *changed = &study->changed_keys.items[i];

        make_key_again(study, changed);
    }
}
