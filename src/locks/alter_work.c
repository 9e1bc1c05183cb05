/*
 * What ALTER TABLE is going to do to the rows in the end: its phase 3. A table
 * is rewritten, and then its indexes are built anew, or it is scanned, or
 * neither. As far as the schema before the statement tells; the rest is
 * alter_after.c's.
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

void study_scan_column(struct study *study, struct table *table,
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
        study_scan_column(study, table, name);
}

static void rewrite_for(struct study *study, struct table *table,
                        const AlterTableCmd *command, enum work_reason reason)
{
    study_rewrite(study, table);
    if (table_may_have_rows(table))
        study_cause(study, (struct work_cause){.command = command,
                                               .kind = WORK_REWRITE,
                                               .reason = reason,
                                               .on = &table->relation});
}

bool column_has_constraint(const ColumnDef *definition, ConstrType type)
{
    foreach_node (Constraint, constraint, definition->constraints) {
        if (constraint->contype == type)
            return true;
    }
    return false;
}

static void add_column(struct study *study, struct table *table,
                       const AlterTableCmd *command)
{
    const ColumnDef *definition = (const ColumnDef *)command->def;
    enum work_reason reason;
    bool is_not_null = column_has_constraint(definition, CONSTR_NOTNULL) ||
                       column_has_constraint(definition, CONSTR_PRIMARY);

    if (table_find_column(table, definition->colname))
        return;
    reason = column_rewrite_reason(study, definition);
    if (reason != REASON_NONE) {
        rewrite_for(study, table, command, reason);
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
        *array_push(study->arena, &study->keys) =
            (struct changed_key){constraint, table, command};
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
        *array_push(study->arena, &study->keys) =
            (struct changed_key){constraint, table, command};
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
                           const AlterTableCmd *command,
                           const struct column *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (!reads_column(constraint, column))
            continue;
        study_scan(study, table);
        if (table_may_have_rows(table))
            study_cause(study, (struct work_cause){.command = command,
                                                   .kind = WORK_SCAN,
                                                   .reason = REASON_CONSTRAINT,
                                                   .on = &table->relation,
                                                   .constraint = constraint});
    }
}

static void set_expression(struct study *study, struct table *table,
                           const AlterTableCmd *command)
{
    const struct column *column = table_find_column(table, command->name);

    if (!column)
        return;
    if (column->generated == GENERATED_STORED)
        rewrite_for(study, table, command, REASON_EXPRESSION);
    else
        study_scan_for_checks(study, table, command, column);
}

/* From 15 on the sequences of its columns go along. */
static void set_logged(struct study *study, struct table *table,
                       const AlterTableCmd *command, bool is_logged)
{
    if (table->relation.is_unlogged != is_logged || !table_has_rows(table))
        return;
    rewrite_for(study, table, command, REASON_PERSISTENCE);
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
                              const AlterTableCmd *command)
{
    const char *now = table->access_method ? table->access_method : "heap";

    if (table_has_rows(table) &&
        strcmp(command->name ? command->name : "heap", now) != 0)
        rewrite_for(study, table, command, REASON_ACCESS_METHOD);
}

/* pg_default is where a table is that nobody moved. */
static void set_tablespace(struct study *study, struct table *table,
                           const AlterTableCmd *command)
{
    if (!table_has_rows(table) || strcmp(command->name, "pg_default") == 0)
        return;
    phase_of(study, table)->is_moved = true;
    study_cause(study, (struct work_cause){.command = command,
                                           .kind = WORK_FILE_COPY,
                                           .reason = REASON_TABLESPACE,
                                           .on = &table->relation});
}

/* What one sub-command does to the rows of one table. */
static void do_work(struct study *study, struct table *table,
                    const AlterTableCmd *command, bool is_child)
{
    switch (command->subtype) {
    case AT_AddColumn: add_column(study, table, command); return;
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
    case AT_SetLogged: set_logged(study, table, command, true); return;
    case AT_SetUnLogged: set_logged(study, table, command, false); return;
    case AT_SetAccessMethod: set_access_method(study, table, command); return;
    case AT_SetTableSpace: set_tablespace(study, table, command); return;
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
