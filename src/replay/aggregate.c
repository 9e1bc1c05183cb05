/*
 * CREATE AGGREGATE: a function put together from others.
 *
 * Facts: src/backend/commands/aggregatecmds.c, src/backend/catalog/
 * pg_aggregate.c (AggregateCreate).
 */
#include "replay/definition.h"
#include "replay/function.h"

#include "query/binding.h"
#include "query/choose.h"
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/types.h"

#include <string.h>

/* What its definition says. */
struct aggregate {
    const List *transition_function;
    const List *final_function;
    const TypeName *transition_type;
    const TypeName *base_type; /* of the old syntax; null if none */
    bool is_any_base;          /* basetype = 'ANY' */
    struct parameter *parameters;
    size_t count;
    struct type **inputs;
};

static const TypeName *type_of_option(const DefElem *option)
{
    return node_as(TypeName, option->arg);
}

/* A function's name may have been taken for a type's. */
static const List *name_of_option(const DefElem *option)
{
    const TypeName *type = node_as(TypeName, option->arg);

    return type ? type->names : node_as(List, option->arg);
}

static void read_option(const DefElem *option, struct aggregate *aggregate)
{
    const char *name = option->defname;
    const char *text = name_from_string(option->arg);

    if (strcmp(name, "sfunc") == 0 || strcmp(name, "sfunc1") == 0)
        aggregate->transition_function = name_of_option(option);
    else if (strcmp(name, "stype") == 0 || strcmp(name, "stype1") == 0)
        aggregate->transition_type = type_of_option(option);
    else if (strcmp(name, "finalfunc") == 0)
        aggregate->final_function = name_of_option(option);
    else if (strcmp(name, "basetype") == 0)
        aggregate->base_type = type_of_option(option);
    if (strcmp(name, "basetype") == 0 && text)
        aggregate->is_any_base = true;
}

static bool add_parameter(struct replay *replay, struct aggregate *aggregate,
                          const char *name, const TypeName *type, char mode)
{
    struct parameter *parameter = &aggregate->parameters[aggregate->count];

    parameter->type = type_resolve(replay->schema, type, NULL);
    if (!parameter->type.type && replay_knows_all(replay))
        return replay_fail(replay, "42704", "type %s does not exist",
                           lookup_type_name(replay, type));
    parameter->type.modifier = -1;
    parameter->name = name ? model_name(replay->schema, name) : NULL;
    parameter->mode = mode;
    aggregate->inputs[aggregate->count++] = parameter->type.type;
    return true;
}

static bool read_parameters(struct replay *replay, const DefineStmt *define,
                            struct aggregate *aggregate)
{
    const List *nodes =
        define->args ? node_as(List, linitial(define->args)) : NIL;
    size_t room = (size_t)list_length(nodes) + 2;
    const ListCell *cell;

    aggregate->parameters = arena_alloc(&replay->schema->arena,
                                        room * sizeof *aggregate->parameters);
    aggregate->inputs =
        arena_alloc(&replay->schema->scratch, room * sizeof(struct type *));
    if (define->oldstyle) {
        if (!aggregate->base_type && !aggregate->is_any_base)
            return replay_fail(replay, "42P13",
                               "aggregate input type must be specified");
        return aggregate->is_any_base ||
               add_parameter(replay, aggregate, NULL, aggregate->base_type,
                             FUNC_PARAM_IN);
    }
    foreach (cell, nodes) {
        const FunctionParameter *node = lfirst(cell);

        if (!add_parameter(replay, aggregate, node->name, node->argType,
                           node->mode == FUNC_PARAM_DEFAULT ? FUNC_PARAM_IN
                                                            : (char)node->mode))
            return false;
    }
    return true;
}

/* The function that is called with these; function null: built in. False,
 * told, if it is certain that there is none. */
static bool choose(struct replay *replay, const List *name, struct type **types,
                   size_t count, struct function_choice *choice)
{
    struct function_call call = {
        .name = name_from_list(name),
        .arguments = types,
        .argument_count = count,
    };

    choose_function(replay->schema, &replay->schema->scratch, &call, choice);
    if (choice->outcome != CHOICE_NONE || !replay_knows_all(replay))
        return true;
    return replay_fail(replay, "42883", "function %s does not exist",
                       choose_function_signature(
                           replay->schema, &replay->schema->scratch, &call));
}

/* What the server calls the function for must be its parameters as they are. */
static bool check_coercion(struct replay *replay, const List *name,
                           struct type *const *types, size_t count,
                           const struct function_choice *choice)
{
    struct schema *schema = replay->schema;
    const struct function_call declared = {
        .name = name_from_list(name),
        .arguments = choice->parameters,
        .argument_count = count,
    };

    for (size_t i = 0; choice->outcome == CHOICE_FOUND && i < count; i++) {
        struct type *parameter = choice->parameters[i];

        if (parameter && types[i] && parameter != types[i] &&
            !coerce_is_binary(schema, types[i], parameter))
            return replay_fail(
                replay, "42804", "function %s requires run-time type coercion",
                choose_function_signature(schema, &schema->scratch, &declared));
    }
    return true;
}

