/*
 * RENAME of what is neither a relation, a part of one, nor a type.
 *
 * Facts: src/backend/commands/alter.c (AlterObjectRename_internal), trigger.c
 * (renametrig), policy.c (rename_policy), src/backend/rewrite/rewriteDefine.c
 * (RenameRewriteRule), schemacmds.c (RenameSchema).
 */
#include "replay/rename.h"

#include "base/buffer.h"
#include "replay/dependency.h"
#include "replay/function.h"
#include "replay/lookup.h"
#include "replay/objects.h"
#include "replay/system_catalog.h"
#include "replay/types.h"

#include <string.h>

static bool rename_schema(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct object *object;

    if (!lookup_word(replay, OBJECT_SCHEMA, rename->subname, false, &object))
        return false;
    if (!object)
        return true;
    if (model_find_namespace(schema, rename->newname))
        return !replay_refuse(replay) ||
               replay_fail(replay, "42P06", "schema \"%s\" already exists",
                           rename->newname);
    if (system_has_namespace(rename->subname))
        return false; /* nobody could do without */
    if (strncmp(rename->newname, "pg_", 3) == 0)
        return replay_fail(replay, "42939", "unacceptable schema name \"%s\"",
                           rename->newname);
    model_rename_namespace(schema, (struct namespace *)object, rename->newname);
    return true;
}

bool rename_check_function(struct replay *replay,
                           const struct function *function, const char *name,
                           const struct namespace *namespace)
{
    struct buffer buffer;
    size_t count;
    struct type **types = function_input(replay, function, &count);

    if (!function_in(replay->schema, namespace, name, types, count) ||
        !replay_refuse(replay))
        return true;
    buffer_init(&buffer, &replay->schema->scratch);
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&buffer, "%s%s", i ? ", " : "",
                          types[i] ? type_visible_name(replay, types[i]) : "?");
    return replay_fail(replay, "42723",
                       "function %s(%s) already exists in schema \"%s\"", name,
                       buffer_text(&buffer), namespace->name);
}

static bool rename_function(struct replay *replay, const RenameStmt *rename)
{
    struct object *object;
    struct function *function;

    if (!lookup_object(replay, rename->renameType, rename->object, false,
                       &object))
        return false;
    if (!object)
        return true;
    function = (struct function *)object;
    if (!rename_check_function(replay, function, rename->newname,
                               function->namespace))
        return false;
    model_rename_function(replay->schema, function, rename->newname,
                          function->namespace);
    return true;
}

static bool rename_domain_constraint(struct replay *replay,
                                     const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct constraint *constraint;
    struct type *domain;

    if (!types_find(replay, (const List *)rename->object, &domain))
        return false;
    if (!domain)
        return true;
    if (domain->kind != TYPE_DOMAIN)
        return replay_fail(replay, "42809", "%s is not a domain",
                           type_visible_name(replay, domain));
    constraint = model_find_domain_constraint(schema, domain, rename->subname);
    if (!constraint)
        return !replay_refuse(replay) ||
               replay_fail(replay, "42704",
                           "constraint \"%s\" for domain %s does not exist",
                           rename->subname, type_visible_name(replay, domain));
    if (model_find_domain_constraint(schema, domain, rename->newname))
        return replay_fail(replay, "42710",
                           "constraint \"%s\" for domain %s already exists",
                           rename->newname, type_visible_name(replay, domain));
    model_rename_constraint(schema, constraint, rename->newname);
    return true;
}

/* The parts of it that partitions have follow, from 15 on. */
static void rename_trigger_to(struct replay *replay, struct trigger *trigger,
                              const char *name)
{
    struct table_array targets = model_inheritors(
        replay->schema, trigger->table,
        trigger->is_row && replay->schema->postgres_version >= 15);
    const char *old_name = trigger->name;

    for (size_t i = 0; i < targets.count; i++) {
        struct trigger *own = lookup_trigger(targets.items[i], old_name);

        if (own && (own == trigger || own->inherited_from))
            SET(replay->schema, own->name, model_name(replay->schema, name));
    }
}

static bool refuse_trigger_name(struct replay *replay, const char *trigger,
                                const char *table)
{
    return replay_fail(replay, "42710",
                       "trigger \"%s\" for relation \"%s\" already exists",
                       trigger, table);
}

static bool rename_trigger(struct replay *replay, const RenameStmt *rename,
                           const struct table *table)
{
    struct trigger *trigger = lookup_trigger(table, rename->subname);
    const char *name = table->relation.name;
    bool is_taken = lookup_trigger(table, rename->newname);

    if (is_taken && replay->schema->postgres_version < 15)
        return refuse_trigger_name(replay, rename->newname, name);
    if (!trigger)
        return !table->is_complete ||
               replay_fail(replay, "42704",
                           "trigger \"%s\" for table \"%s\" does not exist",
                           rename->subname, name);
    if (trigger->inherited_from && replay->schema->postgres_version >= 15)
        return replay_fail(
            replay, replay->schema->postgres_version < 18 ? "XX000" : "0A000",
            "cannot rename trigger \"%s\" on table \"%s\"", rename->subname,
            name);
    if (strcmp(rename->subname, rename->newname) == 0)
        return true;
    if (is_taken)
        return refuse_trigger_name(replay, rename->newname, name);
    rename_trigger_to(replay, trigger, rename->newname);
    return true;
}

