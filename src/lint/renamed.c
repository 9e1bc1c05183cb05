/*
 * Help for statements that take a name away. The old name and the new one must
 * change hands in one transaction, or there is a moment without the old one.
 */
#include "lint/renamed.h"

#include "lint/advice.h"
#include "lint/engine.h"

#include <string.h>

/* This migration gave it the name that it has: nobody uses that yet. */
static bool has_new_name(const struct check *check,
                         const struct relation *relation)
{
    return relation->former_name != NULL &&
           relation->renamed_in == schema_unit(check->schema);
}

/* Null if it is nothing that code uses yet, or that has columns or values. */
static const struct former *find_former(struct check *check,
                                        struct qualified_name name,
                                        bool is_missing_ok)
{
    const struct relation *relation = schema_find_relation(check->schema, name);

    if (check->is_in_body)
        return NULL;
    if (relation == NULL)
        return is_missing_ok && check_is_absent(check, name)
                   ? NULL
                   : former_of_relation(check, name);
    if (relation->kind == RELATION_INDEX ||
        former_is_new(check, &relation->object))
        return NULL;
    return former_of(check, &relation->object);
}

const struct former *renamed_relation(struct check *check,
                                      const RangeVar *range, bool is_missing_ok)
{
    struct qualified_name name = name_from_range_var(range);
    const struct relation *relation = schema_find_relation(check->schema, name);

    if (relation != NULL && has_new_name(check, relation))
        return NULL;
    return find_former(check, name, is_missing_ok);
}

const struct former *renamed_columns_of(struct check *check,
                                        const RangeVar *range,
                                        bool is_missing_ok)
{
    struct qualified_name name = name_from_range_var(range);
    const struct relation *relation = schema_find_relation(check->schema, name);

    if (relation != NULL && relation->kind == RELATION_SEQUENCE)
        return NULL;
    return find_former(check, name, is_missing_ok);
}

struct span renamed_words(const struct check *check, const RangeVar *name)
{
    return words_of_name_at(check->text, check->statement,
                            check->statement->tree_base +
                                (size_t)name->location);
}

bool renamed_object(struct check *check, const struct object **object)
{
    const struct object_array *renamed;

    *object = NULL;
    if (check->is_in_body)
        return false;
    renamed = &check_effects(check)->renamed;
    if (renamed->count > 0)
        *object = renamed->items[0];
    return !former_is_new(check, *object) && !former_is_for_triggers(*object);
}

bool renamed_is_view(const struct former *former, ObjectType type)
{
    const struct relation *relation = (const struct relation *)former->object;

    if (relation == NULL || relation->made_at.source == NULL)
        return type == OBJECT_VIEW || type == OBJECT_MATVIEW;
    return relation->kind == RELATION_VIEW ||
           relation->kind == RELATION_MATERIALIZED_VIEW;
}

const char *renamed_sql(struct check *check, const char *schema,
                        const char *name)
{
    return check_quote_name(check, (struct qualified_name){NULL, schema, name});
}

/* The statement, and `also` in its transaction; `end` is for later. */
static const char *in_one_transaction(struct check *check, const char *also,
                                      const char *end)
{
    bool is_alone = check->transaction_kind == TRANSACTION_NONE;
    struct span nowhere = {check->statement->offset, 0};

    return check_format(check,
                        "-- keep the old name, in the same transaction:\n"
                        "%s%s\n%s\n%s"
                        "-- in a release after the one that stops using it:\n"
                        "%s",
                        is_alone ? "BEGIN;\n" : "",
                        check_rewrite(check, nowhere, ""), also,
                        is_alone ? "COMMIT;\n" : "", end);
}

const char *renamed_view_help(struct check *check, const char *old_name,
                              const char *new_name, bool is_secured)
{
    const char *option = is_secured && check->postgres_version >= 15
                             ? " WITH (security_invoker = true)"
                             : "";

    return in_one_transaction(
        check,
        check_format(check,
                     "CREATE VIEW %s%s AS SELECT * FROM %s;\n"
                     "-- and the GRANTs that code with the old name needs",
                     old_name, option, new_name),
        check_format(check, "DROP VIEW %s;", old_name));
}

static bool is_input(const struct parameter *parameter)
{
    return parameter->mode == FUNC_PARAM_IN;
}

/* `integer, text` and `$1, $2`; false for what is not that simple. */
static bool add_parameters(struct check *check, const struct function *function,
                           struct buffer *types, struct buffer *values)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        const char *type = advice_type(check, parameter->type);
        const char *comma = i > 0 ? ", " : "";

        if (!is_input(parameter) || type == NULL || parameter->has_default)
            return false;
        buffer_add_format(types, "%s%s%s%s", comma,
                          parameter->name ? check_quote(check, parameter->name)
                                          : "",
                          parameter->name ? " " : "", type);
        buffer_add_format(values, "%s$%zu", comma, i + 1);
    }
    return true;
}

const char *renamed_function_help(struct check *check,
                                  const struct function *function,
                                  const char *old_name, const char *new_name)
{
    const char *result = advice_type(check, function->result);
    struct buffer types, values;
    const char *create;

    buffer_init(&types, check->arena);
    buffer_init(&values, check->arena);
    if (function->kind == FUNCTION_AGGREGATE ||
        function->kind == FUNCTION_WINDOW ||
        !add_parameters(check, function, &types, &values))
        return NULL;
    if (function->kind == FUNCTION_PROCEDURE)
        create = check_format(check,
                              "CREATE PROCEDURE %s(%s) LANGUAGE sql\n"
                              "    AS 'CALL %s(%s)';",
                              old_name, buffer_text(&types), new_name,
                              buffer_text(&values));
    else if (result != NULL)
        create = check_format(check,
                              "CREATE FUNCTION %s(%s) RETURNS %s%s LANGUAGE "
                              "sql\n    AS 'SELECT %s(%s)';",
                              old_name, buffer_text(&types),
                              function->returns_set ? "SETOF " : "", result,
                              new_name, buffer_text(&values));
    else
        return NULL;
    return in_one_transaction(check, create,
                              check_format(check, "DROP %s %s(%s);",
                                           function->kind == FUNCTION_PROCEDURE
                                               ? "PROCEDURE"
                                               : "FUNCTION",
                                           old_name, buffer_text(&types)));
}

const char *renamed_type_help(struct check *check, const struct type *type,
                              const char *old_name, const char *new_name)
{
    if (type->kind == TYPE_COMPOSITE || type->kind == TYPE_ROW)
        return NULL;
    return in_one_transaction(
        check,
        check_format(check, "CREATE DOMAIN %s AS %s;", old_name, new_name),
        check_format(check, "DROP DOMAIN %s;", old_name));
}
