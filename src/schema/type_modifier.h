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

/* Of numeric: how many digits in all, and how many after the decimal point
 * (numeric.c, numeric_typmod_scale()). */
static inline int type_modifier_precision(int32_t modifier)
{
    return (modifier - 4) >> 16 & 0xFFFF;
}

static inline int type_modifier_scale(int32_t modifier)
{
    return (((modifier - 4) & 0x7FF) ^ 1024) - 1024;
}

/* Of varchar and bpchar: how many characters; 0: any number. */
static inline int type_modifier_length(int32_t modifier)
{
    return modifier >= 4 ? modifier - 4 : 0;
}

#endif
