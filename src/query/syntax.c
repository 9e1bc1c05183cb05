/*
 * Expressions that have a syntax of their own: the JSON constructors and query
 * functions of PostgreSQL 16 to 18, and XML. Their results are json, or what
 * RETURNING says. (parse_expr.c)
 */
#include "query/placement.h"

static struct value of_oid(struct scope *scope, uint16_t oid)
{
    return value_of(type_builtin(scope->analysis, oid));
}

/* RETURNING type, or this one. */
static struct value returning(struct scope *scope, const JsonOutput *output,
                              uint16_t oid)
{
    if (output && output->typeName)
        return value_of(type_of_name(scope, output->typeName));
    return of_oid(scope, oid);
}

void json_behavior(struct scope *scope, const JsonBehavior *behavior)
{
    if (behavior && behavior->expr)
        expression(scope, behavior->expr);
}

static struct value json_value(struct scope *scope, const JsonValueExpr *node)
{
    return node ? expression(scope, (const Node *)node->raw_expr)
                : (struct value){.type = {NULL, -1}};
}

static bool is_jsonb(const struct value *value)
{
    return type_oid(value->type.type) == JSONBOID;
}

/* Without RETURNING a constructor gives jsonb if it gets some. */
static struct value constructed(struct scope *scope, const JsonOutput *output,
                                bool has_jsonb)
{
    return returning(scope, output, has_jsonb ? JSONBOID : JSONOID);
}

static bool key_value(struct scope *scope, const JsonKeyValue *pair)
{
    struct value key = expression(scope, (const Node *)pair->key);
    struct value value = json_value(scope, pair->value);

    return is_jsonb(&key) || is_jsonb(&value);
}

static struct value json_object(struct scope *scope,
                                const JsonObjectConstructor *node)
{
    bool has_jsonb = false;
    const ListCell *cell;

    foreach (cell, node->exprs) {
        if (key_value(scope, lfirst(cell)))
            has_jsonb = true;
    }
    return constructed(scope, node->output, has_jsonb);
}

static struct value json_array(struct scope *scope,
                               const JsonArrayConstructor *node)
{
    bool has_jsonb = false;
    const ListCell *cell;

    foreach (cell, node->exprs) {
        struct value value = json_value(scope, lfirst(cell));

        has_jsonb = has_jsonb || is_jsonb(&value);
    }
    return constructed(scope, node->output, has_jsonb);
}

static struct value json_array_of_query(struct scope *scope,
                                        const JsonArrayQueryConstructor *node)
{
    struct row row = {0};

    scope->analysis->out->has_subquery = true;
    query_of_node(scope, node->query, false, &row);
    if (row.is_complete && row.count != 1)
        return analysis_fail(scope->analysis, node->location, "42601",
                             "subquery must return only one column");
    return constructed(scope, node->output,
                       row.count == 1 && is_jsonb(&row.items[0].value));
}

/* What JSON_OBJECTAGG and JSON_ARRAYAGG have in common with aggregates. */
static void aggregate_clauses(struct scope *scope,
                              const JsonAggConstructor *constructor)
{
    condition(scope, constructor->agg_filter, PART_FILTER, "FILTER");
    order_expressions(scope, constructor->agg_order, scope->part);
    if (constructor->over)
        note_window(scope, constructor->over);
}

static struct value json_aggregate(struct scope *scope,
                                   const JsonAggConstructor *constructor,
                                   const JsonKeyValue *pair,
                                   const JsonValueExpr *element)
{
    struct aggregate *aggregate = aggregate_enter(scope);
    bool has_jsonb;

    if (pair) {
        has_jsonb = key_value(scope, pair);
    } else {
        struct value value = json_value(scope, element);

        has_jsonb = is_jsonb(&value);
    }
    aggregate_clauses(scope, constructor);
    aggregate_leave(scope, aggregate);
    placement_check(scope, aggregate, constructor->over != NULL,
                    constructor->location);
    return constructed(scope, constructor->output, has_jsonb);
}

