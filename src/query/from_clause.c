/*
 * The FROM clause: each item becomes a range, with the columns that it gives
 * and the names by which they can be reached. transformFromClauseItem() of
 * parse_clause.c, addRangeTableEntryFor...() of parse_relation.c.
 */
#include "query/analysis.h"

#include <string.h>

struct range *range_new(struct scope *scope, const char *name)
{
    struct range *range = arena_alloc(scope->analysis->arena, sizeof *range);

    range->name = name;
    range->type.modifier = -1;
    range->row.is_complete = true;
    *array_push(scope->analysis->arena, &scope->all_ranges) = range;
    return range;
}

struct visible range_visible(struct range *range)
{
    return (struct visible){
        .range = range,
        .is_name_visible = range->name != NULL,
        .are_columns_visible = true,
        .is_lateral_allowed = true,
    };
}

bool range_apply_alias(struct scope *scope, struct range *range,
                       const Alias *alias, const char *what)
{
    struct row *row = &range->row;
    size_t available = 0;
    int given;

    if (!alias)
        return true;
    range->name = alias->aliasname;
    range->is_aliased = true;
    given = list_length(alias->colnames);
    for (size_t i = 0; i < row->count; i++) {
        struct slot *slot = &row->items[i];

        if (!slot->name)
            continue;
        if (available < (size_t)given)
            slot->name =
                name_from_string(list_nth(alias->colnames, (int)available));
        available++;
    }
    if ((size_t)given <= available || !row->is_complete)
        return true;
    analysis_fail(scope->analysis, -1, "42P10",
                  "%s \"%s\" has %zu columns available but %d columns "
                  "specified",
                  what, alias->aliasname, available, given);
    return false;
}

/* The columns of a table, dropped ones as slots without a name. */
static void add_columns(struct scope *scope, struct range *range,
                        struct table *table)
{
    struct analysis *analysis = scope->analysis;

    range->row.is_complete = table->is_complete;
    if (!analysis_step(analysis, table->columns.count / 4 + 1)) {
        range->row.is_complete = false;
        return;
    }
    array_make_room(analysis->arena, &range->row, table->columns.count + 1);
    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column = table->columns.items[i];
        row_add(analysis, &range->row,
                column->object.is_dropped ? NULL : column->name,
                (struct value){.type = column->data_type, .column = column});
    }
    row_set_origin(&range->row, range);
}

void range_defer_table(struct range *range, struct table *table)
{
    range->table = table;
    range->relation_name = table->relation.name;
    range->schema_name = table->relation.namespace->name;
    range->is_relation = table->relation.kind != RELATION_VIEW;
    range->row.is_complete = table->is_complete;
    range->is_row_deferred = true;
}

void range_fill(struct scope *scope, struct range *range)
{
    struct schema *schema = scope->analysis->schema;

    if (!range->is_row_deferred)
        return;
    range->is_row_deferred = false;
    range->type = (struct data_type){type_row_of(schema, range->table), -1};
    add_columns(scope, range, range->table);
}

void range_use_table(struct scope *scope, struct range *range,
                     struct table *table)
{
    range_defer_table(range, table);
    range_fill(scope, range);
}

static void add_builtin_columns(struct scope *scope, struct range *range,
                                const struct builtin_relation *relation)
{
    struct analysis *analysis = scope->analysis;
    const struct builtin_column *columns = builtin_columns(relation);

    for (size_t i = 0; i < relation->column_count; i++) {
        row_add(analysis, &range->row, builtin_text(columns[i].name),
                value_of(type_builtin(analysis, columns[i].type)));
    }
    row_set_origin(&range->row, range);
    range->is_relation = relation->kind == RELKIND_RELATION;
    range->type = type_builtin(analysis, relation->row_type);
}

/* A relation of pg_catalog is found before those of the search_path. */
static const struct builtin_relation *find_builtin(
    const struct analysis *analysis, const RangeVar *relation)
{
    uint8_t unit = BUILTIN_CATALOG;

    if (!relation->schemaname) {
        if (strncmp(relation->relname, "pg_", 3) != 0)
            return NULL;
    } else if (strcmp(relation->schemaname, "information_schema") == 0) {
        unit = BUILTIN_INFORMATION_SCHEMA;
    } else if (strcmp(relation->schemaname, "pg_catalog") != 0) {
        return NULL;
    }
    return builtin_find_relation(analysis->version, unit, relation->relname);
}

/* What an extension that is there brought: pg_stat_statements. */
static const struct builtin_relation *find_of_extension(
    const struct analysis *analysis, const RangeVar *relation,
    struct extension **extension)
{
    const struct builtin_relation *row =
        builtin_find_extension_relation(analysis->version, relation->relname);
    const struct builtin_extension *known =
        row ? builtin_extension_of_unit(row->unit) : NULL;
    const struct search_path *path = model_search_path(analysis->schema);

