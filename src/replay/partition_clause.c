/*
 * PARTITION BY and FOR VALUES: by what a table is partitioned, and what a
 * partition holds.
 *
 * Facts: src/backend/commands/tablecmds.c (ComputePartitionAttrs),
 * src/backend/partitioning/partbounds.c (check_new_partition_bound).
 */
#include "replay/bind.h"
#include "replay/dependency.h"
#include "replay/index_check.h"
#include "schema/type.h"

#include <string.h>

/* Where the parentheses end that come first from this offset on; after TO,
 * those that follow too. */
static size_t end_of_clause(const struct replay *replay, size_t offset)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    size_t end = offset;
    int depth = 0;

    lexer.offset = offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (token_is(replay->text, token, "("))
            depth++;
        if (!token_is(replay->text, token, ")") || --depth > 0)
            continue;
        end = token.offset + token.length;
        token = lexer_next_significant(&lexer);
        if (!token_is_word(replay->text, token, "to"))
            break;
    }
    return end;
}

/* What follows PARTITION BY. */
static struct span key_words(const struct replay *replay, size_t offset)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;

    lexer.offset = offset;
    lexer_next_significant(&lexer);
    lexer_next_significant(&lexer);
    token = lexer_next_significant(&lexer);
    return (struct span){token.offset,
                         end_of_clause(replay, offset) - token.offset};
}

/* A key is compared, or hashed. */
static bool check_class(struct replay *replay, const struct partition_key *key,
                        const struct data_type *type,
                        const PartitionElem *element)
{
    return element->opclass ||
           index_check_class(replay,
                             key->strategy == PARTITION_STRATEGY_HASH ? "hash"
                                                                      : "btree",
                             type->type);
}

static bool fail_expression(struct replay *replay, const char *message)
{
    return replay_fail(replay, "42P17", "%s", message);
}

/* In parentheses the column is the key all the same, also with COLLATE or a
 * cast to the type that it has. */
static bool is_column(struct replay *replay, const Node *expression,
                      const struct column *column)
{
    const TypeCast *cast;

    expression = replay_without_collation(expression);
    while ((cast = node_as(TypeCast, expression)) != NULL) {
        struct data_type type =
            type_resolve(replay->schema, cast->typeName, NULL);

        if (!type.type || type.type != column->data_type.type ||
            type.modifier != column->data_type.modifier)
            return false;
        expression = cast->arg;
    }
    return node_as(ColumnRef, expression) != NULL;
}

/* Whether the planner makes one constant of what reads nothing. */
struct folding {
    bool folds_nullif;
    bool is_folded;
};

static bool visit_unfolded(void *closure, const Node *node,
                           const struct walk *walk)
{
    const A_Expr *expression = node_as(A_Expr, node);
    struct folding *folding = closure;

    (void)walk;
    if (nodeTag(node) == T_RowExpr ||
        (expression && expression->kind == AEXPR_NULLIF &&
         !folding->folds_nullif))
        folding->is_folded = false;
    return folding->is_folded;
}

static bool is_folded(struct replay *replay, const Node *expression)
{
    struct folding folding = {
        .folds_nullif = replay->schema->postgres_version >= 14,
        .is_folded = true,
    };

    walk_tree(&replay->schema->walker, expression, visit_unfolded, &folding);
    return folding.is_folded;
}

/* What is NULL, say, has no type that rows could be compared by. */
static bool check_key_type(struct replay *replay, const struct type *type,
                           size_t position)
{
    return !type || type->kind != TYPE_PSEUDO ||
           replay_fail(replay, "42P16",
                       "partition key column %zu has pseudo-type %s", position,
                       type_visible_name(replay, type));
}

