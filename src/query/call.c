/*
 * Calls of functions: which function it is, what its arguments become, and
 * where aggregates, window functions and functions that return sets may stand.
 * (ParseFuncOrColumn() of parse_func.c)
 */
#include "query/analysis.h"

#include "query/placement.h"

#include <string.h>

/* A call with its arguments analysed. */
struct call {
    struct scope *scope;
    const FuncCall *node; /* null: a built-in function on values */
    struct function_call given;
    struct value *values;
    struct function_choice choice;
    ParseLoc location;
};

/* The types that polymorphic OUT parameters have in this call. */
static struct data_type output_type(struct call *call, struct type *type,
                                    struct type *const *declared, size_t count)
{
    struct analysis *analysis = call->scope->analysis;
    struct type **copy;

    if (!type || !coerce_is_polymorphic(type))
        return (struct data_type){type, -1};
    if (count > call->given.argument_count)
        count = call->given.argument_count;
    for (size_t i = 0; i < count; i++) {
        if (!call->given.arguments[i] || !declared[i])
            return (struct data_type){NULL, -1};
    }
    copy = arena_alloc(analysis->arena, (count + 1) * sizeof *copy);
    if (count > 0)
        memcpy(copy, declared, count * sizeof *copy);
    return (struct data_type){coerce_resolve(analysis->schema,
                                             call->given.arguments, copy, count,
                                             type, NULL),
                              -1};
}

static bool is_output(char mode)
{
    return mode == FUNC_PARAM_OUT || mode == FUNC_PARAM_INOUT ||
           mode == FUNC_PARAM_TABLE;
}

static void add_builtin_outputs(struct call *call, struct row *row)
{
    const struct builtin_function *function = call->choice.builtin;
    const struct builtin_argument *details = builtin_details(function);
    const uint16_t *arguments = builtin_arguments(function);
    struct analysis *analysis = call->scope->analysis;
    struct type **declared = arena_alloc(
        analysis->arena, (function->argument_count + 1u) * sizeof *declared);

    for (size_t i = 0; i < function->argument_count; i++)
        declared[i] = type_of_oid(analysis->schema, arguments[i]);
    for (size_t i = 0; i < function->detail_count; i++) {
        if (is_output((char)details[i].mode))
            row_add(analysis, row, builtin_text(details[i].name),
                    value_of(output_type(
                        call, type_of_oid(analysis->schema, details[i].type),
                        declared, function->argument_count)));
    }
}

static void add_outputs(struct call *call, struct row *row)
{
    const struct function *function = call->choice.function;
    struct analysis *analysis = call->scope->analysis;
    struct type **declared = arena_alloc(
        analysis->arena, (function->parameter_count + 1) * sizeof *declared);
    size_t count = 0;

    for (size_t i = 0; i < function->parameter_count; i++) {
        char mode = function->parameters[i].mode;

        if (mode != FUNC_PARAM_OUT && mode != FUNC_PARAM_TABLE)
            declared[count++] = function->parameters[i].type.type;
    }
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (!is_output(parameter->mode))
            continue;
        row_add(
            analysis, row,
            parameter->name
                ? parameter->name
                : arena_format(analysis->arena, "column%u", row->count + 1),
            value_of(output_type(call, parameter->type.type, declared, count)));
    }
}

/* OUT parameters: one names the result, several are its columns. */
static void note_outputs(struct call *call, struct value *value)
{
    struct row *row = arena_alloc(call->scope->analysis->arena, sizeof *row);

    row->is_complete = true;
    if (call->choice.builtin)
        add_builtin_outputs(call, row);
    else if (call->choice.function)
        add_outputs(call, row);
    if (row->count == 1 && row->items[0].name[0] != '\0' &&
        type_oid(value->type.type) != RECORDOID)
        value->name = row->items[0].name;
    else if (row->count > 0 && type_oid(value->type.type) == RECORDOID)
        value->row = row;
}

static void coerce_arguments(struct call *call)
{
    struct analysis *analysis = call->scope->analysis;

    for (size_t i = 0; i < call->given.argument_count; i++) {
        struct type *type = call->choice.parameters[i];
        struct value value = call->values[i];

        if (type && type_oid(type) != ANYOID && value.type.type)
            value_coerce(analysis, &value, (struct data_type){type, -1},
                         COERCION_IMPLICIT);
    }
}

static const char *decoration(const FuncCall *node)
{
    if (node->agg_star)
        return "%s(*) specified, but %s is not an aggregate function";
    if (node->agg_distinct)
        return "DISTINCT specified, but %s is not an aggregate function";
    if (node->agg_within_group)
        return "WITHIN GROUP specified, but %s is not an aggregate function";
    if (node->agg_order)
        return "ORDER BY specified, but %s is not an aggregate function";
    if (node->agg_filter)
        return "FILTER specified, but %s is not an aggregate function";
    if (node->over)
        return "OVER specified, but %s is not a window function nor an "
               "aggregate function";
    return NULL;
}

