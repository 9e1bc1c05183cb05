/*
 * The bounds of partitions: whether FROM is below TO, and that no two
 * partitions of a table can hold the same row. Constants of types whose order
 * is known are compared; of others nothing is refused.
 *
 * Facts: src/backend/parser/parse_utilcmd.c (transformPartitionBound),
 * src/backend/partitioning/partbounds.c (check_new_partition_bound).
 */
#include "replay/bind.h"

#include "query/coerce.h"

#include "catalog/pg_type_d.h"

#include <stdlib.h>
#include <string.h>

enum bound_kind {
    BOUND_UNKNOWN, /* not a constant, or of a type whose order is not known */
    BOUND_MINIMUM,
    BOUND_INTEGER,
    BOUND_TEXT, /* of bytes that every collation orders in one way */
    BOUND_MAXIMUM,
    BOUND_NULL,
};

struct bound_value {
    enum bound_kind kind;
    long long integer;
    const char *text;
};

/* Of two values: -1, 0, 1, or this. */
#define ORDER_UNKNOWN 2

static int order_of(const struct bound_value *a, const struct bound_value *b)
{
    if (a->kind == BOUND_UNKNOWN || b->kind == BOUND_UNKNOWN)
        return ORDER_UNKNOWN;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == BOUND_INTEGER)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->kind == BOUND_TEXT) {
        int order = strcmp(a->text, b->text);

        return (order > 0) - (order < 0);
    }
    return 0;
}

/* Column by column, until one decides. */
static int order_of_rows(const struct bound_value *a,
                         const struct bound_value *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int order = order_of(&a[i], &b[i]);

        if (order != 0)
            return order;
        if (a[i].kind == BOUND_MINIMUM || a[i].kind == BOUND_MAXIMUM)
            return 0;
    }
    return 0;
}

static const A_Const *constant_of(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);

    return node_as(A_Const, cast ? cast->arg : node);
}

/* 2024-01-31 */
static bool is_date(const char *text)
{
    static const char pattern[] = "0000-00-00";

    for (size_t i = 0; i < sizeof pattern; i++) {
        if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9'
                              : text[i] != pattern[i])
            return false;
    }
    return true;
}

static bool is_plain(const char *text)
{
    for (; *text; text++) {
        if (*text < 'a' || *text > 'z')
            return false;
    }
    return true;
}

#define DECIMALS 6

/* 12.5, as so many millionths; false for what has more digits. */
static bool read_decimal(const char *text, int digits_max,
                         long long *millionths)
{
    bool is_negative = *text == '-';
    int digits = 0, decimals = -1;

    *millionths = 0;
    for (text += is_negative; *text; text++) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || ++digits > digits_max ||
            decimals == DECIMALS)
            return false;
        *millionths = *millionths * 10 + (*text - '0');
        decimals += decimals >= 0;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < DECIMALS;
         decimals++)
        *millionths *= 10;
    if (is_negative)
        *millionths = -*millionths;
    return digits > 0;
}

/* So few digits are still told apart in a real, more in the other types. */
static struct bound_value value_of_number(const char *text, uint16_t type)
{
    struct bound_value value = {.kind = BOUND_INTEGER};

    if (!read_decimal(text, type == FLOAT4OID ? DECIMALS : 2 * DECIMALS,
                      &value.integer))
        value.kind = BOUND_UNKNOWN;
    return value;
}

static bool is_decimal(uint16_t type)
{
    return type == NUMERICOID || type == FLOAT4OID || type == FLOAT8OID;
}

static struct bound_value value_of_text(const char *text, uint16_t type,
                                        bool is_list)
{
    struct bound_value value = {.kind = BOUND_TEXT, .text = text};
    char *end;

    switch (type) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
        value.integer = strtoll(text, &end, 10);
        value.kind = *text && !*end ? BOUND_INTEGER : BOUND_UNKNOWN;
        break;
    case DATEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        if (!is_date(text))
            value.kind = BOUND_UNKNOWN;
        break;
    case TEXTOID:
    case VARCHAROID:
        if (!is_list && !is_plain(text))
            value.kind = BOUND_UNKNOWN;
        break;
    case NUMERICOID:
    case FLOAT4OID:
    case FLOAT8OID: return value_of_number(text, type);
    default: value.kind = BOUND_UNKNOWN; break;
    }
    return value;
}

