/*
 * The edges of the dependency graph, as both ends see them. A table's columns,
 * constraints, indexes, children and so on are found where they stand; only
 * what the structure does not say was recorded by model_depend().
 */
#include "replay/dependency.h"

/* The edges of one object, being gathered. */
struct ends {
    struct replay *replay;
    struct dependency_end_array found;
};

static void add(struct ends *ends, struct object *object,
                enum dependency_kind kind)
{
    struct dependency_end *end;

    if (!object || object->is_dropped ||
        (object->class == CLASS_COLUMN &&
         object_column(object)->table->relation.object.is_dropped))
        return;
    end = array_push(&ends->replay->schema->scratch, &ends->found);
    *end = (struct dependency_end){object, kind};
}

/* What was recorded. Parts of the whole that is asked about go with it. */
static void add_recorded(struct ends *ends, const struct object *object,
                         const struct table *whole)
{
    for (const struct dependency *dependency = object->dependents; dependency;
         dependency = dependency->next_dependent) {
        struct object *dependent = dependency->dependent;

        if (dependency->is_gone || (whole && dependent->class == CLASS_COLUMN &&
                                    object_column(dependent)->table == whole))
            continue;
        add(ends, dependent, dependency->kind);
    }
}

/* Before 15 whatever a generated column is generated from takes it along; from
 * then on the column is one with its expression. */
static enum dependency_kind kind_of_default(const struct replay *replay,
                                            const struct column *column)
{
    return column->generated && replay->schema->postgres_version >= 15
               ? DEPENDENCY_INTERNAL
               : DEPENDENCY_AUTO;
}

static void add_default(struct ends *ends, struct column *column)
{
    struct column_default *value = dependency_default(ends->replay, column);

    if (value)
        add(ends, &value->object, kind_of_default(ends->replay, column));
}

static void add_sequences(struct ends *ends, const struct table *table,
                          const struct column *column)
{
    for (size_t i = 0; i < table->sequences.count; i++) {
        struct sequence *sequence = table->sequences.items[i];

        if (sequence->owned_by && (column ? sequence->owned_by == column
                                          : sequence->owned_by->table == table))
            add(ends, &sequence->relation.object,
                sequence->is_identity ? DEPENDENCY_INTERNAL : DEPENDENCY_AUTO);
    }
}

/*
 * The partitioned table's constraint that this is a part of; null if none.
 * That of a key is known by its index; CHECK and NOT NULL are inherited by
 * name, not as parts.
 */
static struct constraint *whole_of(const struct constraint *constraint)
{
    const struct index *index = constraint->index;

    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE:
        return index && index->partition_of ? index->partition_of->constraint
                                            : NULL;
    case CONSTRAINT_FOREIGN_KEY: return constraint->inherited_from;
    case CONSTRAINT_CHECK:
    case CONSTRAINT_NOT_NULL: return NULL;
    }
    return NULL;
}

static enum dependency_kind kind_of_part(bool is_of_partition)
{
    return is_of_partition ? DEPENDENCY_PARTITION : DEPENDENCY_AUTO;
}

static void add_index(struct ends *ends, struct index *index)
{
    if (!index->constraint || index->partition_of)
        add(ends, &index->relation.object, kind_of_part(index->partition_of));
}

static void add_triggers(struct ends *ends, const struct table *table)
{
    for (size_t i = 0; i < table->triggers.count; i++) {
        struct trigger *trigger = table->triggers.items[i];

        add(ends, &trigger->object, kind_of_part(trigger->inherited_from));
    }
}

/* What hangs on the table as a whole. */
static void add_parts(struct ends *ends, struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        add(ends, &constraint->object,
            kind_of_part(whole_of(constraint) &&
                         !constraint_is_reference_part(constraint)));
    }
    for (size_t i = 0; i < table->indexes.count; i++)
        add_index(ends, table->indexes.items[i]);
    add_sequences(ends, table, NULL);
    add_triggers(ends, table);
    for (size_t i = 0; i < table->policies.count; i++)
        add(ends, &table->policies.items[i]->object, DEPENDENCY_AUTO);
    for (size_t i = 0; i < table->rules.count; i++)
        add(ends, &table->rules.items[i]->object, DEPENDENCY_AUTO);
    for (size_t i = 0; table->statistics && i < table->statistics->count; i++)
        add(ends, &table->statistics->items[i]->object, DEPENDENCY_AUTO);
    if (table->row_type)
        add(ends, &table->row_type->object, DEPENDENCY_INTERNAL);
}

