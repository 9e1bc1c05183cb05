/*
 * Describes objects for difference.c: what all have in common, schemas,
 * extensions, and what is known by name alone. Relations, types and functions,
 * and parts of tables are described in files of their own.
 */
#include "schema/difference_describe.h"

#include "input/source.h"
#include "schema/difference_text.h"
#include "sql/parser.h"

#include <string.h>

static bool constraint_exists(const struct schema *schema,
                              const struct constraint *constraint)
{
    if (constraint->table)
        return item_exists(schema, &constraint->table->relation.object) &&
               model_find_constraint(schema, constraint->table,
                                     constraint->name) == constraint;
    return item_exists(schema, &constraint->domain->object) &&
           model_find_domain_constraint(schema, constraint->domain,
                                        constraint->name) == constraint;
}

static bool function_exists(const struct schema *schema,
                            const struct function *function)
{
    const struct function *other =
        model_functions_in(schema, function->namespace, function->name);

    while (other && other != function)
        other = other->next_overload;
    return other != NULL;
}

/* Of the pointers in an array. */
static bool is_among(const void *items, size_t count, const void *wanted)
{
    const void *const *all = items;

    for (size_t i = 0; i < count; i++)
        if (all[i] == wanted)
            return true;
    return false;
}

static bool part_exists(const struct schema *schema, const struct object *part)
{
    const struct table *table;

    if (part->class == CLASS_TRIGGER) {
        table = ((const struct trigger *)part)->table;
        return item_exists(schema, &table->relation.object) &&
               is_among(table->triggers.items, table->triggers.count, part);
    }
    if (part->class == CLASS_POLICY) {
        table = ((const struct policy *)part)->table;
        return item_exists(schema, &table->relation.object) &&
               is_among(table->policies.items, table->policies.count, part);
    }
    table = ((const struct rewrite_rule *)part)->table;
    return item_exists(schema, &table->relation.object) &&
           is_among(table->rules.items, table->rules.count, part);
}

static bool column_exists(const struct schema *schema,
                          const struct column *column)
{
    return item_exists(schema, &column->table->relation.object) &&
           table_find_column(column->table, column->name) == column;
}

const struct object *item_whole(const struct object *object)
{
    const struct constraint *constraint = (const struct constraint *)object;

    switch (object->class) {
    case CLASS_COLUMN:
        return &((const struct column *)object)->table->relation.object;
    case CLASS_CONSTRAINT:
        return constraint->table ? &constraint->table->relation.object
                                 : &constraint->domain->object;
    case CLASS_RELATION:
        if (((const struct relation *)object)->kind != RELATION_INDEX)
            return NULL;
        return &((const struct index *)object)->table->relation.object;
    case CLASS_TRIGGER:
        return &((const struct trigger *)object)->table->relation.object;
    case CLASS_POLICY:
        return &((const struct policy *)object)->table->relation.object;
    case CLASS_RULE:
        return &((const struct rewrite_rule *)object)->table->relation.object;
    case CLASS_STATISTICS:
        return &((const struct statistics *)object)->table->relation.object;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_DEFAULT:
    case CLASS_TYPE:
    case CLASS_FUNCTION:
    case CLASS_OTHER: return NULL;
    }
    return NULL;
}

static bool relation_exists(const struct schema *schema,
                            const struct relation *relation)
{
    return model_relation_in(schema, relation->namespace, relation->name) ==
           relation;
}

bool item_exists(const struct schema *schema, const struct object *object)
{
    const struct namespace *namespace = (const struct namespace *)object;
    const struct extension *extension = (const struct extension *)object;
    const struct type *type = (const struct type *)object;
    const struct other *other = (const struct other *)object;
    const struct statistics *statistics = (const struct statistics *)object;

    if (object->is_dropped)
        return false;
    switch (object->class) {
    case CLASS_NAMESPACE:
        return model_find_namespace(schema, namespace->name) == namespace;
    case CLASS_EXTENSION:
        return model_find_extension(schema, extension->name) == extension;
    case CLASS_RELATION:
        return relation_exists(schema, (const struct relation *)object);
    case CLASS_COLUMN:
        return column_exists(schema, (const struct column *)object);
    case CLASS_CONSTRAINT:
        return constraint_exists(schema, (const struct constraint *)object);
    case CLASS_TYPE:
        return model_type_in(schema, type->namespace, type->name) == type;
    case CLASS_FUNCTION:
        return function_exists(schema, (const struct function *)object);
    case CLASS_OTHER:
        return model_find_other(schema, other->kind, other->namespace,
                                other->name) == other;
    case CLASS_STATISTICS:
        return item_exists(schema, &statistics->table->relation.object) &&
               model_statistics_in(schema, statistics->namespace,
                                   statistics->name) == statistics;
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE: return part_exists(schema, object);
    case CLASS_DEFAULT: return false;
    }
    return false;
}

struct trait *item_add_trait(struct item *item, const char *key,
                             const char *shown, const char *mend)
{
    struct trait *trait = &item->traits[item->trait_count++];

    *trait = (struct trait){.key = key,
                            .shown = shown,
                            .now = "is",
                            .then = "was",
                            .mend = mend};
    return trait;
}

struct trait *item_add_had_trait(struct item *item, const char *key,
                                 const char *shown, const char *mend)
{
    struct trait *trait = item_add_trait(item, key, shown, mend);

    trait->now = "has";
    trait->then = "had";
    return trait;
}

