/*
 * CREATE TABLE before anything is made: what the server says of the definition
 * while it looks only at that, and of the sequences that it makes first.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformCreateStmt),
 * src/backend/commands/tablecmds.c (DefineRelation, MergeAttributes).
 */
#include "replay/context.h"

#include <string.h>

bool replay_is_named_before(const CreateStmt *create, const ColumnDef *node)
{
    const ListCell *cell;

    foreach (cell, create->tableElts) {
        const ColumnDef *other = node_as(ColumnDef, (Node *)lfirst(cell));

        if (other == node)
            return false;
        if (other && strcmp(other->colname, node->colname) == 0)
            return true;
    }
    return false;
}

bool replay_fail_twice(struct replay *replay, const char *name)
{
    return replay_fail(replay, "42701",
                       "column \"%s\" specified more than once", name);
}

/* Which constraints a table of this kind may have. */
static bool check_constraint(struct replay *replay, const CreateStmt *create,
                             const Constraint *node, size_t *primary_count)
{
    if (node->contype == CONSTR_PRIMARY && ++*primary_count > 1)
        return replay_fail(
            replay, "42P16",
            "multiple primary keys for table \"%s\" are not allowed",
            create->relation->relname);
    if (node->contype == CONSTR_NOTNULL && node->is_no_inherit &&
        create->partspec)
        return replay_fail(replay, "0A000",
                           "not-null constraints on partitioned tables cannot "
                           "be NO INHERIT");
    if (node->contype == CONSTR_EXCLUSION && create->partspec &&
        replay->schema->postgres_version < 17)
        return replay_fail(replay, "0A000",
                           "exclusion constraints are not supported on "
                           "partitioned tables");
    return true;
}

static bool check_constraints(struct replay *replay, const CreateStmt *create)
{
    size_t primary_count = 0;
    const ListCell *cell, *inner;

    foreach (cell, create->tableElts) {
        const Node *element = lfirst(cell);
        const Constraint *node = node_as(Constraint, element);
        const ColumnDef *column = node_as(ColumnDef, element);

        if (node && !check_constraint(replay, create, node, &primary_count))
            return false;
        foreach (inner, column ? column->constraints : NIL) {
            node = node_as(Constraint, (Node *)lfirst(inner));
            if (node && !check_constraint(replay, create, node, &primary_count))
                return false;
        }
    }
    return true;
}

static const Constraint *find_identity(const ColumnDef *column)
{
    const ListCell *cell;

    foreach (cell, column ? column->constraints : NIL) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && node->contype == CONSTR_IDENTITY)
            return node;
    }
    return NULL;
}

static bool has_identity(const CreateStmt *create)
{
    const ListCell *cell;

    foreach (cell, create->tableElts) {
        if (find_identity(node_as(ColumnDef, (Node *)lfirst(cell))))
            return true;
    }
    return false;
}

static bool check_types(struct replay *replay, const CreateStmt *create)
{
    const ListCell *cell;
    struct data_type type;

    foreach (cell, create->tableElts) {
        const ColumnDef *column = node_as(ColumnDef, (Node *)lfirst(cell));

        if (column && column->typeName &&
            !replay_resolve_type(replay, column->typeName, &type))
            return false;
    }
    return true;
}

/* The sequences of identity columns are made before the table. */
static bool check_identities(struct replay *replay, const CreateStmt *create,
                             struct namespace *namespace)
{
    const ListCell *cell;

    if (!has_identity(create))
        return true;
    if (create->partbound)
        return replay_fail(replay, "0A000",
                           "identity columns are not supported on partitions");
    if (!check_types(replay, create))
        return false;
    foreach (cell, create->tableElts) {
        const ColumnDef *column = node_as(ColumnDef, (Node *)lfirst(cell));
        const Constraint *identity = find_identity(column);
        struct data_type type;

        if (identity && column->typeName &&
            (!replay_resolve_type(replay, column->typeName, &type) ||
             !replay_check_identity(replay, namespace, identity, type.type)))
            return false;
    }
    return true;
}

bool replay_check_definition(struct replay *replay, const CreateStmt *create,
                             struct namespace *namespace)
{
    struct table draft = {
        .relation.name = create->relation->relname,
        .relation.is_temporary =
            create->relation->relpersistence == RELPERSISTENCE_TEMP,
    };
    const ListCell *cell;

    foreach (cell, create->tableElts) {
        const ColumnDef *column = node_as(ColumnDef, (Node *)lfirst(cell));
        const TableLikeClause *like =
            node_as(TableLikeClause, (Node *)lfirst(cell));
        struct column_clauses clauses;

        if (like && !replay_like_source(replay, like))
            return false;
        if (column && !replay_read_clauses(replay, &draft, column, &clauses))
            return false;
    }
    if (!check_constraints(replay, create) ||
        !check_identities(replay, create, namespace))
        return false;
    foreach (cell, create->tableElts) {
        const ColumnDef *column = node_as(ColumnDef, (Node *)lfirst(cell));

        if (column && replay_is_named_before(create, column))
            return replay_fail_twice(replay, column->colname);
    }
    foreach (cell, create->inhRelations) {
        if (!replay_find_parent(replay, &draft, lfirst(cell),
                                create->partbound != NULL))
            return false;
    }
    return true;
}
