/*
 * ALTER COLUMN TYPE: whether the rows must be written anew, and which indexes
 * are built again.
 *
 * Facts: tablecmds.c (ATColumnChangeRequiresRewrite),
 * indexcmds.c (CheckIndexCompatible), and the support
 * functions of varchar(), numeric(), timestamp(), interval() and varbit().
 */
#include "locks/study.h"

#include "schema/builtin/builtin.h"
#include "schema/type_modifier.h"

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
};

#define TIME_PRECISION_MAX 6
#define INTERVAL_FULL_PRECISION 0xFFFF

static bool numeric_is_wider(int32_t old, int32_t new)
{
    return old >= 0 && type_modifier_scale(old) == type_modifier_scale(new) &&
           type_modifier_precision(new) >= type_modifier_precision(old);
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
bool study_modifier_is_wider(const struct type *type, int32_t old, int32_t new)
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
    struct data_type from = value.type, to = type_without_domains(type);

    if (!value.is_column || !from.type || !type.type) {
        value.is_column = false;
        value.type = type;
        return value;
    }
    value.type = type;
    if (from.type == type.type && from.type->kind == TYPE_DOMAIN)
        return value;
    if (from.type->kind == TYPE_DOMAIN)
        from = (struct data_type){type_without_domains(from).type, -1};
    if (from.type != to.type) {
        value.is_column = is_binary_coercible(study, from.type, to.type) ||
                          is_same_instant(study, from.type, to.type);
        from = (struct data_type){to.type, -1};
    }
    value.is_column =
        value.is_column &&
        study_modifier_is_wider(to.type, from.modifier, to.modifier) &&
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

static bool keeps_class(const struct study *study, const struct index *index,
                        struct data_type old, struct data_type new)
{
    const struct type *from = type_without_domains(old).type,
                      *to = type_without_domains(new).type;
    const struct builtin_operator_class *class;

    if (from == to)
        return true;
    if (!from || !to)
        return false;
    class = study_default_class(study, index->method, from);
    return class && class == study_default_class(study, index->method, to) &&
           class->input != study_polymorphic_of(to);
}

/* Why it must be built anew; REASON_NONE: it is taken over. Of a partitioned
 * index there is no file that could be; with it its parts are made anew. */
static enum work_reason rebuild_reason(const struct study *study,
                                       const struct index *index,
                                       const struct column *column,
                                       struct data_type new,
                                       bool is_collation_changed)
{
    if (index->predicate)
        return REASON_INDEX_PREDICATE;
    if (index->partition_of)
        return REASON_INDEX_PARTITIONED;
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        if (!key->column)
            return REASON_INDEX_EXPRESSION;
        if (key->column != column)
            continue;
        if (is_collation_changed && !key->collation)
            return REASON_INDEX_ORDER;
        if (!key->opclass && !keeps_class(study, index, column->data_type, new))
            return REASON_INDEX_ORDER;
    }
    return REASON_NONE;
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

static void rebuild(struct study *study, const struct index *index,
                    const AlterTableCmd *command, enum work_reason reason)
{
    const struct relation *table = &index->table->relation;

    study_work(study, WORK_INDEX_BUILD, &index->relation, table);
    study_cause(study, (struct work_cause){.command = command,
                                           .kind = WORK_INDEX_BUILD,
                                           .reason = reason,
                                           .on = table,
                                           .index = index});
}

static void change_indexes(struct study *study, struct table *table,
                           const AlterTableCmd *command,
                           const struct column *column, struct data_type new)
{
    bool is_collation_changed =
        changes_collation(column, (const ColumnDef *)command->def);

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];
        enum work_reason reason;

        if (index->relation.object.is_dropped || !index_uses(index, column))
            continue;
        study_lock(study, &index->relation, LOCK_ACCESS_EXCLUSIVE);
        reason =
            rebuild_reason(study, index, column, new, is_collation_changed);
        if (table_has_rows(table) && reason != REASON_NONE)
            rebuild(study, index, command, reason);
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

/* USING something else than a column, or casts of it, is computed for every row
 * whatever the types are. */
static bool is_computed(const Node *using)
{
    while (using && nodeTag(using) == T_TypeCast)
        using = ((const TypeCast *)using)->arg;
    return using && nodeTag(using) != T_ColumnRef &&
           nodeTag(using) != T_CollateClause;
}

static void note_type(struct study *study, struct table *table,
                      const AlterTableCmd *command, enum work_reason reason)
{
    if (table_may_have_rows(table))
        study_cause(study, (struct work_cause){.command = command,
                                               .kind = WORK_REWRITE,
                                               .reason = reason,
                                               .on = &table->relation});
}

static void change_type(struct study *study, struct table *table,
                        const AlterTableCmd *command)
{
    const ColumnDef *definition = (const ColumnDef *)command->def;
    const struct column *column = table_find_column(table, command->name);
    struct data_type type =
        type_resolve(study->schema, definition->typeName, NULL);

    if (!column) {
        if (!table->is_complete)
            note_type(study, table, command,
                      is_computed(definition->raw_default)
                          ? REASON_TYPE
                          : REASON_UNKNOWN_TYPE);
        return;
    }
    study_narrow(study, column, definition, type);
    if (needs_rewrite(study, column, type, definition->raw_default)) {
        study_rewrite(study, table);
        note_type(study, table, command,
                  (column->data_type.type && type.type) ||
                          is_computed(definition->raw_default)
                      ? REASON_TYPE
                      : REASON_UNKNOWN_TYPE);
    }
    study_scan_for_checks(study, table, command, column);
    change_indexes(study, table, command, column, type);
    study_change_keys(study, table, command, column, type);
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
