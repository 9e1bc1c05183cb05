/*
 * CREATE FUNCTION and CREATE PROCEDURE, and what OR REPLACE may not change.
 *
 * Facts: src/backend/commands/functioncmds.c, src/backend/catalog/pg_proc.c
 * (ProcedureCreate).
 */
#include "replay/function.h"

#include "replay/dependency.h"
#include "replay/function_options.h"
#include "replay/lookup.h"
#include "sql/word_filter.h"
#include "sql/words.h"

#include <string.h>

#define PARAMETER_COUNT_MAX 100 /* FUNC_MAX_ARGS */

/* A function as its statement describes it, before it is known. */
struct draft {
    struct replay *replay;
    const CreateFunctionStmt *create;
    struct function_options options;
    struct parameter *parameters;
    size_t count;
    size_t out_count; /* OUT, INOUT, TABLE */
    size_t default_count;
    struct type **inputs;
    size_t input_count;
    struct data_type result;
    bool returns_set;
    bool is_unsure; /* a type is not known */
};

static bool fail_definition(struct draft *draft, const char *message)
{
    return replay_fail(draft->replay, "42P13", "%s", message);
}

/* False, told, if it is certain that there is no such type. */
static bool read_type(struct draft *draft, const TypeName *name,
                      bool is_parameter, struct data_type *type)
{
    struct replay *replay = draft->replay;
    struct type_failure failure;
    struct data_type found = type_resolve(replay->schema, name, &failure);

    *type = (struct data_type){found.type, -1};
    if (found.type)
        return true;
    draft->is_unsure = true;
    if (!replay_knows_all(replay) || !failure.message)
        return true;
    if (strcmp(failure.sqlstate, "42704") != 0)
        return replay_fail(replay, failure.sqlstate, "%s", failure.message);
    if (is_parameter)
        return replay_fail(replay, "42704", "type %s does not exist",
                           lookup_type_name(replay, name));
    /* A result's is made as a shell, for functions in C. */
    if (strcmp(draft->options.language, "c") == 0 ||
        strcmp(draft->options.language, "internal") == 0)
        return true;
    return replay_fail(replay, "42704", "%s", failure.message);
}

static char mode_of(const FunctionParameter *node)
{
    return node->mode == FUNC_PARAM_DEFAULT ? FUNC_PARAM_IN : (char)node->mode;
}

static bool is_out(char mode)
{
    return mode == FUNC_PARAM_OUT || mode == FUNC_PARAM_INOUT ||
           mode == FUNC_PARAM_TABLE;
}

/* In one list no two have a name; those of input and output are two. */
static bool check_name(struct draft *draft, const struct parameter *parameter)
{
    for (size_t i = 0; parameter->name && i < draft->count; i++) {
        const struct parameter *other = &draft->parameters[i];
        bool is_apart =
            (parameter->mode == FUNC_PARAM_IN && is_out(other->mode) &&
             other->mode != FUNC_PARAM_INOUT) ||
            (other->mode == FUNC_PARAM_IN && is_out(parameter->mode) &&
             parameter->mode != FUNC_PARAM_INOUT);

        if (!other->name || strcmp(other->name, parameter->name) != 0)
            continue;
        /* To PL/pgSQL both are variables of the body. */
        if (is_apart && (strcmp(draft->options.language, "sql") == 0 ||
                         (other->mode != FUNC_PARAM_TABLE &&
                          parameter->mode != FUNC_PARAM_TABLE)))
            continue;
        return replay_fail(draft->replay, "42P13",
                           "parameter name \"%s\" used more than once",
                           parameter->name);
    }
    return true;
}

static bool check_variadic(struct draft *draft,
                           const struct parameter *parameter)
{
    const struct type *type = parameter->type.type;

    if (parameter->mode != FUNC_PARAM_VARIADIC || !type ||
        type->kind == TYPE_ARRAY || type_oid(type) == 2276 /* any */ ||
        type_oid(type) == 2277 /* anyarray */ ||
        type_oid(type) == 5078 /* anycompatiblearray */)
        return true;
    return fail_definition(draft, "VARIADIC parameter must be an array");
}

static bool read_default(struct draft *draft, struct parameter *parameter,
                         const FunctionParameter *node)
{
    bool is_input = function_is_input(parameter);

    if (node->defexpr && !is_input)
        return fail_definition(draft,
                               "only input parameters can have default values");
    if (is_input && !node->defexpr && draft->default_count > 0)
        return fail_definition(draft,
                               "input parameters after one with a default "
                               "value must also have defaults");
    if (draft->create->is_procedure && parameter->mode == FUNC_PARAM_OUT &&
        draft->default_count > 0 &&
        draft->replay->schema->postgres_version >= 14)
        return fail_definition(draft,
                               "procedure OUT parameters cannot appear after "
                               "one with a default value");
    if (node->defexpr)
        draft->default_count++;
    parameter->has_default = node->defexpr != NULL;
    return true;
}

