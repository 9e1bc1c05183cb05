/*
 * The rows of the catalogs that guards of DO blocks ask: the objects that the
 * model knows. Built-in ones are in none: where one may be meant by its name,
 * that is said.
 */
#include "replay/guard_catalog.h"

#include "schema/builtin/builtin.h"
#include "schema/type.h"

#include <string.h>

/* What the rows are gathered in. */
struct gathering {
    struct replay *replay;
    const struct guard_catalog *catalog;
    const struct guard_restriction *restriction;
    struct guard_row_array *rows;
};

static void add(struct gathering *gathering, struct object *object,
                const char *label)
{
    const char *name = gathering->restriction->name;
    struct guard_row *row;

    if (object->is_dropped ||
        (name && strcmp(name, guard_name_of(object)) != 0))
        return;
    row = array_push(&gathering->replay->schema->scratch, gathering->rows);
    *row = (struct guard_row){object, label};
}

static bool passes(enum guard_filter filter, enum relation_kind kind)
{
    switch (filter) {
    case FILTER_ALL: return true;
    case FILTER_TABLES:
        return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE;
    case FILTER_VIEWS: return kind == RELATION_VIEW;
    case FILTER_MATVIEWS: return kind == RELATION_MATERIALIZED_VIEW;
    case FILTER_SEQUENCES: return kind == RELATION_SEQUENCE;
    case FILTER_WITH_ROWS:
        return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
               kind == RELATION_VIEW || kind == RELATION_FOREIGN_TABLE;
    }
    return false;
}

static void add_parts(struct gathering *gathering, struct table *table)
{
    enum guard_entity entity = gathering->catalog->entity;

    if (entity == ENTITY_COLUMN) {
        for (size_t i = 0; i < table->columns.count; i++)
            add(gathering, &table->columns.items[i]->object, NULL);
    } else if (entity == ENTITY_CONSTRAINT) {
        for (size_t i = 0; i < table->constraints.count; i++)
            add(gathering, &table->constraints.items[i]->object, NULL);
    } else if (entity == ENTITY_INDEX) {
        for (size_t i = 0; i < table->indexes.count; i++)
            add(gathering, &table->indexes.items[i]->relation.object, NULL);
    } else if (entity == ENTITY_TRIGGER) {
        for (size_t i = 0; i < table->triggers.count; i++)
            add(gathering, &table->triggers.items[i]->object, NULL);
    } else if (entity == ENTITY_POLICY) {
        for (size_t i = 0; i < table->policies.count; i++)
            add(gathering, &table->policies.items[i]->object, NULL);
    }
}

/* Parts of tables: of those that the restriction leaves. */
static void add_of_tables(struct gathering *gathering)
{
    struct schema *schema = gathering->replay->schema;
    const struct guard_restriction *restriction = gathering->restriction;

    for (size_t i = 0; i < schema->tables.count; i++) {
        struct table *table = schema->tables.items[i];

        if (table->relation.object.is_dropped ||
            (restriction->table && restriction->table != table) ||
            (restriction->table_name &&
             strcmp(restriction->table_name, table->relation.name) != 0) ||
            !passes(gathering->catalog->filter, table->relation.kind))
            continue;
        if (!model_spend(schema, 1 + table->columns.count))
            return;
        add_parts(gathering, table);
    }
}

static void add_types(struct gathering *gathering,
                      const struct namespace *namespace)
{
    for (size_t i = 0; i < namespace->types.count; i++) {
        struct type *type = namespace->types.items[i];

        if (type->object.is_dropped || type->namespace != namespace)
            continue;
        if (gathering->catalog->entity == ENTITY_TYPE)
            add(gathering, &type->object, NULL);
        for (size_t j = 0; gathering->catalog->entity == ENTITY_LABEL &&
                           j < type->labels.count;
             j++)
            add(gathering, &type->object, type->labels.items[j]->name);
    }
}