static struct value json_function(struct scope *scope, const JsonFuncExpr *node)
{
    const ListCell *cell;
    uint16_t oid = JSONBOID;

    json_value(scope, node->context_item);
    expression(scope, node->pathspec);
    foreach (cell, node->passing) {
        const JsonArgument *argument = lfirst(cell);

        json_value(scope, argument->val);
    }
    json_behavior(scope, node->on_empty);
    json_behavior(scope, node->on_error);
    if (node->op == JSON_EXISTS_OP)
        oid = BOOLOID;
    else if (node->op == JSON_VALUE_OP)
        oid = TEXTOID;
    return returning(scope, node->output, oid);
}

/* XML's arguments are of any type that has a text. */
static struct value xml(struct scope *scope, const XmlExpr *node)
{
    const ListCell *cell;

    foreach (cell, node->named_args) {
        const ResTarget *target = node_as(ResTarget, (Node *)lfirst(cell));

        expression(scope, target ? target->val : lfirst(cell));
    }
    foreach (cell, node->args)
        expression(scope, lfirst(cell));
    return of_oid(scope, node->op == IS_DOCUMENT ? BOOLOID : XMLOID);
}

static struct value xml_serialize(struct scope *scope, const XmlSerialize *node)
{
    expression(scope, node->expr);
    return value_of(type_of_name(scope, node->typeName));
}

/* What the planner makes of their volatility depends on types and paths. */
static void forget_volatility(struct scope *scope)
{
    scope->analysis->out->is_volatility_known = false;
    analysis_fear_volatility(scope->analysis, VOLATILITY_STABLE);
}

/* A list of one or two nodes. */
static List *list_of(struct arena *arena, const void *first, const void *second)
{
    List *list = arena_alloc(arena, sizeof *list);

    list->type = T_List;
    list->length = list->max_length = second ? 2 : 1;
    list->elements = arena_alloc(arena, 2 * sizeof *list->elements);
    list->elements[0].ptr_value = (void *)(uintptr_t)first;
    list->elements[1].ptr_value = (void *)(uintptr_t)second;
    return list;
}

static const Node *raw(const JsonValueExpr *value)
{
    return value ? (const Node *)value->raw_expr : NULL;
}

/* To an older server, whose grammar does not know these words, it is a call
 * like any other. (What else is in the parentheses is an error of syntax:
 * sql/newer_syntax.h.) */
static struct value older_call(struct scope *scope, const char *name,
                               List *arguments, ParseLoc location)
{
    struct arena *arena = scope->analysis->arena;
    String *word = arena_alloc(arena, sizeof *word);
    FuncCall *call = arena_alloc(arena, sizeof *call);

    word->type = T_String;
    word->sval = (char *)(uintptr_t)name;
    call->type = T_FuncCall;
    call->funcname = list_of(arena, word, NULL);
    call->args = arguments;
    call->location = location;
    return function_call(scope, call);
}

static List *raw_list(struct arena *arena, const List *values)
{
    List *list = arena_alloc(arena, sizeof *list);
    int count = list_length(values);

    if (count == 0)
        return NIL;
    *list = *values;
    list->elements = arena_alloc(arena, (size_t)count * sizeof *list->elements);
    for (int i = 0; i < count; i++)
        list->elements[i].ptr_value =
            (void *)(uintptr_t)raw(list_nth(values, i));
    return list;
}

static const char *query_function_name(const JsonFuncExpr *function)
{
    switch (function->op) {
    case JSON_EXISTS_OP: return "json_exists";
    case JSON_QUERY_OP: return "json_query";
    case JSON_VALUE_OP: return "json_value";
    case JSON_TABLE_OP: break;
    }
    return NULL;
}

/* True, with the value, where the server is too old for the syntax. */
static bool older_expression(struct scope *scope, const Node *node,
                             struct value *value)
{
    struct arena *arena = scope->analysis->arena;
    int version = scope->analysis->schema->postgres_version;

