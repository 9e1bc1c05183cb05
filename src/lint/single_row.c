/*
 * Follows equalities: a column that equals a value is fixed, so is one that
 * equals a fixed column; a table of which all columns of a unique key are fixed
 * gives one row, and then all its columns are fixed.
 */
#include "lint/single_row.h"

#include "lint/index_predicate.h"
#include "lint/query_scope.h"
#include "lint/query_words.h"

#include <string.h>

/* More are not followed. */
#define ITEMS_MAX SINGLE_ROW_ITEMS_MAX
#define EQUALITIES_MAX 200

/* `column = other`. */
struct equality {
    size_t item;                 /* whose column it is */
    const struct column *column; /* null: not known which */
    size_t other_item;           /* ITEMS_MAX: of no item, a value */
    const struct column *other_column;
    bool is_fixed;
};

struct search {
    struct check *check;
    bool believes; /* single_row_of_key() */
    bool is_inner; /* of a sub-select: its own are not looked into */
    struct from_items items;
    const struct condition_array *conditions;
    bool is_single[ITEMS_MAX];
    struct equality equalities[EQUALITIES_MAX];
    size_t count;
    bool is_unclear; /* a name was not found out that may be such a column */
};

static size_t find_item(const struct search *search, const Node *node)
{
    for (size_t i = 0; i < search->items.count && node != NULL; i++)
        if (search->items.items[i].node == node)
            return i;
    return ITEMS_MAX;
}

static bool may_be_of_items(const struct search *search,
                            const ColumnRef *reference)
{
    for (size_t i = 0; i < search->items.count; i++)
        if (query_item_may_have(search->check, &search->items.items[i],
                                reference))
            return true;
    return false;
}

struct reading {
    struct search *search;
    bool reads_items;
};

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct reading *reading = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (reference == NULL)
        return true;
    if (query_name_is_value(reading->search->check, reference))
        return true;
    name = query_name_of(reading->search->check, reference);
    if (name == NULL ? may_be_of_items(reading->search, reference)
                     : find_item(reading->search, name->item) < ITEMS_MAX)
        reading->reads_items = true;
    return !reading->reads_items;
}

/* Whether the expression is the same for all rows of the query. */
static bool is_value(struct search *search, const Node *node)
{
    struct reading reading = {search, false};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, node, visit, &reading);
    walker_release(&walker);
    return !reading.reads_items;
}

/* An outer join's ON says something of the rows of its inner side only. */
static bool is_about(const struct search *search,
                     const struct condition *condition, size_t item)
{
    struct arena scratch = {0};
    struct from_items side = {0};
    bool is_inner = false;

    if (condition->join == NULL)
        return true;
    if (condition->join->jointype == JOIN_LEFT)
        from_add(&scratch, &side, condition->join->rarg, NULL);
    else if (condition->join->jointype == JOIN_RIGHT)
        from_add(&scratch, &side, condition->join->larg, NULL);
    for (size_t i = 0; i < side.count; i++)
        is_inner =
            is_inner || side.items[i].node == search->items.items[item].node;
    arena_release(&scratch);
    return is_inner;
}

static void add_equality(struct search *search,
                         const struct condition *condition, const Node *left,
                         const Node *right)
{
    const struct query_name *name = query_name_of_node(search->check, left);
    const struct query_name *other;
    struct equality *equality = &search->equalities[search->count];
    size_t item;

    if (search->count == EQUALITIES_MAX)
        return;
    if (name == NULL) {
        search->is_unclear =
            search->is_unclear ||
            (node_as(ColumnRef, left) != NULL && is_value(search, right));
        return;
    }
    item = find_item(search, name->item);
    if (item == ITEMS_MAX || !is_about(search, condition, item))
        return;
    *equality = (struct equality){.item = item,
                                  .column = name->column,
                                  .other_item = ITEMS_MAX};
    other = query_name_of_node(search->check, right);
    if (other != NULL)
        equality->other_item = find_item(search, other->item);
    if (equality->other_item < ITEMS_MAX)
        equality->other_column = other->column;
    else
        equality->is_fixed = is_value(search, right);
    if (equality->is_fixed || equality->other_item < ITEMS_MAX)
        search->count++;
}

