/*
 * CREATE TABLE before anything is made: what the server says of the definition
 * while it looks only at that, of the sequences that it makes first, and of
 * the parents' and columns' names.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformCreateStmt),
 * src/backend/commands/tablecmds.c (DefineRelation, MergeAttributes).
 */
#include "replay/table_definition.h"

#include "replay/index_check.h"

#include <string.h>

/* transformTableConstraint(): which ones a table of this kind may have. */
static bool transform_constraint(struct replay *replay,
                                 const CreateStmt *create,
                                 const Constraint *node)
{
    if (!create->partspec)
        return true;
    if (node->contype == CONSTR_NOTNULL && node->is_no_inherit)
        return replay_fail_partitioned_not_null(replay);
    if (node->contype == CONSTR_EXCLUSION &&
        replay->schema->postgres_version < 17)
        return replay_fail(replay, "0A000",
                           "exclusion constraints are not supported on "
                           "partitioned tables");
    return true;
}

static bool transform_constraints(struct replay *replay,
                                  const struct definition *definition,
                                  const List *constraints)
{
    const ListCell *cell;

    if (!definition->is_certain)
        return true;
    foreach (cell, constraints) {
        const Constraint *node = node_as(Constraint, (Node *)lfirst(cell));

        if (node && !transform_constraint(replay, definition->create, node))
            return false;
    }
    return true;
}

/* transformColumnDefinition() */
static bool transform_column(struct replay *replay,
                             struct definition *definition,
                             const ColumnDef *node)
{
    struct column_work *work =
        array_push(&replay->schema->scratch, &definition->columns);

    *work = (struct column_work){.node = node};
    if (node->typeName && !replay_column_type(replay, node, &work->type))
        return false;
    if (!replay_check_attributes(replay, node->constraints) ||
        !transform_constraints(replay, definition, node->constraints) ||
        !replay_read_clauses(replay, definition->table, node, &work->clauses))
        return false;
    if (!definition->create->partbound)
        return true;
    if (work->clauses.generated && replay->schema->postgres_version < 16)
        return replay_fail(replay, "0A000",
                           "generated columns are not supported on partitions");
    return !work->clauses.identity ||
           replay_fail(replay, "0A000",
                       "identity columns are not supported on partitions");
}

static bool transform_element(struct replay *replay,
                              struct definition *definition,
                              const Node *element)
{
    const ColumnDef *column = node_as(ColumnDef, element);
    const Constraint *constraint = node_as(Constraint, element);
    const TableLikeClause *like = node_as(TableLikeClause, element);

    if (column && !transform_column(replay, definition, column))
        return false;
    if (!definition->is_certain)
        return true;
    if (like)
        return replay_like_source(replay, like) != NULL;
    return !constraint ||
           transform_constraint(replay, definition->create, constraint);
}

/* The columns of a relation that the table takes over are known, and one has
 * this name; or they are not all known. */
static bool may_have(struct replay *replay, const RangeVar *name,
                     const char *column)
{
    struct table *table = relation_as_table(
        model_find_relation(replay->schema, name_from_range_var(name)));

    return !table || !table->is_complete || model_find_column(table, column);
}

/* The table is going to have a column of that name, or may. */
static bool may_get(struct replay *replay, const struct definition *definition,
                    const char *name)
{
    const CreateStmt *create = definition->create;
    const ListCell *cell;

    if (name_is_system_column(name) ||
        model_find_column(definition->table, name) ||
        !model_spend(replay->schema, definition->columns.count))
        return true;
    for (size_t i = 0; i < definition->columns.count; i++) {
        if (strcmp(definition->columns.items[i].node->colname, name) == 0)
            return true;
    }
    foreach (cell, create->tableElts) {
        const TableLikeClause *like =
            node_as(TableLikeClause, (Node *)lfirst(cell));

        if (like && may_have(replay, like->relation, name))
            return true;
    }
    foreach (cell, create->inhRelations) {
        if (may_have(replay, lfirst(cell), name))
            return true;
    }
    return false;
}

static bool is_before(const List *keys, const ListCell *cell)
{
    const char *name = name_from_string(lfirst(cell));
    const ListCell *other;

    foreach (other, keys) {
        if (other == cell)
            return false;
        if (strcmp(name_from_string(lfirst(other)), name) == 0)
            return true;
    }
    return false;
}

/* transformIndexConstraint() */
static bool check_keys(struct replay *replay,
                       const struct definition *definition,
                       const Constraint *node)
{
    bool is_primary = node->contype == CONSTR_PRIMARY;
    const ListCell *cell;

    if (list_length(node->keys) > KEY_COUNT_MAX)
        return true;
    foreach (cell, node->keys) {
        const char *name = name_from_string(lfirst(cell));

        if (!may_get(replay, definition, name))
            return replay_fail_key(replay, name);
        if (is_before(node->keys, cell))
            return replay_fail(replay, "42701",
                               "column \"%s\" appears twice in %s constraint",
                               name, is_primary ? "primary key" : "unique");
    }
    foreach (cell, node->including) {
        const char *name = name_from_string(lfirst(cell));

        if (!may_get(replay, definition, name))
            return replay_fail_key(replay, name);
    }
    return true;
}