static bool rename_policy(struct replay *replay, const RenameStmt *rename,
                          const struct table *table)
{
    struct policy *policy = lookup_policy(table, rename->subname);
    const char *name = table->relation.name;

    if (lookup_policy(table, rename->newname))
        return replay_fail(replay, "42710",
                           "policy \"%s\" for table \"%s\" already exists",
                           rename->newname, name);
    if (!policy)
        return !table->is_complete ||
               replay_fail(replay, "42704",
                           "policy \"%s\" for table \"%s\" does not exist",
                           rename->subname, name);
    SET(replay->schema, policy->name,
        model_name(replay->schema, rename->newname));
    return true;
}

static bool rename_rule(struct replay *replay, const RenameStmt *rename,
                        const struct table *table)
{
    struct rewrite_rule *rule = lookup_rule(table, rename->subname);
    const char *name = table->relation.name;

    if (!rule && strcmp(rename->subname, "_RETURN") == 0 &&
        table->relation.kind == RELATION_VIEW)
        return replay_fail(replay, "42P17",
                           "renaming an ON SELECT rule is not allowed");
    if (!rule)
        return !table->is_complete ||
               replay_fail(replay, "42704",
                           "rule \"%s\" for relation \"%s\" does not exist",
                           rename->subname, name);
    if (lookup_rule(table, rename->newname))
        return replay_fail(replay, "42710",
                           "rule \"%s\" for relation \"%s\" already exists",
                           rename->newname, name);
    SET(replay->schema, rule->name,
        model_name(replay->schema, rename->newname));
    return true;
}

/* Triggers and rules are looked for without opening the relation. */
static bool check_has_parts(struct replay *replay, const RenameStmt *rename)
{
    const struct relation *relation = model_find_relation(
        replay->schema, name_from_range_var(rename->relation));

    if (!relation || !replay_refuse(replay))
        return true;
    if (rename->renameType == OBJECT_RULE)
        return (relation->kind != RELATION_INDEX &&
                relation->kind != RELATION_COMPOSITE_TYPE) ||
               objects_refuse_kind(replay, relation->name, "rules");
    if (rename->renameType != OBJECT_TRIGGER)
        return true;
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_VIEW:
    case RELATION_FOREIGN_TABLE: return true;
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    if (replay->schema->postgres_version >= 15)
        return objects_refuse_kind(replay, relation->name, "triggers");
    return replay_fail(replay, "42809",
                       "\"%s\" is not a table, view, or foreign table",
                       relation->name);
}

static bool rename_part(struct replay *replay, const RenameStmt *rename)
{
    struct table *table;
    const char *parts = rename->renameType == OBJECT_TRIGGER ? "triggers"
                        : rename->renameType == OBJECT_RULE  ? "rules"
                                                             : NULL;

    if (rename->missing_ok &&
        !model_find_relation(replay->schema,
                             name_from_range_var(rename->relation)))
        return true;
    if (!check_has_parts(replay, rename) ||
        !objects_find_table(replay, rename->relation, parts, &table))
        return false;
    if (!table || !replay_refuse(replay))
        return true;
    if (rename->renameType == OBJECT_TRIGGER)
        return rename_trigger(replay, rename, table);
    if (rename->renameType == OBJECT_POLICY)
        return rename_policy(replay, rename, table);
    return rename_rule(replay, rename, table);
}

static bool rename_statistics(struct replay *replay, const RenameStmt *rename)
{
    struct schema *schema = replay->schema;
    struct statistics *statistics;
    struct object *object;

    if (!lookup_object(replay, OBJECT_STATISTIC_EXT, rename->object, false,
                       &object))
        return false;
    if (!object)
        return true;
    statistics = (struct statistics *)object;
    if (model_statistics_in(schema, statistics->namespace, rename->newname))
        return replay_fail(
            replay, "42710",
            "statistics object \"%s\" already exists in schema \"%s\"",
            rename->newname, statistics->namespace->name);
    model_rename_statistics(schema, statistics, rename->newname,
                            statistics->namespace);
    return true;
}

bool rename_object(struct replay *replay, const RenameStmt *rename)
{
    switch (rename->renameType) {
    case OBJECT_SCHEMA: return rename_schema(replay, rename);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE: return rename_function(replay, rename);
    case OBJECT_DOMCONSTRAINT: return rename_domain_constraint(replay, rename);
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE: return rename_part(replay, rename);
    case OBJECT_STATISTIC_EXT: return rename_statistics(replay, rename);
    default: return true;
    }
}