static const char *call_name(const struct call *call)
{
    const struct qualified_name *name = &call->given.name;

    return name->schema ? arena_format(call->scope->analysis->arena, "%s.%s",
                                       name->schema, name->name)
                        : name->name;
}

/* FILTER and its like belong to aggregates. */
static void check_plain_function(struct call *call)
{
    struct analysis *analysis = call->scope->analysis;
    const char *format = call->node ? decoration(call->node) : NULL;
    const char *name = call_name(call);
    struct buffer message;

    if (call->choice.kind == 'p') {
        analysis_fail(analysis, call->location, "42809", "%s is a procedure",
                      call->given.argument_count || call->node
                          ? choose_function_signature(
                                analysis->schema, analysis->arena, &call->given)
                          : name);
        return;
    }
    if (!format)
        return;
    buffer_init(&message, analysis->arena);
    for (const char *c = format; *c; c++) {
        if (c[0] == '%' && c[1] == 's') {
            buffer_add_text(&message, name);
            c++;
        } else {
            buffer_add_char(&message, *c);
        }
    }
    analysis_fail(analysis, call->location, "42809", "%s",
                  buffer_text(&message));
}

/* WITHIN GROUP belongs to ordered-set aggregates, and they to it. */
static bool check_within_group(struct call *call)
{
    const struct builtin_function *row = call->choice.builtin;
    bool is_within = call->node && call->node->agg_within_group;
    bool is_ordered = row && row->aggregate_kind && row->aggregate_kind != 'n';

    if (!row || call->choice.kind != 'a' || is_within == is_ordered)
        return true;
    analysis_fail(call->scope->analysis, call->location, "42809",
                  is_ordered ? "WITHIN GROUP is required for ordered-set "
                               "aggregate %s"
                             : "%s is not an ordered-set aggregate, so it "
                               "cannot have WITHIN GROUP",
                  call_name(call));
    return false;
}

static void check_aggregate(struct call *call, struct aggregate *aggregate)
{
    struct scope *scope = call->scope;

    if (call->node && call->node->agg_star && call->given.argument_count > 0)
        return;
    if (call->node && !call->node->agg_star && call->given.argument_count == 0)
        analysis_fail(scope->analysis, call->location, "42809",
                      "%s(*) must be used to call a parameterless aggregate "
                      "function",
                      call_name(call));
    placement_check(scope, aggregate, call->node && call->node->over,
                    call->location);
}

static void check_window_function(struct call *call)
{
    if (call->node && !call->node->over)
        analysis_fail(call->scope->analysis, call->location, "42809",
                      "window function %s requires an OVER clause",
                      call_name(call));
    else
        placement_check_window(call->scope, call->location);
}

/* It may be an aggregate, of this query or one outside of it: whether what is
 * in it must be grouped by is not known. */
static void note_unknown_call(const struct call *call)
{
    for (struct scope *scope = call->scope; scope; scope = scope->outer)
        scope->grouping.has_unknown = true;
}

/*
 * concat(), to_json() and their like are STABLE because what they make of some
 * types depends on settings: with arguments of other types they give the same
 * for the same.
 */
static bool is_stable_for_types(const struct call *call)
{
    const struct builtin_function *row = call->choice.builtin;
    const uint16_t *declared = row ? builtin_arguments(row) : NULL;
    uint16_t result = type_oid(call->choice.result.type);
    bool takes_any = false;

    if (!row || call->choice.volatility != VOLATILITY_STABLE ||
        (result != TEXTOID && result != JSONOID && result != JSONBOID))
        return false;
    for (size_t i = 0; i < row->argument_count; i++)
        takes_any |= declared[i] == ANYOID || declared[i] == ANYELEMENTOID ||
                     declared[i] == ANYARRAYOID;
    return takes_any;
}

/* All arguments become the same text under any settings. */
static bool are_texts_stable(const struct call *call)
{
    struct schema *schema = call->scope->analysis->schema;
    struct type *text = type_of_oid(schema, TEXTOID);

    for (size_t i = 0; i < call->given.argument_count; i++) {
        struct type *type = call->values[i].type.type;

        if (type && coerce_is_array(type))
            type = coerce_element(schema, coerce_base_type(type, NULL));
        if (!type || !text)
            return false;
        if (type_oid(type) != UNKNOWNOID &&
            coerce_find(schema, type, text, COERCION_EXPLICIT).volatility !=
                VOLATILITY_IMMUTABLE)
            return false;
    }
    return true;
}