/* The rows of relations are types, too. */
static void add_members(struct gathering *gathering,
                        const struct namespace *namespace)
{
    struct schema *schema = gathering->replay->schema;

    for (size_t i = 0; i < namespace->members.count; i++) {
        struct relation *relation = namespace->members.items[i];
        struct table *table = relation_as_table(relation);

        if (relation->object.is_dropped || relation->namespace != namespace)
            continue;
        if (gathering->catalog->entity == ENTITY_RELATION &&
            passes(gathering->catalog->filter, relation->kind))
            add(gathering, &relation->object, NULL);
        else if (gathering->catalog->entity == ENTITY_TYPE && table)
            add(gathering, &type_row_of(schema, table)->object, NULL);
    }
}

static void add_of_namespace(struct gathering *gathering,
                             struct namespace *namespace)
{
    switch (gathering->catalog->entity) {
    case ENTITY_NAMESPACE: add(gathering, &namespace->object, NULL); return;
    case ENTITY_TYPE:
        add_types(gathering, namespace);
        add_members(gathering, namespace);
        return;
    case ENTITY_LABEL: add_types(gathering, namespace); return;
    case ENTITY_RELATION: add_members(gathering, namespace); return;
    case ENTITY_FUNCTION:
        for (size_t i = 0; i < namespace->functions.count; i++) {
            if (namespace->functions.items[i]->namespace == namespace)
                add(gathering, &namespace->functions.items[i]->object, NULL);
        }
        return;
    default: return;
    }
}

/* Something of that name is there from the start, or came with an extension. */
static bool may_be_builtin(struct replay *replay,
                           const struct guard_catalog *catalog,
                           const char *name)
{
    uint8_t version = builtin_version(replay->schema->postgres_version);

    switch (catalog->entity) {
    case ENTITY_NAMESPACE: return !name || strncmp(name, "pg_", 3) == 0;
    case ENTITY_TYPE: return !name || builtin_types_named(name).count > 0;
    case ENTITY_FUNCTION:
        return !name || builtin_functions_named(name).count > 0;
    case ENTITY_RELATION:
        return name && (strncmp(name, "pg_", 3) == 0 ||
                        builtin_find_relation(
                            version, BUILTIN_INFORMATION_SCHEMA, name));
    case ENTITY_EXTENSION: return name && strcmp(name, "plpgsql") == 0;
    default: return false;
    }
}

bool guard_rows(struct replay *replay, const struct guard_catalog *catalog,
                const struct guard_restriction *restriction,
                struct guard_row_array *rows)
{
    struct schema *schema = replay->schema;
    struct gathering gathering = {replay, catalog, restriction, rows};
    struct name_table_cursor cursor = {0};
    struct extension *extension;
    struct namespace *namespace;
    struct other *other;

    switch (catalog->entity) {
    case ENTITY_COLUMN:
    case ENTITY_CONSTRAINT:
    case ENTITY_INDEX:
    case ENTITY_TRIGGER:
    case ENTITY_POLICY: add_of_tables(&gathering); return true;
    case ENTITY_EXTENSION:
        while ((extension = name_table_next(&schema->extensions, &cursor)))
            add(&gathering, &extension->object, NULL);
        break;
    case ENTITY_PUBLICATION:
        while ((other = name_table_next(&schema->others, &cursor))) {
            if (other->kind == OTHER_PUBLICATION)
                add(&gathering, &other->object, NULL);
        }
        break;
    case ENTITY_NAMESPACE:
    case ENTITY_TYPE:
    case ENTITY_LABEL:
    case ENTITY_FUNCTION:
    case ENTITY_RELATION:
        while ((namespace = name_table_next(&schema->namespaces, &cursor))) {
            if (!model_spend(schema, 1 + namespace->members.count))
                return false;
            add_of_namespace(&gathering, namespace);
        }
        if (catalog->entity != ENTITY_NAMESPACE)
            add_of_namespace(&gathering, schema->temporary_namespace);
        break;
    }
    return !may_be_builtin(replay, catalog, restriction->name);
}