/* Nothing else has to do with the default: it goes with its table's columns,
 * which nobody names one by one. */
static bool is_nobodys(const struct ends *ends, const struct column *column)
{
    const struct column_default *value = column->default_value;

    return value && !value->object.needs && !value->object.dependents &&
           !column->is_serial && !ends->replay->schema->watch;
}

static void add_of_table(struct ends *ends, struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        if (!is_nobodys(ends, column))
            add_default(ends, column);
        add_recorded(ends, &column->object, table);
    }
    add_parts(ends, table);
    for (size_t i = 0; i < table->referenced_by.count; i++)
        add(ends, &table->referenced_by.items[i]->object, DEPENDENCY_NORMAL);
    for (size_t i = 0; i < table->children.count; i++) {
        struct table *child = table->children.items[i];

        add(ends, &child->relation.object,
            child->partition_of == table ? DEPENDENCY_AUTO : DEPENDENCY_NORMAL);
    }
    for (size_t i = 0; i < table->read_by.count; i++)
        add(ends, &table->read_by.items[i]->relation.object, DEPENDENCY_NORMAL);
}

static void add_of_index(struct ends *ends, struct index *index)
{
    const struct constraint_array *keys = &index->table->referenced_by;

    for (size_t i = 0; i < keys->count; i++) {
        if (keys->items[i]->index == index)
            add(ends, &keys->items[i]->object, DEPENDENCY_NORMAL);
    }
    for (size_t i = 0; i < index->partitions.count; i++) {
        if (index->partitions.items[i]->partition_of == index)
            add(ends, &index->partitions.items[i]->relation.object,
                DEPENDENCY_PARTITION);
    }
}

/* The sequence of a serial column feeds its default, whose expression nobody
 * has written. */
static void add_of_sequence(struct ends *ends, struct sequence *sequence)
{
    struct column *column = sequence->owned_by;
    struct column_default *value;

    if (!column || column->object.is_dropped || !column->is_serial ||
        sequence->is_identity || !column->has_default)
        return;
    value = dependency_default(ends->replay, column);
    if (!value->expression)
        add(ends, &value->object, DEPENDENCY_NORMAL);
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

/* INCLUDE (column) of a key. */
static bool key_includes(const struct constraint *constraint,
                         const struct column *column)
{
    const struct index *index = constraint->index;

    return index && index->constraint == constraint &&
           columns_have(&index->include, column);
}

static void add_of_column(struct ends *ends, struct column *column)
{
    struct table *table = column->table;

    add_default(ends, column);
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        if (columns_have(&constraint->columns, column) ||
            key_includes(constraint, column))
            add(ends, &constraint->object, DEPENDENCY_AUTO);
    }
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        struct constraint *key = table->referenced_by.items[i];

        if (columns_have(&key->referenced_columns, column))
            add(ends, &key->object, DEPENDENCY_NORMAL);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        struct index *index = table->indexes.items[i];

        if (index_uses(index, column))
            add(ends, &index->relation.object,
                index->constraint ? DEPENDENCY_INTERNAL : DEPENDENCY_AUTO);
    }
    add_sequences(ends, table, column);
}

/* What a foreign key has for each partition of the referenced table. */
static void add_reference_parts(struct ends *ends, const struct constraint *key)
{
    const struct table_array *partitions = &key->referenced->children;

    for (size_t i = 0; i < partitions->count; i++) {
        const struct constraint_array *keys =
            &partitions->items[i]->referenced_by;

        if (!model_spend(ends->replay->schema, keys->count))
            return;
        for (size_t j = 0; j < keys->count; j++) {
            if (keys->items[j]->inherited_from == key &&
                constraint_is_reference_part(keys->items[j]))
                add(ends, &keys->items[j]->object, DEPENDENCY_INTERNAL);
        }
    }
}

