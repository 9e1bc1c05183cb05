/*
 * The type of an expression, node by node: transformExprRecurse() of
 * parse_expr.c. Operators, calls and SQL's own syntax have files of their own.
 */
#include "query/placement.h"

#include <errno.h>
#include <stdlib.h>

ParseLoc tree_location(const Node *node)
{
    if (!node)
        return -1;
    switch (nodeTag(node)) {
    case T_ColumnRef: return ((const ColumnRef *)node)->location;
    case T_A_Const: return ((const A_Const *)node)->location;
    case T_FuncCall: return ((const FuncCall *)node)->location;
    case T_TypeCast: return tree_location(((const TypeCast *)node)->arg);
    case T_ParamRef: return ((const ParamRef *)node)->location;
    case T_A_Expr: return ((const A_Expr *)node)->location;
    case T_SubLink: return ((const SubLink *)node)->location;
    default: return -1;
    }
}

/* A number without a point: the smallest type that holds it. */
static uint16_t type_of_digits(const char *digits)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(digits, &end, 0);
    if (*end != '\0' || errno == ERANGE)
        return NUMERICOID;
    return value >= INT32_MIN && value <= INT32_MAX ? INT4OID : INT8OID;
}

static uint16_t type_of_number(const char *text)
{
    for (const char *c = text; *c; c++) {
        bool is_hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

        if (*c == '.' || (!is_hex && (*c == 'e' || *c == 'E')))
            return NUMERICOID;
    }
    /* A leading zero is no octal number here. */
    while (text[0] == '0' && text[1] >= '0' && text[1] <= '9')
        text++;
    return type_of_digits(text);
}

static struct value constant_value(struct analysis *analysis,
                                   const A_Const *constant)
{
    uint16_t oid = UNKNOWNOID;
    struct value value;

    if (!constant->isnull) {
        switch (nodeTag(&constant->val)) {
        case T_Integer: oid = INT4OID; break;
        case T_Float: oid = type_of_number(constant->val.fval.fval); break;
        case T_Boolean: oid = BOOLOID; break;
        case T_BitString: oid = BITOID; break;
        default: break;
        }
    }
    value = value_of(type_builtin(analysis, oid));
    if (oid == UNKNOWNOID)
        value.node = (const Node *)constant;
    return value;
}

/* $1 of a function's body; elsewhere its context decides what it is. */
static struct value parameter_value(struct analysis *analysis,
                                    const ParamRef *reference)
{
    const struct query_place *place = analysis->place;
    int number = 0;
    struct value value;

    for (size_t i = 0; i < place->parameter_count; i++) {
        char mode = place->parameters[i].mode;

        if (mode == FUNC_PARAM_OUT || mode == FUNC_PARAM_TABLE)
            continue;
        if (++number == reference->number)
            return value_of(place->parameters[i].type);
    }
    if (place->parameter_count > 0 || place->forbids_parameters)
        return analysis_fail(analysis, reference->location, "42P02",
                             "there is no parameter $%d", reference->number);
    value = value_of(type_builtin(analysis, UNKNOWNOID));
    value.node = (const Node *)reference;
    return value;
}

static struct value boolean_value(struct scope *scope)
{
    return value_of(type_builtin(scope->analysis, BOOLOID));
}

static struct value boolean_expression(struct scope *scope,
                                       const BoolExpr *boolean)
{
    static const char *const names[] = {"AND", "OR", "NOT"};
    const ListCell *cell;

    foreach (cell, boolean->args) {
        const Node *node = lfirst(cell);
        struct value value = expression(scope, node);

        value_to_boolean(scope->analysis, &value, names[boolean->boolop], node);
    }
    return boolean_value(scope);
}

static const char *test_name(BoolTestType type)
{
    switch (type) {
    case IS_TRUE: return "IS TRUE";
    case IS_NOT_TRUE: return "IS NOT TRUE";
    case IS_FALSE: return "IS FALSE";
    case IS_NOT_FALSE: return "IS NOT FALSE";
    case IS_UNKNOWN: return "IS UNKNOWN";
    case IS_NOT_UNKNOWN: return "IS NOT UNKNOWN";
    }
    return NULL;
}

static struct value boolean_test(struct scope *scope, const BooleanTest *test)
{
    struct value value = expression(scope, (const Node *)test->arg);

