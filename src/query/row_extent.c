/*
 * Reads the conditions of UPDATE, DELETE and INSERT ... SELECT. It stands beside
 * the analysis of queries but needs none: rules ask it about statements of which
 * the tables may not be known.
 */
#include "query/row_extent.h"

#include "base/map.h"
#include "schema/bound.h"
#include "schema/model.h"
#include "sql/walker.h"

#include <string.h>

/* Longer conditions leave nobody knows what. */
#define TERMS_MAX 1000

/* What a term of a condition does to the number of rows. */
enum restriction {
    RESTRICTION_NONE,     /* true for all */
    RESTRICTION_UNFILLED, /* true until the column has been filled */
    RESTRICTION_LOWER,    /* one of two bounds */
    RESTRICTION_UPPER,
    RESTRICTION_SOME,
    RESTRICTION_FEW,
};

/* The statement's own table. */
struct target {
    const struct schema *schema;
    const struct table *table; /* null: not known */
    const List *assignments;   /* of UPDATE: ResTargets */
};

struct extent_walk {
    const struct schema *schema;
    struct arena arena;
    struct map queries; /* names of WITH */
    bool has_columns;
    bool has_queries;
    bool reads_tables;
};

/*
 * What a tree reads.
 */

static bool visit_with(void *closure, const Node *node, const struct walk *walk)
{
    struct extent_walk *look = closure;
    const CommonTableExpr *query = node_as(CommonTableExpr, node);

    (void)walk;
    if (query)
        map_put(&look->arena, &look->queries, slice_from(query->ctename), look);
    return true;
}

static bool is_catalog(struct qualified_name name)
{
    return name.schema ? strncmp(name.schema, "pg_", 3) == 0 ||
                             strcmp(name.schema, "information_schema") == 0
                       : strncmp(name.name, "pg_", 3) == 0;
}

static bool is_existing_table(const struct extent_walk *look,
                              const RangeVar *range)
{
    struct qualified_name name = name_from_range_var(range);
    const struct relation *relation;

    if (is_catalog(name) ||
        (!name.schema && map_find(&look->queries, slice_from(name.name))))
        return false;
    relation = schema_find_relation(look->schema, name);
    return !relation_is_new(look->schema, relation);
}

static bool visit_read(void *closure, const Node *node, const struct walk *walk)
{
    struct extent_walk *look = closure;

    (void)walk;
    if (nodeTag(node) == T_RangeVar && look->schema)
        look->reads_tables = look->reads_tables ||
                             is_existing_table(look, (const RangeVar *)node);
    look->has_columns = look->has_columns || nodeTag(node) == T_ColumnRef;
    look->has_queries = look->has_queries || nodeTag(node) == T_SubLink;
    return true;
}

/* What the tree has; its WITH, if it is of another part of the statement, may
 * be null. Without a schema it reads no tables. */
static struct extent_walk look_at(const struct schema *schema, const Node *tree,
                                  const Node *with)
{
    struct extent_walk look = {.schema = schema};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, with, visit_with, &look);
    walk_tree(&walker, tree, visit_with, &look);
    walk_tree(&walker, tree, visit_read, &look);
    walker_release(&walker);
    arena_release(&look.arena);
    return look;
}

/* Neither columns nor queries: a constant, a parameter, a call of such. What its
 * tables are is not asked: where there is one, there is a query. */
static bool is_constant(const Node *node)
{
    struct extent_walk look;

    if (!node || nodeTag(node) == T_A_Const || nodeTag(node) == T_ParamRef)
        return true;
    look = look_at(NULL, node, NULL);
    return !look.has_columns && !look.has_queries;
}

/* A name of one part or, with the table's, two: the column's own. */
static const char *column_name(const Node *node)
{
    const ColumnRef *reference = node_as(ColumnRef, node);

    return reference ? name_from_string(llast(reference->fields)) : NULL;
}

/*
 * The terms of a condition.
 */

/* The column gets its value by this statement, or was made by this
 * migration. */
static bool is_being_filled(const struct target *target, const char *name)
{
    const struct column *column;

    if (!name || list_length(target->assignments) > COLUMN_COUNT_MAX)
        return false;
    foreach_node (ResTarget, assignment, target->assignments) {
        if (assignment->name && strcmp(assignment->name, name) == 0)
            return true;
    }
    column = target->table && target->assignments != NIL
                 ? table_find_column(target->table, name)
                 : NULL;
    return column && column->made_at.source &&
           column->made_at.unit == schema_unit(target->schema);
}

