/*
 * ALTER COLUMN TYPE: whether the old values can become new ones, and what
 * depends on the column and forbids it.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPrepAlterColumnType,
 * ATExecAlterColumnType, RememberAllDependentForRebuilding).
 */
#include "replay/bind.h"
#include "replay/dependency.h"
#include "replay/index_check.h"
#include "replay/retype.h"
#include "replay/types.h"

#include "query/coerce.h"

#include "catalog/pg_type_d.h"

#include <string.h>

static const char *type_name(const struct alter *alter, const struct type *type)
{
    return type_to_visible_text(alter->replay->schema,
                                &alter->replay->schema->scratch, type);
}

static bool has_rows(const struct table *table)
{
    return table->relation.kind == RELATION_TABLE ||
           table->relation.kind == RELATION_PARTITIONED_TABLE;
}

static bool may_assign(const struct alter *alter, struct type *from,
                       struct type *to)
{
    return !from || !to || from == to ||
           coerce_find(alter->replay->schema, from, to, COERCION_ASSIGNMENT)
                   .path != COERCION_PATH_NONE;
}

/* USING gives the new value, as a literal perhaps. */
static bool check_using(const struct alter *alter, const struct column *column,
                        const struct bound *using, struct data_type type)
{
    if (type_oid(using->description.type.type) == UNKNOWNOID ||
        may_assign(alter, using->description.type.type, type.type))
        return true;
    return replay_fail(alter->replay, "42804",
                       "result of USING clause for column \"%s\" cannot be "
                       "cast automatically to type %s",
                       column->name, type_name(alter, type.type));
}

/* Without USING, which is then null, an assignment cast must lead there. */
static bool check_cast(const struct alter *alter, const struct column *column,
                       const struct bound *using, struct data_type type)
{
    if (!has_rows(column->table) || column->generated == GENERATED_VIRTUAL)
        return true;
    if (using)
        return check_using(alter, column, using, type);
    if (may_assign(alter, column->data_type.type, type.type))
        return true;
    return replay_fail(alter->replay, "42804",
                       "column \"%s\" cannot be cast automatically to type %s",
                       column->name, type_name(alter, type.type));
}

/* The default is cast, too; a literal is read anew. */
static bool check_default(const struct alter *alter,
                          const struct column *column, struct data_type type)
{
    struct type *from = column->data_type.type;

    /* A literal has become one of the column's type. */
    if (column->default_value && column->default_value->type &&
        type_oid(column->default_value->type) != UNKNOWNOID)
        from = column->default_value->type;
    if ((!column->has_default && !column->generated) ||
        may_assign(alter, from, type.type))
        return true;
    return replay_fail(alter->replay, "42804",
                       "%s for column \"%s\" cannot be cast automatically to "
                       "type %s",
                       column->generated ? "generation expression" : "default",
                       column->name, type_name(alter, type.type));
}

/* Something that cannot be made again with another type. */
static bool check_dependent(const struct alter *alter,
                            const struct object *object)
{
    struct replay *replay = alter->replay;
    bool is_new = replay->schema->postgres_version >= 15;

    switch (object->class) {
    case CLASS_RELATION:
        if (((const struct relation *)object)->kind != RELATION_VIEW &&
            ((const struct relation *)object)->kind !=
                RELATION_MATERIALIZED_VIEW)
            return true;
        return replay_fail(replay, "0A000",
                           "cannot alter type of a column used by a view or "
                           "rule");
    case CLASS_RULE:
        return replay_fail(replay, "0A000",
                           "cannot alter type of a column used by a view or "
                           "rule");
    case CLASS_TRIGGER:
        return replay_fail(replay, "0A000",
                           "cannot alter type of a column used in a trigger "
                           "definition");
    case CLASS_POLICY:
        return replay_fail(replay, "0A000",
                           "cannot alter type of a column used in a policy "
                           "definition");
    case CLASS_FUNCTION:
        return !is_new ||
               replay_fail(replay, "0A000",
                           "cannot alter type of a column used by a function "
                           "or procedure");
    default: return true;
    }
}

