/*
 * What must stand in a script before an item: what the structure of the schema
 * says, and the dependencies that the replay noted.
 */
#include "output/schema_sql.h"

static void need(struct sql_script *script, struct sql_item_array *needs,
                 const void *object)
{
    struct sql_item *item = sql_find(script, object);

    if (item)
        *array_push(script->arena, needs) = item;
}

static void need_type(struct sql_script *script, struct sql_item_array *needs,
                      const struct type *type)
{
    while (type && (type->kind == TYPE_ARRAY || type->kind == TYPE_MULTIRANGE))
        type = type->element;
    if (!type)
        return;
    if (type->table)
        need(script, needs, type->table);
    else
        need(script, needs, type);
}

/* An object that a dependency names: columns go with their tables. */
static void need_object(struct sql_script *script, struct sql_item_array *needs,
                        const struct object *object)
{
    const struct column_default *value;
    const struct constraint *constraint;

    switch (object->class) {
    case CLASS_TYPE:
        need_type(script, needs, (const struct type *)object);
        return;
    case CLASS_COLUMN:
        need(script, needs, ((const struct column *)object)->table);
        return;
    case CLASS_DEFAULT:
        value = (const struct column_default *)object;
        need(script, needs,
             sql_find(script, value) ? (const void *)value
                                     : value->column->table);
        return;
    case CLASS_CONSTRAINT:
        constraint = (const struct constraint *)object;
        if (sql_find(script, constraint))
            need(script, needs, constraint);
        else if (constraint->table)
            need(script, needs, constraint->table);
        else
            need(script, needs, constraint->domain);
        return;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_RELATION:
    case CLASS_FUNCTION:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: need(script, needs, object); return;
    }
}

static void need_all(struct sql_script *script, struct sql_item_array *needs,
                     const struct object *object)
{
    for (const struct dependency *dependency = object->needs; dependency;
         dependency = dependency->next_need)
        if (!dependency->is_gone)
            need_object(script, needs, dependency->needed);
}

static void need_column_types(struct sql_script *script,
                              struct sql_item_array *needs,
                              const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++)
        if (!table->columns.items[i]->object.is_dropped)
            need_type(script, needs, table->columns.items[i]->data_type.type);
}

static void list_table(struct sql_script *script, const struct table *table,
                       struct sql_item_array *needs)
{
    need_column_types(script, needs, table);
    if (table->of_type)
        need_type(script, needs, table->of_type);
    if (sql_inherits_inside(table))
        for (size_t i = 0; i < table->parents.count; i++)
            need(script, needs, table->parents.items[i]);
    need_all(script, needs, &table->relation.object);
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped && column->default_value &&
            (column->generated || sql_is_default_inside(column)))
            need_all(script, needs, &column->default_value->object);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            constraint->type == CONSTRAINT_CHECK &&
            sql_is_check_inside(constraint))
            need_all(script, needs, &constraint->object);
    }
}

/* A new sequence's name must not be a type's, but a new type's may be a
 * sequence's. */
static void need_sequence_of_name(struct sql_script *script,
                                  const struct namespace *namespace,
                                  const char *name,
                                  struct sql_item_array *needs)
{
    const struct sequence *sequence = relation_as_sequence(
        model_relation_in(script->schema, namespace, name));

    if (sequence)
        need(script, needs, sequence);
}

static void list_type(struct sql_script *script, const struct type *type,
                      struct sql_item_array *needs)
{
    need_sequence_of_name(script, type->namespace, type->name, needs);
    need_type(script, needs, type->element);
    need_type(script, needs, type->base.type);
}

static void list_function(struct sql_script *script,
                          const struct function *function,
                          struct sql_item_array *needs)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        need_type(script, needs, function->parameters[i].type.type);
    need_type(script, needs, function->result.type);
    need_all(script, needs, &function->object);
}

static void list_view(struct sql_script *script, const struct table *view,
                      struct sql_item_array *needs)
{
    need_column_types(script, needs, view);
    need_all(script, needs, &view->relation.object);
}

/* The server makes the keys of partitions part of their parent's, and finds
 * those that are there by what they say; else it would name them. */
static void list_foreign_key(struct sql_script *script,
                             const struct constraint *key,
                             struct sql_item_array *needs)
{
    const struct table_array *children = &key->table->children;

    for (size_t i = 0; i < children->count; i++) {
        const struct constraint_array *keys = &children->items[i]->constraints;

        for (size_t j = 0; j < keys->count; j++)
            if (keys->items[j]->inherited_from == key)
                need(script, needs, keys->items[j]);
    }
}

void sql_list_needs(struct sql_script *script, const struct sql_item *item,
                    struct sql_item_array *needs)
{
    switch (item->kind) {
    case SQL_TYPE: list_type(script, item->subject.type, needs); return;
    case SQL_COMPOSITE:
        need_column_types(script, needs, item->subject.table);
        return;
    case SQL_FUNCTION:
        list_function(script, item->subject.function, needs);
        return;
    case SQL_TABLE: list_table(script, item->subject.table, needs); return;
    case SQL_VIEW: list_view(script, item->subject.table, needs); return;
    case SQL_KEY:
    case SQL_CHECK:
        need(script, needs, item->subject.constraint->table);
        return;
    case SQL_FOREIGN_KEY:
        list_foreign_key(script, item->subject.constraint, needs);
        return;
    case SQL_IDENTITY:
        need(script, needs, item->subject.sequence->owned_by->table);
        return;
    case SQL_OTHER:
    case SQL_OTHER_LATE:
        need_all(script, needs, &item->subject.other->object);
        return;
    /* By then everything stands that these need. */
    case SQL_NAMESPACE:
    case SQL_EXTENSION:
    case SQL_DOMAIN_CHECK:
    case SQL_SEQUENCE:
    case SQL_INHERIT:
    case SQL_OWNER:
    case SQL_DEFAULT:
    case SQL_SET_NOT_NULL:
    case SQL_INDEX:
    case SQL_INDEX_PARTITION:
    case SQL_STATISTICS:
    case SQL_RULE:
    case SQL_TRIGGER:
    case SQL_TRIGGER_STATE:
    case SQL_POLICY:
    case SQL_ROW_SECURITY:
    case SQL_VIEW_AGAIN: return;
    }
}
