/*
 * Reads conditions and predicates as formulas (schema/formula.h) and compares
 * their atoms: comparisons with constants, tests for null, booleans, and
 * whatever else by its tree.
 */
#include "lint/index_predicate.h"

#include "lint/index_use.h"
#include "query/strict.h"
#include "schema/formula.h"

#include <string.h>

struct proof {
    struct check *check;
    struct arena *arena;
    const Node *item;
};

const Node *index_predicate_parse(struct parser *parser, const char *text)
{
    struct statement statement = {0};
    const SelectStmt *select;

    parser_parse_text(parser, text, PARSE_FORM_EXPRESSION, &statement);
    select = statement.outcome == PARSE_DONE
                 ? node_as(SelectStmt, statement.tree)
                 : NULL;
    return select != NULL && list_length(select->targetList) == 1
               ? linitial_node(ResTarget, select->targetList)->val
               : NULL;
}

struct name_search {
    const struct table *table;
    bool is_current;
};

static bool visit_name(void *closure, const Node *node, const struct walk *walk)
{
    struct name_search *search = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const char *name =
        reference != NULL ? name_from_string(llast(reference->fields)) : NULL;

    (void)walk;
    if (name != NULL && table_find_column(search->table, name) == NULL)
        search->is_current = false;
    return search->is_current;
}

bool index_predicate_is_current(const struct table *table,
                                const Node *expression)
{
    struct name_search search = {table, true};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, expression, visit_name, &search);
    walker_release(&walker);
    return search.is_current;
}

/* The query's name means the item's column of that name. */
static bool is_column(const struct proof *proof, const ColumnRef *reference,
                      const char *column)
{
    const struct query_name *name;

    if (reference == NULL || column == NULL)
        return false;
    name = query_name_of(proof->check, reference);
    if (name == NULL || name->column == NULL)
        return false;
    return name->item == proof->item && strcmp(name->column->name, column) == 0;
}

struct column_test {
    const struct proof *proof;
    const char *column;
};

static bool test_column(void *closure, const ColumnRef *reference)
{
    const struct column_test *test = closure;

    return is_column(test->proof, reference, test->column);
}

/* Where the column is null the condition is not true. */
static bool implies_not_null(const struct proof *proof,
                             const struct formula *given, const char *column)
{
    struct column_test test = {proof, column};
    int version = proof->check->postgres_version;

    if (given->kind == FORMULA_COMPARE || given->kind == FORMULA_NOT_NULL)
        return is_column(proof, given->reference, column);
    if (given->kind != FORMULA_UNKNOWN || given->node == NULL)
        return false;
    return given->is_negated
               ? strict_expression(version, given->node, test_column, &test)
               : strict_condition(version, given->node, test_column, &test);
}

/* `active`, `NOT active`, `active = true`, `active <> true`: a boolean column
 * and what it is. */
static const ColumnRef *read_boolean(const struct formula *formula,
                                     bool *is_true)
{
    if (formula->kind == FORMULA_UNKNOWN) {
        *is_true = !formula->is_negated;
        return formula->node != NULL ? node_as(ColumnRef, formula->node) : NULL;
    }
    if (formula->kind != FORMULA_COMPARE ||
        (formula->comparison != COMPARE_EQUAL &&
         formula->comparison != COMPARE_NOT_EQUAL) ||
        (strcmp(formula->constant, "true") != 0 &&
         strcmp(formula->constant, "false") != 0))
        return NULL;
    *is_true = (strcmp(formula->constant, "true") == 0) ==
               (formula->comparison == COMPARE_EQUAL);
    return formula->reference;
}

static bool is_same_boolean(const struct proof *proof,
                            const struct formula *given,
                            const struct formula *wanted)
{
    bool is_true = false, is_wanted_true = false;
    const ColumnRef *reference = read_boolean(given, &is_true);
    const ColumnRef *column = read_boolean(wanted, &is_wanted_true);

    return reference != NULL && column != NULL && is_true == is_wanted_true &&
           is_column(proof, reference, name_from_string(llast(column->fields)));
}

/* The column is compared as it is: a bigint with 5.5 is a numeric that no
 * predicate is about. */
static bool is_plain(const struct proof *proof, const struct formula *given)
{
    const A_Expr *expression = node_as(A_Expr, given->node);
    size_t number = expression != NULL && expression->kind == AEXPR_BETWEEN &&
                    given->comparison == COMPARE_LESS_EQUAL;
    const struct query_operation *operation =
        expression != NULL
            ? query_operation_at(proof->check, expression->location, number)
            : NULL;
    bool is_right = expression != NULL && expression->lexpr != NULL &&
                    formula_reference(expression->lexpr) != given->reference;

    return operation == NULL ||
           index_operand_is_plain(proof->check, operation, is_right);
}

struct name_use {
    const char *name;
    bool is_used;
};

static bool visit_use(void *closure, const Node *node, const struct walk *walk)
{
    struct name_use *use = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const char *name =
        reference != NULL ? name_from_string(llast(reference->fields)) : NULL;

    (void)walk;
    if (name != NULL && strcmp(name, use->name) == 0)
        use->is_used = true;
    return !use->is_used;
}

