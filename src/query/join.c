/*
 * Joins: what a JoinExpr's two sides give together, USING and NATURAL, and
 * which names stay visible. A chain of joins is taken from its left end, so
 * that it may be as long as it likes. (transformFromClauseItem() and
 * buildMergedJoinVar() of parse_clause.c.)
 */
#include "query/analysis.h"

#include <string.h>

/* The two columns of one merged one; null if they are not known. */
struct pair {
    const char *name;
    struct slot *left;
    struct slot *right;
};

struct pair_array ARRAY(struct pair);

struct merge {
    struct scope *scope;
    struct pair_array pairs;
    const JoinExpr *join;
    struct range *left;
    struct range *right;
    bool *is_left_merged; /* by slot */
    bool *is_right_merged;
    struct range *result;
};

/* The slot of a USING column; null if it is not known, or refused. */
static struct slot *using_slot(struct scope *scope, struct range *range,
                               const char *name, const char *side)
{
    struct slot *found = NULL;

    for (size_t i = 0; i < range->row.count; i++) {
        struct slot *slot = &range->row.items[i];

        if (!slot->name || strcmp(slot->name, name) != 0)
            continue;
        if (found) {
            analysis_fail(
                scope->analysis, -1, "42702",
                "common column name \"%s\" appears more than once in %s table",
                name, side);
            return NULL;
        }
        found = slot;
    }
    if (found)
        return found;
    if (!range->row.is_complete)
        analysis_unknown(scope->analysis);
    else
        analysis_fail(scope->analysis, -1, "42703",
                      "column \"%s\" specified in USING clause does not exist "
                      "in %s table",
                      name, side);
    return NULL;
}

/* That there is an operator `=`. */
static void compare_sides(struct merge *merge, const struct slot *left,
                          const struct slot *right)
{
    struct value a = left->value, b = right->value;

    operator_apply_named(merge->scope, "=", &a, &b, -1);
}

/* buildMergedJoinVar() */
static struct value merged_value(struct merge *merge, const struct slot *left,
                                 const struct slot *right)
{
    struct value values[2] = {left->value, right->value};
    struct value merged = {.type = {NULL, -1}};

    merged.type = value_common(merge->scope->analysis, values, 2, "JOIN/USING");
    if (merge->join->jointype == JOIN_RIGHT)
        merged.column = right->value.column;
    else if (merge->join->jointype != JOIN_FULL)
        merged.column = left->value.column;
    if (merge->join->jointype == JOIN_RIGHT &&
        right->value.type.type == merged.type.type)
        merged.row = right->value.row;
    return merged;
}

static void note_slot(struct scope *scope, const struct slot *slot)
{
    if (slot->value.column)
        analysis_need(scope->analysis, &slot->value.column->object);
}

/* The merged column is that of one side, unless it is made of both. */
static void set_merged_origin(struct merge *merge, struct slot *slot,
                              const struct slot *left, const struct slot *right)
{
    const struct slot *side =
        merge->join->jointype == JOIN_RIGHT ? right : left;

    if (merge->join->jointype != JOIN_FULL &&
        side->value.type.type == slot->value.type.type &&
        side->value.type.modifier == slot->value.type.modifier) {
        slot->origin = side->origin;
        slot->origin_index = side->origin_index;
        return;
    }
    slot->value.column = NULL;
    slot->origin = merge->result;
    slot->origin_index = merge->result->row.count - 1;
}

static void add_merged(struct merge *merge, const struct pair *pair)
{
    struct analysis *analysis = merge->scope->analysis;
    bool is_known = pair->left && pair->right;
    struct value value = is_known ? merged_value(merge, pair->left, pair->right)
                                  : value_of((struct data_type){NULL, -1});
    struct slot *slot =
        row_add(analysis, &merge->result->row, pair->name, value);

    if (is_known) {
        set_merged_origin(merge, slot, pair->left, pair->right);
        return;
    }
    slot->origin = merge->result;
    slot->origin_index = merge->result->row.count - 1;
}

