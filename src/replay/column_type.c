/*
 * Which types a column may have: neither pseudo-types nor the table's own rows,
 * also not within domains, arrays, ranges and composite types.
 *
 * Facts: src/backend/catalog/heap.c (CheckAttributeType).
 */
#include "replay/dependency.h"
#include "replay/types.h"

/* Types within types: hostile depths end somewhere. */
#define DEPTH_MAX 64

/* The table whose column it is to be, and what its rows are within so far. */
struct nesting {
    struct replay *replay;
    const char *column;
    const struct table *table;
    int depth;
};

static bool check(struct nesting *nesting, const struct type *type);

static bool check_attributes(struct nesting *nesting, const struct table *table)
{
    struct replay *replay = nesting->replay;

    if (table == nesting->table)
        return replay_fail(
            replay, "42P16",
            "composite type %s cannot be made a member of itself",
            table->row_type ? type_visible_name(replay, table->row_type)
                            : relation_visible_name(replay, &table->relation));
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];

        if (!column->object.is_dropped &&
            !check(nesting, column->data_type.type))
            return false;
    }
    return true;
}

static bool check_within(struct nesting *nesting, const struct type *type)
{
    switch (type->kind) {
    case TYPE_DOMAIN: return check(nesting, type->base.type);
    case TYPE_COMPOSITE:
    case TYPE_ROW:
        return !type->table || check_attributes(nesting, type->table);
    case TYPE_ARRAY:
    case TYPE_RANGE:
    case TYPE_MULTIRANGE: return check(nesting, type->element);
    case TYPE_PSEUDO:
    case TYPE_BASE:
    case TYPE_ENUM: return true;
    }
    return true;
}

static bool is_pseudo(const struct type *type)
{
    return type->kind == TYPE_PSEUDO ||
           (type->kind == TYPE_ARRAY && type->builtin &&
            type->builtin->kind == 'p');
}

static bool check(struct nesting *nesting, const struct type *type)
{
    bool is_allowed;

    if (!type || nesting->depth == DEPTH_MAX ||
        !model_spend(nesting->replay->schema, 1))
        return true;
    if (is_pseudo(type))
        return replay_fail(nesting->replay, "42P16",
                           "column \"%s\" has pseudo-type %s", nesting->column,
                           type_visible_name(nesting->replay, type));
    nesting->depth++;
    is_allowed = check_within(nesting, type);
    nesting->depth--;
    return is_allowed;
}

bool types_check_column(struct replay *replay, const struct table *table,
                        const char *column, const struct type *type)
{
    struct nesting nesting = {.replay = replay,
                              .column = column,
                              .table = table};

    /* Most columns: there is nothing in it. */
    return (type && type->kind == TYPE_BASE) || check(&nesting, type);
}
