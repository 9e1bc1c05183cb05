/*
 * Functions in FROM: what columns a function's result has, ROWS FROM, WITH
 * ORDINALITY, column definition lists. (transformRangeFunction() of
 * parse_clause.c, addRangeTableEntryForFunction() of parse_relation.c.)
 */
#include "query/placement.h"

#include <string.h>

/* The type below domains, if it has columns; else null. */
static struct type *composite_of(struct type *type)
{
    for (int i = 0; type && type->kind == TYPE_DOMAIN && i < 32; i++)
        type = type->base.type;
    return type && type->table ? type : NULL;
}

const struct row *row_of_type(struct analysis *analysis, struct type *type)
{
    struct type *composite = composite_of(type);
    struct row *row;

    if (!composite)
        return NULL;
    row = arena_alloc(analysis->arena, sizeof *row);
    row->is_complete = composite->table->is_complete;
    if (!analysis_step(analysis, composite->table->columns.count / 4)) {
        row->is_complete = false;
        return row;
    }
    for (size_t i = 0; i < composite->table->columns.count; i++) {
        struct column *column = composite->table->columns.items[i];

        if (!column->object.is_dropped)
            row_add(
                analysis, row, column->name,
                (struct value){.type = column->data_type, .column = column});
    }
    return row;
}

/* `AS (a integer, b text)`. */
static void add_definitions(struct scope *scope, struct range *range,
                            const List *definitions)
{
    const ListCell *cell;

    foreach (cell, definitions) {
        const ColumnDef *definition = lfirst(cell);

        row_add(scope->analysis, &range->row, definition->colname,
                value_of(type_of_name(scope, definition->typeName)));
    }
}

/* chooseScalarFunctionAlias(). */
static const char *scalar_name(const RangeFunction *node,
                               const struct value *value, const char *name)
{
    if (value->name)
        return value->name;
    if (list_length(node->functions) == 1 && node->alias)
        return node->alias->aliasname;
    return name;
}

/* A function that returns record says nothing of its columns. */
static void refuse_record(struct scope *scope, const Node *call)
{
    analysis_fail(scope->analysis, tree_location(call), "42601",
                  "a column definition list is required for functions "
                  "returning \"record\"");
}

static void refuse_definitions(struct scope *scope, const struct value *value,
                               const Node *call)
{
    bool tells_more = scope->analysis->schema->postgres_version >= 14;
    const char *message = "a column definition list is only allowed for "
                          "functions returning \"record\"";

    if (tells_more && composite_of(value->type.type))
        message = "a column definition list is redundant for a function "
                  "returning a named composite type";
    else if (tells_more && value->row)
        message = "a column definition list is redundant for a function with "
                  "OUT parameters";
    analysis_fail(scope->analysis, tree_location(call), "42601", "%s", message);
}

static bool is_record(const struct value *value)
{
    return type_oid(value->type.type) == RECORDOID;
}

static void add_row(struct scope *scope, struct range *range,
                    const struct row *row)
{
    if (!row->is_complete)
        range->row.is_complete = false;
    for (size_t i = 0; i < row->count; i++) {
        struct value value = row->items[i].value;

        value.column = NULL;
        value.node = NULL;
        row_add(scope->analysis, &range->row, row->items[i].name, value);
    }
}

/* The columns of one function's result. */
static void add_function(struct scope *scope, struct range *range,
                         const RangeFunction *node, const Node *call,
                         const List *definitions)
{
    const char *name = generated_name_of_expression(
        call, scope->analysis->schema->postgres_version);
    size_t set_count = scope->set_count;
    struct value value = expression_in_part(scope, call, PART_FROM_FUNCTION);
    const struct row *row = value.row;

    placement_forbid_sets(
        scope, set_count + value.returns_set,
        "set-returning functions must appear at top level of FROM",
        tree_location(call));
    if (!row)
        row = row_of_type(scope->analysis, value.type.type);
    if (definitions) {
        if (value.type.type && (!is_record(&value) || row))
            refuse_definitions(scope, &value, call);
        add_definitions(scope, range, definitions);
        return;
    }
    if (row) {
        add_row(scope, range, row);
    } else if (!value.type.type) {
        /* It may be a scalar or have any columns. */
        range->row.is_complete = false;
    } else if (is_record(&value)) {
        refuse_record(scope, call);
    } else {
        value.column = NULL;
        value.returns_set = false;
        row_add(scope->analysis, &range->row,
                scalar_name(node, &value, name ? name : "?column?"), value);
    }
    if (list_length(node->functions) == 1 && !node->ordinality) {
        range->type = value.type;
        range->is_scalar = value.type.type && !row && !is_record(&value);
    }
}

/* unnest(a, b) in FROM is ROWS FROM (unnest(a), unnest(b)). */
static bool is_multiple_unnest(const FuncCall *call)
{
    return call && list_length(call->funcname) == 1 &&
           list_length(call->args) > 1 && !call->agg_order &&
           !call->agg_filter && !call->over && !call->agg_star &&
           !call->agg_distinct && !call->func_variadic &&
           strcmp(name_from_string(linitial(call->funcname)), "unnest") == 0;
}

