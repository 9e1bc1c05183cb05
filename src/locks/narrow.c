/*
 * ALTER COLUMN TYPE: whether there are values of the old type that the new one
 * refuses, or keeps only in part. Casts in USING are followed; what any other
 * expression does is its author's business.
 *
 * Facts: numeric.c (apply_typmod), varchar.c (varchar, bpchar), int8.c,
 * timestamp.c (AdjustTimestampForTypmod), varbit.c; the servers' answers are in
 * the cases of the rule column-narrowed.
 */
#include "locks/study.h"

#include "schema/builtin/builtin.h"
#include "schema/type_modifier.h"
#include "sql/parser.h"
#include "sql/writer.h"

#include <string.h>

/* Casts of casts in USING, elements of elements. */
#define STEPS_MAX 8

/* How many values of an enum are spelled out. */
#define LABELS_MAX 10

/* Object ids of pg_type.dat. */
enum {
    OID_BOOL = 16,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_CIDR = 650,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_INET = 869,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_DATE = 1082,
    OID_TIME = 1083,
    OID_TIMESTAMP = 1114,
    OID_TIMESTAMPTZ = 1184,
    OID_INTERVAL = 1186,
    OID_TIMETZ = 1266,
    OID_VARBIT = 1562,
    OID_NUMERIC = 1700,
    OID_UUID = 2950,
};

/* One cast. */
struct step {
    struct arena *arena;
    int version;
    const char *column; /* as SQL */
    struct data_type from, to;
    const struct type *labels; /* the enum whose values the text has; or null */
    bool is_explicit;
};

static struct narrowing none(void)
{
    return (struct narrowing){NARROWING_NONE, false, NULL, NULL};
}

static struct narrowing fails(const char *what, const char *where)
{
    return (struct narrowing){NARROWING_FAILS, false, what, where};
}

static struct narrowing loses(const char *what, const char *where)
{
    return (struct narrowing){NARROWING_LOSES, false, what, where};
}

/* The values mean something else from now on: nearly all of them fit, or the
 * author would not try. */
static struct narrowing converts(const char *what, const char *where)
{
    return (struct narrowing){NARROWING_FAILS, true, what, where};
}

static bool is_text(uint16_t oid)
{
    return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_BPCHAR;
}

/* How many characters its values have at most; 0: any number, or not known. */
static int longest(const struct step *step)
{
    const struct type *type = step->from.type;
    int length, longest_label = 0;

    switch (type_oid(type)) {
    case OID_BOOL: return 5;
    case OID_INT2: return 6;
    case OID_INT4: return 11;
    case OID_INT8: return 20;
    case OID_UUID: return 36;
    case OID_NAME: return 63;
    case OID_VARCHAR:
    case OID_BPCHAR: return type_modifier_length(step->from.modifier);
    default: break;
    }
    if (type->kind != TYPE_ENUM)
        return 0;
    for (size_t i = 0; i < type->labels.count; i++) {
        length = (int)strlen(type->labels.items[i]->name);
        longest_label = length > longest_label ? length : longest_label;
    }
    return longest_label;
}

static struct narrowing to_text(const struct step *step)
{
    int limit = type_oid(step->to.type) == OID_TEXT
                    ? 0
                    : type_modifier_length(step->to.modifier);
    int length = longest(step);
    bool is_from_text = is_text(type_oid(step->from.type));
    const char *where;

    if (limit == 0 || (length > 0 && length <= limit))
        return none();
    where = arena_format(step->arena, "char_length(%s%s) > %d", step->column,
                         is_from_text ? "" : "::text", limit);
    if (step->is_explicit)
        return loses(
            arena_format(step->arena, "what comes after %d characters", limit),
            where);
    return (is_from_text || length > 0 ? fails : converts)(
        arena_format(step->arena, "a value has more than %d character%s", limit,
                     limit == 1 ? "" : "s"),
        where);
}

