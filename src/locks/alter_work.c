/*
 * What ALTER TABLE does to the rows in the end: its phase 3. A table is
 * rewritten, and then its indexes are built anew, or it is scanned, or neither.
 *
 * Facts: tablecmds.c (ATRewriteTables), NotNullImpliedByRelConstraints().
 */
#include "locks/study.h"

#include <string.h>

static struct table_phase *phase_of(struct study *study, struct table *table)
{
    struct slice key = {(const char *)&table, sizeof(struct table *)};
    size_t number = (size_t)(uintptr_t)map_find(&study->phase_of, key);
    struct table_phase *phase;

    if (number > 0)
        return &study->phases.items[number - 1];
    phase = array_push(study->arena, &study->phases);
    phase->table = table;
    map_put(study->arena, &study->phase_of, arena_copy_slice(study->arena, key),
            (void *)(uintptr_t)study->phases.count);
    return phase;
}

void study_rewrite(struct study *study, struct table *table)
{
    if (table_has_rows(table))
        phase_of(study, table)->is_rewritten = true;
}

void study_scan(struct study *study, struct table *table)
{
    if (table_has_rows(table))
        phase_of(study, table)->is_scanned = true;
}

static void scan_column(struct study *study, struct table *table,
                        const char *name)
{
    *array_push(study->arena, &study->effects.unproven) =
        arena_copy(study->arena, slice_from(name));
    study_scan(study, table);
}

/* The same statement first says that the column may be null. */
static bool is_freed(const struct study *study, const struct column *column)
{
    const AlterTableStmt *alter =
        node_as(AlterTableStmt, study->statement->tree);
    const char *name = column->not_null ? column->not_null->name : NULL;

    if (!alter)
        return false;
    foreach_node (AlterTableCmd, command, alter->cmds) {
        if (!command->name)
            continue;
        if ((command->subtype == AT_DropNotNull &&
             strcmp(command->name, column->name) == 0) ||
            (command->subtype == AT_DropConstraint && name &&
             strcmp(command->name, name) == 0))
            return true;
    }
    return false;
}

/* Whether this is known when everything else is done: a CHECK may prove it
 * that is dropped by the same statement. */
static void want_not_null(struct study *study, struct table *table,
                          const struct column *column)
{
    bool is_proven = !column->is_nullable &&
                     !(column->not_null && !column->not_null->is_validated);

    if (!is_proven || is_freed(study, column))
        *array_push(study->arena, &study->not_nulls) =
            (struct new_not_null){table, column};
}

static void want_not_null_named(struct study *study, struct table *table,
                                const char *name)
{
    const struct column *column =
        name ? model_mention_column(study->schema, table, name) : NULL;

    if (column)
        want_not_null(study, table, column);
    else if (name) /* made by the same statement */
        scan_column(study, table, name);
}

static bool has_constraint(const ColumnDef *definition, ConstrType type)
{
    foreach_node (Constraint, constraint, definition->constraints) {
        if (constraint->contype == type)
            return true;
    }
    return false;
}

static void add_column(struct study *study, struct table *table,
                       const ColumnDef *definition)
{
    bool is_not_null = has_constraint(definition, CONSTR_NOTNULL) ||
                       has_constraint(definition, CONSTR_PRIMARY);

    if (table_find_column(table, definition->colname))
        return;
    if (column_needs_rewrite(study, definition)) {
        study_rewrite(study, table);
        study_query(study, column_default_of(definition));
    } else if (is_not_null && !column_default_of(definition))
        study_scan(study, table);
}

/* PRIMARY KEY, also USING INDEX: its columns become NOT NULL. */
static void add_primary_key(struct study *study, struct table *table,
                            const Constraint *constraint)
{
    struct relation *relation;
    const struct index *index;

    foreach_node (String, name, constraint->keys)
        want_not_null_named(study, table, name->sval);
    if (!constraint->indexname)
        return;
    relation = model_find_relation(
        study->schema,
        (struct qualified_name){NULL, table->relation.namespace->name,
                                constraint->indexname});
    index = relation_as_index(relation);
    for (size_t i = 0; index && i < index->column_count; i++) {
        if (index->columns[i].column)
            want_not_null(study, table, index->columns[i].column);
    }
}

static void add_constraint(struct study *study, struct table *table,
                           const Constraint *constraint, bool is_child)
{
    if (constraint->contype == CONSTR_PRIMARY)
        add_primary_key(study, table, constraint);
    if (constraint->contype != CONSTR_NOTNULL || constraint->skip_validation ||
        (is_child && constraint->is_no_inherit))
        return;
    foreach_node (String, name, constraint->keys)
        want_not_null_named(study, table, name->sval);
}

static void validate(struct study *study, struct table *table,
                     const AlterTableCmd *command)
{
    struct constraint *constraint =
        model_find_constraint(study->schema, table, command->name);

    if (!constraint || constraint->is_validated || !constraint->is_enforced)
        return;
    switch (constraint->type) {
    case CONSTRAINT_CHECK: study_scan(study, table); return;
    case CONSTRAINT_NOT_NULL:
        if (constraint->columns.count > 0)
            want_not_null(study, table, constraint->columns.items[0]);
        return;
    case CONSTRAINT_FOREIGN_KEY:
        *array_push(study->arena, &study->keys) = constraint;
        return;
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: return;
    }
}

