/*
 * ALTER TABLE's sub-commands on identity and on generated columns.
 *
 * Facts: src/backend/commands/tablecmds.c (ATExecAddIdentity,
 * ATExecSetIdentity, ATExecDropIdentity, ATExecSetExpression,
 * ATExecDropExpression, ATPrepDropExpression).
 */
#include "replay/context.h"

#include <string.h>

static bool fail_state(const struct alter *alter, const struct column *column,
                       const char *what)
{
    return replay_fail(alter->replay, "55000",
                       "column \"%s\" of relation \"%s\" %s", column->name,
                       alter->table->relation.name, what);
}

/* From 17 on a partition's identity is that of its parent. */
static bool check_partition(const struct alter *alter, const char *what)
{
    const struct table *table = alter->table;

    if (alter->replay->schema->postgres_version < 17)
        return true;
    if (table->partition_of)
        return replay_fail(alter->replay, "42P16", "cannot %s a partition",
                           what);
    if (table->relation.kind == RELATION_PARTITIONED_TABLE &&
        !alter->is_recursive && model_has_children(table))
        return replay_fail(alter->replay, "42P16",
                           "cannot %s only the partitioned table", what);
    return true;
}

/* The partitions' columns too, from 17 on. */
static void spread_identity(const struct alter *alter,
                            const struct column *column)
{
    struct schema *schema = alter->replay->schema;
    struct table_array targets = alter_heirs(alter);

    if (schema->postgres_version < 17 ||
        alter->table->relation.kind != RELATION_PARTITIONED_TABLE)
        return;
    for (size_t i = 1; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own)
            SET(schema, own->identity, column->identity);
    }
}

bool alter_add_identity(const struct alter *alter, const AlterTableCmd *command)
{
    struct column *column = alter_find_column(alter, command->name);
    const Constraint *node = node_as(Constraint, command->def);

    if (!column || !node ||
        !replay_check_identity(alter->replay, alter->table->relation.namespace,
                               node, column->data_type.type) ||
        !check_partition(alter, "add identity to a column of"))
        return false;
    if (column->is_nullable && alter->table->is_complete)
        return fail_state(alter, column,
                          "must be declared NOT NULL before identity can be "
                          "added");
    if (column->identity != IDENTITY_NONE)
        return fail_state(alter, column, "is already an identity column");
    if (column->has_default)
        return fail_state(alter, column, "already has a default value");
    if (!replay_make_identity(alter->replay, column, node))
        return false;
    spread_identity(alter, column);
    return true;
}

/* What SET GENERATED says, in clauses among others. */
static bool read_generated(const struct alter *alter, const List *clauses,
                           const DefElem **generated)
{
    const ListCell *cell;

    foreach (cell, clauses) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (!option || strcmp(option->defname, "generated") != 0)
            continue;
        if (*generated)
            return replay_fail(alter->replay, "42601",
                               "conflicting or redundant options");
        *generated = option;
    }
    return true;
}

bool alter_set_identity(const struct alter *alter, const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct column *column = alter_find_column(alter, command->name);
    const List *clauses = (const List *)command->def;
    const DefElem *generated = NULL;

    if (!column ||
        (column->identity != IDENTITY_NONE &&
         !replay_alter_identity(alter->replay, column, clauses)) ||
        !check_partition(alter, "change identity column of") ||
        !read_generated(alter, clauses, &generated))
        return false;
    if (column->identity == IDENTITY_NONE)
        return !alter->table->is_complete ||
               fail_state(alter, column, "is not an identity column");
    if (generated)
        SET(schema, column->identity,
            intVal(generated->arg) == ATTRIBUTE_IDENTITY_ALWAYS
                ? IDENTITY_ALWAYS
                : IDENTITY_BY_DEFAULT);
    spread_identity(alter, column);
    return true;
}

bool alter_drop_identity(const struct alter *alter,
                         const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct column *column = alter_find_column(alter, command->name);
    struct sequence *sequence;

    if (!column || !check_partition(alter, "drop identity from a column of"))
        return false;
    if (column->identity == IDENTITY_NONE)
        return command->missing_ok || !alter->table->is_complete ||
               fail_state(alter, column, "is not an identity column");
    SET(schema, column->identity, IDENTITY_NONE);
    spread_identity(alter, column);
    sequence = replay_identity_sequence(column);
    if (sequence)
        model_remove_relation(schema, &sequence->relation);
    return true;
}

bool alter_set_expression(const struct alter *alter,
                          const AlterTableCmd *command)
{
    struct column *column = alter_find_column(alter, command->name);

    if (!column)
        return false;
    return column->generated != GENERATED_NONE || !alter->table->is_complete ||
           fail_state(alter, column, "is not a generated column");
}

/* ONLY, or a child's alone. The server takes the children of children for
 * something that ONLY leaves out (ATPrepDropExpression). */
bool alter_prepare_expression(const struct alter *alter,
                              const AlterTableCmd *command)
{
    struct table_array targets = alter_heirs(alter);
    const struct column *column;

    for (size_t i = alter->is_recursive; i < targets.count; i++) {
        if (model_has_children(targets.items[i]))
            return replay_fail(alter->replay, "0A000",
                               "ALTER TABLE / DROP EXPRESSION must be applied "
                               "to child tables too");
    }
    column = alter_find_column(alter, command->name);
    return column && (column->inherit_count == 0 ||
                      replay_fail(alter->replay, "42P16",
                                  "cannot drop generation expression from "
                                  "inherited column"));
}

bool alter_drop_expression(const struct alter *alter,
                           const AlterTableCmd *command)
{
    struct schema *schema = alter->replay->schema;
    struct column *column = alter_find_column(alter, command->name);
    struct table_array targets = alter_heirs(alter);

    if (!column)
        return false;
    if (column->generated == GENERATED_VIRTUAL)
        return replay_fail(alter->replay, "0A000",
                           "ALTER TABLE / DROP EXPRESSION is not supported for "
                           "virtual generated columns");
    if (column->generated == GENERATED_NONE)
        return command->missing_ok || !alter->table->is_complete ||
               fail_state(alter, column,
                          schema->postgres_version >= 18
                              ? "is not a generated column"
                              : "is not a stored generated column");
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (!own)
            continue;
        SET(schema, own->generated, GENERATED_NONE);
        replay_set_default(alter->replay, own, NULL);
    }
    return true;
}
