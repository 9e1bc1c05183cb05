/*
 * Types: what a TypeName of a statement means, and how the server writes a
 * type. One struct for each type, built-in ones too, which are made when they
 * are first asked for: equal types are equal pointers.
 *
 * A built-in type has no namespace; its row of schema/builtin says where it
 * is. (src/backend/parser/parse_type.c, utils/adt/format_type.c.)
 */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "schema/builtin/builtin.h"
#include "schema/model.h"

/* Why the server refuses a type's name or modifiers. */
struct type_failure {
    char sqlstate[6];    /* "": it does not, or that is not certain */
    const char *message; /* in the schema's scratch arena */
};

/*
 * What the name means, with its modifier; SETOF is passed over. type null: it
 * is not known. Then, and when the modifiers are wrong, failure says what the
 * server says; it may be null. That a type does not exist is only certain for
 * the caller who knows that the schema is complete.
 */
struct data_type type_resolve(struct schema *schema, const TypeName *name,
                              struct type_failure *failure);

/* The same without modifier; null if it is not known. */
struct type *type_find(struct schema *schema, const TypeName *name);

/* By name along the search_path or in the schema named: built-in, made by a
 * statement, a table's row type, or an array by its own name (_int4). */
struct type *type_find_named(struct schema *schema, struct qualified_name name);

/* Without the memory. */
struct type *type_look_up_oid(struct schema *schema, uint16_t oid);

/* Of schema/builtin; null if this version, or no extension that is there, has
 * it. */
static inline struct type *type_of_oid(struct schema *schema, uint16_t oid)
{
    struct type *last = schema->oid_cache[oid % OID_CACHE_SIZE];

    return last && last->builtin->oid == oid ? last
                                             : type_look_up_oid(schema, oid);
}

/* smallserial, serial, bigserial: the integer type behind; else null. */
struct type *type_of_serial_word(struct schema *schema, const char *integer);

static inline struct type *type_of_serial(struct schema *schema,
                                          const TypeName *name)
{
    const char *integer = name_of_serial(name);

    return integer ? type_of_serial_word(schema, integer) : NULL;
}

/* The multirange type of a range type; null if there is none, as before 14. */
struct type *type_multirange_of(struct schema *schema, struct type *range);

/* Null for null, and for what has no array type. */
struct type *type_array_of(struct schema *schema, struct type *element);
struct type *type_row_of(struct schema *schema, struct table *table);

/* The built-in object id, also of what an extension brought; 0: none, or type
 * is null. */
static inline uint16_t type_oid(const struct type *type)
{
    return type && type->builtin ? type->builtin->oid : 0;
}

/* The row of a type that pg_catalog has; null for all others. */
static inline const struct builtin_type *type_catalog_row(
    const struct type *type)
{
    return type && type->builtin && !type->extension ? type->builtin : NULL;
}

/* The name of the schema that it is in. */
const char *type_namespace_name(const struct type *type);

/*
 * As format_type() writes it under an empty search_path, in the arena; null
 * if the type is null. With modifier -1 the length of char and bit is not 1
 * but none: bpchar, "bit".
 */
const char *type_to_text(struct arena *arena, struct data_type type);

/* The same without its modifier: `character`, not bpchar. */
const char *type_to_plain_text(struct arena *arena, const struct type *type);

/* As messages name types (format_type_be): without modifier, and without its
 * schema where the search_path finds it. */
const char *type_to_visible_text(struct schema *schema, struct arena *arena,
                                 const struct type *type);

/* A value of an enum; null if it has none of that name. */
struct enum_label *type_find_label(const struct type *type, const char *name);

/* Fills the failure. */
void type_fail(struct schema *schema, struct type_failure *failure,
               const char *sqlstate, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Makes the types known that an extension brings. */
void type_add_of_extension(struct schema *schema, struct extension *extension,
                           struct place made_at);

#endif
