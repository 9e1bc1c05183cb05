/*
 * WITH: which queries a name can mean, and what they give. A query is analysed
 * when its clause is reached, or, in WITH RECURSIVE, when another one needs it
 * first. (parse_cte.c)
 */
#include "query/analysis.h"

#include <string.h>

struct cte *with_find(struct scope *scope, const char *name)
{
    for (; scope; scope = scope->outer) {
        for (struct cte *cte = scope->ctes; cte; cte = cte->next) {
            if (strcmp(cte->name, name) == 0)
                return cte;
        }
    }
    return NULL;
}

/* The names of `c (a, b)`; analyzeCTETargetList(). */
static void name_columns(struct cte *cte, struct row *row)
{
    const List *names = cte->node->aliascolnames;
    size_t given = (size_t)list_length(names);

    for (size_t i = 0; i < row->count && i < given; i++)
        row->items[i].name = name_from_string(list_nth(names, (int)i));
    if (given > row->count && row->is_complete)
        analysis_fail(cte->scope->analysis, cte->node->location, "42P10",
                      "WITH query \"%s\" has %u columns available but %zu "
                      "columns specified",
                      cte->name, row->count, given);
}

static struct data_type record_array(struct analysis *analysis)
{
    return type_builtin(analysis, RECORDARRAYOID);
}

/* What SEARCH and CYCLE add, as the query outside sees it. */
static void add_search_columns(struct cte *cte, struct row *row)
{
    struct analysis *analysis = cte->scope->analysis;
    const CTESearchClause *search = cte->node->search_clause;
    const CTECycleClause *cycle = cte->node->cycle_clause;
    struct value marks[2];

    if (search)
        row_add(analysis, row, search->search_seq_column,
                value_of(search->search_breadth_first
                             ? type_builtin(analysis, RECORDOID)
                             : record_array(analysis)));
    if (!cycle)
        return;
    marks[0] = expression(cte->scope, cycle->cycle_mark_value);
    marks[1] = expression(cte->scope, cycle->cycle_mark_default);
    row_add(analysis, row, cycle->cycle_mark_column,
            value_of(value_common(analysis, marks, 2, "CYCLE")));
    row_add(analysis, row, cycle->cycle_path_column,
            value_of(record_array(analysis)));
}

/* What a recursive query's first term gives is what the second sees. */
static void set_first_term(struct cte *cte, const struct row *row)
{
    struct analysis *analysis = cte->scope->analysis;
    struct row *copy = arena_alloc(analysis->arena, sizeof *copy);

    copy->is_complete = row->is_complete;
    for (size_t i = 0; i < row->count; i++)
        row_add(analysis, copy, row->items[i].name, row->items[i].value);
    name_columns(cte, copy);
    cte->row = copy;
}

/* Both terms together must have the types that the first one has alone. */
static void check_overall(struct cte *cte, const struct row *overall)
{
    struct analysis *analysis = cte->scope->analysis;

    if (cte->read_count == 0)
        return;
    for (size_t i = 0; i < overall->count && i < cte->row->count; i++) {
        struct data_type first = cte->row->items[i].value.type;
        struct data_type both = overall->items[i].value.type;

        if (!first.type || !both.type ||
            (first.type == both.type && first.modifier == both.modifier))
            continue;
        analysis_fail(
            analysis, cte->node->location, "42804",
            "recursive query \"%s\" column %zu has type %s in non-recursive "
            "term but type %s overall",
            cte->name, i + 1, type_to_text(analysis->arena, first),
            type_to_text(analysis->arena, both));
        return;
    }
}

static void make_recursive(struct cte *cte, const SelectStmt *query)
{
    struct scope *scope = scope_new(cte->scope);
    struct analysis *analysis = scope->analysis;
    struct row first = {0}, *overall;

    with_clause(scope, query->withClause);
    set_operation_arm(scope, query->larg, &first);
    resolve_unknown(analysis, &first);
    set_first_term(cte, &first);
    overall = arena_alloc(analysis->arena, sizeof *overall);
    set_operation_join(scope, query, &first, overall);
    query_clauses_of_union(scope, query, overall);
    check_overall(cte, overall);
}

