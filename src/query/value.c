/*
 * How values become others: what a literal's type is decided by, when a
 * coercion is refused, and what follows from it (volatility). The types' own rules are in coerce.h; what is said here is what
 * coerce_to_target_type(), coerce_to_boolean() and select_common_typmod() of
 * parse_coerce.c say.
 */
#include "query/analysis.h"

#include <string.h>

bool value_is_literal(const struct value *value)
{
    return type_oid(value->type.type) == UNKNOWNOID;
}

static void become(struct value *value, struct data_type target)
{
    if (value->type.type != target.type ||
        value->type.modifier != target.modifier) {
        value->column = NULL;
        value->origin = NULL;
    }
    if (value->type.type != target.type)
        value->row = NULL;
    value->type = target;
    value->node = NULL;
}

void value_note_cast(struct analysis *analysis, const Node *node,
                     struct type *type)
{
    if (analysis->place->casts && node)
        *array_push(analysis->arena, analysis->place->casts) =
            (struct query_cast){node, type};
}

/* A cast that nobody wrote. */
static void note_cast(struct analysis *analysis, const struct value *value,
                      struct type *target, CoercionContext context)
{
    if (context != COERCION_EXPLICIT && target->kind != TYPE_PSEUDO)
        value_note_cast(analysis, value->source, target);
}

/* ROW(...) has a value for each column of the type that it becomes
 * (coerce_record_to_complex). */
static bool row_fits(struct analysis *analysis, const struct value *value,
                     const struct table *table, CoercionContext context)
{
    size_t at = 0;

    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = table->columns.items[i];
        struct type *from;

        if (column->object.is_dropped)
            continue;
        if (at == value->row->count)
            return false;
        from = value->row->items[at++].value.type.type;
        if (from && column->data_type.type && type_oid(from) != UNKNOWNOID &&
            !coerce_is_possible(analysis->schema, &from,
                                (struct type *const *)&column->data_type.type,
                                1, context))
            return false;
    }
    return at == value->row->count;
}

static void check_row(struct analysis *analysis, const struct value *value,
                      struct type *target, CoercionContext context)
{
    const struct type *type = coerce_base_type(target, NULL);

    if (type_oid(value->type.type) != RECORDOID || !value->row ||
        !value->row->is_complete || !type || !type->table ||
        !type->table->is_complete ||
        row_fits(analysis, value, type->table, context))
        return;
    analysis_fail(analysis, -1, "42846", "cannot cast type record to %s",
                  analysis_type_name(analysis, target));
}

/* No built-in cast is more than STABLE. */
static void note_unknown_cast(struct analysis *analysis)
{
    const struct schema *schema = analysis->schema;
    bool has_others = schema->has_unknown_objects || schema->is_opaque ||
                      (schema->other_kinds >> OTHER_CAST & 1);

    analysis->out->is_volatility_known = false;
    analysis_fear_volatility(analysis, has_others ? VOLATILITY_VOLATILE
                                                  : VOLATILITY_STABLE);
}

bool value_coerce(struct analysis *analysis, struct value *value,
                  struct data_type target, CoercionContext context)
{
    struct coercion coercion;

    if (!target.type || !value->type.type) {
        if (value->type.type != target.type)
            note_unknown_cast(analysis);
        become(value, target);
        return true;
    }
    if (value_is_literal(value)) {
        literal_become(analysis, value, target.type);
        note_cast(analysis, value, target.type, context);
    } else if (value->type.type != target.type) {
        if (!coerce_is_possible(analysis->schema, &value->type.type,
                                &target.type, 1, context))
            return false;
        check_row(analysis, value, target.type, context);
        coercion = coerce_find(analysis->schema, value->type.type, target.type,
                               context);
        analysis_note_call(analysis, &(struct query_call){
                                         .location = tree_location(value->node),
                                         .from = value->type.type,
                                         .to = target.type,
                                         .volatility = coercion.volatility});
        note_cast(analysis, value, target.type, context);
    }
    become(value, target);
    return true;
}

static void refuse_set(struct analysis *analysis, const struct value *value,
                       const char *construct, const Node *node)
{
    if (value->returns_set)
        analysis_fail(analysis, tree_location(node), "42804",
                      "argument of %s must not return a set", construct);
}

void value_to_specific(struct analysis *analysis, struct value *value,
                       uint16_t oid, const char *construct, const Node *node)
{
    struct data_type target = type_builtin(analysis, oid);
    const struct type *source = value->type.type;

    if (!value_coerce(analysis, value, target, COERCION_ASSIGNMENT))
        analysis_fail(analysis, tree_location(node), "42804",
                      "argument of %s must be type %s, not type %s", construct,
                      analysis_type_name(analysis, target.type),
                      analysis_type_name(analysis, source));
    refuse_set(analysis, value, construct, node);
}

