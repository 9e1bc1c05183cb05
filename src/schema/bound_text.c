/*
 * Writes the bound of a partition as the condition that its rows meet.
 *
 * partbounds.c (get_qual_for_list, get_qual_for_range, get_qual_for_hash).
 */
#include "schema/bound.h"

#include "base/buffer.h"
#include "sql/parser.h"

#include <string.h>

/* Columns of a key (PARTITION_MAX_KEYS). */
#define KEYS_MAX 32

static const char *quoted(struct arena *arena, const char *string)
{
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_char(&text, '\'');
    for (; *string; string++) {
        if (*string == '\'')
            buffer_add_char(&text, '\'');
        buffer_add_char(&text, *string);
    }
    buffer_add_char(&text, '\'');
    return buffer_text(&text);
}

static const char *constant_text(struct arena *arena, const A_Const *constant)
{
    if (constant->isnull)
        return NULL;
    switch (nodeTag(&constant->val)) {
    case T_Integer: return arena_format(arena, "%d", constant->val.ival.ival);
    case T_Float: return constant->val.fval.fval;
    case T_Boolean: return constant->val.boolval.boolval ? "true" : "false";
    case T_String: return quoted(arena, constant->val.sval.sval);
    default: return NULL;
    }
}

/* Casts are left out: beside the column a constant has its type. Null for what
 * is no constant. */
static const char *value_text(struct arena *arena, const Node *node)
{
    const A_Const *constant;
    const A_Expr *minus;
    const char *text;

    while (node && nodeTag(node) == T_TypeCast)
        node = ((const TypeCast *)node)->arg;
    minus = node_as(A_Expr, node);
    constant = node_as(A_Const, minus && !minus->lexpr ? minus->rexpr : node);
    text = constant ? constant_text(arena, constant) : NULL;
    if (!minus || !text)
        return text;
    return !minus->lexpr &&
                   strcmp(name_from_string(llast(minus->name)), "-") == 0
               ? arena_format(arena, "-%s", text)
               : NULL;
}

/* A column of the key; an expression in parentheses. */
static const char *key_text(struct arena *arena,
                            const struct index_column *column)
{
    if (column->column)
        return parser_quote_identifier(arena, column->column->name);
    return column->expression ? arena_format(arena, "(%s)", column->expression)
                              : NULL;
}

enum infinity {
    FINITE,
    MINIMUM,
    MAXIMUM,
};

static enum infinity infinity_of(const Node *node)
{
    const ColumnRef *word = node_as(ColumnRef, node);
    const char *name = word ? name_from_string(linitial(word->fields)) : NULL;

    if (name && strcmp(name, "minvalue") == 0)
        return MINIMUM;
    return name && strcmp(name, "maxvalue") == 0 ? MAXIMUM : FINITE;
}

/* The limits of a range, by column of the key. */
struct range {
    const char *keys[KEYS_MAX];
    const char *values[2][KEYS_MAX]; /* lower, upper; null if infinite */
    enum infinity infinities[2][KEYS_MAX];
    size_t count;
};

static bool read_limits(struct arena *arena, struct range *range, int side,
                        const List *values)
{
    const ListCell *cell;
    size_t i = 0;

    if ((size_t)list_length(values) != range->count)
        return false;
    foreach (cell, values) {
        range->infinities[side][i] = infinity_of(lfirst(cell));
        if (range->infinities[side][i] == FINITE) {
            range->values[side][i] = value_text(arena, lfirst(cell));
            if (!range->values[side][i])
                return false;
        }
        i++;
    }
    return true;
}

/* Above the lower limits, or below the upper ones, from that column on: `a > 1
 * OR (a = 1 AND b >= 2)`. */
