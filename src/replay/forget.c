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
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE: model_drop_object(schema, object); return;
    }
}
