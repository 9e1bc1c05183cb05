/*
 * Lists what a schema holds, for output/. The tables of names know what exists
 * now; what is theirs is filtered and sorted here.
 */
#include "schema/contents.h"

#include "schema/model.h"

#include <stdlib.h>
#include <string.h>

struct listing {
    const struct schema *schema;
    struct arena *arena;
    struct schema_contents *contents;
};

static int compare_namespaces(const void *a, const void *b)
{
    const struct namespace *const *x = a;
    const struct namespace *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

static int compare_extensions(const void *a, const void *b)
{
    const struct extension *const *x = a;
    const struct extension *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

static int compare_names(const struct namespace *a, const char *a_name,
                         const struct namespace *b, const char *b_name)
{
    int order = a == b ? 0 : strcmp(a->name, b->name);

    return order ? order : strcmp(a_name, b_name);
}

static int compare_types(const void *a, const void *b)
{
    const struct type_entry *x = a;
    const struct type_entry *y = b;

    return compare_names(x->namespace, x->name, y->namespace, y->name);
}

static int compare_functions(const void *a, const void *b)
{
    const struct function *const *x = a;
    const struct function *const *y = b;

    return compare_names((*x)->namespace, (*x)->name, (*y)->namespace,
                         (*y)->name);
}

/* Of tables and sequences, whose first member is their relation. */
static int compare_relations(const void *a, const void *b)
{
    const struct relation *const *x = a;
    const struct relation *const *y = b;

    return compare_names((*x)->namespace, (*x)->name, (*y)->namespace,
                         (*y)->name);
}

static void sort(void *items, size_t count, size_t size,
                 int compare(const void *, const void *))
{
    if (count > 1)
        qsort(items, count, size, compare);
}

static void list_namespaces(struct listing *listing)
{
    const struct name_table *table = &listing->schema->namespaces;
    struct schema_contents *contents = listing->contents;
    struct name_table_cursor cursor = {0};
    struct namespace *namespace;

    contents->namespaces =
        arena_alloc(listing->arena, table->count * sizeof(struct namespace *));
    while ((namespace = name_table_next(table, &cursor)))
        if (namespace->made_at.source ||
            namespace == listing->schema->public_namespace)
            contents->namespaces[contents->namespace_count++] = namespace;
    sort(contents->namespaces, contents->namespace_count,
         sizeof *contents->namespaces, compare_namespaces);
}

static void list_extensions(struct listing *listing)
{
    const struct name_table *table = &listing->schema->extensions;
    struct schema_contents *contents = listing->contents;
    struct name_table_cursor cursor = {0};
    struct extension *extension;

    contents->extensions =
        arena_alloc(listing->arena, table->count * sizeof(struct extension *));
    while ((extension = name_table_next(table, &cursor)))
        contents->extensions[contents->extension_count++] = extension;
    sort(contents->extensions, contents->extension_count,
         sizeof *contents->extensions, compare_extensions);
}

static void add_relation(struct listing *listing, struct relation *relation)
{
    struct schema_contents *contents = listing->contents;
    struct table *table = relation_as_table(relation);
    struct sequence *sequence = relation_as_sequence(relation);

    if (relation->kind == RELATION_COMPOSITE_TYPE)
        *array_push(listing->arena, &contents->types) = (struct type_entry){
            .namespace = relation->namespace,
            .name = relation->name,
            .composite = table,
        };
    else if (table)
        *array_push(listing->arena, &contents->tables) = table;
    else if (sequence)
        *array_push(listing->arena, &contents->sequences) = sequence;
}

static void list_relations(struct listing *listing)
{
    const struct name_table *table = &listing->schema->relations;
    struct name_table_cursor cursor = {0};
    struct relation *relation;

    while ((relation = name_table_next(table, &cursor))) {
        if (relation->namespace->is_temporary || relation->extension)
            continue;
        if (relation->made_at.source)
            add_relation(listing, relation);
    }
}

static bool is_listed_type(const struct type *type)
{
    if (type->extension || !type->made_at.source ||
        type->namespace->is_temporary)
        return false;
    switch (type->kind) {
    case TYPE_ENUM:
    case TYPE_DOMAIN:
    case TYPE_RANGE: return true;
    case TYPE_BASE:
    case TYPE_COMPOSITE: /* found by its relation */
    case TYPE_ROW:
    case TYPE_MULTIRANGE:
    case TYPE_ARRAY:
    case TYPE_PSEUDO: return false;
    }
    return false;
}

static void list_types(struct listing *listing)
{
    const struct name_table *table = &listing->schema->types;
    struct name_table_cursor cursor = {0};
    struct type *type;

    while ((type = name_table_next(table, &cursor)))
        if (is_listed_type(type))
            *array_push(listing->arena, &listing->contents->types) =
                (struct type_entry){
                    .namespace = type->namespace,
                    .name = type->name,
                    .type = type,
                };
}

static void list_functions(struct listing *listing)
{
    const struct name_table *table = &listing->schema->functions;
    struct name_table_cursor cursor = {0};
    struct function *function;

    while ((function = name_table_next(table, &cursor)))
        for (; function; function = function->next_overload)
            if (!function->extension && function->made_at.source &&
                !function->namespace->is_temporary)
                *array_push(listing->arena, &listing->contents->functions) =
                    function;
}

static int compare_others(const void *a, const void *b)
{
    const struct other *x = *(struct other *const *)a;
    const struct other *y = *(struct other *const *)b;
    int order = (x->kind > y->kind) - (x->kind < y->kind);

    if (order == 0 && x->namespace && y->namespace)
        order = strcmp(x->namespace->name, y->namespace->name);
    return order ? order : strcmp(x->name, y->name);
}

static void list_others(struct listing *listing)
{
    const struct name_table *table = &listing->schema->others;
    struct name_table_cursor cursor = {0};
    struct other *other;

    while ((other = name_table_next(table, &cursor)))
        *array_push(listing->arena, &listing->contents->others) = other;
}

void schema_list_contents(const struct schema *schema, struct arena *arena,
                          struct schema_contents *contents)
{
    struct listing listing = {schema, arena, contents};

    *contents = (struct schema_contents){
        .is_complete = schema_is_complete(schema),
    };
    list_namespaces(&listing);
    list_extensions(&listing);
    list_relations(&listing);
    list_types(&listing);
    list_functions(&listing);
    list_others(&listing);
    sort(contents->types.items, contents->types.count,
         sizeof *contents->types.items, compare_types);
    sort(contents->sequences.items, contents->sequences.count,
         sizeof *contents->sequences.items, compare_relations);
    sort(contents->functions.items, contents->functions.count,
         sizeof *contents->functions.items, compare_functions);
    sort(contents->others.items, contents->others.count,
         sizeof *contents->others.items, compare_others);
    sort(contents->tables.items, contents->tables.count,
         sizeof *contents->tables.items, compare_relations);
}