    value_to_boolean(scope->analysis, &value, test_name(test->booltesttype),
                     (const Node *)test->arg);
    return boolean_value(scope);
}

/* What does not follow from the type alone is gone. */
static struct value derived(struct data_type type)
{
    return (struct value){.type = type};
}

static struct value common_value(struct scope *scope, const List *nodes,
                                 const char *context)
{
    struct analysis *analysis = scope->analysis;
    size_t count = (size_t)list_length(nodes), i = 0;
    struct value *values = arena_alloc(analysis->arena, count * sizeof *values);
    const ListCell *cell;

    foreach (cell, nodes)
        values[i++] = expression(scope, lfirst(cell));
    return derived(value_common(analysis, values, count, context));
}

/* CASE x WHEN a: x = a. */
static void case_when(struct scope *scope, struct value *argument,
                      const CaseWhen *when)
{
    struct value value = expression(scope, (const Node *)when->expr);

    if (argument) {
        struct value left = *argument;

        value = operator_apply_named(scope, "=", &left, &value, when->location);
    }
    value_to_boolean(scope->analysis, &value, "CASE/WHEN",
                     (const Node *)when->expr);
}

static struct value case_expression(struct scope *scope,
                                    const CaseExpr *expression_node)
{
    struct analysis *analysis = scope->analysis;
    size_t count = (size_t)list_length(expression_node->args) + 1, i = 1;
    struct value *results =
        arena_alloc(analysis->arena, count * sizeof *results);
    size_t set_count = scope->set_count;
    struct data_type common;
    struct value argument;
    const ListCell *cell;

    if (expression_node->arg) {
        argument = expression(scope, (const Node *)expression_node->arg);
        if (value_is_literal(&argument))
            value_coerce(analysis, &argument, type_builtin(analysis, TEXTOID),
                         COERCION_IMPLICIT);
    }
    foreach (cell, expression_node->args) {
        const CaseWhen *when = lfirst(cell);

        case_when(scope, expression_node->arg ? &argument : NULL, when);
        results[i++] = expression(scope, (const Node *)when->result);
    }
    results[0] = value_of(type_builtin(analysis, UNKNOWNOID));
    if (expression_node->defresult)
        results[0] =
            expression(scope, (const Node *)expression_node->defresult);
    common = value_common(analysis, results, count, "CASE");
    placement_forbid_sets(scope, set_count,
                          "set-returning functions are not allowed in CASE",
                          expression_node->location);
    return derived(common);
}

static struct value sql_value(struct analysis *analysis,
                              const SQLValueFunction *function)
{
    uint16_t oid = NAMEOID;
    struct data_type type;

    switch (function->op) {
    case SVFOP_CURRENT_DATE: oid = DATEOID; break;
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N: oid = TIMETZOID; break;
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N: oid = TIMESTAMPTZOID; break;
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N: oid = TIMEOID; break;
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N: oid = TIMESTAMPOID; break;
    case SVFOP_CURRENT_ROLE:
    case SVFOP_CURRENT_USER:
    case SVFOP_USER:
    case SVFOP_SESSION_USER:
    case SVFOP_CURRENT_CATALOG:
    case SVFOP_CURRENT_SCHEMA: break;
    }
    analysis_note_call(analysis,
                       &(struct query_call){.location = function->location,
                                            .node = (const Node *)function,
                                            .volatility = VOLATILITY_STABLE});
    type = type_builtin(analysis, oid);
    if (oid != NAMEOID && oid != DATEOID && function->typmod >= 0)
        type.modifier = function->typmod > 6 ? 6 : function->typmod;
    return value_of(type);
}

/* ARRAY[...]: of this element type, if it is cast; else of the common one. */
struct value array_expression(struct scope *scope, const A_ArrayExpr *array,
                              struct data_type element)
{
    struct analysis *analysis = scope->analysis;
    size_t count = (size_t)list_length(array->elements), i = 0;
    struct value *values = arena_alloc(analysis->arena, count * sizeof *values);
    struct data_type common = element, type;
    bool has_arrays = false;
    const ListCell *cell;

