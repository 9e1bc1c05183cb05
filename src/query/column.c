/*
 * What a ColumnRef means: a column of a FROM item in this or an outer scope, a
 * parameter, VALUE, a whole row, or a function called in the old way (t.f).
 * transformColumnRef() of parse_expr.c, colNameToVar() and
 * refnameNamespaceItem() of parse_relation.c.
 */
#include "query/analysis.h"

#include "sql/routine.h"

#include <string.h>

static bool sees(const struct scope *scope, const struct visible *visible)
{
    return !visible->is_lateral_only || scope->is_lateral_active;
}

/* check_lateral_ref_ok(). */
static bool check_lateral(struct scope *scope, const struct visible *visible,
                          ParseLoc location)
{
    if (!visible->is_lateral_only || visible->is_lateral_allowed)
        return true;
    analysis_fail(scope->analysis, location, "42P10",
                  "invalid reference to FROM-clause entry for table \"%s\"",
                  visible->range->name);
    return false;
}

static bool names_range(const struct range *range, const char *schema,
                        const char *name)
{
    if (!range->name || strcmp(range->name, name) != 0)
        return false;
    if (!schema)
        return true;
    return range->is_relation && !range->is_aliased && range->schema_name &&
           strcmp(range->schema_name, schema) == 0;
}

struct range *column_find_range(struct scope *scope, const char *schema,
                                const char *name, ParseLoc location,
                                size_t *levels_up)
{
    *levels_up = 0;
    for (; scope; scope = scope->outer, ++*levels_up) {
        struct visible *found = NULL;

        for (size_t i = 0; i < scope->ranges.count; i++) {
            struct visible *visible = &scope->ranges.items[i];

            if (!visible->is_name_visible || !sees(scope, visible) ||
                !names_range(visible->range, schema, name))
                continue;
            if (found) {
                analysis_fail(scope->analysis, location, "42P09",
                              "table reference \"%s\" is ambiguous", name);
                return NULL;
            }
            if (!check_lateral(scope, visible, location))
                return NULL;
            found = visible;
        }
        if (found)
            return found->range;
    }
    return NULL;
}

/* Whether some item of FROM, visible or not, is called that. */
static bool is_hidden_range(const struct scope *scope, const char *name)
{
    for (; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->all_ranges.count; i++) {
            const struct range *range = scope->all_ranges.items[i];

            if ((range->name && strcmp(range->name, name) == 0) ||
                (range->relation_name &&
                 strcmp(range->relation_name, name) == 0))
                return true;
        }
    }
    return false;
}

struct value column_missing_range(struct scope *scope, const char *name,
                                  ParseLoc location)
{
    if (is_hidden_range(scope, name))
        return analysis_fail(
            scope->analysis, location, "42P01",
            "invalid reference to FROM-clause entry for table \"%s\"", name);
    return analysis_fail(scope->analysis, location, "42P01",
                         "missing FROM-clause entry for table \"%s\"", name);
}

/* ctid and its like. */
static struct slot *system_slot(struct scope *scope, struct range *range,
                                const char *name)
{
    static const struct {
        const char *name;
        uint16_t type;
    } columns[] = {
        {"ctid", TIDOID}, {"xmin", XIDOID}, {"cmin", CIDOID},
        {"xmax", XIDOID}, {"cmax", CIDOID}, {"tableoid", OIDOID},
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct slot *slot;

        if (strcmp(columns[i].name, name) != 0)
            continue;
        slot = arena_alloc(scope->analysis->arena, sizeof *slot);
        slot->name = columns[i].name;
        slot->value = value_of(type_builtin(scope->analysis, columns[i].type));
        slot->origin = range;
        slot->origin_index = (size_t)-1 - i;
        slot->is_system = true;
        return slot;
    }
    return NULL;
}

/* The slot that range_fill() would give the column; null if there is none. */
static struct slot *deferred_slot(struct scope *scope, struct range *range,
                                  const char *name)
{
    const struct column_array *columns = &range->table->columns;
    struct column *column = model_find_column(range->table, name);
    struct slot *slot;

    if (!column)
        return NULL;
    slot = arena_alloc(scope->analysis->arena, sizeof *slot);
    slot->name = column->name;
    slot->value.type = column->data_type;
    slot->value.column = column;
    slot->origin = range;
    while (columns->items[slot->origin_index] != column)
        slot->origin_index++;
    return slot;
}

