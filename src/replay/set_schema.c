/*
 * SET SCHEMA: a relation takes along what is its own, an extension its members.
 *
 * Facts: src/backend/commands/tablecmds.c (AlterTableNamespace), alter.c
 * (AlterObjectNamespace_internal), typecmds.c (AlterTypeNamespace), extension.c
 * (AlterExtensionNamespace).
 */
#include "replay/rename.h"

#include "replay/dependency.h"
#include "replay/function.h"
#include "replay/lookup.h"
#include "replay/types.h"

#include <string.h>

/* The schema to go to; null, told, if there is none. */
static struct namespace *target_of(struct replay *replay, const char *name,
                                   const struct namespace *from)
{
    struct namespace *namespace = replay_namespace(replay, name);

    if (!namespace || namespace == from)
        return namespace;
    if (namespace->is_temporary || from->is_temporary) {
        replay_fail(replay, "0A000",
                    "cannot move objects into or out of temporary schemas");
        return NULL;
    }
    return namespace;
}

static bool check_relation_name(struct replay *replay,
                                struct namespace *namespace, const char *name)
{
    if (!model_relation_in(replay->schema, namespace, name))
        return true;
    if (!replay_refuse(replay))
        return replay_free_name(replay, namespace, name);
    return replay_fail(replay, "42P07",
                       "relation \"%s\" already exists in schema \"%s\"", name,
                       namespace->name);
}

static bool check_type_name(struct replay *replay,
                            const struct namespace *namespace, const char *name)
{
    const struct relation *relation =
        model_relation_in(replay->schema, namespace, name);
    bool is_row = relation && relation->kind != RELATION_INDEX &&
                  relation->kind != RELATION_SEQUENCE;

    if ((!is_row && !model_type_in(replay->schema, namespace, name)) ||
        !replay_refuse(replay))
        return true;
    return replay_fail(replay, "42710",
                       "type \"%s\" already exists in schema \"%s\"", name,
                       namespace->name);
}

static bool move_one(struct replay *replay, struct relation *relation,
                     struct namespace *namespace)
{
    if (relation->object.is_dropped)
        return true;
    if (!check_relation_name(replay, namespace, relation->name))
        return false;
    model_move_relation(replay->schema, relation, namespace);
    return true;
}

/* With its indexes, constraints and sequences. */
static bool move_table(struct replay *replay, struct table *table,
                       struct namespace *namespace)
{
    if (!check_relation_name(replay, namespace, table->relation.name) ||
        !check_type_name(replay, namespace, table->relation.name))
        return false;
    model_move_table(replay->schema, table, namespace);
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (!move_one(replay, &table->indexes.items[i]->relation, namespace))
            return false;
    }
    for (size_t i = 0; i < table->sequences.count; i++) {
        struct sequence *sequence = table->sequences.items[i];

        if (sequence->owned_by && sequence->owned_by->table == table &&
            !move_one(replay, &sequence->relation, namespace))
            return false;
    }
    return true;
}

static bool check_relation(struct replay *replay,
                           const AlterObjectSchemaStmt *alter,
                           struct relation *relation)
{
    const struct sequence *sequence = relation_as_sequence(relation);

    if (!rename_check_kind(replay, relation, alter->objectType))
        return false;
    if (relation->kind == RELATION_INDEX &&
        replay->schema->postgres_version < 15)
        return replay_fail(replay, "42809",
                           "\"%s\" is not a table, view, materialized view, "
                           "sequence, or foreign table",
                           relation->name);
    if (relation->kind == RELATION_INDEX)
        return replay_fail(replay, "42809",
                           "cannot change schema of index \"%s\"",
                           relation->name);
    if (sequence && sequence->owned_by)
        return replay_fail(replay, "0A000",
                           "cannot move an owned sequence into another schema");
    return true;
}