static bool is_data_modifying(const Node *query)
{
    return nodeTag(query) != T_SelectStmt;
}

/* What is outside of a rule's action has OLD and NEW, and is no query. */
static bool is_at_top(const struct scope *scope)
{
    return !scope->outer || (scope->analysis->place->clause == CLAUSE_RULE &&
                             !scope->outer->outer);
}

/* analyzeCTE(). */
static void make(struct cte *cte)
{
    struct analysis *analysis = cte->scope->analysis;
    const SelectStmt *select = node_as(SelectStmt, cte->node->ctequery);

    cte->is_being_made = true;
    if (is_data_modifying(cte->node->ctequery) && !is_at_top(cte->scope))
        analysis_fail(analysis, cte->node->location, "0A000",
                      "WITH clause containing a data-modifying statement must "
                      "be at the top level");
    if (cte->is_recursive_clause && select && select->op == SETOP_UNION) {
        make_recursive(cte, select);
    } else {
        struct row *row = arena_alloc(analysis->arena, sizeof *row);

        query_of_node(cte->scope, cte->node->ctequery, false, row);
        name_columns(cte, row);
        cte->row = row;
    }
    cte->is_being_made = false;
    cte->is_made = true;
    add_search_columns(cte, cte->row);
}

void with_clause(struct scope *scope, const WithClause *with)
{
    struct analysis *analysis = scope->analysis;
    struct cte *first = NULL, **last = &first;
    const ListCell *cell;

    if (!with)
        return;
    foreach (cell, with->ctes) {
        const CommonTableExpr *node = lfirst(cell);
        struct cte *cte = arena_alloc(analysis->arena, sizeof *cte);

        if (!analysis_step(analysis, (size_t)list_length(with->ctes) / 8 + 1))
            return;
        for (const struct cte *other = first; other; other = other->next) {
            if (strcmp(other->name, node->ctename) == 0) {
                analysis_fail(analysis, node->location, "42712",
                              "WITH query name \"%s\" specified more than once",
                              node->ctename);
                return;
            }
        }
        *cte = (struct cte){.name = node->ctename,
                            .node = node,
                            .scope = scope,
                            .is_recursive_clause = with->recursive};
        *last = cte;
        last = &cte->next;
    }
    if (with->recursive) {
        scope->ctes = first;
        for (struct cte *cte = first; cte; cte = cte->next) {
            if (!cte->is_made && !cte->is_being_made)
                make(cte);
        }
        return;
    }
    /* Each sees those before it. */
    while (first) {
        struct cte *next = first->next;

        make(first);
        first->next = scope->ctes;
        scope->ctes = first;
        first = next;
    }
}

/* The rows of a query that reads itself where it must not. */
static const struct row *row_of_itself(struct cte *cte, ParseLoc location)
{
    struct analysis *analysis = cte->scope->analysis;
    const SelectStmt *select = node_as(SelectStmt, cte->node->ctequery);

    if (select && select->op == SETOP_UNION)
        analysis_fail(analysis, location, "42P19",
                      "recursive reference to query \"%s\" must not appear "
                      "within its non-recursive term",
                      cte->name);
    else
        analysis_fail(analysis, cte->node->location, "42P19",
                      "recursive query \"%s\" does not have the form "
                      "non-recursive-term UNION [ALL] recursive-term",
                      cte->name);
    return NULL;
}

struct range *with_range(struct scope *scope, struct cte *cte,
                         const RangeVar *relation)
{
    struct range *range;
    const struct row *row;

    cte->read_count++;
    if (!cte->is_made && !cte->is_being_made &&
        analysis_enter(scope->analysis)) {
        make(cte);
        analysis_leave(scope->analysis);
    }
    row = cte->row ? cte->row : row_of_itself(cte, relation->location);
    range = range_new(scope, relation->relname);
    if (!row) {
        range->row.is_complete = false;
        return range;
    }
    if (row->count == 0 && is_data_modifying(cte->node->ctequery) &&
        row->is_complete)
        analysis_fail(scope->analysis, relation->location, "0A000",
                      "WITH query \"%s\" does not have a RETURNING clause",
                      cte->name);
    range_use_row(scope, range, row);
    return range;
}
