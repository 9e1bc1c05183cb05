/*
 * The function that a call means: func_get_detail() of parse_func.c. An exact
 * match first, then a cast in the shape of a call, then the best of those
 * that the arguments can be coerced to.
 */
#include "query/candidate.h"

#include "base/buffer.h"

#include <string.h>

#define ARGUMENT_COUNT_MAX 100 /* FUNC_MAX_ARGS */

bool candidates_are_all(const struct schema *schema)
{
    return schema->is_complete && schema->begins_empty &&
           !schema->has_unknown_objects;
}

static bool are_known(const struct function_call *call)
{
    for (size_t i = 0; i < call->argument_count; i++) {
        if (!call->arguments[i])
            return false;
    }
    return true;
}

static struct candidate *find_exact(const struct candidate_array *candidates,
                                    const struct function_call *call)
{
    size_t size = call->argument_count * sizeof(struct type *);

    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->items[i];

        if (size == 0 ||
            memcmp(candidate->parameters, call->arguments, size) == 0)
            return candidate;
    }
    return NULL;
}

/* float8(x) is a cast where there is no such function. */
static struct type *find_cast(struct schema *schema,
                              const struct function_call *call)
{
    struct type *source = call->argument_count ? call->arguments[0] : NULL;
    struct type *target;

    if (call->argument_count != 1 || (call->names && call->names[0]))
        return NULL;
    target = type_find_named(schema, call->name);
    if (!target || !source || target->kind == TYPE_ROW ||
        target->kind == TYPE_COMPOSITE)
        return NULL;
    if (type_oid(source) == OID_UNKNOWN)
        return target;
    switch (coerce_find(schema, source, target, COERCION_EXPLICIT).path) {
    case COERCION_PATH_RELABEL: return target;
    case COERCION_PATH_IN_OUT:
        if ((type_oid(source) == OID_RECORD || coerce_is_complex(source)) &&
            coerce_category(target) == 'S')
            return NULL;
        return target;
    case COERCION_PATH_NONE:
    case COERCION_PATH_FUNCTION:
    case COERCION_PATH_ARRAY: return NULL;
    }
    return NULL;
}

static struct data_type result_of(struct schema *schema,
                                  const struct candidate *candidate)
{
    if (candidate->function)
        return candidate->function->result;
    return (struct data_type){type_of_oid(schema, candidate->builtin->result),
                              -1};
}

static char kind_of(const struct function *function)
{
    switch (function->kind) {
    case FUNCTION_FUNCTION: return 'f';
    case FUNCTION_PROCEDURE: return 'p';
    case FUNCTION_AGGREGATE: return 'a';
    case FUNCTION_WINDOW: return 'w';
    }
    return 'f';
}

/* Fills the choice with what was found; polymorphic types become what they are
 * in this call. A candidate without parameters takes what the call has. */
static void take(struct schema *schema, struct arena *arena,
                 const struct function_call *call,
                 const struct candidate *candidate,
                 struct function_choice *choice)
{
    struct data_type result = result_of(schema, candidate);
    size_t count = call->argument_count;

    choice->outcome = CHOICE_FOUND;
    choice->builtin = candidate->builtin;
    choice->function = candidate->function;
    choice->extension = candidate->extension;
    if (candidate->builtin) {
        choice->returns_set = candidate->builtin->returns_set;
        choice->kind = candidate->builtin->kind;
        choice->volatility = coerce_volatility(candidate->builtin->volatility);
    } else {
        choice->returns_set = candidate->function->returns_set;
        choice->kind = kind_of(candidate->function);
        choice->volatility = candidate->function->volatility;
    }
    choice->parameters =
        arena_alloc(arena, (count + 1) * sizeof(struct type *));
    memcpy(choice->parameters,
           candidate->parameters ? candidate->parameters : call->arguments,
           count * sizeof(struct type *));
    choice->result = result;
    if (!result.type)
        return;
    if (are_known(call)) {
        choice->result.type =
            coerce_resolve(schema, call->arguments, choice->parameters, count,
                           result.type, &choice->failure);
    } else if (coerce_is_polymorphic(result.type))
        choice->result.type = NULL;
}

static enum volatility volatility_of(const struct candidate *candidate)
{
    const struct function *function = candidate->function;

    if (candidate->builtin)
        return coerce_volatility(candidate->builtin->volatility);
    return function->language && strcmp(function->language, "sql") == 0
               ? VOLATILITY_IMMUTABLE
               : function->volatility;
}

/* Whichever of those that remain it is. One in SQL may be less volatile than
 * it says. */
static enum volatility least_volatility(
    const struct candidate_array *candidates)
{
    enum volatility least = VOLATILITY_VOLATILE;

    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *candidate = &candidates->items[i];

        if (!candidate->is_dropped && volatility_of(candidate) < least)
            least = volatility_of(candidate);
    }
    return least;
}

static enum volatility most_volatility(const struct candidate_array *candidates)
{
    enum volatility most = VOLATILITY_IMMUTABLE;

    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *candidate = &candidates->items[i];
        enum volatility volatility = candidate->builtin
                                         ? volatility_of(candidate)
                                         : candidate->function->volatility;

        if (!candidate->is_dropped && volatility > most)
            most = volatility;
    }
    return most;
}

/* All that remain give the same: that much is known. */
static void take_common_result(struct schema *schema,
                               const struct candidate_array *candidates,
                               struct function_choice *choice)
{
    const struct candidate *first = candidates_first(candidates);
    struct data_type result = result_of(schema, first);