/* This part of the predicate names the column. */
static bool is_about(const struct formula *wanted, const char *column)
{
    struct name_use use = {column, false};
    struct walker walker;

    if (wanted->column != NULL)
        return strcmp(wanted->column, column) == 0;
    walker_init(&walker);
    walk_tree(&walker, wanted->node, visit_use, &use);
    walker_release(&walker);
    return use.is_used;
}

struct mention {
    const struct proof *proof;
    const struct formula *wanted;
    bool has_column;  /* that the predicate is about, too */
    bool has_unknown; /* a parameter, a variable */
};

static bool visit_mention(void *closure, const Node *node,
                          const struct walk *walk)
{
    struct mention *mention = closure;
    const ColumnRef *reference = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (IsA(node, ParamRef))
        mention->has_unknown = true;
    if (reference == NULL)
        return true;
    name = query_name_of(mention->proof->check, reference);
    if (name == NULL) {
        mention->has_unknown = true;
        return true;
    }
    if (name->item == mention->proof->item && name->column != NULL &&
        is_about(mention->wanted, name->column->name))
        mention->has_column = true;
    return true;
}

/* `a = 2 + 3`, `a IN (2 + 3)`: the server computes it. */
static bool is_computed(const struct proof *proof, const Node *node)
{
    const A_Expr *expression = node_as(A_Expr, node);
    const Node *other;

    if (expression != NULL &&
        (expression->kind == AEXPR_IN || expression->kind == AEXPR_OP_ANY ||
         expression->kind == AEXPR_BETWEEN))
        return node_as(ColumnRef, expression->lexpr) != NULL;
    if (expression == NULL || expression->kind != AEXPR_OP ||
        strpbrk(name_from_string(llast(expression->name)), "=<>") == NULL ||
        (node_as(ColumnRef, expression->lexpr) != NULL) ==
            (node_as(ColumnRef, expression->rexpr) != NULL))
        return false;
    other = node_as(ColumnRef, expression->lexpr) != NULL ? expression->rexpr
                                                          : expression->lexpr;
    return node_as(SubLink, other) == NULL &&
           formula_constant(proof->arena, other) == NULL;
}

/* `state = $1` may say what the predicate says. */
static bool depends_on_parameter(const struct proof *proof,
                                 const struct formula *given,
                                 const struct formula *wanted)
{
    struct mention mention = {proof, wanted, false, false};
    struct walker walker;

    if (given->node == NULL || given->kind != FORMULA_UNKNOWN)
        return false;
    mention.has_unknown =
        wanted->column != NULL && is_computed(proof, given->node);
    walker_init(&walker);
    walk_tree(&walker, given->node, visit_mention, &mention);
    walker_release(&walker);
    return mention.has_column && mention.has_unknown;
}

static bool is_same_node(const struct proof *proof, const struct formula *given,
                         const struct formula *wanted)
{
    const RangeVar *range = node_as(RangeVar, proof->item);

    return range != NULL && given->node != NULL && wanted->node != NULL &&
           given->is_negated == wanted->is_negated &&
           !query_names_differ(proof->check, proof->arena, range, given->node,
                               wanted->node);
}

static bool atom_may_imply(void *closure, const struct formula *given,
                           const struct formula *wanted)
{
    const struct proof *proof = closure;

    switch (wanted->kind) {
    case FORMULA_NULL:
        return given->kind == FORMULA_NULL &&
               is_column(proof, given->reference, wanted->column);
    case FORMULA_NOT_NULL:
        return implies_not_null(proof, given, wanted->column);
    case FORMULA_COMPARE:
        if (given->kind == FORMULA_COMPARE &&
            is_column(proof, given->reference, wanted->column))
            return is_plain(proof, given) &&
                   formula_comparison_may_imply(given, wanted);
        break;
    case FORMULA_UNKNOWN:
        if (is_same_node(proof, given, wanted))
            return true;
        break;
    case FORMULA_AND:
    case FORMULA_OR: return true;
    }
    return is_same_boolean(proof, given, wanted) ||
           depends_on_parameter(proof, given, wanted);
}

static bool may_imply(struct proof *proof,
                      const struct condition_array *conditions,
                      const Node *predicate)
{
    struct formula *given = formula_new(proof->arena, FORMULA_AND);

    for (size_t i = 0; i < conditions->count; i++)
        formula_add(proof->arena, given,
                    formula_of_node(proof->arena, conditions->items[i].node));
    return formula_implies_by(given, formula_of_node(proof->arena, predicate),
                              atom_may_imply, proof, true);
}

bool index_predicate_may_hold(struct check *check, struct arena *arena,
                              const struct condition_array *conditions,
                              const Node *item, const struct index *index)
{
    struct proof proof = {check, arena, item};
    struct parser *parser;
    const Node *predicate;
    bool may_hold = true;

    if (index->predicate == NULL)
        return true;
    parser = parser_new();
    if (parser == NULL)
        return true;
    predicate = index_predicate_parse(parser, index->predicate);
    if (predicate != NULL &&
        index_predicate_is_current(index->table, predicate))
        may_hold = may_imply(&proof, conditions, predicate);
    parser_free(parser);
    return may_hold;
}