static bool is_fixed(const struct search *search, size_t item,
                     const struct column *column)
{
    for (size_t i = 0; i < search->count; i++) {
        const struct equality *equality = &search->equalities[i];

        if (equality->is_fixed && equality->item == item &&
            equality->column == column)
            return true;
    }
    return false;
}

/* A partial index says nothing of the other rows. */
static bool is_about_all(const struct search *search, size_t item,
                         const struct index *index)
{
    struct arena scratch = {0};
    bool may_hold =
        index_predicate_may_hold(search->check, &scratch, search->conditions,
                                 search->items.items[item].node, index);

    arena_release(&scratch);
    return may_hold;
}

/* No two rows are equal in all of its columns. */
static bool is_key_fixed(const struct search *search, size_t item,
                         const struct index *index)
{
    if (!index->is_unique || index->relation.object.is_dropped ||
        index->column_count == 0)
        return false;
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == NULL ||
            !is_fixed(search, item, index->columns[i].column))
            return false;
    return is_about_all(search, item, index);
}

static bool visit_set(void *closure, const Node *node, const struct walk *walk)
{
    const FuncCall *call = node_as(FuncCall, node);
    bool *is_found = closure;

    (void)walk;
    if (call != NULL)
        *is_found = true;
    return !*is_found && !IsA(node, SubLink);
}

/* A call in the target list may give several rows: unnest(). */
static bool has_set(const SelectStmt *select)
{
    struct walker walker;
    bool is_found = false;

    walker_init(&walker);
    foreach_node (ResTarget, target, select->targetList)
        if (IsA(target->val, FuncCall))
            walk_tree(&walker, target->val, visit_set, &is_found);
    walker_release(&walker);
    return is_found;
}

struct aggregate_search {
    const struct check *check;
    bool is_found;
};

static bool visit_call(void *closure, const Node *node, const struct walk *walk)
{
    struct aggregate_search *search = closure;
    const FuncCall *call = node_as(FuncCall, node);

    (void)walk;
    if (call != NULL && query_is_aggregate(search->check, call))
        search->is_found = true;
    return !search->is_found && !IsA(node, SubLink);
}

static bool has_aggregate(const struct check *check, const SelectStmt *select)
{
    struct aggregate_search search = {check, false};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, (const Node *)select->targetList, visit_call, &search);
    walker_release(&walker);
    return search.is_found;
}

static bool is_limit_one(const Node *limit)
{
    const A_Const *constant = node_as(A_Const, limit);

    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, Integer) && constant->val.ival.ival <= 1;
}

/* A query that gives one row by its form: an aggregate, LIMIT 1, a SELECT
 * without FROM, or from such a WITH query. */
static bool is_one_by_form(const struct check *check,
                           const struct from_item *item, size_t depth)
{
    const SelectStmt *select = node_as(SelectStmt, item->query);
    struct arena scratch = {0};
    struct from_items items = {0};
    bool is_one = true;

    if (select == NULL || depth > 8)
        return false;
    if (is_limit_one(select->limitCount))
        return true;
    if (select->op != SETOP_NONE)
        return false;
    if (select->valuesLists != NIL)
        return list_length(select->valuesLists) == 1;
    if (select->groupClause == NIL && has_aggregate(check, select))
        return true;
    from_add_list(&scratch, &items, select->fromClause,
                  from_scope_of(&scratch, select->withClause, item->scope));
    for (size_t i = 0; i < items.count && is_one; i++)
        is_one = items.items[i].query != NULL &&
                 is_one_by_form(check, &items.items[i], depth + 1);
    arena_release(&scratch);
    return is_one && !has_set(select);
}

static bool is_one_by_key(struct check *check, const SelectStmt *select,
                          const struct from_scope *outer, bool believes,
                          bool is_inner);

