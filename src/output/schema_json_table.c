/*
 * The part of a schema's JSON that is longest: tables, views, and their
 * columns, constraints, indexes, triggers and policies.
 */
#include "output/schema_parts.h"

#include "sql/ast.h"

#include <stdlib.h>
#include <string.h>

static const char *kind_name(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_TABLE: return "table";
    case RELATION_PARTITIONED_TABLE: return "partitioned table";
    case RELATION_FOREIGN_TABLE: return "foreign table";
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_SEQUENCE:
    case RELATION_INDEX:
    case RELATION_COMPOSITE_TYPE: break;
    }
    return NULL;
}

static void add_table_name(struct json_writer *json, const char *key,
                           const struct table *table)
{
    json_open_object(json, key);
    json_add_text(json, "schema", table->relation.namespace->name);
    json_add_text(json, "name", table->relation.name);
    json_close_object(json);
}

/* In the order of their names as the table has them: pg_inherits' own. */
static void add_parents(struct json_writer *json, const struct table *table)
{
    json_open_array(json, "inherits");
    for (size_t i = 0; i < table->parents.count; i++)
        if (table->parents.items[i] != table->partition_of)
            add_table_name(json, NULL, table->parents.items[i]);
    json_close_array(json);
}

static const char *identity_name(enum column_identity identity)
{
    switch (identity) {
    case IDENTITY_NONE: return NULL;
    case IDENTITY_ALWAYS: return "always";
    case IDENTITY_BY_DEFAULT: return "by default";
    }
    return NULL;
}

static const char *generated_name(enum column_generated generated)
{
    switch (generated) {
    case GENERATED_NONE: return NULL;
    case GENERATED_STORED: return "stored";
    case GENERATED_VIRTUAL: return "virtual";
    }
    return NULL;
}

static void add_columns(struct schema_report *report, const struct table *table)
{
    struct json_writer *json = report->json;

    json_open_array_of_lines(json, "columns");
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        json_open_object(json, NULL);
        json_add_text(json, "name", column->name);
        json_add_text(json, "type",
                      type_to_text(report->scratch, column->data_type));
        /* From 18 on a constraint that is not validated counts too
         * (attnotnull). */
        json_add_bool(json, "nullable",
                      column->is_nullable && !column->not_null);
        json_add_bool(json, "default", column->has_default);
        json_add_text(json, "identity", identity_name(column->identity));
        json_add_text(json, "generated", generated_name(column->generated));
        json_add_bool(json, "inherited", column->inherit_count > 0);
        json_close_object(json);
    }
    json_close_array(json);
}

static const char *constraint_type_name(enum constraint_type type)
{
    switch (type) {
    case CONSTRAINT_PRIMARY_KEY: return "primary key";
    case CONSTRAINT_UNIQUE: return "unique";
    case CONSTRAINT_FOREIGN_KEY: return "foreign key";
    case CONSTRAINT_CHECK: return "check";
    case CONSTRAINT_EXCLUDE: return "exclude";
    case CONSTRAINT_NOT_NULL: return "not null";
    }
    return NULL;
}

static const char *action_name(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_RESTRICT: return "restrict";
    case FKCONSTR_ACTION_CASCADE: return "cascade";
    case FKCONSTR_ACTION_SETNULL: return "set null";
    case FKCONSTR_ACTION_SETDEFAULT: return "set default";
    default: return "no action";
    }
}

static void add_column_names(struct json_writer *json, const char *key,
                             const struct column_array *columns)
{
    json_open_array(json, key);
    for (size_t i = 0; i < columns->count; i++)
        json_add_text(json, NULL, columns->items[i]->name);
    json_close_array(json);
}

/* Those of the table that are among these, in the table's order. */
static void add_columns_in_order(struct json_writer *json, const char *key,
                                 const struct table *table,
                                 const struct column_array *columns)
{
    json_open_array(json, key);
    for (size_t i = 0; columns->count && i < table->columns.count; i++)
        for (size_t j = 0; j < columns->count; j++)
            if (columns->items[j] == table->columns.items[i]) {
                json_add_text(json, NULL, columns->items[j]->name);
                break;
            }
    json_close_array(json);
}

static bool has_expression(const struct index *index)
{
    for (size_t i = 0; i < index->column_count; i++)
        if (!index->columns[i].column)
            return true;
    return false;
}

