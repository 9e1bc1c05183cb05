/*
 * How types are written: utils/adt/format_type.c under an empty search_path,
 * where what is not in pg_catalog has its schema's name.
 */
#include "schema/type.h"

#include "schema/type_modifier.h"

#include <string.h>

/* The names that SQL has for types of pg_catalog. What a modifier adds stands
 * after the first word of those that say so. */
static const struct sql_name {
    uint16_t oid;
    bool is_split;
    const char *text;
} sql_names[] = {
    {16, false, "boolean"},
    {20, false, "bigint"},
    {21, false, "smallint"},
    {23, false, "integer"},
    {114, false, "json"}, /* a keyword, but never quoted */
    {700, false, "real"},
    {701, false, "double precision"},
    {1042, false, "character"},
    {1043, false, "character varying"},
    {1083, true, "time without time zone"},
    {1114, true, "timestamp without time zone"},
    {1184, true, "timestamp with time zone"},
    {1186, false, "interval"},
    {1266, true, "time with time zone"},
    {1560, false, "bit"},
    {1562, false, "bit varying"},
    {1700, false, "numeric"},
};

static const struct sql_name *find_sql_name(uint16_t oid)
{
    for (size_t i = 0; i < sizeof sql_names / sizeof *sql_names; i++) {
        if (sql_names[i].oid == oid)
            return &sql_names[i];
    }
    return NULL;
}

const char *type_namespace_name(const struct type *type)
{
    return type->namespace->name;
}

static void write_name(struct buffer *buffer, const struct type *type)
{
    const char *schema = type_namespace_name(type);

    /* The session's own are found under any search_path. */
    if (strcmp(schema, "pg_catalog") == 0 || type->namespace->is_temporary)
        schema = NULL;
    buffer_add_text(
        buffer, name_to_sql(buffer->arena,
                            (struct qualified_name){NULL, schema, type->name}));
}

static void write_type(struct buffer *buffer, const struct type *type,
                       int32_t modifier)
{
    const struct builtin_type *row = type_catalog_row(type);
    const struct sql_name *name = row ? find_sql_name(row->oid) : NULL;
    size_t word;

    if (!name) {
        write_name(buffer, type);
        if (type->builtin)
            type_modifier_write(buffer, type->builtin, modifier);
        return;
    }
    word = name->is_split ? strcspn(name->text, " ") : strlen(name->text);
    buffer_add(buffer, (struct slice){name->text, word});
    type_modifier_write(buffer, row, modifier);
    buffer_add_text(buffer, name->text + word);
}

const char *type_to_text(struct arena *arena, struct data_type type)
{
    const struct type *plain = type.type;
    struct buffer buffer;
    bool is_array;

    if (!plain)
        return NULL;
    buffer_init(&buffer, arena);
    is_array = plain->kind == TYPE_ARRAY;
    if (is_array)
        plain = plain->element;
    /* Without a length these two are not what their SQL names mean. */
    if (type.modifier < 0 && type_oid(plain) == 1042)
        buffer_add_text(&buffer, "bpchar");
    else if (type.modifier < 0 && type_oid(plain) == 1560)
        buffer_add_text(&buffer, "\"bit\"");
    else
        write_type(&buffer, plain, type.modifier);
    if (is_array)
        buffer_add_text(&buffer, "[]");
    return buffer_text(&buffer);
}

const char *type_to_plain_text(struct arena *arena, const struct type *type)
{
    struct buffer buffer;

    if (!type)
        return NULL;
    buffer_init(&buffer, arena);
    write_type(&buffer, type->kind == TYPE_ARRAY ? type->element : type, -1);
    if (type->kind == TYPE_ARRAY)
        buffer_add_text(&buffer, "[]");
    return buffer_text(&buffer);
}

/* Along the search_path its name means the type itself. */
static bool is_visible(struct schema *schema, const struct type *type)
{
    return type_find_named(schema,
                           (struct qualified_name){.name = type->name}) == type;
}

const char *type_to_visible_text(struct schema *schema, struct arena *arena,
                                 const struct type *type)
{
    const struct type *plain =
        type && type->kind == TYPE_ARRAY ? type->element : type;

    if (!type || type_catalog_row(plain) || !is_visible(schema, plain))
        return type_to_plain_text(arena, type);
    return arena_format(
        arena, "%s%s",
        name_to_sql(arena, (struct qualified_name){.name = plain->name}),
        plain == type ? "" : "[]");
}