static bool is_limited(const Node *query)
{
    const SelectStmt *select = node_as(SelectStmt, query);

    return select && select->limitCount;
}

static enum restriction of_sublink(const SubLink *link)
{
    switch (link->subLinkType) {
    case ANY_SUBLINK:
        return is_limited(link->subselect) ? RESTRICTION_FEW : RESTRICTION_SOME;
    default: return RESTRICTION_SOME;
    }
}

/* One value, or one of a few. */
static bool is_value(const Node *node)
{
    const SubLink *link = node_as(SubLink, node);
    const TypeCast *cast = node_as(TypeCast, node);

    if (cast && node_as(SubLink, cast->arg))
        link = (const SubLink *)cast->arg;
    if (!link)
        return is_constant(node);
    return link->subLinkType == EXPR_SUBLINK ||
           (link->subLinkType == ARRAY_SUBLINK && is_limited(link->subselect));
}

static enum restriction of_operator(const struct target *target,
                                    const A_Expr *expression, const char *name)
{
    const char *left = column_name(expression->lexpr);
    const char *right = column_name(expression->rexpr);
    const Node *other = left ? expression->rexpr : expression->lexpr;

    if (!left && !right)
        return is_constant(expression->lexpr) && is_constant(expression->rexpr)
                   ? RESTRICTION_NONE
                   : RESTRICTION_SOME;
    if (left && right)
        return RESTRICTION_SOME;
    if (!is_value(other))
        return RESTRICTION_SOME;
    if (strcmp(name, "=") == 0)
        return RESTRICTION_FEW;
    if (strcmp(name, "<>") == 0)
        return is_being_filled(target, left ? left : right)
                   ? RESTRICTION_UNFILLED
                   : RESTRICTION_SOME;
    if (name[0] == '<' && (name[1] == '\0' || strcmp(name, "<=") == 0))
        return left ? RESTRICTION_UPPER : RESTRICTION_LOWER;
    if (name[0] == '>' && (name[1] == '\0' || strcmp(name, ">=") == 0))
        return left ? RESTRICTION_LOWER : RESTRICTION_UPPER;
    return RESTRICTION_SOME;
}

static enum restriction of_expression(const struct target *target,
                                      const A_Expr *expression)
{
    const char *name = name_from_string(llast(expression->name));
    const char *column = column_name(expression->lexpr);

    switch (expression->kind) {
    case AEXPR_OP: return of_operator(target, expression, name);
    case AEXPR_OP_ANY:
        return column && strcmp(name, "=") == 0 && is_value(expression->rexpr)
                   ? RESTRICTION_FEW
                   : RESTRICTION_SOME;
    case AEXPR_IN:
        return strcmp(name, "=") == 0 && is_constant(expression->rexpr)
                   ? RESTRICTION_FEW
                   : RESTRICTION_SOME;
    case AEXPR_BETWEEN:
    case AEXPR_BETWEEN_SYM:
        return is_constant(expression->rexpr) ? RESTRICTION_FEW
                                              : RESTRICTION_SOME;
    case AEXPR_DISTINCT:
        return is_being_filled(target, column) ? RESTRICTION_UNFILLED
                                               : RESTRICTION_SOME;
    case AEXPR_NOT_DISTINCT:
        return column && is_constant(expression->rexpr) ? RESTRICTION_FEW
                                                        : RESTRICTION_SOME;
    default: return RESTRICTION_SOME;
    }
}

static enum restriction of_constant(const A_Const *constant)
{
    if (constant->isnull || nodeTag(&constant->val) != T_Boolean)
        return RESTRICTION_FEW;
    return constant->val.boolval.boolval ? RESTRICTION_NONE : RESTRICTION_FEW;
}

static enum restriction of_null_test(const struct target *target,
                                     const NullTest *test)
{
    return test->nulltesttype == IS_NULL &&
                   is_being_filled(target, column_name((Node *)test->arg))
               ? RESTRICTION_UNFILLED
               : RESTRICTION_SOME;
}

static enum restriction restriction_of(const struct target *target,
                                       const Node *term)
{
    switch (nodeTag(term)) {
    case T_A_Const: return of_constant((const A_Const *)term);
    case T_A_Expr: return of_expression(target, (const A_Expr *)term);
    case T_SubLink: return of_sublink((const SubLink *)term);
    case T_NullTest: return of_null_test(target, (const NullTest *)term);
    case T_CurrentOfExpr: return RESTRICTION_FEW;
    default: return RESTRICTION_SOME;
    }
}