    foreach (cell, array->elements) {
        const Node *node = lfirst(cell);
        const A_ArrayExpr *inner = node_as(A_ArrayExpr, node);

        if (inner && analysis_enter(analysis)) {
            values[i++] = array_expression(scope, inner, element);
            has_arrays = true;
            analysis_leave(analysis);
            continue;
        }
        values[i] = expression(scope, node);
        /* Neither domains over arrays nor the two vectors. */
        if (values[i].type.type && values[i].type.type->kind == TYPE_ARRAY)
            has_arrays = true;
        if (element.type &&
            !value_coerce(analysis, &values[i], element, COERCION_EXPLICIT))
            return analysis_fail(
                analysis, tree_location(node), "42846",
                "cannot cast type %s to %s",
                analysis_type_name(analysis, values[i].type.type),
                analysis_type_name(analysis, element.type));
        i++;
    }
    if (element.type)
        return derived((struct data_type){
            type_array_of(analysis->schema, element.type), element.modifier});
    if (count == 0)
        return analysis_fail(analysis, array->location, "42P18",
                             "cannot determine type of empty array");
    common = value_common(analysis, values, count, "ARRAY");
    if (!common.type)
        return derived(common);
    type = common;
    if (!has_arrays)
        type.type = type_array_of(analysis->schema, common.type);
    if (!type.type)
        return analysis_fail(analysis, array->location, "42704",
                             "could not find array type for data type %s",
                             analysis_type_name(analysis, common.type));
    return derived(type);
}

/* The elements of a type that ARRAY[...] is cast to. */
static struct data_type element_of(struct analysis *analysis,
                                   struct data_type type)
{
    struct data_type element = type;

    element.type = coerce_base_type(type.type, &element.modifier);
    element.type = coerce_element(analysis->schema, element.type);
    return element;
}

static struct value type_cast(struct scope *scope, const TypeCast *cast)
{
    struct analysis *analysis = scope->analysis;
    struct data_type target = type_of_name(scope, cast->typeName);
    const A_ArrayExpr *array = node_as(A_ArrayExpr, cast->arg);
    struct data_type element = {NULL, -1};
    struct value value;
    const struct type *source;

    if (array && target.type)
        element = element_of(analysis, target);
    value = element.type ? array_expression(scope, array, element)
                         : expression(scope, cast->arg);
    source = value.type.type;
    if (!target.type)
        return (struct value){.type = {NULL, -1}};
    if (source == target.type &&
        (target.modifier < 0 || target.modifier == value.type.modifier))
        value_note_cast(analysis, (const Node *)cast, NULL);
    if (!value_coerce(analysis, &value, target, COERCION_EXPLICIT)) {
        /* CREATE CAST may have made a way that is not known. */
        if (analysis->schema->has_unknown_objects)
            return analysis_unknown(analysis);
        return analysis_fail(analysis, cast->location, "42846",
                             "cannot cast type %s to %s",
                             analysis_type_name(analysis, source),
                             analysis_type_name(analysis, target.type));
    }
    value.name = NULL;
    return value;
}

static struct value collate_clause(struct scope *scope,
                                   const CollateClause *clause)
{
    struct analysis *analysis = scope->analysis;
    struct value value = expression(scope, clause->arg);
    struct type *base = coerce_base_type(value.type.type, NULL);
    const struct builtin_type *row = base ? base->builtin : NULL;

    value.column = NULL;
    value.origin = NULL;
    if (row && !row->is_collatable && !value_is_literal(&value) &&
        !row->is_array)
        return analysis_fail(analysis, clause->location, "42804",
                             "collations are not supported by type %s",
                             analysis_type_name(analysis, value.type.type));
    return value;
}

struct value row_expression(struct scope *scope, const RowExpr *row_node)
{
    struct analysis *analysis = scope->analysis;
    struct row *row = arena_alloc(analysis->arena, sizeof *row);
    struct value value = value_of(type_builtin(analysis, RECORDOID));
    const ListCell *cell;

    row->is_complete = true;
    foreach (cell, row_node->args) {
        const Node *node = lfirst(cell);

        if (target_add_star(scope, node, row))
            continue;
        row_add(analysis, row, NULL, expression(scope, node));
    }
    for (size_t i = 0; i < row->count; i++)
        row->items[i].name = arena_format(analysis->arena, "f%zu", i + 1);
    value.row = row;
    return value;
}

static struct value null_test(struct scope *scope, const NullTest *test)
{
    expression(scope, (const Node *)test->arg);
    return boolean_value(scope);
}

