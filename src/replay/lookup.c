/*
 * Objects by the names that statements give them: one function for each way
 * of naming, and a table of what the server says when there is none.
 */
#include "replay/lookup.h"

#include "replay/dependency.h"
#include "replay/function.h"
#include "replay/other.h"
#include "replay/system_catalog.h"
#include "schema/builtin/builtin.h"

#include <string.h>

/* What is being looked for. */
struct lookup {
    struct replay *replay;
    ObjectType type;
    bool is_missing_ok;
    struct object **object;
};

const char *lookup_plain_name(struct replay *replay, struct qualified_name name)
{
    if (!name.schema)
        return name.name;
    return arena_format(&replay->schema->scratch, "%s.%s", name.schema,
                        name.name);
}

const char *lookup_type_name(struct replay *replay, const TypeName *name)
{
    return arena_format(&replay->schema->scratch, "%s%s%s",
                        lookup_plain_name(replay, name_from_list(name->names)),
                        name->pct_type ? "%TYPE" : "",
                        name->arrayBounds ? "[]" : "");
}

/* There is none: to be said only where that is certain. */
static bool may_be_missing(const struct lookup *lookup)
{
    return lookup->is_missing_ok || !replay_knows_all(lookup->replay);
}

static bool found(const struct lookup *lookup, struct object *object)
{
    *lookup->object = object;
    return true;
}

static bool missing(const struct lookup *lookup, const char *noun,
                    const char *name)
{
    if (may_be_missing(lookup))
        return true;
    return replay_fail(lookup->replay, "42704", "%s \"%s\" does not exist",
                       noun, name);
}

/* False, told, if a schema is named that does not exist. */
static bool check_schema(const struct lookup *lookup,
                         struct qualified_name name)
{
    if (!name.schema || may_be_missing(lookup) ||
        model_find_namespace(lookup->replay->schema, name.schema))
        return true;
    return replay_fail(lookup->replay, "3F000", "schema \"%s\" does not exist",
                       name.schema);
}

static const char *article_of(ObjectType type)
{
    switch (type) {
    case OBJECT_INDEX: return "an index";
    case OBJECT_SEQUENCE: return "a sequence";
    case OBJECT_TABLE: return "a table";
    case OBJECT_VIEW: return "a view";
    case OBJECT_MATVIEW: return "a materialized view";
    case OBJECT_FOREIGN_TABLE: return "a foreign table";
    default: return NULL;
    }
}

static bool is_of_type(const struct relation *relation, ObjectType type)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
        return type == OBJECT_TABLE || !relation->made_at.source;
    case RELATION_FOREIGN_TABLE: return type == OBJECT_FOREIGN_TABLE;
    case RELATION_VIEW: return type == OBJECT_VIEW;
    case RELATION_MATERIALIZED_VIEW: return type == OBJECT_MATVIEW;
    case RELATION_SEQUENCE: return type == OBJECT_SEQUENCE;
    case RELATION_INDEX: return type == OBJECT_INDEX;
    case RELATION_COMPOSITE_TYPE: return false;
    }
    return false;
}

static bool find_relation(const struct lookup *lookup,
                          struct qualified_name name,
                          struct relation **relation)
{
    *relation = model_find_relation(lookup->replay->schema, name);
    if (!*relation && system_has_relation(lookup->replay, name))
        return system_allows(lookup->replay, name);
    if (*relation || lookup->is_missing_ok ||
        (may_be_missing(lookup) &&
         !model_is_gone_relation(lookup->replay->schema, name)))
        return true;
    if (!check_schema(lookup, name))
        return false;
    return replay_fail(lookup->replay, "42P01",
                       "relation \"%s\" does not exist",
                       lookup_plain_name(lookup->replay, name));
}

static bool look_up_relation(const struct lookup *lookup, const List *names)
{
    struct relation *relation;

    if (!find_relation(lookup, name_from_list(names), &relation))
        return false;
    if (!relation)
        return true;
    if (!is_of_type(relation, lookup->type))
        return replay_fail(lookup->replay, "42809", "\"%s\" is not %s",
                           relation->name, article_of(lookup->type));
    return found(lookup, &relation->object);
}

bool lookup_check_open(struct replay *replay, const struct relation *relation)
{
    if (relation->kind != RELATION_INDEX &&
        relation->kind != RELATION_COMPOSITE_TYPE)
        return true;
    if (replay->schema->postgres_version >= 16)
        return replay_fail(replay, "42809", "cannot open relation \"%s\"",
                           relation->name);
    return replay_fail(replay, "42809", "\"%s\" is %s", relation->name,
                       relation->kind == RELATION_INDEX ? "an index"
                                                        : "a composite type");
}

