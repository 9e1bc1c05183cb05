/*
 * Reads the conditions of queries against the indexes of the schema: what they
 * look for (index_term.c), whether an index has it (index_match.c,
 * index_sort.c), for all of a condition, and where partial indexes may be used
 * (index_predicate.c).
 */
#include "lint/index_use.h"

#include "lint/engine.h"
#include "lint/index_predicate.h"
#include "lint/query_scope.h"
#include "lint/query_words.h"

#include <string.h>

#define CONDITIONS_MAX 200

/* Arms of OR within arms of OR. */
#define DEPTH_MAX 16

bool index_use_has_item(const struct index_use *use, const Node *item)
{
    for (size_t i = 0; item != NULL && i < use->items.count; i++)
        if (use->items.items[i].node == item)
            return true;
    return false;
}

static bool may_be_of_items(const struct index_use *use,
                            const ColumnRef *reference)
{
    for (size_t i = 0; i < use->items.count; i++)
        if (query_item_may_have(use->check, &use->items.items[i], reference))
            return true;
    return false;
}

/* Whether a tree names columns of the query's items. */
struct reading {
    const struct index_use *use;
    const Node *item; /* null: any */
    bool reads;
};

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct reading *reading = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (reference == NULL)
        return !reading->reads;
    name = query_name_of(reading->use->check, reference);
    if (reading->item != NULL)
        reading->reads = name != NULL && name->item == reading->item;
    else
        reading->reads = name == NULL
                             ? may_be_of_items(reading->use, reference)
                             : name->item == NULL ||
                                   index_use_has_item(reading->use, name->item);
    return !reading->reads;
}

bool index_use_reads(const struct index_use *use, const Node *item,
                     const Node *expression)
{
    struct reading reading = {use, item, false};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, expression, visit, &reading);
    walker_release(&walker);
    return reading.reads;
}

bool index_use_is_value(const struct index_use *use, const Node *expression)
{
    return !index_use_reads(use, NULL, expression);
}

/* Those of the arms of OR. */
static void add_arms(struct index_use *use)
{
    for (size_t i = 0; i < use->conditions.count && i < CONDITIONS_MAX; i++) {
        const BoolExpr *either =
            node_as(BoolExpr, use->conditions.items[i].node);
        const ListCell *cell;

        if (either == NULL || either->boolop != OR_EXPR)
            continue;
        foreach (cell, either->args)
            condition_add(use->arena, &use->conditions, lfirst(cell), NULL);
    }
}

struct clauses_of {
    const RangeVar *target;
    const List *from;
    const Node *where;
    const WithClause *with;
};

static bool read_clauses(const Node *node, struct clauses_of *clauses)
{
    const SelectStmt *select = node_as(SelectStmt, node);
    const UpdateStmt *update = node_as(UpdateStmt, node);
    const DeleteStmt *delete = node_as(DeleteStmt, node);

    if (select != NULL)
        *clauses = (struct clauses_of){.from = select->fromClause,
                                       .where = select->whereClause,
                                       .with = select->withClause};
    else if (update != NULL)
        *clauses = (struct clauses_of){.target = update->relation,
                                       .from = update->fromClause,
                                       .where = update->whereClause,
                                       .with = update->withClause};
    else if (delete != NULL)
        *clauses = (struct clauses_of){.target = delete->relation,
                                       .from = delete->usingClause,
                                       .where = delete->whereClause,
                                       .with = delete->withClause};
    else
        return false;
    return clauses->from != NIL ||
           (clauses->target != NULL && clauses->where != NULL);
}

/* DML of a migration runs once: nobody wants an index for it. */
static bool runs_once(const struct check *check)
{
    const Node *node =
        check->routine != NULL ? check->routine->node : check->statement->tree;

    switch (nodeTag(node)) {
    case T_ViewStmt:
    case T_CreateFunctionStmt: return false;
    default: return tool_has_history(check->history->tool);
    }
}

const struct table *index_use_table(const struct index_use *use,
                                    const Node *item)
{
    const RangeVar *range = node_as(RangeVar, item);
    const struct table *table;

    if (range == NULL)
        return NULL;
    table = schema_find_table(use->check->schema, name_from_range_var(range));
    if (table == NULL || !table->is_complete ||
        relation_is_new(use->check->schema, &table->relation))
        return NULL;
    return table->relation.kind == RELATION_TABLE ||
                   table->relation.kind == RELATION_MATERIALIZED_VIEW ||
                   table->relation.kind == RELATION_PARTITIONED_TABLE
               ? table
               : NULL;
}

