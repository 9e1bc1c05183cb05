/*
 * Polymorphic parameters: whether arguments fit them together, and what they
 * and the result are in one call. The two families of parse_coerce.c:
 * anyelement and its like must be the same type, anycompatible and its like
 * become a common one.
 */
#include "query/coerce.h"

#include <string.h>

/* FUNC_MAX_ARGS; calls with more match no function. */
#define ARGUMENT_COUNT_MAX 100

/* What the arguments say of each family; null: nothing yet. */
struct binding_of_types {
    struct type *element;
    struct type *array;
    struct type *range;
    struct type *multirange;

    struct type *compatible[ARGUMENT_COUNT_MAX];
    size_t compatible_count;
    struct type *common;
    struct type *common_range;
    struct type *common_subtype; /* of that range */
    struct type *common_multirange;

    bool has_simple;     /* a parameter of the first family */
    bool has_compatible; /* of the second */
    bool has_nonarray;
    bool has_enum;
    bool has_compatible_nonarray;
};

/* False if it was another type before. */
static bool agree(struct type **known, struct type *type)
{
    if (*known && *known != type)
        return false;
    *known = type;
    return true;
}

static void add_compatible(struct binding_of_types *binding, struct type *type)
{
    if (binding->compatible_count < ARGUMENT_COUNT_MAX)
        binding->compatible[binding->compatible_count++] = type;
}

/* The subtype of a range, the range of a multirange; null if it is none. */
static struct type *inner_of(const struct type *type, enum type_kind kind)
{
    return type && type->kind == kind ? type->element : NULL;
}

static bool take_compatible_range(struct binding_of_types *binding,
                                  struct type *base)
{
    if (binding->common_range)
        return binding->common_range == base;
    binding->common_range = base;
    binding->common_subtype = inner_of(base, TYPE_RANGE);
    if (!binding->common_subtype)
        return false;
    add_compatible(binding, binding->common_subtype);
    return true;
}

/* One argument; an unknown literal says nothing. */
static bool take(struct schema *schema, struct binding_of_types *binding,
                 struct type *actual, const struct type *declared)
{
    bool is_unknown = type_oid(actual) == OID_UNKNOWN;
    struct type *base = coerce_base_type(actual, NULL);
    struct type *element;

    switch (type_oid(declared)) {
    case OID_ANYNONARRAY: binding->has_nonarray = true; break;
    case OID_ANYENUM: binding->has_enum = true; break;
    case OID_ANYCOMPATIBLENONARRAY:
        binding->has_compatible_nonarray = true;
        break;
    default: break;
    }
    switch (type_oid(declared)) {
    case OID_ANYELEMENT:
    case OID_ANYNONARRAY:
    case OID_ANYENUM:
        binding->has_simple = true;
        return is_unknown || agree(&binding->element, actual);
    case OID_ANYARRAY:
        binding->has_simple = true;
        return is_unknown || agree(&binding->array, base);
    case OID_ANYRANGE:
        binding->has_simple = true;
        return is_unknown || agree(&binding->range, base);
    case OID_ANYMULTIRANGE:
        binding->has_simple = true;
        return is_unknown || agree(&binding->multirange, base);
    case OID_ANYCOMPATIBLE:
    case OID_ANYCOMPATIBLENONARRAY:
        binding->has_compatible = true;
        if (!is_unknown)
            add_compatible(binding, actual);
        return true;
    case OID_ANYCOMPATIBLEARRAY:
        binding->has_compatible = true;
        if (is_unknown)
            return true;
        element = coerce_element(schema, base);
        if (element)
            add_compatible(binding, element);
        return element != NULL;
    case OID_ANYCOMPATIBLERANGE:
        binding->has_compatible = true;
        return is_unknown || take_compatible_range(binding, base);
    case OID_ANYCOMPATIBLEMULTIRANGE:
        binding->has_compatible = true;
        return is_unknown || (inner_of(base, TYPE_MULTIRANGE) &&
                              agree(&binding->common_multirange, base));
    default: return true;
    }
}

/* The element type of arrays and ranges, the range of multiranges. */
static bool settle_simple(struct schema *schema,
                          struct binding_of_types *binding)
{
    struct type *inner;

    if (binding->array && type_oid(binding->array) != OID_ANYARRAY) {
        inner = coerce_element(schema, binding->array);
        if (!inner || !agree(&binding->element, inner))
            return false;
    }
    if (binding->multirange) {
        inner = inner_of(binding->multirange, TYPE_MULTIRANGE);
        if (!inner || !agree(&binding->range, inner))
            return false;
    }
    if (binding->range) {
        inner = inner_of(binding->range, TYPE_RANGE);
        if (!inner || !agree(&binding->element, inner))
            return false;
    }
    if (binding->has_nonarray && binding->element &&
        coerce_is_array(binding->element))
        return false;
    return !binding->has_enum ||
           (binding->element && binding->element->kind == TYPE_ENUM);
}

