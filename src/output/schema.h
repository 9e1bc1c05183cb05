/*
 * The command `schema`: what a server would have after the statements so far.
 * Pure functions of the schema; pgsquint(1), "SCHEMA", documents the shapes.
 */
#ifndef OUTPUT_SCHEMA_H
#define OUTPUT_SCHEMA_H

#include "lint/observer.h"
#include "output/json_writer.h"

/* A document of several lines. */
void schema_write_json(struct buffer *buffer, struct schema *schema);

/* The same as a script that makes the schema in a new database. */
void schema_write_sql(struct buffer *buffer, struct schema *schema);

/*
 * The statements that make this one object again, every name qualified, as they
 * stand in that script: of views, functions and triggers, policies, rules and
 * statistics objects. Null for others, and for what is not known well enough;
 * the schema must have kept definitions. Changes nothing in the schema. In the
 * arena.
 */
const char *schema_write_object(struct arena *arena, struct schema *schema,
                                const struct object *object);

/* A line about a statement that has been carried out, and the schema now. */
void schema_write_each(struct buffer *buffer, const struct moment *moment);

/* The document, or the value of a member. */
void schema_add_json(struct json_writer *writer, const char *key,
                     struct schema *schema);

#endif
