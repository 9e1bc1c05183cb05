/*
 * Target lists: what SELECT and RETURNING give, `*` expanded.
 * (parse_target.c, expandNSItemVars() of parse_relation.c)
 */
#include "query/analysis.h"

static void add_output(struct scope *scope, struct row *row, const char *name,
                       struct value value)
{
    if (row->count >= TARGET_COUNT_MAX) {
        if (row->count == TARGET_COUNT_MAX && row->is_complete)
            analysis_fail(scope->analysis, -1, "54011",
                          "target lists can have at most %d entries",
                          TARGET_COUNT_MAX);
        row->is_complete = false;
        return;
    }
    row_add(scope->analysis, row, name, value);
}

/* All columns of a range. */
static void add_range(struct scope *scope, struct range *range, struct row *row,
                      struct buffer *text)
{
    range_fill(scope, range);
    if (!range->row.is_complete) {
        row->is_complete = false;
        analysis_unknown(scope->analysis);
    }
    if (!analysis_step(scope->analysis, range->row.count / 2 + 1)) {
        row->is_complete = false;
        return;
    }
    for (size_t i = 0; i < range->row.count; i++) {
        const struct slot *slot = &range->row.items[i];

        if (!slot->name)
            continue;
        column_note(scope, range, slot, 0, -1);
        add_output(scope, row, slot->name, slot->value);
        binding_add_star_column(scope->analysis, text, slot);
    }
}

/* `*`. */
static void add_all(struct scope *scope, const ColumnRef *star, struct row *row)
{
    struct buffer text;
    bool is_found = false;

    buffer_init(&text, scope->analysis->arena);
    for (size_t i = 0; i < scope->ranges.count; i++) {
        if (!scope->ranges.items[i].are_columns_visible)
            continue;
        is_found = true;
        add_range(scope, scope->ranges.items[i].range, row, &text);
    }
    if (!is_found)
        analysis_fail(scope->analysis, star->location, "42601",
                      "SELECT * with no tables specified is not valid");
    binding_note_star(scope, star, &text);
}

/* All columns of a value of a composite type: (x).*, or a parameter's. */
static void add_fields(struct scope *scope, const struct value *value,
                       struct row *row)
{
    const struct row *fields = value->row;

    if (!fields)
        fields = row_of_type(scope->analysis, value->type.type);
    if (!fields) {
        row->is_complete = false;
        analysis_unknown(scope->analysis);
        return;
    }
    if (!fields->is_complete)
        row->is_complete = false;
    for (size_t i = 0; i < fields->count; i++) {
        const struct slot *slot = &fields->items[i];
        struct value field = value_of(slot->value.type);

        if (!slot->name)
            continue;
        if (slot->value.column)
            analysis_need(scope->analysis, &slot->value.column->object);
        field.row = slot->value.row;
        add_output(scope, row, slot->name, field);
    }
}

/* `t.*`, `s.t.*`. */
static void add_range_star(struct scope *scope, const ColumnRef *star,
                           struct row *row)
{
    struct analysis *analysis = scope->analysis;
    int count = list_length(star->fields);
    const char *name = name_from_string(list_nth(star->fields, count - 2));
    const char *schema =
        count > 2 ? name_from_string(list_nth(star->fields, count - 3)) : NULL;
    struct range *range;
    struct buffer text;
    size_t levels_up;

    if (count > 3) {
        row->is_complete = false;
        analysis_unknown(analysis);
        return;
    }
    range = column_find_range(scope, schema, name, star->location, &levels_up);
    if (!range) {
        row->is_complete = false;
        if (!analysis_has_failed(analysis))
            column_missing_range(scope, name, star->location);
        return;
    }
    buffer_init(&text, analysis->arena);
    add_range(scope, range, row, &text);
    binding_note_star(scope, star, &text);
}

static bool is_star(const Node *node)
{
    return node && nodeTag(node) == T_A_Star;
}

bool target_add_star(struct scope *scope, const Node *node, struct row *row)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const A_Indirection *indirection = node_as(A_Indirection, node);

    if (reference && is_star(llast(reference->fields))) {
        if (list_length(reference->fields) == 1)
            add_all(scope, reference, row);
        else
            add_range_star(scope, reference, row);
        return true;
    }
    if (indirection && is_star(llast(indirection->indirection))) {
        struct value value = indirection_value(
            scope, indirection, list_length(indirection->indirection) - 1);

        add_fields(scope, &value, row);
        return true;
    }
    return false;
}

void target_list(struct scope *scope, const List *targets, enum query_part part,
                 struct row *row)
{
    enum query_part outer = scope->part;
    const ListCell *cell;

    scope->part = part;
    foreach (cell, targets) {
        const ResTarget *target = lfirst(cell);
        const char *name = target->name;
        struct value value;

        if (target_add_star(scope, target->val, row))
            continue;
        value = expression(scope, target->val);
        if (!name) {
            name = generated_name_of_expression(
                target->val, scope->analysis->schema->postgres_version);
            binding_note_output(scope, target, name);
        }
        if (value.returns_set)
            scope->has_set_targets = true;
        add_output(scope, row, name ? name : "?column?", value);
    }
    scope->part = outer;
}
