/*
 * Foreign keys whose columns change their type: with which operators they
 * compare, and so which of them must be checked again. Operator classes serve
 * indexes too.
 *
 * Facts: tablecmds.c (TryReuseForeignKey, ATAddForeignKeyConstraint),
 * indexcmds.c (GetDefaultOpClass).
 */
#include "locks/study.h"

#include "schema/builtin/builtin.h"

#include <string.h>

/* Object ids of pg_type.dat. */
enum {
    OID_ANYARRAY = 2277,
    OID_ANYENUM = 3500,
    OID_ANYRANGE = 3831,
    OID_ANYMULTIRANGE = 4537,
};

struct data_type type_without_domains(struct data_type type)
{
    while (type.type && type.type->kind == TYPE_DOMAIN)
        type = type.type->base;
    return type;
}

/*
 * Operator classes.
 */

uint16_t study_polymorphic_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY: return OID_ANYARRAY;
    case TYPE_ENUM: return OID_ANYENUM;
    case TYPE_RANGE: return OID_ANYRANGE;
    case TYPE_MULTIRANGE: return OID_ANYMULTIRANGE;
    case TYPE_BASE:
    case TYPE_DOMAIN:
    case TYPE_COMPOSITE:
    case TYPE_ROW:
    case TYPE_PSEUDO: return 0;
    }
    return 0;
}

static bool is_coercible_to_oid(const struct study *study,
                                const struct type *type, uint16_t oid)
{
    const struct builtin_cast *cast;

    if (type_oid(type) == oid || study_polymorphic_of(type) == oid)
        return true;
    cast =
        builtin_find_cast(builtin_version(study->version), type_oid(type), oid);
    return cast && cast->method == 'b' && cast->context == 'i';
}

static bool is_preferred(uint8_t version, uint16_t oid)
{
    const struct builtin_type *type = builtin_type_of_oid(version, oid);

    return type && type->is_preferred;
}

const struct builtin_operator_class *study_default_class(
    const struct study *study, const char *method_name, const struct type *type)
{
    uint8_t version = builtin_version(study->version);
    const struct builtin_access_method *method =
        builtin_find_access_method(version, method_name);
    const struct builtin_operator_class *class = NULL, *found = NULL;

    if (!method || !type)
        return NULL;
    while ((class = builtin_next_operator_class(version, method->id, NULL, 0,
                                                class)) != NULL) {
        if (type_oid(type) && class->input == type_oid(type))
            return class;
        if (is_coercible_to_oid(study, type, class->input) &&
            (!found || is_preferred(version, class->input)))
            found = class;
    }
    return found;
}

/*
 * Foreign keys.
 */

/* The operator by which a key's column is compared with what it references,
 * and the cast that brings it there. */
struct comparison {
    uint16_t family;
    uint16_t left, right;
    uint16_t cast; /* the function; 0: none is needed */
};

static struct comparison comparison_of(const struct study *study,
                                       struct data_type referenced,
                                       struct data_type referencing)
{
    uint8_t version = builtin_version(study->version);
    const struct type *left = type_without_domains(referenced).type;
    const struct type *right = type_without_domains(referencing).type;
    const struct builtin_operator_class *class =
        study_default_class(study, "btree", left);
    const struct builtin_operator_class *other =
        study_default_class(study, "btree", right);
    struct comparison comparison = {0};
    const struct builtin_cast *cast;

    if (!class || !right)
        return comparison;
    comparison.family = class->family;
    comparison.left = class->input;
    comparison.right = class->input;
    if (other && other->family == class->family &&
        builtin_find_family_operator(version, class->family, class->input,
                                     other->input, 3))
        comparison.right = other->input;
    cast = builtin_find_cast(version, type_oid(right), comparison.right);
    if (cast && cast->method != 'b' && type_oid(right) != comparison.right)
        comparison.cast = cast->function;
    return comparison;
}

static bool is_same_comparison(struct comparison a, struct comparison b)
{
    return a.family && a.family == b.family && a.left == b.left &&
           a.right == b.right && a.cast == b.cast;
}

/* The types of a key's columns after the statement, which is one of the ALTER
 * COLUMN TYPE under way. */
static bool keeps_key(const struct study *study, const struct constraint *key,
                      const struct column *column, struct data_type new)
{
    for (size_t i = 0; i < key->columns.count; i++) {
        const struct column *own = key->columns.items[i];
        const struct column *other = i < key->referenced_columns.count
                                         ? key->referenced_columns.items[i]
                                         : NULL;
        struct data_type left, right;

        if (!other || (own != column && other != column))
            continue;
        left = other->data_type;
        right = own->data_type;
        if (type_without_domains(left).type == type_without_domains(new).type &&
            type_without_domains(right).type == type_without_domains(new).type)
            continue;
        if (!is_same_comparison(comparison_of(study, left, right),
                                comparison_of(study,
                                              other == column ? new : left,
                                              own == column ? new : right)))
            return false;
    }
    return true;
}

/* A key that is to be looked at, and the column whose type changes. */
struct key_change {
    struct table *table;
    const AlterTableCmd *command;
    const struct column *column;
    struct data_type new;
};

static void change_key(struct study *study, struct constraint *key,
                       const struct key_change *change)
{
    struct changed_key changed = {key, change->table, change->command};

    study_lock_table(study, key->table, LOCK_ACCESS_EXCLUSIVE);
    study_lock_referenced(study, key);
    if (key->is_validated && key->is_enforced &&
        !keeps_key(study, key, change->column, change->new))
        *array_push(study->arena, &study->keys) = changed;
    *array_push(study->arena, &study->changed_keys) = changed;
}

void study_change_keys(struct study *study, struct table *table,
                       const AlterTableCmd *command,
                       const struct column *column, struct data_type new)
{
    struct key_change change = {table, command, column, new};

    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *key = table->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
            columns_have(&key->columns, column))
            change_key(study, key, &change);
    }
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped &&
            columns_have(&key->referenced_columns, column))
            change_key(study, key, &change);
    }
}
