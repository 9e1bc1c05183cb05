/*
 * Compares what was with what is, by names: objects made anew are other
 * objects, and so are their types.
 */
#include "lint/former.h"

#include "lint/engine.h"
#include "schema/model.h"
#include "schema/type.h"

#include <string.h>

static void add_columns(struct check *check, struct former *former,
                        const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        struct former_column *known;

        if (column->object.is_dropped)
            continue;
        known = array_push(check->arena, &former->columns);
        known->name = column->name;
        known->type = type_to_plain_text(check->arena, column->data_type.type);
    }
}

static void fill_relation(struct check *check, struct former *former,
                          const struct relation *relation)
{
    bool has_columns =
        relation->kind != RELATION_INDEX && relation->kind != RELATION_SEQUENCE;

    former->schema = relation->namespace->name;
    former->name = relation->name;
    if (has_columns)
        add_columns(check, former, (const struct table *)relation);
}

static void fill_type(struct check *check, struct former *former,
                      const struct type *type)
{
    former->schema = type->namespace ? type->namespace->name : NULL;
    former->name = type->name;
    for (size_t i = 0; i < type->labels.count; i++)
        *array_push(check->arena, &former->labels) =
            type->labels.items[i]->name;
}

/* The name of what belongs to a table. */
static const char *name_of_part(const struct object *object)
{
    switch (object->class) {
    case CLASS_COLUMN: return ((const struct column *)object)->name;
    case CLASS_DEFAULT:
        return ((const struct column_default *)object)->column->name;
    case CLASS_CONSTRAINT: return ((const struct constraint *)object)->name;
    case CLASS_TRIGGER: return ((const struct trigger *)object)->name;
    case CLASS_POLICY: return ((const struct policy *)object)->name;
    case CLASS_RULE: return ((const struct rewrite_rule *)object)->name;
    case CLASS_NAMESPACE: return ((const struct namespace *)object)->name;
    case CLASS_EXTENSION: return ((const struct extension *)object)->name;
    case CLASS_STATISTICS: return ((const struct statistics *)object)->name;
    case CLASS_OTHER: return ((const struct other *)object)->name;
    case CLASS_RELATION:
    case CLASS_TYPE:
    case CLASS_FUNCTION: break;
    }
    return "";
}

const struct former *former_of(struct check *check, const struct object *object)
{
    struct former *former = arena_alloc(check->arena, sizeof *former);

    former->object = object;
    former->class = object->class;
    switch (object->class) {
    case CLASS_RELATION:
        fill_relation(check, former, (const struct relation *)object);
        return former;
    case CLASS_TYPE:
        fill_type(check, former, (const struct type *)object);
        return former;
    case CLASS_FUNCTION:
        former->schema = ((const struct function *)object)->namespace->name;
        former->name = ((const struct function *)object)->name;
        return former;
    case CLASS_COLUMN:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: former->name = name_of_part(object); return former;
    }
    return former;
}

const struct former *former_of_name(struct check *check,
                                    enum object_class class,
                                    struct qualified_name name)
{
    struct former *former = arena_alloc(check->arena, sizeof *former);

    former->class = class;
    if (name.schema)
        former->schema = arena_copy(check->arena, slice_from(name.schema));
    former->name = arena_copy(check->arena, slice_from(name.name));
    return former;
}

const struct former *former_of_relation(struct check *check,
                                        struct qualified_name name)
{
    const struct relation *relation = schema_find_relation(check->schema, name);

    if (relation)
        return former_of(check, &relation->object);
    return former_of_name(check, CLASS_RELATION, name);
}

static bool is_made_now(const struct check *check, const struct place *made_at)
{
    return made_at->source && made_at->unit == schema_unit(check->schema);
}