static bool is_compared_first(const struct merge *merge)
{
    return merge->scope->analysis->schema->postgres_version >= 16;
}

/* Before 16 each merged column was made when its names were found; now all are
 * compared first. */
static void compare_pairs(struct merge *merge)
{
    for (size_t i = 0; i < merge->pairs.count; i++) {
        const struct pair *pair = &merge->pairs.items[i];

        if (pair->left && pair->right)
            compare_sides(merge, pair->left, pair->right);
    }
    for (size_t i = 0; is_compared_first(merge) && i < merge->pairs.count; i++)
        add_merged(merge, &merge->pairs.items[i]);
}

static void merge_column(struct merge *merge, const char *name)
{
    struct scope *scope = merge->scope;
    struct pair pair = {.name = name};

    pair.left = using_slot(scope, merge->left, name, "left");
    if (!analysis_has_failed(scope->analysis))
        pair.right = using_slot(scope, merge->right, name, "right");
    if (analysis_has_failed(scope->analysis))
        return;
    /* Where one is not known, the other is merged all the same. */
    if (pair.left)
        merge->is_left_merged[pair.left - merge->left->row.items] = true;
    if (pair.right)
        merge->is_right_merged[pair.right - merge->right->row.items] = true;
    if (pair.left && pair.right) {
        note_slot(scope, pair.left);
        note_slot(scope, pair.right);
    }
    *array_push(scope->analysis->arena, &merge->pairs) = pair;
    if (!is_compared_first(merge))
        add_merged(merge, &pair);
}

static void merge_using(struct merge *merge)
{
    const List *names = merge->join->usingClause;
    int count = list_length(names);

    for (int i = 0; i < count; i++) {
        const char *name = name_from_string(list_nth(names, i));

        for (int j = 0; j < i; j++) {
            if (strcmp(name, name_from_string(list_nth(names, j))) == 0) {
                analysis_fail(
                    merge->scope->analysis, -1, "42701",
                    "column name \"%s\" appears more than once in USING clause",
                    name);
                return;
            }
        }
        merge_column(merge, name);
        if (analysis_has_failed(merge->scope->analysis))
            return;
    }
}

static bool has_slot(const struct range *range, const char *name)
{
    for (size_t i = 0; i < range->row.count; i++) {
        if (range->row.items[i].name &&
            strcmp(range->row.items[i].name, name) == 0)
            return true;
    }
    return false;
}

/* The common columns, in the order of the left side. */
static void merge_natural(struct merge *merge)
{
    const struct row *left = &merge->left->row;

    if (!analysis_step(merge->scope->analysis,
                       left->count * merge->right->row.count / 8))
        return;
    if (!left->is_complete || !merge->right->row.is_complete) {
        merge->result->row.is_complete = false;
        analysis_unknown(merge->scope->analysis);
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!left->items[i].name ||
            !has_slot(merge->right, left->items[i].name))
            continue;
        merge_column(merge, left->items[i].name);
        if (analysis_has_failed(merge->scope->analysis))
            return;
    }
}

static void add_rest(struct merge *merge, const struct range *side,
                     const bool *is_merged)
{
    for (size_t i = 0; i < side->row.count; i++) {
        const struct slot *slot = &side->row.items[i];

        if (slot->name && !is_merged[i])
            *array_push(merge->scope->analysis->arena, &merge->result->row) =
                *slot;
    }
}

/* USING (...) AS alias: the merged columns alone, by name. */
static void add_using_alias(struct merge *merge, size_t merged_count,
                            struct visible_array *names)
{
    const Alias *alias = merge->join->join_using_alias;
    struct range *range = range_new(merge->scope, alias->aliasname);

    range->is_aliased = true;
    for (size_t i = 0; i < merged_count; i++)
        *array_push(merge->scope->analysis->arena, &range->row) =
            merge->result->row.items[i];
    *array_push(merge->scope->analysis->arena, names) =
        (struct visible){.range = range,
                         .is_name_visible = true,
                         .is_lateral_allowed = true};
}

