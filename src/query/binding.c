/*
 * See binding.h. A binding that is finished is copied to the schema's memory;
 * to write an expression again is to copy its text and put the present name in
 * the place of each reference.
 */
#include "query/binding.h"

#include "schema/type.h"
#include "sql/lexer.h"
#include "sql/parser.h"
#include "sql/writer.h"

#include <stdlib.h>

static int compare_references(const void *a, const void *b)
{
    const struct reference *left = a, *right = b;

    if (left->offset != right->offset)
        return left->offset < right->offset ? -1 : 1;
    /* What is inserted comes before what stands there. */
    if (left->length != right->length)
        return left->length == 0 ||
                       (right->length != 0 && left->length > right->length)
                   ? -1
                   : 1;
    return 0;
}

/* In the schema's memory, with offsets of the expression's text. */
static struct reference keep(struct schema *schema,
                             const struct reference *reference, size_t from,
                             size_t shift)
{
    struct reference kept = *reference;

    kept.offset = (uint32_t)(kept.offset - from + shift);
    if (kept.text)
        kept.text = arena_copy(&schema->arena, slice_from(kept.text));
    if (kept.form == REFERENCE_FROM_ITEM && kept.columns) {
        const char **columns =
            arena_alloc(&schema->arena, kept.column_count * sizeof *columns);

        for (size_t i = 0; i < kept.column_count; i++)
            columns[i] = model_name(schema, kept.columns[i]);
        kept.columns = columns;
    }
    return kept;
}

struct expression *binding_finish_within(struct schema *schema,
                                         const struct binding *binding,
                                         struct span words, const char *prefix,
                                         const char *suffix)
{
    size_t count = binding->references.count, end = words.offset + words.length;
    size_t shift = strlen(prefix), done = words.offset;
    struct expression *expression;
    struct reference *references;
    struct buffer text;

    if (binding->is_broken || words.length > UINT32_MAX / 2)
        return NULL;
    if (count > 0)
        qsort(binding->references.items, count,
              sizeof *binding->references.items, compare_references);
    expression = arena_alloc(&schema->arena, sizeof *expression);
    buffer_init(&text, &schema->arena);
    buffer_add_text(&text, prefix);
    buffer_add(&text, slice_part(binding->text, words.offset, end));
    buffer_add_text(&text, suffix);
    expression->text = buffer_text(&text);
    references = arena_alloc(&schema->arena, count * sizeof *references);
    for (size_t i = 0; i < count; i++) {
        const struct reference *reference = &binding->references.items[i];
        bool is_repeated =
            i > 0 && compare_references(reference, reference - 1) == 0;

        if (reference->offset < done || is_repeated ||
            reference->offset + reference->length > end)
            continue;
        references[expression->reference_count++] =
            keep(schema, reference, words.offset, shift);
        done = reference->offset + reference->length;
    }
    expression->references = references;
    return expression;
}

struct expression *binding_finish(struct schema *schema,
                                  const struct binding *binding,
                                  struct span words)
{
    return binding_finish_within(schema, binding, words, "", "");
}

struct expression *expression_of_text(struct schema *schema, const char *text)
{
    struct expression *expression =
        arena_alloc(&schema->arena, sizeof *expression);

    expression->text = arena_copy(&schema->arena, slice_from(text));
    return expression;
}

/* An object by its parts: its schema (null: it has none) and its name. */
struct full_name {
    const char *schema;
    const char *name;
};

static struct full_name full_name_of(const struct reference *reference)
{
    const struct object *object = reference->object;
    struct full_name name = {NULL, NULL};