/* Nothing is known of the one table that there is: found out at little cost. */
static bool is_hopeless(const struct index_use *use,
                        const struct clauses_of *clauses)
{
    const Node *only = (const Node *)clauses->target;

    if (list_length(clauses->from) > 1 ||
        (only != NULL && clauses->from != NIL))
        return false;
    if (only == NULL && clauses->from == NIL)
        return true;
    if (only == NULL)
        only = linitial(clauses->from);
    return (only == (const Node *)clauses->target || clauses->where == NULL ||
            IsA(only, RangeVar)) &&
           !IsA(only, JoinExpr) && index_use_table(use, only) == NULL;
}

static bool knows_table(const struct index_use *use)
{
    for (size_t i = 0; i < use->items.count; i++)
        if (index_use_table(use, use->items.items[i].node) != NULL)
            return true;
    return false;
}

/* False if there is nothing to be looked for. */
static bool read_use(struct check *check, struct arena *arena, const Node *node,
                     struct index_use *use)
{
    struct clauses_of clauses;
    const struct from_scope *scope;

    *use = (struct index_use){.check = check, .arena = arena};
    if (!read_clauses(node, &clauses) || runs_once(check) ||
        !query_has_all_conditions(check) || is_hopeless(use, &clauses))
        return false;
    scope =
        from_scope_of(arena, clauses.with, query_scope_around(check, arena));
    if (clauses.target != NULL)
        from_add(arena, &use->items, (const Node *)clauses.target, NULL);
    from_add_list(arena, &use->items, clauses.from, scope);
    if (!knows_table(use))
        return false;
    condition_add_from(arena, &use->conditions, clauses.from);
    condition_add(arena, &use->conditions, clauses.where, NULL);
    use->whole_count = use->conditions.count;
    use->select = node_as(SelectStmt, node);
    use->from = clauses.from;
    if (use->conditions.count == 0 || use->conditions.count > CONDITIONS_MAX)
        return false;
    add_arms(use);
    for (size_t i = 0; i < use->conditions.count; i++)
        index_term_add(use, use->conditions.items[i].node);
    return true;
}

const struct index_use *index_use_of(struct check *check, const Node *node)
{
    struct engine *engine = check->engine;
    struct index_use *use;

    if (engine->index_node == node)
        return engine->index_use;
    arena_clear(&engine->index_arena);
    use = arena_alloc(&engine->index_arena, sizeof *use);
    engine->index_node = node;
    engine->index_use =
        read_use(check, &engine->index_arena, node, use) ? use : NULL;
    return engine->index_use;
}

static bool may_be_used(const struct index_use *use,
                        const struct condition_array *conditions,
                        const Node *item, const struct index *index)
{
    return index_predicate_may_hold(use->check, use->arena, conditions, item,
                                    index);
}

/* A comparison with the partition key says which partitions are read; one with
 * ctid, which rows. */
static bool needs_no_index(const struct table *table,
                           const struct index_term *term)
{
    const struct partition_key *key = table->partition_key;

    if (term->name == NULL || term->kind != TERM_COMPARISON)
        return false;
    for (size_t i = 0; key != NULL && term->is_value && i < key->column_count;
         i++)
        if (key->columns[i].column == NULL ||
            key->columns[i].column == term->name->column)
            return true;
    return term->name->column == NULL;
}

static bool is_term_served(const struct index_use *use,
                           const struct table *table,
                           const struct index_term *term,
                           const struct condition_array *conditions)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_serves_term(use, table->indexes.items[i], term) &&
            may_be_used(use, conditions, term->item, table->indexes.items[i]))
            return true;
    return false;
}

/* A partial index has fewer rows than the table: those that are wanted. */
static bool serves_by_predicate(const struct index_use *use,
                                const struct condition_array *conditions,
                                const Node *item, const struct index *index)
{
    return index->predicate != NULL && !index->relation.object.is_dropped &&
           index->is_valid && strcmp(index->method, "hash") != 0 &&
           may_be_used(use, conditions, item, index);
}

static bool has_predicate(const struct index_use *use,
                          const struct table *table,
                          const struct condition_array *conditions,
                          const Node *item)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (serves_by_predicate(use, conditions, item, table->indexes.items[i]))
            return true;
    return false;
}

/* What holds in an arm of OR: its own conditions, and those around it. */
static struct condition_array within(const struct index_use *use,
                                     const struct condition_array *conditions,
                                     const Node *arm)
{
    struct condition_array all = {0};

    for (size_t i = 0; i < conditions->count; i++)
        *array_push(use->arena, &all) = conditions->items[i];
    condition_add(use->arena, &all, arm, NULL);
    return all;
}

