/*
 * Reads the conditions of queries against the indexes of the schema. Costs are
 * the server's to weigh: what counts here is whether an index could be searched
 * at all.
 */
#include "lint/index_use.h"

#include "lint/query_scope.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <string.h>

#define TERMS_MAX 200

/* Whether a tree names columns of the query's items. */
struct reading {
    const struct index_use *use;
    bool reads_items;
};

static bool is_item(const struct index_use *use, const Node *node)
{
    for (size_t i = 0; i < use->items.count; i++)
        if (use->items.items[i].node == node)
            return true;
    return false;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct reading *reading = closure;
    const ColumnRef *column = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (column == NULL)
        return !reading->reads_items;
    name = query_name_of(reading->use->check, column);
    if (name == NULL || name->item == NULL || is_item(reading->use, name->item))
        reading->reads_items = true;
    return !reading->reads_items;
}

bool index_use_is_value(const struct index_use *use, const Node *expression)
{
    struct reading reading = {use, false};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, expression, visit, &reading);
    walker_release(&walker);
    return !reading.reads_items;
}

static void add_term(struct index_use *use, const Node *condition,
                     const Node *column, const Node *other, bool is_equality)
{
    const struct query_name *name = query_name_of_node(use->check, column);

    if (name == NULL || name->column == NULL || !is_item(use, name->item) ||
        use->terms.count >= TERMS_MAX)
        return;
    *array_push(use->arena, &use->terms) =
        (struct index_term){name, condition, is_equality,
                            other == NULL || index_use_is_value(use, other)};
}

/* `%...` finds nothing in an index's order. */
static bool has_leading_wildcard(const Node *pattern)
{
    const A_Const *constant = node_as(A_Const, pattern);

    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, String) &&
           (constant->val.sval.sval[0] == '%' ||
            constant->val.sval.sval[0] == '_');
}

static void add_comparison(struct index_use *use, const A_Expr *expression)
{
    static const char *const ranges[] = {"<", ">", "<=", ">="};
    const char *name = name_from_string(llast(expression->name));
    const Node *left, *right;

    for (int i = 0;
         condition_equality((const Node *)expression, i, &left, &right); i++) {
        add_term(use, (const Node *)expression, left, right, true);
        add_term(use, (const Node *)expression, right, left, true);
    }
    left = expression->lexpr;
    right = expression->rexpr;
    /* (a, b) > (1, 2) is a range of a. */
    if (node_as(RowExpr, left) != NULL && node_as(RowExpr, right) != NULL) {
        left = linitial(((const RowExpr *)left)->args);
        right = linitial(((const RowExpr *)right)->args);
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (strcmp(name, ranges[i]) != 0)
            continue;
        add_term(use, (const Node *)expression, left, right, false);
        add_term(use, (const Node *)expression, right, left, false);
    }
}

static void add_operation(struct index_use *use, const A_Expr *expression)
{
    const Node *node = (const Node *)expression;
    const char *name = name_from_string(llast(expression->name));

    switch (expression->kind) {
    case AEXPR_OP: add_comparison(use, expression); break;
    case AEXPR_IN:
    case AEXPR_OP_ANY:
        if (strcmp(name, "=") == 0)
            add_term(use, node, expression->lexpr, expression->rexpr, true);
        break;
    case AEXPR_BETWEEN:
    case AEXPR_BETWEEN_SYM:
        add_term(use, node, expression->lexpr, expression->rexpr, false);
        break;
    case AEXPR_LIKE:
        if (!has_leading_wildcard(expression->rexpr))
            add_term(use, node, expression->lexpr, expression->rexpr, false);
        break;
    default: break;
    }
}

static void add_terms(struct index_use *use, const Node *condition)
{
    const SubLink *link = node_as(SubLink, condition);
    const NullTest *test = node_as(NullTest, condition);
    const RowExpr *row;
    const ListCell *cell;

    if (node_as(A_Expr, condition) != NULL) {
        add_operation(use, (const A_Expr *)condition);
    } else if (link != NULL && link->subLinkType == ANY_SUBLINK) {
        row = node_as(RowExpr, link->testexpr);
        if (row == NULL)
            add_term(use, condition, link->testexpr, link->testexpr, true);
        else
            foreach (cell, row->args)
                add_term(use, condition, lfirst(cell), lfirst(cell), true);
    } else if (test != NULL && test->nulltesttype == IS_NULL) {
        add_term(use, condition, (const Node *)test->arg,
                 (const Node *)test->arg, true);
    } else {
        add_term(use, condition, condition, condition, true);
    }
}

