/*
 * Describes schemas, relations, types and functions for difference.c; parts of
 * tables are described in difference_part.c.
 */
#include "schema/difference_item.h"

#include "base/buffer.h"
#include "input/source.h"
#include "schema/difference_text.h"
#include "schema/type.h"
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

/* The trait is something that it has. */
static void add_had_trait(struct item *item, const char *key, const char *shown,
                          const char *mend)
{
    struct trait *trait = item_add_trait(item, key, shown, mend);

    trait->now = "has";
    trait->then = "had";
}

/* SQL that drops and renames what has this kind's words. */
static void add_statements(struct arena *arena, struct item *item,
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
    item->called = parser_quote_identifier(arena, namespace->name);
    item->made_at = namespace->made_at;
    item->create = arena_format(arena, "CREATE SCHEMA %s;", item->called);
    add_statements(arena, item, "SCHEMA");
}

static void describe_extension(struct arena *arena,
                               const struct extension *extension,
                               struct item *item)
{
    item->group = ITEM_EXTENSION;
    item->name = extension->name;
    item->kind = "extension";
    item->called = parser_quote_identifier(arena, extension->name);
    item->made_at = extension->made_at;
    item->create = arena_format(arena, "CREATE EXTENSION %s;", item->called);
    item->drop = arena_format(arena, "DROP EXTENSION %s;", item->called);
}

struct kind_words {
    const char *kind;
    const char *sql;
};

static struct kind_words words_of(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_TABLE: return (struct kind_words){"table", "TABLE"};
    case RELATION_PARTITIONED_TABLE:
        return (struct kind_words){"partitioned table", "TABLE"};
    case RELATION_FOREIGN_TABLE:
        return (struct kind_words){"foreign table", "FOREIGN TABLE"};
    case RELATION_VIEW: return (struct kind_words){"view", "VIEW"};
    case RELATION_MATERIALIZED_VIEW:
        return (struct kind_words){"materialized view", "MATERIALIZED VIEW"};
    case RELATION_SEQUENCE: return (struct kind_words){"sequence", "SEQUENCE"};
    case RELATION_INDEX: return (struct kind_words){"index", "INDEX"};
    case RELATION_COMPOSITE_TYPE: return (struct kind_words){"type", "TYPE"};
    }
    return (struct kind_words){"relation", "TABLE"};
}

/* `a partition of measurements FOR ...`, `a child of a, b`. */
static const char *parents_of(struct arena *arena, const struct table *table)
{
    struct buffer text;

    if (table->parents.count == 0)
        return "without a parent";
    buffer_init(&text, arena);
    buffer_add_text(&text,
                    table->partition_of ? "a partition of " : "a child of ");
    for (size_t i = 0; i < table->parents.count; i++)
        buffer_add_format(
            &text, "%s%s", i ? ", " : "",
            text_of_relation(arena, &table->parents.items[i]->relation));
    return buffer_text(&text);
}

static void add_table_traits(struct arena *arena, const struct table *table,
                             struct item *item)
{
    bool is_known = table->is_complete;
    bool has_row_security = table->has_row_security;
    bool is_forced = table->has_forced_row_security;
    bool is_unlogged = table->relation.is_unlogged;
    const char *logged = is_unlogged ? "unlogged" : "logged";
    const char *parents = parents_of(arena, table);
    const char *security =
        has_row_security ? "row level security" : "no row level security";
    const char *forced = is_forced ? "forced row level security"
                                   : "no forced row level security";

    item_add_trait(item, is_known ? logged : NULL, logged,
                   arena_format(arena, "ALTER TABLE %s SET %s;", item->called,
                                is_unlogged ? "UNLOGGED" : "LOGGED"));
    add_had_trait(item, is_known ? security : NULL, security,
                  arena_format(arena, "ALTER TABLE %s %s ROW LEVEL SECURITY;",
                               item->called,
                               has_row_security ? "ENABLE" : "DISABLE"));
    add_had_trait(item, is_known ? forced : NULL, forced,
                  arena_format(arena,
                               "ALTER TABLE %s %sFORCE ROW LEVEL SECURITY;",
                               item->called, is_forced ? "" : "NO "));
    item_add_trait(item, is_known ? parents : NULL, parents,
                   arena_format(arena, "-- make table %s %s again",
                                item->called, parents));
}

static const char *text_of_values(struct arena *arena,
                                  const struct sequence *sequence)
{
    const struct sequence_values *values = &sequence->values;

    return arena_format(
        arena, "%lld %lld %lld %lld %lld %d", (long long)values->increment,
        (long long)values->minimum, (long long)values->maximum,
        (long long)values->start, (long long)values->cache, values->is_cycled);
}

static void describe_sequence(struct arena *arena,
                              const struct sequence *sequence,
                              struct item *item)
{
    const char *type = text_of_type(arena, sequence->type);

