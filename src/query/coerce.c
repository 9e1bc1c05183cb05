/*
 * Coercions between types, one pair at a time: what pg_cast and the rules of
 * parse_coerce.c around it say. Polymorphic parameters are polymorphic.c's.
 */
#include "query/coerce.h"

#include <string.h>

/* Domains over domains, arrays of arrays: hostile depths end somewhere. */
#define DEPTH_MAX 100

struct type *coerce_base_type(struct type *type, int32_t *modifier)
{
    for (int depth = 0; type && type->kind == TYPE_DOMAIN && type->base.type;
         depth++) {
        if (depth == DEPTH_MAX)
            break;
        if (modifier && *modifier < 0)
            *modifier = type->base.modifier;
        type = type->base.type;
    }
    return type;
}

static const struct type *base_of(const struct type *type)
{
    return coerce_base_type((struct type *)(uintptr_t)type, NULL);
}

char coerce_category(const struct type *type)
{
    if (type->builtin)
        return type->builtin->category;
    switch (type->kind) {
    case TYPE_ENUM: return 'E';
    case TYPE_COMPOSITE:
    case TYPE_ROW: return 'C';
    case TYPE_RANGE:
    case TYPE_MULTIRANGE: return 'R';
    case TYPE_ARRAY: return 'A';
    case TYPE_PSEUDO: return 'P';
    case TYPE_DOMAIN:
        return base_of(type)->kind == TYPE_DOMAIN
                   ? 'U'
                   : coerce_category(base_of(type));
    case TYPE_BASE: return 'U';
    }
    return 'U';
}

bool coerce_is_preferred(const struct type *type)
{
    return type->builtin && type->builtin->is_preferred;
}

struct type *coerce_element(struct schema *schema, const struct type *type)
{
    if (type->kind == TYPE_ARRAY)
        return type->element;
    /* oidvector and int2vector */
    if (type->builtin && type->builtin->is_array)
        return type_of_oid(schema, type->builtin->element);
    return NULL;
}

bool coerce_is_complex(const struct type *type)
{
    const struct type *base = base_of(type);

    return base->kind == TYPE_COMPOSITE || base->kind == TYPE_ROW;
}

bool coerce_is_array(const struct type *type)
{
    const struct type *base = base_of(type);

    return base->kind == TYPE_ARRAY ||
           (base->builtin && base->builtin->is_array);
}

bool coerce_is_polymorphic(const struct type *type)
{
    switch (type_oid(type)) {
    case OID_ANYELEMENT:
    case OID_ANYARRAY:
    case OID_ANYNONARRAY:
    case OID_ANYENUM:
    case OID_ANYRANGE:
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLE:
    case OID_ANYCOMPATIBLEARRAY:
    case OID_ANYCOMPATIBLENONARRAY:
    case OID_ANYCOMPATIBLERANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE: return true;
    default: return false;
    }
}

enum volatility coerce_volatility(char letter)
{
    return letter == 'i'   ? VOLATILITY_IMMUTABLE
           : letter == 's' ? VOLATILITY_STABLE
                           : VOLATILITY_VOLATILE;
}

/* An enum's and a domain's own functions are stable, as those of composite
 * types, arrays and ranges. */
static enum volatility volatility_of_text(const struct type *source,
                                          const struct type *target)
{
    enum volatility output =
        source->builtin ? coerce_volatility(source->builtin->output_volatility)
                        : VOLATILITY_STABLE;
    enum volatility input =
        target->builtin ? coerce_volatility(target->builtin->input_volatility)
                        : VOLATILITY_STABLE;

    return output > input ? output : input;
}

static bool is_allowed(const struct builtin_cast *cast, CoercionContext context)
{
    switch (cast->context) {
    case 'i': return true;
    case 'a': return context >= COERCION_ASSIGNMENT;
    default: return context >= COERCION_EXPLICIT;
    }
}

