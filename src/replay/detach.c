/*
 * DETACH PARTITION CONCURRENTLY leaves the table a CHECK of what its bounds
 * were, unless its other constraints prove that already: so that it can be
 * attached again without being read. The bounds are kept as words, and the
 * check is made of them like one that a statement adds.
 *
 * Facts: src/backend/commands/tablecmds.c (DetachAddConstraintIfNeeded),
 * src/backend/partitioning/partbounds.c (get_qual_from_partbound).
 */
#include "replay/bind.h"

#include "base/buffer.h"
#include "schema/bound.h"
#include "sql/parser.h"
#include "sql/splitter.h"
#include "sql/writer.h"

#include <string.h>

static bool is_word(const char *item, const char *word)
{
    return slice_equal_ignoring_case(slice_from(item), slice_from(word));
}

struct item_array ARRAY(const char *);

/* The items of the parentheses that come next. */
static struct item_array read_items(struct arena *arena, struct lexer *lexer)
{
    struct item_array items = {0};
    struct slice text = lexer->text;
    struct token token = lexer_next_significant(lexer);
    size_t from = token.offset + token.length, depth = 0;
    bool is_end = false;

    while (!is_end &&
           (token = lexer_next_significant(lexer), token.kind != TOKEN_END)) {
        is_end = depth == 0 && token_is(text, token, ")");
        depth += token_is(text, token, "(") || token_is(text, token, "[");
        if (is_end || (depth == 0 && token_is(text, token, ","))) {
            *array_push(arena, &items) = arena_copy(
                arena, slice_trim(slice_part(text, from, token.offset)));
            from = token.offset + token.length;
        } else if (token_is(text, token, ")") || token_is(text, token, "]")) {
            depth--;
        }
    }
    return items;
}

/* Of `f(a) COLLATE "C" text_ops`, or (a + b) instead, the expression. */
static const char *expression_of_key(struct arena *arena, const char *item)
{
    struct lexer lexer = lexer_of(slice_from(item));
    struct token token;
    size_t depth = 0;

    while (token = lexer_next_significant(&lexer), token.kind != TOKEN_END) {
        depth += token_is(lexer.text, token, "(");
        if (token_is(lexer.text, token, ")") && --depth == 0)
            break;
    }
    return arena_copy(arena,
                      slice_part(lexer.text, 0, token.offset + token.length));
}

/* A partition with the words of its bounds. */
struct bounds {
    struct arena *arena;
    const struct partition_key *key;
    struct item_array keys;  /* its words */
    struct item_array lower; /* FROM, or the values of IN */
    struct item_array upper; /* TO */
};

/* The nth column of the key, as SQL. */
static const char *key_text(const struct bounds *bounds, size_t n)
{
    const struct column *column = bounds->key->columns[n].column;

    if (column)
        return parser_quote_identifier(bounds->arena, column->name);
    return n < bounds->keys.count
               ? expression_of_key(bounds->arena, bounds->keys.items[n])
               : "null";
}

/* A value of it: of the column's type, however it was written. */
static const char *value_text(const struct bounds *bounds, size_t n,
                              const char *value)
{
    const struct index_column *column = &bounds->key->columns[n];
    const char *type =
        type_to_text(bounds->arena,
                     column->column ? column->column->data_type : column->type);

    return type ? arena_format(bounds->arena, "(%s)::%s", value, type) : value;
}

#define IS_TRUE "true"
#define IS_FALSE "false"

/* The row is at or above FROM, or below TO: from the last column to the
 * first, each of which decides where those before are equal. */
static const char *limit_text(const struct bounds *bounds,
                              const char *const *values, bool is_upper)
{
    const char *rest = is_upper ? IS_FALSE : IS_TRUE;
    const char *beyond = is_upper ? "<" : ">";

    for (size_t i = bounds->key->column_count; i-- > 0;) {
        const char *column = key_text(bounds, i);
        const char *value = value_text(bounds, i, values[i]);

        if (is_word(values[i], "minvalue"))
            rest = is_upper ? IS_FALSE : IS_TRUE;
        else if (is_word(values[i], "maxvalue"))
            rest = is_upper ? IS_TRUE : IS_FALSE;
        else if (strcmp(rest, IS_TRUE) == 0)
            rest =
                arena_format(bounds->arena, "%s %s= %s", column, beyond, value);
        else if (strcmp(rest, IS_FALSE) == 0)
            rest =
                arena_format(bounds->arena, "%s %s %s", column, beyond, value);
        else
            rest = arena_format(bounds->arena, "(%s %s %s OR (%s = %s AND %s))",
                                column, beyond, value, column, value, rest);
    }
    return rest;
}

