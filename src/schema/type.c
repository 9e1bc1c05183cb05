/*
 * From a TypeName of a parse tree to the text that format_type() gives. The
 * built-in types are those of PostgreSQL 18 that a column can have; of others
 * the schema knows what was created, and what common extensions bring.
 */
#include "schema/type.h"

#include "base/buffer.h"
#include "sql/parser.h"

#include <string.h>

/* How a modifier is shown. */
enum modifier_style {
    MODIFIER_NONE,
    MODIFIER_LENGTH,   /* character varying(20) */
    MODIFIER_NUMERIC,  /* numeric(10,2) */
    MODIFIER_TIME,     /* time(3) without time zone: before the last words */
    MODIFIER_INTERVAL, /* interval day to second(3) */
};

struct builtin_type {
    const char *name; /* in pg_type */
    const char *text; /* null: the name */
    enum modifier_style style;
};

/* In order of name, for bsearch. */
static const struct builtin_type builtin_types[] = {
    {"aclitem", NULL, MODIFIER_NONE},
    {"bit", "bit", MODIFIER_LENGTH},
    {"bool", "boolean", MODIFIER_NONE},
    {"box", NULL, MODIFIER_NONE},
    {"bpchar", "character", MODIFIER_LENGTH},
    {"bytea", NULL, MODIFIER_NONE},
    {"char", "\"char\"", MODIFIER_NONE},
    {"cid", NULL, MODIFIER_NONE},
    {"cidr", NULL, MODIFIER_NONE},
    {"circle", NULL, MODIFIER_NONE},
    {"date", NULL, MODIFIER_NONE},
    {"datemultirange", NULL, MODIFIER_NONE},
    {"daterange", NULL, MODIFIER_NONE},
    {"float4", "real", MODIFIER_NONE},
    {"float8", "double precision", MODIFIER_NONE},
    {"gtsvector", NULL, MODIFIER_NONE},
    {"inet", NULL, MODIFIER_NONE},
    {"int2", "smallint", MODIFIER_NONE},
    {"int2vector", NULL, MODIFIER_NONE},
    {"int4", "integer", MODIFIER_NONE},
    {"int4multirange", NULL, MODIFIER_NONE},
    {"int4range", NULL, MODIFIER_NONE},
    {"int8", "bigint", MODIFIER_NONE},
    {"int8multirange", NULL, MODIFIER_NONE},
    {"int8range", NULL, MODIFIER_NONE},
    {"interval", NULL, MODIFIER_INTERVAL},
    {"json", NULL, MODIFIER_NONE},
    {"jsonb", NULL, MODIFIER_NONE},
    {"jsonpath", NULL, MODIFIER_NONE},
    {"line", NULL, MODIFIER_NONE},
    {"lseg", NULL, MODIFIER_NONE},
    {"macaddr", NULL, MODIFIER_NONE},
    {"macaddr8", NULL, MODIFIER_NONE},
    {"money", NULL, MODIFIER_NONE},
    {"name", NULL, MODIFIER_NONE},
    {"numeric", NULL, MODIFIER_NUMERIC},
    {"nummultirange", NULL, MODIFIER_NONE},
    {"numrange", NULL, MODIFIER_NONE},
    {"oid", NULL, MODIFIER_NONE},
    {"oidvector", NULL, MODIFIER_NONE},
    {"path", NULL, MODIFIER_NONE},
    {"pg_lsn", NULL, MODIFIER_NONE},
    {"pg_snapshot", NULL, MODIFIER_NONE},
    {"point", NULL, MODIFIER_NONE},
    {"polygon", NULL, MODIFIER_NONE},
    {"refcursor", NULL, MODIFIER_NONE},
    {"regclass", NULL, MODIFIER_NONE},
    {"regcollation", NULL, MODIFIER_NONE},
    {"regconfig", NULL, MODIFIER_NONE},
    {"regdictionary", NULL, MODIFIER_NONE},
    {"regnamespace", NULL, MODIFIER_NONE},
    {"regoper", NULL, MODIFIER_NONE},
    {"regoperator", NULL, MODIFIER_NONE},
    {"regproc", NULL, MODIFIER_NONE},
    {"regprocedure", NULL, MODIFIER_NONE},
    {"regrole", NULL, MODIFIER_NONE},
    {"regtype", NULL, MODIFIER_NONE},
    {"text", NULL, MODIFIER_NONE},
    {"tid", NULL, MODIFIER_NONE},
    {"time", "time without time zone", MODIFIER_TIME},
    {"timestamp", "timestamp without time zone", MODIFIER_TIME},
    {"timestamptz", "timestamp with time zone", MODIFIER_TIME},
    {"timetz", "time with time zone", MODIFIER_TIME},
    {"tsmultirange", NULL, MODIFIER_NONE},
    {"tsquery", NULL, MODIFIER_NONE},
    {"tsrange", NULL, MODIFIER_NONE},
    {"tstzmultirange", NULL, MODIFIER_NONE},
    {"tstzrange", NULL, MODIFIER_NONE},
    {"tsvector", NULL, MODIFIER_NONE},
    {"txid_snapshot", NULL, MODIFIER_NONE},
    {"uuid", NULL, MODIFIER_NONE},
    {"varbit", "bit varying", MODIFIER_LENGTH},
    {"varchar", "character varying", MODIFIER_LENGTH},
    {"xid", NULL, MODIFIER_NONE},
    {"xid8", NULL, MODIFIER_NONE},
    {"xml", NULL, MODIFIER_NONE},
};