    item->anchor = sequence->owned_by ? &sequence->owned_by->object : NULL;
    item->create = arena_format(arena, "CREATE SEQUENCE %s%s%s%s%s;",
                                item->called, type ? " AS " : "",
                                type ? type : "", sequence->options ? " " : "",
                                sequence->options ? sequence->options : "");
    item_add_trait(item, type, type,
                   arena_format(arena, "ALTER SEQUENCE %s AS %s;", item->called,
                                type ? type : "bigint"));
    /* Its bounds follow its type. */
    if (item->made_at.source)
        item_add_trait(item, text_of_values(arena, sequence), NULL, NULL)
            ->noun = "range of values";
}

/* A view's columns, if all are known. */
static const struct view_columns *columns_of(struct arena *arena,
                                             const struct table *view)
{
    struct view_columns *columns = arena_alloc(arena, sizeof *columns);

    if (!view->is_complete)
        return NULL;
    for (size_t i = 0; i < view->columns.count; i++) {
        const struct column *column = view->columns.items[i];

        if (!column->object.is_dropped)
            *array_push(arena, columns) = (struct view_column){
                .name = column->name,
                .type = text_of_type(arena, column->data_type),
            };
    }
    return columns;
}

static bool describe_relation(struct arena *arena,
                              const struct relation *relation,
                              struct item *item)
{
    const struct sequence *sequence = (const struct sequence *)relation;
    const struct table *table = (const struct table *)relation;
    struct kind_words words = words_of(relation->kind);
    const char *text = NULL;

    if (relation->is_temporary || relation->extension ||
        (relation->kind == RELATION_SEQUENCE && sequence->is_identity))
        return false;
    item->group = ITEM_RELATION;
    item->owner = &relation->namespace->object;
    item->name = relation->name;
    item->kind = words.kind;
    item->called = text_of_relation(arena, relation);
    item->made_at = relation->made_at;
    item->is_complete = true;
    add_statements(arena, item, words.sql);
    item_add_trait(item, words.kind, words.kind, NULL);
    if (relation->kind == RELATION_SEQUENCE) {
        describe_sequence(arena, sequence, item);
        return true;
    }
    item->is_complete = table->is_complete;
    if (relation->kind == RELATION_TABLE ||
        relation->kind == RELATION_PARTITIONED_TABLE) {
        if (item->is_whole)
            text = text_of_table(arena, table);
        add_table_traits(arena, table, item);
    }
    if (relation_is_view(relation))
        item->columns = columns_of(arena, table);
    item->create = text ? text : item_make_again(arena, item);
    return !table->is_doubtful;
}

static const char *text_of_enum(struct arena *arena, const struct type *type,
                                const char *called)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_format(&text, "CREATE TYPE %s AS ENUM (", called);
    for (size_t i = 0; i < type->labels.count; i++)
        buffer_add_format(&text, "%s'%s'", i ? ", " : "",
                          type->labels.items[i]->name);
    buffer_add_text(&text, ");");
    return buffer_text(&text);
}

static const struct value_array *values_of(struct arena *arena,
                                           const struct type *type)
{
    struct value_array *values = arena_alloc(arena, sizeof *values);

    for (size_t i = 0; i < type->labels.count; i++) {
        const struct enum_label *label = type->labels.items[i];

        *array_push(arena, values) = (struct value){label, label->name};
    }
    return values;
}

static void describe_domain(struct arena *arena, const struct type *domain,
                            struct item *item)
{
    const char *base = text_of_type(arena, domain->base);

    item_add_trait(item, base, base, NULL);
    item_add_trait(item, domain->is_not_null ? "not" : "null",
                   domain->is_not_null ? "NOT NULL" : "nullable",
                   arena_format(arena, "ALTER DOMAIN %s %s NOT NULL;",
                                item->called,
                                domain->is_not_null ? "SET" : "DROP"));
    if (base)
        item->create =
            arena_format(arena, "CREATE DOMAIN %s AS %s%s;", item->called, base,
                         domain->is_not_null ? " NOT NULL" : "");
}

static bool describe_type(struct arena *arena, const struct type *type,
                          struct item *item)
{
    bool is_domain = type->kind == TYPE_DOMAIN;

    switch (type->kind) {
    case TYPE_BASE:
    case TYPE_ENUM:
    case TYPE_DOMAIN:
    case TYPE_RANGE: break;
    case TYPE_COMPOSITE: /* its relation is described */
    case TYPE_ROW:
    case TYPE_MULTIRANGE:
    case TYPE_ARRAY:
    case TYPE_PSEUDO: return false;
    }
    if (type->extension || !type->made_at.source)
        return false;
    item->group = ITEM_TYPE;
    item->owner = &type->namespace->object;
    item->name = type->name;
    item->kind = is_domain ? "domain" : "type";
    item->called = text_of_name(arena, type->namespace, type->name);
    item->made_at = type->made_at;
    add_statements(arena, item, is_domain ? "DOMAIN" : "TYPE");
    item_add_trait(item, item->kind, item->kind, NULL);
    if (is_domain)
        describe_domain(arena, type, item);
    if (type->kind == TYPE_ENUM) {
        item->values = values_of(arena, type);
        item->create = text_of_enum(arena, type, item->called);
    }
    if (!item->create)
        item->create = item_make_again(arena, item);
    return true;
}

