/*
 * What PostgreSQL 13 to 18 bring along: the types, functions, operators,
 * casts, operator classes and relations of pg_catalog, information_schema and
 * the common extensions, read from real servers by src/tools/truth/builtin.py
 * ("make builtin").
 *
 * A row holds in the versions that its set names. Where servers differ in
 * anything that a row says, there are several rows, and a version is in one of
 * them. All of it is constant: nothing is made at start.
 *
 * Object ids are PostgreSQL's own below 10000. What a server numbers anew at
 * initdb or CREATE EXTENSION has a number of ours, from BUILTIN_OID_OURS on,
 * which is the same for all versions of one release of pgsquint.
 */
#ifndef SCHEMA_BUILTIN_BUILTIN_H
#define SCHEMA_BUILTIN_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUILTIN_OID_OURS 20000

/* Where a row's object stands: 0 pg_catalog, 1 information_schema, then one
 * for each extension, whose objects are in the schema that it was made in. */
enum {
    BUILTIN_CATALOG = 0,
    BUILTIN_INFORMATION_SCHEMA = 1,
    BUILTIN_EXTENSION_FIRST = 2,
};

/* How a type's modifiers are read and printed: by its typmodin function. */
enum builtin_modifier {
    BUILTIN_MODIFIER_NONE,
    BUILTIN_MODIFIER_BIT,
    BUILTIN_MODIFIER_CHARACTER, /* bpchar, varchar */
    BUILTIN_MODIFIER_NUMERIC,
    BUILTIN_MODIFIER_TIME,
    BUILTIN_MODIFIER_TIMESTAMP,
    BUILTIN_MODIFIER_INTERVAL,
    BUILTIN_MODIFIER_GEOMETRY,  /* postgis: geometry(Point,4326) */
    BUILTIN_MODIFIER_DIMENSION, /* vector: vector(3) */
};

struct builtin_type {
    uint32_t name : 24; /* for builtin_text(), like every name here */
    uint32_t versions : 8;
    uint16_t oid;
    uint16_t element;      /* typelem; 0 if none */
    uint16_t array;        /* typarray; 0 if none */
    uint16_t base;         /* a domain's base type, a range's subtype, a
                            multirange's range; else 0 */
    uint16_t multirange;   /* of a range, from 14 on; else 0 */
    int16_t base_modifier; /* of a domain; -1 if none */
    char kind;             /* typtype: b c d e m p r */
    char category;         /* typcategory */
    uint8_t unit;
    uint8_t modifier;       /* enum builtin_modifier */
    char input_volatility;  /* provolatile of typinput: i s v */
    char output_volatility; /* of typoutput */
    bool is_preferred : 1;
    bool is_array : 1;      /* a true array; name and point only have an
                             element */
    bool is_collatable : 1; /* typcollation */
    bool is_subscriptable : 1;
};

/* One argument of a function that has names or modes of arguments. */
struct builtin_argument {
    uint32_t name : 24; /* "" if none */
    uint32_t mode : 8;  /* proargmodes: i o b v t */
    uint16_t type;
};

struct builtin_function {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t oid;
    uint16_t result;
    uint16_t arguments; /* see builtin_arguments() */
    uint16_t details;   /* see builtin_details() */
    uint8_t argument_count;
    uint8_t default_count;
    uint8_t detail_count; /* 0: neither names nor modes */
    uint8_t unit;
    char kind;            /* prokind: f a w p */
    char volatility;      /* provolatile: i s v */
    char aggregate_kind;  /* aggkind: n o h; 0 if it is none */
    uint8_t direct_count; /* aggnumdirectargs */
    uint16_t variadic;    /* provariadic: element type or "any"; 0 if not */
    bool is_strict : 1;
    bool returns_set : 1;
};

struct builtin_operator {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t oid;
    uint16_t left;  /* 0: a prefix operator */
    uint16_t right; /* 0: a postfix operator, before 14 */
    uint16_t result;
    uint16_t function;
    uint16_t commutator; /* 0 if none */
    uint16_t negator;    /* 0 if none */
    uint8_t unit;
    char volatility; /* of its function */
};

/* Those with source = target coerce to a length: the type has modifiers. */
struct builtin_cast {
    uint16_t source;
    uint16_t target;
    uint16_t function; /* 0: none is needed */
    uint8_t versions;
    uint8_t unit;
    char context;    /* castcontext: i a e */
    char method;     /* castmethod: b f i */
    char volatility; /* of its function; for binary coercion i */
};

struct builtin_access_method {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t id; /* what the rows below call it */
    uint8_t unit;
    char kind; /* amtype: i t */
};

struct builtin_operator_family {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t id;
    uint16_t method;
    uint8_t unit;
};

struct builtin_operator_class {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t method;
    uint16_t family;
    uint16_t input; /* opcintype */
    uint16_t key;   /* opckeytype; 0: as input */
    uint8_t unit;
    bool is_default;
};

/* An operator that an index of the family can search with. */
struct builtin_family_operator {
    uint16_t family;
    uint16_t left;
    uint16_t right;
    uint16_t operator_oid;
    uint8_t strategy; /* btree: 1 <, 2 <=, 3 =, 4 >=, 5 >; hash: 1 = */
    uint8_t versions;
    uint8_t unit;
};