static void add_condition(struct buffer *buffer, const char *condition)
{
    if (strcmp(condition, IS_TRUE) == 0)
        return;
    if (buffer->length > 0)
        buffer_add_text(buffer, " AND ");
    buffer_add_text(buffer, condition);
}

static void add_range(const struct bounds *bounds, struct buffer *buffer)
{
    size_t count = bounds->key->column_count;

    if (bounds->lower.count != count || bounds->upper.count != count)
        return;
    for (size_t i = 0; i < count; i++)
        add_condition(buffer, arena_format(bounds->arena, "%s IS NOT NULL",
                                           key_text(bounds, i)));
    add_condition(buffer, limit_text(bounds, bounds->lower.items, false));
    add_condition(buffer, limit_text(bounds, bounds->upper.items, true));
}

static void add_list(const struct bounds *bounds, struct buffer *buffer)
{
    const char *column = key_text(bounds, 0);
    struct buffer values;
    bool has_null = false;

    buffer_init(&values, bounds->arena);
    for (size_t i = 0; i < bounds->lower.count; i++) {
        if (is_word(bounds->lower.items[i], "null")) {
            has_null = true;
            continue;
        }
        buffer_add_format(&values, "%s%s = %s", values.length ? " OR " : "",
                          column,
                          value_text(bounds, 0, bounds->lower.items[i]));
    }
    if (has_null)
        add_condition(buffer, arena_format(bounds->arena, "(%s IS NULL%s%s)",
                                           column, values.length ? " OR " : "",
                                           buffer_text(&values)));
    else
        add_condition(buffer,
                      arena_format(bounds->arena, "%s IS NOT NULL AND (%s)",
                                   column, buffer_text(&values)));
}

/* The server names the table by its object id, which nobody can foretell. */
static void add_hash(const struct bounds *bounds, struct buffer *buffer,
                     const struct partition_bound *bound)
{
    struct buffer call;

    buffer_init(&call, bounds->arena);
    buffer_add_format(&call, "satisfies_hash_partition('0'::oid, %d, %d",
                      bound->modulus, bound->remainder);
    for (size_t i = 0; i < bounds->key->column_count; i++)
        buffer_add_format(&call, ", %s", key_text(bounds, i));
    buffer_add_text(&call, ")");
    add_condition(buffer, buffer_text(&call));
}

/* The lexer in an expression's words, after the first `count`. */
static struct lexer lexer_after(struct replay *replay,
                                const struct expression *expression,
                                size_t count)
{
    struct lexer lexer = lexer_of(slice_from(expression_to_sql(
        &replay->schema->scratch, replay->schema, expression)));

    while (count-- > 0)
        lexer_next_significant(&lexer);
    return lexer;
}

/* What is true of the rows of a partition of this table. */
static void add_bound(struct replay *replay, struct buffer *buffer,
                      const struct table *table)
{
    const struct partition_bound *bound = table->partition_bound;
    struct arena *arena = &replay->schema->scratch;
    struct bounds bounds = {
        .arena = arena,
        .key = table->partition_of->partition_key,
    };
    struct lexer lexer;

    if (bounds.key->definition) {
        lexer = lexer_after(replay, bounds.key->definition, 1);
        bounds.keys = read_items(arena, &lexer);
    }
    if (bounds.key->strategy == PARTITION_STRATEGY_HASH) {
        add_hash(&bounds, buffer, bound);
        return;
    }
    /* FOR VALUES FROM, or IN */
    lexer = lexer_after(replay, bound->definition, 3);
    bounds.lower = read_items(arena, &lexer);
    if (bounds.key->strategy == PARTITION_STRATEGY_LIST) {
        add_list(&bounds, buffer);
        return;
    }
    lexer_next_significant(&lexer);
    bounds.upper = read_items(arena, &lexer);
    add_range(&bounds, buffer);
}

/* Words that were kept, as a statement of their own: a parser's, whose text
 * they are. Null if they are none. */