static const struct builtin_type *find_builtin(const char *name)
{
    size_t from = 0, to = sizeof builtin_types / sizeof *builtin_types;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(name, builtin_types[middle].name);

        if (order == 0)
            return &builtin_types[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

struct extension_type {
    const char *extension;
    const char *types; /* separated by spaces */
};

static const struct extension_type extension_types[] = {
    {"citext", "citext"},
    {"cube", "cube"},
    {"earthdistance", "earth"},
    {"hstore", "hstore"},
    {"intarray", "query_int"},
    {"isn", "ean13 isbn13 ismn13 issn13 isbn ismn issn upc"},
    {"ltree", "ltree lquery ltxtquery"},
    {"pg_trgm", "gtrgm"},
    {"postgis", "geometry geography box2d box3d box2df spheroid gidx"},
    {"postgis_raster", "raster"},
    {"seg", "seg"},
    {"vector", "vector halfvec sparsevec"},
};

void type_add_of_extension(struct schema *schema, struct extension *extension,
                           struct place made_at)
{
    const char *names = NULL;

    for (size_t i = 0; i < sizeof extension_types / sizeof *extension_types;
         i++) {
        if (strcmp(extension_types[i].extension, extension->name) == 0)
            names = extension_types[i].types;
    }
    while (names && *names) {
        size_t length = strcspn(names, " ");
        const char *name =
            arena_copy(&schema->scratch, (struct slice){names, length});

        if (!model_type_in(schema, extension->namespace, name)) {
            struct type *type = model_add_type(
                schema, TYPE_BASE, extension->namespace, name, made_at);

            *PUSH(schema, &extension->types) = type;
        }
        names += length + (names[length] == ' ');
    }
}

/* The modifiers as integers; false if one is something else. */
static bool read_modifiers(const TypeName *type, int *values, int *count)
{
    const ListCell *cell;

    *count = 0;
    foreach (cell, type->typmods) {
        const A_Const *constant = node_as(A_Const, (Node *)lfirst(cell));

        if (!constant || constant->isnull || *count == 2 ||
            nodeTag(&constant->val) != T_Integer)
            return false;
        values[(*count)++] = constant->val.ival.ival;
    }
    return true;
}

/* Bits of an interval's modifier: utils/datetime.h, utils/timestamp.h. */
enum interval_field {
    INTERVAL_MONTH = 1 << 1,
    INTERVAL_YEAR = 1 << 2,
    INTERVAL_DAY = 1 << 3,
    INTERVAL_HOUR = 1 << 10,
    INTERVAL_MINUTE = 1 << 11,
    INTERVAL_SECOND = 1 << 12,
};

/* The fields that an interval is restricted to (intervaltypmodout). */
static const char *interval_fields(int mask)
{
    static const struct {
        int mask;
        const char *text;
    } fields[] = {
        {INTERVAL_YEAR, " year"},
        {INTERVAL_MONTH, " month"},
        {INTERVAL_DAY, " day"},
        {INTERVAL_HOUR, " hour"},
        {INTERVAL_MINUTE, " minute"},
        {INTERVAL_SECOND, " second"},
        {INTERVAL_YEAR | INTERVAL_MONTH, " year to month"},
        {INTERVAL_DAY | INTERVAL_HOUR, " day to hour"},
        {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE, " day to minute"},
        {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND,
         " day to second"},
        {INTERVAL_HOUR | INTERVAL_MINUTE, " hour to minute"},
        {INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND, " hour to second"},
        {INTERVAL_MINUTE | INTERVAL_SECOND, " minute to second"},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].mask == mask)
            return fields[i].text;
    }
    return "";
}

