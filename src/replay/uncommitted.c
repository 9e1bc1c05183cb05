/*
 * Failures that no schema shows, only the transaction so far. Rows are taken to
 * exist only where a statement writes VALUES.
 *
 * Facts: enum.c (check_safe_enum_use), tablecmds.c (CheckTableNotInUse).
 */
#include "replay/uncommitted.h"

#include "replay/dependency.h"

#include <string.h>

/* The tool's own counts. */
static bool is_in_transaction(const struct schema *schema)
{
    return schema->is_section_transaction ||
           journal_find(&schema->journal, MARK_TRANSACTION, NULL) !=
               JOURNAL_NO_MARK;
}

static void note(struct schema *schema, struct type *type, const char *label)
{
    if (!is_in_transaction(schema))
        return;
    *PUSH(schema, &schema->new_labels) =
        (struct new_label){type, model_name(schema, label)};
}

void uncommitted_note_enum(struct replay *replay, struct type *type)
{
    note(replay->schema, type, NULL);
}

void uncommitted_note_label(struct replay *replay, struct type *type,
                            const char *label)
{
    note(replay->schema, type, label);
}

void uncommitted_forget(struct schema *schema)
{
    if (schema->new_labels.count > 0) {
        journal_save(&schema->journal, &schema->new_labels,
                     sizeof schema->new_labels);
        schema->new_labels = (struct new_label_array){0};
    }
    if (schema->waiting.count > 0) {
        journal_save(&schema->journal, &schema->waiting,
                     sizeof schema->waiting);
        schema->waiting = (struct table_array){0};
    }
}

static bool check_value(struct replay *replay, const struct type *type,
                        const Node *node)
{
    const A_Const *value = node_as(A_Const, node);
    const char *label;

    if (!type || type->kind != TYPE_ENUM || !value || value->isnull ||
        nodeTag(&value->val) != T_String)
        return true;
    label = value->val.sval.sval;
    if (model_may_use_label(replay->schema, type, label))
        return true;
    return replay_fail(replay, "55P04",
                       "unsafe use of new value \"%s\" of enum type %s", label,
                       type_visible_name(replay, type));
}

/* The nth column that an INSERT gives. */
static const struct type *type_of_target(const struct table *table,
                                         const List *targets, int number)
{
    const struct column *column = NULL;

    if (targets != NIL) {
        const ResTarget *target =
            number < list_length(targets)
                ? node_as(ResTarget, (Node *)list_nth(targets, number))
                : NULL;

        column = target ? model_find_column(table, target->name) : NULL;
        return column ? column->data_type.type : NULL;
    }
    for (size_t i = 0; i < table->columns.count; i++) {
        column = table->columns.items[i];
        if (!column->object.is_dropped && number-- == 0)
            return column->data_type.type;
    }
    return NULL;
}

static bool check_rows(struct replay *replay, const struct table *table,
                       const InsertStmt *insert, const List *rows)
{
    const ListCell *cell, *value;

    foreach (cell, rows) {
        const List *row = node_as(List, (Node *)lfirst(cell));

        foreach (value, row) {
            if (!check_value(replay,
                             type_of_target(table, insert->cols,
                                            foreach_current_index(value)),
                             lfirst(value)))
                return false;
        }
    }
    return true;
}

static bool has_deferred_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = table->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
            key->is_initially_deferred && key->is_enforced)
            return true;
    }
    return false;
}

static bool is_waiting(const struct schema *schema, const struct table *table)
{
    for (size_t i = 0; i < schema->waiting.count; i++) {
        if (schema->waiting.items[i] == table)
            return true;
    }
    return false;
}

static bool insert(struct replay *replay, const InsertStmt *insert)
{
    struct schema *schema = replay->schema;
    const SelectStmt *source = node_as(SelectStmt, insert->selectStmt);
    struct table *table =
        model_find_table(schema, name_from_range_var(insert->relation));

    if (!table || !source || !source->valuesLists)
        return true;
    if (schema->new_labels.count > 0 &&
        !check_rows(replay, table, insert, source->valuesLists))
        return false;
    if (has_deferred_key(table) && !insert->onConflictClause &&
        is_in_transaction(schema) && !is_waiting(schema, table))
        *PUSH(schema, &schema->waiting) = table;
    return true;
}

static bool update(struct replay *replay, const UpdateStmt *update)
{
    const struct table *table =
        model_find_table(replay->schema, name_from_range_var(update->relation));

    if (!table || replay->schema->new_labels.count == 0)
        return true;
    foreach_node (ResTarget, target, update->targetList) {
        const struct column *column =
            target->name ? model_find_column(table, target->name) : NULL;

        if (column && !check_value(replay, column->data_type.type, target->val))
            return false;
    }
    return true;
}

bool uncommitted_write(struct replay *replay, const Node *node)
{
    if (nodeTag(node) == T_InsertStmt)
        return insert(replay, (const InsertStmt *)node);
    return update(replay, (const UpdateStmt *)node);
}

bool uncommitted_check_table(struct replay *replay, const char *command,
                             const struct table *table)
{
    if (!is_waiting(replay->schema, table))
        return true;
    return replay_fail(replay, "55006",
                       "cannot %s \"%s\" because it has pending trigger events",
                       command, table->relation.name);
}
