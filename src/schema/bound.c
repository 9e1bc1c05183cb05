/*
 * Proves bounds of partitions from CHECKs, and from conditions.
 */
#include "schema/bound.h"

#include "schema/formula.h"

#include <string.h>

static bool is_infinite(const Node *node)
{
    const char *name = formula_column(node);

    return name &&
           (strcmp(name, "minvalue") == 0 || strcmp(name, "maxvalue") == 0);
}

/* Lower and upper limit of one column; false if one is not a constant. */
static bool add_range(struct arena *arena, struct formula *formula,
                      const char *column, const PartitionBoundSpec *bound)
{
    const Node *limits[] = {linitial(bound->lowerdatums),
                            linitial(bound->upperdatums)};

    for (size_t i = 0; i < 2; i++) {
        const char *constant = formula_constant(arena, limits[i]);

        if (is_infinite(limits[i]))
            continue;
        if (!constant)
            return false;
        formula_add(
            arena, formula,
            formula_compare(arena, column,
                            i == 0 ? COMPARE_GREATER_EQUAL : COMPARE_LESS,
                            constant));
    }
    return true;
}

static struct formula *range_formula(struct arena *arena, const char *column,
                                     const PartitionBoundSpec *bound)
{
    struct formula *formula = formula_new(arena, FORMULA_AND);

    if (list_length(bound->lowerdatums) != 1 ||
        list_length(bound->upperdatums) != 1)
        return NULL;
    formula_add(arena, formula, formula_about(arena, FORMULA_NOT_NULL, column));
    return add_range(arena, formula, column, bound) ? formula : NULL;
}

static struct formula *list_formula(struct arena *arena, const char *column,
                                    const PartitionBoundSpec *bound)
{
    struct formula *values = formula_new(arena, FORMULA_OR);
    struct formula *formula;
    bool has_null = false;
    const ListCell *cell;

    foreach (cell, bound->listdatums) {
        const A_Const *value = node_as(A_Const, (Node *)lfirst(cell));
        const char *constant = formula_constant(arena, lfirst(cell));

        if (value && value->isnull)
            has_null = true;
        else if (!constant)
            return NULL;
        else
            formula_add(
                arena, values,
                formula_compare(arena, column, COMPARE_EQUAL, constant));
    }
    if (has_null) {
        formula_add(arena, values, formula_about(arena, FORMULA_NULL, column));
        return values;
    }
    formula = formula_new(arena, FORMULA_AND);
    formula_add(arena, formula, formula_about(arena, FORMULA_NOT_NULL, column));
    formula_add(arena, formula, values);
    return formula;
}

static bool is_among(const char *type, const char *const *types)
{
    for (; *types; types++)
        if (strcmp(*types, type) == 0)
            return true;
    return false;
}

/* A cast from one to the other leaves the column what it is. */
static bool is_same(const char *type, const char *cast)
{
    static const char *const texts[] = {"text", "varchar", NULL};

    return strcmp(type, cast) == 0 ||
           (is_among(type, texts) && is_among(cast, texts));
}

/* Values of the column's type are compared with such a constant, always in the
 * same way: what depends on the time zone proves nothing (predtest.c,
 * operator_predicate_proof()), nor does another type's order. */
static bool is_comparable(const char *column, const char *constant)
{
    static const char *const integers[] = {"int2", "int4", "int8", NULL};
    static const char *const numbers[] = {"int2",   "int4",   "int8", "numeric",
                                          "float4", "float8", NULL};
    static const char *const days[] = {"date", "timestamp", NULL};

    if (is_same(column, constant))
        return true;
    if (is_among(column, integers) || strcmp(column, "numeric") == 0)
        return is_among(constant, integers);
    if (strcmp(column, "float4") == 0 || strcmp(column, "float8") == 0)
        return is_among(constant, numbers);
    return is_among(column, days) && is_among(constant, days);
}