/* Bounded by analysis_step(): a range can have many columns. */
static struct slot *find_slot(struct scope *scope, struct range *range,
                              const char *name, ParseLoc location)
{
    struct slot *found = NULL;
    size_t count =
        range->is_row_deferred ? range->table->columns.count : range->row.count;

    if (!analysis_step(scope->analysis, count / 16))
        return NULL;
    if (range->is_row_deferred)
        found = deferred_slot(scope, range, name);
    for (size_t i = 0; i < range->row.count; i++) {
        struct slot *slot = &range->row.items[i];

        if (!slot->name || slot->name[0] != name[0] ||
            strcmp(slot->name, name) != 0)
            continue;
        if (found) {
            analysis_fail(scope->analysis, location, "42702",
                          "column reference \"%s\" is ambiguous", name);
            return NULL;
        }
        found = slot;
    }
    if (!found && range->is_relation)
        return system_slot(scope, range, name);
    return found;
}

/* A column of some range. */
struct found {
    struct range *range; /* null: there is none */
    struct slot *slot;
    size_t levels_up;
    bool is_uncertain; /* a range that is not all known may have it */
};

static bool find_column_here(struct scope *scope, const char *name,
                             ParseLoc location, struct found *found)
{
    for (size_t i = 0; i < scope->ranges.count; i++) {
        struct visible *visible = &scope->ranges.items[i];
        struct slot *slot;

        if (!visible->are_columns_visible || !sees(scope, visible))
            continue;
        slot = find_slot(scope, visible->range, name, location);
        if (analysis_has_failed(scope->analysis))
            return false;
        if (!slot) {
            if (!visible->range->row.is_complete)
                found->is_uncertain = true;
            continue;
        }
        if (found->range) {
            analysis_fail(scope->analysis, location, "42702",
                          "column reference \"%s\" is ambiguous", name);
            return false;
        }
        if (!check_lateral(scope, visible, location))
            return false;
        found->range = visible->range;
        found->slot = slot;
    }
    return true;
}

/* colNameToVar(). False if the server refuses. */
static bool find_column(struct scope *scope, const char *name,
                        ParseLoc location, struct found *found)
{
    *found = (struct found){0};
    for (; scope; scope = scope->outer, found->levels_up++) {
        if (!find_column_here(scope, name, location, found))
            return false;
        if (found->range || found->is_uncertain)
            return true;
    }
    return true;
}

/* What a table's own expression may not read. */
static void check_place(struct scope *scope, const struct slot *slot,
                        ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    const struct column *column = slot->value.column;

    if (slot->is_system && (analysis->place->clause == CLAUSE_INDEX ||
                            analysis->place->clause == CLAUSE_INDEX_PREDICATE))
        analysis_fail(analysis, location, "0A000",
                      "index creation on system columns is not supported");
    if (slot->is_system && strcmp(slot->name, "tableoid") != 0) {
        if (analysis->place->clause == CLAUSE_GENERATED)
            analysis_fail(analysis, location, "42P10",
                          "cannot use system column \"%s\" in column "
                          "generation expression",
                          slot->name);
        else if (analysis->place->clause == CLAUSE_CHECK)
            analysis_fail(analysis, location, "42P10",
                          "system column \"%s\" reference in check "
                          "constraint is invalid",
                          slot->name);
    }
    if (column && analysis->place->clause == CLAUSE_GENERATED &&
        column->generated != GENERATED_NONE)
        analysis_fail(analysis, location, "42P17",
                      "cannot use generated column \"%s\" in column generation "
                      "expression",
                      column->name);
}

void column_note(struct scope *scope, const struct range *range,
                 const struct slot *slot, size_t levels_up, ParseLoc location)
{
    struct analysis *analysis = scope->analysis;

    analysis->column_count++;
    if (slot->value.column)
        analysis_need(analysis, &slot->value.column->object);
    if (range->is_place) {
        check_place(scope, slot, location);
        if (slot->value.column)
            analysis_read(analysis, slot->value.column);
    }
    grouping_note(scope, slot, levels_up, location);
}

/* For query_place.names, if that is wanted. slot null: the range is not all
 * known. */
static void note_name(struct scope *scope, const ColumnRef *reference,
                      const struct range *range, const struct slot *slot)
{
    struct analysis *analysis = scope->analysis;

    if (!analysis->place->names)
        return;
    if (slot && slot->origin)
        range = slot->origin;
    *array_push(analysis->arena, analysis->place->names) = (struct query_name){
        .reference = reference,
        .item = range->item,
        .table = range->table,
        .column = slot ? slot->value.column : NULL,
        .type = slot ? slot->value.type : (struct data_type){NULL, -1},
    };
}

void column_note_output(struct scope *scope, const ColumnRef *reference,
                        const struct slot *output)
{
    const struct range *range =
        output->origin ? output->origin : output->value.origin;

    if (output->value.column && range)
        note_name(scope, reference, range, output);
}