/* A sub-select, or the query of a WITH. */
static bool is_query_single(const struct search *search,
                            const struct from_item *item)
{
    const SelectStmt *select = node_as(SelectStmt, item->query);

    if (is_one_by_form(search->check, item, 0))
        return true;
    return select != NULL && !search->is_inner &&
           is_one_by_key(search->check, select, item->scope, false, true);
}

static bool is_item_single(const struct search *search, size_t number)
{
    const struct from_item *item = &search->items.items[number];
    const struct table *table =
        item->table != NULL
            ? schema_find_table(search->check->schema,
                                name_from_range_var(item->table))
            : NULL;

    if (item->table == NULL)
        return is_query_single(search, item);
    if (table != NULL && table_has_one_row(table))
        return true;
    for (size_t i = 0; table != NULL && i < table->indexes.count; i++)
        if (is_key_fixed(search, number, table->indexes.items[i]))
            return true;
    if (!search->believes || (table != NULL && table->is_complete))
        return false;
    for (size_t i = 0; i < search->count; i++)
        if (search->equalities[i].item == number &&
            search->equalities[i].is_fixed)
            return true;
    return search->is_unclear;
}

/* What follows from what is known by now; false if nothing new does. */
static bool follow(struct search *search)
{
    bool is_new = false;

    for (size_t i = 0; i < search->items.count; i++) {
        if (search->is_single[i] || !is_item_single(search, i))
            continue;
        search->is_single[i] = true;
        is_new = true;
    }
    for (size_t i = 0; i < search->count; i++) {
        struct equality *equality = &search->equalities[i];
        size_t other = equality->other_item;

        if (equality->is_fixed || other == ITEMS_MAX ||
            (!search->is_single[other] &&
             !is_fixed(search, other, equality->other_column)))
            continue;
        equality->is_fixed = true;
        is_new = true;
    }
    return is_new;
}

static void add_equalities(struct search *search,
                           const struct condition_array *conditions)
{
    search->conditions = conditions;
    for (size_t i = 0; i < conditions->count; i++) {
        const Node *left, *right;

        for (int pair = 0;
             condition_equality(conditions->items[i].node, pair, &left, &right);
             pair++) {
            add_equality(search, &conditions->items[i], left, right);
            add_equality(search, &conditions->items[i], right, left);
        }
    }
}

void single_row_items(struct check *check, const struct from_items *items,
                      const struct condition_array *conditions, bool *is_single)
{
    struct search search = {.check = check, .believes = true, .items = *items};

    if (items->count > ITEMS_MAX)
        return;
    add_equalities(&search, conditions);
    for (size_t i = 0; i < items->count; i++)
        is_single[i] = is_item_single(&search, i);
}

static bool is_one_by_key(struct check *check, const SelectStmt *select,
                          const struct from_scope *outer, bool believes,
                          bool is_inner)
{
    struct arena scratch = {0};
    struct search search = {.check = check,
                            .believes = believes,
                            .is_inner = is_inner};
    struct condition_array conditions = {0};
    const struct from_scope *scope =
        from_scope_of(&scratch, select->withClause, outer);
    bool is_single = select->op == SETOP_NONE && select->valuesLists == NIL &&
                     (!is_inner || (!has_set(select) && select->fromClause));

    from_add_list(&scratch, &search.items, select->fromClause, scope);
    condition_add_from(&scratch, &conditions, select->fromClause);
    condition_add(&scratch, &conditions, select->whereClause, NULL);
    if (is_single && search.items.count <= ITEMS_MAX) {
        add_equalities(&search, &conditions);
        while (follow(&search))
            continue;
    }
    for (size_t i = 0; i < search.items.count; i++)
        is_single = is_single && i < ITEMS_MAX && search.is_single[i];
    arena_release(&scratch);
    return is_single;
}

bool single_row_of_key(struct check *check, const SelectStmt *select,
                       bool believes)
{
    struct arena scratch = {0};
    bool is_single = is_one_by_key(
        check, select, query_scope_around(check, &scratch), believes, false);

    arena_release(&scratch);
    return is_single;
}