static struct value default_value(struct scope *scope, const SetToDefault *node)
{
    return analysis_fail(scope->analysis, node->location, "42601",
                         "DEFAULT is not allowed in this context");
}

static struct value grouping_function(struct scope *scope,
                                      const GroupingFunc *function)
{
    const struct aggregate *aggregate = aggregate_enter(scope);
    const ListCell *cell;

    foreach (cell, function->args)
        expression(scope, lfirst(cell));
    aggregate_leave(scope, aggregate);
    if (aggregate->found_level == scope->level)
        grouping_add_function(scope, function);
    return value_of(type_builtin(scope->analysis, INT4OID));
}

static struct value coalesce(struct scope *scope, const CoalesceExpr *node)
{
    size_t set_count = scope->set_count;
    struct value value = common_value(scope, node->args, "COALESCE");

    placement_forbid_sets(scope, set_count,
                          "set-returning functions are not allowed in COALESCE",
                          node->location);
    return value;
}

static struct value expression_of_node(struct scope *scope, const Node *node)
{
    struct analysis *analysis = scope->analysis;

    switch (nodeTag(node)) {
    case T_ColumnRef: return column_reference(scope, (const ColumnRef *)node);
    case T_ParamRef: return parameter_value(analysis, (const ParamRef *)node);
    case T_A_Const: return constant_value(analysis, (const A_Const *)node);
    case T_A_Indirection:
        return indirection_value(
            scope, (const A_Indirection *)node,
            list_length(((const A_Indirection *)node)->indirection));
    case T_A_ArrayExpr:
        return array_expression(scope, (const A_ArrayExpr *)node,
                                (struct data_type){NULL, -1});
    case T_TypeCast: return type_cast(scope, (const TypeCast *)node);
    case T_CollateClause:
        return collate_clause(scope, (const CollateClause *)node);
    case T_A_Expr: return operator_expression(scope, (const A_Expr *)node);
    case T_BoolExpr: return boolean_expression(scope, (const BoolExpr *)node);
    case T_FuncCall: return function_call(scope, (const FuncCall *)node);
    case T_NamedArgExpr:
        return expression(scope,
                          (const Node *)((const NamedArgExpr *)node)->arg);
    case T_SubLink: return sublink_value(scope, (const SubLink *)node);
    case T_CaseExpr: return case_expression(scope, (const CaseExpr *)node);
    case T_RowExpr: return row_expression(scope, (const RowExpr *)node);
    case T_CoalesceExpr: return coalesce(scope, (const CoalesceExpr *)node);
    case T_MinMaxExpr:
        return common_value(scope, ((const MinMaxExpr *)node)->args,
                            ((const MinMaxExpr *)node)->op == IS_GREATEST
                                ? "GREATEST"
                                : "LEAST");
    case T_SQLValueFunction:
        return sql_value(analysis, (const SQLValueFunction *)node);
    case T_NullTest: return null_test(scope, (const NullTest *)node);
    case T_BooleanTest: return boolean_test(scope, (const BooleanTest *)node);
    case T_GroupingFunc:
        return grouping_function(scope, (const GroupingFunc *)node);
    case T_MergeSupportFunc: return value_of(type_builtin(analysis, TEXTOID));
    case T_CurrentOfExpr: return boolean_value(scope);
    case T_SetToDefault:
        return default_value(scope, (const SetToDefault *)node);
    default: return syntax_expression(scope, node);
    }
}

struct value expression(struct scope *scope, const Node *node)
{
    struct value value = {.type = {NULL, -1}};

    if (!node || !analysis_enter(scope->analysis))
        return value;
    value = expression_of_node(scope, node);
    analysis_leave(scope->analysis);
    value.source = scope->analysis->place->casts ? node : NULL;
    if (!value.type.type)
        value.type.modifier = -1;
    return value;
}

struct value expression_in_part(struct scope *scope, const Node *node,
                                enum query_part part)
{
    enum query_part outer = scope->part;
    struct value value;

    scope->part = part;
    value = expression(scope, node);
    scope->part = outer;
    return value;
}

void expression_list(struct scope *scope, const List *list,
                     enum query_part part)
{
    const ListCell *cell;

    foreach (cell, list)
        expression_in_part(scope, lfirst(cell), part);
}