/* The table of a part: all names but the last. */
static struct qualified_name name_of_table(const List *names)
{
    int count = list_length(names);
    struct qualified_name name = {0};

    if (count > 1)
        name.name = name_from_string(list_nth(names, count - 2));
    if (count > 2)
        name.schema = name_from_string(list_nth(names, count - 3));
    return name;
}

struct trigger *lookup_trigger(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->triggers.count; i++) {
        struct trigger *trigger = table->triggers.items[i];

        if (!trigger->object.is_dropped && strcmp(trigger->name, name) == 0)
            return trigger;
    }
    return NULL;
}

struct policy *lookup_policy(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->policies.count; i++) {
        struct policy *policy = table->policies.items[i];

        if (!policy->object.is_dropped && strcmp(policy->name, name) == 0)
            return policy;
    }
    return NULL;
}

struct rewrite_rule *lookup_rule(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->rules.count; i++) {
        struct rewrite_rule *rule = table->rules.items[i];

        if (!rule->object.is_dropped && strcmp(rule->name, name) == 0)
            return rule;
    }
    return NULL;
}

static struct object *find_part(const struct lookup *lookup,
                                struct table *table, const char *name)
{
    struct constraint *constraint;
    struct column *column;
    struct trigger *trigger;
    struct policy *policy;
    struct rewrite_rule *rule;

    switch (lookup->type) {
    case OBJECT_COLUMN:
        column = model_find_column(table, name);
        return column ? &column->object : NULL;
    case OBJECT_TABCONSTRAINT:
        constraint = model_find_constraint(lookup->replay->schema, table, name);
        return constraint ? &constraint->object : NULL;
    case OBJECT_TRIGGER:
        trigger = lookup_trigger(table, name);
        return trigger ? &trigger->object : NULL;
    case OBJECT_POLICY:
        policy = lookup_policy(table, name);
        return policy ? &policy->object : NULL;
    default:
        rule = lookup_rule(table, name);
        return rule ? &rule->object : NULL;
    }
}

static bool refuse_part(const struct lookup *lookup, const char *table,
                        const char *name)
{
    const char *noun = "constraint", *whole = "table";

    if (lookup->type == OBJECT_COLUMN)
        return replay_fail(lookup->replay, "42703",
                           "column \"%s\" of relation \"%s\" does not exist",
                           name, table);
    if (lookup->type == OBJECT_TRIGGER)
        noun = "trigger";
    if (lookup->type == OBJECT_POLICY)
        noun = "policy";
    if (lookup->type == OBJECT_RULE) {
        noun = "rule";
        whole = "relation";
    }
    return replay_fail(lookup->replay, "42704",
                       "%s \"%s\" for %s \"%s\" does not exist", noun, name,
                       whole, table);
}

/* What only has columns, of which no more is said than that they are there. */
static bool look_up_in_other(const struct lookup *lookup,
                             const struct relation *relation, const char *name)
{
    if (lookup->type == OBJECT_COLUMN || lookup->is_missing_ok)
        return true;
    return refuse_part(lookup, relation->name, name);
}

static bool is_view(const struct relation *relation)
{
    return relation->kind == RELATION_VIEW ||
           relation->kind == RELATION_MATERIALIZED_VIEW;
}

/* A view's own rule, which is in no list, is a part of it. */
static bool check_own_rule(const struct lookup *lookup,
                           const struct relation *view)
{
    struct replay *replay = lookup->replay;
    const char *description = object_description(replay, &view->object);

    return nodeTag(replay->statement->tree) != T_DropStmt ||
           replay_fail(replay, "2BP01",
                       "cannot drop rule _RETURN on %s because %s requires it",
                       description, description);
}

/* Columns, constraints, triggers, policies, rules. */
static bool look_up_part(const struct lookup *lookup, const List *names)
{
    const char *name = name_from_string(llast(names));
    struct relation *relation;
    struct table *table;
    struct object *part;

    if (list_length(names) < 2)
        return true;
    if (!find_relation(lookup, name_of_table(names), &relation))
        return false;
    if (relation && lookup->type != OBJECT_COLUMN &&
        !lookup_check_open(lookup->replay, relation))
        return false;
    table = relation_as_table(relation);
    if (!table)
        return !relation || look_up_in_other(lookup, relation, name);
    part = find_part(lookup, table, name);
    if (part)
        return found(lookup, part);
    if (lookup->is_missing_ok || !table->is_complete ||
        !replay_refuse(lookup->replay))
        return true;
    if (lookup->type == OBJECT_RULE && strcmp(name, "_RETURN") == 0 &&
        is_view(relation))
        return check_own_rule(lookup, relation);
    /* A column's relation is named as it was written. */
    return refuse_part(
        lookup,
        lookup->type == OBJECT_COLUMN
            ? lookup_plain_name(lookup->replay, name_of_table(names))
            : relation->name,
        name);
}

