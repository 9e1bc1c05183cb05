/*
 * Lookups of built-in operators, casts and what indexes search with: access
 * methods, operator families and classes.
 */
#include "schema/builtin/builtin.h"

#include "schema/builtin/search.h"

static const struct builtin_operator operators[] = {
#include "schema/builtin/operators.inc"
};

static const uint16_t operators_by_oid[] = {
#include "schema/builtin/operators_by_oid.inc"
};

static const struct builtin_cast casts[] = {
#include "schema/builtin/casts.inc"
};

static const struct builtin_access_method methods[] = {
#include "schema/builtin/access_methods.inc"
};

static const struct builtin_operator_family families[] = {
#include "schema/builtin/operator_families.inc"
};

static const struct builtin_operator_class classes[] = {
#include "schema/builtin/operator_classes.inc"
};

static const struct builtin_family_operator family_operators[] = {
#include "schema/builtin/family_operators.inc"
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct builtin_operator *builtin_operator_of_oid(uint8_t version,
                                                       uint16_t oid)
{
    size_t from = 0, to = COUNT(operators_by_oid);

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (operators[operators_by_oid[middle]].oid < oid)
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < COUNT(operators_by_oid); from++) {
        const struct builtin_operator *found =
            &operators[operators_by_oid[from]];

        if (found->oid != oid)
            break;
        if (found->versions & version)
            return found;
    }
    return NULL;
}

struct builtin_operators builtin_operators_named(const char *name)
{
    struct row_range range = builtin_rows_named(operators, COUNT(operators),
                                                sizeof *operators, name);

    return (struct builtin_operators){operators + range.first, range.count};
}

const struct builtin_cast *builtin_find_cast(uint8_t version, uint16_t source,
                                             uint16_t target)
{
    size_t from = 0, to = COUNT(casts);

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const struct builtin_cast *cast = &casts[middle];

        if (cast->source < source ||
            (cast->source == source && cast->target < target))
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < COUNT(casts) && casts[from].source == source &&
           casts[from].target == target;
         from++) {
        if (casts[from].versions & version)
            return &casts[from];
    }
    return NULL;
}

const struct builtin_access_method *builtin_find_access_method(uint8_t version,
                                                               const char *name)
{
    struct row_range range =
        builtin_rows_named(methods, COUNT(methods), sizeof *methods, name);

    return row_of_version(methods, sizeof *methods, range, version);
}

/* The table is sorted by method first. */
static size_t first_class_of(uint16_t method)
{
    size_t from = 0, to = COUNT(classes);

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (classes[middle].method < method)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct builtin_operator_class *builtin_next_operator_class(
    uint8_t version, uint16_t method, const char *name, uint16_t input,
    const struct builtin_operator_class *after)
{
    size_t i = after ? (size_t)(after - classes) + 1 : first_class_of(method);

    for (; i < COUNT(classes) && classes[i].method == method; i++) {
        const struct builtin_operator_class *class = &classes[i];

        if (!(class->versions & version) || (input && class->input != input))
            continue;
        if (name ? strcmp(row_name(class), name) == 0 : class->is_default)
            return class;
    }
    return NULL;
}

const struct builtin_operator_family *builtin_operator_family_of_id(uint16_t id)
{
    size_t from = 0, to = COUNT(families);

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (families[middle].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < COUNT(families) && families[from].id == id ? &families[from]
                                                             : NULL;
}

static int compare_members(const struct builtin_family_operator *member,
                           uint16_t family, uint16_t left, uint16_t right,
                           uint8_t strategy)
{
    if (member->family != family)
        return member->family < family ? -1 : 1;
    if (member->left != left)
        return member->left < left ? -1 : 1;
    if (member->right != right)
        return member->right < right ? -1 : 1;
    return member->strategy - strategy;
}

/* The first member that does not come before this one. */
static size_t first_member(uint16_t family, uint16_t left, uint16_t right,
                           uint8_t strategy)
{
    size_t from = 0, to = COUNT(family_operators);

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (compare_members(&family_operators[middle], family, left, right,
                            strategy) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct builtin_family_operator *builtin_find_family_operator(
    uint8_t version, uint16_t family, uint16_t left, uint16_t right,
    uint8_t strategy)
{
    size_t i = first_member(family, left, right, strategy);

    for (; i < COUNT(family_operators); i++) {
        const struct builtin_family_operator *member = &family_operators[i];

        if (compare_members(member, family, left, right, strategy) != 0)
            break;
        if (member->versions & version)
            return member;
    }
    return NULL;
}

uint32_t builtin_btree_strategies(uint8_t version, uint16_t operator_oid)
{
    const struct builtin_access_method *btree =
        builtin_find_access_method(version, "btree");
    uint32_t strategies = 0;

    for (size_t i = 0; i < COUNT(family_operators); i++) {
        const struct builtin_family_operator *member = &family_operators[i];

        if (member->operator_oid == operator_oid &&
            (member->versions & version) &&
            builtin_operator_family_of_id(member->family)->method == btree->id)
            strategies |= 1u << member->strategy;
    }
    return strategies;
}

bool builtin_family_has(uint8_t version, uint16_t family, uint16_t operator_oid)
{
    size_t i = first_member(family, 0, 0, 0);

    for (; i < COUNT(family_operators) && family_operators[i].family == family;
         i++) {
        if ((family_operators[i].versions & version) &&
            family_operators[i].operator_oid == operator_oid)
            return true;
    }
    return false;
}

struct builtin_operators builtin_all_operators(void)
{
    return (struct builtin_operators){operators, COUNT(operators)};
}