struct builtin_column {
    uint32_t name : 24;
    uint32_t is_not_null : 8;
    uint16_t type;
};

struct builtin_relation {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t row_type;
    uint16_t columns; /* see builtin_columns() */
    uint8_t column_count;
    uint8_t unit;
    char kind; /* relkind: r v m S f */
};

struct builtin_collation {
    uint32_t name : 24;
    uint32_t versions : 8;
    uint16_t oid;
};

struct builtin_extension {
    uint32_t name : 24;
    uint32_t versions : 8; /* whose servers have it */
    uint32_t schema;       /* that it must be in; "" if any */
    uint32_t required;     /* name of the extension it needs; "" if none */
    uint8_t unit;
    bool is_partly_known; /* postgis, vector: it has more than what is here */
};

/* What lookups by name give: rows of all versions and units. */
struct builtin_types {
    const struct builtin_type *rows;
    size_t count;
};

struct builtin_functions {
    const struct builtin_function *rows;
    size_t count;
};

struct builtin_operators {
    const struct builtin_operator *rows;
    size_t count;
};

/* The name or text, zero-terminated. */
const char *builtin_text(uint32_t name);

/* The set of versions with this one only; a version outside of 13 to 18 counts
 * as the nearest. `row->versions & builtin_version(18)` says if the row
 * holds. */
static inline uint8_t builtin_version(int postgres_version)
{
    int shift = postgres_version - 13;

    return (uint8_t)(1u << (shift < 0 ? 0 : shift > 5 ? 5 : shift));
}

/* Null if that version has none. */
const struct builtin_type *builtin_type_of_oid(uint8_t version, uint16_t oid);
const struct builtin_type *builtin_find_type(uint8_t version, uint8_t unit,
                                             const char *name);
struct builtin_types builtin_types_named(const char *name);

const struct builtin_function *builtin_function_of_oid(uint8_t version,
                                                       uint16_t oid);
struct builtin_functions builtin_functions_named(const char *name);

/* Its input arguments: argument_count types. */
const uint16_t *builtin_arguments(const struct builtin_function *function);

/* All of its arguments, out ones too: detail_count of them. */
const struct builtin_argument *builtin_details(
    const struct builtin_function *function);

/*
 * The name under which the server's grammar calls the function that PostgreSQL
 * 18's grammar, which parsed the statement, made of SQL syntax: EXTRACT is
 * date_part before 14. For calls with COERCE_SQL_SYNTAX.
 */
const char *builtin_syntax_function(uint8_t version, const char *name);

const struct builtin_operator *builtin_operator_of_oid(uint8_t version,
                                                       uint16_t oid);
struct builtin_operators builtin_operators_named(const char *name);

/* Null if there is none; extensions' casts too: ask unit. */
const struct builtin_cast *builtin_find_cast(uint8_t version, uint16_t source,
                                             uint16_t target);

const struct builtin_access_method *builtin_find_access_method(
    uint8_t version, const char *name);

/*
 * The next operator class of the method after that one (null: the first) that
 * has this name (null: is a default) and, if not 0, this input type. Several
 * units may have one.
 */
const struct builtin_operator_class *builtin_next_operator_class(
    uint8_t version, uint16_t method, const char *name, uint16_t input,
    const struct builtin_operator_class *after);
const struct builtin_operator_family *builtin_operator_family_of_id(
    uint16_t id);

/* The member of the family for these types and strategy; null if none. */
const struct builtin_family_operator *builtin_find_family_operator(
    uint8_t version, uint16_t family, uint16_t left, uint16_t right,
    uint8_t strategy);

#define BTREE_EQUAL 3 /* its strategy */

/* As what the operator stands in any family of btree: the strategies' bits. */
uint32_t builtin_btree_strategies(uint8_t version, uint16_t operator_oid);

/* Whether the family has the operator at all. */
bool builtin_family_has(uint8_t version, uint16_t family,
                        uint16_t operator_oid);

const struct builtin_relation *builtin_find_relation(uint8_t version,
                                                     uint8_t unit,
                                                     const char *name);
/* Of whichever extension has one of that name; null if none has. */
const struct builtin_relation *builtin_find_extension_relation(
    uint8_t version, const char *name);

/* The next one of the unit after that one (null: the first). */
const struct builtin_relation *builtin_next_relation(
    uint8_t version, uint8_t unit, const struct builtin_relation *after);

const struct builtin_column *builtin_columns(
    const struct builtin_relation *relation);

/* Of pg_catalog; collations that initdb takes from the system are not here. */
const struct builtin_collation *builtin_find_collation(uint8_t version,
                                                       const char *name);

const struct builtin_extension *builtin_find_extension(const char *name);
const struct builtin_extension *builtin_extension_of_unit(uint8_t unit);

/* All rows, for what an extension brings and for tests. */
struct builtin_types builtin_all_types(void);
struct builtin_functions builtin_all_functions(void);
struct builtin_operators builtin_all_operators(void);

#endif
