/*
 * Describes queries and expressions: opens the outermost scope, in which a
 * table's expression sees its columns, and hands back what the analysis found.
 */
#include "query/query.h"

#include "query/analysis.h"
#include "query/candidate.h"
#include "query/same_expression.h"

static struct range *place_range(struct scope *scope, const char *name)
{
    struct table *table = scope->analysis->place->table;
    struct range *range = range_new(scope, name);

    range_defer_table(range, table);
    range->is_place = true;
    return range;
}

/* NEW and OLD of a trigger or rule. */
static void add_state(struct scope *scope, const char *name)
{
    struct range *range = place_range(scope, name);
    struct visible visible;

    range_fill(scope, range);
    range->is_aliased = true;
    range->is_state = true;
    visible = range_visible(range);
    visible.are_columns_visible =
        scope->analysis->place->clause == CLAUSE_TRIGGER_WHEN;
    *array_push(scope->analysis->arena, &scope->ranges) = visible;
}

static void add_place(struct scope *scope)
{
    const struct query_place *place = scope->analysis->place;
    struct range *range;

    if (!place->table)
        return;
    if (place->has_old)
        add_state(scope, "old");
    if (place->has_new)
        add_state(scope, "new");
    if (place->has_old || place->has_new)
        return;
    range = place_range(scope, place->table->relation.name);
    *array_push(scope->analysis->arena, &scope->ranges) = range_visible(range);
}

/* The outermost scope; with a table's columns if the place has some. */
static struct scope *begin(struct analysis *analysis, struct schema *schema,
                           struct arena *arena, const struct query_place *place,
                           struct query_description *description)
{
    struct scope *scope = arena_alloc(arena, sizeof *scope);

    *description = (struct query_description){
        .has_all_columns = true,
        .has_all_relations = true,
        .is_volatility_known = true,
        .type = {NULL, -1},
        .location = -1,
    };
    *analysis = (struct analysis){
        .schema = schema,
        .arena = arena,
        .place = place,
        .out = description,
        .binding = place->binding,
        .version = builtin_version(schema->postgres_version),
        .knows_all = candidates_are_all(schema),
    };
    scope->analysis = analysis;
    scope->is_in_from = true;
    add_place(scope);
    return scope;
}

void query_describe_body(struct analysis *outer, const Node *node,
                         const struct query_place *place,
                         struct query_description *description)
{
    struct analysis analysis;
    struct scope *scope =
        begin(&analysis, outer->schema, outer->arena, place, description);

    analysis.body_depth = outer->body_depth + 1;
    analysis.steps = outer->steps;
    expression(scope, node);
    outer->steps = analysis.steps;
}

static void give_columns(struct query_description *description,
                         struct arena *arena, const struct row *row)
{
    description->has_all_columns = row->is_complete;
    for (size_t i = 0; i < row->count; i++)
        *array_push(arena, &description->columns) = (struct query_column){
            .name = row->items[i].name,
            .type = row->items[i].value.type,
            .column = row->items[i].value.column,
        };
}

void query_describe(struct schema *schema, struct arena *arena,
                    const Node *query, const struct query_place *place,
                    struct query_description *description)
{
    static const struct query_place nowhere;
    struct analysis analysis;
    struct row row = {0};
    struct scope *scope =
        begin(&analysis, schema, arena, place ? place : &nowhere, description);

    if (analysis.place->table)
        query_of_node(scope, query, false, &row);
    else
        query_in_scope(scope, query, &row);
    give_columns(description, arena, &row);
}

/* DEFAULT and the like are assigned to the column's type. */
static void assign_to_target(struct analysis *analysis, struct value *value)
{
    struct data_type target = analysis->place->target;
    struct type *source = value->type.type;

    analysis->out->assigned = source;
    if (!target.type || !source)
        return;
    if (!value_coerce(analysis, value, target, COERCION_ASSIGNMENT))
        analysis_fail(
            analysis, -1, "42804",
            "column \"%s\" is of type %s but default expression is of "
            "type %s",
            analysis->place->target_name ? analysis->place->target_name : "",
            analysis_type_name(analysis, target.type),
            analysis_type_name(analysis, source));
}

/* What must be true or false. */
static const char *boolean_clause(enum query_clause clause)
{
    switch (clause) {
    case CLAUSE_CHECK:
    case CLAUSE_DOMAIN_CHECK: return "CHECK";
    case CLAUSE_TRIGGER_WHEN: return "WHEN";
    case CLAUSE_INDEX_PREDICATE:
    case CLAUSE_RULE: return "WHERE";
    case CLAUSE_POLICY: return "POLICY";
    case CLAUSE_QUERY:
    case CLAUSE_DEFAULT:
    case CLAUSE_GENERATED:
    case CLAUSE_INDEX:
    case CLAUSE_STATISTICS:
    case CLAUSE_PARTITION_KEY:
    case CLAUSE_PARTITION_BOUND:
    case CLAUSE_TRANSFORM: break;
    }
    return NULL;
}

void query_describe_expression(struct schema *schema, struct arena *arena,
                               const Node *node,
                               const struct query_place *place,
                               struct query_description *description)
{
    static const struct query_place nowhere;
    struct analysis analysis;
    struct scope *scope =
        begin(&analysis, schema, arena, place ? place : &nowhere, description);
    const char *construct = boolean_clause(analysis.place->clause);
    struct value value;

    /* In a rule's WHERE the columns of NEW and OLD need no qualifier. */
    for (size_t i = 0;
         analysis.place->clause == CLAUSE_RULE && i < scope->ranges.count; i++)
        scope->ranges.items[i].are_columns_visible = true;
    value = expression(scope, node);
    if (construct)
        value_to_boolean(&analysis, &value, construct, node);
    else
        assign_to_target(&analysis, &value);
    description->type = value.type;
}

bool query_expressions_differ(struct schema *schema, struct arena *arena,
                              const RangeVar *item, const Node *a,
                              const Node *b)
{
    struct query_place place = {.table = relation_as_table(model_find_relation(
                                    schema, name_from_range_var(item)))};
    struct query_description description;
    struct analysis analysis;
    struct scope *scope;
    struct range *range;

    if (!place.table)
        return false;
    scope = begin(&analysis, schema, arena, &place, &description);
    range = scope->ranges.items[0].range;
    range_fill(scope, range);
    if (item->alias)
        range->name = item->alias->aliasname;
    return same_expression(scope, a, b) == EXPRESSIONS_DIFFER;
}
