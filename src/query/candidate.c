/*
 * Collects candidates: the functions of a name whose number of parameters can
 * be made to fit, by VARIADIC, defaults or names (catalog/namespace.c,
 * FuncnameGetCandidates and MatchNamedCall).
 */
#include "query/candidate.h"

#include <string.h>

int candidate_path(const struct candidate_search *search,
                   const struct namespace *namespace)
{
    const struct search_path *path;

    if (!namespace)
        return -1;
    if (search->namespace_name)
        return strcmp(namespace->name, search->namespace_name) == 0 ? 0 : -1;
    path = model_search_path(search->schema);
    if (!path->has_catalog && strcmp(namespace->name, "pg_catalog") == 0)
        return 0;
    for (size_t i = 0; i < path->count; i++) {
        if (strcmp(path->names[i], namespace->name) == 0)
            return (int)i + 1;
    }
    return -1;
}

/* The namespace of a catalogue row: that of the extension, which is set too.
 * Null if the extension is not there. */
static const struct namespace *namespace_of(struct schema *schema, uint8_t unit,
                                            struct extension **extension)
{
    const struct builtin_extension *row;

    *extension = NULL;
    if (unit == BUILTIN_CATALOG)
        return model_find_namespace(schema, "pg_catalog");
    if (unit == BUILTIN_INFORMATION_SCHEMA)
        return model_find_namespace(schema, "information_schema");
    row = builtin_extension_of_unit(unit);
    *extension =
        row ? model_find_extension(schema, builtin_text(row->name)) : NULL;
    return *extension ? (*extension)->namespace : NULL;
}

int candidate_path_of_unit(const struct candidate_search *search, uint8_t unit,
                           struct extension **extension)
{
    const struct search_path *path;

    *extension = NULL;
    /* Nearly every row is of pg_catalog. */
    if (unit == BUILTIN_CATALOG) {
        if (search->namespace_name)
            return strcmp(search->namespace_name, "pg_catalog") == 0 ? 0 : -1;
        path = model_search_path(search->schema);
        if (!path->has_catalog)
            return 0;
    }
    return candidate_path(search,
                          namespace_of(search->schema, unit, extension));
}

/* A function that may be called, before its parameters are fitted. */
struct offer {
    const struct builtin_function *builtin;
    struct function *function;
    struct extension *extension;
    struct type **types; /* of its input parameters */
    const char **names;  /* of them; null elements: none */
    size_t count;
    size_t default_count;
    struct type *variadic; /* of the elements; null: it is not variadic */
    int path;
};

/* Where each parameter's argument is in the call; -1: its default is used.
 * False if names or numbers do not fit (MatchNamedCall). */
static bool match_names(const struct offer *offer,
                        const struct function_call *call, int *places)
{
    size_t positional = 0;

    while (positional < call->argument_count && !call->names[positional])
        positional++;
    if (call->argument_count > offer->count)
        return false;
    for (size_t i = 0; i < offer->count; i++)
        places[i] = i < positional ? (int)i : -1;
    for (size_t i = positional; i < call->argument_count; i++) {
        size_t found = 0;

        while (found < offer->count &&
               !(offer->names[found] && call->names[i] &&
                 strcmp(offer->names[found], call->names[i]) == 0))
            found++;
        if (found == offer->count || places[found] >= 0)
            return false;
        places[found] = (int)i;
    }
    for (size_t i = positional; i < offer->count; i++) {
        if (places[i] < 0 && i < offer->count - offer->default_count)
            return false;
    }
    return true;
}

static bool has_names(const struct function_call *call)
{
    return call->names && call->argument_count &&
           call->names[call->argument_count - 1];
}

/* Parameters in the order of the arguments that names put in place. */
static bool fit_by_name(struct arena *arena, const struct offer *offer,
                        const struct function_call *call,
                        struct candidate *candidate)
{
    int *places = arena_alloc(arena, (offer->count + 1) * sizeof *places);
    size_t next = call->argument_count;

    if (!match_names(offer, call, places))
        return false;
    candidate->parameter_count = offer->count;
    candidate->default_count = offer->count - call->argument_count;
    candidate->parameters =
        arena_alloc(arena, (offer->count + 1) * sizeof(struct type *));
    for (size_t i = 0; i < offer->count; i++) {
        size_t place = places[i] >= 0 ? (size_t)places[i] : next++;

        candidate->parameters[place] = offer->types[i];
    }
    return true;
}