static bool check_constraint(struct replay *replay,
                             const struct definition *definition,
                             const Constraint *node, size_t *primary_count)
{
    if (node->contype == CONSTR_PRIMARY && ++*primary_count > 1)
        return replay_fail(
            replay, "42P16",
            "multiple primary keys for table \"%s\" are not allowed",
            definition->create->relation->relname);
    return (node->contype != CONSTR_PRIMARY &&
            node->contype != CONSTR_UNIQUE) ||
           check_keys(replay, definition, node);
}

/* transformIndexConstraints() */
static bool check_constraints(struct replay *replay,
                              const struct definition *definition)
{
    size_t primary_count = 0;
    const ListCell *cell, *inner;

    foreach (cell, definition->create->tableElts) {
        const Node *element = lfirst(cell);
        const Constraint *node = node_as(Constraint, element);
        const ColumnDef *column = node_as(ColumnDef, element);

        if (node && !check_constraint(replay, definition, node, &primary_count))
            return false;
        foreach (inner, column ? column->constraints : NIL) {
            node = node_as(Constraint, (Node *)lfirst(inner));
            if (node &&
                !check_constraint(replay, definition, node, &primary_count))
                return false;
        }
    }
    return true;
}

/* The sequences of identity columns are made before the table. */
static bool check_identities(struct replay *replay,
                             const struct definition *definition)
{
    struct namespace *namespace = definition->table->relation.namespace;

    for (size_t i = 0; i < definition->columns.count; i++) {
        const struct column_work *work = &definition->columns.items[i];

        if (work->clauses.identity && work->node->typeName &&
            !replay_check_identity(replay, namespace, work->clauses.identity,
                                   work->type.type))
            return false;
    }
    return true;
}

bool definition_transform(struct replay *replay, struct definition *definition)
{
    const CreateStmt *create = definition->create;
    struct arena *scratch = &replay->schema->scratch;
    size_t element_count = (size_t)list_length(create->tableElts);
    const ListCell *cell;

    array_make_room(scratch, &definition->columns, element_count);
    array_make_room(scratch, &definition->not_null, element_count);
    if (create->partspec && create->inhRelations && !create->partbound)
        return replay_fail(replay, "42P17",
                           "cannot create partitioned table as inheritance "
                           "child");
    foreach (cell, create->tableElts) {
        if (!transform_element(replay, definition, lfirst(cell)))
            return false;
    }
    return !definition->is_certain || (check_constraints(replay, definition) &&
                                       check_identities(replay, definition));
}

bool definition_check_parents(struct replay *replay,
                              const struct definition *definition)
{
    const List *names = definition->create->inhRelations;
    struct relation_array parents = {0};
    const ListCell *cell;

    foreach (cell, names) {
        const RangeVar *name = lfirst(cell);
        struct relation *parent =
            model_find_relation(replay->schema, name_from_range_var(name));

        if (!parent) {
            struct table *mentioned = replay_mention(replay, name, false);

            if (!mentioned)
                return false;
            parent = &mentioned->relation;
        }
        for (size_t i = 0; i < parents.count; i++) {
            if (parents.items[i] == parent)
                return replay_fail(
                    replay, "42P07",
                    "relation \"%s\" would be inherited from more than once",
                    name->relname);
        }
        *array_push(&replay->schema->scratch, &parents) = parent;
    }
    return true;
}

/* Few columns of a table share such a bit: a name whose bit was not seen is
 * one that was not seen. */
#define NAME_BITS 256

static size_t bit_of_name(const char *name)
{
    return model_hash_column(slice_from(name)) >> 24 & (NAME_BITS - 1);
}

static bool is_defined_before(const struct column_work_array *columns,
                              size_t index)
{
    const char *name = columns->items[index].node->colname;

    for (size_t i = 0; i < index; i++) {
        if (strcmp(columns->items[i].node->colname, name) == 0)
            return true;
    }
    return false;
}

bool definition_check_names(struct replay *replay,
                            const struct definition *definition)
{
    const struct column_work_array *columns = &definition->columns;
    uint64_t seen[NAME_BITS / 64] = {0};

    if (columns->count > COLUMN_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "tables can have at most %d columns",
                           COLUMN_COUNT_MAX);
    for (size_t i = 0; i < columns->count; i++) {
        const char *name = columns->items[i].node->colname;
        size_t bit = bit_of_name(name);
        bool may_be_second = seen[bit / 64] >> bit % 64 & 1;

        if (may_be_second && is_defined_before(columns, i))
            return replay_fail(replay, "42701",
                               "column \"%s\" specified more than once", name);
        seen[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return true;
}