/* A column generated from it. */
static bool check_generated(const struct alter *alter,
                            const struct column *column,
                            const struct object *object)
{
    const struct column *other = NULL;

    if (object->class == CLASS_COLUMN)
        other = (const struct column *)object;
    else if (object->class == CLASS_DEFAULT)
        other = ((const struct column_default *)object)->column;
    if (!other || other == column || !other->generated)
        return true;
    return replay_fail(alter->replay,
                       alter->replay->schema->postgres_version < 15 ? "42601"
                                                                    : "0A000",
                       "cannot alter type of a column used by a generated "
                       "column");
}

static bool check_dependents(const struct alter *alter, struct column *column)
{
    struct dependency_end_array ends =
        dependency_dependents(alter->replay, &column->object);

    for (size_t i = 0; i < ends.count; i++) {
        if (!check_dependent(alter, ends.items[i].object) ||
            !check_generated(alter, column, ends.items[i].object))
            return false;
    }
    return true;
}

/* Its table is not partitioned by it. */
static bool check_partition_key(const struct alter *alter,
                                const struct column *column)
{
    const struct table *table = column->table;

    return !table->partition_key ||
           !partition_key_uses(table->partition_key, column) ||
           replay_fail(alter->replay, "42P16",
                       "cannot alter column \"%s\" because it is part of the "
                       "partition key of relation \"%s\"",
                       column->name, table->relation.name);
}

/* What the server says of the column that the statement names. */
static bool check_column(const struct alter *alter, const struct column *column,
                         const ColumnDef *definition)
{
    struct replay *replay = alter->replay;
    const struct table *table = alter->table;

    if (table->of_type && !alter->is_from_type)
        return replay_fail(replay, "42809",
                           "cannot alter column type of typed table");
    if (column->generated && definition->raw_default)
        return replay_fail(replay, "42611",
                           "cannot specify USING when altering type of "
                           "generated column");
    if (column->inherit_count > 0)
        return replay_fail(replay, "42P16",
                           "cannot alter inherited column \"%s\"",
                           column->name);
    return check_partition_key(alter, column);
}

static bool check_children(const struct alter *alter,
                           const struct column *column,
                           const struct table_array *targets)
{
    if (!alter->is_recursive && model_has_children(alter->table))
        return replay_fail(alter->replay, "42P16",
                           "type of inherited column \"%s\" must be changed in "
                           "child tables too",
                           column->name);
    for (size_t i = 1; i < targets->count; i++) {
        const struct table *child = targets->items[i];
        const struct column *own = model_find_column(child, column->name);

        if (own && child->parents.count > 1 && own->inherit_count > 1)
            return replay_fail(
                alter->replay, "42P16",
                "cannot alter inherited column \"%s\" of relation \"%s\"",
                column->name, child->relation.name);
        if (own && !check_partition_key(alter, own))
            return false;
    }
    return true;
}

/* The identity's sequence gets the type as well, before all else. */
static bool set_sequence_type(const struct alter *alter,
                              const struct column *column,
                              const ColumnDef *definition)
{
    char name[] = "as";
    DefElem option = {.type = T_DefElem,
                      .defname = name,
                      .arg = (Node *)definition->typeName};
    ListCell cell = {.ptr_value = &option};
    List options = {.type = T_List,
                    .length = 1,
                    .max_length = 1,
                    .elements = &cell};

    return column->identity == IDENTITY_NONE ||
           replay_alter_identity(alter->replay, column, &options);
}

bool alter_prepare_type(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    const ColumnDef *definition = node_as(ColumnDef, command->def);
    const Node *using = definition ? definition->raw_default : NULL;
    struct query_place place = {.clause = CLAUSE_TRANSFORM,
                                .table = alter->table};
    struct column *column;
    struct table_array targets;
    struct data_type type;
    struct bound bound;

    if (using && !bind_expression(replay, &bound, using, place))
        return false;
    column = alter_find_column(alter, command->name);
    targets = alter_heirs(alter);
    return column && definition &&
           set_sequence_type(alter, column, definition) &&
           check_column(alter, column, definition) &&
           replay_column_type(replay, definition, &type) &&
           types_check_column(replay, alter->table, column->name, type.type) &&
           check_cast(alter, column, using ? &bound : NULL, type) &&
           (alter->table->relation.kind == RELATION_TABLE || /* asked later */
            alter_check_type_users(replay, alter->table)) &&
           check_children(alter, column, &targets);
}