/* `lower(a)`, `(a + 1)`: to the end of the first pair of parentheses. */
static const char *key_expression_text(struct replay *replay,
                                       const PartitionElem *element)
{
    struct lexer lexer = lexer_of(replay->text);
    size_t from = replay_offset(replay, element->location);
    size_t depth = 0;
    struct token token;

    lexer.offset = from;
    do {
        token = lexer_next_significant(&lexer);
        if (token_is(replay->text, token, "("))
            depth++;
        else if (token_is(replay->text, token, ")") && --depth == 0)
            break;
    } while (token.kind != TOKEN_END);
    return arena_copy(
        &replay->schema->arena,
        slice_part(replay->text, from, token.offset + token.length));
}

static bool fill_key_expression(struct replay *replay, struct table *table,
                                struct partition_key *key,
                                const PartitionElem *element,
                                struct binding *binding)
{
    const Node *expression = element->expr;
    struct query_place place = {.clause = CLAUSE_PARTITION_KEY, .table = table};
    const struct column_array *reads;
    struct bound bound;

    if (!table->is_complete)
        expression_columns(replay, table, expression);
    if (!bind_expression(replay, &bound, expression, place))
        return false;
    for (size_t i = 0; i < bound.binding.references.count; i++)
        *array_push(binding->arena, &binding->references) =
            bound.binding.references.items[i];
    binding->is_broken |= bound.binding.is_broken;
    reads = &bound.description.reads;
    key->columns[key->column_count - 1].expression =
        key_expression_text(replay, element);
    if (reads->count == 1 && !bound.description.reads_whole_row &&
        is_column(replay, expression, reads->items[0])) {
        struct index_column *column = &key->columns[key->column_count - 1];

        column->column = reads->items[0];
        column->name = column->column->name;
        column->expression = NULL;
    }
    for (size_t i = 0; i < reads->count; i++) {
        *array_push(&replay->schema->arena, &key->reads) = reads->items[i];
        if (reads->items[i]->generated != GENERATED_NONE)
            return fail_expression(
                replay, "cannot use generated column in partition key");
    }
    if (!check_key_type(replay, bound.description.type.type, key->column_count))
        return false;
    if (bind_is_mutable(replay, &bound) && replay_refuse(replay))
        return fail_expression(replay,
                               "functions in partition key expression must be "
                               "marked IMMUTABLE");
    if (reads->count == 0 && bound.description.is_volatility_known &&
        !bound.description.reads_whole_row && is_folded(replay, expression) &&
        replay_refuse(replay))
        return fail_expression(
            replay, "cannot use constant expression as partition key");
    return check_class(replay, key, &bound.description.type, element);
}

/* The outermost COLLATE is the key's. Null: its column's. */
static const char *collation_of(struct replay *replay,
                                const PartitionElem *element)
{
    const CollateClause *clause = node_as(CollateClause, element->expr);
    const List *names =
        element->collation || !clause ? element->collation : clause->collname;

    return names ? name_to_sql(&replay->schema->arena, name_from_list(names))
                 : NULL;
}

static bool fill_key_column(struct replay *replay, struct table *table,
                            struct partition_key *key,
                            const PartitionElem *element,
                            struct binding *binding)
{
    struct index_column *column = &key->columns[key->column_count++];

    column->collation = collation_of(replay, element);
    if (!element->name)
        return fill_key_expression(replay, table, key, element, binding);
    column->column = model_mention_column(replay->schema, table, element->name);
    if (!column->column)
        return replay_fail(
            replay, "42703",
            "column \"%s\" named in partition key does not exist",
            element->name);
    if (column->column->generated != GENERATED_NONE)
        return replay_fail(replay, "42P17",
                           "cannot use generated column in partition key");
    column->name = column->column->name;
    binding_add_words(binding, replay_place_at(replay, element->location).span,
                      REFERENCE_COLUMN, &column->column->object);
    return check_class(replay, key, &column->column->data_type, element);
}