/* The parts of the constraint that its table's partitions have. */
static void add_of_constraint(struct ends *ends, struct constraint *constraint)
{
    const struct table *table = constraint->table;
    struct index *index = constraint->index;

    if (index && index->constraint == constraint)
        add(ends, &index->relation.object, DEPENDENCY_INTERNAL);
    if (constraint->type == CONSTRAINT_FOREIGN_KEY)
        add_reference_parts(ends, constraint);
    if (!table || table->relation.kind != RELATION_PARTITIONED_TABLE)
        return;
    for (size_t i = 0; i < table->children.count; i++) {
        const struct constraint_array *own =
            &table->children.items[i]->constraints;

        if (!model_spend(ends->replay->schema, own->count))
            return;
        for (size_t j = 0; j < own->count; j++) {
            if (whole_of(own->items[j]) == constraint &&
                !constraint_is_reference_part(own->items[j]))
                add(ends, &own->items[j]->object, DEPENDENCY_PARTITION);
        }
    }
}

static void add_of_trigger(struct ends *ends, const struct trigger *trigger)
{
    const struct table_array *children = &trigger->table->children;

    for (size_t i = 0; i < children->count; i++) {
        const struct trigger_array *own = &children->items[i]->triggers;

        for (size_t j = 0; j < own->count; j++) {
            if (own->items[j]->inherited_from == trigger)
                add(ends, &own->items[j]->object, DEPENDENCY_PARTITION);
        }
    }
}

/* Columns of the type, or of an array of it. */
static void add_columns_of_type(struct ends *ends, const struct type *type)
{
    struct schema *schema = ends->replay->schema;

    for (size_t i = 0; i < schema->tables.count; i++) {
        struct table *table = schema->tables.items[i];

        if (!model_spend(schema, 1 + table->columns.count))
            return;
        if (table->relation.object.is_dropped)
            continue;
        for (size_t j = 0; j < table->columns.count; j++) {
            struct column *column = table->columns.items[j];

            if (column->data_type.type == type ||
                (type->array && column->data_type.type == type->array))
                add(ends, &column->object, DEPENDENCY_NORMAL);
        }
    }
}

static void add_of_type(struct ends *ends, struct type *type)
{
    if (type->kind != TYPE_ARRAY && type->is_in_use)
        add_columns_of_type(ends, type);
    if (type->array)
        add(ends, &type->array->object, DEPENDENCY_INTERNAL);
    if (type->multirange)
        add(ends, &type->multirange->object, DEPENDENCY_INTERNAL);
    if (type->kind == TYPE_COMPOSITE && type->table)
        add(ends, &type->table->relation.object, DEPENDENCY_INTERNAL);
    for (size_t i = 0; type->constraints && i < type->constraints->count; i++)
        add(ends, &type->constraints->items[i]->object, DEPENDENCY_AUTO);
}

/* Indexes are in a schema through their tables, arrays through their elements.
 */
static void add_of_namespace(struct ends *ends, struct namespace *namespace)
{
    for (size_t i = 0; i < namespace->members.count; i++) {
        struct relation *relation = namespace->members.items[i];

        if (relation->namespace == namespace &&
            relation->kind != RELATION_INDEX)
            add(ends, &relation->object, DEPENDENCY_NORMAL);
    }
    for (size_t i = 0; i < namespace->types.count; i++) {
        struct type *type = namespace->types.items[i];

        if (type->namespace == namespace && type->kind != TYPE_ARRAY &&
            type->kind != TYPE_ROW && type->kind != TYPE_MULTIRANGE &&
            !type->builtin)
            add(ends, &type->object, DEPENDENCY_NORMAL);
    }
    for (size_t i = 0; i < namespace->functions.count; i++) {
        if (namespace->functions.items[i]->namespace == namespace)
            add(ends, &namespace->functions.items[i]->object,
                DEPENDENCY_NORMAL);
    }
}

static void add_of_relation(struct ends *ends, struct relation *relation)
{
    if (relation_as_index(relation))
        add_of_index(ends, relation_as_index(relation));
    else if (relation_as_sequence(relation))
        add_of_sequence(ends, relation_as_sequence(relation));
    else
        add_of_table(ends, relation_as_table(relation));
}

static void add_of_extension(struct ends *ends, struct extension *extension)
{
    for (size_t i = 0; i < extension->types.count; i++)
        add(ends, &extension->types.items[i]->object, DEPENDENCY_EXTENSION);
}

struct dependency_end_array dependency_dependents(struct replay *replay,
                                                  struct object *object)
{
    struct ends ends = {.replay = replay};
    const struct table *whole = NULL;