static bool find_parts(struct replay *replay, const struct aggregate *aggregate,
                       struct type *transition, struct function *function)
{
    struct function_choice choice;
    struct type **types =
        arena_alloc(&replay->schema->scratch,
                    (aggregate->count + 1) * sizeof(struct type *));

    types[0] = transition;
    for (size_t i = 0; i < aggregate->count; i++)
        types[i + 1] = aggregate->inputs[i];
    if (!choose(replay, aggregate->transition_function, types,
                aggregate->count + 1, &choice) ||
        !check_coercion(replay, aggregate->transition_function, types,
                        aggregate->count + 1, &choice))
        return false;
    if (choice.outcome == CHOICE_FOUND && choice.result.type && transition &&
        choice.result.type != transition)
        return replay_fail(
            replay, "42804", "return type of transition function %s is not %s",
            lookup_plain_name(replay,
                              name_from_list(aggregate->transition_function)),
            type_visible_name(replay, transition));
    if (choice.function)
        model_depend(replay->schema, &function->object,
                     &choice.function->object, DEPENDENCY_NORMAL);
    function->result = (struct data_type){transition, -1};
    if (!aggregate->final_function)
        return true;
    if (!choose(replay, aggregate->final_function, types, 1, &choice))
        return false;
    function->result = choice.result;
    if (choice.function)
        model_depend(replay->schema, &function->object,
                     &choice.function->object, DEPENDENCY_NORMAL);
    return true;
}

/* The whole statement, with the name that the aggregate has by then. */
static struct expression *keep_definition(const struct replay *replay,
                                          struct qualified_name name,
                                          struct function *function)
{
    struct binding binding = definition_binding(replay);
    const struct statement *statement = replay->statement;
    struct span word,
        words = {statement->offset, replay->text.length - statement->offset};

    word = words_find(replay->text, statement, statement->offset, "AGGREGATE");
    word = words_find_name(replay->text, statement, word.offset + word.length,
                           name.schema ? name.schema : name.name);
    word = words_of_name_at(replay->text, statement, word.offset);
    binding_add_words(&binding, word, REFERENCE_NAME, &function->object);
    return binding_finish(replay->schema, &binding, words);
}

static bool check_definition(struct replay *replay,
                             const struct aggregate *aggregate)
{
    if (!aggregate->transition_type)
        return replay_fail(replay, "42P13",
                           "aggregate stype must be specified");
    if (!aggregate->transition_function)
        return replay_fail(replay, "42P13",
                           "aggregate sfunc must be specified");
    return true;
}

/* It may replace one of the same kind and result. */
static bool check_existing(struct replay *replay, const DefineStmt *define,
                           const struct function *existing,
                           const struct function *made)
{
    if (!existing || !replay_refuse(replay))
        return true;
    if (!define->replace)
        return replay_fail(replay, "42723",
                           "function \"%s\" already exists with same argument "
                           "types",
                           existing->name);
    if (existing->kind != FUNCTION_AGGREGATE)
        return replay_fail(replay, "42809", "cannot change routine kind");
    if (existing->result.type && made->result.type &&
        existing->result.type != made->result.type)
        return replay_fail(replay, "42P13",
                           "cannot change return type of existing function");
    return true;
}

bool function_create_aggregate(struct replay *replay, const DefineStmt *define)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = name_from_list(define->defnames);
    struct namespace *namespace = replay_namespace(replay, name.schema);
    struct aggregate aggregate = {0};
    struct function *existing, *function, before;
    struct data_type transition;
    const ListCell *cell;

    if (!namespace)
        return false;
    foreach (cell, define->definition)
        read_option(lfirst(cell), &aggregate);
    if (!check_definition(replay, &aggregate) ||
        !read_parameters(replay, define, &aggregate) ||
        !types_resolve(replay, aggregate.transition_type, &transition))
        return false;
    existing = function_in(schema, namespace, name.name, aggregate.inputs,
                           aggregate.count);
    function = existing ? existing
                        : model_add_function(schema, namespace, name.name,
                                             replay_place_at(replay, -1));
    before = *function;
    journal_save(&schema->journal, function, sizeof *function);
    if (!find_parts(replay, &aggregate, transition.type, function) ||
        !check_existing(replay, define, existing ? &before : NULL, function))
        return false;
    function->kind = FUNCTION_AGGREGATE;
    function->parameters = aggregate.parameters;
    function->parameter_count = aggregate.count;
    function->volatility = VOLATILITY_IMMUTABLE;
    function->language = "internal";
    if (schema->keeps_definitions)
        function->definition = keep_definition(replay, name, function);
    for (size_t i = 0; i < aggregate.count; i++)
        dependency_add_type(replay, &function->object, aggregate.inputs[i]);
    dependency_add_type(replay, &function->object, transition.type);
    return true;
}
