/*
 * Which indexes give the rows of ORDER BY ... LIMIT, and of min() and max(), in
 * order: then the server reads as many as it needs
 * (build_index_pathkeys(), planagg.c). Another part of index_use.c.
 */
#include "lint/index_use.h"

#include "lint/engine.h"
#include "query/operator_class.h"

#include <string.h>

/* The nth column of the query; null if a `*` stands before it. */
static const Node *target_at(const SelectStmt *select, int number)
{
    if (number < 1 || number > list_length(select->targetList))
        return NULL;
    for (int i = 0; i < number; i++) {
        const ResTarget *target = list_nth(select->targetList, i);

        if (from_star(target->val) != NULL)
            return NULL;
        if (i == number - 1)
            return target->val;
    }
    return NULL;
}

/* What the query calls so, which goes before columns of that name. */
static const Node *target_named(const SelectStmt *select, const char *name)
{
    foreach_node (ResTarget, target, select->targetList)
        if (target->name != NULL && strcmp(target->name, name) == 0)
            return target->val;
    return NULL;
}

/* What is sorted by: a position and a name of a column stand for it. */
static const Node *sorted_expression(const SelectStmt *select, const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);
    const ColumnRef *reference = node_as(ColumnRef, node);
    const Node *target = NULL;

    if (constant != NULL && IsA(&constant->val, Integer))
        return target_at(select, constant->val.ival.ival);
    if (reference != NULL && list_length(reference->fields) == 1 &&
        IsA(linitial(reference->fields), String))
        target =
            target_named(select, name_from_string(linitial(reference->fields)));
    return target != NULL ? target : node;
}

/* The call of min() or max() that is all that the query gives; else null. */
static const FuncCall *extreme_of(const SelectStmt *select)
{
    const FuncCall *call;
    const char *name;

    if (list_length(select->targetList) != 1 || select->groupClause != NIL)
        return NULL;
    call = node_as(FuncCall, linitial_node(ResTarget, select->targetList)->val);
    if (call == NULL || list_length(call->args) != 1)
        return NULL;
    name = name_from_string(llast(call->funcname));
    return strcmp(name, "min") == 0 || strcmp(name, "max") == 0 ? call : NULL;
}

/* SELECT max(at) FROM t is SELECT at FROM t ORDER BY at DESC LIMIT 1. */
static bool read_extreme(const struct index_use *use,
                         struct index_sort_key *key)
{
    const FuncCall *call = extreme_of(use->select);

    if (call == NULL)
        return false;
    *key = (struct index_sort_key){
        .expression = linitial(call->args),
        .is_descending =
            strcmp(name_from_string(llast(call->funcname)), "max") == 0,
    };
    key->is_nulls_first = key->is_descending;
    key->name = query_name_of_node(use->check, key->expression);
    return true;
}

size_t index_sort_keys(const struct index_use *use,
                       struct index_sort_key keys[INDEX_SORT_KEYS_MAX])
{
    const SelectStmt *select = use->select;
    size_t count = 0;

    if (select == NULL)
        return 0;
    if (read_extreme(use, &keys[0]))
        return 1;
    if (select->limitCount == NULL)
        return 0;
    foreach_node (SortBy, sort, select->sortClause) {
        struct index_sort_key *key = &keys[count];

        if (count == INDEX_SORT_KEYS_MAX)
            break;
        *key = (struct index_sort_key){
            .expression = sorted_expression(select, sort->node),
            .is_descending = sort->sortby_dir == SORTBY_DESC,
        };
        key->is_nulls_first = sort->sortby_nulls == SORTBY_NULLS_DEFAULT
                                  ? key->is_descending
                                  : sort->sortby_nulls == SORTBY_NULLS_FIRST;
        if (key->expression == NULL || sort->sortby_dir == SORTBY_USING)
            break;
        key->name = query_name_of_node(use->check, key->expression);
        count++;
    }
    return count;
}

const Node *index_sort_implied(const struct index_use *use)
{
    const FuncCall *call = use->select != NULL ? extreme_of(use->select) : NULL;
    NullTest *test;

    if (call == NULL)
        return NULL;
    test = arena_alloc(use->arena, sizeof *test);
    test->xpr.type = T_NullTest;
    test->arg = linitial(call->args);
    test->nulltesttype = IS_NOT_NULL;
    return (const Node *)test;
}

/* The column is the same in all rows that the query finds. */
static bool is_fixed(const struct index_use *use, const Node *item,
                     const struct column *column)
{
    for (size_t i = 0; column != NULL && i < use->terms.count; i++) {
        const struct index_term *term = &use->terms.items[i];
        const A_Expr *expression = node_as(A_Expr, term->condition);

        if (term->kind == TERM_COMPARISON && term->is_equality &&
            term->is_value && expression != NULL &&
            expression->kind == AEXPR_OP && term->name != NULL &&
            term->item == item && term->name->column == column &&
            index_term_is_plain(use, term))
            for (size_t j = 0; j < use->whole_count; j++)
                if (use->conditions.items[j].node == term->condition)
                    return true;
    }
    return false;
}

/* Not text_pattern_ops, which orders otherwise than ORDER BY. */
static bool has_default_class(const struct index_use *use,
                              const struct index_column *column)
{
    struct schema *schema = use->check->engine->schema;
    struct type *type = column->column != NULL ? column->column->data_type.type
                                               : column->type.type;
    const struct builtin_operator_class *own, *usual;

    if (column->opclass == NULL)
        return true;
    own = operator_class_of_key(schema, "btree", column->opclass, type);
    usual = operator_class_of_key(schema, "btree", NULL, type);
    return own == NULL || usual == NULL || own->family == usual->family;
}

static bool is_key(const struct index_use *use, const Node *item,
                   const struct index *index, size_t number,
                   const struct index_sort_key *key)
{
    if (key->name != NULL)
        return key->name->item == item && key->name->column != NULL &&
               index_key_is_column(use, index, number, key->name->column);
    return index->columns[number].column == NULL &&
           index_key_is(use, item, index, number, key->expression);
}

/* Forwards, or backwards. */
static bool has_order(const struct index_column *column,
                      const struct index_sort_key *key)
{
    bool is_backward = column->is_descending != key->is_descending;

    return (column->is_nulls_first != key->is_nulls_first) == is_backward;
}

bool index_serves_sort(const struct index_use *use, const Node *item,
                       const struct index *index)
{
    struct index_sort_key keys[INDEX_SORT_KEYS_MAX];
    size_t count = index_sort_keys(use, keys), at = 0;

    if (strcmp(index->method, "btree") != 0 ||
        index->relation.object.is_dropped || !index->is_valid)
        return false;
    /* What is fixed orders nothing, neither here nor there. */
    while (at < count && keys[at].name != NULL && keys[at].name->item == item &&
           is_fixed(use, item, keys[at].name->column))
        at++;
    if (at == count)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        if (is_key(use, item, index, i, &keys[at]) &&
            has_default_class(use, &index->columns[i]))
            return use->select->limitCount == NULL ||
                   has_order(&index->columns[i], &keys[at]);
        if (!is_fixed(use, item, index->columns[i].column))
            return false;
    }
    return false;
}
