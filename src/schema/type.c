/*
 * Finds types by name and by object id. Column types are the most frequent
 * question of a replay, and few types are used over and over: plain names of
 * built-in types have a small cache of their own.
 */
#include "schema/type.h"

#include "schema/type_modifier.h"

#include <string.h>

/* What a row of the catalogue says of its kind. */
static enum type_kind kind_of_row(uint8_t version,
                                  const struct builtin_type *row)
{
    switch (row->kind) {
    case 'c': return TYPE_ROW;
    case 'd': return TYPE_DOMAIN;
    case 'e': return TYPE_ENUM;
    case 'm': return TYPE_MULTIRANGE;
    case 'r': return TYPE_RANGE;
    default: break;
    }
    /* oidvector and int2vector are arrays that go by their own names. */
    if (row->is_array &&
        builtin_type_of_oid(version, row->element)->array == row->oid)
        return TYPE_ARRAY;
    return row->kind == 'p' ? TYPE_PSEUDO : TYPE_BASE;
}

/* Elements of arrays, subtypes of ranges and bases of domains. */
static void link_to_others(struct schema *schema, struct type *type)
{
    const struct builtin_type *row = type->builtin;

    switch (type->kind) {
    case TYPE_ARRAY:
        type->element = type_of_oid(schema, row->element);
        if (type->element)
            type->element->array = type;
        return;
    case TYPE_RANGE:
    case TYPE_MULTIRANGE:
        type->element = type_of_oid(schema, row->base);
        if (type->kind == TYPE_MULTIRANGE && type->element)
            type->element->multirange = type;
        return;
    case TYPE_DOMAIN:
        type->base.type = type_of_oid(schema, row->base);
        type->base.modifier = row->base_modifier;
        return;
    case TYPE_BASE:
    case TYPE_ENUM:
    case TYPE_COMPOSITE:
    case TYPE_ROW:
    case TYPE_PSEUDO: return;
    }
}

static struct type *type_of_row(struct schema *schema,
                                const struct builtin_type *row)
{
    struct builtin_types all = builtin_all_types();
    struct type **place;
    struct type *type;

    if (!schema->builtin_types)
        schema->builtin_types = arena_alloc(
            &schema->arena, all.count * sizeof *schema->builtin_types);
    place = &schema->builtin_types[row - all.rows];
    if (*place)
        return *place;
    type = arena_alloc(&schema->arena, sizeof *type);
    *place = type;
    type->object.class = CLASS_TYPE;
    type->kind = kind_of_row(builtin_version(schema->postgres_version), row);
    type->name = builtin_text(row->name);
    type->namespace = model_find_namespace(schema, row->unit == BUILTIN_CATALOG
                                                       ? "pg_catalog"
                                                       : "information_schema");
    type->builtin = row;
    link_to_others(schema, type);
    return type;
}

/* What an extension that is there brought. */
static struct type *type_of_extension(struct schema *schema,
                                      const struct builtin_type *row)
{
    const struct builtin_extension *known =
        builtin_extension_of_unit(row->unit);
    const struct extension *extension =
        known ? model_find_extension(schema, builtin_text(known->name)) : NULL;

    for (size_t i = 0; extension && i < extension->types.count; i++) {
        struct type *type = extension->types.items[i];

        if (type->builtin == row)
            return type;
        if (type->builtin->array == row->oid)
            return type_array_of(schema, type);
    }
    return NULL;
}

struct type *type_look_up_oid(struct schema *schema, uint16_t oid)
{
    struct type **cached = &schema->oid_cache[oid % OID_CACHE_SIZE];
    const struct builtin_type *row;

    row = builtin_type_of_oid(builtin_version(schema->postgres_version), oid);
    if (!row)
        return NULL;
    if (row->unit >= BUILTIN_EXTENSION_FIRST)
        return type_of_extension(schema, row);
    *cached = type_of_row(schema, row);
    return *cached;
}

static struct type *find_in_unit(struct schema *schema, uint8_t unit,
                                 const char *name)
{
    const struct builtin_type *row = builtin_find_type(
        builtin_version(schema->postgres_version), unit, name);

    return row ? type_of_row(schema, row) : NULL;
}

/* In pg_catalog, with a memory. */
static struct type *find_in_catalog(struct schema *schema, const char *name)
{
    size_t length = strlen(name);
    size_t slot = length * 5 + (unsigned char)name[0] * 31 +
                  (unsigned char)name[length / 2] * 7 +
                  (length ? (unsigned char)name[length - 1] * 13u : 0);
    struct type **cached = &schema->type_cache[slot % TYPE_CACHE_SIZE];
    struct type *found;

    if (*cached && strcmp((*cached)->name, name) == 0)
        return *cached;
    found = find_in_unit(schema, BUILTIN_CATALOG, name);
    if (found)
        *cached = found;
    return found;
}

/* What this schema has under the name: a type, a relation's rows, or an array
 * of either. */