static void add_limit(struct buffer *text, const struct range *range, int side,
                      size_t first)
{
    const enum infinity *infinities = range->infinities[side];
    const enum infinity open = side == 0 ? MINIMUM : MAXIMUM;
    bool is_alone;

    if (infinities[first] != FINITE)
        return;
    is_alone = first + 1 == range->count || infinities[first + 1] != FINITE;
    buffer_add_text(text, is_alone ? " AND " : " AND (");
    for (size_t last = first; last < range->count; last++) {
        bool is_last = last + 1 == range->count;
        bool is_equal = (is_last && side == 0) ||
                        (!is_last && infinities[last + 1] == open);

        if (infinities[last] != FINITE)
            break;
        if (last > first)
            buffer_add_text(text, " OR (");
        for (size_t i = first; i < last; i++)
            buffer_add_format(text, "%s = %s AND ", range->keys[i],
                              range->values[side][i]);
        buffer_add_format(text, "%s %s%s %s%s", range->keys[last],
                          side == 0 ? ">" : "<", is_equal ? "=" : "",
                          range->values[side][last], last > first ? ")" : "");
    }
    buffer_add_text(text, is_alone ? "" : ")");
}

static const char *range_text(struct arena *arena, struct range *range,
                              const PartitionBoundSpec *bound)
{
    struct buffer text;
    size_t same = 0;

    if (!read_limits(arena, range, 0, bound->lowerdatums) ||
        !read_limits(arena, range, 1, bound->upperdatums))
        return NULL;
    buffer_init(&text, arena);
    for (size_t i = 0; i < range->count; i++)
        buffer_add_format(&text, "%s%s IS NOT NULL", i > 0 ? " AND " : "",
                          range->keys[i]);
    while (same + 1 < range->count && range->values[0][same] &&
           range->values[1][same] &&
           strcmp(range->values[0][same], range->values[1][same]) == 0) {
        buffer_add_format(&text, " AND %s = %s", range->keys[same],
                          range->values[0][same]);
        same++;
    }
    add_limit(&text, range, 0, same);
    add_limit(&text, range, 1, same);
    return buffer_text(&text);
}

static const char *list_text(struct arena *arena, const char *key,
                             const PartitionBoundSpec *bound)
{
    struct buffer values;
    bool has_null = false;
    size_t count = 0;
    const ListCell *cell;

    buffer_init(&values, arena);
    foreach (cell, bound->listdatums) {
        const A_Const *constant = node_as(A_Const, (Node *)lfirst(cell));
        const char *value = value_text(arena, lfirst(cell));

        if (constant && constant->isnull) {
            has_null = true;
            continue;
        }
        if (!value)
            return NULL;
        buffer_add_format(&values, "%s%s", count++ > 0 ? ", " : "", value);
    }
    if (count == 0)
        return arena_format(arena, "%s IS NULL", key);
    return arena_format(
        arena, count == 1 ? "%s IS %s %s = %s" : "%s IS %s %s IN (%s)", key,
        has_null ? "NULL OR" : "NOT NULL AND", key, buffer_text(&values));
}

static const char *hash_text(struct arena *arena, const struct table *parent,
                             const struct range *keys,
                             const PartitionBoundSpec *bound)
{
    struct qualified_name name = {.name = parent->relation.name};
    struct buffer text;

    if (strcmp(parent->relation.namespace->name, "public") != 0)
        name.schema = parent->relation.namespace->name;
    buffer_init(&text, arena);
    buffer_add_format(&text, "satisfies_hash_partition(%s::regclass, %d, %d",
                      quoted(arena, name_to_sql(arena, name)), bound->modulus,
                      bound->remainder);
    for (size_t i = 0; i < keys->count; i++)
        buffer_add_format(&text, ", %s", keys->keys[i]);
    buffer_add_char(&text, ')');
    return buffer_text(&text);
}

const char *bound_condition(struct arena *arena, const struct table *parent,
                            const PartitionBoundSpec *bound)
{
    const struct partition_key *key = parent->partition_key;
    struct range range = {0};

    if (!key || bound->is_default || key->column_count > KEYS_MAX)
        return NULL;
    range.count = key->column_count;
    for (size_t i = 0; i < range.count; i++) {
        range.keys[i] = key_text(arena, &key->columns[i]);
        if (!range.keys[i])
            return NULL;
    }
    switch (bound->strategy) {
    case PARTITION_STRATEGY_RANGE: return range_text(arena, &range, bound);
    case PARTITION_STRATEGY_LIST: return list_text(arena, range.keys[0], bound);
    case PARTITION_STRATEGY_HASH:
        return hash_text(arena, parent, &range, bound);
    }
    return NULL;
}