/* The table that a part belongs to; null if it is a part of none. */
static struct table *table_of(const struct object *object)
{
    switch (object->class) {
    case CLASS_COLUMN: return ((const struct column *)object)->table;
    case CLASS_DEFAULT:
        return ((const struct column_default *)object)->column->table;
    case CLASS_CONSTRAINT: return ((const struct constraint *)object)->table;
    case CLASS_TRIGGER: return ((const struct trigger *)object)->table;
    case CLASS_POLICY: return ((const struct policy *)object)->table;
    case CLASS_RULE: return ((const struct rewrite_rule *)object)->table;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_RELATION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return NULL;
}

static const struct place *place_of(const struct object *object)
{
    switch (object->class) {
    case CLASS_NAMESPACE: return &((const struct namespace *)object)->made_at;
    case CLASS_EXTENSION: return &((const struct extension *)object)->made_at;
    case CLASS_RELATION: return &((const struct relation *)object)->made_at;
    case CLASS_COLUMN: return &((const struct column *)object)->made_at;
    case CLASS_DEFAULT:
        return &((const struct column_default *)object)->column->made_at;
    case CLASS_CONSTRAINT: return &((const struct constraint *)object)->made_at;
    case CLASS_TYPE: return &((const struct type *)object)->made_at;
    case CLASS_FUNCTION: return &((const struct function *)object)->made_at;
    case CLASS_TRIGGER: return &((const struct trigger *)object)->made_at;
    case CLASS_POLICY: return &((const struct policy *)object)->made_at;
    case CLASS_RULE: return &((const struct rewrite_rule *)object)->made_at;
    case CLASS_STATISTICS: return &((const struct statistics *)object)->made_at;
    case CLASS_OTHER: return &((const struct other *)object)->made_at;
    }
    return NULL;
}

bool former_is_new(const struct check *check, const struct object *object)
{
    const struct table *table;

    if (!object)
        return false;
    table = table_of(object);
    if (table && relation_is_new(check->schema, &table->relation))
        return true;
    if (object->class == CLASS_RELATION &&
        ((const struct relation *)object)->is_temporary)
        return true;
    return is_made_now(check, place_of(object));
}

bool former_has_new_schema(const struct check *check, const char *name)
{
    const struct namespace *namespace =
        name ? model_find_namespace(check->schema, name) : NULL;

    return namespace && is_made_now(check, &namespace->made_at);
}

bool former_is_for_triggers(const struct object *object)
{
    const struct function *function = (const struct function *)object;

    return object && object->class == CLASS_FUNCTION && function->result.type &&
           function->result.type->kind == TYPE_PSEUDO &&
           (strcmp(function->result.type->name, "trigger") == 0 ||
            strcmp(function->result.type->name, "event_trigger") == 0);
}

static const char *lack_of_column(struct check *check,
                                  const struct former_column *wanted,
                                  const struct table *table)
{
    const struct column *column = table_find_column(table, wanted->name);
    const char *type;

    if (!column)
        return table->is_complete
                   ? check_format(check, "lacks column \"%s\"", wanted->name)
                   : NULL;
    type = type_to_plain_text(check->arena, column->data_type.type);
    if (!wanted->type || !type || strcmp(wanted->type, type) == 0)
        return NULL;
    return check_format(check, "has column \"%s\" as %s, not %s", wanted->name,
                        type, wanted->type);
}

/* What the table lacks of the columns; null: nothing. */
static const char *lack_of_columns(struct check *check,
                                   const struct former *former,
                                   const struct table *table)
{
    for (size_t i = 0; i < former->columns.count; i++) {
        const char *lack =
            lack_of_column(check, &former->columns.items[i], table);

        if (lack)
            return lack;
    }
    return NULL;
}

/* Not one that was there all the time, and not a mere mention. */
static bool came_now(const struct check *check, const struct relation *relation)
{
    return is_made_now(check, &relation->made_at) ||
           (relation->former_name &&
            relation->renamed_in == schema_unit(check->schema));
}

static bool relation_is_back(struct check *check, const struct former *former,
                             const char **lack)
{
    struct qualified_name name = {NULL, former->schema, former->name};
    struct relation *relation = model_find_relation(check->schema, name);

    if (!relation)
        return false;
    if (&relation->object == former->object)
        return true;
    if (!came_now(check, relation))
        return false;
    if (relation_as_table(relation))
        *lack = lack_of_columns(check, former, relation_as_table(relation));
    return *lack == NULL;
}

static bool type_is_back(struct check *check, const struct former *former,
                         const char **lack)
{
    struct qualified_name name = {NULL, former->schema, former->name};
    const struct type *type = model_find_type(check->schema, name);
    const struct type *old = (const struct type *)former->object;

    if (type && type->kind == TYPE_DOMAIN && type->base.type == old)
        return true;
    if (!type ||
        (old ? type->kind != old->kind : !is_made_now(check, &type->made_at)))
        return false;
    for (size_t i = 0; i < former->labels.count; i++) {
        if (type_find_label(type, former->labels.items[i]))
            continue;
        *lack = check_format(check, "lacks the value '%s'",
                             former->labels.items[i]);
        return false;
    }
    return true;
}

const struct table *former_find_table(const struct check *check,
                                      const struct table *table)
{
    struct qualified_name name = {NULL, table->relation.namespace->name,
                                  table->relation.name};

    if (!table->relation.object.is_dropped)
        return table;
    return schema_find_table(check->schema, name);
}

/* Of a column, default, trigger, policy or rule. */
static bool part_is_back(const struct check *check, const struct former *former)
{
    const struct table *table =
        former_find_table(check, table_of(former->object));
    const struct column *column;

    if (!table)
        return false;
    switch (former->class) {
    case CLASS_COLUMN: return table_find_column(table, former->name) != NULL;
    case CLASS_DEFAULT:
        column = table_find_column(table, former->name);
        return column &&
               (column->has_default || column->generated || column->identity);
    case CLASS_TRIGGER:
        for (size_t i = 0; i < table->triggers.count; i++)
            if (!table->triggers.items[i]->object.is_dropped &&
                strcmp(table->triggers.items[i]->name, former->name) == 0)
                return true;
        return false;
    case CLASS_POLICY:
        for (size_t i = 0; i < table->policies.count; i++)
            if (!table->policies.items[i]->object.is_dropped &&
                strcmp(table->policies.items[i]->name, former->name) == 0)
                return true;
        return false;
    case CLASS_RULE:
        for (size_t i = 0; i < table->rules.count; i++)
            if (!table->rules.items[i]->object.is_dropped &&
                strcmp(table->rules.items[i]->name, former->name) == 0)
                return true;
        return false;
    case CLASS_CONSTRAINT:
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_RELATION:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: return false;
    }
    return false;
}

bool former_is_back(struct check *check, const struct former *former,
                    const char **lack)
{
    const char *ignored;

    if (!lack)
        lack = &ignored;
    *lack = NULL;
    switch (former->class) {
    case CLASS_RELATION: return relation_is_back(check, former, lack);
    case CLASS_TYPE: return type_is_back(check, former, lack);
    case CLASS_FUNCTION: return former_function_is_back(check, former, lack);
    case CLASS_CONSTRAINT:
        return former_constraint_is_back(
            check, (const struct constraint *)former->object);
    case CLASS_COLUMN:
    case CLASS_DEFAULT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE: return part_is_back(check, former);
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_STATISTICS:
    case CLASS_OTHER: return !former->object->is_dropped;
    }
    return false;
}
