/*
 * x[1], x[1:2], x.field: what a step into a value gives. (transformIndirection
 * of parse_expr.c, transformContainerSubscripts() of parse_node.c)
 */
#include "query/analysis.h"

#include <string.h>

static struct value missing_field(struct analysis *analysis,
                                  const struct value *value, const char *name,
                                  ParseLoc location)
{
    const struct type *type = value->type.type;

    if (type_oid(type) == RECORDOID)
        return analysis_fail(analysis, location, "42703",
                             "could not identify column \"%s\" in record data "
                             "type",
                             name);
    if (coerce_is_complex(type))
        return analysis_fail(analysis, location, "42703",
                             "column \"%s\" not found in data type %s", name,
                             analysis_type_name(analysis, type));
    return analysis_fail(analysis, location, "42809",
                         "column notation .%s applied to type %s, which is not "
                         "a composite type",
                         name, analysis_type_name(analysis, type));
}

struct value field_of_value(struct scope *scope, const struct value *value,
                            const char *name, ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    const struct row *row = value->row;
    struct value field;

    if (!value->type.type && !row)
        return (struct value){.type = {NULL, -1}};
    if (!row)
        row = row_of_type(analysis, value->type.type);
    for (size_t i = 0; row && i < row->count; i++) {
        const struct slot *slot = &row->items[i];

        if (!slot->name || strcmp(slot->name, name) != 0)
            continue;
        if (slot->value.column)
            analysis_need(analysis, &slot->value.column->object);
        field = value_of(slot->value.type);
        field.row = slot->value.row;
        return field;
    }
    if (call_as_field(scope, name, value, &field))
        return field;
    if (analysis_has_failed(analysis) || (row && !row->is_complete) ||
        (!row && type_oid(value->type.type) == RECORDOID))
        return analysis_unknown(analysis);
    return missing_field(analysis, value, name, location);
}

/* What x[...] is: the element, or for a slice the whole. */
static struct value subscripted(struct scope *scope, struct value value,
                                bool is_slice)
{
    struct analysis *analysis = scope->analysis;
    struct data_type type = value.type;
    struct type *element;
    const struct builtin_type *row;

    type.type = coerce_base_type(type.type, &type.modifier);
    if (!type.type)
        return (struct value){.type = {NULL, -1}};
    element = coerce_element(analysis->schema, type.type);
    if (element)
        return value_of(is_slice ? type
                                 : (struct data_type){element, type.modifier});
    row = type.type->builtin;
    if (row && row->is_subscriptable) {
        if (row->oid == INT2VECTOROID)
            type = type_builtin(analysis, is_slice ? INT2ARRAYOID : INT2OID);
        else if (row->oid == OIDVECTOROID)
            type = type_builtin(analysis, is_slice ? OIDARRAYOID : OIDOID);
        else if (row->element)
            type = is_slice ? type : type_builtin(analysis, row->element);
        /* jsonb gives jsonb; hstore gives text. */
        else if (row->oid != JSONBOID)
            type = type_builtin(analysis, TEXTOID);
        type.modifier = -1;
        return value_of(type);
    }
    if (!row && type.type->kind == TYPE_BASE)
        return analysis_unknown(analysis);
    if (analysis->schema->postgres_version < 14)
        return analysis_fail(
            analysis, -1, "42804",
            "cannot subscript type %s because it is not an array",
            analysis_type_name(analysis, value.type.type));
    return analysis_fail(
        analysis, -1, "42804",
        "cannot subscript type %s because it does not support subscripting",
        analysis_type_name(analysis, value.type.type));
}

static void subscript(struct scope *scope, const Node *node, bool is_json)
{
    struct value value;

    if (!node)
        return;
    value = expression(scope, node);
    if (is_json && !value_is_literal(&value))
        return;
    if (!value_coerce(
            scope->analysis, &value,
            type_builtin(scope->analysis, is_json ? TEXTOID : INT4OID),
            COERCION_ASSIGNMENT))
        analysis_fail(scope->analysis, tree_location(node), "42804",
                      "array subscript must have type integer");
}

void subscript_expressions(struct scope *scope, const List *steps)
{
    const ListCell *cell;

    foreach (cell, steps) {
        const A_Indices *indices = node_as(A_Indices, (Node *)lfirst(cell));

        if (indices) {
            expression(scope, indices->lidx);
            expression(scope, indices->uidx);
        }
    }
}

/* Neighbouring subscripts are one step: a[1][2]. */
static struct value subscripts(struct scope *scope, struct value value,
                               const List *steps, int *at, int count)
{
    bool is_json = type_oid(value.type.type) == JSONBOID;
    bool is_text = !is_json && value.type.type && value.type.type->builtin &&
                   !value.type.type->builtin->element &&
                   value.type.type->builtin->is_subscriptable;
    bool is_slice = false;
    struct value result;

    for (int i = *at; i < count; i++) {
        const A_Indices *indices =
            node_as(A_Indices, (Node *)list_nth(steps, i));

        if (!indices)
            break;
        is_slice = is_slice || indices->is_slice;
    }
    result = subscripted(scope, value, is_slice);
    for (; *at < count; ++*at) {
        const A_Indices *indices =
            node_as(A_Indices, (Node *)list_nth(steps, *at));

        if (!indices)
            break;
        subscript(scope, indices->lidx, is_json || is_text);
        subscript(scope, indices->uidx, is_json || is_text);
    }
    return result;
}

struct value indirection_value(struct scope *scope,
                               const A_Indirection *indirection, int count)
{
    const List *steps = indirection->indirection;
    struct value value = expression(scope, indirection->arg);

    for (int i = 0; i < count;) {
        const Node *step = list_nth(steps, i);
        const char *field = name_from_string(step);

        if (nodeTag(step) == T_A_Indices) {
            value = subscripts(scope, value, steps, &i, count);
            continue;
        }
        if (!field)
            return analysis_unknown(scope->analysis);
        binding_note_field(scope, indirection, i, &value, field);
        value = field_of_value(scope, &value, field,
                               tree_location(indirection->arg));
        i++;
    }
    value.column = NULL;
    value.origin = NULL;
    return value;
}
