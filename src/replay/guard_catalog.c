/*
 * Which catalogs there are, and what their columns say of an object.
 */
#include "replay/guard_catalog.h"

#include "schema/type.h"

#include <string.h>

static const struct guard_catalog catalogs[] = {
    {NULL,
     "pg_namespace",
     ENTITY_NAMESPACE,
     FILTER_ALL,
     {{"nspname", GET_NAME}, {"oid", GET_OBJECT}}},
    {NULL,
     "pg_class",
     ENTITY_RELATION,
     FILTER_ALL,
     {{"relname", GET_NAME},
      {"oid", GET_OBJECT},
      {"relnamespace", GET_NAMESPACE},
      {"relkind", GET_RELATION_KIND},
      {"relrowsecurity", GET_ROW_SECURITY}}},
    {NULL,
     "pg_tables",
     ENTITY_RELATION,
     FILTER_TABLES,
     {{"tablename", GET_NAME},
      {"schemaname", GET_NAMESPACE_NAME},
      {"rowsecurity", GET_ROW_SECURITY}}},
    {NULL,
     "pg_views",
     ENTITY_RELATION,
     FILTER_VIEWS,
     {{"viewname", GET_NAME}, {"schemaname", GET_NAMESPACE_NAME}}},
    {NULL,
     "pg_matviews",
     ENTITY_RELATION,
     FILTER_MATVIEWS,
     {{"matviewname", GET_NAME}, {"schemaname", GET_NAMESPACE_NAME}}},
    {NULL,
     "pg_sequences",
     ENTITY_RELATION,
     FILTER_SEQUENCES,
     {{"sequencename", GET_NAME}, {"schemaname", GET_NAMESPACE_NAME}}},
    {NULL,
     "pg_type",
     ENTITY_TYPE,
     FILTER_ALL,
     {{"typname", GET_NAME},
      {"oid", GET_OBJECT},
      {"typnamespace", GET_NAMESPACE},
      {"typtype", GET_TYPE_KIND}}},
    {NULL,
     "pg_enum",
     ENTITY_LABEL,
     FILTER_ALL,
     {{"enumlabel", GET_LABEL}, {"enumtypid", GET_OBJECT}}},
    {NULL,
     "pg_attribute",
     ENTITY_COLUMN,
     FILTER_ALL,
     {{"attname", GET_NAME},
      {"attrelid", GET_TABLE},
      {"attnum", GET_POSITION},
      {"attisdropped", GET_FALSE},
      {"atttypid", GET_TYPE},
      {"attnotnull", GET_IS_NOT_NULL},
      {"atthasdef", GET_HAS_DEFAULT}}},
    {NULL,
     "pg_constraint",
     ENTITY_CONSTRAINT,
     FILTER_ALL,
     {{"conname", GET_NAME},
      {"oid", GET_OBJECT},
      {"conrelid", GET_TABLE},
      {"connamespace", GET_NAMESPACE},
      {"contype", GET_CONSTRAINT_KIND},
      {"confrelid", GET_REFERENCED},
      {"convalidated", GET_IS_VALIDATED}}},
    {NULL,
     "pg_index",
     ENTITY_INDEX,
     FILTER_ALL,
     {{"indexrelid", GET_INDEX},
      {"indrelid", GET_TABLE},
      {"indisunique", GET_IS_UNIQUE},
      {"indisprimary", GET_IS_PRIMARY},
      {"indisvalid", GET_IS_VALID}}},
    {NULL,
     "pg_indexes",
     ENTITY_INDEX,
     FILTER_ALL,
     {{"indexname", GET_NAME},
      {"tablename", GET_TABLE_NAME},
      {"schemaname", GET_NAMESPACE_NAME}}},
    {NULL,
     "pg_proc",
     ENTITY_FUNCTION,
     FILTER_ALL,
     {{"proname", GET_NAME},
      {"oid", GET_OBJECT},
      {"pronamespace", GET_NAMESPACE}}},
    {NULL,
     "pg_trigger",
     ENTITY_TRIGGER,
     FILTER_ALL,
     {{"tgname", GET_NAME},
      {"tgrelid", GET_TABLE},
      {"tgisinternal", GET_FALSE}}},
    {NULL,
     "pg_policy",
     ENTITY_POLICY,
     FILTER_ALL,
     {{"polname", GET_NAME}, {"polrelid", GET_TABLE}}},
    {NULL,
     "pg_policies",
     ENTITY_POLICY,
     FILTER_ALL,
     {{"policyname", GET_NAME},
      {"tablename", GET_TABLE_NAME},
      {"schemaname", GET_NAMESPACE_NAME}}},
    {NULL,
     "pg_extension",
     ENTITY_EXTENSION,
     FILTER_ALL,
     {{"extname", GET_NAME}, {"extnamespace", GET_NAMESPACE}}},
    {NULL,
     "pg_publication",
     ENTITY_PUBLICATION,
     FILTER_ALL,
     {{"pubname", GET_NAME}}},
    {"information_schema",
     "schemata",
     ENTITY_NAMESPACE,
     FILTER_ALL,
     {{"schema_name", GET_NAME}, {"catalog_name", GET_DATABASE}}},
    {"information_schema",
     "tables",
     ENTITY_RELATION,
     FILTER_WITH_ROWS,
     {{"table_name", GET_NAME},
      {"table_schema", GET_NAMESPACE_NAME},
      {"table_type", GET_TABLE_TYPE},
      {"table_catalog", GET_DATABASE}}},
    {"information_schema",
     "views",
     ENTITY_RELATION,
     FILTER_VIEWS,
     {{"table_name", GET_NAME},
      {"table_schema", GET_NAMESPACE_NAME},
      {"table_catalog", GET_DATABASE}}},
    {"information_schema",
     "sequences",
     ENTITY_RELATION,
     FILTER_SEQUENCES,
     {{"sequence_name", GET_NAME},
      {"sequence_schema", GET_NAMESPACE_NAME},
      {"sequence_catalog", GET_DATABASE}}},
    {"information_schema",
     "columns",
     ENTITY_COLUMN,
     FILTER_WITH_ROWS,
     {{"column_name", GET_NAME},
      {"table_name", GET_TABLE_NAME},
      {"table_schema", GET_TABLE_NAMESPACE_NAME},
      {"table_catalog", GET_DATABASE},
      {"is_nullable", GET_IS_NULLABLE},
      {"data_type", GET_TYPE_TEXT},
      {"udt_name", GET_TYPE_NAME}}},
    {"information_schema",
     "table_constraints",
     ENTITY_CONSTRAINT,
     FILTER_ALL,
     {{"constraint_name", GET_NAME},
      {"table_name", GET_TABLE_NAME},
      {"table_schema", GET_TABLE_NAMESPACE_NAME},
      {"constraint_schema", GET_TABLE_NAMESPACE_NAME},
      {"constraint_type", GET_CONSTRAINT_TYPE},
      {"table_catalog", GET_DATABASE},
      {"constraint_catalog", GET_DATABASE}}},
    {"information_schema",
     "triggers",
     ENTITY_TRIGGER,
     FILTER_ALL,
     {{"trigger_name", GET_NAME},
      {"event_object_table", GET_TABLE_NAME},
      {"event_object_schema", GET_TABLE_NAMESPACE_NAME},
      {"trigger_schema", GET_TABLE_NAMESPACE_NAME}}},
    {"information_schema",
     "routines",
     ENTITY_FUNCTION,
     FILTER_ALL,
     {{"routine_name", GET_NAME},
      {"routine_schema", GET_NAMESPACE_NAME},
      {"specific_schema", GET_NAMESPACE_NAME}}},
};