/* What is said of the column in another type is nothing that is known of it. */
static void distrust(struct formula *formula, const struct table *table)
{
    const struct column *column;
    const char *type;

    for (size_t i = 0; i < formula->parts.count; i++)
        distrust(formula->parts.items[i], table);
    if (formula->kind != FORMULA_COMPARE)
        return;
    column = table_find_column(table, formula->column);
    type =
        column && column->data_type.type ? column->data_type.type->name : NULL;
    if (type &&
        ((formula->column_type && !is_same(type, formula->column_type)) ||
         (formula->constant_type &&
          !is_comparable(type, formula->constant_type))))
        formula->kind = FORMULA_UNKNOWN;
}

static struct formula *formula_of_facts(struct arena *arena,
                                        const struct bound_facts *facts)
{
    struct formula *formula = formula_new(arena, FORMULA_AND);

    for (size_t i = 0; i < facts->checks.count; i++)
        formula_add(arena, formula,
                    formula_of_node(arena, facts->checks.items[i]));
    distrust(formula, facts->table);
    for (size_t i = 0; i < facts->table->columns.count; i++) {
        const struct column *column = facts->table->columns.items[i];

        if (!column->object.is_dropped && !column->is_nullable)
            formula_add(arena, formula,
                        formula_about(arena, FORMULA_NOT_NULL, column->name));
    }
    return formula;
}

/* That a row lies in the bound, or outside of it; null where that is no plain
 * formula. */
static struct formula *formula_of_bound(struct arena *arena,
                                        const struct partition_key *key,
                                        const PartitionBoundSpec *bound,
                                        bool is_inside)
{
    struct formula *formula = NULL;

    if (!key || key->column_count != 1 || !key->columns[0].column)
        return NULL;
    if (bound->strategy == PARTITION_STRATEGY_RANGE)
        formula = range_formula(arena, key->columns[0].column->name, bound);
    else if (bound->strategy == PARTITION_STRATEGY_LIST)
        formula = list_formula(arena, key->columns[0].column->name, bound);
    return formula && !is_inside ? formula_negate(arena, formula) : formula;
}

bool bound_is_proven(struct arena *arena, const struct bound_facts *facts,
                     const struct partition_key *key,
                     const PartitionBoundSpec *bound, bool is_inside)
{
    struct formula *wanted = formula_of_bound(arena, key, bound, is_inside);

    return wanted && formula_implies(formula_of_facts(arena, facts), wanted);
}

/* What is true when the condition is: a column that is compared is not
 * null. */
static struct formula *formula_of_condition(struct arena *arena,
                                            const struct column *column,
                                            const Node *condition)
{
    struct formula *given = formula_of_node(arena, condition);
    struct formula *formula = formula_new(arena, FORMULA_AND);
    const struct formula_array *parts = &given->parts;

    distrust(given, column->table);
    formula_add(arena, formula, given);
    if (given->kind == FORMULA_COMPARE)
        formula_add(arena, formula,
                    formula_about(arena, FORMULA_NOT_NULL, given->column));
    for (size_t i = 0; given->kind == FORMULA_AND && i < parts->count; i++) {
        if (parts->items[i]->kind == FORMULA_COMPARE)
            formula_add(arena, formula,
                        formula_about(arena, FORMULA_NOT_NULL,
                                      parts->items[i]->column));
    }
    return formula;
}

static bool condition_implies(struct arena *arena,
                              const struct partition_key *key,
                              const PartitionBoundSpec *bound,
                              const Node *condition, bool is_inside)
{
    struct formula *wanted = formula_of_bound(arena, key, bound, is_inside);

    return condition && wanted &&
           formula_implies(
               formula_of_condition(arena, key->columns[0].column, condition),
               wanted);
}

bool bound_excludes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition)
{
    return condition_implies(arena, key, bound, condition, false);
}

bool bound_includes(struct arena *arena, const struct partition_key *key,
                    const PartitionBoundSpec *bound, const Node *condition)
{
    return condition_implies(arena, key, bound, condition, true);
}
