/*
 * limit-without-order-by: LIMIT that cuts off rows which are in no order. Sees
 * every SELECT in the tree; the schema knows where there is but one row.
 * offset-pagination speaks first (lint/precedence.c).
 */
#include "lint/advice.h"
#include "lint/query_scope.h"
#include "lint/query_words.h"
#include "lint/single_row.h"

#include <stdlib.h>
#include <string.h>

/* Where there are more WITH queries, nobody asks how each is read. */
#define WITH_MAX 50

/* LIMIT ALL, LIMIT NULL, LIMIT 0. */
static bool is_no_limit(const Node *limit)
{
    const A_Const *constant;

    while (limit != NULL && IsA(limit, TypeCast))
        limit = ((const TypeCast *)limit)->arg;
    constant = node_as(A_Const, limit);
    if (constant == NULL)
        return false;
    return constant->isnull ||
           (IsA(&constant->val, Integer) && constant->val.ival.ival == 0);
}

static bool is_limit_one(const SelectStmt *select)
{
    const A_Const *limit = node_as(A_Const, select->limitCount);

    return limit != NULL && !limit->isnull && IsA(&limit->val, Integer) &&
           limit->val.ival.ival == 1;
}

static bool visit_column(void *closure, const Node *node,
                         const struct walk *walk)
{
    bool *is_found = closure;

    (void)walk;
    if (IsA(node, ColumnRef) || IsA(node, FuncCall))
        *is_found = true;
    return !*is_found;
}