const struct guard_catalog *guard_find_catalog(struct qualified_name name)
{
    for (size_t i = 0; i < sizeof catalogs / sizeof *catalogs; i++) {
        const struct guard_catalog *catalog = &catalogs[i];
        bool is_named =
            name.schema &&
            strcmp(name.schema,
                   catalog->schema ? catalog->schema : "pg_catalog") == 0;

        if ((is_named || (!name.schema && !catalog->schema)) &&
            strcmp(catalog->name, name.name) == 0)
            return catalog;
    }
    return NULL;
}

static const struct guard_column_entry *find_entry(
    const struct guard_catalog *catalog, const char *name)
{
    for (size_t i = 0; i < COLUMNS_MAX && catalog->columns[i].name; i++) {
        if (strcmp(catalog->columns[i].name, name) == 0)
            return &catalog->columns[i];
    }
    return NULL;
}

bool guard_has_column(const struct guard_catalog *catalog, const char *name)
{
    return find_entry(catalog, name) != NULL;
}

enum guard_role guard_role_of(const struct guard_catalog *catalog,
                              const char *column)
{
    const struct guard_column_entry *entry = find_entry(catalog, column);

    if (!entry)
        return ROLE_NONE;
    switch (entry->getter) {
    case GET_NAME: return ROLE_NAME;
    case GET_TABLE_NAME: return ROLE_TABLE_NAME;
    case GET_TABLE: return ROLE_TABLE;
    default: return ROLE_NONE;
    }
}