static const char *volatility_of(const struct function *function)
{
    switch (function->volatility) {
    case VOLATILITY_IMMUTABLE: return "IMMUTABLE";
    case VOLATILITY_STABLE: return "STABLE";
    case VOLATILITY_VOLATILE: return "VOLATILE";
    }
    return NULL;
}

static const char *result_of(struct arena *arena,
                             const struct function *function)
{
    const char *type = text_of_type(arena, function->result);

    if (!type || !function->returns_set)
        return type;
    return arena_format(arena, "SETOF %s", type);
}

static struct kind_words function_words(const struct function *function)
{
    switch (function->kind) {
    case FUNCTION_FUNCTION:
    case FUNCTION_WINDOW: return (struct kind_words){"function", "FUNCTION"};
    case FUNCTION_PROCEDURE:
        return (struct kind_words){"procedure", "PROCEDURE"};
    case FUNCTION_AGGREGATE:
        return (struct kind_words){"aggregate", "AGGREGATE"};
    }
    return (struct kind_words){"function", "FUNCTION"};
}

static void add_function_traits(struct arena *arena,
                                const struct function *function,
                                struct item *item)
{
    const char *result = result_of(arena, function);
    const char *volatility = volatility_of(function);
    const char *security =
        function->is_security_definer ? "SECURITY DEFINER" : "SECURITY INVOKER";
    struct trait *trait = item_add_trait(item, result, result, NULL);

    trait->now = "returns";
    trait->then = "returned";
    item_add_trait(item, volatility, volatility,
                   arena_format(arena, "ALTER %s %s %s;",
                                function_words(function).sql, item->called,
                                volatility));
    item_add_trait(item, security, security,
                   arena_format(arena, "ALTER %s %s %s;",
                                function_words(function).sql, item->called,
                                security));
    trait = item_add_trait(item, text_of_tokens(arena, function->body), NULL,
                           arena_format(arena,
                                        "-- replace %s %s with the body that "
                                        "it had",
                                        item->kind, item->called));
    trait->noun = "body";
}

static bool describe_function(struct arena *arena,
                              const struct function *function,
                              struct item *item)
{
    const char *arguments = text_of_arguments(arena, function);
    struct kind_words words = function_words(function);

    if (function->extension || !function->made_at.source || !arguments)
        return false;
    item->group = ITEM_FUNCTION;
    item->owner = &function->namespace->object;
    item->name = arena_format(arena, "%s(%s)", function->name, arguments);
    item->kind = words.kind;
    item->called = arena_format(
        arena, "%s(%s)",
        text_of_name(arena, function->namespace, function->name), arguments);
    item->made_at = function->made_at;
    item->drop = arena_format(arena, "DROP %s %s;", words.sql, item->called);
    item->create = item_make_again(arena, item);
    add_function_traits(arena, function, item);
    return true;
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

static bool describe_other(struct arena *arena, const struct other *other,
                           struct item *item)
{
    item->group = ITEM_OTHER;
    item->owner = other->namespace ? &other->namespace->object : NULL;
    item->kind = kind_of_other(other->kind);
    item->name = arena_format(arena, "%s %s", item->kind, other->name);
    item->called = other->name;
    item->made_at = other->made_at;
    item->drop = arena_format(arena, "-- drop %s %s", item->kind, item->called);
    item->create = other->statement
                       ? arena_format(arena, "%s;", other->statement)
                       : item_make_again(arena, item);
    return true;
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
                   ? item_describe_part(arena, object, item)
                   : describe_relation(arena, relation, item);
    case CLASS_TYPE:
        return describe_type(arena, (const struct type *)object, item);
    case CLASS_FUNCTION:
        return describe_function(arena, (const struct function *)object, item);
    case CLASS_OTHER:
        return describe_other(arena, (const struct other *)object, item);
    case CLASS_COLUMN:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS: return item_describe_part(arena, object, item);
    case CLASS_DEFAULT: return false;
    }
    return false;
}

struct item *item_describe(const struct schema *schema, struct arena *arena,
                           const struct object *object, bool is_whole)
{
    struct item *item;

    if (!item_exists(schema, object))
        return NULL;
    item = arena_alloc(arena, sizeof *item);
    item->object = object;
    item->is_own = true;
    item->is_whole = is_whole;
    return describe(arena, object, item) ? item : NULL;
}