static struct type *find_in_namespace(struct schema *schema,
                                      const struct namespace *namespace,
                                      const char *name)
{
    struct type *found = model_type_in(schema, namespace, name);
    struct table *table;

    if (found)
        return found;
    table = relation_as_table(model_relation_in(schema, namespace, name));
    if (table)
        return type_row_of(schema, table);
    if (name[0] != '_')
        return NULL;
    return type_array_of(schema,
                         find_in_namespace(schema, namespace, name + 1));
}

static struct type *find_qualified(struct schema *schema,
                                   struct qualified_name name)
{
    const struct namespace *namespace;
    struct type *found = NULL;

    if (strcmp(name.schema, "pg_catalog") == 0)
        found = find_in_catalog(schema, name.name);
    else if (strcmp(name.schema, "information_schema") == 0)
        found = find_in_unit(schema, BUILTIN_INFORMATION_SCHEMA, name.name);
    if (found)
        return found;
    namespace = model_find_namespace(schema, name.schema);
    return namespace ? find_in_namespace(schema, namespace, name.name) : NULL;
}

struct type *type_find_named(struct schema *schema, struct qualified_name name)
{
    const struct search_path *path;
    struct type *found = NULL;

    if (!name.name)
        return NULL;
    if (name.schema)
        return find_qualified(schema, name);
    path = model_search_path(schema);
    /* First of all, unless the path says where else. */
    if (!path->has_catalog)
        found = find_in_catalog(schema, name.name);
    if (!found && (schema->temporary_namespace->members.count ||
                   schema->temporary_namespace->types.count))
        found =
            find_in_namespace(schema, schema->temporary_namespace, name.name);
    for (size_t i = 0; i < path->count && !found; i++) {
        if (strcmp(path->names[i], "pg_catalog") == 0)
            found = find_in_catalog(schema, name.name);
        if (!found && path->found[i] && path->names[i][0] != '$')
            found = find_in_namespace(schema, path->found[i], name.name);
    }
    return found;
}

/* NameListToString() */
static const char *written_names(struct schema *schema, const TypeName *type)
{
    struct buffer buffer;
    const ListCell *cell;

    buffer_init(&buffer, &schema->scratch);
    foreach (cell, type->names) {
        const char *part = name_from_string(lfirst(cell));

        if (buffer.length)
            buffer_add_char(&buffer, '.');
        buffer_add_text(&buffer, part ? part : "");
    }
    return buffer_text(&buffer);
}

/* As messages name what was written (TypeNameToString). */
static const char *written_name(struct schema *schema, const TypeName *type)
{
    return arena_format(&schema->scratch, "%s%s%s", written_names(schema, type),
                        type->pct_type ? "%TYPE" : "",
                        type->arrayBounds ? "[]" : "");
}

/* What was written of a column's table: `s.t` of s.t.c%TYPE. */
static struct qualified_name table_of_column(const TypeName *type)
{
    List names = *type->names;

    names.length--;
    return name_from_list(&names);
}

/* table.column%TYPE; its modifier does not count. */
static struct type *type_of_column(struct schema *schema, const TypeName *type)
{
    const char *name = name_from_string(llast(type->names));
    const struct table *table;
    const struct column *column;

    if (list_length(type->names) < 2 || !name)
        return NULL;
    table = model_find_table(schema, table_of_column(type));
    column = table ? model_find_column(table, name) : NULL;
    return column ? column->data_type.type : NULL;
}

/* table.column%TYPE */
static void fail_to_find_column(struct schema *schema, const TypeName *type,
                                struct type_failure *failure)
{
    struct qualified_name name = table_of_column(type);
    const char *column = name_from_string(llast(type->names));

    if (model_find_table(schema, name))
        type_fail(schema, failure, "42703",
                  "column \"%s\" of relation \"%s\" does not exist", column,
                  name.name);
    else
        type_fail(
            schema, failure, "42P01", "relation \"%s%s%s\" does not exist",
            name.schema ? name.schema : "", name.schema ? "." : "", name.name);
}

/* LookupTypeName(): names of three parts may be of this database. */
static void fail_to_find(struct schema *schema, const TypeName *type,
                         struct type_failure *failure)
{
    int count = list_length(type->names) - type->pct_type;
    struct qualified_name name =
        type->pct_type ? table_of_column(type) : name_from_list(type->names);

    if (count > 3)
        type_fail(schema, failure, "42601",
                  "improper %s (too many dotted names): %s",
                  type->pct_type ? "%TYPE reference" : "qualified name",
                  written_names(schema, type));
    else if (count == 3 || !name.name)
        return;
    else if (name.schema && !model_find_namespace(schema, name.schema))
        type_fail(schema, failure, "3F000", "schema \"%s\" does not exist",
                  name.schema);
    else if (type->pct_type)
        fail_to_find_column(schema, type, failure);
    else
        type_fail(schema, failure, "42704", "type \"%s\" does not exist",
                  written_name(schema, type));
}

/* pg_catalog.int4: what the parser makes of `integer` and its other words. */
static const char *word_of_parser(const TypeName *name)
{
    const List *names = name->names;

    if (names->length != 2 || name->pct_type || name->arrayBounds ||
        strcmp(name_from_string(linitial(names)), "pg_catalog") != 0)
        return NULL;
    return name_from_string(lsecond(names));
}