static bool settle_compatible(struct schema *schema,
                              struct binding_of_types *binding)
{
    if (binding->common_multirange &&
        !take_compatible_range(
            binding, inner_of(binding->common_multirange, TYPE_MULTIRANGE)))
        return false;
    if (binding->compatible_count == 0)
        return true;
    binding->common = coerce_common_type(schema, binding->compatible,
                                         binding->compatible_count, NULL);
    if (!binding->common ||
        !coerce_verify_common(schema, binding->common, binding->compatible,
                              binding->compatible_count))
        return false;
    if (binding->has_compatible_nonarray && coerce_is_array(binding->common))
        return false;
    return !binding->common_subtype ||
           binding->common_subtype == binding->common;
}

static bool bind(struct schema *schema, struct binding_of_types *binding,
                 struct type *const *actual, struct type *const *declared,
                 size_t count)
{
    memset(binding, 0, sizeof *binding);
    for (size_t i = 0; i < count; i++) {
        if (!take(schema, binding, actual[i], declared[i]))
            return false;
    }
    return settle_simple(schema, binding) && settle_compatible(schema, binding);
}

bool coerce_is_consistent(struct schema *schema, struct type *const *actual,
                          struct type *const *declared, size_t count)
{
    struct binding_of_types binding;

    return bind(schema, &binding, actual, declared, count);
}

/* What a polymorphic type is in this call; null if nothing says so. */
static struct type *resolve(struct schema *schema,
                            const struct binding_of_types *binding,
                            struct type *declared)
{
    switch (type_oid(declared)) {
    case OID_ANYELEMENT:
    case OID_ANYNONARRAY:
    case OID_ANYENUM: return binding->element;
    case OID_ANYARRAY:
        return binding->array ? binding->array
                              : type_array_of(schema, binding->element);
    case OID_ANYRANGE: return binding->range;
    case OID_ANYMULTIRANGE:
        return binding->multirange ? binding->multirange
               : binding->range    ? type_multirange_of(schema, binding->range)
                                   : NULL;
    case OID_ANYCOMPATIBLE:
    case OID_ANYCOMPATIBLENONARRAY: return binding->common;
    case OID_ANYCOMPATIBLEARRAY: return type_array_of(schema, binding->common);
    case OID_ANYCOMPATIBLERANGE: return binding->common_range;
    case OID_ANYCOMPATIBLEMULTIRANGE:
        return binding->common_multirange ? binding->common_multirange
               : binding->common_range
                   ? type_multirange_of(schema, binding->common_range)
                   : NULL;
    default: return declared;
    }
}

/* Why there is no type in this call. */
static void fail_to_resolve(struct schema *schema,
                            const struct binding_of_types *binding,
                            const struct type *declared,
                            struct type_failure *failure)
{
    const struct type *element = NULL;

    switch (type_oid(declared)) {
    case OID_ANYARRAY: element = binding->element; break;
    case OID_ANYCOMPATIBLEARRAY: element = binding->common; break;
    case OID_ANYRANGE:
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLERANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE:
        type_fail(schema, failure, "42804",
                  "could not determine polymorphic type %s because input has "
                  "type unknown",
                  declared->name);
        return;
    default: return;
    }
    if (element)
        type_fail(schema, failure, "42704",
                  "could not find array type for data type %s",
                  type_to_visible_text(schema, &schema->scratch, element));
}

static struct type *resolve_or_fail(struct schema *schema,
                                    const struct binding_of_types *binding,
                                    struct type *declared,
                                    struct type_failure *failure)
{
    struct type *resolved = resolve(schema, binding, declared);

    if (!resolved && failure)
        fail_to_resolve(schema, binding, declared, failure);
    return resolved;
}

static bool is_any_polymorphic(struct type *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (coerce_is_polymorphic(types[i]))
            return true;
    }
    return false;
}

struct type *coerce_resolve(struct schema *schema, struct type *const *actual,
                            struct type **declared, size_t count,
                            struct type *result, struct type_failure *failure)
{
    struct binding_of_types binding;

    if (!is_any_polymorphic(declared, count))
        return result;
    if (!bind(schema, &binding, actual, declared, count))
        return NULL;
    if (!binding.has_simple && !binding.has_compatible)
        return result;
    if (binding.has_compatible && !binding.common)
        binding.common = type_of_oid(schema, OID_TEXT);
    if (binding.has_simple && !binding.element &&
        !(binding.array && type_oid(binding.array) == OID_ANYARRAY)) {
        if (failure)
            type_fail(schema, failure, "42804",
                      "could not determine polymorphic type because input has "
                      "type unknown");
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        struct type *resolved =
            resolve_or_fail(schema, &binding, declared[i], failure);

        if (!resolved)
            return NULL;
        declared[i] = resolved;
    }
    return resolve_or_fail(schema, &binding, result, failure);
}