static void note_volatility(struct call *call, enum volatility volatility)
{
    struct analysis *analysis = call->scope->analysis;

    if (analysis->place->calls && is_stable_for_types(call) &&
        are_texts_stable(call))
        analysis_note_volatility(analysis, volatility);
    else
        analysis_note_call(
            analysis, &(struct query_call){.location = call->location,
                                           .node = (const Node *)call->node,
                                           .function = call->choice.function,
                                           .volatility = volatility});
}

/* How volatile the call is; what it needs. */
static void note_function(struct call *call)
{
    struct analysis *analysis = call->scope->analysis;
    enum volatility volatility = call->choice.volatility;

    if (call->choice.function) {
        volatility = volatility_of_function(analysis, call->choice.function);
        analysis_need(analysis, &call->choice.function->object);
    }
    if (call->choice.extension)
        analysis_need(analysis, &call->choice.extension->object);
    note_volatility(call, volatility);
    if (call->node && call->node->funcformat != COERCE_SQL_SYNTAX)
        binding_note_function(call->scope, call->location, &call->choice);
}

static struct value found(struct call *call, struct aggregate *aggregate)
{
    struct analysis *analysis = call->scope->analysis;
    struct value value = value_of(call->choice.result);

    if (!check_within_group(call))
        return (struct value){.type = {NULL, -1}};
    if (call->choice.failure.sqlstate[0] != '\0')
        return analysis_fail(analysis, call->location,
                             call->choice.failure.sqlstate, "%s",
                             call->choice.failure.message);
    coerce_arguments(call);
    note_function(call);
    switch (call->choice.kind) {
    case 'a': check_aggregate(call, aggregate); break;
    case 'w': check_window_function(call); break;
    default: check_plain_function(call); break;
    }
    value.function = call->choice.function;
    value.returns_set = call->choice.returns_set;
    if (value.returns_set)
        placement_check_set(call->scope, call->location);
    note_outputs(call, &value);
    if (!value.type.type)
        analysis->out->unknown_count++;
    return value;
}

/* f(row) for row.f. False if the row has no such column. */
static bool as_column(struct call *call, struct value *value)
{
    const struct value *argument = &call->values[0];
    const struct row *row;

    if (!call->node || call->given.argument_count != 1 ||
        call->given.name.schema || decoration(call->node) ||
        !argument->type.type)
        return false;
    row = argument->row
              ? argument->row
              : row_of_type(call->scope->analysis, argument->type.type);
    for (size_t i = 0; row && i < row->count; i++) {
        const struct slot *slot = &row->items[i];

        if (!slot->name || strcmp(slot->name, call->given.name.name) != 0)
            continue;
        if (slot->value.column)
            analysis_need(call->scope->analysis, &slot->value.column->object);
        *value = value_of(slot->value.type);
        return true;
    }
    return false;
}

static struct value missing(struct call *call)
{
    struct analysis *analysis = call->scope->analysis;
    const char *signature = choose_function_signature(
        analysis->schema, analysis->arena, &call->given);
    struct value value;

    if (call->choice.outcome == CHOICE_AMBIGUOUS)
        return analysis_fail(analysis, call->location, "42725",
                             "function %s is not unique", signature);
    if (as_column(call, &value))
        return value;
    return analysis_fail(analysis, call->location, "42883",
                         "function %s does not exist", signature);
}

static struct value cast(struct call *call)
{
    struct value value = call->values[0];

    if (!value_coerce(call->scope->analysis, &value, call->choice.result,
                      COERCION_EXPLICIT))
        return analysis_unknown(call->scope->analysis);
    value.column = NULL;
    value.origin = NULL;
    return value;
}

static struct value choose(struct call *call, struct aggregate *aggregate)
{
    struct analysis *analysis = call->scope->analysis;
    struct type **types = arena_alloc(
        analysis->arena, (call->given.argument_count + 1) * sizeof *types);
    struct value value;

    for (size_t i = 0; i < call->given.argument_count; i++)
        types[i] = call->values[i].type.type;
    call->given.arguments = types;
    choose_function(analysis->schema, analysis->arena, &call->given,
                    &call->choice);
    switch (call->choice.outcome) {
    case CHOICE_FOUND: return found(call, aggregate);
    case CHOICE_CAST: return cast(call);
    case CHOICE_NONE:
    case CHOICE_AMBIGUOUS: return missing(call);
    case CHOICE_UNKNOWN:
        note_unknown_call(call);
        note_volatility(call, call->choice.volatility);
        break;
    }
    if (as_column(call, &value))
        return value;
    analysis->out->is_volatility_known = false;
    analysis_fear_volatility(analysis, call->choice.volatility_most);
    analysis->out->unknown_count++;
    return value_of(call->choice.result);
}

