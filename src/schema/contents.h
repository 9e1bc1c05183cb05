/*
 * Everything that a schema holds at one moment, in order: what the command
 * `schema` prints.
 */
#ifndef SCHEMA_CONTENTS_H
#define SCHEMA_CONTENTS_H

#include "schema/schema.h"

/* A composite type is known by its relation, the others by their type. */
struct type_entry {
    const struct namespace *namespace;
    const char *name;
    const struct type *type;       /* null: see composite */
    const struct table *composite; /* null: see type */
};

struct type_entry_array ARRAY(struct type_entry);

/*
 * By schema and name, in order of bytes; functions of one name in no order.
 * Without what is built in, temporary, brought by an extension, or was only
 * mentioned. Everything is in the arena.
 */
struct schema_contents {
    struct namespace **namespaces;
    size_t namespace_count;
    struct extension **extensions; /* by name alone */
    size_t extension_count;
    struct type_entry_array types; /* enums, domains, composite and range types:
                                      neither row types nor multiranges */
    struct sequence_array sequences;
    struct function_array functions;
    struct other_array others; /* by kind, schema and name */
    struct table_array tables; /* also views: all but composite types */
    bool is_complete;
};

void schema_list_contents(const struct schema *schema, struct arena *arena,
                          struct schema_contents *contents);

#endif
