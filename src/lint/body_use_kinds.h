/*
 * What the files that look for uses in bodies share; body_uses.h is for everyone
 * else.
 */
#ifndef LINT_BODY_USE_KINDS_H
#define LINT_BODY_USE_KINDS_H

#include "lint/body_uses.h"

/* Null if it is none. */
static inline const struct column *body_use_column(const struct object *object)
{
    return object->class == CLASS_COLUMN ? (const struct column *)object : NULL;
}

/* The table whose name must mean it for the object to be meant; null if there
 * is none. */
static inline const struct relation *body_use_relation(
    const struct object *object)
{
    const struct column *column = body_use_column(object);

    if (column)
        return &column->table->relation;
    return object->class == CLASS_RELATION ? (const struct relation *)object
                                           : NULL;
}

/* A trigger of the table, for each row, that has the function run; null if there
 * is none. */
const struct trigger *body_use_row_trigger(const struct table *table,
                                           const struct function *function);

/* The first NEW.column or OLD.column that means use->object; fills the rest. */
bool body_use_find_row(struct check *check, const struct function_body *body,
                       struct body_use *use);

/* The first %TYPE or %ROWTYPE in a declaration, likewise. */
bool body_use_find_type(struct check *check, const struct function_body *body,
                        struct search_path *path, struct body_use *use);

/* No table has the name that such a type was made of. */
bool body_use_is_type_lost(struct check *check,
                           const struct function_body *body,
                           struct search_path *path, const struct body_use *use,
                           const char *name);

#endif
