/*
 * Connects the items of a FROM clause that a condition names together, whatever
 * the condition says of them.
 */
#include "lint/join_graph.h"

#include "lint/advice.h"
#include "lint/query_scope.h"
#include "lint/single_row.h"

#include <string.h>

/* Values of the body around the query that are followed. */
#define VALUES_MAX JOIN_VALUES_MAX

struct node_array ARRAY(const Node *);

/* The items that a tree names. */
struct mention {
    struct check *check;
    struct join_graph *graph;
    size_t first;                        /* JOIN_ITEMS_MAX: none yet */
    const ColumnRef *values[VALUES_MAX]; /* parameters and variables */
    size_t value_count;
};

static size_t find_item(const struct join_graph *graph, const Node *node)
{
    for (size_t i = 0; i < graph->items.count; i++)
        if (graph->items.items[i].node == node)
            return i;
    return JOIN_ITEMS_MAX;
}

static void connect(struct join_graph *graph, size_t a, size_t b)
{
    size_t from = graph->group[b], to = graph->group[a];

    for (size_t i = 0; i < graph->items.count && from != to; i++)
        if (graph->group[i] == from)
            graph->group[i] = to;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct mention *mention = closure;
    const ColumnRef *column = node_as(ColumnRef, node);
    const struct query_name *name;
    size_t item;

    (void)walk;
    if (column == NULL)
        return mention->graph->is_known;
    name = query_name_of(mention->check, column);
    if (name == NULL && query_name_is_value(mention->check, column)) {
        if (mention->value_count < VALUES_MAX)
            mention->values[mention->value_count++] = column;
        return true;
    }
    if (name == NULL || name->item == NULL) {
        mention->graph->is_known = false;
        return false;
    }
    item = find_item(mention->graph, name->item);
    if (item == JOIN_ITEMS_MAX)
        return true;
    if (mention->first == JOIN_ITEMS_MAX)
        mention->first = item;
    else
        connect(mention->graph, mention->first, item);
    return true;
}

static bool are_same(const ColumnRef *a, const ColumnRef *b)
{
    int count = list_length(a->fields);

    if (list_length(b->fields) != count)
        return false;
    for (int i = 0; i < count; i++) {
        const char *x = name_from_string(list_nth(a->fields, i));
        const char *y = name_from_string(list_nth(b->fields, i));

        if (x == NULL || y == NULL || strcmp(x, y) != 0)
            return false;
    }
    return true;
}

/* What is compared with one value is compared with one another: `u.org = wanted
 * AND t.org = wanted`. */
static void connect_by_value(struct join_graph *graph, const ColumnRef *value,
                             size_t item)
{
    for (size_t i = 0; i < graph->value_count; i++)
        if (are_same(graph->values[i].name, value)) {
            connect(graph, graph->values[i].item, item);
            return;
        }
    if (graph->value_count < VALUES_MAX)
        graph->values[graph->value_count++] = (struct join_value){value, item};
}

/* Connects what the tree names; `with` is connected too. */
static void mention(struct check *check, struct join_graph *graph,
                    const Node *tree, size_t with)
{
    struct mention closure = {.check = check, .graph = graph, .first = with};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, tree, visit, &closure);
    walker_release(&walker);
    for (size_t i = 0; i < closure.value_count; i++)
        if (closure.first != JOIN_ITEMS_MAX)
            connect_by_value(graph, closure.values[i], closure.first);
}

static bool visit_values(void *closure, const Node *node,
                         const struct walk *walk)
{
    struct mention *mention = closure;
    const ColumnRef *column = node_as(ColumnRef, node);

    (void)walk;
    if (column != NULL && query_name_is_value(mention->check, column))
        connect_by_value(mention->graph, column, mention->first);
    return true;
}

/* A sub-select that asks for rows of a value is connected by that, too. */
static void connect_queries(struct check *check, struct join_graph *graph)
{
    struct walker walker;

    walker_init(&walker);
    for (size_t i = 0; i < graph->items.count; i++) {
        const struct from_item *item = &graph->items.items[i];
        struct mention closure = {.check = check, .graph = graph, .first = i};

        if (item->query != NULL || IsA(item->node, RangeSubselect))
            walk_tree(&walker, item->query != NULL ? item->query : item->node,
                      visit_values, &closure);
    }
    walker_release(&walker);
}

static bool is_true(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, Boolean) && constant->val.boolval.boolval;
}

/* Joins that say themselves what they join. */
static void connect_joins(struct arena *arena, struct join_graph *graph,
                          const List *from)
{
    struct node_array open = {0};
    const ListCell *cell;

    foreach (cell, from)
        *array_push(arena, &open) = lfirst(cell);
    for (size_t i = 0; i < open.count; i++) {
        const JoinExpr *join = node_as(JoinExpr, open.items[i]);
        struct from_items sides = {0};

        if (join == NULL)
            continue;
        *array_push(arena, &open) = join->larg;
        *array_push(arena, &open) = join->rarg;
        if (join->quals != NULL && !is_true(join->quals))
            continue;
        from_add(arena, &sides, join->larg, NULL);
        from_add(arena, &sides, join->rarg, NULL);
        for (size_t j = 1; j < sides.count; j++)
            connect(graph, find_item(graph, sides.items[0].node),
                    find_item(graph, sides.items[j].node));
    }
}