static bool read_parameter(struct draft *draft, const FunctionParameter *node,
                           bool *has_variadic)
{
    struct schema *schema = draft->replay->schema;
    struct parameter parameter = {
        .name =
            node->name && *node->name ? model_name(schema, node->name) : NULL,
        .mode = mode_of(node),
    };

    if (!read_type(draft, node->argType, true, &parameter.type))
        return false;
    if (node->argType->setof)
        return fail_definition(draft,
                               draft->create->is_procedure
                                   ? "procedures cannot accept set arguments"
                                   : "functions cannot accept set arguments");
    if (draft->create->is_procedure && parameter.mode == FUNC_PARAM_OUT &&
        schema->postgres_version < 14)
        return replay_fail(draft->replay, "0A000",
                           "procedures cannot have OUT arguments");
    if (*has_variadic &&
        (function_is_input(&parameter) ||
         (draft->create->is_procedure && parameter.mode == FUNC_PARAM_OUT)))
        return fail_definition(
            draft, "VARIADIC parameter must be the last input parameter");
    if (!check_variadic(draft, &parameter) || !check_name(draft, &parameter) ||
        !read_default(draft, &parameter, node))
        return false;
    *has_variadic |= parameter.mode == FUNC_PARAM_VARIADIC;
    if (is_out(parameter.mode) && draft->out_count++ == 0)
        draft->result = parameter.type;
    if (function_is_input(&parameter))
        draft->inputs[draft->input_count++] = parameter.type.type;
    draft->parameters[draft->count++] = parameter;
    return true;
}

static bool read_parameters(struct draft *draft)
{
    const List *nodes = draft->create->parameters;
    size_t room = (size_t)list_length(nodes) + 1;
    bool has_variadic = false;
    const ListCell *cell;

    draft->parameters = arena_alloc(&draft->replay->schema->arena,
                                    room * sizeof *draft->parameters);
    draft->inputs = arena_alloc(&draft->replay->schema->scratch,
                                room * sizeof(struct type *));
    foreach (cell, nodes) {
        if (!read_parameter(draft, lfirst(cell), &has_variadic))
            return false;
    }
    if (draft->input_count > PARAMETER_COUNT_MAX)
        return replay_fail(
            draft->replay, "54023", "%s cannot have more than %d arguments",
            draft->create->is_procedure ? "procedures" : "functions",
            PARAMETER_COUNT_MAX);
    return true;
}

static struct data_type catalog_type(struct draft *draft, uint16_t oid)
{
    return (struct data_type){type_of_oid(draft->replay->schema, oid), -1};
}

/* What OUT parameters say that it returns. */
static void result_of_out(struct draft *draft)
{
    if (draft->out_count == 0)
        draft->result = catalog_type(draft, 2278 /* void */);
    else if (draft->out_count > 1 || draft->create->is_procedure)
        draft->result = catalog_type(draft, 2249 /* record */);
}

static bool read_result(struct draft *draft)
{
    const CreateFunctionStmt *create = draft->create;
    struct data_type given;

    result_of_out(draft);
    if (create->is_procedure)
        return true;
    if (!create->returnType)
        return draft->out_count > 0 ||
               fail_definition(draft, "function result type must be specified");
    draft->returns_set = create->returnType->setof;
    if (!read_type(draft, create->returnType, false, &given))
        return false;
    if (draft->out_count > 0 && given.type && draft->result.type &&
        given.type != draft->result.type)
        return replay_fail(
            draft->replay, "42P13",
            "function result type must be %s because of OUT parameters",
            type_visible_name(draft->replay, draft->result.type));
    draft->result = given;
    return true;
}

/* Only what takes internal may give it. */
static bool check_internal(struct draft *draft)
{
    if (!draft->result.type || type_oid(draft->result.type) != 2281)
        return true;
    for (size_t i = 0; i < draft->input_count; i++) {
        if (draft->inputs[i] && type_oid(draft->inputs[i]) == 2281)
            return true;
    }
    return fail_definition(draft, "unsafe use of pseudo-type \"internal\"");
}