static void add_builtin(struct buffer *buffer, const struct builtin_type *type,
                        const int *values, int count)
{
    const char *text = type->text ? type->text : type->name;
    size_t first_word;

    switch (type->style) {
    case MODIFIER_NONE: buffer_add_text(buffer, text); return;
    case MODIFIER_LENGTH:
        /* Without a length these two are not what their SQL names mean. */
        if (count == 0 && strcmp(type->name, "bpchar") == 0)
            text = "bpchar";
        else if (count == 0 && strcmp(type->name, "bit") == 0)
            text = "\"bit\"";
        buffer_add_text(buffer, text);
        if (count > 0)
            buffer_add_format(buffer, "(%d)", values[0]);
        return;
    case MODIFIER_NUMERIC:
        buffer_add_text(buffer, text);
        if (count > 0)
            buffer_add_format(buffer, "(%d,%d)", values[0],
                              count > 1 ? values[1] : 0);
        return;
    case MODIFIER_TIME:
        first_word = strcspn(text, " ");
        buffer_add(buffer, (struct slice){text, first_word});
        if (count > 0) /* more than microseconds is cut, with a warning */
            buffer_add_format(buffer, "(%d)", values[0] > 6 ? 6 : values[0]);
        buffer_add_text(buffer, text + first_word);
        return;
    case MODIFIER_INTERVAL:
        buffer_add_text(buffer, text);
        if (count > 0)
            buffer_add_text(buffer, interval_fields(values[0]));
        if (count > 1)
            buffer_add_format(buffer, "(%d)", values[1] > 6 ? 6 : values[1]);
        return;
    }
}

struct type *type_find(const struct schema *schema, const TypeName *type)
{
    struct qualified_name name;

    if (!type || !type->names || type->arrayBounds || type->pct_type)
        return NULL;
    name = name_from_list(type->names);
    if (!name.name || (!name.schema && find_builtin(name.name)))
        return NULL;
    return model_find_type(schema, name);
}

/* A type that a statement made, or a relation's row type. */
static bool add_created(struct buffer *buffer, struct schema *schema,
                        struct qualified_name name, const int *values,
                        int count)
{
    const struct type *type = model_find_type(schema, name);
    const struct relation *relation =
        type ? NULL : model_find_relation(schema, name);
    struct qualified_name full = {0};

    if (type)
        full = (struct qualified_name){NULL, type->namespace->name, type->name};
    else if (relation && relation_as_table(model_find_relation(schema, name)) &&
             relation->made_at.source)
        full = (struct qualified_name){NULL, relation->namespace->name,
                                       relation->name};
    else
        return false;
    buffer_add_text(buffer, name_to_sql(&schema->scratch, full));
    for (int i = 0; i < count; i++)
        buffer_add_format(buffer, "%s%d", i ? "," : "(", values[i]);
    if (count)
        buffer_add_char(buffer, ')');
    return true;
}

/* find_builtin() with a memory: few types are used, over and over. */
static const struct builtin_type *look_up_builtin(struct schema *schema,
                                                  const char *name)
{
    size_t length = strlen(name);
    size_t slot = length * 5 + (unsigned char)name[0] * 3 +
                  (unsigned char)name[length / 2];
    const struct builtin_type **cached =
        &schema->type_cache[slot % TYPE_CACHE_SIZE];

    if (!*cached || strcmp((*cached)->name, name) != 0) {
        const struct builtin_type *found = find_builtin(name);

        if (!found)
            return NULL;
        *cached = found;
    }
    return *cached;
}

/* The same for the texts of types with modifiers, and of arrays. */
static const char *builtin_text(struct schema *schema,
                                const struct builtin_type *type,
                                const int *values, int count, bool is_array)
{
    size_t slot = (size_t)(type - builtin_types) +
                  (count ? 7 * (unsigned)values[0] : 0) + is_array;
    struct type_text *cached = &schema->text_cache[slot % TYPE_CACHE_SIZE];
    struct buffer buffer;

    if (cached->type == type && cached->modifier_count == count &&
        cached->is_array == is_array &&
        memcmp(cached->modifiers, values, (size_t)count * sizeof *values) == 0)
        return cached->text;
    buffer_init(&buffer, &schema->scratch);
    add_builtin(&buffer, type, values, count);
    if (is_array)
        buffer_add_text(&buffer, "[]");
    *cached = (struct type_text){
        .type = type,
        .modifier_count = count,
        .is_array = is_array,
        .text = model_type_text(schema, buffer_text(&buffer)),
    };
    memcpy(cached->modifiers, values, (size_t)count * sizeof *values);
    return cached->text;
}

const char *type_text(struct schema *schema, const TypeName *type)
{
    struct qualified_name name;
    struct buffer buffer;
    int values[2], count;

    if (!type || !type->names || type->pct_type || type->setof ||
        !read_modifiers(type, values, &count))
        return NULL;
    name = name_from_list(type->names);
    if (!name.name)
        return NULL;
    if (!name.schema || strcmp(name.schema, "pg_catalog") == 0) {
        bool is_array = type->arrayBounds != NIL;
        const struct builtin_type *builtin = look_up_builtin(schema, name.name);

        if (!builtin && name.name[0] == '_') {
            builtin = find_builtin(name.name + 1);
            is_array = true;
        }
        if (builtin)
            return builtin_text(schema, builtin, values, count, is_array);
    }
    buffer_init(&buffer, &schema->scratch);
    if (!add_created(&buffer, schema, name, values, count))
        return NULL;
    if (type->arrayBounds != NIL)
        buffer_add_text(&buffer, "[]");
    return model_type_text(schema, buffer_text(&buffer));
}