static struct table *table_of(const struct guard_row *row)
{
    switch (row->object->class) {
    case CLASS_RELATION:
        return relation_as_index((struct relation *)row->object)
                   ? ((struct index *)row->object)->table
                   : relation_as_table((struct relation *)row->object);
    case CLASS_COLUMN: return ((struct column *)row->object)->table;
    case CLASS_CONSTRAINT: return ((struct constraint *)row->object)->table;
    case CLASS_TRIGGER: return ((struct trigger *)row->object)->table;
    case CLASS_POLICY: return ((struct policy *)row->object)->table;
    default: return NULL;
    }
}

const char *guard_name_of(const struct object *object)
{
    switch (object->class) {
    case CLASS_NAMESPACE: return ((const struct namespace *)object)->name;
    case CLASS_EXTENSION: return ((const struct extension *)object)->name;
    case CLASS_RELATION: return ((const struct relation *)object)->name;
    case CLASS_COLUMN: return ((const struct column *)object)->name;
    case CLASS_CONSTRAINT: return ((const struct constraint *)object)->name;
    case CLASS_TYPE: return ((const struct type *)object)->name;
    case CLASS_FUNCTION: return ((const struct function *)object)->name;
    case CLASS_TRIGGER: return ((const struct trigger *)object)->name;
    case CLASS_POLICY: return ((const struct policy *)object)->name;
    case CLASS_OTHER: return ((const struct other *)object)->name;
    case CLASS_DEFAULT:
    case CLASS_RULE:
    case CLASS_STATISTICS: return "";
    }
    return "";
}

static const struct namespace *namespace_of(const struct guard_row *row)
{
    const struct table *table = table_of(row);

    switch (row->object->class) {
    case CLASS_RELATION:
        return ((const struct relation *)row->object)->namespace;
    case CLASS_TYPE: return ((const struct type *)row->object)->namespace;
    case CLASS_FUNCTION:
        return ((const struct function *)row->object)->namespace;
    case CLASS_EXTENSION:
        return ((const struct extension *)row->object)->namespace;
    default: return table ? table->relation.namespace : NULL;
    }
}

static struct guard_value text_value(const char *value)
{
    return (struct guard_value){.kind = value ? GUARD_TEXT : GUARD_UNKNOWN,
                                .text = value};
}

static struct guard_value truth_value(bool value)
{
    return (struct guard_value){.kind = GUARD_BOOL, .truth = value};
}

static struct guard_value object_value(const void *object)
{
    return (struct guard_value){.kind = object ? GUARD_OBJECT : GUARD_NULL,
                                .object = object};
}

static const char *kind_of_relation(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE: return "r";
    case RELATION_PARTITIONED_TABLE: return "p";
    case RELATION_FOREIGN_TABLE: return "f";
    case RELATION_VIEW: return "v";
    case RELATION_MATERIALIZED_VIEW: return "m";
    case RELATION_SEQUENCE: return "S";
    case RELATION_INDEX:
        return ((const struct index *)relation)->table->relation.kind ==
                       RELATION_PARTITIONED_TABLE
                   ? "I"
                   : "i";
    case RELATION_COMPOSITE_TYPE: return "c";
    }
    return NULL;
}

static const char *type_of_table(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_VIEW: return "VIEW";
    case RELATION_FOREIGN_TABLE: return "FOREIGN";
    default: return relation->is_temporary ? "LOCAL TEMPORARY" : "BASE TABLE";
    }
}

static const char *kind_of_constraint(const struct constraint *constraint,
                                      bool is_word)
{
    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY: return is_word ? "PRIMARY KEY" : "p";
    case CONSTRAINT_UNIQUE: return is_word ? "UNIQUE" : "u";
    case CONSTRAINT_FOREIGN_KEY: return is_word ? "FOREIGN KEY" : "f";
    case CONSTRAINT_CHECK: return is_word ? "CHECK" : "c";
    case CONSTRAINT_EXCLUDE: return is_word ? NULL : "x";
    case CONSTRAINT_NOT_NULL: return is_word ? "CHECK" : "n";
    }
    return NULL;
}