static struct bound_value value_of(const Node *node, struct data_type type,
                                   bool is_list)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const A_Const *constant = constant_of(node);
    const char *name = NULL;
    /* A scale would round the value. */
    uint16_t oid = type_oid(type.type) == NUMERICOID && type.modifier >= 0
                       ? 0
                       : type_oid(type.type);

    if (reference && list_length(reference->fields) == 1 && !is_list)
        name = name_from_string(linitial(reference->fields));
    if (name && strcmp(name, "minvalue") == 0)
        return (struct bound_value){.kind = BOUND_MINIMUM};
    if (name && strcmp(name, "maxvalue") == 0)
        return (struct bound_value){.kind = BOUND_MAXIMUM};
    if (!constant)
        return (struct bound_value){.kind = BOUND_UNKNOWN};
    if (constant->isnull)
        return (struct bound_value){.kind = BOUND_NULL};
    if (nodeTag(&constant->val) == T_String)
        return value_of_text(constant->val.sval.sval, oid, is_list);
    if (nodeTag(&constant->val) == T_Integer &&
        (oid == INT2OID || oid == INT4OID || oid == INT8OID))
        return (struct bound_value){.kind = BOUND_INTEGER,
                                    .integer = constant->val.ival.ival};
    if (nodeTag(&constant->val) == T_Integer && is_decimal(oid) &&
        labs(constant->val.ival.ival) < 1000000)
        return (struct bound_value){
            .kind = BOUND_INTEGER,
            .integer = constant->val.ival.ival * 1000000LL,
        };
    if (nodeTag(&constant->val) == T_Float && is_decimal(oid))
        return value_of_number(constant->val.fval.fval, oid);
    return (struct bound_value){.kind = BOUND_UNKNOWN};
}

static const struct column *key_column(const struct table *parent,
                                       size_t position)
{
    const struct partition_key *key = parent->partition_key;

    return position < key->column_count ? key->columns[position].column : NULL;
}

/* The value must become one of the key's type. */
static bool check_value(struct replay *replay, const struct table *parent,
                        size_t position, const Node *node,
                        struct binding *binding)
{
    const struct column *column = key_column(parent, position);
    struct query_place place = {.clause = CLAUSE_PARTITION_BOUND};
    struct bound bound;
    struct type *type, *target;

    if (column && nodeTag(node) == T_A_Const) /* a literal is read */
        place.target = column->data_type;
    if (!bind_expression(replay, &bound, node, place))
        return false;
    for (size_t i = 0; i < bound.binding.references.count; i++)
        *array_push(binding->arena, &binding->references) =
            bound.binding.references.items[i];
    type = bound.description.type.type;
    target = column ? column->data_type.type : NULL;
    if (!type || !target || type == target || type_oid(type) == UNKNOWNOID ||
        coerce_find(replay->schema, type, target, COERCION_ASSIGNMENT).path !=
            COERCION_PATH_NONE ||
        !replay_refuse(replay))
        return true;
    return replay_fail(
        replay, "42804",
        "specified value cannot be cast to type %s for column \"%s\"",
        type_to_visible_text(replay->schema, &replay->schema->scratch, target),
        column->name);
}

/* The values of one list of the clause; false if one is refused. */
static bool read_values(struct replay *replay, const struct table *parent,
                        const List *nodes, bool is_list,
                        struct bound_value **values, struct binding *binding)
{
    const ListCell *cell;
    size_t count = 0;

    *values = arena_alloc(&replay->schema->arena,
                          (size_t)list_length(nodes) * sizeof **values);
    foreach (cell, nodes) {
        const Node *node = lfirst(cell);
        const struct column *column = key_column(parent, is_list ? 0 : count);
        struct bound_value value = value_of(
            node, column ? column->data_type : (struct data_type){NULL, -1},
            is_list);

        if (value.kind != BOUND_MINIMUM && value.kind != BOUND_MAXIMUM &&
            !check_value(replay, parent, is_list ? 0 : count, node, binding))
            return false;
        if (value.text)
            value.text = model_name(replay->schema, value.text);
        if (value.kind == BOUND_NULL && !is_list)
            return replay_fail(replay, "42P17",
                               "cannot specify NULL in range bound");
        (*values)[count++] = value;
    }
    return true;
}

/* After MINVALUE or MAXVALUE only the same may follow. */
static bool check_infinite(struct replay *replay,
                           const struct bound_value *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        enum bound_kind before = values[i - 1].kind;
        const char *name = before == BOUND_MINIMUM ? "MINVALUE" : "MAXVALUE";

        if ((before == BOUND_MINIMUM || before == BOUND_MAXIMUM) &&
            values[i].kind != before)
            return replay_fail(replay, "42804",
                               "every bound following %s must also be %s", name,
                               name);
    }
    return true;
}

static bool fail_overlap(struct replay *replay, const struct table *table,
                         const struct table *other)
{
    return !other ||
           replay_fail(replay, "42P17",
                       "partition \"%s\" would overlap partition \"%s\"",
                       table->relation.name, other->relation.name);
}

/* Another partition with values; null: this is none. */
static const struct partition_bound *bound_of(const struct table *table,
                                              const struct table *other)
{
    return other != table && !other->relation.object.is_dropped &&
                   other->partition_bound && !other->partition_bound->is_default
               ? other->partition_bound
               : NULL;
}

static bool has_value(const struct partition_bound *bound,
                      const struct bound_value *value)
{
    for (size_t i = 0; i < bound->count; i++) {
        if (order_of(&bound->lower[i], value) == 0)
            return true;
    }
    return false;
}

static bool check_list(struct replay *replay, const struct table *table,
                       const struct table *parent,
                       const struct partition_bound *bound)
{
    for (size_t i = 0; i < bound->count; i++) {
        for (size_t j = 0; j < parent->children.count; j++) {
            const struct table *other = parent->children.items[j];
            const struct partition_bound *theirs = bound_of(table, other);

            if (!theirs)
                continue;
            if (!model_spend(replay->schema, theirs->count))
                return true;
            if (has_value(theirs, &bound->lower[i]))
                return fail_overlap(replay, table, other);
        }
    }
    return true;
}