static bool fit_by_place(struct arena *arena, const struct offer *offer,
                         const struct function_call *call,
                         struct candidate *candidate)
{
    size_t given = call->argument_count, count = offer->count;
    bool is_variadic = offer->variadic && !call->is_variadic && count <= given;

    if (given < count) {
        if (given + offer->default_count < count)
            return false;
        candidate->default_count = count - given;
    } else if (given != count && !is_variadic)
        return false;
    candidate->parameter_count = given > count ? given : count;
    candidate->parameters = arena_alloc(
        arena, (candidate->parameter_count + 1) * sizeof(struct type *));
    memcpy(candidate->parameters, offer->types, count * sizeof(struct type *));
    if (is_variadic) {
        candidate->variadic_count = candidate->parameter_count - count + 1;
        for (size_t i = count - 1; i < candidate->parameter_count; i++)
            candidate->parameters[i] = offer->variadic;
    }
    return true;
}

static bool have_same_parameters(const struct candidate *a,
                                 const struct candidate *b)
{
    size_t count = a->parameter_count - a->default_count;

    return count == b->parameter_count - b->default_count &&
           (count == 0 || memcmp(a->parameters, b->parameters,
                                 count * sizeof(struct type *)) == 0);
}

static bool is_plain(const struct candidate *candidate)
{
    return candidate->variadic_count == 0 && candidate->default_count == 0;
}

/* Of several that would be called with the same types one goes before: that
 * of the earlier schema, that without VARIADIC. */
static void add_candidate(struct arena *arena,
                          struct candidate_array *candidates,
                          const struct candidate *candidate)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *other = &candidates->items[i];
        int preference = 0;

        /* In one schema no two take the same. */
        if ((other->path == candidate->path && is_plain(other) &&
             is_plain(candidate)) ||
            !have_same_parameters(other, candidate))
            continue;
        if (other->path != candidate->path)
            preference = candidate->path - other->path;
        else if (candidate->variadic_count && !other->variadic_count)
            preference = 1;
        else if (!candidate->variadic_count && other->variadic_count)
            preference = -1;
        if (preference < 0)
            *other = *candidate;
        else if (preference == 0)
            other->is_ambiguous = true;
        return;
    }
    *array_push(arena, candidates) = *candidate;
}

static void consider(const struct candidate_search *search,
                     const struct function_call *call,
                     const struct offer *offer,
                     struct candidate_array *candidates)
{
    struct candidate candidate = {.builtin = offer->builtin,
                                  .function = offer->function,
                                  .extension = offer->extension,
                                  .path = offer->path};
    bool fits = has_names(call)
                    ? fit_by_name(search->arena, offer, call, &candidate)
                    : fit_by_place(search->arena, offer, call, &candidate);

    if (fits)
        add_candidate(search->arena, candidates, &candidate);
}

/* The names of input parameters, in their order. */
static const char **names_of_row(struct arena *arena,
                                 const struct builtin_function *row)
{
    const struct builtin_argument *details = builtin_details(row);
    const char **names =
        arena_alloc(arena, (row->argument_count + 1) * sizeof *names);
    size_t next = 0;

    for (size_t i = 0; i < row->detail_count; i++) {
        const char *name = builtin_text(details[i].name);

        if (details[i].mode != 'o' && details[i].mode != 't' &&
            next < row->argument_count)
            names[next++] = *name ? name : NULL;
    }
    return names;
}

static void consider_row(const struct candidate_search *search,
                         const struct function_call *call,
                         const struct builtin_function *row,
                         struct candidate_array *candidates)
{
    const uint16_t *arguments = builtin_arguments(row);
    struct offer offer = {.builtin = row,
                          .count = row->argument_count,
                          .default_count = row->default_count};

    offer.path = candidate_path_of_unit(search, row->unit, &offer.extension);
    if (offer.path < 0 ||
        row->argument_count > call->argument_count + row->default_count)
        return;
    if (row->argument_count < call->argument_count && !row->variadic)
        return;
    offer.types =
        arena_alloc(search->arena, (offer.count + 1) * sizeof(struct type *));
    for (size_t i = 0; i < offer.count; i++) {
        offer.types[i] = type_of_oid(search->schema, arguments[i]);
        if (!offer.types[i])
            return;
    }
    if (row->variadic)
        offer.variadic = type_of_oid(search->schema, row->variadic);
    if (has_names(call))
        offer.names = names_of_row(search->arena, row);
    consider(search, call, &offer, candidates);
}