/* An index may serve an arm of OR. */
static void add_arms(struct index_use *use)
{
    for (size_t i = 0; i < use->conditions.count && i < TERMS_MAX; i++) {
        const BoolExpr *either =
            node_as(BoolExpr, use->conditions.items[i].node);
        const ListCell *cell;

        if (either == NULL)
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
    const List *sort;
};

static bool read_clauses(const Node *node, struct clauses_of *clauses)
{
    const SelectStmt *select = node_as(SelectStmt, node);
    const UpdateStmt *update = node_as(UpdateStmt, node);
    const DeleteStmt *delete = node_as(DeleteStmt, node);

    if (select != NULL)
        *clauses = (struct clauses_of){
            .from = select->fromClause,
            .where = select->whereClause,
            .with = select->withClause,
            .sort = select->limitCount != NULL ? select->sortClause : NIL};
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
    switch (nodeTag(check->statement->tree)) {
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

bool index_use_of(struct check *check, struct arena *arena, const Node *node,
                  struct index_use *use)
{
    struct clauses_of clauses;
    const struct from_scope *scope;

    *use = (struct index_use){.check = check, .arena = arena};
    if (!read_clauses(node, &clauses) || runs_once(check) ||
        is_hopeless(use, &clauses))
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
    use->sort = clauses.sort;
    if (use->conditions.count == 0 || use->conditions.count > TERMS_MAX)
        return false;
    add_arms(use);
    for (size_t i = 0; i < use->conditions.count; i++)
        add_terms(use, use->conditions.items[i].node);
    return true;
}

bool index_leads_with(const struct index *index, const struct column *column)
{
    if (index->relation.object.is_dropped || index->column_count == 0)
        return false;
    if (strcmp(index->method, "btree") == 0 ||
        strcmp(index->method, "hash") == 0)
        return index->columns[0].column == column;
    for (size_t i = 0; i < index->column_count; i++)
        if (index->columns[i].column == column)
            return true;
    return false;
}

struct mention {
    const char *name;
    bool is_in_expression; /* `name = 'x'` does not count */
    bool is_found;
};

/* The node is compared itself. */
static bool is_plain_side(const struct walk *walk)
{
    return walk_depth(walk) == 1 && IsA(walk_ancestor(walk, 0), A_Expr);
}

static bool visit_mention(void *closure, const Node *node,
                          const struct walk *walk)
{
    struct mention *mention = closure;
    const ColumnRef *column = node_as(ColumnRef, node);
    const char *name =
        column != NULL ? name_from_string(llast(column->fields)) : NULL;

    if (name != NULL && strcmp(name, mention->name) == 0 &&
        !(mention->is_in_expression && is_plain_side(walk)))
        mention->is_found = true;
    return !mention->is_found;
}

/* The query's conditions may say something of the column. */
static bool is_mentioned(const struct index_use *use,
                         const struct column *column, bool is_in_expression)
{
    struct mention mention = {column->name, is_in_expression, false};
    struct walker walker;

    walker_init(&walker);
    for (size_t i = 0; i < use->whole_count && !mention.is_found; i++)
        walk_tree(&walker, use->conditions.items[i].node, visit_mention,
                  &mention);
    walker_release(&walker);
    return mention.is_found;
}

/* A partial index serves if the conditions imply its predicate; they surely do
 * not if they do not mention a column of it. */
static bool may_be_implied(const struct index_use *use,
                           const struct index *index)
{
    for (size_t i = 0; index->predicate != NULL && i < index->reads.count; i++)
        if (!is_mentioned(use, index->reads.items[i], false))
            return false;
    return true;
}

/* An index on expressions serves if the conditions have those; they surely do
 * not if they do not mention a column of it. */
static bool may_have_expression(const struct index_use *use,
                                const struct index *index)
{
    if (index->columns[0].column != NULL)
        return false;
    for (size_t i = 0; i < index->reads.count; i++)
        if (!is_mentioned(use, index->reads.items[i], true))
            return false;
    return index->reads.count > 0;
}

static bool serves_sort(const struct index_use *use, const Node *item,
                        const struct index *index)
{
    const struct query_name *name;

    if (use->sort == NIL)
        return false;
    name =
        query_name_of_node(use->check, linitial_node(SortBy, use->sort)->node);
    return name == NULL ||
           (name->item == item && index_leads_with(index, name->column));
}

static bool serves(const struct index_use *use, const Node *item,
                   const struct index *index)
{
    if (index->relation.object.is_dropped || index->column_count == 0 ||
        !may_be_implied(use, index))
        return false;
    if (may_have_expression(use, index) || serves_sort(use, item, index))
        return true;
    for (size_t i = 0; i < use->terms.count; i++)
        if (use->terms.items[i].name->item == item &&
            index_leads_with(index, use->terms.items[i].name->column))
            return true;
    return false;
}

bool index_use_is_served(const struct index_use *use, const Node *item)
{
    const struct table *table = index_use_table(use, item);

    for (size_t i = 0; table != NULL && i < table->indexes.count; i++)
        if (serves(use, item, table->indexes.items[i]))
            return true;
    return table == NULL;
}

/* The expression that the text is; its tree lives as long as the parser. */
static const Node *parse_expression(struct index_use *use,
                                    struct parser *parser, const char *text)
{
    struct slice query =
        slice_from(arena_format(use->arena, "SELECT %s", text));
    struct splitter splitter = splitter_of(query, 0, query.length);
    struct statement statement;
    const SelectStmt *select;

    if (!splitter_next(&splitter, &statement))
        return NULL;
    parser_parse(parser, query, &statement, 1);
    select = statement.outcome == PARSE_DONE
                 ? node_as(SelectStmt, statement.tree)
                 : NULL;
    return select != NULL && list_length(select->targetList) == 1
               ? linitial_node(ResTarget, select->targetList)->val
               : NULL;
}

static bool is_expression(const struct index_use *use, const RangeVar *range,
                          const char *text, const Node *expression)
{
    struct index_use copy = *use;
    struct parser *parser = parser_new();
    const Node *key;
    bool may_be = true;

    if (parser == NULL)
        return true;
    key = parse_expression(&copy, parser, text);
    if (key != NULL)
        may_be =
            !query_names_differ(use->check, use->arena, range, key, expression);
    parser_free(parser);
    return may_be;
}

static bool reads(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->reads.count; i++)
        if (index->reads.items[i] == column)
            return true;
    return false;
}

bool index_use_has_expression(const struct index_use *use,
                              const struct query_name *name,
                              const Node *expression)
{
    const struct table *table = name->table;
    const RangeVar *range = node_as(RangeVar, name->item);

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->relation.object.is_dropped || range == NULL ||
            !reads(index, name->column))
            continue;
        for (size_t j = 0; j < index->column_count; j++)
            if (index->columns[j].column == NULL &&
                index->columns[j].expression != NULL &&
                is_expression(use, range, index->columns[j].expression,
                              expression))
                return true;
    }
    return false;
}