bool replay_set_partition_key(struct replay *replay, struct table *table,
                              const PartitionSpec *spec)
{
    struct schema *schema = replay->schema;
    size_t count = (size_t)list_length(spec->partParams);
    struct partition_key *key = arena_alloc(&schema->arena, sizeof *key);
    struct binding binding = {
        .arena = &schema->scratch,
        .text = replay->text,
        .base = replay->statement->tree_base,
    };
    const ListCell *cell;

    key->strategy = (char)spec->strategy;
    if (count > KEY_COUNT_MAX)
        return replay_fail(replay, "54011",
                           "cannot partition using more than %d columns",
                           KEY_COUNT_MAX);
    if (spec->strategy == PARTITION_STRATEGY_LIST && count > 1)
        return replay_fail(replay, "42P17",
                           "cannot use \"list\" partition strategy with more "
                           "than one column");
    key->columns = arena_alloc(&schema->arena, count * sizeof *key->columns);
    foreach (cell, spec->partParams) {
        if (!fill_key_column(replay, table, key, lfirst(cell), &binding))
            return false;
    }
    key->definition = binding_finish(
        schema, &binding,
        key_words(replay, replay_offset(replay, spec->location)));
    SET(schema, table->partition_key, key);
    return true;
}

bool partition_key_uses(const struct partition_key *key,
                        const struct column *column)
{
    for (size_t i = 0; i < key->column_count; i++) {
        if (key->columns[i].column == column)
            return true;
    }
    return columns_have(&key->reads, column);
}

/* DEFAULT, or values for this strategy. */
static bool check_strategy(struct replay *replay, const struct table *parent,
                           const PartitionBoundSpec *bound)
{
    const struct partition_key *key = parent->partition_key;

    if (!key)
        return true;
    if (bound->is_default)
        return key->strategy != PARTITION_STRATEGY_HASH ||
               replay_fail(replay, "42P16",
                           "a hash-partitioned table may not have a default "
                           "partition");
    if (bound->strategy == key->strategy)
        return true;
    switch (key->strategy) {
    case PARTITION_STRATEGY_HASH:
        return replay_fail(replay, "42P16",
                           "invalid bound specification for a hash partition");
    case PARTITION_STRATEGY_LIST:
        return replay_fail(replay, "42P16",
                           "invalid bound specification for a list partition");
    default:
        return replay_fail(replay, "42P16",
                           "invalid bound specification for a range partition");
    }
}

static bool check_default(struct replay *replay, const struct table *table,
                          const struct table *parent)
{
    const struct table *other = table_default_partition(parent);

    return !other || other == table || !replay_refuse(replay) ||
           replay_fail(replay, "42P17",
                       "partition \"%s\" conflicts with existing default "
                       "partition \"%s\"",
                       table->relation.name, other->relation.name);
}

/* FOR VALUES and what follows, or DEFAULT. */
static struct expression *bound_words(struct replay *replay,
                                      const PartitionBoundSpec *spec,
                                      const struct binding *binding)
{
    struct schema *schema = replay->schema;
    size_t from = replay_offset(replay, spec->location);

    if (spec->is_default)
        return replay_words(replay, from, from + strlen("default"));
    return binding_finish_within(
        schema, binding,
        (struct span){from, end_of_clause(replay, from) - from}, "FOR VALUES ",
        "");
}

bool replay_set_partition_bound(struct replay *replay, struct table *table,
                                struct table *parent,
                                const PartitionBoundSpec *spec)
{
    struct schema *schema = replay->schema;
    struct partition_bound *bound = arena_alloc(&schema->arena, sizeof *bound);
    struct binding binding = {
        .arena = &schema->scratch,
        .text = replay->text,
        .base = replay->statement->tree_base,
    };

    bound->is_default = spec->is_default;
    if (!check_strategy(replay, parent, spec))
        return false;
    if (spec->is_default && !check_default(replay, table, parent))
        return false;
    if (!partition_bound_read(replay, parent, spec, bound, &binding) ||
        !partition_bound_fits(replay, table, parent, bound))
        return false;
    bound->definition = bound_words(replay, spec, &binding);
    SET(schema, table->partition_bound, bound);
    if (bound->is_default)
        SET(schema, parent->default_partition, table);
    return true;
}
