/*
 * What fields every parse node has: the table that the walker, dump-tree and
 * later SQL-pattern rules are driven by. Generated at build time from the
 * installed copyfuncs.funcs.c by src/tools/generate_fields.awk.
 */
#ifndef SQL_FIELDS_H
#define SQL_FIELDS_H

#include "sql/ast.h"

enum field_kind {
    FIELD_NODE, /* a Node *, a List * or null */
    FIELD_STRING,
    FIELD_BOOL,
    FIELD_CHAR,
    FIELD_INT,
    FIELD_UNSIGNED, /* enums too: gcc and clang make them unsigned */
    FIELD_SHORT,
    FIELD_LONG,
    FIELD_DOUBLE,
    FIELD_LOCATION, /* a ParseLoc; some are lengths: RawStmt.stmt_len */
    FIELD_VALUE,    /* the Integer, String ... inside an A_Const; not set when
                       isnull */
    FIELD_OTHER,    /* not to be read: bitmapsets, pointers, arrays */
};

/* A value that a field of an enum can have. */
struct field_value {
    const char *name; /* "OBJECT_TABLE" */
    int value;
};

struct field {
    const char *name; /* "whereClause", "base.relation" */
    uint16_t offset;
    uint8_t size;
    enum field_kind kind;
    const struct field_value *values; /* of an enum; ends with a null name.
                                         Null for other fields */
};

struct node_type {
    const char *name; /* "SelectStmt"; null for a tag that is no parse node */
    const struct field *fields;
    const uint16_t *children; /* the offsets of the fields of FIELD_NODE */
    uint16_t field_count;
    uint16_t child_count;
    uint16_t size;
};

/* By tag. Tags are below the limit. */
extern const struct node_type node_types[];
extern const size_t node_tag_limit;

/* The node type of a tag; null for lists and unknown tags. */
static inline const struct node_type *node_type_of(NodeTag tag)
{
    if ((size_t)tag >= node_tag_limit || !node_types[tag].name)
        return NULL;
    return &node_types[tag];
}

/* The tag of a node type by name; T_Invalid if there is none. */
NodeTag node_tag_of(const char *name);

#endif