static void add_constraint_columns(struct json_writer *json,
                                   const struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_CHECK)
        add_columns_in_order(json, "columns", constraint->table,
                             &constraint->columns);
    else if (constraint->type == CONSTRAINT_EXCLUDE && constraint->index &&
             has_expression(constraint->index))
        json_add_null(json, "columns");
    else
        add_column_names(json, "columns", &constraint->columns);
}

static void add_references(struct json_writer *json,
                           const struct constraint *constraint)
{
    const struct table *referenced = constraint->referenced;

    if (constraint->type != CONSTRAINT_FOREIGN_KEY || !referenced) {
        json_add_null(json, "references");
        return;
    }
    json_open_object(json, "references");
    json_add_text(json, "schema", referenced->relation.namespace->name);
    json_add_text(json, "table", referenced->relation.name);
    add_column_names(json, "columns", &constraint->referenced_columns);
    json_add_text(json, "on_update", action_name(constraint->on_update));
    json_add_text(json, "on_delete", action_name(constraint->on_delete));
    json_close_object(json);
}

static void add_constraints(struct schema_report *report,
                            const struct table *table)
{
    struct json_writer *json = report->json;
    struct constraint_array sorted =
        schema_sort_constraints(report->scratch, &table->constraints, false);

    json_open_array_of_lines(json, "constraints");
    for (size_t i = 0; i < sorted.count; i++) {
        const struct constraint *constraint = sorted.items[i];

        json_open_object(json, NULL);
        json_add_text(json, "name", constraint->name);
        json_add_text(json, "type", constraint_type_name(constraint->type));
        add_constraint_columns(json, constraint);
        add_references(json, constraint);
        json_add_bool(json, "validated", constraint->is_validated);
        json_add_bool(json, "enforced", constraint->is_enforced);
        json_add_bool(json, "deferrable", constraint->is_deferrable);
        json_add_bool(json, "deferred", constraint->is_initially_deferred);
        json_add_bool(json, "inherited", !constraint->is_local);
        json_close_object(json);
    }
    json_close_array(json);
}

/* They have names from 18 on. */
static void add_not_null(struct schema_report *report,
                         const struct table *table)
{
    struct json_writer *json = report->json;
    struct constraint_array sorted =
        schema_sort_constraints(report->scratch, &table->constraints, true);

    json_open_array_of_lines(json, "not_null");
    for (size_t i = 0; i < sorted.count; i++) {
        const struct constraint *constraint = sorted.items[i];

        json_open_object(json, NULL);
        json_add_text(json, "name", constraint->name);
        json_add_text(json, "column",
                      constraint->columns.count
                          ? constraint->columns.items[0]->name
                          : NULL);
        json_add_bool(json, "validated", constraint->is_validated);
        json_add_bool(json, "inherited", !constraint->is_local);
        json_close_object(json);
    }
    json_close_array(json);
}

static void add_index_columns(struct json_writer *json,
                              const struct index *index)
{
    json_open_array(json, "columns");
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *column = &index->columns[i];

        json_open_object(json, NULL);
        if (column->column)
            json_add_text(json, "column", column->column->name);
        else
            json_add_text(json, "expression", column->name);
        json_add_bool(json, "descending", column->is_descending);
        json_add_bool(json, "nulls_first", column->is_nulls_first);
        json_close_object(json);
    }
    json_close_array(json);
}

static void add_index(struct json_writer *json, const struct index *index)
{
    json_open_object(json, NULL);
    json_add_text(json, "name", index->relation.name);
    json_add_text(json, "constraint",
                  index->constraint ? index->constraint->name : NULL);
    json_add_text(json, "method", index->method);
    json_add_bool(json, "unique", index->is_unique);
    json_add_bool(json, "primary", index->is_primary);
    json_add_bool(json, "nulls_not_distinct", index->is_nulls_not_distinct);
    json_add_bool(json, "valid", index->is_valid);
    json_add_bool(json, "partial", index->predicate != NULL);
    add_index_columns(json, index);
    add_column_names(json, "include", &index->include);
    json_close_object(json);
}

static int compare_indexes(const void *a, const void *b)
{
    const struct index *const *x = a;
    const struct index *const *y = b;

    return strcmp((*x)->relation.name, (*y)->relation.name);
}

