/*
 * ALTER COLUMN TYPE: whether the rows must be written anew, which indexes are
 * built again and which foreign keys checked again.
 *
 * Facts: tablecmds.c (ATColumnChangeRequiresRewrite, TryReuseForeignKey),
 * indexcmds.c (CheckIndexCompatible, GetDefaultOpClass), and the support
 * functions of varchar(), numeric(), timestamp(), interval() and varbit().
 */
#include "locks/study.h"

#include "schema/builtin/builtin.h"

#include <string.h>

/* Casts of casts in USING. */
#define CASTS_MAX 32

/* Object ids of pg_type.dat. */
enum {
    OID_VARCHAR = 1043,
    OID_DATE = 1082,
    OID_TIME = 1083,
    OID_TIMESTAMP = 1114,
    OID_TIMESTAMPTZ = 1184,
    OID_INTERVAL = 1186,
    OID_TIMETZ = 1266,
    OID_VARBIT = 1562,
    OID_NUMERIC = 1700,
    OID_ANYARRAY = 2277,
    OID_ANYENUM = 3500,
    OID_ANYRANGE = 3831,
    OID_ANYMULTIRANGE = 4537,
};

#define TIME_PRECISION_MAX 6
#define INTERVAL_FULL_PRECISION 0xFFFF

/* Of a numeric's modifier; numeric.c, numeric_typmod_scale(). */
static int numeric_precision(int32_t modifier)
{
    return (modifier - 4) >> 16 & 0xFFFF;
}

static int numeric_scale(int32_t modifier)
{
    return (((modifier - 4) & 0x7FF) ^ 1024) - 1024;
}

static bool numeric_is_wider(int32_t old, int32_t new)
{
    return old >= 0 && numeric_scale(old) == numeric_scale(new) &&
           numeric_precision(new) >= numeric_precision(old);
}

/* The least field of an interval's range: 0 seconds, 1 minutes, ... 5 years
 * (timestamp.c, intervaltypmodleastfield). */
static int interval_least_field(int32_t modifier)
{
    /* INTERVAL_MASK() of SECOND, MINUTE, HOUR, DAY, MONTH, YEAR. */
    static const int masks[] = {12, 11, 10, 3, 1, 2};
    int range = modifier >> 16 & 0x7FFF;

    if (modifier < 0 || range == 0x7FFF)
        return 0;
    for (int field = 0; field < 6; field++) {
        if (range & 1 << masks[field])
            return field;
    }
    return 0;
}

static bool interval_is_wider(int32_t old, int32_t new)
{
    int old_field = interval_least_field(old);
    int old_precision = old < 0 ? INTERVAL_FULL_PRECISION : old & 0xFFFF;
    int new_precision = new & 0xFFFF;

    return interval_least_field(new) <= old_field &&
           (old_field > 0 || new_precision >= TIME_PRECISION_MAX ||
            new_precision >= old_precision);
}

/* Every value of the type with the old modifier is one with the new. */
static bool modifier_is_wider(const struct type *type, int32_t old, int32_t new)
{
    if (old == new || new < 0)
        return true;
    switch (type_oid(type)) {
    case OID_VARCHAR: return old >= 0 && old <= new;
    case OID_VARBIT: return new == 0 || (old > 0 && old <= new);
    case OID_NUMERIC: return numeric_is_wider(old, new);
    case OID_TIME:
    case OID_TIMETZ:
    case OID_TIMESTAMP:
    case OID_TIMESTAMPTZ:
        return new >= TIME_PRECISION_MAX || (old >= 0 && new >= old);
    case OID_INTERVAL: return interval_is_wider(old, new);
    default: return false;
    }
}

/* What an expression gives, and whether its bits are the column's own. */
struct value {
    struct data_type type;
    bool is_column;
};

static struct data_type base_of(struct data_type type)
{
    while (type.type && type.type->kind == TYPE_DOMAIN)
        type = type.type->base;
    return type;
}

static bool is_constrained(const struct type *type)
{
    for (; type && type->kind == TYPE_DOMAIN; type = type->base.type) {
        if (type->is_not_null)
            return true;
        for (size_t i = 0; type->constraints && i < type->constraints->count;
             i++) {
            if (!type->constraints->items[i]->object.is_dropped)
                return true;
        }
    }
    return false;
}

