/*
 * Sub-selects as expressions: EXISTS, (SELECT ...), IN, ANY, ARRAY(SELECT ...)
 * (transformSubLink() of parse_expr.c)
 */
#include "query/analysis.h"

/* Where a sub-select may not stand, and what the server calls that place. */
static const char *forbidden_place(enum query_clause clause)
{
    switch (clause) {
    case CLAUSE_DEFAULT: return "DEFAULT expression";
    case CLAUSE_GENERATED: return "column generation expression";
    case CLAUSE_CHECK:
    case CLAUSE_DOMAIN_CHECK: return "check constraint";
    case CLAUSE_INDEX: return "index expression";
    case CLAUSE_INDEX_PREDICATE: return "index predicate";
    case CLAUSE_STATISTICS: return "statistics expression";
    case CLAUSE_PARTITION_KEY: return "partition key expression";
    case CLAUSE_PARTITION_BOUND: return "partition bound";
    case CLAUSE_TRANSFORM: return "transform expression";
    case CLAUSE_TRIGGER_WHEN: return "trigger WHEN condition";
    case CLAUSE_QUERY:
    case CLAUSE_POLICY:
    case CLAUSE_RULE: break;
    }
    return NULL;
}

static bool may_stand(struct scope *scope, ParseLoc location)
{
    const char *place = forbidden_place(scope->analysis->place->clause);

    scope->analysis->out->has_subquery = true;
    if (place)
        analysis_fail(scope->analysis, location, "0A000",
                      "cannot use subquery in %s", place);
    return place == NULL;
}

/* The one column of the sub-select. */
static struct value only_column(struct scope *scope, const SubLink *link,
                                const struct row *row)
{
    if (row->is_complete && row->count != 1)
        return analysis_fail(scope->analysis, link->location, "42601",
                             "subquery must return only one column");
    if (row->count != 1)
        return analysis_unknown(scope->analysis);
    return (struct value){.type = row->items[0].value.type,
                          .row = row->items[0].value.row};
}

static struct value array_of_column(struct scope *scope, const SubLink *link,
                                    const struct row *row)
{
    struct schema *schema = scope->analysis->schema;
    struct value value = only_column(scope, link, row);
    struct type *type = value.type.type;

    if (!type)
        return value;
    value.row = NULL;
    if (!coerce_element(schema, type))
        value.type.type = type_array_of(schema, type);
    if (!value.type.type)
        return analysis_fail(scope->analysis, link->location, "42704",
                             "could not find array type for data type %s",
                             analysis_type_name(scope->analysis, type));
    return value;
}

/* The left side of IN, ANY, or a comparison of rows, as one or more values. */
static struct value *left_values(struct scope *scope, const Node *test,
                                 size_t *count)
{
    const RowExpr *row = node_as(RowExpr, test);
    struct value value = expression(scope, test);
    struct value *values;

    if (!row) {
        values = arena_alloc(scope->analysis->arena, sizeof *values);
        *values = value;
        *count = 1;
        return values;
    }
    *count = value.row->count;
    values = arena_alloc(scope->analysis->arena, *count * sizeof *values);
    for (size_t i = 0; i < *count; i++)
        values[i] = value.row->items[i].value;
    return values;
}

static struct value compare(struct scope *scope, const SubLink *link,
                            const struct row *row)
{
    struct analysis *analysis = scope->analysis;
    struct value *left, *right;
    size_t count;

    left = left_values(scope, link->testexpr, &count);
    if (!row->is_complete)
        return value_of(type_builtin(analysis, BOOLOID));
    if (count < row->count)
        return analysis_fail(analysis, link->location, "42601",
                             "subquery has too many columns");
    if (count > row->count)
        return analysis_fail(analysis, link->location, "42601",
                             "subquery has too few columns");
    right = arena_alloc(analysis->arena, count * sizeof *right);
    for (size_t i = 0; i < count; i++)
        right[i] = value_of(row->items[i].value.type);
    if (link->operName)
        return row_comparison(scope, link->operName, left, right, count,
                              link->location);
    for (size_t i = 0; i < count; i++)
        operator_apply_named(scope, "=", &left[i], &right[i], link->location);
    return value_of(type_builtin(analysis, BOOLOID));
}

struct value sublink_value(struct scope *scope, const SubLink *link)
{
    struct row row = {0};

    if (!may_stand(scope, link->location))
        return (struct value){.type = {NULL, -1}};
    query_of_node(scope, link->subselect, false, &row);
    switch (link->subLinkType) {
    case EXISTS_SUBLINK:
        return value_of(type_builtin(scope->analysis, BOOLOID));
    case EXPR_SUBLINK: return only_column(scope, link, &row);
    case ARRAY_SUBLINK: return array_of_column(scope, link, &row);
    case ALL_SUBLINK:
    case ANY_SUBLINK:
    case ROWCOMPARE_SUBLINK: return compare(scope, link, &row);
    case MULTIEXPR_SUBLINK:
    case CTE_SUBLINK: break;
    }
    return analysis_unknown(scope->analysis);
}

/* SET (a, b) = ROW(...), or a sub-select. */
void multiple_assignment(struct scope *scope, const MultiAssignRef *reference,
                         struct row *row)
{
    struct analysis *analysis = scope->analysis;
    const SubLink *link = node_as(SubLink, reference->source);
    const RowExpr *list = node_as(RowExpr, reference->source);

    if (link && link->subLinkType == EXPR_SUBLINK) {
        analysis->out->has_subquery = true;
        query_of_node(scope, link->subselect, false, row);
    } else if (list) {
        const ListCell *cell;

        row->is_complete = true;
        foreach (cell, list->args) {
            const Node *node = lfirst(cell);
            struct value value = {.type = {NULL, -1}};

            /* `v.*` becomes as many columns as there are. */
            if (nodeTag(node) == T_ColumnRef &&
                nodeTag(llast(((const ColumnRef *)node)->fields)) == T_A_Star)
                row->is_complete = false;
            else if (nodeTag(node) != T_SetToDefault)
                value = expression_in_part(scope, node, PART_UPDATE);
            row_add(analysis, row, NULL, value);
        }
    } else {
        analysis_fail(analysis, -1, "0A000",
                      "source for a multiple-column UPDATE item must be a "
                      "sub-SELECT or ROW() expression");
        return;
    }
    if (!row->is_complete || row->count == (size_t)reference->ncolumns)
        return;
    analysis_fail(analysis, -1, "42601",
                  link ? "number of columns does not match number of values"
                       : "number of columns does not match number of values");
}
