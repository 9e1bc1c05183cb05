/*
 * Describes types, domains and functions for difference.c.
 */
#include "schema/difference_describe.h"

#include "base/buffer.h"
#include "schema/difference_text.h"

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

static void say_domain(struct arena *arena, const struct type *domain,
                       struct item *item)
{
    const char *base = text_of_type(arena, domain->base);
    bool is_not_null = domain->is_not_null;

    item_add_trait(item, base, base, NULL);
    item_add_trait(item, is_not_null ? "not" : "null",
                   is_not_null ? "NOT NULL" : "nullable",
                   item_format(arena, item, "ALTER DOMAIN %s %s NOT NULL;",
                               item->called, is_not_null ? "SET" : "DROP"));
    if (base)
        item->create =
            item_format(arena, item, "CREATE DOMAIN %s AS %s%s;", item->called,
                        base, is_not_null ? " NOT NULL" : "");
}

static void say_type(struct arena *arena, const struct type *type,
                     struct item *item)
{
    item_add_trait(item, item->kind, item->kind, NULL);
    if (type->kind == TYPE_DOMAIN)
        say_domain(arena, type, item);
    if (type->kind == TYPE_ENUM)
        item->values = values_of(arena, type);
}

static void write_type(struct arena *arena, const struct type *type,
                       struct item *item)
{
    item->called = text_of_name(arena, type->namespace, type->name);
    item_write_statements(arena, item,
                          type->kind == TYPE_DOMAIN ? "DOMAIN" : "TYPE");
    item->create = type->kind == TYPE_ENUM
                       ? text_of_enum(arena, type, item->called)
                       : item_make_again(arena, item);
}

bool describe_type(struct arena *arena, const struct type *type,
                   struct item *item)
{
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
    item->kind = type->kind == TYPE_DOMAIN ? "domain" : "type";
    item->made_at = type->made_at;
    if (item->depth >= ITEM_WRITTEN)
        write_type(arena, type, item);
    if (item->depth >= ITEM_SAID)
        say_type(arena, type, item);
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

struct function_words {
    const char *kind;
    const char *sql;
};

static struct function_words words_of(const struct function *function)
{
    switch (function->kind) {
    case FUNCTION_FUNCTION:
    case FUNCTION_WINDOW:
        return (struct function_words){"function", "FUNCTION"};
    case FUNCTION_PROCEDURE:
        return (struct function_words){"procedure", "PROCEDURE"};
    case FUNCTION_AGGREGATE:
        return (struct function_words){"aggregate", "AGGREGATE"};
    }
    return (struct function_words){"function", "FUNCTION"};
}

/* What CREATE OR REPLACE cannot change: their names and kinds. */
static const char *text_of_parameters(struct arena *arena,
                                      const struct function *function)
{
    struct buffer text;

    buffer_init(&text, arena);
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        buffer_add_format(&text, "%c%d %s, ", parameter->mode,
                          parameter->has_default,
                          parameter->name ? parameter->name : "");
    }
    return buffer_text(&text);
}

static void say_function(struct arena *arena, const struct function *function,
                         struct item *item)
{
    const char *words = words_of(function).sql;
    const char *result = result_of(arena, function);
    const char *volatility = volatility_of(function);
    const char *security =
        function->is_security_definer ? "SECURITY DEFINER" : "SECURITY INVOKER";
    const char *replace = item_replace(arena, item);
    struct trait *trait = item_add_trait(item, result, result, NULL);

    if (!replace)
        replace = item_format(arena, item,
                              "-- replace %s %s with the body that it had",
                              item->kind, item->called);
    trait->now = "returns";
    trait->then = "returned";
    item_add_trait(item, volatility, volatility,
                   item_format(arena, item, "ALTER %s %s %s;", words,
                               item->called, volatility));
    item_add_trait(item, security, security,
                   item_format(arena, item, "ALTER %s %s %s;", words,
                               item->called, security));
    item_add_trait(item, text_of_parameters(arena, function), NULL, NULL)
        ->noun = "list of parameters";
    item_add_trait(item, text_of_tokens(arena, function->body), NULL, replace)
        ->noun = "body";
    item_add_statement(
        item, text_of_options(arena, item->statement, function->body), replace);
}

static void write_function(struct arena *arena, const struct function *function,
                           const char *arguments, struct item *item)
{
    item->called = arena_format(
        arena, "%s(%s)",
        text_of_name(arena, function->namespace, function->name), arguments);
    item->drop = arena_format(arena, "DROP %s %s;", words_of(function).sql,
                              item->called);
    item->create = item_create(arena, item);
}

bool describe_function(struct arena *arena, const struct function *function,
                       struct item *item)
{
    const char *arguments;

    if (function->extension || !function->made_at.source)
        return false;
    arguments = text_of_arguments(arena, function);
    if (!arguments)
        return false;
    item->group = ITEM_FUNCTION;
    item->owner = &function->namespace->object;
    item->name = arena_format(arena, "%s(%s)", function->name, arguments);
    item->kind = words_of(function).kind;
    item->made_at = function->made_at;
    if (item->depth >= ITEM_WRITTEN)
        write_function(arena, function, arguments, item);
    if (item->depth >= ITEM_SAID)
        say_function(arena, function, item);
    return true;
}
