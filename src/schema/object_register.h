/*
 * All objects of a schema, in the order in which they were made, and whose
 * memory an address is: the journal knows what bytes were changed, this knows
 * of what.
 */
#ifndef SCHEMA_OBJECT_REGISTER_H
#define SCHEMA_OBJECT_REGISTER_H

#include "base/array.h"

struct object;

struct registered_object {
    struct object *object;
    uint32_t size;
    bool is_conditional; /* made by a statement with IF NOT EXISTS */
};

struct registered_object_array ARRAY(struct registered_object);

struct object_page_array ARRAY(size_t);

/* Objects of one block of the arena: their addresses ascend. */
struct object_run {
    const char *start;              /* of the first object */
    const char *end;                /* of the block */
    size_t first;                   /* of the register's objects */
    struct object_page_array pages; /* for each page of the block: the first
                                       object that starts there or later */
};

struct object_run_array ARRAY(struct object_run);

/* Filled with zeros it is a valid empty one. */
struct object_register {
    struct arena arena;
    struct registered_object_array objects;
    struct object_run_array runs;
    const struct arena_block *block; /* of the last run */
};

void object_register_release(struct object_register *registered);

/* The object was the last that the arena allocated. */
void object_register_add(struct object_register *registered,
                         const struct arena *arena,
                         struct registered_object object);

#define OBJECT_REGISTER_NONE ((size_t)-1)

/* The number of the object that has this address within, or
 * OBJECT_REGISTER_NONE. */
size_t object_register_find(const struct object_register *registered,
                            const void *address);

#endif
