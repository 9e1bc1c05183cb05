/*
 * Type modifiers: what numeric(10,2) or interval day to second(3) store, and
 * how that is written.
 */
#ifndef SCHEMA_TYPE_MODIFIER_H
#define SCHEMA_TYPE_MODIFIER_H

#include "base/buffer.h"
#include "schema/type.h"

/*
 * The modifier that this list of expressions makes for the type (the typmodin
 * function of its row); -1 with a failure if the server refuses it. failure
 * must not be null.
 */
int32_t type_modifier_read(struct schema *schema,
                           const struct builtin_type *type,
                           const List *modifiers, struct type_failure *failure);

/* Adds what the modifier adds to the type's name: (10,2). */
void type_modifier_write(struct buffer *buffer, const struct builtin_type *type,
                         int32_t modifier);

#endif