static const struct builtin_cast *find_cast(const struct schema *schema,
                                            const struct type *source,
                                            const struct type *target)
{
    if (!source->builtin || !target->builtin)
        return NULL;
    return builtin_find_cast(builtin_version(schema->postgres_version),
                             source->builtin->oid, target->builtin->oid);
}

static struct coercion coercion_of_cast(const struct builtin_cast *cast,
                                        const struct type *source,
                                        const struct type *target)
{
    struct coercion coercion = {COERCION_PATH_RELABEL, cast,
                                coerce_volatility(cast->volatility)};

    if (cast->method == 'f')
        coercion.path = COERCION_PATH_FUNCTION;
    if (cast->method == 'i') {
        coercion.path = COERCION_PATH_IN_OUT;
        coercion.volatility = volatility_of_text(source, target);
    }
    return coercion;
}

/* Array to array goes by elements, except to the two vectors. */
static struct coercion find_of_elements(struct schema *schema,
                                        const struct type *source,
                                        const struct type *target,
                                        CoercionContext context)
{
    struct coercion none = {COERCION_PATH_NONE, NULL, VOLATILITY_IMMUTABLE};
    struct type *source_element = coerce_element(schema, source);
    struct type *target_element = coerce_element(schema, target);
    uint16_t oid = type_oid(target);

    if (!source_element || !target_element || oid == OID_OIDVECTOR ||
        oid == OID_INT2VECTOR)
        return none;
    /* No array has arrays for elements. */
    none = coerce_find(schema, source_element, target_element, context);
    if (none.path != COERCION_PATH_NONE)
        none.path = COERCION_PATH_ARRAY;
    return none;
}

struct coercion coerce_find(struct schema *schema, struct type *source,
                            struct type *target, CoercionContext context)
{
    struct coercion result = {COERCION_PATH_NONE, NULL, VOLATILITY_IMMUTABLE};
    const struct builtin_cast *cast;

    source = coerce_base_type(source, NULL);
    target = coerce_base_type(target, NULL);
    if (source == target) {
        result.path = COERCION_PATH_RELABEL;
        return result;
    }
    cast = find_cast(schema, source, target);
    if (cast)
        return is_allowed(cast, context)
                   ? coercion_of_cast(cast, source, target)
                   : result;
    result = find_of_elements(schema, source, target, context);
    if (result.path != COERCION_PATH_NONE)
        return result;
    if ((context >= COERCION_ASSIGNMENT && coerce_category(target) == 'S') ||
        (context >= COERCION_EXPLICIT && coerce_category(source) == 'S')) {
        result.path = COERCION_PATH_IN_OUT;
        result.volatility = volatility_of_text(source, target);
    }
    return result;
}

static const struct table *table_of(const struct type *type)
{
    return base_of(type)->table;
}

/* typeInheritsFrom(), typeIsOfTypedTable(). */
static bool is_row_of_descendant(struct schema *schema,
                                 const struct type *source,
                                 const struct type *target)
{
    const struct table *from = table_of(source), *to = table_of(target);
    struct table_array inheritors;

    if (!from || !to)
        return false;
    if (from->of_type && from->of_type == to->row_type)
        return true;
    if (to->children.count == 0)
        return false;
    inheritors = model_inheritors(schema, (struct table *)(uintptr_t)to, true);
    for (size_t i = 0; i < inheritors.count; i++) {
        if (inheritors.items[i] == from)
            return true;
    }
    return false;
}

static bool is_complex_array(struct schema *schema, const struct type *type)
{
    const struct type *element = coerce_element(schema, type);

    return element && coerce_is_complex(element);
}