static void add_indexes(struct schema_report *report, const struct table *table)
{
    struct index_array sorted = {0};

    for (size_t i = 0; i < table->indexes.count; i++)
        if (!table->indexes.items[i]->relation.object.is_dropped)
            *array_push(report->scratch, &sorted) = table->indexes.items[i];
    if (sorted.count > 1)
        qsort(sorted.items, sorted.count, sizeof(struct index *),
              compare_indexes);
    json_open_array_of_lines(report->json, "indexes");
    for (size_t i = 0; i < sorted.count; i++)
        add_index(report->json, sorted.items[i]);
    json_close_array(report->json);
}

static const char *enabled_name(char enabled)
{
    switch (enabled) {
    case 'D': return "disabled";
    case 'R': return "replica";
    case 'A': return "always";
    default: return "origin";
    }
}

static int compare_triggers(const void *a, const void *b)
{
    const struct trigger *const *x = a;
    const struct trigger *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

static void add_triggers(struct schema_report *report,
                         const struct table *table)
{
    struct json_writer *json = report->json;
    struct trigger_array sorted = {0};

    for (size_t i = 0; i < table->triggers.count; i++)
        if (!table->triggers.items[i]->object.is_dropped)
            *array_push(report->scratch, &sorted) = table->triggers.items[i];
    if (sorted.count > 1)
        qsort(sorted.items, sorted.count, sizeof(struct trigger *),
              compare_triggers);
    json_open_array_of_lines(json, "triggers");
    for (size_t i = 0; i < sorted.count; i++) {
        json_open_object(json, NULL);
        json_add_text(json, "name", sorted.items[i]->name);
        json_add_text(json, "enabled", enabled_name(sorted.items[i]->enabled));
        json_close_object(json);
    }
    json_close_array(json);
}

static const char *command_name(char command)
{
    switch (command) {
    case 'r': return "select";
    case 'a': return "insert";
    case 'w': return "update";
    case 'd': return "delete";
    default: return "all";
    }
}

static int compare_texts(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;

    return strcmp(*x, *y);
}

static void add_roles(struct schema_report *report, const struct policy *policy)
{
    struct name_array roles = {0};

    for (size_t i = 0; i < policy->roles.count; i++)
        *array_push(report->scratch, &roles) = policy->roles.items[i];
    if (roles.count > 1)
        qsort(roles.items, roles.count, sizeof *roles.items, compare_texts);
    json_open_array(report->json, "roles");
    for (size_t i = 0; i < roles.count; i++)
        json_add_text(report->json, NULL, roles.items[i]);
    json_close_array(report->json);
}

static int compare_policies(const void *a, const void *b)
{
    const struct policy *const *x = a;
    const struct policy *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

static void add_policies(struct schema_report *report,
                         const struct table *table)
{
    struct json_writer *json = report->json;
    struct policy_array sorted = {0};

    for (size_t i = 0; i < table->policies.count; i++)
        if (!table->policies.items[i]->object.is_dropped)
            *array_push(report->scratch, &sorted) = table->policies.items[i];
    if (sorted.count > 1)
        qsort(sorted.items, sorted.count, sizeof(struct policy *),
              compare_policies);
    json_open_array_of_lines(json, "policies");
    for (size_t i = 0; i < sorted.count; i++) {
        json_open_object(json, NULL);
        json_add_text(json, "name", sorted.items[i]->name);
        json_add_text(json, "command", command_name(sorted.items[i]->command));
        json_add_bool(json, "permissive", sorted.items[i]->is_permissive);
        add_roles(report, sorted.items[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

void schema_json_table(struct schema_report *report, const struct table *table)
{
    struct json_writer *json = report->json;
    const struct relation *relation = &table->relation;

    json_open_object_of_lines(json, NULL);
    json_add_text(json, "schema", relation->namespace->name);
    json_add_text(json, "name", relation->name);
    json_add_text(json, "kind", kind_name(relation->kind));
    json_add_text(json, "persistence",
                  relation->is_unlogged ? "unlogged" : "permanent");
    if (table->partition_of)
        add_table_name(json, "partition_of", table->partition_of);
    else
        json_add_null(json, "partition_of");
    add_parents(json, table);
    json_add_bool(json, "row_security", table->has_row_security);
    add_columns(report, table);
    add_constraints(report, table);
    add_not_null(report, table);
    add_indexes(report, table);
    add_triggers(report, table);
    add_policies(report, table);
    json_close_object(json);
}