/* The decimal digits that always fit before the point; 0: it is no number of a
 * fixed size. */
static int integer_digits(uint16_t oid)
{
    switch (oid) {
    case OID_INT2: return 4;
    case OID_INT4: return 9;
    case OID_INT8: return 18;
    default: return 0;
    }
}

static struct narrowing to_integer(const struct step *step)
{
    uint16_t from = type_oid(step->from.type), to = type_oid(step->to.type);
    int32_t modifier = step->from.modifier;
    const char *least = to == OID_INT2   ? "-32768"
                        : to == OID_INT4 ? "-2147483648"
                                         : "-9223372036854775808";
    const char *most = to == OID_INT2   ? "32767"
                       : to == OID_INT4 ? "2147483647"
                                        : "9223372036854775807";
    const char *what = arena_format(
        step->arena, "a value is not between %s and %s", least, most);
    const char *range = arena_format(step->arena, "%s NOT BETWEEN %s AND %s",
                                     step->column, least, most);
    bool fits;

    if (integer_digits(from) > 0)
        return integer_digits(from) <= integer_digits(to) ? none()
                                                          : fails(what, range);
    if (from == OID_FLOAT4 || from == OID_FLOAT8)
        return fails(what, range);
    if (from != OID_NUMERIC)
        return none();
    fits = modifier >= 0 &&
           type_modifier_precision(modifier) - type_modifier_scale(modifier) <=
               integer_digits(to);
    if (!fits)
        return fails(what, range);
    if (type_modifier_scale(modifier) <= 0)
        return none();
    return loses("the digits after the decimal point",
                 arena_format(step->arena, "%s <> round(%s)", step->column,
                              step->column));
}

static struct narrowing to_numeric(const struct step *step)
{
    uint16_t from = type_oid(step->from.type);
    int32_t old = step->from.modifier, new = step->to.modifier;
    int scale = type_modifier_scale(new);
    int digits = type_modifier_precision(new) - scale;
    const char *what = arena_format(
        step->arena,
        "a value has more than %d digit%s before the decimal point", digits,
        digits == 1 ? "" : "s");
    const char *where =
        arena_format(step->arena, "abs(%s) >= 1e%d", step->column, digits);
    bool is_float = from == OID_FLOAT4 || from == OID_FLOAT8;

    if (new < 0)
        return none();
    if (integer_digits(from) > 0)
        return integer_digits(from) + 1 <= digits ? none() : fails(what, where);
    if (is_float || (from == OID_NUMERIC && old < 0))
        return fails(what, where);
    if (from != OID_NUMERIC)
        return none();
    if (type_modifier_precision(old) - type_modifier_scale(old) > digits)
        return fails(what, where);
    if (type_modifier_scale(old) <= scale)
        return none();
    return loses(scale > 0 ? arena_format(step->arena,
                                          "all but %d of the digits after the "
                                          "decimal point",
                                          scale)
                           : "the digits after the decimal point",
                 arena_format(step->arena, "%s <> round(%s, %d)", step->column,
                              step->column, scale));
}

static struct narrowing to_float(const struct step *step)
{
    uint16_t from = type_oid(step->from.type), to = type_oid(step->to.type);
    int digits = to == OID_FLOAT4 ? 6 : 15;
    bool is_exact = from == OID_NUMERIC && step->from.modifier >= 0 &&
                    type_modifier_precision(step->from.modifier) <= digits;

    if (is_exact ||
        (from != OID_NUMERIC && from != OID_INT8 &&
         (to == OID_FLOAT8 || (from != OID_FLOAT8 && from != OID_INT4))))
        return none();
    return loses(
        arena_format(step->arena, "the digits beyond the %dth", digits), NULL);
}

/* The type keeps fewer digits of the seconds, or fewer fields. */
static struct narrowing to_less_precise(const struct step *step)
{
    if (step->from.type != step->to.type ||
        study_modifier_is_wider(step->to.type, step->from.modifier,
                                step->to.modifier))
        return none();
    return loses("digits of the seconds",
                 arena_format(step->arena, "%s <> %s::%s", step->column,
                              step->column,
                              type_to_text(step->arena, step->to)));
}

