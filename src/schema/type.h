/*
 * How the server writes a type: format_type() under an empty search_path, as
 * src/backend/utils/adt/format_type.c does it.
 */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "schema/model.h"

/* In the schema's memory; null if the type is not known. */
const char *type_text(struct schema *schema, const TypeName *type);

/* The type that this names, if it was made by a statement; else null. Arrays
 * of it are another type. */
struct type *type_find(const struct schema *schema, const TypeName *type);

/* Makes the types known that an extension brings. */
void type_add_of_extension(struct schema *schema, struct extension *extension,
                           struct place made_at);

#endif