/* `SELECT 1 FROM ...`: one row is as good as another. */
static bool has_same_rows(const SelectStmt *select)
{
    struct walker walker;
    bool is_found = false;

    walker_init(&walker);
    walk_tree(&walker, (const Node *)select->targetList, visit_column,
              &is_found);
    walker_release(&walker);
    return !is_found;
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

/* An aggregate without GROUP BY gives one row. */
static bool is_aggregate(const struct check *check, const SelectStmt *select)
{
    struct aggregate_search search = {check, false};
    struct walker walker;

    if (select->groupClause != NIL)
        return false;
    walker_init(&walker);
    walk_tree(&walker, (const Node *)select->targetList, visit_call, &search);
    walker_release(&walker);
    return search.is_found;
}

static bool is_ordered(const Node *query)
{
    const SelectStmt *select = node_as(SelectStmt, query);

    return select != NULL && select->sortClause != NIL;
}

/* Rows of no table, or of one query that puts them in order, which the server
 * keeps. */
static bool has_order_of_its_own(const struct check *check,
                                 const SelectStmt *select)
{
    struct arena scratch = {0};
    struct from_items items = {0};
    const struct from_scope *scope = from_scope_of(
        &scratch, select->withClause, query_scope_around(check, &scratch));
    bool has_order = true;

    from_add_list(&scratch, &items, select->fromClause, scope);
    for (size_t i = 0; i < items.count && has_order; i++) {
        const SelectStmt *query = node_as(SelectStmt, items.items[i].query);

        has_order = items.items[i].table == NULL &&
                    (items.items[i].query == NULL ||
                     (query != NULL && query->valuesLists != NIL) ||
                     (i == 0 && is_ordered(items.items[i].query)));
    }
    arena_release(&scratch);
    return has_order && select->op == SETOP_NONE;
}

/* UPDATE, DELETE, or WITH that has one. */
static bool writes(const Node *node)
{
    const WithClause *with = node_as(WithClause, node);

    if (with == NULL)
        return IsA(node, UpdateStmt) || IsA(node, DeleteStmt);
    foreach_node (CommonTableExpr, query, with->ctes)
        if (IsA(query->ctequery, UpdateStmt) ||
            IsA(query->ctequery, DeleteStmt))
            return true;
    return false;
}

/* How a WITH query is read. */
struct reading {
    const char *name;
    bool is_read;   /* in EXISTS */
    bool is_needed; /* anywhere else */
};

static bool visit_reading(void *closure, const Node *node,
                          const struct walk *walk)
{
    struct reading *reading = closure;
    const RangeVar *range = node_as(RangeVar, node);
    const Node *ancestor;
    bool is_in_exists = false;
    size_t at = 0;

    if (range == NULL || range->schemaname != NULL ||
        strcmp(range->relname, reading->name) != 0)
        return !reading->is_needed;
    while (!is_in_exists &&
           (ancestor = walk_next_ancestor(walk, &at)) != NULL) {
        const SubLink *link = node_as(SubLink, ancestor);

        is_in_exists = link != NULL && link->subLinkType == EXISTS_SUBLINK;
    }
    reading->is_read = reading->is_read || is_in_exists;
    reading->is_needed = reading->is_needed || !is_in_exists;
    return !reading->is_needed;
}

/* A WITH query of which the others only ask whether it has a row. */
static bool is_asked_for_existence(const struct check *check)
{
    const CommonTableExpr *query =
        node_as(CommonTableExpr, walk_ancestor(check->walk, 0));
    const WithClause *with = node_as(WithClause, walk_ancestor(check->walk, 1));
    struct reading reading = {0};
    struct walker walker;

    if (query == NULL || with == NULL || list_length(with->ctes) > WITH_MAX)
        return false;
    reading.name = query->ctename;
    walker_init(&walker);
    walk_tree(&walker, check->statement->tree, visit_reading, &reading);
    walker_release(&walker);
    return reading.is_read && !reading.is_needed;
}

/* A batch of rows to be written or locked, or a look whether there is one: which
 * does not matter. */
static bool is_any_row_good(const struct check *check)
{
    size_t at = 0;
    const Node *node;

    if (is_asked_for_existence(check))
        return true;
    while ((node = walk_next_ancestor(check->walk, &at)) != NULL) {
        const SubLink *link = node_as(SubLink, node);

        if (link != NULL && link->subLinkType == EXISTS_SUBLINK)
            return true;
        if (writes(node))
            return true;
        if (link != NULL && link->subLinkType == EXPR_SUBLINK)
            return false;
    }
    return false;
}

static bool is_harmless(struct check *check, const SelectStmt *select)
{
    return is_any_row_good(check) || select->lockingClause != NIL ||
           (select->op == SETOP_NONE &&
            (has_same_rows(select) || is_aggregate(check, select))) ||
           has_order_of_its_own(check, select) ||
           single_row_of_key(check, select, is_limit_one(select));
}

/* The one row of a table that has one, or a look whether there is any: LIMIT 1
 * of a whole table. */
static bool is_probe(const SelectStmt *select)
{
    return is_limit_one(select) && select->op == SETOP_NONE &&
           list_length(select->fromClause) == 1 &&
           IsA(linitial(select->fromClause), RangeVar) &&
           select->whereClause == NULL;
}

/* `(SELECT ... LIMIT 1)` in the place of a value: LIMIT is there because the server
 * takes no second row, and mostly there is none. */
static bool is_one_value(const struct check *check, const SelectStmt *select)
{
    const SubLink *link = node_as(SubLink, walk_ancestor(check->walk, 0));

    return is_limit_one(select) && link != NULL &&
           link->subLinkType == EXPR_SUBLINK;
}

/* `ORDER BY id`: what the only table's primary key says. */
static const char *order_text(struct check *check, const SelectStmt *select)
{
    const RangeVar *range =
        list_length(select->fromClause) == 1
            ? node_as(RangeVar, linitial(select->fromClause))
            : NULL;
    const struct table *table =
        range != NULL
            ? schema_find_table(check->schema, name_from_range_var(range))
            : NULL;
    struct buffer text;

    for (size_t i = 0; table != NULL && i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (!index->is_primary || index->relation.object.is_dropped)
            continue;
        buffer_init(&text, check->arena);
        for (size_t j = 0; j < index->column_count; j++) {
            buffer_add_text(&text, j > 0 ? ", " : "ORDER BY ");
            writer_add_identifier(&text, index->columns[j].column->name);
        }
        return buffer_text(&text);
    }
    return NULL;
}

static const char *help_text(struct check *check, const SelectStmt *select)
{
    const char *order = order_text(check, select);

    return check_format(check,
                        "say which rows come first, with a unique column last: "
                        "%s",
                        order != NULL ? order : "ORDER BY ...");
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    struct finding *finding;

    if (select->limitCount == NULL || select->sortClause != NIL ||
        is_no_limit(select->limitCount) || is_harmless(check, select) ||
        !query_is_whole(check))
        return;
    finding = check_report(
        check, query_words_of_limit(check, select), node,
        "LIMIT without ORDER BY gives any rows, others from one time to the "
        "next",
        help_text(check, select));
    if (is_probe(select) || is_one_value(check, select))
        finding_lower(finding, SEVERITY_INFO);
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_limit_without_order_by = {
    .id = "limit-without-order-by",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "LIMIT without ORDER BY gives any rows",
    .rationale =
        "Rows of a table are in no order. LIMIT 10 without ORDER BY gives the "
        "ten that the server comes to first: those that were inserted first, "
        "until an UPDATE moves one, VACUUM makes room, an index is used, two "
        "sessions scan the table at once, or the query runs in parallel. Tests "
        "on a small table never see it.\n\n"
        "Say what comes first, with a unique column last in ORDER BY: rows "
        "that are equal in all sort columns are in no order either.\n\n"
        "Not reported: a unique key that is compared with values, so that "
        "there is one row; aggregates; rows that are all alike, as of SELECT "
        "1; EXISTS; rows to be locked, or a batch for UPDATE or DELETE; rows "
        "of a function, of VALUES or of a query with ORDER BY. LIMIT 1 in a "
        "sub-select that stands for a value is info.",
    .ignore_when = "Any row will do: a sample to look at, or values that are "
                   "equal in all the rows.",
    .setup = "CREATE TABLE posts (id bigint PRIMARY KEY, title text);",
    .bad = "SELECT id, title FROM posts LIMIT 10;",
    .good = "SELECT id, title FROM posts ORDER BY id LIMIT 10;",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Scan using posts_pkey",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
