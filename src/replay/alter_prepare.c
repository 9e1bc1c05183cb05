/*
 * ALTER TABLE: what the server asks of all sub-commands before it carries out
 * any.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPrepCmd, ATPrepAddPrimaryKey).
 */
#include "replay/context.h"

/* Which columns of a primary key are NOT NULL before all sub-commands: the
 * others are made so first (ATPrepAddPrimaryKey). */
static void note_not_null_keys(const struct alter *alter,
                               const Constraint *node)
{
    for (int i = 0; i < list_length(node->keys) && i < KEY_COUNT_MAX; i++) {
        const struct column *column = model_find_column(
            alter->table, name_from_string(list_nth(node->keys, i)));

        if (column && column->not_null)
            alter_note_not_null_key(alter, i);
    }
}

/* ONLY makes no columns of children NOT NULL: they must be, from 18 on. */
static bool check_only_key(const struct alter *alter, const Constraint *node)
{
    const struct table_array *children = &alter->table->children;
    const ListCell *cell;

    if (!replay_has_named_not_null(alter->replay) ||
        !model_spend(alter->replay->schema, children->count))
        return true;
    for (size_t i = 0; i < children->count; i++) {
        const struct table *child = children->items[i];

        if (child->relation.object.is_dropped)
            continue;
        foreach (cell, node->keys) {
            const struct column *column =
                model_find_column(child, name_from_string(lfirst(cell)));

            if (column && column->is_nullable)
                return replay_fail(
                    alter->replay, "XX000",
                    "column \"%s\" of table \"%s\" is not marked NOT NULL",
                    column->name, child->relation.name);
        }
    }
    return true;
}

/* ATPrepCmd(). */
bool alter_prepare(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    const struct table *table = alter->table;
    const Constraint *constraint;

    switch (command->subtype) {
    case AT_AddColumn:
        return !table->of_type || alter->is_from_type ||
               replay_fail(replay, "42809", "cannot add column to typed table");
    case AT_DropColumn:
        return !table->of_type || alter->is_from_type ||
               replay_fail(replay, "42809",
                           "cannot drop column from typed table");
    case AT_AlterColumnType: return alter_prepare_type(alter, command);
    case AT_SetLogged:
    case AT_SetUnLogged:
        return alter_prepare_logged(alter, command->subtype == AT_SetUnLogged);
    case AT_AddInherit: return replay_check_heir(replay, table);
    case AT_AddConstraint:
        constraint = (const Constraint *)command->def;
        if (constraint->contype != CONSTR_PRIMARY)
            return true;
        note_not_null_keys(alter, constraint);
        return alter->is_recursive || check_only_key(alter, constraint);
    case AT_DropExpression: return alter_prepare_expression(alter, command);
    default: return true;
    }
}
