/*
 * The schema as JSON, for programs, and for those who compare it with a
 * server's catalogs: what each member means is what the query in
 * src/tools/truth/catalog.sql reads there.
 */
#include "output/schema_parts.h"

#include "schema/model.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA_JSON_VERSION 1

static void add_extensions(struct json_writer *json,
                           const struct schema_contents *contents)
{
    json_open_array_of_lines(json, "extensions");
    for (size_t i = 0; i < contents->extension_count; i++) {
        const struct extension *extension = contents->extensions[i];

        json_open_object(json, NULL);
        json_add_text(json, "name", extension->name);
        json_add_text(json, "schema", extension->namespace->name);
        json_close_object(json);
    }
    json_close_array(json);
}

static int compare_constraints(const void *a, const void *b)
{
    const struct constraint *const *x = a;
    const struct constraint *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

struct constraint_array schema_sort_constraints(
    struct arena *scratch, const struct constraint_array *all, bool is_not_null)
{
    struct constraint_array sorted = {0};

    for (size_t i = 0; i < all->count; i++)
        if (!all->items[i]->object.is_dropped &&
            !constraint_is_reference_part(all->items[i]) &&
            (all->items[i]->type == CONSTRAINT_NOT_NULL) == is_not_null)
            *array_push(scratch, &sorted) = all->items[i];
    if (sorted.count > 1)
        qsort(sorted.items, sorted.count, sizeof(struct constraint *),
              compare_constraints);
    return sorted;
}

static void add_attributes(struct schema_report *report,
                           const struct table *table)
{
    struct json_writer *json = report->json;

    json_open_array(json, "attributes");
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        json_open_object(json, NULL);
        json_add_text(json, "name", column->name);
        json_add_text(json, "type",
                      type_to_text(report->scratch, column->data_type));
        json_close_object(json);
    }
    json_close_array(json);
}

static void add_labels(struct json_writer *json, const struct type *type)
{
    json_open_array(json, "values");
    for (size_t i = 0; i < type->labels.count; i++)
        json_add_text(json, NULL, type->labels.items[i]->name);
    json_close_array(json);
}

static void add_domain_constraints(struct schema_report *report,
                                   const struct type *domain)
{
    struct json_writer *json = report->json;
    struct constraint_array constraints = {0};

    if (domain->constraints)
        constraints = schema_sort_constraints(report->scratch,
                                              domain->constraints, false);
    json_open_array(json, "constraints");
    for (size_t i = 0; i < constraints.count; i++) {
        json_open_object(json, NULL);
        json_add_text(json, "name", constraints.items[i]->name);
        json_add_bool(json, "validated", constraints.items[i]->is_validated);
        json_close_object(json);
    }
    json_close_array(json);
}

static const char *type_kind_name(const struct type *type)
{
    if (!type)
        return "composite";
    switch (type->kind) {
    case TYPE_ENUM: return "enum";
    case TYPE_DOMAIN: return "domain";
    case TYPE_COMPOSITE: return "composite";
    case TYPE_RANGE: return "range";
    case TYPE_BASE:
    case TYPE_ROW:
    case TYPE_MULTIRANGE:
    case TYPE_ARRAY:
    case TYPE_PSEUDO: break;
    }
    return NULL;
}

static const char *base_text(struct schema_report *report,
                             const struct type *type)
{
    return type->kind == TYPE_DOMAIN
               ? type_to_text(report->scratch, type->base)
               : type_to_plain_text(report->scratch, type->element);
}

/* Every member is there for every kind, null where it has no meaning. */
static void add_type(struct schema_report *report,
                     const struct type_entry *entry)
{
    struct json_writer *json = report->json;
    const struct type *type = entry->type;
    enum type_kind kind = type ? type->kind : TYPE_COMPOSITE;

    json_open_object(json, NULL);
    json_add_text(json, "schema", entry->namespace->name);
    json_add_text(json, "name", entry->name);
    json_add_text(json, "kind", type_kind_name(type));
    if (kind == TYPE_ENUM)
        add_labels(json, type);
    else
        json_add_null(json, "values");
    if (kind == TYPE_DOMAIN || kind == TYPE_RANGE)
        json_add_text(json, "base", base_text(report, type));
    else
        json_add_null(json, "base");
    if (kind == TYPE_DOMAIN)
        json_add_bool(json, "nullable", !type->is_not_null);
    else
        json_add_null(json, "nullable");
    if (entry->composite)
        add_attributes(report, entry->composite);
    else
        json_add_null(json, "attributes");
    if (kind == TYPE_DOMAIN)
        add_domain_constraints(report, type);
    else
        json_add_null(json, "constraints");
    json_close_object(json);
}

static void add_sequence(struct schema_report *report,
                         const struct sequence *sequence)
{
    struct json_writer *json = report->json;
    const struct column *owner = sequence->owned_by;

    json_open_object(json, NULL);
    json_add_text(json, "schema", sequence->relation.namespace->name);
    json_add_text(json, "name", sequence->relation.name);
    json_add_text(json, "type", type_to_text(report->scratch, sequence->type));
    if (owner) {
        json_open_object(json, "owned_by");
        json_add_text(json, "schema", owner->table->relation.namespace->name);
        json_add_text(json, "table", owner->table->relation.name);
        json_add_text(json, "column", owner->name);
        json_close_object(json);
    } else {
        json_add_null(json, "owned_by");
    }
    json_add_bool(json, "identity", sequence->is_identity);
    json_close_object(json);
}