static bool is_made_of_others(const Node *node)
{
    const RangeSubselect *query = node_as(RangeSubselect, node);

    return query != NULL
               ? query->lateral
               : IsA(node, RangeFunction) || IsA(node, RangeTableFunc) ||
                     IsA(node, JsonTable);
}

/* What a WITH query has written, or a temporary table that a query made: few
 * rows, or one, as a rule. */
static bool is_small(const struct check *check, const struct from_item *item)
{
    const struct table *table;

    if (item->query != NULL)
        return !IsA(item->query, SelectStmt);
    if (item->table == NULL)
        return false;
    table = schema_find_table(check->schema, name_from_range_var(item->table));
    return table != NULL && table->is_from_query &&
           table->relation.is_temporary;
}

static void find_free(struct check *check, struct join_graph *graph)
{
    single_row_items(check, &graph->items, &graph->conditions, graph->is_free);
    for (size_t i = 0; i < graph->items.count && graph->is_known; i++) {
        const Node *node = graph->items.items[i].node;

        if (is_small(check, &graph->items.items[i]))
            graph->is_free[i] = true;
        if (!is_made_of_others(node))
            continue;
        graph->is_free[i] = true;
        mention(check, graph, node, i);
    }
}

void join_graph_of(struct check *check, struct arena *arena,
                   const RangeVar *target, const List *from, const Node *where,
                   const WithClause *with, struct join_graph *graph)
{
    const struct from_scope *scope =
        from_scope_of(arena, with, query_scope_around(check, arena));

    *graph = (struct join_graph){0};
    /* A WITH query of that name does not hide the table. */
    if (target != NULL)
        from_add(arena, &graph->items, (const Node *)target, NULL);
    from_add_list(arena, &graph->items, from, scope);
    graph->is_known = graph->items.count <= JOIN_ITEMS_MAX;
    if (graph->items.count < 2 || !graph->is_known)
        return;
    for (size_t i = 0; i < graph->items.count; i++)
        graph->group[i] = i;
    condition_add_from(arena, &graph->conditions, from);
    condition_add(arena, &graph->conditions, where, NULL);
    connect_joins(arena, graph, from);
    for (size_t i = 0; i < graph->conditions.count && graph->is_known; i++)
        mention(check, graph, graph->conditions.items[i].node, JOIN_ITEMS_MAX);
    if (!graph->is_known)
        return;
    connect_queries(check, graph);
    find_free(check, graph);
}

const char *join_item_name(struct check *check, const struct from_item *item)
{
    if (item->table != NULL && item->table->alias != NULL)
        return check_format(
            check, "%s (%s)",
            advice_name(check, name_from_range_var(item->table)),
            check_quote(check, item->name));
    if (item->table != NULL)
        return advice_name(check, name_from_range_var(item->table));
    if (item->name != NULL)
        return check_format(check, "\"%s\"", item->name);
    return "a sub-select";
}

static const struct table *table_of(const struct check *check,
                                    const struct from_item *item)
{
    return item->table != NULL
               ? schema_find_table(check->schema,
                                   name_from_range_var(item->table))
               : NULL;
}

/* A foreign key of `from` that leads to `to`. */
static const struct constraint *find_key(const struct table *from,
                                         const struct table *to)
{
    for (size_t i = 0; i < from->constraints.count; i++) {
        const struct constraint *key = from->constraints.items[i];

        if (key->type == CONSTRAINT_FOREIGN_KEY && !key->object.is_dropped &&
            key->referenced == to && key->columns.count > 0 &&
            key->columns.count == key->referenced_columns.count)
            return key;
    }
    return NULL;
}

static const char *key_condition(struct check *check,
                                 const struct constraint *key, const char *from,
                                 const char *to)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < key->columns.count; i++)
        buffer_add_format(
            &text, "%s%s.%s = %s.%s", i > 0 ? " AND " : "",
            check_quote(check, from),
            check_quote(check, key->columns.items[i]->name),
            check_quote(check, to),
            check_quote(check, key->referenced_columns.items[i]->name));
    return buffer_text(&text);
}

const char *join_condition(struct check *check, const struct from_item *a,
                           const struct from_item *b)
{
    const struct table *one = table_of(check, a);
    const struct table *other = table_of(check, b);
    const struct constraint *key;

    if (one == NULL || other == NULL || one == other)
        return NULL;
    key = find_key(one, other);
    if (key != NULL)
        return key_condition(check, key, a->name, b->name);
    key = find_key(other, one);
    return key != NULL ? key_condition(check, key, b->name, a->name) : NULL;
}

const char *join_row_condition(struct check *check, const struct from_item *a,
                               const struct from_item *b)
{
    const struct table *table = table_of(check, a);
    struct buffer text;

    if (table == NULL || table != table_of(check, b))
        return NULL;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (!index->is_primary || index->relation.object.is_dropped)
            continue;
        buffer_init(&text, check->arena);
        for (size_t j = 0; j < index->column_count; j++) {
            const char *name =
                check_quote(check, index->columns[j].column->name);

            buffer_add_format(&text, "%s%s.%s = %s.%s", j > 0 ? " AND " : "",
                              check_quote(check, a->name), name,
                              check_quote(check, b->name), name);
        }
        return buffer_text(&text);
    }
    return NULL;
}