/* The value of a column, and what follows from reading it. */
static struct value take(struct scope *scope, const ColumnRef *reference,
                         const struct found *found)
{
    struct value value = found->slot->value;

    column_note(scope, found->range, found->slot, found->levels_up,
                reference->location);
    binding_note_column(scope, reference, found->range, found->slot,
                        found->levels_up);
    note_name(scope, reference, found->range, found->slot);
    if (!value.type.type)
        scope->analysis->out->unknown_count++;
    value.origin = found->slot->origin;
    value.origin_index = found->slot->origin_index;
    return value;
}

struct value column_whole_row(struct scope *scope, struct range *range)
{
    struct value value;

    range_fill(scope, range);
    value = value_of(range->type);
    scope->analysis->column_count++;
    if (range->is_place)
        scope->analysis->out->reads_whole_row = true;
    if (range->is_scalar && range->row.count > 0)
        return range->row.items[0].value;
    value.row = &range->row;
    if (!value.type.type && !range->is_row_unknown)
        value.type = type_builtin(scope->analysis, RECORDOID);
    return value;
}

/* sql_fn_resolve_param_name(). */
static const struct parameter *find_parameter(const struct scope *scope,
                                              const char *name)
{
    const struct query_place *place = scope->analysis->place;

    for (size_t i = 0; i < place->parameter_count; i++) {
        const struct parameter *parameter = &place->parameters[i];

        if (parameter->name && strcmp(parameter->name, name) == 0 &&
            parameter->mode != FUNC_PARAM_OUT &&
            parameter->mode != FUNC_PARAM_TABLE)
            return parameter;
    }
    return NULL;
}

/* sql_fn_post_column_ref(): name, function.name, name.field ... False if it is
 * no parameter. */
static bool parameter_value(struct scope *scope, const char *const *names,
                            size_t count, ParseLoc location,
                            struct value *value)
{
    const struct query_place *place = scope->analysis->place;
    const struct parameter *parameter;
    size_t first = 0;

    if (count > 1 && place->function_name &&
        strcmp(place->function_name, names[0]) == 0)
        first = 1;
    parameter = find_parameter(scope, names[first]);
    if (!parameter && first == 1) {
        first = 0;
        parameter = find_parameter(scope, names[0]);
    }
    if (!parameter || count - first > 2)
        return false;
    *value = value_of(parameter->type);
    if (count - first == 2)
        *value = field_of_value(scope, value, names[first + 1], location);
    return true;
}

/* plpgsql_post_column_ref(): of variables only parameters have known types. */
static bool variable_value(struct scope *scope, const char *const *names,
                           size_t count, struct value *value)
{
    const struct query_place *place = scope->analysis->place;
    struct routine_variable variable;

    if (!place->variables ||
        !routine_find_variable(place->variables, names, count, &variable))
        return false;
    *value =
        variable.parameter < place->parameter_count && variable.used == count
            ? value_of(place->parameters[variable.parameter].type)
            : analysis_unknown(scope->analysis);
    return true;
}

/* plpgsql_pre_column_ref(): where variables go before columns. */
static bool preferred_variable(struct scope *scope, const char *const *names,
                               size_t count, struct value *value)
{
    const struct routine_query *variables = scope->analysis->place->variables;

    return variables && variables->prefers_variables &&
           variable_value(scope, names, count, value);
}

/* Whatever a table that is not all known may have: were there such a column, the
 * server would refuse to choose, unless the body says that columns go first. */
static bool is_variable_certain(const struct scope *scope,
                                const struct found *found)
{
    return !found->is_uncertain ||
           !scope->analysis->place->variables->prefers_columns;
}

/* For query_place.values, if that is wanted. */
static struct value note_value(struct scope *scope, const ColumnRef *reference,
                               struct value value)
{
    struct analysis *analysis = scope->analysis;

    if (analysis->place->values)
        *array_push(analysis->arena, analysis->place->values) = reference;
    return value;
}

static struct value missing_column(struct scope *scope, const char *qualifier,
                                   const char *name, ParseLoc location)
{
    if (qualifier)
        return analysis_fail(scope->analysis, location, "42703",
                             "column %s.%s does not exist", qualifier, name);
    return analysis_fail(scope->analysis, location, "42703",
                         "column \"%s\" does not exist", name);
}

/* `name`. */
static struct value bare_column(struct scope *scope, const ColumnRef *reference,
                                const char *name)
{
    struct analysis *analysis = scope->analysis;
    struct found found;
    struct range *range;
    struct value value;
    size_t levels_up;

    if (analysis->place->value.type && strcmp(name, "value") == 0)
        return value_of(analysis->place->value);
    if (preferred_variable(scope, &name, 1, &value))
        return note_value(scope, reference, value);
    if (!find_column(scope, name, reference->location, &found))
        return (struct value){0};
    if (found.range)
        return take(scope, reference, &found);
    if (analysis->place->variables) {
        if (is_variable_certain(scope, &found) &&
            variable_value(scope, &name, 1, &value))
            return note_value(scope, reference, value);
    } else if (parameter_value(scope, &name, 1, reference->location, &value)) {
        return found.is_uncertain ? value : note_value(scope, reference, value);
    }
    range =
        column_find_range(scope, NULL, name, reference->location, &levels_up);
    if (range) {
        binding_note_whole_row(scope, reference, range, levels_up);
        return column_whole_row(scope, range);
    }
    if (found.is_uncertain || analysis_has_failed(analysis))
        return analysis_unknown(analysis);
    return missing_column(scope, NULL, name, reference->location);
}