    *extension = known ? model_find_extension(analysis->schema,
                                              builtin_text(known->name))
                       : NULL;
    if (!*extension || relation->catalogname)
        return NULL;
    if (relation->schemaname)
        return strcmp((*extension)->namespace->name, relation->schemaname) == 0
                   ? row
                   : NULL;
    for (size_t i = 0; i < path->count; i++) {
        if (path->found[i] == (*extension)->namespace)
            return row;
    }
    return NULL;
}

/* SELECT ... FROM sequence. */
static void add_sequence_columns(struct scope *scope, struct range *range)
{
    static const struct {
        const char *name;
        uint16_t type;
    } columns[] = {
        {"last_value", INT8OID},
        {"log_cnt", INT8OID},
        {"is_called", BOOLOID},
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        row_add(scope->analysis, &range->row, columns[i].name,
                value_of(type_builtin(scope->analysis, columns[i].type)));
    }
    row_set_origin(&range->row, range);
    range->is_relation = true;
}

static void refuse_missing_relation(struct analysis *analysis,
                                    const RangeVar *relation)
{
    if (relation->catalogname)
        analysis_unknown(analysis);
    else if (!analysis->knows_all &&
             !model_is_gone_relation(analysis->schema,
                                     name_from_range_var(relation)))
        analysis_unknown(analysis);
    else if (relation->schemaname)
        analysis_fail(analysis, relation->location, "42P01",
                      "relation \"%s.%s\" does not exist", relation->schemaname,
                      relation->relname);
    else
        analysis_fail(analysis, relation->location, "42P01",
                      "relation \"%s\" does not exist", relation->relname);
}

void range_note_use(struct scope *scope, struct table *table,
                    enum query_use use, bool is_only)
{
    struct analysis *analysis = scope->analysis;

    *array_push(analysis->arena, &analysis->out->relations) =
        (struct query_relation){.table = table,
                                .use = use,
                                .is_only = is_only,
                                .is_in_from = scope->is_in_from};
    analysis_need(analysis, &table->relation.object);
}

/* An index or a composite type has no rows to read. */
static void refuse_kind(struct analysis *analysis, const RangeVar *name,
                        const struct relation *found)
{
    if (analysis->schema->postgres_version >= 16)
        analysis_fail(analysis, name->location, "42809",
                      "cannot open relation \"%s\"", name->relname);
    else
        analysis_fail(
            analysis, name->location, "42809", "\"%s\" is %s", name->relname,
            found->kind == RELATION_INDEX ? "an index" : "a composite type");
}

struct range *range_of_relation(struct scope *scope, const RangeVar *relation,
                                enum query_use use)
{
    struct analysis *analysis = scope->analysis;
    struct range *range = range_new(scope, relation->relname);
    const struct builtin_relation *builtin = find_builtin(analysis, relation);
    struct relation *found = NULL;
    struct table *table;

    range->relation_name = relation->relname;
    if (builtin) {
        range->schema_name = builtin->unit == BUILTIN_CATALOG
                                 ? "pg_catalog"
                                 : "information_schema";
        add_builtin_columns(scope, range, builtin);
        return range;
    }
    if (!relation->catalogname)
        found = model_find_relation(analysis->schema,
                                    name_from_range_var(relation));
    table = relation_as_table(found);
    if (table && table->relation.kind != RELATION_COMPOSITE_TYPE) {
        range_note_use(scope, table, use, !relation->inh);
        range->relation_end = analysis->out->relations.count;
        range->first_relation = range->relation_end - 1;
        range_use_table(scope, range, table);
        return range;
    }
    if (relation_as_sequence(found)) {
        range->schema_name = found->namespace->name;
        range->sequence = found;
        analysis_need(analysis, &found->object);
        add_sequence_columns(scope, range);
        return range;
    }
    builtin =
        found ? NULL : find_of_extension(analysis, relation, &range->extension);
    if (builtin) {
        range->schema_name = range->extension->namespace->name;
        analysis_need(analysis, &range->extension->object);
        add_builtin_columns(scope, range, builtin);
        return range;
    }
    range->extension = NULL;
    if (found && found->made_at.source)
        refuse_kind(analysis, relation, found);
    else
        refuse_missing_relation(analysis, relation);
    analysis->out->has_all_relations = false;
    range->row.is_complete = false;
    range->is_row_unknown = true;
    return range;
}

static struct range *from_relation(struct scope *scope,
                                   const RangeVar *relation)
{
    struct cte *cte = NULL;
    struct range *range;

    if (!relation->schemaname && !relation->catalogname)
        cte = with_find(scope, relation->relname);
    if (cte) {
        range = with_range(scope, cte, relation);
        range_apply_alias(scope, range, relation->alias, "table");
        return range;
    }
    range = range_of_relation(scope, relation, USE_READ);
    range_apply_alias(scope, range, relation->alias, "table");
    binding_note_from_item(scope, relation, range);
    return range;
}