/* What the elements of a VARIADIC parameter are. */
static struct type *variadic_element(struct schema *schema, struct type *type)
{
    switch (type_oid(type)) {
    case OID_ANY: return type;
    case OID_ANYARRAY: return type_of_oid(schema, OID_ANYELEMENT);
    case OID_ANYCOMPATIBLEARRAY: return type_of_oid(schema, OID_ANYCOMPATIBLE);
    default: return type ? coerce_element(schema, type) : NULL;
    }
}

/* OUT parameters are given in CALL from 14 on, never elsewhere. */
static bool is_input(const struct schema *schema,
                     const struct function_call *call,
                     const struct parameter *parameter)
{
    if (parameter->mode == FUNC_PARAM_TABLE)
        return false;
    return parameter->mode != FUNC_PARAM_OUT ||
           (call->is_procedure && schema->postgres_version >= 14);
}

/* False if a parameter's type is not known. */
static bool consider_function(const struct candidate_search *search,
                              const struct function_call *call,
                              struct function *function,
                              struct candidate_array *candidates)
{
    size_t size = function->parameter_count + 1;
    struct offer offer = {.function = function,
                          .extension = function->extension};

    offer.path = candidate_path(search, function->namespace);
    offer.types = arena_alloc(search->arena, size * sizeof(struct type *));
    offer.names = arena_alloc(search->arena, size * sizeof(const char *));
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (!is_input(search->schema, call, parameter))
            continue;
        if (!parameter->type.type)
            return false;
        offer.types[offer.count] = parameter->type.type;
        offer.names[offer.count++] = parameter->name;
        if (parameter->has_default)
            offer.default_count++;
        if (parameter->mode == FUNC_PARAM_VARIADIC)
            offer.variadic =
                variadic_element(search->schema, parameter->type.type);
    }
    consider(search, call, &offer, candidates);
    return true;
}

static void consider_functions_in(struct candidate_search *search,
                                  const struct function_call *call,
                                  const struct namespace *namespace,
                                  struct candidate_array *candidates)
{
    struct function *function =
        namespace
            ? model_functions_in(search->schema, namespace, call->name.name)
            : NULL;

    for (; function; function = function->next_overload) {
        if (!consider_function(search, call, function, candidates))
            search->has_unknown = true;
    }
}

struct candidate_array candidates_of_function(struct candidate_search *search,
                                              const struct function_call *call)
{
    uint8_t version = builtin_version(search->schema->postgres_version);
    struct builtin_functions named;
    const struct search_path *path = model_search_path(search->schema);
    struct candidate_array candidates = {0};

    named = builtin_functions_named(
        call->is_sql_syntax ? builtin_syntax_function(version, call->name.name)
                            : call->name.name);
    for (size_t i = 0; i < named.count; i++) {
        if (named.rows[i].versions & version)
            consider_row(search, call, &named.rows[i], &candidates);
    }
    if (search->namespace_name) {
        consider_functions_in(
            search, call,
            model_find_namespace(search->schema, search->namespace_name),
            &candidates);
        return candidates;
    }
    for (size_t i = 0; i < path->count; i++)
        consider_functions_in(search, call, path->found[i], &candidates);
    return candidates;
}

struct candidate_array candidates_of_operator(
    const struct candidate_search *search, const char *name, bool is_prefix)
{
    struct schema *schema = search->schema;
    uint8_t version = builtin_version(schema->postgres_version);
    struct builtin_operators named = builtin_operators_named(name);
    struct candidate_array candidates = {0};

    for (size_t i = 0; i < named.count; i++) {
        const struct builtin_operator *row = &named.rows[i];
        struct candidate candidate = {.operator_row = row,
                                      .parameter_count = is_prefix ? 1 : 2};

        if (!(row->versions & version) || (row->left == 0) != is_prefix ||
            row->right == 0)
            continue;
        candidate.path =
            candidate_path_of_unit(search, row->unit, &candidate.extension);
        if (candidate.path < 0)
            continue;
        candidate.parameters = arena_alloc(
            search->arena, candidate.parameter_count * sizeof(struct type *));
        if (!is_prefix)
            candidate.parameters[0] = type_of_oid(schema, row->left);
        candidate.parameters[!is_prefix] = type_of_oid(schema, row->right);
        if (candidate.parameters[0] && candidate.parameters[!is_prefix])
            add_candidate(search->arena, &candidates, &candidate);
    }
    return candidates;
}