/* `qualifier.name`, the qualifier found. */
static struct value column_of_range(struct scope *scope,
                                    const ColumnRef *reference,
                                    struct range *range, const char *name,
                                    size_t levels_up)
{
    struct analysis *analysis = scope->analysis;
    struct found found = {.range = range, .levels_up = levels_up};
    struct value whole, value;

    found.slot = find_slot(scope, range, name, reference->location);
    if (found.slot)
        return take(scope, reference, &found);
    if (analysis_has_failed(analysis))
        return (struct value){0};
    if (!range->row.is_complete) {
        note_name(scope, reference, range, NULL);
        return analysis_unknown(analysis);
    }
    whole = column_whole_row(scope, range);
    if (call_as_field(scope, name, &whole, &value)) {
        binding_note_field_call(scope, reference, range, value.function);
        return value;
    }
    return missing_column(scope, range->name, name, reference->location);
}

static const char *dotted(struct analysis *analysis, const List *fields)
{
    const char *text = NULL;
    const ListCell *cell;

    foreach (cell, fields) {
        const char *name = name_from_string(lfirst(cell));

        name = name ? name : "*";
        text = text ? arena_format(analysis->arena, "%s.%s", text, name) : name;
    }
    return text;
}

/* `a.b`, `a.b.c`; a star at the end stands for the whole row. */
static struct value qualified_column(struct scope *scope,
                                     const ColumnRef *reference)
{
    struct analysis *analysis = scope->analysis;
    const List *fields = reference->fields;
    size_t count = (size_t)list_length(fields);
    const char *names[3] = {NULL, NULL, NULL};
    bool is_star = nodeTag((const Node *)llast(fields)) == T_A_Star;
    const char *schema, *qualifier;
    struct range *range;
    struct value value;
    size_t levels_up;

    if (count > 4)
        return analysis_fail(
            analysis, reference->location, "42601",
            "improper qualified name (too many dotted names): %s",
            dotted(analysis, fields));
    if (count == 4) /* the database's own name may stand there */
        return analysis_unknown(analysis);
    for (size_t i = 0; i < count; i++)
        names[i] = name_from_string(list_nth(fields, (int)i));
    schema = count == 3 ? names[0] : NULL;
    qualifier = names[count - 2];
    if (preferred_variable(scope, names, is_star ? count - 1 : count, &value))
        return note_value(scope, reference, value);
    range = column_find_range(scope, schema, qualifier, reference->location,
                              &levels_up);
    if (range && is_star) {
        binding_note_whole_row(scope, reference, range, levels_up);
        return column_whole_row(scope, range);
    }
    if (range)
        return column_of_range(scope, reference, range, names[count - 1],
                               levels_up);
    if (variable_value(scope, names, is_star ? count - 1 : count, &value))
        return note_value(scope, reference, value);
    if (!is_star && !analysis->place->variables &&
        parameter_value(scope, names, count, reference->location, &value))
        return note_value(scope, reference, value);
    if (analysis_has_failed(analysis))
        return (struct value){0};
    return column_missing_range(scope, qualifier, reference->location);
}

struct value column_reference(struct scope *scope, const ColumnRef *reference)
{
    struct analysis *analysis = scope->analysis;
    const Node *first = linitial(reference->fields);

    if (analysis->place->clause == CLAUSE_DEFAULT)
        return analysis_fail(analysis, reference->location, "0A000",
                             "cannot use column reference in DEFAULT "
                             "expression");
    if (analysis->place->clause == CLAUSE_PARTITION_BOUND)
        return analysis_fail(analysis, reference->location, "0A000",
                             "cannot use column reference in partition bound "
                             "expression");
    if (nodeTag(first) == T_A_Star)
        return analysis_unknown(analysis);
    if (list_length(reference->fields) == 1)
        return bare_column(scope, reference, name_from_string(first));
    return qualified_column(scope, reference);
}

bool column_is_here(struct scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->ranges.count; i++) {
        const struct visible *visible = &scope->ranges.items[i];

        if (!visible->are_columns_visible)
            continue;
        range_fill(scope, visible->range);
        for (size_t j = 0; j < visible->range->row.count; j++) {
            const struct slot *slot = &visible->range->row.items[j];

            if (slot->name && strcmp(slot->name, name) == 0)
                return true;
        }
    }
    return false;
}