/* What is ANDed at the top. An AND among them becomes null, its terms follow. */
static struct node_array terms_of(struct arena *arena, const Node *condition)
{
    struct node_array terms = {0};

    *array_push(arena, &terms) = condition;
    for (size_t i = 0; i < terms.count; i++) {
        const BoolExpr *both = node_as(BoolExpr, terms.items[i]);
        const ListCell *cell;

        if (!both || both->boolop != AND_EXPR)
            continue;
        terms.items[i] = NULL;
        foreach (cell, both->args)
            *array_push(arena, &terms) = lfirst(cell);
    }
    return terms;
}

static enum row_extent extent_of_condition(const struct target *target,
                                           const Node *condition)
{
    struct arena arena = {0};
    struct node_array terms;
    bool has[RESTRICTION_FEW + 1] = {false};

    if (!condition)
        return EXTENT_ALL;
    terms = terms_of(&arena, condition);
    has[RESTRICTION_SOME] = terms.count > TERMS_MAX;
    for (size_t i = 0; i < terms.count && i < TERMS_MAX; i++) {
        if (terms.items[i])
            has[restriction_of(target, terms.items[i])] = true;
    }
    arena_release(&arena);
    if (has[RESTRICTION_FEW] ||
        (has[RESTRICTION_LOWER] && has[RESTRICTION_UPPER]))
        return EXTENT_FEW;
    return has[RESTRICTION_SOME] || has[RESTRICTION_LOWER] ||
                   has[RESTRICTION_UPPER]
               ? EXTENT_SOME
               : EXTENT_ALL;
}

/*
 * The statements.
 */

/* Of a statement that changes rows of this table, joined with these. */
static enum row_extent extent_of_change(const struct schema *schema,
                                        const RangeVar *name,
                                        const List *assignments,
                                        const List *joined, const Node *with,
                                        const Node *condition)
{
    struct target target = {.schema = schema, .assignments = assignments};
    enum row_extent extent;

    target.table = schema_find_table(schema, name_from_range_var(name));
    if (target.table && relation_is_new(schema, &target.table->relation))
        return EXTENT_FEW;
    extent = extent_of_condition(&target, condition);
    if (joined == NIL || !condition || extent == EXTENT_FEW)
        return extent;
    return look_at(schema, (const Node *)joined, with).reads_tables
               ? EXTENT_SOME
               : EXTENT_FEW;
}

static enum row_extent extent_of_select(const struct schema *schema,
                                        const Node *query, const Node *with)
{
    const struct target target = {.schema = schema};
    const SelectStmt *select = node_as(SelectStmt, query);

    if (!select || select->valuesLists != NIL || select->limitCount ||
        (select->op == SETOP_NONE && select->fromClause == NIL))
        return EXTENT_FEW;
    if (!look_at(schema, query, with).reads_tables)
        return EXTENT_FEW;
    if (select->op == SETOP_NONE && select->whereClause &&
        extent_of_condition(&target, select->whereClause) == EXTENT_FEW)
        return EXTENT_FEW;
    return EXTENT_SOME;
}

enum row_extent row_extent_of(const struct schema *schema, const Node *node)
{
    const InsertStmt *insert;
    const UpdateStmt *update;
    const DeleteStmt *delete;

    switch (nodeTag(node)) {
    case T_InsertStmt:
        insert = (const InsertStmt *)node;
        return extent_of_select(schema, insert->selectStmt,
                                (const Node *)insert->withClause);
    case T_UpdateStmt:
        update = (const UpdateStmt *)node;
        return extent_of_change(
            schema, update->relation, update->targetList, update->fromClause,
            (const Node *)update->withClause, update->whereClause);
    case T_DeleteStmt:
        delete = (const DeleteStmt *)node;
        return extent_of_change(
            schema, delete->relation, NIL, delete->usingClause,
            (const Node *)delete->withClause, delete->whereClause);
    case T_CreateTableAsStmt:
        if (((const CreateTableAsStmt *)node)->into->skipData)
            return EXTENT_FEW;
        return extent_of_select(schema,
                                ((const CreateTableAsStmt *)node)->query, NULL);
    default: return EXTENT_NONE;
    }
}
