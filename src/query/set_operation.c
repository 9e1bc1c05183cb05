/*
 * UNION, INTERSECT and EXCEPT: the first arm names the columns, the common
 * types are found pair by pair. Chains are taken from their left end.
 * (transformSetOperationTree() of analyze.c)
 */
#include "query/analysis.h"

static const char *operation_name(SetOperation operation)
{
    switch (operation) {
    case SETOP_INTERSECT: return "INTERSECT";
    case SETOP_EXCEPT: return "EXCEPT";
    case SETOP_NONE:
    case SETOP_UNION: break;
    }
    return "UNION";
}

/* An arm that is a query of its own, with clauses of its own. */
static bool is_leaf(const SelectStmt *select)
{
    return select->op == SETOP_NONE || select->sortClause ||
           select->limitOffset || select->limitCount || select->lockingClause ||
           select->withClause;
}

static void set_operation_tree(struct scope *scope, const SelectStmt *select,
                               struct row *row);

void set_operation_arm(struct scope *scope, const SelectStmt *select,
                       struct row *row)
{
    if (is_leaf(select)) {
        query_of_node(scope, (const Node *)select, true, row);
        return;
    }
    if (!analysis_enter(scope->analysis)) {
        row->is_complete = false;
        return;
    }
    set_operation_tree(scope, select, row);
    analysis_leave(scope->analysis);
}

static void join_rows(struct scope *scope, const SelectStmt *select,
                      const struct row *left, const struct row *right,
                      struct row *row)
{
    struct analysis *analysis = scope->analysis;
    const char *operation = operation_name(select->op);

    row->is_complete = left->is_complete;
    if (left->is_complete && right->is_complete &&
        left->count != right->count) {
        analysis_fail(analysis, -1, "42601",
                      "each %s query must have the same number of columns",
                      operation);
        row->is_complete = false;
        return;
    }
    if (!analysis_step(analysis, left->count))
        row->is_complete = false;
    for (size_t i = 0; i < left->count; i++) {
        struct value values[2] = {left->items[i].value, {.type = {NULL, -1}}};
        struct value value = {.type = {NULL, -1}};

        if (i < right->count)
            values[1] = right->items[i].value;
        value.type = value_common(analysis, values, 2, operation);
        if (values[0].row && values[1].row &&
            value.type.type == values[0].type.type)
            value.row = values[0].row;
        if (!select->all || select->op != SETOP_UNION)
            value_check_equality(analysis, &value, -1);
        row_add(analysis, row, left->items[i].name, value);
    }
}

void set_operation_join(struct scope *scope, const SelectStmt *select,
                        const struct row *left, struct row *row)
{
    struct row right = {0};

    set_operation_arm(scope, select->rarg, &right);
    join_rows(scope, select, left, &right, row);
}

struct select_array ARRAY(const SelectStmt *);

static void set_operation_tree(struct scope *scope, const SelectStmt *select,
                               struct row *row)
{
    struct analysis *analysis = scope->analysis;
    struct select_array chain = {0};
    const SelectStmt *first = select;
    struct row left = {0};

    do {
        *array_push(analysis->arena, &chain) = first;
        first = first->larg;
    } while (!is_leaf(first));
    set_operation_arm(scope, first, &left);
    for (size_t i = chain.count; i-- > 0;) {
        struct row joined = {0};

        if (!analysis_step(analysis, 1)) {
            left.is_complete = false;
            break;
        }
        set_operation_join(scope, chain.items[i], &left, &joined);
        left = joined;
    }
    *row = left;
}

void set_operation(struct scope *scope, const SelectStmt *select,
                   struct row *row)
{
    set_operation_tree(scope, select, row);
    query_clauses_of_union(scope, select, row);
}