/* timestamp and timestamptz are the same where the zone is always UTC. */
static bool is_same_instant(const struct study *study, const struct type *from,
                            const struct type *to)
{
    uint16_t a = type_oid(from), b = type_oid(to);

    return ((a == OID_TIMESTAMP && b == OID_TIMESTAMPTZ) ||
            (a == OID_TIMESTAMPTZ && b == OID_TIMESTAMP)) &&
           schema_time_zone_is_utc(study->schema);
}

static bool is_binary_coercible(const struct study *study,
                                const struct type *from, const struct type *to)
{
    const struct builtin_cast *cast;

    if (from == to)
        return true;
    if (!type_oid(from) || !type_oid(to))
        return false;
    cast = builtin_find_cast(builtin_version(study->version), type_oid(from),
                             type_oid(to));
    return cast && cast->method == 'b';
}

/* The value as a value of the type. */
static struct value cast(const struct study *study, struct value value,
                         struct data_type type)
{
    struct data_type from = value.type, to = base_of(type);

    if (!value.is_column || !from.type || !type.type) {
        value.is_column = false;
        value.type = type;
        return value;
    }
    value.type = type;
    if (from.type == type.type && from.type->kind == TYPE_DOMAIN)
        return value;
    if (from.type->kind == TYPE_DOMAIN)
        from = (struct data_type){base_of(from).type, -1};
    if (from.type != to.type) {
        value.is_column = is_binary_coercible(study, from.type, to.type) ||
                          is_same_instant(study, from.type, to.type);
        from = (struct data_type){to.type, -1};
    }
    value.is_column =
        value.is_column &&
        modifier_is_wider(to.type, from.modifier, to.modifier) &&
        !(type.type->kind == TYPE_DOMAIN && is_constrained(type.type));
    return value;
}

static bool names_column(const Node *node, const struct column *column)
{
    const ColumnRef *reference = node_as(ColumnRef, node);
    const char *name =
        reference ? name_from_string(llast(reference->fields)) : NULL;

    return name && strcmp(name, column->name) == 0;
}

/* What USING gives: casts of the column are looked through. */
static struct value value_of_using(const struct study *study, const Node *node,
                                   const struct column *column)
{
    struct data_type casts[CASTS_MAX];
    struct value value = {column->data_type, false};
    size_t count = 0;

    while (node && count < CASTS_MAX) {
        if (nodeTag(node) == T_TypeCast) {
            casts[count++] = type_resolve(
                study->schema, ((const TypeCast *)node)->typeName, NULL);
            node = ((const TypeCast *)node)->arg;
        } else if (nodeTag(node) == T_CollateClause) {
            node = ((const CollateClause *)node)->arg;
        } else {
            break;
        }
    }
    value.is_column = names_column(node, column);
    while (count > 0)
        value = cast(study, value, casts[--count]);
    return value;
}

static bool needs_rewrite(const struct study *study,
                          const struct column *column, struct data_type type,
                          const Node *using)
{
    struct value value = {column->data_type, true};

    if (using)
        value = value_of_using(study, using, column);
    return !cast(study, value, type).is_column;
}

/*
 * Operator classes.
 */

/* The pseudo-type whose operator class serves all types of this kind. */
static uint16_t polymorphic_of(const struct type *type)
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

    if (type_oid(type) == oid || polymorphic_of(type) == oid)
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

/* The class that an index on a column of the type uses by itself; null if it
 * is not known. */
static const struct builtin_operator_class *default_class(
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

static bool keeps_class(const struct study *study, const struct index *index,
                        struct data_type old, struct data_type new)
{
    const struct type *from = base_of(old).type, *to = base_of(new).type;
    const struct builtin_operator_class *class;

    if (from == to)
        return true;
    if (!from || !to)
        return false;
    class = default_class(study, index->method, from);
    return class && class == default_class(study, index->method, to) &&
           class->input != polymorphic_of(to);
}

static bool keeps_index(const struct study *study, const struct index *index,
                        const struct column *column, struct data_type new,
                        bool is_collation_changed)
{
    /* Of a partitioned index there is no file that could be taken over; with it
     * its parts are made anew. */
    if (index->predicate || index->partition_of)
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        if (!key->column)
            return false;
        if (key->column != column)
            continue;
        if (is_collation_changed && !key->collation)
            return false;
        if (!key->opclass && !keeps_class(study, index, column->data_type, new))
            return false;
    }
    return true;
}