struct type *type_find(struct schema *schema, const TypeName *name)
{
    const char *word;
    struct type *type;

    if (!name || !name->names)
        return NULL;
    word = word_of_parser(name);
    type = word ? find_in_catalog(schema, word) : NULL;
    if (type)
        return type;
    type = name->pct_type
               ? type_of_column(schema, name)
               : type_find_named(schema, name_from_list(name->names));
    return name->arrayBounds ? type_array_of(schema, type) : type;
}

/* What takes no modifier certainly says so; of a type written in C by a
 * statement nobody knows. */
static struct data_type read_modifier(struct schema *schema,
                                      const TypeName *name, struct type *type,
                                      struct type_failure *failure)
{
    struct data_type result = {type, -1};
    const struct type *plain = type->kind == TYPE_ARRAY ? type->element : type;

    if (plain->builtin && plain->builtin->modifier) {
        result.modifier =
            type_modifier_read(schema, plain->builtin, name->typmods, failure);
    } else if (plain->builtin || plain->kind != TYPE_BASE) {
        type_fail(schema, failure, "42601",
                  "type modifier is not allowed for type \"%s\"",
                  written_name(schema, name));
    } else {
        result.type = NULL;
    }
    if (failure->message)
        result.type = NULL;
    return result;
}

struct data_type type_resolve(struct schema *schema, const TypeName *name,
                              struct type_failure *failure)
{
    struct data_type unknown = {NULL, -1};
    struct type_failure ignored;
    struct type *type = type_find(schema, name);

    if (!failure)
        failure = &ignored;
    *failure = (struct type_failure){"", NULL};
    if (!type) {
        if (name && name->names)
            fail_to_find(schema, name, failure);
        return unknown;
    }
    if (!name->typmods || name->pct_type)
        return (struct data_type){type, -1};
    return read_modifier(schema, name, type, failure);
}

struct type *type_array_of(struct schema *schema, struct type *element)
{
    const struct builtin_type *row = element ? element->builtin : NULL;
    struct type *array;

    if (!element || element->array)
        return element ? element->array : NULL;
    /* Pseudo-types and arrays have none, but for record. */
    if (row && !element->extension)
        return row->array ? type_of_oid(schema, row->array) : NULL;
    if (element->kind == TYPE_ARRAY)
        return NULL;
    array = arena_alloc(&schema->arena, sizeof *array);
    array->object.class = CLASS_TYPE;
    array->kind = TYPE_ARRAY;
    array->name = model_array_name(schema, element->name);
    array->namespace = element->namespace;
    array->extension = element->extension;
    array->made_at = element->made_at;
    array->element = element;
    if (row && row->array)
        array->builtin = builtin_type_of_oid(
            builtin_version(schema->postgres_version), row->array);
    element->array = array;
    return array;
}

struct type *type_multirange_of(struct schema *schema, struct type *range)
{
    if (range->builtin && range->builtin->multirange)
        return type_of_oid(schema, range->builtin->multirange);
    return range->multirange;
}

struct type *type_row_of(struct schema *schema, struct table *table)
{
    struct type *type;

    if (!table || table->row_type)
        return table ? table->row_type : NULL;
    type = arena_alloc(&schema->arena, sizeof *type);
    type->object.class = CLASS_TYPE;
    type->kind = table->relation.kind == RELATION_COMPOSITE_TYPE
                     ? TYPE_COMPOSITE
                     : TYPE_ROW;
    type->name = table->relation.name;
    type->namespace = table->relation.namespace;
    type->made_at = table->relation.made_at;
    type->table = table;
    table->row_type = type;
    return type;
}

struct type *type_of_serial_word(struct schema *schema, const char *integer)
{
    return find_in_catalog(schema, strcmp(integer, "integer") == 0  ? "int4"
                                   : strcmp(integer, "bigint") == 0 ? "int8"
                                                                    : "int2");
}

void type_add_of_extension(struct schema *schema, struct extension *extension,
                           struct place made_at)
{
    uint8_t version = builtin_version(schema->postgres_version);
    const struct builtin_extension *known =
        builtin_find_extension(extension->name);
    struct builtin_types all = builtin_all_types();

    if (!known || known->is_partly_known)
        SET(schema, schema->has_unknown_objects, true);
    for (size_t i = 0; known && i < all.count; i++) {
        const struct builtin_type *row = &all.rows[i];
        struct type *type;

        /* Arrays and row types are made when they are asked for. */
        if (row->unit != known->unit || !(row->versions & version) ||
            row->is_array || row->kind == 'c' ||
            model_type_in(schema, extension->namespace,
                          builtin_text(row->name)))
            continue;
        type = model_add_type(schema, kind_of_row(version, row),
                              extension->namespace, builtin_text(row->name),
                              made_at);
        type->extension = extension;
        type->builtin = row;
        *PUSH(schema, &extension->types) = type;
        link_to_others(schema, type);
    }
}

struct enum_label *type_find_label(const struct type *type, const char *name)
{
    for (size_t i = 0; i < type->labels.count; i++) {
        if (strcmp(type->labels.items[i]->name, name) == 0)
            return type->labels.items[i];
    }
    return NULL;
}