/* The lowest of those that have a row in common with it. */
static bool check_range(struct replay *replay, const struct table *table,
                        const struct table *parent,
                        const struct partition_bound *bound)
{
    const struct table *found = NULL;
    size_t count = bound->count;

    if (order_of_rows(bound->lower, bound->upper, count) == 0 ||
        order_of_rows(bound->lower, bound->upper, count) == 1)
        return replay_fail(replay, "42P17",
                           "empty range bound specified for partition \"%s\"",
                           table->relation.name);
    if (!model_spend(replay->schema, parent->children.count))
        return true;
    for (size_t i = 0; i < parent->children.count; i++) {
        const struct table *other = parent->children.items[i];
        const struct partition_bound *theirs = bound_of(table, other);

        if (!theirs || theirs->count != count ||
            order_of_rows(bound->lower, theirs->upper, count) != -1 ||
            order_of_rows(theirs->lower, bound->upper, count) != -1)
            continue;
        if (!found || order_of_rows(theirs->lower,
                                    found->partition_bound->lower, count) == -1)
            found = other;
    }
    return fail_overlap(replay, table, found);
}

static bool is_factor(int a, int b)
{
    return a < b ? b % a == 0 : a % b == 0;
}

static bool check_hash(struct replay *replay, const struct table *table,
                       const struct table *parent,
                       const struct partition_bound *bound)
{
    const struct table *found = NULL;

    for (size_t i = 0; i < parent->children.count; i++) {
        const struct table *other = parent->children.items[i];
        const struct partition_bound *theirs = bound_of(table, other);
        int least;

        if (!theirs || theirs->modulus <= 0)
            continue;
        if (!is_factor(bound->modulus, theirs->modulus))
            return replay_fail(replay, "42P17",
                               "every hash partition modulus must be a factor "
                               "of the next larger modulus");
        least =
            bound->modulus < theirs->modulus ? bound->modulus : theirs->modulus;
        if (bound->remainder % least == theirs->remainder % least &&
            (!found || theirs->remainder < found->partition_bound->remainder))
            found = other;
    }
    return fail_overlap(replay, table, found);
}

static bool read_hash(struct replay *replay, const PartitionBoundSpec *spec)
{
    if (spec->modulus <= 0)
        return replay_fail(replay, "42P16",
                           "modulus for hash partition must be an integer "
                           "value greater than zero");
    if (spec->remainder < 0)
        return replay_fail(replay, "42P16",
                           "remainder for hash partition must be an integer "
                           "value greater than or equal to zero");
    return spec->remainder < spec->modulus ||
           replay_fail(replay, "42P16",
                       "remainder for hash partition must be less than "
                       "modulus");
}

static bool read_range(struct replay *replay, const struct table *parent,
                       const PartitionBoundSpec *spec,
                       struct partition_bound *bound, struct binding *binding)
{
    size_t count = parent->partition_key->column_count;

    bound->count = count;
    if ((size_t)list_length(spec->lowerdatums) != count)
        return replay_fail(replay, "42P16",
                           "FROM must specify exactly one value per "
                           "partitioning column");
    if ((size_t)list_length(spec->upperdatums) != count)
        return replay_fail(replay, "42P16",
                           "TO must specify exactly one value per "
                           "partitioning column");
    return read_values(replay, parent, spec->lowerdatums, false, &bound->lower,
                       binding) &&
           read_values(replay, parent, spec->upperdatums, false, &bound->upper,
                       binding) &&
           check_infinite(replay, bound->lower, count) &&
           check_infinite(replay, bound->upper, count);
}

bool partition_bound_read(struct replay *replay, const struct table *parent,
                          const PartitionBoundSpec *spec,
                          struct partition_bound *bound,
                          struct binding *binding)
{
    if (!parent->partition_key || spec->is_default)
        return true;
    switch (parent->partition_key->strategy) {
    case PARTITION_STRATEGY_HASH:
        bound->modulus = spec->modulus;
        bound->remainder = spec->remainder;
        return read_hash(replay, spec);
    case PARTITION_STRATEGY_LIST:
        bound->count = (size_t)list_length(spec->listdatums);
        return read_values(replay, parent, spec->listdatums, true,
                           &bound->lower, binding);
    default: return read_range(replay, parent, spec, bound, binding);
    }
}

bool partition_bound_fits(struct replay *replay, const struct table *table,
                          const struct table *parent,
                          const struct partition_bound *bound)
{
    if (!parent->partition_key || bound->is_default || !replay_refuse(replay))
        return true;
    switch (parent->partition_key->strategy) {
    case PARTITION_STRATEGY_HASH:
        return check_hash(replay, table, parent, bound);
    case PARTITION_STRATEGY_LIST:
        return check_list(replay, table, parent, bound);
    default: return check_range(replay, table, parent, bound);
    }
}
