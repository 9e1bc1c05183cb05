/*
 * With which operator class an index has a key: ResolveOpClass() and
 * GetDefaultOpClass() of src/backend/commands/indexcmds.c. Of those that come
 * with PostgreSQL or with extensions that are there.
 */
#ifndef QUERY_OPERATOR_CLASS_H
#define QUERY_OPERATOR_CLASS_H

#include "query/coerce.h"
#include "schema/builtin/builtin.h"

/* The default one for the type, or for the one type that it is binary coercible
 * to, the preferred one among several. Null if there is none. */
const struct builtin_operator_class *operator_class_default(
    struct schema *schema, const struct builtin_access_method *method,
    struct type *type);

/* The one of that name, if it takes the type; else null. is_known false: none
 * that comes with PostgreSQL or an extension has the name. */
const struct builtin_operator_class *operator_class_named(
    struct schema *schema, const struct builtin_access_method *method,
    const char *name, struct type *type, bool *is_known);

/* The one that an index's key has: opclass as in struct index_column, null for
 * the default. Null if it is not known, or made by a statement. */
const struct builtin_operator_class *operator_class_of_key(
    struct schema *schema, const char *method, const char *opclass,
    struct type *type);

/* Its name without a schema; those of extensions need no quotes. */
const char *operator_class_last_word(const char *opclass);

#endif
