/*
 * Records what an object needs, for dependency.c to find.
 */
#include "replay/dependency.h"

struct column_default *dependency_default(struct replay *replay,
                                          struct column *column)
{
    struct schema *schema = replay->schema;
    struct column_default *made;

    if (column->default_value || (!column->has_default && !column->generated))
        return column->default_value;
    made = arena_alloc(&schema->arena, sizeof *made);
    made->object.class = CLASS_DEFAULT;
    made->column = column;
    SET(schema, column->default_value, made);
    return made;
}

void dependency_add_needs(struct replay *replay, struct object *dependent,
                          const struct object_array *needs,
                          enum dependency_kind kind)
{
    for (size_t i = 0; i < needs->count; i++)
        model_depend(replay->schema, dependent, needs->items[i], kind);
}

void dependency_add_type(struct replay *replay, struct object *dependent,
                         struct type *type)
{
    while (type && type->kind == TYPE_ARRAY && type->element)
        type = type->element;
    if (type && (type->extension || !type->builtin))
        model_depend(replay->schema, dependent, &type->object,
                     DEPENDENCY_NORMAL);
}