static const char *kind_of_type(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ENUM: return "e";
    case TYPE_DOMAIN: return "d";
    case TYPE_COMPOSITE:
    case TYPE_ROW: return "c";
    case TYPE_RANGE: return "r";
    case TYPE_MULTIRANGE: return "m";
    case TYPE_PSEUDO: return "p";
    case TYPE_BASE:
    case TYPE_ARRAY: return "b";
    }
    return NULL;
}

/* As information_schema.columns has it. */
static const char *information_type(struct replay *replay,
                                    const struct column *column)
{
    const struct type *type = column->data_type.type;

    if (!type)
        return NULL;
    if (type->kind == TYPE_ARRAY)
        return "ARRAY";
    if (!type_catalog_row(type))
        return type->kind == TYPE_DOMAIN ? NULL : "USER-DEFINED";
    return type_to_plain_text(&replay->schema->scratch, type);
}

static struct guard_value position_of(const struct column *column)
{
    const struct column_array *all = &column->table->columns;
    long at = 0;

    while (at < (long)all->count && all->items[at] != column)
        at++;
    return (struct guard_value){.kind = GUARD_NUMBER, .number = at + 1};
}

static struct guard_value get(struct replay *replay,
                              const struct guard_row *row,
                              enum guard_getter getter)
{
    const struct object *object = row->object;
    const struct relation *relation = (const struct relation *)object;
    const struct constraint *constraint = (const struct constraint *)object;
    const struct column *column = (const struct column *)object;
    const struct index *index = (const struct index *)object;
    const struct table *table = table_of(row);
    const struct namespace *namespace = namespace_of(row);

    switch (getter) {
    case GET_NAME: return text_value(guard_name_of(object));
    case GET_INDEX:
    case GET_OBJECT: return object_value(object);
    case GET_NAMESPACE: return object_value(namespace);
    case GET_NAMESPACE_NAME:
    case GET_TABLE_NAMESPACE_NAME:
        return text_value(namespace ? namespace->name : NULL);
    case GET_TABLE: return object_value(table);
    case GET_TABLE_NAME: return text_value(table ? table->relation.name : NULL);
    case GET_RELATION_KIND: return text_value(kind_of_relation(relation));
    case GET_TABLE_TYPE: return text_value(type_of_table(relation));
    case GET_CONSTRAINT_KIND:
        return text_value(kind_of_constraint(constraint, false));
    case GET_CONSTRAINT_TYPE:
        return text_value(kind_of_constraint(constraint, true));
    case GET_REFERENCED: return object_value(constraint->referenced);
    case GET_IS_VALIDATED: return truth_value(constraint->is_validated);
    case GET_TYPE: return object_value(column->data_type.type);
    case GET_TYPE_NAME:
        return text_value(column->data_type.type ? column->data_type.type->name
                                                 : NULL);
    case GET_TYPE_TEXT: return text_value(information_type(replay, column));
    case GET_TYPE_KIND:
        return text_value(kind_of_type((const struct type *)object));
    case GET_IS_NOT_NULL: return truth_value(!column->is_nullable);
    case GET_IS_NULLABLE: return text_value(column->is_nullable ? "YES" : "NO");
    case GET_HAS_DEFAULT:
        return truth_value(column->has_default || column->generated);
    case GET_LABEL: return text_value(row->label);
    case GET_POSITION: return position_of(column);
    case GET_ROW_SECURITY: return truth_value(table && table->has_row_security);
    case GET_IS_UNIQUE: return truth_value(index->is_unique);
    case GET_IS_PRIMARY: return truth_value(index->is_primary);
    case GET_IS_VALID: return truth_value(index->is_valid);
    case GET_FALSE: return truth_value(false);
    case GET_DATABASE: return text_value(GUARD_DATABASE);
    }
    return text_value(NULL);
}

struct guard_value guard_column(struct replay *replay,
                                const struct guard_catalog *catalog,
                                const struct guard_row *row, const char *column)
{
    const struct guard_column_entry *entry = find_entry(catalog, column);

    return entry ? get(replay, row, entry->getter) : text_value(NULL);
}