static struct narrowing to_date_or_time(const struct step *step)
{
    uint16_t from = type_oid(step->from.type), to = type_oid(step->to.type);
    bool is_moment = from == OID_TIMESTAMP || from == OID_TIMESTAMPTZ;

    if (to == OID_DATE)
        return is_moment ? loses("the time of day",
                                 arena_format(step->arena, "%s <> %s::date",
                                              step->column, step->column))
                         : none();
    if (to == OID_TIME || to == OID_TIMETZ) {
        if (is_moment)
            return loses("the date", NULL);
        if (from == OID_TIMETZ && to == OID_TIME)
            return loses("the time zone", NULL);
        if (from == OID_INTERVAL)
            return loses("whole days", NULL);
    }
    return to_less_precise(step);
}

/* 'a', 'b' */
static const char *label_list(struct arena *arena, const struct type *type,
                              const struct type *except)
{
    struct buffer list;
    size_t count = 0;

    buffer_init(&list, arena);
    for (size_t i = 0; i < type->labels.count; i++) {
        const char *name = type->labels.items[i]->name;

        if (except && type_find_label(except, name))
            continue;
        if (count++ == LABELS_MAX) {
            buffer_add_text(&list, ", ...");
            break;
        }
        buffer_add_text(&list, count > 1 ? ", " : "");
        writer_add_literal(&list, name);
    }
    return buffer_text(&list);
}

/* Of text, which may be the text of another enum's values. */
static struct narrowing to_enum(const struct step *step)
{
    const char *missing;

    if (!is_text(type_oid(step->from.type)))
        return none();
    if (step->labels) {
        missing = label_list(step->arena, step->labels, step->to.type);
        if (!*missing)
            return none();
        return fails(
            arena_format(step->arena,
                         strstr(missing, "', ") ? "a value is one of %s"
                                                : "a value is %s",
                         missing),
            arena_format(step->arena, "%s IN (%s)", step->column, missing));
    }
    return converts(
        "a value is none of the type's",
        step->to.type->labels.count > LABELS_MAX
            ? NULL
            : arena_format(step->arena, "%s NOT IN (%s)", step->column,
                           label_list(step->arena, step->to.type, NULL)));
}

static struct narrowing from_text(const struct step *step)
{
    const char *type = type_to_text(step->arena, step->to);

    return converts(arena_format(step->arena, "a value is no %s", type),
                    step->version >= 16
                        ? arena_format(step->arena,
                                       "NOT pg_input_is_valid(%s, '%s')",
                                       step->column, type)
                        : NULL);
}

static struct narrowing of_base_types(const struct step *step)
{
    uint16_t from = type_oid(step->from.type), to = type_oid(step->to.type);

    if (is_text(to))
        return to_text(step);
    if (step->to.type->kind == TYPE_ENUM)
        return to_enum(step);
    if (to == 0 || from == 0)
        return none();
    /* citext and its like take any text. */
    if (is_text(from))
        return step->to.type->builtin->category == 'S' ? none()
                                                       : from_text(step);
    switch (to) {
    case OID_INT2:
    case OID_INT4:
    case OID_INT8: return to_integer(step);
    case OID_NUMERIC: return to_numeric(step);
    case OID_FLOAT4:
    case OID_FLOAT8: return to_float(step);
    case OID_DATE:
    case OID_TIME:
    case OID_TIMETZ:
    case OID_TIMESTAMP:
    case OID_TIMESTAMPTZ:
    case OID_INTERVAL: return to_date_or_time(step);
    case OID_BOOL:
        return from == OID_INT4 ? loses("which number it was", NULL) : none();
    case OID_CIDR:
        return from == OID_INET ? loses("the bits of the host", NULL) : none();
    case OID_VARBIT:
        return from == to && !study_modifier_is_wider(step->to.type,
                                                      step->from.modifier,
                                                      step->to.modifier)
                   ? fails("a value has more bits", NULL)
                   : none();
    default: return none();
    }
}