static bool index_uses(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->column_count; i++) {
        if (index->columns[i].column == column)
            return true;
    }
    return columns_have(&index->include, column) ||
           columns_have(&index->reads, column);
}

static void change_indexes(struct study *study, struct table *table,
                           const struct column *column, struct data_type new,
                           bool is_collation_changed)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->relation.object.is_dropped || !index_uses(index, column))
            continue;
        study_lock(study, &index->relation, LOCK_ACCESS_EXCLUSIVE);
        if (table_has_rows(table) &&
            !keeps_index(study, index, column, new, is_collation_changed))
            study_work(study, WORK_INDEX_BUILD, &index->relation,
                       &table->relation);
    }
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
    const struct type *left = base_of(referenced).type;
    const struct type *right = base_of(referencing).type;
    const struct builtin_operator_class *class =
        default_class(study, "btree", left);
    const struct builtin_operator_class *other =
        default_class(study, "btree", right);
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
        if (base_of(left).type == base_of(new).type &&
            base_of(right).type == base_of(new).type)
            continue;
        if (!is_same_comparison(comparison_of(study, left, right),
                                comparison_of(study,
                                              other == column ? new : left,
                                              own == column ? new : right)))
            return false;
    }
    return true;
}

static void change_key(struct study *study, struct table *table,
                       struct constraint *key, const struct column *column,
                       struct data_type new)
{
    study_lock_table(study, key->table, LOCK_ACCESS_EXCLUSIVE);
    bool is_checked = key->is_validated && key->is_enforced;

    study_lock_referenced(study, key);
    if (is_checked && !keeps_key(study, key, column, new))
        *array_push(study->arena, &study->keys) = key;
    *array_push(study->arena, &study->changed_keys) =
        (struct changed_key){key, table};
}

static void change_keys(struct study *study, struct table *table,
                        const struct column *column, struct data_type new)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *key = table->constraints.items[i];

        if (!key->object.is_dropped && key->type == CONSTRAINT_FOREIGN_KEY &&
            columns_have(&key->columns, column))
            change_key(study, table, key, column, new);
    }
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped &&
            columns_have(&key->referenced_columns, column))
            change_key(study, table, key, column, new);
    }
}

/* The sequence of an identity column takes the type too. */
static void change_identity(struct study *study, struct table *table,
                            const struct column *column)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        const struct sequence *sequence = table->sequences.items[i];

        if (sequence->relation.object.is_dropped || !sequence->is_identity ||
            sequence->owned_by != column)
            continue;
        study_lock(study, &sequence->relation, LOCK_SHARE_ROW_EXCLUSIVE);
        study_work(study, WORK_NEW_FILE, &sequence->relation,
                   &sequence->relation);
    }
}

/* COLLATE in the definition, or none where the column has one of its own. */
static bool changes_collation(const struct column *column,
                              const ColumnDef *definition)
{
    if (!definition->collClause)
        return column->collation != NULL;
    if (!column->collation)
        return strcmp(name_from_list(definition->collClause->collname).name,
                      "default") != 0;
    return true;
}

static void change_type(struct study *study, struct table *table,
                        const AlterTableCmd *command)
{
    const ColumnDef *definition = (const ColumnDef *)command->def;
    const struct column *column = table_find_column(table, command->name);
    struct data_type type =
        type_resolve(study->schema, definition->typeName, NULL);

    if (!column)
        return;
    if (needs_rewrite(study, column, type, definition->raw_default))
        study_rewrite(study, table);
    study_scan_for_checks(study, table, column);
    change_indexes(study, table, column, type,
                   changes_collation(column, definition));
    change_keys(study, table, column, type);
    change_identity(study, table, column);
}

void study_change_types(struct study *study, const AlterTableStmt *alter,
                        struct table *table)
{
    foreach_node (AlterTableCmd, command, alter->cmds) {
        struct table_array targets;

        if (command->subtype != AT_AlterColumnType)
            continue;
        targets = alter_targets(study, alter, table, command);
        for (size_t i = 0; i < targets.count; i++)
            change_type(study, targets.items[i], command);
    }
}