static const Node *parse(struct replay *replay, struct parser *parser,
                         const char *sql, struct statement *statement)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);

    if (!model_spend(replay->schema, text.length) ||
        !splitter_next(&splitter, statement))
        return NULL;
    parser_parse(parser, text, statement, 1);
    return statement->outcome == PARSE_DONE ? statement->tree : NULL;
}

static struct bound_facts facts_of(struct replay *replay, struct parser *parser,
                                   const struct table *table)
{
    struct arena *arena = &replay->schema->scratch;
    struct bound_facts facts = {.table = table};

    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *check = table->constraints.items[i];
        const SelectStmt *select;
        struct statement *statement;

        if (check->object.is_dropped || check->type != CONSTRAINT_CHECK ||
            !check->is_validated || !check->is_enforced || !check->expression)
            continue;
        statement = arena_alloc(arena, sizeof *statement);
        select =
            node_as(SelectStmt,
                    parse(replay, parser,
                          arena_format(arena, "SELECT (%s)", check->expression),
                          statement));
        if (select && list_length(select->targetList) == 1)
            *array_push(arena, &facts.checks) =
                ((const ResTarget *)linitial(select->targetList))->val;
    }
    return facts;
}

/* Of the table's own bounds and those of its parents. */
static bool are_proven(struct replay *replay, struct parser *parser,
                       const struct table *table)
{
    struct arena *arena = &replay->schema->scratch;
    struct bound_facts facts = facts_of(replay, parser, table);

    for (; table->partition_of; table = table->partition_of) {
        struct statement *statement = arena_alloc(arena, sizeof *statement);
        const CreateStmt *create;
        const char *sql;

        if (table->partition_bound->is_default)
            return false;
        sql =
            arena_format(arena, "CREATE TABLE a PARTITION OF b %s",
                         expression_to_sql(arena, replay->schema,
                                           table->partition_bound->definition));
        create = node_as(CreateStmt, parse(replay, parser, sql, statement));
        if (!create || !create->partbound ||
            !bound_is_proven(arena, &facts, table->partition_of->partition_key,
                             create->partbound, true))
            return false;
    }
    return true;
}

/* As ALTER TABLE ... ADD CHECK does it; nowhere in the file. */
static bool add_check(struct replay *replay, struct parser *parser,
                      struct table *table, const char *condition)
{
    struct statement statement;
    struct replay inner = *replay;
    const char *sql = arena_format(&replay->schema->scratch,
                                   "ALTER TABLE a ADD CHECK (%s)", condition);
    const AlterTableStmt *alter =
        node_as(AlterTableStmt, parse(replay, parser, sql, &statement));
    struct pending pending;

    if (!alter)
        return true;
    inner.source = NULL;
    inner.text = slice_from(sql);
    inner.statement = &statement;
    pending = replay_pending(
        NULL, (const Constraint *)((AlterTableCmd *)linitial(alter->cmds))->def,
        NIL);
    return replay_add_pending(&inner, table, &pending, false);
}

/* All bounds are known, and none is that of a default partition. */
static bool are_known(const struct table *table)
{
    for (; table->partition_of; table = table->partition_of) {
        if (!table->partition_bound || !table->partition_of->partition_key ||
            !table->partition_bound->definition ||
            table->partition_bound->is_default)
            return false;
    }
    return true;
}

bool detach_keep_bounds(struct replay *replay, struct table *table)
{
    struct parser *parser;
    struct buffer condition;
    struct table *chain[KEY_COUNT_MAX];
    size_t depth = 0;
    bool is_done;

    /* That of a partition by hash would help nobody. */
    if (!are_known(table) ||
        table->partition_of->partition_key->strategy == PARTITION_STRATEGY_HASH)
        return true;
    parser = parser_new();
    if (!parser)
        return true;
    buffer_init(&condition, &replay->schema->scratch);
    for (struct table *one = table; one->partition_of && depth < KEY_COUNT_MAX;
         one = one->partition_of)
        chain[depth++] = one;
    while (depth > 0)
        add_bound(replay, &condition, chain[--depth]);
    is_done = condition.length == 0 || are_proven(replay, parser, table) ||
              add_check(replay, parser, table, buffer_text(&condition));
    parser_free(parser);
    return is_done;
}
