/*
 * Which types become which, and how: src/backend/parser/parse_coerce.c, from
 * the casts of schema/builtin. A type that is null is not known; ask nothing
 * of it here.
 */
#ifndef QUERY_COERCE_H
#define QUERY_COERCE_H

#include "schema/type.h"

/* How a value becomes one of another type (CoercionPathType). */
enum coercion_path {
    COERCION_PATH_NONE,
    COERCION_PATH_RELABEL,  /* same bytes */
    COERCION_PATH_FUNCTION, /* a cast's function */
    COERCION_PATH_ARRAY,    /* each element */
    COERCION_PATH_IN_OUT,   /* through its text */
};

struct coercion {
    enum coercion_path path;
    const struct builtin_cast *cast; /* null: no row says so */
    enum volatility volatility;      /* of what it calls */
};

/* Object ids of pg_type that the parser has rules for. */
enum {
    OID_BOOL = 16,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT2VECTOR = 22,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_OID = 26,
    OID_OIDVECTOR = 30,
    OID_UNKNOWN = 705,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_BIT = 1560,
    OID_NUMERIC = 1700,
    OID_RECORD = 2249,
    OID_CSTRING = 2275,
    OID_ANY = 2276,
    OID_ANYARRAY = 2277,
    OID_VOID = 2278,
    OID_TRIGGER = 2279,
    OID_ANYELEMENT = 2283,
    OID_RECORD_ARRAY = 2287,
    OID_ANYNONARRAY = 2776,
    OID_ANYENUM = 3500,
    OID_ANYRANGE = 3831,
    OID_ANYMULTIRANGE = 4537,
    OID_ANYCOMPATIBLEMULTIRANGE = 4538,
    OID_ANYCOMPATIBLE = 5077,
    OID_ANYCOMPATIBLEARRAY = 5078,
    OID_ANYCOMPATIBLENONARRAY = 5079,
    OID_ANYCOMPATIBLERANGE = 5080,
};

/* provolatile: i s v */
enum volatility coerce_volatility(char letter);

/* The type below all domains (getBaseType); the modifier, if not null, becomes
 * that of the domains if they have one (getBaseTypeAndTypmod). */
struct type *coerce_base_type(struct type *type, int32_t *modifier);

/* pg_type.typcategory and typispreferred. */
char coerce_category(const struct type *type);
bool coerce_is_preferred(const struct type *type);

/* Null if it is no array (get_element_type); domains are not looked through. */
struct type *coerce_element(struct schema *schema, const struct type *type);

/* A composite or row type, or a domain over one. */
bool coerce_is_complex(const struct type *type);

/* An array, or a domain over one. */
bool coerce_is_array(const struct type *type);

bool coerce_is_polymorphic(const struct type *type);

/* find_coercion_pathway(): domains count as what they are made of. */
struct coercion coerce_find(struct schema *schema, struct type *source,
                            struct type *target, CoercionContext context);

/* can_coerce_type(), for all the types together. */
bool coerce_is_possible(struct schema *schema, struct type *const *sources,
                        struct type *const *targets, size_t count,
                        CoercionContext context);

/* IsBinaryCoercible(): no function need be called, implicitly. */
bool coerce_is_binary(struct schema *schema, struct type *source,
                      struct type *target);

/*
 * The type that all of these become: CASE, COALESCE, UNION, ARRAY, VALUES, IN
 * (select_common_type). Unknown literals are of the type unknown; all unknown
 * makes text. Null if there is none: `mismatch`, if not null, then gets the
 * two that cannot be matched ("%s types %s and %s cannot be matched", 42804).
 */
struct type *coerce_common_type(struct schema *schema,
                                struct type *const *types, size_t count,
                                struct type *mismatch[2]);

/* Whether all of them can become this type (verify_common_type). */
bool coerce_verify_common(struct schema *schema, struct type *common,
                          struct type *const *types, size_t count);

/* check_generic_type_consistency(): whether polymorphic parameters can take
 * arguments of these types. */
bool coerce_is_consistent(struct schema *schema, struct type *const *actual,
                          struct type *const *declared, size_t count);

/*
 * enforce_generic_type_consistency(): replaces polymorphic types among the
 * declared by what they are in this call and returns what the declared result
 * is. Null if that cannot be determined: failure, if not null, then says what
 * the server does.
 */
struct type *coerce_resolve(struct schema *schema, struct type *const *actual,
                            struct type **declared, size_t count,
                            struct type *result, struct type_failure *failure);

#endif