static bool is_condition_served(const struct index_use *use, const Node *item,
                                const Node *condition,
                                const struct condition_array *conditions,
                                size_t depth)
{
    const BoolExpr *junction = node_as(BoolExpr, condition);
    const struct table *table = index_use_table(use, item);

    if (depth > DEPTH_MAX)
        return true;
    if (junction != NULL && junction->boolop != NOT_EXPR) {
        bool is_either = junction->boolop == OR_EXPR;

        foreach_ptr (Node, part, junction->args) {
            struct condition_array all =
                is_either ? within(use, conditions, part) : *conditions;

            bool is_served =
                is_condition_served(use, item, part, &all, depth + 1) ||
                (is_either && has_predicate(use, table, &all, item));

            if (is_served != is_either)
                return is_served;
        }
        return is_either;
    }
    for (size_t i = 0; i < use->terms.count; i++)
        if (use->terms.items[i].condition == condition &&
            use->terms.items[i].item == item &&
            (needs_no_index(table, &use->terms.items[i]) ||
             is_term_served(use, table, &use->terms.items[i], conditions)))
            return true;
    return false;
}

static bool some_index_leads_with(const struct table *table, const char *name)
{
    const struct column *column = table_find_column(table, name);

    for (size_t i = 0; column != NULL && i < table->indexes.count; i++)
        if (index_leads_with(table->indexes.items[i], column))
            return true;
    return false;
}

struct name_search {
    const struct index_use *use;
    const struct table *table;
    bool is_found;
};

/* JOIN ... USING (user_id) looks for rows by that, NATURAL JOIN by any. */
static bool visit_join(void *closure, const Node *node, const struct walk *walk)
{
    struct name_search *search = closure;
    const JoinExpr *join = node_as(JoinExpr, node);

    (void)walk;
    if (join == NULL)
        return false;
    if (join->isNatural)
        search->is_found = true;
    foreach_node (String, name, join->usingClause)
        search->is_found = search->is_found ||
                           some_index_leads_with(search->table, name->sval);
    return !search->is_found;
}

static bool is_merged_by_index(const struct index_use *use,
                               const struct table *table)
{
    struct name_search search = {use, table, false};
    struct walker walker;

    if (!use->items.has_merged_columns)
        return false;
    walker_init(&walker);
    walk_tree(&walker, (const Node *)use->from, visit_join, &search);
    walker_release(&walker);
    return search.is_found;
}

static bool visit_unclear(void *closure, const Node *node,
                          const struct walk *walk)
{
    struct name_search *search = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct query_name *name;
    const char *written;

    (void)walk;
    if (reference == NULL)
        return !search->is_found;
    name = query_name_of(search->use->check, reference);
    written = name_from_string(llast(reference->fields));
    if ((name == NULL || name->item == NULL) && written != NULL &&
        some_index_leads_with(search->table, written))
        search->is_found = true;
    return !search->is_found;
}

/* A name that may be an indexed column of the table: two tables share it, or
 * one is not known. */
static bool has_unclear_name(const struct index_use *use,
                             const struct table *table)
{
    struct name_search search = {use, table, false};
    struct walker walker;

    walker_init(&walker);
    for (size_t i = 0; i < use->whole_count && !search.is_found; i++)
        walk_tree(&walker, use->conditions.items[i].node, visit_unclear,
                  &search);
    walker_release(&walker);
    return search.is_found;
}

static struct condition_array whole_conditions(const struct index_use *use)
{
    struct condition_array whole = use->conditions;

    whole.count = (uint32_t)use->whole_count;
    return whole;
}

bool index_use_serves_condition(const struct index_use *use, const Node *item,
                                const Node *condition)
{
    struct condition_array whole = whole_conditions(use);

    return is_condition_served(use, item, condition, &whole, 0);
}

static bool is_sort_served(const struct index_use *use,
                           const struct table *table, const Node *item)
{
    struct condition_array whole = whole_conditions(use);
    const Node *implied = index_sort_implied(use);

    if (implied != NULL)
        whole = within(use, &whole, implied);
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_serves_sort(use, item, table->indexes.items[i]) &&
            may_be_used(use, &whole, item, table->indexes.items[i]))
            return true;
    return false;
}

bool index_use_is_served(const struct index_use *use, const Node *item)
{
    const struct table *table = index_use_table(use, item);
    struct condition_array whole = whole_conditions(use);

    if (table == NULL)
        return true;
    for (size_t i = 0; i < whole.count; i++)
        if (is_condition_served(use, item, whole.items[i].node, &whole, 0))
            return true;
    if (is_sort_served(use, table, item))
        return true;
    return has_predicate(use, table, &whole, item) ||
           is_merged_by_index(use, table) || has_unclear_name(use, table);
}