static void add_unnests(struct scope *scope, struct range *range,
                        const FuncCall *call)
{
    const ListCell *cell;

    foreach (cell, call->args) {
        struct value argument =
            expression_in_part(scope, lfirst(cell), PART_FROM_FUNCTION);
        struct value value =
            call_builtin(scope, "unnest", &argument, 1, call->location);
        const struct row *row = value.row;

        if (!row)
            row = row_of_type(scope->analysis, value.type.type);
        if (row)
            add_row(scope, range, row);
        else
            row_add(scope->analysis, &range->row, "unnest", value);
    }
}

struct range *from_function(struct scope *scope, const RangeFunction *node)
{
    struct analysis *analysis = scope->analysis;
    bool was_active = scope->is_lateral_active;
    const char *first_name = NULL;
    struct range *range = range_new(scope, NULL);
    const ListCell *cell;

    scope->is_lateral_active = true;
    foreach (cell, node->functions) {
        const List *pair = lfirst(cell);
        const Node *call = linitial(pair);
        const List *definitions = lsecond(pair);

        if (!first_name)
            first_name = generated_name_of_expression(
                call, scope->analysis->schema->postgres_version);
        if (!definitions && is_multiple_unnest(node_as(FuncCall, call)))
            add_unnests(scope, range, node_as(FuncCall, call));
        else
            add_function(scope, range, node, call,
                         definitions ? definitions : node->coldeflist);
    }
    scope->is_lateral_active = was_active;
    if (node->ordinality)
        row_add(analysis, &range->row, "ordinality",
                value_of(type_builtin(analysis, INT8OID)));
    range->name = first_name ? first_name : "?column?";
    range_apply_alias(scope, range, node->alias, "table");
    row_set_origin(&range->row, range);
    if (!node->alias)
        binding_note_function_item(scope, node, range);
    return range;
}

/* XMLTABLE. (transformRangeTableFunc) */
struct range *from_xmltable(struct scope *scope, const RangeTableFunc *node)
{
    struct analysis *analysis = scope->analysis;
    bool was_active = scope->is_lateral_active;
    struct range *range = range_new(scope, "xmltable");
    const ListCell *cell;

    scope->is_lateral_active = true;
    expression_in_part(scope, node->rowexpr, PART_FROM_FUNCTION);
    expression_in_part(scope, node->docexpr, PART_FROM_FUNCTION);
    foreach (cell, node->columns) {
        const RangeTableFuncCol *column = lfirst(cell);
        struct data_type type = type_builtin(analysis, INT4OID);

        if (!column->for_ordinality)
            type = type_of_name(scope, column->typeName);
        row_add(analysis, &range->row, column->colname, value_of(type));
        expression_in_part(scope, column->colexpr, PART_FROM_FUNCTION);
        expression_in_part(scope, column->coldefexpr, PART_FROM_FUNCTION);
    }
    foreach (cell, node->namespaces) {
        const ResTarget *target = node_as(ResTarget, (Node *)lfirst(cell));

        if (target)
            expression_in_part(scope, target->val, PART_FROM_FUNCTION);
    }
    scope->is_lateral_active = was_active;
    range_apply_alias(scope, range, node->alias, "table");
    row_set_origin(&range->row, range);
    return range;
}

/* Nested columns come after all of their siblings. */
static void add_json_columns(struct scope *scope, struct range *range,
                             const List *columns)
{
    struct analysis *analysis = scope->analysis;
    const ListCell *cell;

    if (!analysis_enter(analysis))
        return;
    foreach (cell, columns) {
        const JsonTableColumn *column = lfirst(cell);

        if (column->coltype == JTC_NESTED)
            continue;
        row_add(analysis, &range->row, column->name,
                value_of(column->coltype == JTC_FOR_ORDINALITY
                             ? type_builtin(analysis, INT4OID)
                             : type_of_name(scope, column->typeName)));
        json_behavior(scope, column->on_empty);
        json_behavior(scope, column->on_error);
    }
    foreach (cell, columns) {
        const JsonTableColumn *column = lfirst(cell);

        if (column->coltype == JTC_NESTED)
            add_json_columns(scope, range, column->columns);
    }
    analysis_leave(analysis);
}

struct range *from_json_table(struct scope *scope, const JsonTable *node)
{
    bool was_active = scope->is_lateral_active;
    struct range *range = range_new(scope, "json_table");

    scope->is_lateral_active = true;
    expression_in_part(scope, (const Node *)node->context_item,
                       PART_FROM_FUNCTION);
    expression_list(scope, node->passing, PART_FROM_FUNCTION);
    add_json_columns(scope, range, node->columns);
    scope->is_lateral_active = was_active;
    range_apply_alias(scope, range, node->alias, "table");
    row_set_origin(&range->row, range);
    return range;
}