static bool is_possible(struct schema *schema, struct type *source,
                        struct type *target, CoercionContext context)
{
    if (source == target || type_oid(target) == OID_ANY ||
        type_oid(source) == OID_UNKNOWN)
        return true;
    if (coerce_find(schema, source, target, context).path != COERCION_PATH_NONE)
        return true;
    if (type_oid(source) == OID_RECORD && coerce_is_complex(target))
        return true;
    if (type_oid(target) == OID_RECORD && coerce_is_complex(source))
        return true;
    if (type_oid(target) == OID_RECORD_ARRAY &&
        is_complex_array(schema, source))
        return true;
    return is_row_of_descendant(schema, source, target);
}

bool coerce_is_possible(struct schema *schema, struct type *const *sources,
                        struct type *const *targets, size_t count,
                        CoercionContext context)
{
    bool has_polymorphic = false;

    for (size_t i = 0; i < count; i++) {
        if (sources[i] == targets[i])
            continue;
        if (coerce_is_polymorphic(targets[i]))
            has_polymorphic = true;
        else if (!is_possible(schema, sources[i], targets[i], context))
            return false;
    }
    return !has_polymorphic ||
           coerce_is_consistent(schema, sources, targets, count);
}

/* The pseudo-types that take values as they are. */
static bool is_accepted(struct schema *schema, const struct type *source,
                        const struct type *target)
{
    switch (type_oid(target)) {
    case OID_ANYARRAY:
    case OID_ANYCOMPATIBLEARRAY: return coerce_is_array(source);
    case OID_ANYNONARRAY:
    case OID_ANYCOMPATIBLENONARRAY: return !coerce_is_array(source);
    case OID_ANYENUM: return source->kind == TYPE_ENUM;
    case OID_ANYRANGE:
    case OID_ANYCOMPATIBLERANGE: return source->kind == TYPE_RANGE;
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE: return source->kind == TYPE_MULTIRANGE;
    case OID_RECORD: return coerce_is_complex(source);
    case OID_RECORD_ARRAY: return is_complex_array(schema, source);
    default: return false;
    }
}

bool coerce_is_binary(struct schema *schema, struct type *source,
                      struct type *target)
{
    const struct builtin_cast *cast;

    if (source == target || type_oid(target) == OID_ANY ||
        type_oid(target) == OID_ANYELEMENT ||
        type_oid(target) == OID_ANYCOMPATIBLE)
        return true;
    source = coerce_base_type(source, NULL);
    if (source == target || is_accepted(schema, source, target))
        return true;
    cast = find_cast(schema, source, target);
    return cast && cast->method == 'b' && cast->context == 'i';
}

/* Whether the new type is better than what was common so far. */
static bool is_better(struct schema *schema, struct type *common,
                      struct type *type)
{
    return !coerce_is_preferred(common) &&
           coerce_is_possible(schema, &common, &type, 1, COERCION_IMPLICIT) &&
           !coerce_is_possible(schema, &type, &common, 1, COERCION_IMPLICIT);
}

struct type *coerce_common_type(struct schema *schema,
                                struct type *const *types, size_t count,
                                struct type *mismatch[2])
{
    struct type *common = types[0];
    size_t same = 1;

    while (same < count && types[same] == common)
        same++;
    if (same == count && type_oid(common) != OID_UNKNOWN)
        return common;
    common = coerce_base_type(common, NULL);
    for (size_t i = 1; i < count; i++) {
        struct type *type = coerce_base_type(types[i], NULL);

        if (type_oid(type) == OID_UNKNOWN || type == common)
            continue;
        if (type_oid(common) == OID_UNKNOWN)
            common = type;
        else if (coerce_category(type) != coerce_category(common)) {
            if (mismatch) {
                mismatch[0] = common;
                mismatch[1] = type;
            }
            return NULL;
        } else if (is_better(schema, common, type))
            common = type;
    }
    if (type_oid(common) == OID_UNKNOWN)
        return type_of_oid(schema, OID_TEXT);
    return common;
}

bool coerce_verify_common(struct schema *schema, struct type *common,
                          struct type *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!coerce_is_possible(schema, &types[i], &common, 1,
                                COERCION_IMPLICIT))
            return false;
    }
    return true;
}