static bool move_relation(struct replay *replay,
                          const AlterObjectSchemaStmt *alter)
{
    struct schema *schema = replay->schema;
    struct relation *relation;
    struct namespace *namespace;

    if (!rename_find_relation(replay, alter->relation, alter->missing_ok,
                              &relation))
        return false;
    if (!relation && !replay_knows_all(replay) &&
        alter->objectType == OBJECT_TABLE)
        relation =
            &model_mention_table(schema, name_from_range_var(alter->relation),
                                 alter->missing_ok)
                 ->relation;
    if (!relation)
        return true;
    if (replay_refuse(replay) && !check_relation(replay, alter, relation))
        return false;
    namespace = target_of(replay, alter->newschema, relation->namespace);
    if (!namespace)
        return false;
    if (namespace == relation->namespace || relation_as_index(relation))
        return true;
    if (relation_as_table(relation))
        return move_table(replay, relation_as_table(relation), namespace);
    return move_one(replay, relation, namespace);
}

static bool move_type(struct replay *replay, const AlterObjectSchemaStmt *alter)
{
    struct namespace *namespace;
    struct type *type;

    if (!types_find(replay, (const List *)alter->object, &type))
        return false;
    if (!type)
        return true;
    if (!types_check_alter(replay, type, alter->objectType == OBJECT_DOMAIN))
        return false;
    namespace = target_of(replay, alter->newschema, type->namespace);
    if (!namespace)
        return false;
    if (namespace == type->namespace)
        return true;
    if (!check_type_name(replay, namespace, type->name))
        return false;
    if (type->kind == TYPE_COMPOSITE && type->table)
        return move_table(replay, type->table, namespace);
    model_rename_type(replay->schema, type, type->name, namespace);
    return true;
}

static bool move_extension(struct replay *replay,
                           const AlterObjectSchemaStmt *alter)
{
    struct schema *schema = replay->schema;
    struct extension *extension;
    struct namespace *namespace;
    struct object *object;

    if (!lookup_object(replay, OBJECT_EXTENSION, alter->object, false, &object))
        return false;
    if (!object)
        return true;
    extension = (struct extension *)object;
    namespace = target_of(replay, alter->newschema, extension->namespace);
    if (!namespace || namespace == extension->namespace)
        return namespace != NULL;
    for (size_t i = 0; i < extension->types.count; i++) {
        struct type *type = extension->types.items[i];

        if (!type->object.is_dropped)
            model_rename_type(schema, type, type->name, namespace);
    }
    model_forget_need(schema, object, &extension->namespace->object);
    model_depend(schema, object, &namespace->object, DEPENDENCY_NORMAL);
    SET(schema, extension->namespace, namespace);
    return true;
}

static bool move_function(struct replay *replay,
                          const AlterObjectSchemaStmt *alter)
{
    struct namespace *namespace;
    struct function *function;
    struct object *object;

    if (!lookup_object(replay, alter->objectType, alter->object, false,
                       &object))
        return false;
    if (!object)
        return true;
    function = (struct function *)object;
    namespace = target_of(replay, alter->newschema, function->namespace);
    if (!namespace || namespace == function->namespace)
        return namespace != NULL;
    if (!rename_check_function(replay, function, function->name, namespace))
        return false;
    model_rename_function(replay->schema, function, function->name, namespace);
    return true;
}

static bool move_statistics(struct replay *replay,
                            const AlterObjectSchemaStmt *alter)
{
    struct schema *schema = replay->schema;
    struct statistics *statistics;
    struct namespace *namespace;
    struct object *object;

    if (!lookup_object(replay, OBJECT_STATISTIC_EXT, alter->object, false,
                       &object))
        return false;
    if (!object)
        return true;
    statistics = (struct statistics *)object;
    namespace = target_of(replay, alter->newschema, statistics->namespace);
    if (!namespace || namespace == statistics->namespace)
        return namespace != NULL;
    if (model_statistics_in(schema, namespace, statistics->name))
        return replay_fail(
            replay, "42710",
            "statistics object \"%s\" already exists in schema \"%s\"",
            statistics->name, namespace->name);
    model_rename_statistics(schema, statistics, statistics->name, namespace);
    return true;
}

bool replay_set_schema(struct replay *replay,
                       const AlterObjectSchemaStmt *alter)
{
    switch (alter->objectType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE: return move_relation(replay, alter);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN: return move_type(replay, alter);
    case OBJECT_EXTENSION: return move_extension(replay, alter);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE: return move_function(replay, alter);
    case OBJECT_STATISTIC_EXT: return move_statistics(replay, alter);
    default: return true;
    }
}
