/*
 * Lookups of built-in types and functions. The tables are written by
 * src/tools/truth/builtin.py and sorted as it says: by name, then unit, then object
 * id. Nothing here depends on a schema; what a name means in one is decided
 * above, by type.c and src/query.
 */
#include "schema/builtin/builtin.h"

#include "schema/builtin/search.h"

static const char texts[] =
#include "schema/builtin/texts.inc"
    ;

static const struct builtin_type types[] = {
#include "schema/builtin/types.inc"
};

static const uint16_t types_by_oid[] = {
#include "schema/builtin/types_by_oid.inc"
};

static const struct builtin_function functions[] = {
#include "schema/builtin/functions.inc"
};

static const uint16_t functions_by_oid[] = {
#include "schema/builtin/functions_by_oid.inc"
};

static const uint16_t arguments[] = {
#include "schema/builtin/arguments.inc"
};

static const struct builtin_argument details[] = {
#include "schema/builtin/details.inc"
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *builtin_text(uint32_t name)
{
    return texts + name;
}

struct row_range builtin_rows_named(const void *rows, size_t count, size_t size,
                                    const char *name)
{
    struct row_range range;
    size_t from = 0, to = count;
    uint32_t id;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (strcmp(row_name((const char *)rows + middle * size), name) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    range.first = from;
    range.count = 0;
    if (to == count || strcmp(row_name((const char *)rows + to * size), name))
        return range;
    /* Every text is there once: equal names are one. */
    id = row_name_id((const char *)rows + to * size);
    while (to < count && row_name_id((const char *)rows + to * size) == id)
        to++;
    range.count = to - range.first;
    return range;
}

/* The first place in the order of object ids whose row has this one or a
 * greater one. */
static size_t lower_bound(const uint16_t *order, size_t count, uint16_t oid,
                          uint16_t (*oid_at)(size_t row))
{
    size_t from = 0, to = count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (oid_at(order[middle]) < oid)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static uint16_t type_oid_at(size_t row)
{
    return types[row].oid;
}

static uint16_t function_oid_at(size_t row)
{
    return functions[row].oid;
}

const struct builtin_type *builtin_type_of_oid(uint8_t version, uint16_t oid)
{
    size_t i = lower_bound(types_by_oid, COUNT(types_by_oid), oid, type_oid_at);

    for (; i < COUNT(types_by_oid); i++) {
        const struct builtin_type *type = &types[types_by_oid[i]];

        if (type->oid != oid)
            break;
        if (type->versions & version)
            return type;
    }
    return NULL;
}

struct builtin_types builtin_types_named(const char *name)
{
    struct row_range range =
        builtin_rows_named(types, COUNT(types), sizeof *types, name);

    return (struct builtin_types){types + range.first, range.count};
}

const struct builtin_type *builtin_find_type(uint8_t version, uint8_t unit,
                                             const char *name)
{
    struct builtin_types named = builtin_types_named(name);

    for (size_t i = 0; i < named.count; i++) {
        if (named.rows[i].unit == unit && (named.rows[i].versions & version))
            return &named.rows[i];
    }
    return NULL;
}

const struct builtin_function *builtin_function_of_oid(uint8_t version,
                                                       uint16_t oid)
{
    size_t i = lower_bound(functions_by_oid, COUNT(functions_by_oid), oid,
                           function_oid_at);

    for (; i < COUNT(functions_by_oid); i++) {
        const struct builtin_function *function =
            &functions[functions_by_oid[i]];

        if (function->oid != oid)
            break;
        if (function->versions & version)
            return function;
    }
    return NULL;
}

struct builtin_functions builtin_functions_named(const char *name)
{
    struct row_range range = builtin_rows_named(functions, COUNT(functions),
                                                sizeof *functions, name);

    return (struct builtin_functions){functions + range.first, range.count};
}

const uint16_t *builtin_arguments(const struct builtin_function *function)
{
    return arguments + function->arguments;
}

const struct builtin_argument *builtin_details(
    const struct builtin_function *function)
{
    return details + function->details;
}

const char *builtin_syntax_function(uint8_t version, const char *name)
{
    if (version == builtin_version(13) && strcmp(name, "extract") == 0)
        return "date_part";
    return name;
}

struct builtin_types builtin_all_types(void)
{
    return (struct builtin_types){types, COUNT(types)};
}

struct builtin_functions builtin_all_functions(void)
{
    return (struct builtin_functions){functions, COUNT(functions)};
}
