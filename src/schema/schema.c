/*
 * What readers ask of the schema. It stands between replay (replay/replay.h),
 * which builds it, and the rules.
 */
#include "schema/model.h"

#include "schema/type.h"
#include "sql/parser.h"

#include <string.h>

static struct search_path *default_search_path(struct schema *schema)
{
    struct search_path *path = model_new_search_path(schema, 2);

    path->names[0] = model_name(schema, "$user");
    path->names[1] = model_name(schema, "public");
    return path;
}

struct schema *schema_new(int postgres_version)
{
    struct arena arena = {0};
    struct schema *schema = arena_alloc(&arena, sizeof *schema);

    schema->arena = arena;
    journal_init(&schema->journal);
    walker_init(&schema->walker);
    arena_init(&schema->scratch);
    schema->postgres_version = postgres_version;
    schema->is_complete = true;
    schema->default_search_path = default_search_path(schema);
    schema->search_path = schema->default_search_path;
    schema->existing = arena_alloc(&schema->arena, sizeof *schema->existing);
    schema->public_namespace =
        model_add_namespace(schema, "public", (struct place){0});
    model_add_namespace(schema, "pg_catalog", (struct place){0});
    model_add_namespace(schema, "information_schema", (struct place){0});
    schema->temporary_namespace =
        arena_alloc(&schema->arena, sizeof *schema->temporary_namespace);
    schema->temporary_namespace->name = "pg_temp";
    schema->temporary_namespace->is_temporary = true;
    return schema;
}

void schema_free(struct schema *schema)
{
    struct arena arena;

    if (!schema)
        return;
    if (schema->parser)
        parser_free(schema->parser);
    journal_release(&schema->journal);
    object_register_release(&schema->objects);
    walker_release(&schema->walker);
    arena_release(&schema->scratch);
    arena_release(&schema->existing->arena);
    /* The schema stands in its own arena. */
    arena = schema->arena;
    arena_release(&arena);
}

void schema_begin_empty(struct schema *schema)
{
    schema->begins_empty = true;
}

size_t schema_size(const struct schema *schema)
{
    /* The first block of the schema's own arena was there before the schema,
     * which has a copy of the arena. */
    return arena_size(&schema->arena) + arena_size(&schema->journal.arena) +
           arena_size(&schema->scratch) + arena_size(&schema->existing->arena);
}

void schema_keep_definitions(struct schema *schema)
{
    schema->keeps_definitions = true;
}

void schema_note_table(struct schema *schema, const char *name)
{
    struct namespace *namespace = model_first_namespace(schema);

    if (namespace && !model_relation_in(schema, namespace, name))
        model_add_table(schema, RELATION_TABLE, namespace, name,
                        (struct place){0});
}

size_t schema_unit(const struct schema *schema)
{
    return schema->unit;
}

void schema_begin_unit(struct schema *schema)
{
    schema->unit++;
}

const struct relation *schema_find_relation(const struct schema *schema,
                                            struct qualified_name name)
{
    return model_find_relation(schema, name);
}

bool schema_has_relation(const struct schema *schema,
                         const struct relation *relation)
{
    struct qualified_name name = {.name = relation->name,
                                  .schema = relation->namespace->name};

    return !relation->object.is_dropped &&
           schema_find_relation(schema, name) == relation;
}

const struct table *schema_find_table(const struct schema *schema,
                                      struct qualified_name name)
{
    return model_find_table(schema, name);
}

const struct index *schema_find_index(const struct schema *schema,
                                      struct qualified_name name)
{
    return model_find_index(schema, name);
}

const struct type *schema_find_type(const struct schema *schema,
                                    struct qualified_name name)
{
    return model_find_type(schema, name);
}

const struct column *table_find_column(const struct table *table,
                                       const char *name)
{
    return model_find_column(table, name);
}

const struct constraint *schema_find_constraint(const struct schema *schema,
                                                const struct table *table,
                                                const char *name)
{
    return model_find_constraint(schema, table, name);
}

const struct constraint *table_find_constraint(const struct table *table,
                                               const char *name)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            strcmp(constraint->name, name) == 0)
            return constraint;
    }
    return NULL;
}

