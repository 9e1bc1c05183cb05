/*
 * What the files that write a schema share; nobody else's.
 */
#ifndef OUTPUT_SCHEMA_PARTS_H
#define OUTPUT_SCHEMA_PARTS_H

#include "output/schema.h"

#include "schema/contents.h"
#include "schema/type.h"

/* What is being written as JSON. */
struct schema_report {
    struct json_writer *json;
    struct schema *schema;
    struct arena *scratch;
};

/* schema_json_table.c: tables, views and what is theirs. */
void schema_json_table(struct schema_report *report, const struct table *table);

/*
 * The constraints that exist, by name, in the scratch arena: those that are
 * NOT NULL, or all others. Of a foreign key to a partitioned table, one: its
 * parts for the partitions are nobody's to see.
 */
struct constraint_array schema_sort_constraints(
    struct arena *scratch, const struct constraint_array *all,
    bool is_not_null);

/*
 * schema_names.c: texts that the catalogs have, under an empty search_path, in
 * the arena; null for what is not known.
 */

/* pg_get_function_identity_arguments(). */
const char *schema_function_arguments(struct arena *arena,
                                      const struct schema *schema,
                                      const struct function *function);

/* pg_get_function_result(). */
const char *schema_function_result(struct arena *arena,
                                   const struct function *function);

#endif
