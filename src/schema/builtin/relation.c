/*
 * Lookups of the relations of pg_catalog, information_schema and extensions,
 * of collations, and of extensions themselves.
 */
#include "schema/builtin/builtin.h"

#include "schema/builtin/search.h"

static const struct builtin_relation relations[] = {
#include "schema/builtin/relations.inc"
};

static const struct builtin_column columns[] = {
#include "schema/builtin/columns.inc"
};

static const struct builtin_collation collations[] = {
#include "schema/builtin/collations.inc"
};

static const struct builtin_extension extensions[] = {
#include "schema/builtin/extensions.inc"
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct builtin_relation *builtin_find_relation(uint8_t version,
                                                     uint8_t unit,
                                                     const char *name)
{
    struct row_range range = builtin_rows_named(relations, COUNT(relations),
                                                sizeof *relations, name);

    for (size_t i = 0; i < range.count; i++) {
        const struct builtin_relation *relation = &relations[range.first + i];

        if (relation->unit == unit && (relation->versions & version))
            return relation;
    }
    return NULL;
}

const struct builtin_relation *builtin_find_extension_relation(uint8_t version,
                                                               const char *name)
{
    struct row_range range = builtin_rows_named(relations, COUNT(relations),
                                                sizeof *relations, name);

    for (size_t i = 0; i < range.count; i++) {
        const struct builtin_relation *relation = &relations[range.first + i];

        if (relation->unit >= BUILTIN_EXTENSION_FIRST &&
            (relation->versions & version))
            return relation;
    }
    return NULL;
}

const struct builtin_relation *builtin_next_relation(
    uint8_t version, uint8_t unit, const struct builtin_relation *after)
{
    size_t i = after ? (size_t)(after - relations) + 1 : 0;

    for (; i < COUNT(relations); i++) {
        if (relations[i].unit == unit && (relations[i].versions & version))
            return &relations[i];
    }
    return NULL;
}

const struct builtin_column *builtin_columns(
    const struct builtin_relation *relation)
{
    return columns + relation->columns;
}

const struct builtin_collation *builtin_find_collation(uint8_t version,
                                                       const char *name)
{
    struct row_range range = builtin_rows_named(collations, COUNT(collations),
                                                sizeof *collations, name);

    return row_of_version(collations, sizeof *collations, range, version);
}

const struct builtin_extension *builtin_find_extension(const char *name)
{
    struct row_range range = builtin_rows_named(extensions, COUNT(extensions),
                                                sizeof *extensions, name);

    return range.count ? &extensions[range.first] : NULL;
}

const struct builtin_extension *builtin_extension_of_unit(uint8_t unit)
{
    for (size_t i = 0; i < COUNT(extensions); i++) {
        if (extensions[i].unit == unit)
            return &extensions[i];
    }
    return NULL;
}
