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
}

struct value syntax_expression(struct scope *scope, const Node *node)
{
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