void value_to_boolean(struct analysis *analysis, struct value *value,
                      const char *construct, const Node *node)
{
    value_to_specific(analysis, value, BOOLOID, construct, node);
}

void value_assign(struct analysis *analysis, struct value *value,
                  struct data_type target, const char *column, const Node *node)
{
    const struct type *source = value->type.type;

    if (value_coerce(analysis, value, target, COERCION_ASSIGNMENT))
        return;
    analysis_fail(analysis, tree_location(node), "42804",
                  "column \"%s\" is of type %s but expression is of type %s",
                  column, analysis_type_name(analysis, target.type),
                  analysis_type_name(analysis, source));
}

/* select_common_typmod(). */
static int32_t common_modifier(const struct value *values, size_t count,
                               const struct type *common)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].type.type != common ||
            values[i].type.modifier != values[0].type.modifier)
            return -1;
    }
    return values[0].type.modifier;
}

/* Merging columns of a join, the server does not ask whether it can. */
static void fail_common(struct analysis *analysis, const char *place,
                        const struct type *from, const struct type *to)
{
    if (strcmp(place, "JOIN/USING") == 0)
        analysis_fail(analysis, -1, "XX000",
                      "failed to find conversion function from %s to %s",
                      analysis_type_name(analysis, from),
                      analysis_type_name(analysis, to));
    else
        analysis_fail(analysis, -1, "42846",
                      "%s could not convert type %s to %s", place,
                      analysis_type_name(analysis, from),
                      analysis_type_name(analysis, to));
}

struct data_type value_common(struct analysis *analysis, struct value *values,
                              size_t count, const char *context)
{
    struct data_type common = {NULL, -1};
    struct type *mismatch[2] = {NULL, NULL};
    struct type **types = arena_alloc(analysis->arena, count * sizeof *types);

    for (size_t i = 0; i < count; i++) {
        types[i] = values[i].type.type;
        if (!types[i]) {
            note_unknown_cast(analysis);
            return common;
        }
    }
    common.type = coerce_common_type(analysis->schema, types, count, mismatch);
    if (!common.type) {
        if (context && mismatch[0] && mismatch[1])
            analysis_fail(analysis, tree_location(values[0].node), "42804",
                          "%s types %s and %s cannot be matched", context,
                          analysis_type_name(analysis, mismatch[0]),
                          analysis_type_name(analysis, mismatch[1]));
        return common;
    }
    common.modifier = common_modifier(values, count, common.type);
    for (size_t i = 0; i < count; i++) {
        struct value value = values[i];
        const char *place = context;

        if (context && strcmp(context, "CASE") == 0)
            place = i == 0 ? "CASE/ELSE" : "CASE/WHEN";
        if (value_coerce(analysis, &value,
                         (struct data_type){common.type, value.type.modifier},
                         COERCION_IMPLICIT) ||
            !context)
            continue;
        fail_common(analysis, place, types[i], common.type);
        return (struct data_type){NULL, -1};
    }
    return common;
}

/* The type below domains and arrays: which decides whether it compares. */
static uint16_t compared_oid(struct analysis *analysis, struct type *type)
{
    type = coerce_base_type(type, NULL);
    for (int i = 0; i < 8; i++) {
        struct type *element = coerce_element(analysis->schema, type);

        if (!element)
            break;
        type = coerce_base_type(element, NULL);
    }
    return type_oid(type);
}

/* Built-in types with no default operator class of btree. */
static bool has_no_order(uint16_t oid)
{
    switch (oid) {
    case JSONOID:
    case XMLOID:
    case POINTOID:
    case LSEGOID:
    case PATHOID:
    case BOXOID:
    case POLYGONOID:
    case LINEOID:
    case CIRCLEOID:
    case XIDOID:
    case CIDOID:
    case ACLITEMOID:
    case REFCURSOROID:
    case GTSVECTOROID:
    case JSONPATHOID:
    case TXID_SNAPSHOTOID:
    case PG_SNAPSHOTOID: return true;
    default: return false;
    }
}

void value_check_ordering(struct analysis *analysis, const struct value *value,
                          ParseLoc location)
{
    if (!value->type.type ||
        !has_no_order(compared_oid(analysis, value->type.type)))
        return;
    analysis_fail(analysis, location, "42883",
                  "could not identify an ordering operator for type %s",
                  analysis_type_name(analysis, value->type.type));
}

void value_check_equality(struct analysis *analysis, const struct value *value,
                          ParseLoc location)
{
    uint16_t oid;

    if (!value->type.type)
        return;
    oid = compared_oid(analysis, value->type.type);
    /* These have one of hash. */
    if (!has_no_order(oid) || oid == XIDOID || oid == CIDOID ||
        oid == ACLITEMOID)
        return;
    analysis_fail(analysis, location, "42883",
                  "could not identify an equality operator for type %s",
                  analysis_type_name(analysis, value->type.type));
}