static const char *function_kind_name(enum function_kind kind)
{
    switch (kind) {
    case FUNCTION_FUNCTION: return "function";
    case FUNCTION_PROCEDURE: return "procedure";
    case FUNCTION_AGGREGATE: return "aggregate";
    case FUNCTION_WINDOW: return "window";
    }
    return NULL;
}

static const char *volatility_name(enum volatility volatility)
{
    switch (volatility) {
    case VOLATILITY_IMMUTABLE: return "immutable";
    case VOLATILITY_STABLE: return "stable";
    case VOLATILITY_VOLATILE: return "volatile";
    }
    return NULL;
}

/* A function and what tells it from others of its name. */
struct signature {
    const struct function *function;
    const char *arguments; /* may be null */
};

static int compare_signatures(const void *a, const void *b)
{
    const struct signature *x = a;
    const struct signature *y = b;
    int order = x->function->namespace == y->function->namespace
                    ? 0
                    : strcmp(x->function->namespace->name,
                             y->function->namespace->name);

    if (order == 0)
        order = strcmp(x->function->name, y->function->name);
    if (order == 0)
        order = strcmp(x->arguments ? x->arguments : "",
                       y->arguments ? y->arguments : "");
    return order;
}

static void add_function(struct schema_report *report,
                         const struct signature *signature)
{
    struct json_writer *json = report->json;
    const struct function *function = signature->function;

    json_open_object(json, NULL);
    json_add_text(json, "schema", function->namespace->name);
    json_add_text(json, "name", function->name);
    json_add_text(json, "arguments", signature->arguments);
    json_add_text(json, "kind", function_kind_name(function->kind));
    json_add_text(json, "returns",
                  schema_function_result(report->scratch, function));
    json_add_text(json, "volatility", volatility_name(function->volatility));
    json_add_bool(json, "security_definer", function->is_security_definer);
    json_close_object(json);
}

static void add_functions(struct schema_report *report,
                          const struct function_array *functions)
{
    size_t count = functions->count;
    struct signature *signatures =
        arena_alloc(report->scratch, count * sizeof *signatures);

    for (size_t i = 0; i < count; i++) {
        signatures[i].function = functions->items[i];
        signatures[i].arguments = schema_function_arguments(
            report->scratch, report->schema, functions->items[i]);
    }
    if (count > 1)
        qsort(signatures, count, sizeof *signatures, compare_signatures);
    json_open_array_of_lines(report->json, "functions");
    for (size_t i = 0; i < count; i++)
        add_function(report, &signatures[i]);
    json_close_array(report->json);
}

static void add_contents(struct schema_report *report,
                         const struct schema_contents *contents)
{
    struct json_writer *json = report->json;

    json_open_array(json, "schemas");
    for (size_t i = 0; i < contents->namespace_count; i++)
        json_add_text(json, NULL, contents->namespaces[i]->name);
    json_close_array(json);
    add_extensions(json, contents);
    json_open_array_of_lines(json, "types");
    for (size_t i = 0; i < contents->types.count; i++)
        add_type(report, &contents->types.items[i]);
    json_close_array(json);
    json_open_array_of_lines(json, "sequences");
    for (size_t i = 0; i < contents->sequences.count; i++)
        add_sequence(report, contents->sequences.items[i]);
    json_close_array(json);
    add_functions(report, &contents->functions);
    json_open_array_of_lines(json, "tables");
    for (size_t i = 0; i < contents->tables.count; i++)
        schema_json_table(report, contents->tables.items[i]);
    json_close_array(json);
}

void schema_add_json(struct json_writer *json, const char *key,
                     struct schema *schema)
{
    struct arena scratch = {0};
    struct schema_report report = {json, schema, &scratch};
    struct schema_contents contents;

    schema_list_contents(schema, &scratch, &contents);
    json_open_object_of_lines(json, key);
    json_add_number(json, "version", SCHEMA_JSON_VERSION);
    json_add_number(json, "postgres_version", (size_t)schema->postgres_version);
    json_add_bool(json, "complete", contents.is_complete);
    add_contents(&report, &contents);
    json_close_object(json);
    arena_release(&scratch);
}

void schema_write_json(struct buffer *buffer, struct schema *schema)
{
    struct json_writer json;

    json_writer_init(&json, buffer, true);
    schema_add_json(&json, NULL, schema);
    buffer_add_char(buffer, '\n');
}

static void add_failure(struct json_writer *json,
                        const struct replay_failure *failure)
{
    if (!failure->message) {
        json_add_null(json, "fails");
        return;
    }
    json_open_object(json, "fails");
    json_add_text(json, "message", failure->message);
    json_add_text(json, "sqlstate", failure->sqlstate);
    json_close_object(json);
}

void schema_write_each(struct buffer *buffer, const struct moment *moment)
{
    const struct statement *statement = moment->statement;
    struct position position =
        source_position(moment->source, statement->offset);
    struct position end =
        source_position(moment->source, statement->offset + statement->length);
    struct json_writer json;

    json_writer_init(&json, buffer, false);
    json_open_object(&json, NULL);
    json_add_text(&json, "path", moment->source->path);
    json_add_number(&json, "line", position.line);
    json_add_number(&json, "column", position.column);
    json_add_number(&json, "offset", position.file_offset);
    json_add_number(&json, "length", end.file_offset - position.file_offset);
    json_add_slice(&json, "sql",
                   statement_text(moment->source->text, statement));
    add_failure(&json, moment->failure);
    schema_add_json(&json, "schema", moment->schema);
    json_close_object(&json);
    buffer_add_char(buffer, '\n');
}