/* The arguments; those of WITHIN GROUP (ORDER BY ...) count too. */
static void read_arguments(struct call *call)
{
    struct scope *scope = call->scope;
    const FuncCall *node = call->node;
    const List *order = node->agg_within_group ? node->agg_order : NIL;
    size_t count = (size_t)list_length(node->args) + (size_t)list_length(order);
    const char **names =
        arena_alloc(scope->analysis->arena, (count + 1) * sizeof *names);
    const ListCell *cell;
    size_t i = 0;

    call->values =
        arena_alloc(scope->analysis->arena, (count + 1) * sizeof *call->values);
    foreach (cell, node->args) {
        const NamedArgExpr *named = node_as(NamedArgExpr, (Node *)lfirst(cell));

        if (named) {
            names[i] = named->name;
            call->given.names = names;
        }
        call->values[i++] = expression(scope, lfirst(cell));
    }
    foreach (cell, order) {
        const SortBy *item = lfirst(cell);

        call->values[i++] = expression(scope, item->node);
    }
    call->given.argument_count = count;
}

/* What arguments of aggregates and window functions may not be, and what their
 * calls may not have. */
static void check_arguments(struct call *call, size_t set_count)
{
    struct analysis *analysis = call->scope->analysis;
    char kind = call->choice.outcome == CHOICE_FOUND ? call->choice.kind : 'f';
    bool is_window = call->node->over != NULL;

    if (kind != 'a' && kind != 'w')
        return;
    placement_forbid_sets(
        call->scope, set_count,
        is_window
            ? "window function calls cannot contain set-returning function "
              "calls"
            : "aggregate function calls cannot contain set-returning function "
              "calls",
        call->location);
    if (is_window && call->node->agg_distinct)
        analysis_fail(analysis, call->location, "0A000",
                      "DISTINCT is not implemented for window functions");
    else if (is_window && call->node->agg_order)
        analysis_fail(analysis, call->location, "0A000",
                      "aggregate ORDER BY is not implemented for window "
                      "functions");
    else if (kind == 'w' && call->node->agg_filter)
        analysis_fail(analysis, call->location, "0A000",
                      "FILTER is not implemented for non-aggregate window "
                      "functions");
}

/* SYSTEM_USER, which before 16 was the name of a column. */
static bool is_name_only(const struct scope *scope, const FuncCall *node)
{
    return node->funcformat == COERCE_SQL_SYNTAX && !node->args &&
           scope->analysis->schema->postgres_version < 16 &&
           strcmp(strVal(llast(node->funcname)), "system_user") == 0;
}

struct value function_call(struct scope *scope, const FuncCall *node)
{
    struct call call = {
        .scope = scope,
        .node = node,
        .location = node->location,
        .given = {.name = name_from_list(node->funcname),
                  .is_variadic = node->func_variadic,
                  .is_sql_syntax = node->funcformat == COERCE_SQL_SYNTAX},
    };
    struct aggregate *aggregate;
    size_t set_count = scope->set_count;
    struct value value;

    if (is_name_only(scope, node))
        return analysis_fail(scope->analysis, node->location, "42703",
                             "column \"system_user\" does not exist");
    aggregate = aggregate_enter(scope);
    read_arguments(&call);
    condition(scope, node->agg_filter, PART_FILTER, "FILTER");
    if (!node->agg_within_group)
        order_expressions(scope, node->agg_order, scope->part);
    aggregate_leave(scope, aggregate);
    value = choose(&call, aggregate);
    check_arguments(&call, set_count);
    if (node->over)
        note_window(scope, node->over);
    return value;
}

struct value call_builtin(struct scope *scope, const char *name,
                          struct value *arguments, size_t count,
                          ParseLoc location)
{
    struct call call = {
        .scope = scope,
        .values = arguments,
        .location = location,
        .given = {.name = {NULL, "pg_catalog", name}, .argument_count = count},
    };
    struct aggregate *aggregate = aggregate_enter(scope);

    aggregate_leave(scope, aggregate);
    return choose(&call, aggregate);
}

bool call_as_field(struct scope *scope, const char *name,
                   const struct value *argument, struct value *value)
{
    struct analysis *analysis = scope->analysis;
    struct type *types[1] = {argument->type.type};
    struct value copy = *argument;
    struct aggregate *aggregate;
    struct call call = {
        .scope = scope,
        .values = &copy,
        .location = -1,
        .given = {.name = {NULL, NULL, name},
                  .arguments = types,
                  .argument_count = 1},
    };

    if (!types[0])
        return false;
    choose_function(analysis->schema, analysis->arena, &call.given,
                    &call.choice);
    if (call.choice.outcome != CHOICE_FOUND)
        return false;
    aggregate = aggregate_enter(scope);
    aggregate_leave(scope, aggregate);
    *value = found(&call, aggregate);
    return true;
}