const char *item_format(struct arena *arena, const struct item *item,
                        const char *format, ...)
{
    const char *text;
    va_list arguments;

    if (item->depth < ITEM_WRITTEN)
        return NULL;
    va_start(arguments, format);
    text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

const char *item_make_again(struct arena *arena, const struct item *item)
{
    if (!item->made_at.source)
        return arena_format(arena, "-- make %s %s again, as it was", item->kind,
                            item->called);
    return arena_format(arena,
                        "-- make %s %s again, as it was; it was first made in "
                        "\"%s\"",
                        item->kind, item->called, item->made_at.source->path);
}

const char *item_create(struct arena *arena, const struct item *item)
{
    return item->statement ? item->statement : item_make_again(arena, item);
}

const char *item_replace(struct arena *arena, const struct item *item)
{
    const char *words = "CREATE ";

    if (item->depth < ITEM_WRITTEN || !item->statement ||
        strncmp(item->statement, words, strlen(words)) != 0)
        return NULL;
    return arena_format(arena, "CREATE OR REPLACE %s",
                        item->statement + strlen(words));
}

void item_add_statement(struct item *item, const char *key, const char *mend)
{
    struct trait *trait = item_add_trait(item, key, NULL, mend);

    trait->noun = "definition";
    trait->is_rest = true;
}

void item_write_statements(struct arena *arena, struct item *item,
                           const char *words)
{
    item->drop = arena_format(arena, "DROP %s %s;", words, item->called);
    item->rename_head = arena_format(arena, "ALTER %s ", words);
    item->rename_tail = " RENAME";
}

static void describe_namespace(struct arena *arena,
                               const struct namespace *namespace,
                               struct item *item)
{
    item->group = ITEM_NAMESPACE;
    item->name = namespace->name;
    item->kind = "schema";
    item->made_at = namespace->made_at;
    if (item->depth < ITEM_WRITTEN)
        return;
    item->called = parser_quote_identifier(arena, namespace->name);
    item->create = arena_format(arena, "CREATE SCHEMA %s;", item->called);
    item_write_statements(arena, item, "SCHEMA");
}

static void describe_extension(struct arena *arena,
                               const struct extension *extension,
                               struct item *item)
{
    item->group = ITEM_EXTENSION;
    item->name = extension->name;
    item->kind = "extension";
    item->made_at = extension->made_at;
    if (item->depth < ITEM_WRITTEN)
        return;
    item->called = parser_quote_identifier(arena, extension->name);
    item->create = arena_format(arena, "CREATE EXTENSION %s;", item->called);
    item->drop = arena_format(arena, "DROP EXTENSION %s;", item->called);
}

static const char *kind_of_other(enum other_kind kind)
{
    switch (kind) {
    case OTHER_ACCESS_METHOD: return "access method";
    case OTHER_CAST: return "cast";
    case OTHER_COLLATION: return "collation";
    case OTHER_CONVERSION: return "conversion";
    case OTHER_EVENT_TRIGGER: return "event trigger";
    case OTHER_LANGUAGE: return "language";
    case OTHER_OPERATOR: return "operator";
    case OTHER_OPERATOR_CLASS: return "operator class";
    case OTHER_OPERATOR_FAMILY: return "operator family";
    case OTHER_PUBLICATION: return "publication";
    case OTHER_ROLE: return "role";
    case OTHER_SERVER: return "server";
    case OTHER_SUBSCRIPTION: return "subscription";
    case OTHER_TEXT_SEARCH_CONFIGURATION: return "text search configuration";
    case OTHER_TEXT_SEARCH_DICTIONARY: return "text search dictionary";
    case OTHER_TEXT_SEARCH_PARSER: return "text search parser";
    case OTHER_TEXT_SEARCH_TEMPLATE: return "text search template";
    case OTHER_TRANSFORM: return "transform";
    case OTHER_USER_MAPPING: return "user mapping";
    case OTHER_WRAPPER: return "foreign-data wrapper";
    }
    return "object";
}

static void describe_other(struct arena *arena, const struct other *other,
                           struct item *item)
{
    item->group = ITEM_OTHER;
    item->owner = other->namespace ? &other->namespace->object : NULL;
    item->kind = kind_of_other(other->kind);
    item->name = arena_format(arena, "%s %s", item->kind, other->name);
    item->called = other->name;
    item->made_at = other->made_at;
    if (item->depth < ITEM_WRITTEN)
        return;
    item->drop = arena_format(arena, "-- drop %s %s", item->kind, item->called);
    item->create = other->statement
                       ? arena_format(arena, "%s;", other->statement)
                       : item_make_again(arena, item);
}

static bool describe(struct arena *arena, const struct object *object,
                     struct item *item)
{
    const struct relation *relation = (const struct relation *)object;

    switch (object->class) {
    case CLASS_NAMESPACE:
        describe_namespace(arena, (const struct namespace *)object, item);
        return true;
    case CLASS_EXTENSION:
        describe_extension(arena, (const struct extension *)object, item);
        return true;
    case CLASS_RELATION:
        return relation->kind == RELATION_INDEX
                   ? describe_part(arena, object, item)
                   : describe_relation(arena, relation, item);
    case CLASS_TYPE:
        return describe_type(arena, (const struct type *)object, item);
    case CLASS_FUNCTION:
        return describe_function(arena, (const struct function *)object, item);
    case CLASS_OTHER:
        describe_other(arena, (const struct other *)object, item);
        return true;
    case CLASS_COLUMN:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS: return describe_part(arena, object, item);
    case CLASS_DEFAULT: return false;
    }
    return false;
}

struct item *item_describe(const struct schema *schema, struct arena *arena,
                           const struct object *object)
{
    struct item *item;

    if (!item_exists(schema, object))
        return NULL;
    item = arena_alloc(arena, sizeof *item);
    item->object = object;
    item->is_own = true;
    return describe(arena, object, item) ? item : NULL;
}

void item_deepen(struct arena *arena, struct item *item, enum item_depth depth)
{
    if (item->depth >= depth)
        return;
    item->depth = depth;
    item->trait_count = 0;
    describe(arena, item->object, item);
}