    choice->outcome = CHOICE_UNKNOWN;
    choice->volatility = least_volatility(candidates);
    choice->volatility_most = most_volatility(candidates);
    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *candidate = &candidates->items[i];

        if (!candidate->is_dropped &&
            result_of(schema, candidate).type != result.type)
            return;
    }
    if (result.type && !coerce_is_polymorphic(result.type))
        choice->result = result;
}

static void choose_by_coercion(const struct candidate_search *search,
                               const struct function_call *call,
                               struct candidate_array *candidates,
                               struct function_choice *choice)
{
    struct candidate *best;
    size_t count = candidates_match(search, candidates, call->arguments,
                                    call->argument_count);

    if (count == 0) {
        choice->outcome = are_known(call) && candidates_are_all(search->schema)
                              ? CHOICE_NONE
                              : CHOICE_UNKNOWN;
        return;
    }
    if (count == 1)
        best = candidates_first(candidates);
    else if (!are_known(call)) {
        take_common_result(search->schema, candidates, choice);
        return;
    } else
        best = candidates_select(search, candidates, call->arguments,
                                 call->argument_count);
    if (best && !best->is_ambiguous)
        take(search->schema, search->arena, call, best, choice);
    else
        choice->outcome = CHOICE_AMBIGUOUS;
}

static bool takes_exactly(const struct builtin_function *row,
                          const struct function_call *call)
{
    const uint16_t *arguments = builtin_arguments(row);

    if (row->argument_count != call->argument_count || row->variadic)
        return false;
    for (size_t i = 0; i < call->argument_count; i++) {
        if (type_oid(call->arguments[i]) != arguments[i])
            return false;
    }
    return true;
}

/* Where a choice is remembered: most calls are of a few functions. */
static const struct builtin_function **function_memory(
    struct schema *schema, const struct function_call *call)
{
    const char *name = call->name.name;
    size_t slot = (unsigned char)name[0] * 31u + strlen(name) * 7u;

    for (size_t i = 0; i < call->argument_count; i++)
        slot = slot * 5u + type_oid(call->arguments[i]);
    return &schema->function_cache[slot % CHOICE_CACHE_SIZE];
}

/*
 * A function of pg_catalog for exactly these types: where that is the first
 * schema of the path none goes before it, and most calls mean such a one.
 */
static const struct builtin_function *find_in_catalog(
    const struct candidate_search *search, const struct function_call *call)
{
    uint8_t version = builtin_version(search->schema->postgres_version);
    const struct builtin_function **cached;
    struct builtin_functions named;
    struct extension *none;

    if (call->names || call->is_variadic || call->is_sql_syntax ||
        candidate_path_of_unit(search, BUILTIN_CATALOG, &none) != 0)
        return NULL;
    cached = function_memory(search->schema, call);
    if (*cached && takes_exactly(*cached, call) &&
        strcmp(builtin_text((*cached)->name), call->name.name) == 0)
        return *cached;
    named = builtin_functions_named(call->name.name);
    for (size_t i = 0; i < named.count; i++) {
        const struct builtin_function *row = &named.rows[i];

        if ((row->versions & version) && row->unit == BUILTIN_CATALOG &&
            takes_exactly(row, call))
            return *cached = row;
    }
    return NULL;
}

void choose_function(struct schema *schema, struct arena *arena,
                     const struct function_call *call,
                     struct function_choice *choice)
{
    struct candidate_search search = {schema, arena, call->name.schema, false};
    struct candidate in_catalog = {0};
    struct candidate_array candidates;
    struct candidate *exact = NULL;
    struct type *target;

    memset(choice, 0, sizeof *choice);
    choice->result.modifier = -1;
    choice->outcome = CHOICE_UNKNOWN;
    choice->volatility_most = VOLATILITY_VOLATILE;
    if (!call->name.name || call->argument_count > ARGUMENT_COUNT_MAX)
        return;
    in_catalog.builtin = find_in_catalog(&search, call);
    if (in_catalog.builtin) {
        take(schema, arena, call, &in_catalog, choice);
        return;
    }
    candidates = candidates_of_function(&search, call);
    if (search.has_unknown)
        return;
    if (are_known(call))
        exact = find_exact(&candidates, call);
    if (exact) {
        if (exact->is_ambiguous)
            choice->outcome = CHOICE_AMBIGUOUS;
        else
            take(schema, arena, call, exact, choice);
        return;
    }
    target = find_cast(schema, call);
    if (target) {
        choice->outcome = CHOICE_CAST;
        choice->result.type = target;
        return;
    }
    choose_by_coercion(&search, call, &candidates, choice);
}

const char *choose_function_signature(struct schema *schema,
                                      struct arena *arena,
                                      const struct function_call *call)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    if (call->name.schema)
        buffer_add_format(&buffer, "%s.", call->name.schema);
    buffer_add_format(&buffer, "%s(", call->name.name);
    for (size_t i = 0; i < call->argument_count; i++) {
        const char *type =
            type_to_visible_text(schema, arena, call->arguments[i]);

        if (i)
            buffer_add_text(&buffer, ", ");
        if (call->names && call->names[i])
            buffer_add_format(&buffer, "%s => ", call->names[i]);
        buffer_add_text(&buffer, type ? type : "?");
    }
    buffer_add_char(&buffer, ')');
    return buffer_text(&buffer);
}