/* The indexes on the column are made again, with an operator class for its new
 * type. */
static bool check_indexes(struct replay *replay, const struct column *column)
{
    const struct index_array *indexes = &column->table->indexes;

    for (size_t i = 0; i < indexes->count; i++) {
        const struct index *index = indexes->items[i];

        for (size_t j = 0; j < index->column_count; j++) {
            const struct index_column *key = &index->columns[j];

            if (index->relation.object.is_dropped || key->column != column ||
                key->opclass)
                continue;
            if (!index_check_class(replay, index->method,
                                   column->data_type.type))
                return false;
        }
    }
    return true;
}

/* So are its foreign keys, and those that reference it. */
static bool check_keys(struct replay *replay, const struct column *column)
{
    const struct constraint_array *sides[] = {&column->table->constraints,
                                              &column->table->referenced_by};

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        for (size_t j = 0; j < sides[i]->count; j++) {
            const struct constraint *key = sides[i]->items[j];

            if (key->object.is_dropped || key->type != CONSTRAINT_FOREIGN_KEY ||
                !columns_have(i == 0 ? &key->columns : &key->referenced_columns,
                              column))
                continue;
            if (!replay_check_key_types(replay, key))
                return false;
        }
    }
    return true;
}

/*
 * From 18 on NOT NULL constraints are made again, too: those that a partition
 * has by inheritance alone from its parent's, whose name they get.
 */
static bool name_not_null(const struct alter *alter,
                          const struct constraint *parent,
                          const struct column *own)
{
    struct constraint *constraint = own->not_null;

    if (!parent || !constraint || constraint->is_local ||
        strcmp(constraint->name, parent->name) == 0)
        return true;
    if (model_find_constraint(alter->replay->schema, own->table, parent->name))
        return replay_fail(alter->replay, "42710",
                           "constraint \"%s\" for relation \"%s\" already "
                           "exists",
                           parent->name, own->table->relation.name);
    model_rename_constraint(alter->replay->schema, constraint, parent->name);
    return true;
}

bool alter_set_type(const struct alter *alter, const AlterTableCmd *command)
{
    struct replay *replay = alter->replay;
    const ColumnDef *definition = node_as(ColumnDef, command->def);
    struct column *column = alter_find_column(alter, command->name);
    struct table_array targets = alter_heirs(alter);
    struct data_type type;

    if (!column || !definition ||
        !replay_resolve_type(replay, definition->typeName, &type))
        return false;
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (!own)
            continue;
        if (!check_default(alter, own, type) || !check_dependents(alter, own))
            return false;
        retype_default(replay, own);
        retype_note(replay, alter_retyping(alter), own);
        if (own != column)
            SET(replay->schema, own->data_type, type);
    }
    alter_note_rewrite(alter);
    SET(replay->schema, column->former_type, column->data_type.type);
    SET(replay->schema, column->data_type, type);
    SET(replay->schema, column->typed_at,
        replay_place_of_type(replay, definition->typeName->location));
    model_use_type(type.type);
    for (size_t i = 0; i < targets.count; i++) {
        const struct column *own =
            model_find_column(targets.items[i], column->name);

        if (own && !name_not_null(alter, column->not_null, own))
            return false;
    }
    return true;
}

/* The types of all columns that the statement changes have changed. */
bool alter_check_retyped(struct replay *replay,
                         const struct column_array *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (!check_indexes(replay, columns->items[i]))
            return false;
    }
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i]->inherit_count == 0 &&
            !check_keys(replay, columns->items[i]))
            return false;
    }
    return true;
}