    if (version < 16 && nodeTag(node) == T_JsonArrayConstructor) {
        const JsonArrayConstructor *array = (const JsonArrayConstructor *)node;

        *value = older_call(scope, "json_array", raw_list(arena, array->exprs),
                            array->location);
        return true;
    }
    if (version < 16 && nodeTag(node) == T_JsonArrayAgg) {
        const JsonArrayAgg *array = (const JsonArrayAgg *)node;

        *value = older_call(scope, "json_arrayagg",
                            list_of(arena, raw(array->arg), NULL),
                            array->constructor->location);
        return true;
    }
    if (version < 17 && nodeTag(node) == T_JsonScalarExpr) {
        const JsonScalarExpr *scalar = (const JsonScalarExpr *)node;

        *value =
            older_call(scope, "json_scalar", list_of(arena, scalar->expr, NULL),
                       scalar->location);
        return true;
    }
    if (version < 17 && nodeTag(node) == T_JsonSerializeExpr) {
        const JsonSerializeExpr *one = (const JsonSerializeExpr *)node;

        *value =
            older_call(scope, "json_serialize",
                       list_of(arena, raw(one->expr), NULL), one->location);
        return true;
    }
    if (version < 17 && nodeTag(node) == T_JsonFuncExpr &&
        query_function_name((const JsonFuncExpr *)node)) {
        const JsonFuncExpr *function = (const JsonFuncExpr *)node;

        *value = older_call(
            scope, query_function_name(function),
            list_of(arena, raw(function->context_item), function->pathspec),
            function->location);
        return true;
    }
    return false;
}

struct value syntax_expression(struct scope *scope, const Node *node)
{
    struct value value;

    if (older_expression(scope, node, &value))
        return value;
    forget_volatility(scope);
    switch (nodeTag(node)) {
    case T_XmlExpr: return xml(scope, (const XmlExpr *)node);
    case T_XmlSerialize:
        return xml_serialize(scope, (const XmlSerialize *)node);
    case T_JsonValueExpr: return json_value(scope, (const JsonValueExpr *)node);
    case T_JsonArgument:
        return json_value(scope, ((const JsonArgument *)node)->val);
    case T_JsonObjectConstructor:
        return json_object(scope, (const JsonObjectConstructor *)node);
    case T_JsonArrayConstructor:
        return json_array(scope, (const JsonArrayConstructor *)node);
    case T_JsonArrayQueryConstructor:
        return json_array_of_query(scope,
                                   (const JsonArrayQueryConstructor *)node);
    case T_JsonObjectAgg: {
        const JsonObjectAgg *aggregate = (const JsonObjectAgg *)node;

        return json_aggregate(scope, aggregate->constructor, aggregate->arg,
                              NULL);
    }
    case T_JsonArrayAgg: {
        const JsonArrayAgg *aggregate = (const JsonArrayAgg *)node;

        return json_aggregate(scope, aggregate->constructor, NULL,
                              aggregate->arg);
    }
    case T_JsonIsPredicate:
        expression(scope, ((const JsonIsPredicate *)node)->expr);
        return of_oid(scope, BOOLOID);
    case T_JsonParseExpr: {
        const JsonParseExpr *parse = (const JsonParseExpr *)node;

        json_value(scope, parse->expr);
        return returning(scope, parse->output, JSONOID);
    }
    case T_JsonScalarExpr: {
        const JsonScalarExpr *scalar = (const JsonScalarExpr *)node;

        expression(scope, (const Node *)scalar->expr);
        return returning(scope, scalar->output, JSONOID);
    }
    case T_JsonSerializeExpr: {
        const JsonSerializeExpr *serialize = (const JsonSerializeExpr *)node;

        json_value(scope, serialize->expr);
        return returning(scope, serialize->output, TEXTOID);
    }
    case T_JsonFuncExpr:
        return json_function(scope, (const JsonFuncExpr *)node);
    default: return analysis_unknown(scope->analysis);
    }
}
