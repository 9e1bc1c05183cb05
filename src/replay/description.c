/*
 * What the server calls an object in its messages: as getObjectDescription()
 * in src/backend/catalog/objectaddress.c does it. A name is qualified where
 * the name alone would not find the object.
 */
#include "replay/dependency.h"
#include "replay/function.h"

#include "base/buffer.h"
#include "schema/type.h"

#include <string.h>

static const char *qualified_if(struct replay *replay, bool is_visible,
                                const struct namespace *namespace,
                                const char *name)
{
    return name_to_sql(&replay->schema->scratch,
                       (struct qualified_name){
                           NULL, is_visible ? NULL : namespace->name, name});
}

const char *relation_visible_name(struct replay *replay,
                                  const struct relation *relation)
{
    struct qualified_name name = {NULL, NULL, relation->name};

    return qualified_if(replay,
                        model_find_relation(replay->schema, name) == relation,
                        relation->namespace, relation->name);
}

static const char *word_of_relation(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE: return "table";
    case RELATION_FOREIGN_TABLE: return "foreign table";
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_SEQUENCE: return "sequence";
    case RELATION_INDEX: return "index";
    case RELATION_COMPOSITE_TYPE: return "composite type";
    }
    return "relation";
}

static const char *describe_relation(struct replay *replay,
                                     const struct relation *relation)
{
    return arena_format(&replay->schema->scratch, "%s %s",
                        word_of_relation(relation),
                        relation_visible_name(replay, relation));
}

/* `trigger x on table t`, and the like. */
static const char *describe_part(struct replay *replay, const char *word,
                                 const char *name, const char *preposition,
                                 const struct table *table)
{
    return arena_format(&replay->schema->scratch, "%s %s %s %s", word, name,
                        preposition,
                        describe_relation(replay, &table->relation));
}

static const char *describe_column(struct replay *replay,
                                   const struct column *column)
{
    return describe_part(replay, "column", column->name, "of", column->table);
}

const char *type_visible_name(struct replay *replay, const struct type *type)
{
    return type_to_visible_text(replay->schema, &replay->schema->scratch, type);
}

const char *function_visible_name(struct replay *replay,
                                  const struct function *function)
{
    struct schema *schema = replay->schema;
    bool is_visible = model_first_namespace(schema) == function->namespace ||
                      schema->temporary_namespace == function->namespace;
    struct buffer buffer;
    size_t count = 0;

    buffer_init(&buffer, &schema->scratch);
    buffer_add_text(&buffer, qualified_if(replay, is_visible,
                                          function->namespace, function->name));
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (!function_is_input(parameter))
            continue;
        buffer_add_char(&buffer, count++ ? ',' : '(');
        buffer_add_text(&buffer,
                        parameter->type.type
                            ? type_visible_name(replay, parameter->type.type)
                            : "?");
    }
    buffer_add_text(&buffer, count ? ")" : "()");
    return buffer_text(&buffer);
}

static const char *describe_other(struct replay *replay,
                                  const struct other *other)
{
    static const char *const words[] = {
        "access method",
        "cast",
        "collation",
        "conversion",
        "event trigger",
        "language",
        "operator",
        "operator class",
        "operator family",
        "publication",
        "role",
        "server",
        "subscription",
        "text search configuration",
        "text search dictionary",
        "text search parser",
        "text search template",
        "transform",
        "user mapping",
        "foreign-data wrapper",
    };

    return arena_format(&replay->schema->scratch, "%s %s", words[other->kind],
                        other->name);
}

static const char *describe_constraint(struct replay *replay,
                                       const struct constraint *constraint)
{
    if (constraint->table)
        return describe_part(replay, "constraint", constraint->name, "on",
                             constraint->table);
    return arena_format(&replay->schema->scratch, "constraint %s",
                        constraint->name);
}

static const char *named(struct replay *replay, const char *word,
                         const char *name)
{
    return arena_format(&replay->schema->scratch, "%s %s", word, name);
}

const char *object_description(struct replay *replay,
                               const struct object *object)
{
    const struct column_default *value;
    const struct trigger *trigger;
    const struct policy *policy;
    const struct rewrite_rule *rule;
    const struct statistics *statistics;

    switch (object->class) {
    case CLASS_NAMESPACE:
        return named(replay, "schema",
                     ((const struct namespace *)object)->name);
    case CLASS_EXTENSION:
        return named(replay, "extension",
                     ((const struct extension *)object)->name);
    case CLASS_RELATION:
        return describe_relation(replay, (const struct relation *)object);
    case CLASS_COLUMN:
        return describe_column(replay, (const struct column *)object);
    case CLASS_DEFAULT:
        value = (const struct column_default *)object;
        return named(replay, "default value for",
                     describe_column(replay, value->column));
    case CLASS_CONSTRAINT:
        return describe_constraint(replay, (const struct constraint *)object);
    case CLASS_TYPE:
        return named(replay, "type",
                     type_visible_name(replay, (const struct type *)object));
    case CLASS_FUNCTION:
        return named(
            replay, "function",
            function_visible_name(replay, (const struct function *)object));
    case CLASS_TRIGGER:
        trigger = (const struct trigger *)object;
        return describe_part(replay, "trigger", trigger->name, "on",
                             trigger->table);
    case CLASS_POLICY:
        policy = (const struct policy *)object;
        return describe_part(replay, "policy", policy->name, "on",
                             policy->table);
    case CLASS_RULE:
        rule = (const struct rewrite_rule *)object;
        return describe_part(replay, "rule", rule->name, "on", rule->table);
    case CLASS_STATISTICS:
        statistics = (const struct statistics *)object;
        return named(replay, "statistics object",
                     qualified_if(replay,
                                  model_first_namespace(replay->schema) ==
                                      statistics->namespace,
                                  statistics->namespace, statistics->name));
    case CLASS_OTHER:
        return describe_other(replay, (const struct other *)object);
    }
    return "object";
}