    switch (object->class) {
    case CLASS_NAMESPACE:
        name.name = ((const struct namespace *)object)->name;
        break;
    case CLASS_EXTENSION:
        /* One of its members, by a name that does not change. */
        name.schema = ((const struct extension *)object)->namespace->name;
        name.name = reference->text;
        break;
    case CLASS_RELATION: {
        const struct relation *relation = (const struct relation *)object;

        name = (struct full_name){relation->namespace->name, relation->name};
        break;
    }
    case CLASS_FUNCTION: {
        const struct function *function = (const struct function *)object;

        name = (struct full_name){function->namespace->name, function->name};
        break;
    }
    case CLASS_TYPE: {
        const struct type *type = (const struct type *)object;

        name = (struct full_name){type_namespace_name(type), type->name};
        break;
    }
    case CLASS_COLUMN: name.name = ((const struct column *)object)->name; break;
    case CLASS_CONSTRAINT:
        name.name = ((const struct constraint *)object)->name;
        break;
    case CLASS_DEFAULT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return name;
}

static void add_full_name(struct buffer *buffer, struct full_name name)
{
    if (name.schema) {
        writer_add_identifier(buffer, name.schema);
        buffer_add_char(buffer, '.');
    }
    writer_add_identifier(buffer, name.name ? name.name : "");
}

/* A string constant with these contents. */
static void add_string(struct buffer *buffer, const char *text)
{
    if (strchr(text, '\\'))
        buffer_add_char(buffer, 'E');
    buffer_add_char(buffer, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            buffer_add_char(buffer, *text);
        buffer_add_char(buffer, *text);
    }
    buffer_add_char(buffer, '\'');
}

static void add_column(struct buffer *buffer, const struct reference *reference)
{
    const struct column *column = (const struct column *)reference->object;

    if (reference->object->class != CLASS_COLUMN) {
        writer_add_identifier(buffer, full_name_of(reference).name);
        return;
    }
    if (reference->form == REFERENCE_QUALIFIED_COLUMN) {
        writer_add_identifier(buffer, column->table->relation.name);
        buffer_add_char(buffer, '.');
    }
    writer_add_identifier(buffer, column->name);
    if (reference->text && strcmp(reference->text, column->name) != 0) {
        buffer_add_text(buffer, " AS ");
        writer_add_identifier(buffer, reference->text);
    }
}

/* The table's columns no longer have the names that the query knows. */
static bool needs_column_names(const struct reference *reference,
                               const struct table *table)
{
    if (!reference->columns)
        return false;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        const char *name =
            i < reference->column_count ? reference->columns[i] : NULL;

        if (!column->object.is_dropped &&
            (!name || strcmp(name, column->name) != 0))
            return true;
    }
    return false;
}

static bool is_among(const char *name, const struct reference *reference)
{
    for (size_t i = 0; i < reference->column_count; i++) {
        if (reference->columns[i] && strcmp(reference->columns[i], name) == 0)
            return true;
    }
    return false;
}

/* `(a, b)`; columns that came later get names that the query cannot mean. */
static void add_column_names(struct buffer *buffer,
                             const struct reference *reference,
                             const struct table *table)
{
    const char *separator = "(";

    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        const char *name =
            i < reference->column_count ? reference->columns[i] : NULL;

        if (column->object.is_dropped)
            continue;
        for (size_t number = 1; !name; number++) {
            const char *tried =
                arena_format(buffer->arena, "%.50s_%zu", column->name, number);

            if (!is_among(tried, reference))
                name = tried;
        }
        buffer_add_text(buffer, separator);
        writer_add_identifier(buffer, name);
        separator = ", ";
    }
    buffer_add_char(buffer, ')');
}

/* The words after the relation's name tell if it had an alias. */
static void add_from_item(struct buffer *buffer,
                          const struct reference *reference)
{
    const struct relation *relation =
        (const struct relation *)reference->object;
    const struct table *table =
        relation_as_table((struct relation *)(uintptr_t)relation);
    bool has_columns = table && needs_column_names(reference, table);

    add_full_name(buffer, full_name_of(reference));
    if (!reference->text ||
        (!has_columns && strcmp(reference->text, relation->name) == 0))
        return;
    buffer_add_text(buffer, " AS ");
    writer_add_identifier(buffer, reference->text);
    if (has_columns)
        add_column_names(buffer, reference, table);
}

static void add_reference(struct buffer *buffer,
                          const struct reference *reference)
{
    struct buffer name;

    switch (reference->form) {
    case REFERENCE_NAME: add_full_name(buffer, full_name_of(reference)); break;
    case REFERENCE_COLUMN:
    case REFERENCE_QUALIFIED_COLUMN: add_column(buffer, reference); break;
    case REFERENCE_FROM_ITEM: add_from_item(buffer, reference); break;
    case REFERENCE_STRING:
        buffer_init(&name, buffer->arena);
        add_full_name(&name, full_name_of(reference));
        add_string(buffer, buffer_text(&name));
        break;
    case REFERENCE_LABEL: add_string(buffer, reference->label->name); break;
    case REFERENCE_OPERATOR:
        buffer_add_text(buffer, "OPERATOR(");
        writer_add_identifier(buffer, full_name_of(reference).schema);
        buffer_add_format(buffer, ".%s)", reference->text);
        break;
    case REFERENCE_TEXT: buffer_add_text(buffer, reference->text); break;
    }
}

const char *expression_to_sql(struct arena *arena, const struct schema *schema,
                              const struct expression *expression)
{
    struct slice text = slice_from(expression->text);
    struct buffer buffer;
    size_t done = 0;

    (void)schema;
    buffer_init(&buffer, arena);
    for (size_t i = 0; i < expression->reference_count; i++) {
        const struct reference *reference = &expression->references[i];

        buffer_add(&buffer, slice_part(text, done, reference->offset));
        add_reference(&buffer, reference);
        done = reference->offset + reference->length;
    }
    text = slice_part(text, done, text.length);
    buffer_add(&buffer, lexer_trim_end(text));
    return buffer_text(&buffer);
}