static struct data_type without_domain(struct data_type type)
{
    while (type.type && type.type->kind == TYPE_DOMAIN)
        type = type.type->base;
    return type;
}

static bool has_checks(const struct type *type)
{
    for (; type && type->kind == TYPE_DOMAIN; type = type->base.type) {
        if (type->is_not_null)
            return true;
        for (size_t i = 0; type->constraints && i < type->constraints->count;
             i++)
            if (!type->constraints->items[i]->object.is_dropped)
                return true;
    }
    return false;
}

/* A value of each element; conditions are for single values. */
static struct narrowing of_step(struct step step)
{
    const struct type *domain = step.to.type;
    bool is_array = false;
    struct narrowing narrowing;

    if (!step.from.type || !step.to.type)
        return none();
    if (step.from.type != domain && has_checks(domain))
        return converts(arena_format(step.arena,
                                     "the domain \"%s\" refuses a value",
                                     domain->name),
                        NULL);
    step.from = without_domain(step.from);
    step.to = without_domain(step.to);
    if (step.from.type && step.to.type && step.from.type->kind == TYPE_ARRAY &&
        step.to.type->kind == TYPE_ARRAY) {
        step.from.type = step.from.type->element;
        step.to.type = step.to.type->element;
        is_array = true;
    }
    if (!step.from.type || !step.to.type)
        return none();
    narrowing = of_base_types(&step);
    if (is_array)
        narrowing.where = NULL;
    return narrowing;
}

/* The casts from the column on, innermost last; false for another expression. */
static bool read_casts(struct study *study, const Node *node,
                       const struct column *column, struct data_type *casts,
                       size_t *count)
{
    const ColumnRef *reference;
    const char *name;

    *count = 0;
    while (node && *count < STEPS_MAX) {
        if (nodeTag(node) == T_TypeCast) {
            casts[(*count)++] = type_resolve(
                study->schema, ((const TypeCast *)node)->typeName, NULL);
            node = ((const TypeCast *)node)->arg;
        } else if (nodeTag(node) == T_CollateClause) {
            node = ((const CollateClause *)node)->arg;
        } else {
            break;
        }
    }
    reference = node_as(ColumnRef, node);
    name = reference ? name_from_string(llast(reference->fields)) : NULL;
    return name && strcmp(name, column->name) == 0;
}

void study_narrow(struct study *study, const struct column *column,
                  const ColumnDef *definition, struct data_type type)
{
    struct data_type casts[STEPS_MAX];
    size_t count = 0;
    struct step step = {
        .arena = study->arena,
        .version = study->version,
        .column = parser_quote_identifier(study->arena, column->name),
        .from = column->data_type,
        .is_explicit = true,
    };
    struct narrowing narrowing = none();

    if (definition->raw_default &&
        !read_casts(study, definition->raw_default, column, casts, &count))
        return;
    while (count > 0 && narrowing.kind == NARROWING_NONE) {
        step.to = casts[--count];
        if (!step.to.type)
            return;
        narrowing = of_step(step);
        if (step.from.type && step.from.type->kind == TYPE_ENUM)
            step.labels = step.from.type;
        step.from = step.to;
        step.column = arena_format(study->arena, "%s::%s", step.column,
                                   type_to_text(study->arena, step.to));
    }
    step.to = type;
    step.is_explicit = false;
    if (narrowing.kind == NARROWING_NONE)
        narrowing = of_step(step);
    if (narrowing.kind == NARROWING_NONE)
        return;
    *array_push(study->arena, &study->effects.narrowed) = (struct narrowed){
        column,
        type_to_text(study->arena, type),
        narrowing,
    };
}