static bool is_fixed(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *check = table->constraints.items[i];

        for (size_t j = 0; j < check->fixes.count; j++) {
            if (check->fixes.items[j] == column && check->is_validated &&
                !check->object.is_dropped)
                return true;
        }
    }
    return false;
}

static bool is_fixed_key(const struct table *table, const struct index *index)
{
    if (!index->is_unique || !index->is_valid || index->predicate ||
        index->relation.object.is_dropped || index->column_count == 0)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;

        if (!column || column->is_nullable || !is_fixed(table, column))
            return false;
    }
    return true;
}

bool table_has_one_row(const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (is_fixed_key(table, table->indexes.items[i]))
            return true;
    }
    return false;
}

struct table *table_default_partition(const struct table *table)
{
    struct table *last = table->default_partition;

    return last && !last->relation.object.is_dropped &&
                   last->partition_of == table && last->partition_bound &&
                   last->partition_bound->is_default
               ? last
               : NULL;
}

const struct table_array *schema_tables(const struct schema *schema)
{
    struct table_list *list = schema->existing;

    if (list->is_made && list->removals == schema->removals &&
        list->seen == schema->tables.count)
        return &list->tables;
    list->tables.count = 0;
    for (size_t i = 0; i < schema->tables.count; i++) {
        struct table *table = schema->tables.items[i];

        if (!table->relation.object.is_dropped)
            *array_push(&list->arena, &list->tables) = table;
    }
    list->is_made = true;
    list->removals = schema->removals;
    list->seen = schema->tables.count;
    return &list->tables;
}

bool relation_is_new(const struct schema *schema,
                     const struct relation *relation)
{
    if (!relation)
        return false;
    if (relation->is_temporary)
        return true;
    return relation->made_at.source && relation->made_at.unit == schema->unit;
}

const char *session_timeout_name(enum session_timeout timeout)
{
    switch (timeout) {
    case TIMEOUT_LOCK: return "lock_timeout";
    case TIMEOUT_STATEMENT: return "statement_timeout";
    }
    return "";
}

bool schema_has_timeout(const struct schema *schema,
                        enum session_timeout timeout)
{
    const struct timeout_setting *setting = &schema->timeouts[timeout];

    return setting->is_local ? setting->is_local_on : setting->is_on;
}

bool schema_is_complete(const struct schema *schema)
{
    return schema->is_complete;
}

const struct type *schema_find_domain(const struct schema *schema,
                                      struct qualified_name name)
{
    const struct type *type = model_find_type(schema, name);

    return type && type->kind == TYPE_DOMAIN ? type : NULL;
}

bool type_is_made_of(const struct type *type, const struct type *domain)
{
    for (; type; type = type->kind == TYPE_DOMAIN ? type->base.type : NULL) {
        if (type == domain)
            return true;
    }
    return false;
}

bool schema_domain_has_default(const struct schema *schema,
                               struct qualified_name name)
{
    const struct type *domain = schema_find_domain(schema, name);

    return domain && domain->has_default;
}

bool schema_has_escape_strings(const struct schema *schema)
{
    return schema->has_escape_strings;
}

bool schema_time_zone_is_utc(const struct schema *schema)
{
    /* The zones of tzdata whose offset is zero at all times. */
    static const char *const names[] = {
        "UTC",       "Etc/UTC",   "UCT",           "Etc/UCT",   "Universal",
        "Etc/Zulu",  "Zulu",      "GMT",           "Etc/GMT",   "Etc/Universal",
        "GMT0",      "Etc/GMT0",  "GMT+0",         "Etc/GMT+0", "GMT-0",
        "Etc/GMT-0", "Greenwich", "Etc/Greenwich", "0",
    };
    const char *zone =
        schema->local_time_zone ? schema->local_time_zone : schema->time_zone;

    for (size_t i = 0; zone && i < sizeof names / sizeof *names; i++) {
        if (slice_equal_ignoring_case(slice_from(zone), slice_from(names[i])))
            return true;
    }
    return false;
}