/* Pseudo-types that stand for the types of arguments. */
static bool is_polymorphic(const struct type *type)
{
    static const uint16_t oids[] = {
        2277, /* anyarray */
        2283, /* anyelement */
        2776, /* anynonarray */
        3500, /* anyenum */
        3831, /* anyrange */
        4537, /* anymultirange */
        4538, /* anycompatiblemultirange */
        5077, /* anycompatible */
        5078, /* anycompatiblearray */
        5079, /* anycompatiblenonarray */
        5080, /* anycompatiblerange */
    };

    for (size_t i = 0; i < sizeof oids / sizeof *oids; i++) {
        if (type_oid(type) == oids[i])
            return true;
    }
    return false;
}

/* A pseudo-type that no procedural language has values of. */
static bool is_unusable(const struct type *type)
{
    return type && type->kind == TYPE_PSEUDO && type->builtin &&
           type_oid(type) != 2249 /* record */ && !is_polymorphic(type);
}

static bool check_sql(struct draft *draft)
{
    const struct type *result = draft->result.type;

    if (is_unusable(result) && type_oid(result) != 2278 /* void */)
        return replay_fail(draft->replay, "42P13",
                           "SQL functions cannot return type %s",
                           type_visible_name(draft->replay, result));
    for (size_t i = 0; i < draft->input_count; i++) {
        if (is_unusable(draft->inputs[i]))
            return replay_fail(
                draft->replay, "42P13",
                "SQL functions cannot have arguments of type %s",
                type_visible_name(draft->replay, draft->inputs[i]));
    }
    return true;
}

static bool check_plpgsql(struct draft *draft)
{
    const struct type *result = draft->result.type;
    uint16_t oid = type_oid(result);
    bool is_trigger = oid == 2279, is_event_trigger = oid == 3838;

    if (is_unusable(result) && oid != 2278 /* void */ && !is_trigger &&
        !is_event_trigger)
        return replay_fail(draft->replay, "0A000",
                           "PL/pgSQL functions cannot return type %s",
                           type_visible_name(draft->replay, result));
    for (size_t i = 0; i < draft->count; i++) {
        const struct type *type = draft->parameters[i].type.type;

        if (is_unusable(type))
            return replay_fail(draft->replay, "0A000",
                               "PL/pgSQL functions cannot accept type %s",
                               type_visible_name(draft->replay, type));
    }
    if (draft->input_count > 0 && is_trigger)
        return fail_definition(
            draft, "trigger functions cannot have declared arguments");
    if (draft->input_count > 0 && is_event_trigger)
        return fail_definition(
            draft, "event trigger functions cannot have declared arguments");
    return true;
}

/* What procedural languages cannot take or give. */
static bool check_language(struct draft *draft)
{
    if (draft->is_unsure)
        return true;
    if (strcmp(draft->options.language, "sql") == 0)
        return check_sql(draft);
    return strcmp(draft->options.language, "plpgsql") != 0 ||
           check_plpgsql(draft);
}

static enum function_kind kind_of(const struct draft *draft)
{
    if (draft->create->is_procedure)
        return FUNCTION_PROCEDURE;
    return draft->options.is_window ? FUNCTION_WINDOW : FUNCTION_FUNCTION;
}

/* The same columns come out. */
static bool same_row(const struct draft *draft, const struct function *old)
{
    size_t i = 0, j = 0;

    for (;;) {
        while (i < draft->count && !is_out(draft->parameters[i].mode))
            i++;
        while (j < old->parameter_count && !is_out(old->parameters[j].mode))
            j++;
        if (i == draft->count || j == old->parameter_count)
            return i == draft->count && j == old->parameter_count;
        if (draft->parameters[i].type.type != old->parameters[j].type.type)
            return false;
        if (draft->out_count > 1 &&
            strcmp(draft->parameters[i].name ? draft->parameters[i].name : "",
                   old->parameters[j].name ? old->parameters[j].name : "") != 0)
            return false;
        i++;
        j++;
    }
}

static bool may_replace_result(struct draft *draft, const struct function *old)
{
    bool is_record = draft->result.type && type_oid(draft->result.type) == 2249;

    if (old->result.type == draft->result.type &&
        old->returns_set == draft->returns_set &&
        (!is_record || same_row(draft, old)))
        return true;
    if (draft->is_unsure || !old->result.type)
        return true;
    return fail_definition(
        draft,
        draft->create->is_procedure && old->result.type != draft->result.type
            ? "cannot change whether a procedure has output parameters"
            : "cannot change return type of existing function");
}

