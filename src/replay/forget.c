/*
 * How an object goes, when all that needs it has gone: what deletion.c has
 * decided is done to the model here.
 */
#include "replay/deletion.h"

#include "replay/dependency.h"

static void forget_default(struct schema *schema, struct column_default *value)
{
    struct column *column = value->column;

    if (column->default_value == value)
        SET(schema, column->default_value, NULL);
    SET(schema, column->has_default, false);
    SET(schema, column->default_text, NULL);
    model_drop_object(schema, &value->object);
}

static void forget_constraint(struct schema *schema,
                              struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_NOT_NULL) {
        for (size_t i = 0; i < constraint->columns.count; i++)
            SET(schema, constraint->columns.items[i]->is_nullable, true);
        if (constraint->domain)
            SET(schema, constraint->domain->is_not_null, false);
    }
    model_remove_constraint(schema, constraint);
}

static void note_column(struct schema *schema, const struct column *column)
{
    struct type *type = column->data_type.type;

    if (type && type->element)
        type = type->element;
    if (type && !type->builtin)
        SET(schema, type->column_dropped_in, schema_unit(schema));
}

/* Who names their types named the columns: rules may ask. */
static void note_columns(struct schema *schema, const struct object *object)
{
    const struct relation *relation =
        object->class == CLASS_COLUMN
            ? &((const struct column *)object)->table->relation
            : (const struct relation *)object;
    const struct table *table = (const struct table *)relation;

    if (relation->kind != RELATION_TABLE &&
        relation->kind != RELATION_PARTITIONED_TABLE)
        return;
    if (relation_is_new(schema, relation))
        return;
    if (object->class == CLASS_COLUMN) {
        note_column(schema, (const struct column *)object);
        return;
    }
    for (size_t i = 0; i < table->columns.count; i++)
        if (!table->columns.items[i]->object.is_dropped)
            note_column(schema, table->columns.items[i]);
}

void deletion_forget(struct replay *replay, struct object *object)
{
    struct schema *schema = replay->schema;
    struct extension *extension;

    switch (object->class) {
    case CLASS_NAMESPACE:
        model_remove_namespace(schema, (struct namespace *)object);
        return;
    case CLASS_EXTENSION:
        extension = (struct extension *)object;
        name_table_remove(&schema->extensions, &schema->journal, NULL,
                          extension->name, extension);
        model_drop_object(schema, object);
        return;
    case CLASS_RELATION:
        note_columns(schema, object);
        model_remove_relation(schema, object_relation(object));
        return;
    case CLASS_DEFAULT:
        forget_default(schema, (struct column_default *)object);
        return;
    case CLASS_CONSTRAINT:
        forget_constraint(schema, (struct constraint *)object);
        return;
    case CLASS_TYPE: model_remove_type(schema, (struct type *)object); return;
    case CLASS_FUNCTION:
        model_remove_function(schema, (struct function *)object);
        return;
    case CLASS_OTHER:
        model_remove_other(schema, (struct other *)object);
        return;
    case CLASS_STATISTICS:
        model_remove_statistics(schema, (struct statistics *)object);
        return;
    case CLASS_COLUMN:
        note_columns(schema, object);
        model_drop_object(schema, object);
        return;
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE: model_drop_object(schema, object); return;
    }
}