static void enforce(struct study *study, struct table *table,
                    const AlterTableCmd *command)
{
    const ATAlterConstraint *change = node_as(ATAlterConstraint, command->def);
    struct constraint *constraint =
        change ? model_find_constraint(study->schema, table, change->conname)
               : NULL;

    if (constraint && change->alterEnforceability && change->is_enforced &&
        !constraint->is_enforced && constraint->type == CONSTRAINT_FOREIGN_KEY)
        *array_push(study->arena, &study->keys) = constraint;
}

static bool reads_column(const struct constraint *constraint,
                         const struct column *column)
{
    return !constraint->object.is_dropped &&
           constraint->type == CONSTRAINT_CHECK && constraint->is_validated &&
           constraint->is_enforced &&
           columns_have(&constraint->columns, column);
}

/* The CHECKs that read the column are made again, and so looked at again. */
void study_scan_for_checks(struct study *study, struct table *table,
                           const struct column *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (reads_column(table->constraints.items[i], column))
            study_scan(study, table);
    }
}

static void set_expression(struct study *study, struct table *table,
                           const AlterTableCmd *command)
{
    const struct column *column = table_find_column(table, command->name);

    if (!column)
        return;
    if (column->generated == GENERATED_STORED)
        study_rewrite(study, table);
    else
        study_scan_for_checks(study, table, column);
}

/* From 15 on the sequences of its columns go along. */
static void set_logged(struct study *study, struct table *table, bool is_logged)
{
    if (table->relation.is_unlogged != is_logged)
        return;
    study_rewrite(study, table);
    for (size_t i = 0; study->version >= 15 && i < table->sequences.count;
         i++) {
        const struct relation *sequence = &table->sequences.items[i]->relation;

        if (sequence->object.is_dropped)
            continue;
        study_lock(study, sequence, LOCK_ACCESS_EXCLUSIVE);
        study_work(study, WORK_NEW_FILE, sequence, sequence);
    }
}

static void set_access_method(struct study *study, struct table *table,
                              const char *name)
{
    const char *now = table->access_method ? table->access_method : "heap";

    if (strcmp(name ? name : "heap", now) != 0)
        study_rewrite(study, table);
}

/* pg_default is where a table is that nobody moved. */
static void set_tablespace(struct study *study, struct table *table,
                           const char *name)
{
    if (table_has_rows(table) && strcmp(name, "pg_default") != 0)
        phase_of(study, table)->is_moved = true;
}

/* What one sub-command does to the rows of one table. */
static void do_work(struct study *study, struct table *table,
                    const AlterTableCmd *command, bool is_child)
{
    switch (command->subtype) {
    case AT_AddColumn:
        add_column(study, table, (const ColumnDef *)command->def);
        return;
    case AT_SetNotNull:
        want_not_null_named(study, table, command->name);
        return;
    case AT_AddConstraint:
        add_constraint(study, table, (const Constraint *)command->def,
                       is_child);
        return;
    case AT_ValidateConstraint: validate(study, table, command); return;
    case AT_AlterConstraint: enforce(study, table, command); return;
    case AT_SetExpression: set_expression(study, table, command); return;
    case AT_SetLogged: set_logged(study, table, true); return;
    case AT_SetUnLogged: set_logged(study, table, false); return;
    case AT_SetAccessMethod:
        set_access_method(study, table, command->name);
        return;
    case AT_SetTableSpace: set_tablespace(study, table, command->name); return;
    default: return;
    }
}

void study_alter_work(struct study *study, const AlterTableStmt *alter,
                      struct table *table)
{
    foreach_node (AlterTableCmd, command, alter->cmds) {
        struct table_array targets =
            alter_targets(study, alter, table, command);

        for (size_t i = 0; i < targets.count; i++)
            do_work(study, targets.items[i], command, i > 0);
    }
}

/*
 * After the replay.
 */

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
            !has_constraint(definition, CONSTR_FOREIGN))
            continue;
        return !has_constraint(definition, CONSTR_DEFAULT) &&
               !has_constraint(definition, CONSTR_GENERATED) &&
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
    *array_push(study->arena, &study->effects.new_checks) = (struct new_check){
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
    if (table_has_rows(table) ||
        (table->relation.kind == RELATION_PARTITIONED_TABLE &&
         !model_has_children(table)))
        look_at_rows(study, alter, constraint);
}

/* Dropped, and not to make it again with another type. */
static bool is_gone(const struct study *study, const struct constraint *key)
{
    return key->object.is_dropped &&
           !model_find_constraint(study->schema, key->table, key->name);
}

/* Foreign keys are checked table by table: a partitioned table's parts have
 * keys of their own. */
static void check_again(struct study *study, const struct constraint *key)
{
    struct table_array tables = study_inheritors(
        study, key->table,
        key->table->relation.kind == RELATION_PARTITIONED_TABLE);

    if (is_part_of_key(key) || is_gone(study, key))
        return;
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
        check_again(study, key);
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
            scan_column(study, wanted->table, wanted->column->name);
    }
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];

        if (change->is_made && change->object->class == CLASS_CONSTRAINT)
            look_at_made_constraint(study, alter,
                                    (const struct constraint *)change->object);
    }
    for (size_t i = 0; i < study->keys.count; i++)
        check_again(study, study->keys.items[i]);
    for (size_t i = 0; i < study->changed_keys.count; i++) {
        const struct changed_key *changed = &study->changed_keys.items[i];

        make_key_again(study, changed);
    }
}