    if (object->class == CLASS_RELATION)
        whole = relation_as_table(object_relation(object));
    add_recorded(&ends, object, whole);
    switch (object->class) {
    case CLASS_NAMESPACE:
        add_of_namespace(&ends, (struct namespace *)object);
        break;
    case CLASS_EXTENSION:
        add_of_extension(&ends, (struct extension *)object);
        break;
    case CLASS_RELATION: add_of_relation(&ends, object_relation(object)); break;
    case CLASS_COLUMN: add_of_column(&ends, object_column(object)); break;
    case CLASS_CONSTRAINT:
        add_of_constraint(&ends, (struct constraint *)object);
        break;
    case CLASS_TYPE: add_of_type(&ends, (struct type *)object); break;
    case CLASS_TRIGGER: add_of_trigger(&ends, (struct trigger *)object); break;
    case CLASS_DEFAULT:
    case CLASS_FUNCTION:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return ends.found;
}

static void add_owners_of_relation(struct ends *ends, struct relation *relation)
{
    const struct index *index = relation_as_index(relation);
    const struct sequence *sequence = relation_as_sequence(relation);
    const struct table *table = relation_as_table(relation);

    if (relation->extension)
        add(ends, &relation->extension->object, DEPENDENCY_EXTENSION);
    if (index && index->constraint)
        add(ends, &index->constraint->object, DEPENDENCY_INTERNAL);
    if (index && index->partition_of)
        add(ends, &index->partition_of->relation.object, DEPENDENCY_PARTITION);
    if (sequence && sequence->is_identity && sequence->owned_by)
        add(ends, &sequence->owned_by->object, DEPENDENCY_INTERNAL);
    if (relation->kind == RELATION_COMPOSITE_TYPE && table->row_type)
        add(ends, &table->row_type->object, DEPENDENCY_INTERNAL);
}

static void add_owners_of_type(struct ends *ends, const struct type *type)
{
    if (type->extension)
        add(ends, &type->extension->object, DEPENDENCY_EXTENSION);
    if (type->kind == TYPE_ROW && type->table)
        add(ends, &type->table->relation.object, DEPENDENCY_INTERNAL);
    if ((type->kind == TYPE_ARRAY || type->kind == TYPE_MULTIRANGE) &&
        type->element)
        add(ends, &type->element->object, DEPENDENCY_INTERNAL);
}

static void add_recorded_owners(struct ends *ends, const struct object *object)
{
    for (const struct dependency *dependency = object->needs; dependency;
         dependency = dependency->next_need) {
        if (!dependency->is_gone && dependency->kind != DEPENDENCY_NORMAL &&
            dependency->kind != DEPENDENCY_AUTO)
            add(ends, dependency->needed, dependency->kind);
    }
}

struct dependency_end_array dependency_owners(struct replay *replay,
                                              struct object *object)
{
    struct ends ends = {.replay = replay};
    struct constraint *whole;
    const struct trigger *trigger;
    struct column *column;

    add_recorded_owners(&ends, object);
    switch (object->class) {
    case CLASS_RELATION:
        add_owners_of_relation(&ends, object_relation(object));
        break;
    case CLASS_DEFAULT:
        column = ((struct column_default *)object)->column;
        if (kind_of_default(replay, column) == DEPENDENCY_INTERNAL)
            add(&ends, &column->object, DEPENDENCY_INTERNAL);
        break;
    case CLASS_CONSTRAINT:
        whole = whole_of((const struct constraint *)object);
        if (whole)
            add(&ends, &whole->object,
                constraint_is_reference_part((const struct constraint *)object)
                    ? DEPENDENCY_INTERNAL
                    : DEPENDENCY_PARTITION);
        break;
    case CLASS_TYPE:
        add_owners_of_type(&ends, (const struct type *)object);
        break;
    case CLASS_FUNCTION:
        if (((const struct function *)object)->extension)
            add(&ends, &((const struct function *)object)->extension->object,
                DEPENDENCY_EXTENSION);
        break;
    case CLASS_TRIGGER:
        trigger = (const struct trigger *)object;
        if (trigger->inherited_from)
            add(&ends, &trigger->inherited_from->object, DEPENDENCY_PARTITION);
        break;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_COLUMN:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: break;
    }
    return ends.found;
}
