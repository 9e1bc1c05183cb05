/*
 * Whether a function can be called as the dropped one could: part of former.c. Nothing
 * is said of calls with named parameters.
 */
#include "lint/former.h"

#include "lint/engine.h"
#include "schema/model.h"
#include "schema/type.h"

#include <string.h>

static bool is_input(const struct parameter *parameter)
{
    return parameter->mode == FUNC_PARAM_IN ||
           parameter->mode == FUNC_PARAM_INOUT ||
           parameter->mode == FUNC_PARAM_VARIADIC;
}

static bool is_same_type(struct check *check, struct data_type a,
                         struct data_type b)
{
    const char *old = type_to_text(check->arena, a);
    const char *new = type_to_text(check->arena, b);

    return !old || !new || strcmp(old, new) == 0;
}

/* A value of the first is one of the second wherever the server looks for a
 * function. */
static bool is_accepted(struct check *check, struct data_type value,
                        struct data_type parameter)
{
    const struct builtin_cast *cast;

    if (is_same_type(check, value, parameter))
        return true;
    if (!type_oid(value.type) || !type_oid(parameter.type))
        return false;
    cast = builtin_find_cast(builtin_version(check->postgres_version),
                             type_oid(value.type), type_oid(parameter.type));
    return cast && cast->context == 'i';
}

/* The next input parameter from *index on; null after the last. */
static const struct parameter *next_input(const struct function *function,
                                          size_t *index)
{
    while (*index < function->parameter_count) {
        const struct parameter *parameter = &function->parameters[(*index)++];

        if (is_input(parameter))
            return parameter;
    }
    return NULL;
}

/* Every call of the old one is a call of the new one. */
static bool takes_the_same(struct check *check, const struct function *old,
                           const struct function *new)
{
    size_t old_index = 0, new_index = 0;
    const struct parameter *parameter;

    while ((parameter = next_input(old, &old_index)) != NULL) {
        const struct parameter *same = next_input(new, &new_index);

        if (!same || same->mode != parameter->mode ||
            (parameter->has_default && !same->has_default) ||
            !is_accepted(check, parameter->type, same->type))
            return false;
    }
    while ((parameter = next_input(new, &new_index)) != NULL)
        if (!parameter->has_default)
            return false;
    return true;
}

static const struct parameter *find_result_column(
    const struct function *function, const struct parameter *wanted)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (parameter->mode != FUNC_PARAM_IN && parameter->name &&
            strcmp(parameter->name, wanted->name) == 0)
            return parameter;
    }
    return NULL;
}

/* What a caller misses in the result; null: nothing. */
static const char *lack_of_result(struct check *check,
                                  const struct function *old,
                                  const struct function *new)
{
    for (size_t i = 0; i < old->parameter_count; i++) {
        const struct parameter *column = &old->parameters[i], *same;

        if (column->mode == FUNC_PARAM_IN ||
            column->mode == FUNC_PARAM_VARIADIC || !column->name)
            continue;
        same = find_result_column(new, column);
        if (!same || !is_same_type(check, column->type, same->type))
            return check_format(check, "has no such \"%s\" in its result",
                                column->name);
    }
    if (old->returns_set != new->returns_set ||
        !is_same_type(check, old->result, new->result))
        return "returns another type";
    return NULL;
}

bool former_function_is_back(struct check *check, const struct former *former,
                             const char **lack)
{
    const struct function *old = (const struct function *)former->object;
    const struct namespace *namespace =
        model_find_namespace(check->schema, former->schema);
    const struct function *new =
        namespace ? model_functions_in(check->schema, namespace, former->name)
                  : NULL;

    for (; new; new = new->next_overload) {
        if (new == old)
            return true;
        if (new->kind != old->kind || !takes_the_same(check, old, new))
            continue;
        *lack = lack_of_result(check, old, new);
        return *lack == NULL;
    }
    return false;
}

static bool is_made_now(const struct check *check,
                        const struct function *function)
{
    for (; function; function = function->next_overload)
        if (former_is_new(check, &function->object))
            return true;
    return false;
}

bool former_has_new_function(struct check *check, struct qualified_name name)
{
    const struct schema *schema = check->schema;
    const struct search_path *path = model_search_path(schema);
    const struct namespace *namespace;

    if (name.schema) {
        namespace = model_find_namespace(schema, name.schema);
        return namespace &&
               is_made_now(check,
                           model_functions_in(schema, namespace, name.name));
    }
    for (size_t i = 0; i < path->count; i++)
        if (path->found[i] &&
            is_made_now(check,
                        model_functions_in(schema, path->found[i], name.name)))
            return true;
    return false;
}