/* The columns of a query as those of a range. */
void range_use_row(struct scope *scope, struct range *range,
                   const struct row *row)
{
    struct analysis *analysis = scope->analysis;

    range->row.is_complete = row->is_complete;
    if (!analysis_step(analysis, row->count / 4 + 1)) {
        range->row.is_complete = false;
        return;
    }
    array_make_room(analysis->arena, &range->row, row->count + 1);
    for (size_t i = 0; i < row->count; i++) {
        const struct value *value = &row->items[i].value;

        row_add(analysis, &range->row, row->items[i].name,
                (struct value){.type = value->type, .row = value->row});
    }
    row_set_origin(&range->row, range);
}

static struct range *from_subselect(struct scope *scope,
                                    const RangeSubselect *subselect)
{
    struct analysis *analysis = scope->analysis;
    bool was_active = scope->is_lateral_active;
    size_t first_relation = analysis->out->relations.count;
    struct range *range;
    struct row row = {0};

    if (!subselect->alias && analysis->schema->postgres_version < 16) {
        const SelectStmt *select = node_as(SelectStmt, subselect->subquery);

        analysis_fail(analysis, -1, "42601",
                      select && select->valuesLists
                          ? "VALUES in FROM must have an alias"
                          : "subquery in FROM must have an alias");
    }
    scope->is_lateral_active = subselect->lateral;
    query_in_from(scope, subselect->subquery, &row);
    scope->is_lateral_active = was_active;
    range = range_new(scope, NULL);
    range->first_relation = first_relation;
    range->relation_end = analysis->out->relations.count;
    range_use_row(scope, range, &row);
    range_apply_alias(scope, range, subselect->alias, "table");
    return range;
}

/* A range of its own, no join. */
static struct range *from_simple(struct scope *scope, const Node *node)
{
    struct range *range;

    switch (nodeTag(node)) {
    case T_RangeVar: return from_relation(scope, (const RangeVar *)node);
    case T_RangeSubselect:
        return from_subselect(scope, (const RangeSubselect *)node);
    case T_RangeFunction:
        return from_function(scope, (const RangeFunction *)node);
    case T_RangeTableFunc:
        return from_xmltable(scope, (const RangeTableFunc *)node);
    case T_JsonTable: return from_json_table(scope, (const JsonTable *)node);
    case T_RangeTableSample: {
        const RangeTableSample *sample = (const RangeTableSample *)node;

        range = from_simple(scope, sample->relation);
        expression_list(scope, sample->args, PART_FROM_FUNCTION);
        expression_in_part(scope, sample->repeatable, PART_FROM_FUNCTION);
        return range;
    }
    default:
        analysis_unknown(scope->analysis);
        range = range_new(scope, NULL);
        range->row.is_complete = false;
        return range;
    }
}

/* checkNameSpaceConflicts(). */
static bool are_distinct(const struct range *a, const struct range *b)
{
    bool are_plain =
        a->schema_name && b->schema_name && !a->is_aliased && !b->is_aliased;

    return strcmp(a->name, b->name) != 0 ||
           (are_plain && strcmp(a->schema_name, b->schema_name) != 0);
}

bool from_check_names(struct scope *scope, const struct visible_array *left,
                      size_t left_count, const struct visible_array *right)
{
    for (size_t i = 0; i < right->count; i++) {
        const struct visible *b = &right->items[i];

        if (!b->is_name_visible)
            continue;
        if (!analysis_step(scope->analysis, left_count / 8))
            return true;
        for (size_t j = 0; j < left_count; j++) {
            const struct visible *a = &left->items[j];

            if (!a->is_name_visible || are_distinct(a->range, b->range))
                continue;
            analysis_fail(scope->analysis, -1, "42712",
                          "table name \"%s\" specified more than once",
                          a->range->name);
            return false;
        }
    }
    return true;
}

void from_set_lateral(struct visible_array *ranges, bool is_lateral_only,
                      bool is_lateral_allowed)
{
    for (size_t i = 0; i < ranges->count; i++) {
        ranges->items[i].is_lateral_only = is_lateral_only;
        ranges->items[i].is_lateral_allowed = is_lateral_allowed;
    }
}

struct range *from_item(struct scope *scope, const Node *node,
                        struct visible_array *names)
{
    struct range *range = NULL;

    if (!analysis_enter(scope->analysis)) {
        range = range_new(scope, NULL);
        range->row.is_complete = false;
        return range;
    }
    if (nodeTag(node) == T_JoinExpr) {
        range = from_join(scope, (const JoinExpr *)node, names);
    } else {
        range = from_simple(scope, node);
        range->item = node;
        *array_push(scope->analysis->arena, names) = range_visible(range);
    }
    analysis_leave(scope->analysis);
    return range;
}

void from_add_item(struct scope *scope, const Node *item)
{
    struct visible_array names = {0};

    from_item(scope, item, &names);
    from_check_names(scope, &scope->ranges, scope->ranges.count, &names);
    from_set_lateral(&names, true, true);
    for (size_t i = 0; i < names.count; i++)
        *array_push(scope->analysis->arena, &scope->ranges) = names.items[i];
}

void from_clause(struct scope *scope, const List *items)
{
    const ListCell *cell;

    foreach (cell, items)
        from_add_item(scope, lfirst(cell));
    from_set_lateral(&scope->ranges, false, true);
}