/* The ON clause sees this join's items alone. */
static void join_condition(struct scope *scope, const JoinExpr *join,
                           struct visible_array *names)
{
    struct visible_array outer = scope->ranges;

    from_set_lateral(names, false, true);
    scope->ranges = *names;
    condition(scope, join->quals, PART_JOIN_ON, "JOIN/ON");
    scope->ranges = outer;
}

/* Both sides stand: the join itself. names: of both sides. */
static struct range *join_sides(struct scope *scope, const JoinExpr *join,
                                struct range *left, struct range *right,
                                struct visible_array *names)
{
    struct analysis *analysis = scope->analysis;
    struct range *result = range_new(scope, NULL);
    struct merge merge = {
        .scope = scope,
        .join = join,
        .left = left,
        .right = right,
        .is_left_merged = arena_alloc(analysis->arena, left->row.count + 1),
        .is_right_merged = arena_alloc(analysis->arena, right->row.count + 1),
        .result = result,
    };
    size_t merged_count;

    result->row.is_complete = left->row.is_complete && right->row.is_complete;
    if (!analysis_step(analysis, (left->row.count + right->row.count) / 4)) {
        result->row.is_complete = false;
        return result;
    }
    array_make_room(analysis->arena, &result->row,
                    left->row.count + right->row.count + 1);
    if (join->usingClause)
        merge_using(&merge);
    else if (join->isNatural)
        merge_natural(&merge);
    compare_pairs(&merge);
    merged_count = result->row.count;
    add_rest(&merge, left, merge.is_left_merged);
    add_rest(&merge, right, merge.is_right_merged);
    if (join->quals)
        join_condition(scope, join, names);
    for (size_t i = 0; i < names->count; i++)
        names->items[i].are_columns_visible = false;
    if (join->alias) {
        names->count = 0;
        range_apply_alias(scope, result, join->alias, "join expression");
        row_set_origin(&result->row, result);
    }
    if (join->join_using_alias)
        add_using_alias(&merge, merged_count, names);
    *array_push(analysis->arena, names) = range_visible(result);
    return result;
}

/* The right side may refer to the left one, with LATERAL. */
static struct range *right_side(struct scope *scope, const JoinExpr *join,
                                struct visible_array *names)
{
    struct analysis *analysis = scope->analysis;
    size_t outer_count = scope->ranges.count, left_count = names->count;
    struct visible_array right = {0};
    struct range *range;

    from_set_lateral(names, true,
                     join->jointype == JOIN_INNER ||
                         join->jointype == JOIN_LEFT);
    for (size_t i = 0; i < left_count; i++)
        *array_push(analysis->arena, &scope->ranges) = names->items[i];
    range = from_item(scope, join->rarg, &right);
    scope->ranges.count = outer_count;
    from_check_names(scope, names, left_count, &right);
    for (size_t i = 0; i < right.count; i++)
        *array_push(analysis->arena, names) = right.items[i];
    return range;
}

struct join_array ARRAY(const JoinExpr *);

struct range *from_join(struct scope *scope, const JoinExpr *join,
                        struct visible_array *names)
{
    struct analysis *analysis = scope->analysis;
    struct join_array chain = {0};
    const Node *first = (const Node *)join;
    struct range *left, *right;

    while (nodeTag(first) == T_JoinExpr) {
        *array_push(analysis->arena, &chain) = (const JoinExpr *)first;
        first = ((const JoinExpr *)first)->larg;
    }
    left = from_item(scope, first, names);
    for (size_t i = chain.count; i-- > 0;) {
        if (!analysis_step(analysis, names->count / 8 + 1)) {
            left->row.is_complete = false;
            break;
        }
        right = right_side(scope, chain.items[i], names);
        left = join_sides(scope, chain.items[i], left, right, names);
    }
    return left;
}
