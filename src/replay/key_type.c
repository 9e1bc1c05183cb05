/*
 * Whether a foreign key's columns can be compared with those that they
 * reference: with an operator of the referenced index, or of its own type
 * after a cast that goes without saying.
 *
 * Facts: src/backend/commands/tablecmds.c (ATAddForeignKeyConstraint).
 */
#include "query/choose.h"
#include "replay/index_check.h"
#include "schema/type.h"

#include <string.h>

/* The family's number of "=" (strategynum.h). */
static uint8_t equality_of(const char *method)
{
    if (strcmp(method, "btree") == 0)
        return 3;
    return strcmp(method, "hash") == 0 ? 1 : 0;
}

static const struct index_column *find_key(const struct index *index,
                                           const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column == column)
            return &index->columns[i];
    }
    return NULL;
}

/* True also where it cannot be told. */
static bool may_compare(struct replay *replay, const struct index *index,
                        const struct column *referenced,
                        const struct column *referencing)
{
    struct schema *schema = replay->schema;
    uint8_t version = builtin_version(schema->postgres_version);
    uint8_t equality = equality_of(index->method);
    const struct index_column *key = find_key(index, referenced);
    const struct builtin_operator_class *class;
    struct type *own = referenced->data_type.type;
    struct type *other = referencing->data_type.type;
    struct type *base, *types[2], *targets[2];

    if (!own || !other || own == other || !key || key->opclass || !equality)
        return true;
    class = index_check_default_class(replay, index->method, own);
    base = coerce_base_type(other, NULL);
    if (!class || !base)
        return true;
    if (type_oid(base) &&
        builtin_find_family_operator(version, class->family, class->input,
                                     type_oid(base), equality) &&
        builtin_find_family_operator(version, class->family, type_oid(base),
                                     type_oid(base), equality))
        return true;
    types[0] = own;
    types[1] = other;
    targets[0] = targets[1] = type_of_oid(schema, class->input);
    return !targets[0] ||
           coerce_is_possible(schema, types, targets, 2, COERCION_IMPLICIT);
}

bool replay_check_key_types(struct replay *replay, const struct constraint *key)
{
    if (!key->index || key->is_without_overlaps)
        return true;
    for (size_t i = 0; i < key->columns.count; i++) {
        if (!may_compare(replay, key->index, key->referenced_columns.items[i],
                         key->columns.items[i]))
            return replay_fail(
                replay, "42804",
                "foreign key constraint \"%s\" cannot be implemented",
                key->name);
    }
    return true;
}
