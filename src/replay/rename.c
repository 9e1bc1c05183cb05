/*
 * Renames and moves to another schema. A relation keeps its identity; what is
 * named after it keeps its name, as on the server: only an index and the
 * constraint it backs share theirs.
 */
#include "replay/context.h"

#include <string.h>

static bool rename_relation(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_range_var(rename->relation);
    struct relation *relation = model_find_relation(schema, name);
    struct index *index;

    if (!relation && (rename->renameType == OBJECT_TABLE ||
                      rename->renameType == OBJECT_FOREIGN_TABLE))
        relation =
            &model_mention_table(schema, name, rename->missing_ok)->relation;
    if (!relation)
        return true; /* an index, view or sequence from before the history */
    if (!replay_free_name(replay, relation->namespace, rename->newname))
        return false;
    index = relation_as_index(relation);
    if (index && index->constraint)
        model_rename_constraint(schema, index->constraint, rename->newname);
    model_rename_relation(schema, relation, rename->newname);
    return true;
}

static bool rename_column(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_range_var(rename->relation);
    struct table *table;
    struct column *column;
    struct table_array targets;

    if (relation_as_index(model_find_relation(schema, name)))
        return true;
    if (rename->renameType == OBJECT_ATTRIBUTE)
        table = model_find_table(schema, name);
    else
        table = model_mention_table(schema, name, rename->missing_ok);
    if (!table)
        return rename->renameType == OBJECT_ATTRIBUTE;
    column = model_mention_column(schema, table, rename->subname);
    if (!column)
        return false;
    if (model_find_column(table, rename->newname) && replay_refuse(replay))
        return false;
    targets = model_inheritors(schema, table, true);
    for (size_t i = 0; i < targets.count; i++) {
        struct column *own =
            model_find_column(targets.items[i], rename->subname);

        if (own && (own == column || own->inherit_count > 0 ||
                    targets.items[i]->partition_of))
            model_rename_column(schema, own, rename->newname);
    }
    return true;
}

static bool rename_constraint(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct table *table = model_mention_table(
        schema, name_from_range_var(rename->relation), rename->missing_ok);
    struct constraint *constraint;
    struct table_array targets;

    if (!table)
        return false;
    constraint = model_find_constraint(schema, table, rename->subname);
    if (!constraint)
        return !table->is_complete;
    if (model_find_constraint(schema, table, rename->newname))
        return false;
    targets = model_inheritors(schema, table,
                               constraint->type == CONSTRAINT_CHECK ||
                                   constraint->type == CONSTRAINT_NOT_NULL);
    for (size_t i = 1; i < targets.count; i++) {
        struct constraint *own =
            model_find_constraint(schema, targets.items[i], rename->subname);

        if (own && own->inherited_from)
            model_rename_constraint(schema, own, rename->newname);
    }
    if (constraint->index && constraint->type != CONSTRAINT_FOREIGN_KEY) {
        if (!replay_free_name(replay, table->relation.namespace,
                              rename->newname))
            return false;
        model_rename_relation(schema, &constraint->index->relation,
                              rename->newname);
    }
    model_rename_constraint(schema, constraint, rename->newname);
    return true;
}

static bool rename_schema(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace = model_find_namespace(schema, rename->subname);

    if (!namespace || namespace->is_temporary)
        return true;
    if (model_find_namespace(schema, rename->newname))
        return false;
    model_rename_namespace(schema, namespace, rename->newname);
    return true;
}

/* A composite type is a relation: its row's columns are its attributes. */
static struct relation *find_composite(struct schema *schema,
                                       struct qualified_name name)
{
    struct relation *relation = model_find_relation(schema, name);

    return relation && relation->kind == RELATION_COMPOSITE_TYPE ? relation
                                                                 : NULL;
}

static bool move_type(struct replay *replay, struct qualified_name name,
                      struct namespace *namespace)
{
    struct schema *schema = replay->schema;
    struct type *type = model_find_type(schema, name);
    struct relation *relation = find_composite(schema, name);

    if (type) {
        if (model_type_in(schema, namespace, type->name))
            return false;
        model_rename_type(schema, type, type->name, namespace);
        return true;
    }
    if (!relation)
        return true;
    if (!replay_free_name(replay, namespace, relation->name))
        return false;
    model_move_relation(schema, relation, namespace);
    return true;
}

static bool rename_type(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_list((const List *)rename->object);
    struct type *type = model_find_type(schema, name);
    struct relation *relation;

    if (type) {
        if (model_type_in(schema, type->namespace, rename->newname))
            return false;
        model_rename_type(schema, type, rename->newname, type->namespace);
        return true;
    }
    relation = find_composite(schema, name);
    if (!relation)
        return true;
    if (!replay_free_name(replay, relation->namespace, rename->newname))
        return false;
    model_rename_relation(schema, relation, rename->newname);
    return true;
}

bool replay_rename(struct replay *replay, const RenameStmt *rename)
{
    switch (rename->renameType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX: return rename_relation(replay, rename);
    case OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE: return rename_column(replay, rename);
    case OBJECT_TABCONSTRAINT: return rename_constraint(replay, rename);
    case OBJECT_SCHEMA: return rename_schema(replay, rename);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN: return rename_type(replay, rename);
    default: return true;
    }
}

/* A table takes its indexes, constraints and sequences along. */
static bool move_table(struct replay *replay, struct table *table,
                       struct namespace *namespace)
{
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < table->indexes.count; i++) {
        struct relation *index = &table->indexes.items[i]->relation;

        if (index->object.is_dropped)
            continue;
        if (!replay_free_name(replay, namespace, index->name))
            return false;
        model_move_relation(schema, index, namespace);
    }
    for (size_t i = 0; i < table->sequences.count; i++) {
        struct relation *sequence = &table->sequences.items[i]->relation;

        if (sequence->object.is_dropped)
            continue;
        if (!replay_free_name(replay, namespace, sequence->name))
            return false;
        model_move_relation(schema, sequence, namespace);
    }
    model_move_table(schema, table, namespace);
    return true;
}

static bool move_relation(struct replay *replay,
                          const AlterObjectSchemaStmt *alter,
                          struct namespace *namespace)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_range_var(alter->relation);
    struct relation *relation = model_find_relation(schema, name);

    if (!relation && alter->objectType == OBJECT_TABLE)
        relation =
            &model_mention_table(schema, name, alter->missing_ok)->relation;
    if (!relation || relation->namespace == namespace ||
        relation_as_index(relation))
        return true;
    if (!replay_free_name(replay, namespace, relation->name))
        return false;
    if (relation_as_table(relation))
        return move_table(replay, relation_as_table(relation), namespace);
    model_move_relation(schema, relation, namespace);
    return true;
}

bool replay_set_schema(struct replay *replay,
                       const AlterObjectSchemaStmt *alter)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace = model_namespace_for(schema, alter->newschema);
    struct extension *extension;

    switch (alter->objectType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE: return move_relation(replay, alter, namespace);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        return move_type(replay, name_from_list((const List *)alter->object),
                         namespace);
    case OBJECT_EXTENSION:
        extension =
            model_find_extension(schema, name_from_string(alter->object));
        if (!extension)
            return true;
        for (size_t i = 0; i < extension->types.count; i++) {
            struct type *type = extension->types.items[i];

            if (!type->object.is_dropped)
                model_rename_type(schema, type, type->name, namespace);
        }
        SET(schema, extension->namespace, namespace);
        return true;
    default: return true;
    }
}