static bool look_up_type(const struct lookup *lookup, const TypeName *name)
{
    struct replay *replay = lookup->replay;
    struct qualified_name parts = name_from_list(name->names);
    struct type *type = type_find(replay->schema, name);

    if (!type) {
        if (may_be_missing(lookup))
            return true;
        if (!check_schema(lookup, parts))
            return false;
        return missing(lookup, "type", lookup_plain_name(replay, parts));
    }
    if (lookup->type == OBJECT_DOMAIN && type->kind != TYPE_DOMAIN)
        return replay_fail(replay, "42809", "\"%s\" is not a domain",
                           lookup_plain_name(replay, parts));
    return found(lookup, &type->object);
}

static bool look_up_domain_constraint(const struct lookup *lookup,
                                      const List *names)
{
    const TypeName *name = node_as(TypeName, (Node *)linitial(names));
    const char *constraint = name_from_string(llast(names));
    struct type *type = name ? type_find(lookup->replay->schema, name) : NULL;

    if (!type || !constraint)
        return true;
    if (type->kind != TYPE_DOMAIN)
        return replay_fail(
            lookup->replay, "42809", "\"%s\" is not a domain",
            lookup_plain_name(lookup->replay, name_from_list(name->names)));
    for (size_t i = 0; type->constraints && i < type->constraints->count; i++) {
        struct constraint *own = type->constraints->items[i];

        if (!own->object.is_dropped && strcmp(own->name, constraint) == 0)
            return found(lookup, &own->object);
    }
    if (may_be_missing(lookup))
        return true;
    return replay_fail(lookup->replay, "42704",
                       "constraint \"%s\" for domain %s does not exist",
                       constraint, type->name);
}

static bool look_up_namespace(const struct lookup *lookup, const char *name)
{
    struct namespace *namespace =
        model_find_namespace(lookup->replay->schema, name);

    if (namespace && namespace->is_temporary)
        return true;
    if (namespace)
        return found(lookup, &namespace->object);
    if (may_be_missing(lookup))
        return true;
    return replay_fail(lookup->replay, "3F000", "schema \"%s\" does not exist",
                       name);
}

static bool look_up_extension(const struct lookup *lookup, const char *name)
{
    struct extension *extension =
        model_find_extension(lookup->replay->schema, name);

    if (extension)
        return found(lookup, &extension->object);
    /* It is there from the start. */
    if (strcmp(name, "plpgsql") == 0)
        return true;
    return missing(lookup, "extension", name);
}

static bool look_up_statistics(const struct lookup *lookup, const List *names)
{
    struct qualified_name name = name_from_list(names);
    struct statistics *statistics =
        model_find_statistics(lookup->replay->schema, name);

    if (statistics)
        return found(lookup, &statistics->object);
    return check_schema(lookup, name) &&
           missing(lookup, "statistics object",
                   lookup_plain_name(lookup->replay, name));
}

bool lookup_word(struct replay *replay, ObjectType type, const char *word,
                 bool is_missing_ok, struct object **object)
{
    struct lookup lookup = {replay, type, is_missing_ok, object};

    *object = NULL;
    switch (type) {
    case OBJECT_SCHEMA: return look_up_namespace(&lookup, word);
    case OBJECT_EXTENSION: return look_up_extension(&lookup, word);
    default: return true;
    }
}

bool lookup_object(struct replay *replay, ObjectType type, const Node *name,
                   bool is_missing_ok, struct object **object)
{
    struct lookup lookup = {replay, type, is_missing_ok, object};
    const List *list = node_as(List, name);
    const TypeName *type_name = node_as(TypeName, name);
    const char *word = name_from_string(name);

    *object = NULL;
    switch (type) {
    case OBJECT_TABLE:
    case OBJECT_INDEX:
    case OBJECT_SEQUENCE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_FOREIGN_TABLE: return !list || look_up_relation(&lookup, list);
    case OBJECT_COLUMN:
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE: return !list || look_up_part(&lookup, list);
    case OBJECT_DOMCONSTRAINT:
        return !list || look_up_domain_constraint(&lookup, list);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN: return !type_name || look_up_type(&lookup, type_name);
    case OBJECT_STATISTIC_EXT:
        return !list || look_up_statistics(&lookup, list);
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
        return !node_as(ObjectWithArgs, name) ||
               function_look_up(replay, type, node_as(ObjectWithArgs, name),
                                is_missing_ok, object);
    case OBJECT_SCHEMA:
    case OBJECT_EXTENSION:
        return !word || lookup_word(replay, type, word, is_missing_ok, object);
    default: return other_look_up(replay, type, name, is_missing_ok, object);
    }
}