/* Names of input, once given, stay. */
static bool may_replace_names(struct draft *draft, const struct function *old)
{
    size_t i = 0;

    for (size_t j = 0; j < old->parameter_count; j++) {
        const struct parameter *parameter = &old->parameters[j];
        const char *name;

        if (!function_is_input(parameter))
            continue;
        while (i < draft->count && !function_is_input(&draft->parameters[i]))
            i++;
        name = i < draft->count ? draft->parameters[i].name : NULL;
        i++;
        if (parameter->name && (!name || strcmp(name, parameter->name) != 0))
            return replay_fail(draft->replay, "42P13",
                               "cannot change name of input parameter \"%s\"",
                               parameter->name);
    }
    return true;
}

static bool may_replace(struct draft *draft, const struct function *old)
{
    size_t defaults = 0;

    if (!draft->create->replace)
        return !replay_refuse(draft->replay) ||
               replay_fail(draft->replay, "42723",
                           "function \"%s\" already exists with same argument "
                           "types",
                           old->name);
    if (old->kind != kind_of(draft))
        return replay_fail(draft->replay, "42809",
                           "cannot change routine kind");
    if (!may_replace_result(draft, old) || !may_replace_names(draft, old))
        return false;
    for (size_t i = 0; i < old->parameter_count; i++)
        defaults += old->parameters[i].has_default;
    return defaults <= draft->default_count ||
           fail_definition(draft, "cannot remove parameter defaults from "
                                  "existing function");
}

/* What is only for writing it again, and what that needs. */
static bool keep_definition(struct draft *draft, struct function *function)
{
    const List *nodes = draft->create->parameters;
    size_t count = (size_t)list_length(nodes);

    for (size_t i = 0; i < count && i < draft->count; i++) {
        if (!function_bind_default(draft->replay, function,
                                   &draft->parameters[i],
                                   list_nth(nodes, (int)i)))
            return false;
    }
    return function_keep_definition(draft->replay, function, draft->create);
}

static void note_needs(struct draft *draft, struct function *function)
{
    for (size_t i = 0; i < draft->count; i++)
        dependency_add_type(draft->replay, &function->object,
                            draft->parameters[i].type.type);
    dependency_add_type(draft->replay, &function->object, draft->result.type);
}

static const struct word_filter *words_of(struct schema *schema,
                                          const char *body)
{
    struct word_filter *words;

    if (!body)
        return NULL;
    words = arena_alloc(&schema->arena, sizeof *words);
    word_filter_add(words, slice_from(body));
    return words;
}

static void fill(struct draft *draft, struct function *function)
{
    struct schema *schema = draft->replay->schema;

    function->kind = kind_of(draft);
    function->parameters = draft->parameters;
    function->parameter_count = draft->count;
    function->result = draft->result;
    function->returns_set = draft->returns_set;
    function->is_strict = draft->options.is_strict;
    function->is_security_definer = draft->options.is_security_definer;
    function->has_search_path = draft->options.has_search_path;
    function->search_path = draft->options.search_path;
    function->definer_at = draft->options.definer_at;
    function->volatility = draft->options.volatility;
    function->defined_at = replay_place_at(draft->replay, -1);
    function->volatility_at = draft->options.volatility_at;
    function->language = model_name(schema, draft->options.language);
    function->body = model_name(schema, draft->options.body);
    function->statements = NULL;
    function->words = words_of(schema, function->body);
    function->body_at = draft->options.body_at;
    function->is_sql_body = draft->create->sql_body != NULL;
    function->definition = NULL;
}

bool function_create(struct replay *replay, const CreateFunctionStmt *create)
{
    struct schema *schema = replay->schema;
    struct draft draft = {.replay = replay, .create = create};
    struct qualified_name name = name_from_list(create->funcname);
    struct namespace *namespace = replay_namespace(replay, name.schema);
    struct function *function;

    if (!namespace || !function_options_read(replay, create, &draft.options) ||
        !read_parameters(&draft) || !read_result(&draft) ||
        !check_internal(&draft))
        return false;
    function = function_in(schema, namespace, name.name, draft.inputs,
                           draft.input_count);
    if (function) {
        if (!may_replace(&draft, function))
            return false;
        journal_save(&schema->journal, function, sizeof *function);
        model_forget_needs(schema, &function->object);
        if (!function->made_at.source) /* it came with a range type */
            function->made_at = replay_place_at(replay, -1);
    } else {
        function = model_add_function(schema, namespace, name.name,
                                      replay_place_at(replay, -1));
        function->is_public_revoked = schema->is_public_revoked;
    }
    fill(&draft, function);
    note_needs(&draft, function);
    return check_language(&draft) && keep_definition(&draft, function);
}
