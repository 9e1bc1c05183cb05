/*
 * Drops, and what goes with the thing dropped: a table's indexes, constraints
 * and sequences, its partitions, foreign keys that point at it, views that
 * read it. Dependents stand in a queue, never on the stack: chains of views
 * may be long.
 *
 * Facts: src/backend/catalog/dependency.c; the manual's "Dependency Tracking".
 */
#include "replay/context.h"

#include <string.h>

bool replay_refuse(const struct replay *replay)
{
    return replay->schema->is_complete;
}

/* Something outside of what is dropped needs the table. */
static bool has_dependents(const struct table *table, size_t visit)
{
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        const struct constraint *key = table->referenced_by.items[i];

        if (!key->object.is_dropped && key->table->visit != visit)
            return true;
    }
    for (size_t i = 0; i < table->read_by.count; i++) {
        const struct table *view = table->read_by.items[i];

        if (!view->relation.object.is_dropped && view->visit != visit)
            return true;
    }
    for (size_t i = 0; i < table->children.count; i++) {
        const struct table *child = table->children.items[i];

        if (!child->relation.object.is_dropped && !child->partition_of &&
            child->visit != visit)
            return true;
    }
    return false;
}

/* Forgets the index; its partitions' indexes go too. */
void replay_drop_index(struct replay *replay, struct index *index)
{
    struct schema *schema = replay->schema;
    struct index_array queue = {0};

    *array_push(&schema->scratch, &queue) = index;
    for (size_t i = 0; i < queue.count; i++) {
        index = queue.items[i];
        if (index->relation.object.is_dropped)
            continue;
        model_remove_relation(schema, &index->relation);
        if (index->constraint && !index->constraint->object.is_dropped)
            model_remove_constraint(schema, index->constraint);
        for (size_t j = 0; j < index->partitions.count; j++) {
            if (index->partitions.items[j]->partition_of == index)
                *array_push(&schema->scratch, &queue) =
                    index->partitions.items[j];
        }
    }
}

/* The foreign keys that rely on the index, which need CASCADE to go. */
static bool drop_keys_on_index(struct replay *replay, const struct index *index,
                               bool is_cascade)
{
    const struct constraint_array *keys = &index->table->referenced_by;

    for (size_t i = 0; i < keys->count; i++) {
        struct constraint *key = keys->items[i];

        if (key->object.is_dropped || key->index != index)
            continue;
        if (!is_cascade && replay_refuse(replay))
            return false;
        model_remove_constraint(replay->schema, key);
    }
    return true;
}

static bool drop_inherited(struct replay *replay,
                           const struct constraint *constraint)
{
    struct table_array targets =
        model_inheritors(replay->schema, constraint->table, true);

    for (size_t i = 1; i < targets.count; i++) {
        const struct constraint_array *own = &targets.items[i]->constraints;

        for (size_t j = 0; j < own->count; j++) {
            struct constraint *other = own->items[j];

            if (!other->object.is_dropped && other->inherited_from &&
                other->inherited_from->object.is_dropped)
                model_remove_constraint(replay->schema, other);
        }
    }
    return true;
}

bool replay_drop_constraint(struct replay *replay,
                            struct constraint *constraint, bool is_cascade)
{
    struct schema *schema = replay->schema;

    switch (constraint->type) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE:
        if (constraint->index) {
            if (!drop_keys_on_index(replay, constraint->index, is_cascade))
                return false;
            replay_drop_index(replay, constraint->index);
        }
        if (!constraint->object.is_dropped)
            model_remove_constraint(schema, constraint);
        return true;
    case CONSTRAINT_NOT_NULL:
        for (size_t i = 0; i < constraint->columns.count; i++)
            SET(schema, constraint->columns.items[i]->is_nullable, true);
        model_remove_constraint(schema, constraint);
        return true;
    case CONSTRAINT_CHECK:
    case CONSTRAINT_FOREIGN_KEY:
        model_remove_constraint(schema, constraint);
        return drop_inherited(replay, constraint);
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

static bool drop_own_column(struct replay *replay, struct column *column,
                            bool is_cascade)
{
    struct schema *schema = replay->schema;
    struct table *table = column->table;

    for (size_t i = 0; i < table->referenced_by.count; i++) {
        struct constraint *key = table->referenced_by.items[i];

        if (key->object.is_dropped ||
            !columns_have(&key->referenced_columns, column))
            continue;
        if (!is_cascade && key->table != table && replay_refuse(replay))
            return false;
        model_remove_constraint(schema, key);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        struct index *index = table->indexes.items[i];

        if (index->relation.object.is_dropped || !index_uses(index, column))
            continue;
        if (!drop_keys_on_index(replay, index, is_cascade))
            return false;
        replay_drop_index(replay, index);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        struct constraint *constraint = table->constraints.items[i];

        if (!constraint->object.is_dropped &&
            columns_have(&constraint->columns, column))
            model_remove_constraint(schema, constraint);
    }
    for (size_t i = 0; i < table->sequences.count; i++) {
        struct sequence *sequence = table->sequences.items[i];

        if (!sequence->relation.object.is_dropped &&
            sequence->owned_by == column)
            model_remove_relation(schema, &sequence->relation);
    }
    model_drop_object(schema, &column->object);
    return true;
}

bool replay_drop_column(struct replay *replay, struct column *column,
                        bool is_cascade)
{
    struct table_array targets =
        model_inheritors(replay->schema, column->table, true);
    const char *name = column->name;

    if (!drop_own_column(replay, column, is_cascade))
        return false;
    for (size_t i = 1; i < targets.count; i++) {
        struct column *other = model_find_column(targets.items[i], name);

        if (other && other->inherit_count > 0 && !other->is_local &&
            !drop_own_column(replay, other, is_cascade))
            return false;
    }
    return true;
}

/* Puts a relation in the queue that is not dropped yet. */
static void enqueue(struct replay *replay, struct relation_array *queue,
                    struct relation *relation)
{
    if (relation->object.is_dropped)
        return;
    model_remove_relation(replay->schema, relation);
    *array_push(&replay->schema->scratch, queue) = relation;
}

/* What goes with a table or view. */
static void drop_contents(struct replay *replay, struct table *table,
                          struct relation_array *queue)
{
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < table->indexes.count; i++)
        replay_drop_index(replay, table->indexes.items[i]);
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (!table->constraints.items[i]->object.is_dropped)
            model_remove_constraint(schema, table->constraints.items[i]);
    }
    for (size_t i = 0; i < table->referenced_by.count; i++) {
        if (!table->referenced_by.items[i]->object.is_dropped)
            model_remove_constraint(schema, table->referenced_by.items[i]);
    }
    for (size_t i = 0; i < table->sequences.count; i++)
        enqueue(replay, queue, &table->sequences.items[i]->relation);
    for (size_t i = 0; i < table->children.count; i++)
        enqueue(replay, queue, &table->children.items[i]->relation);
    for (size_t i = 0; i < table->read_by.count; i++)
        enqueue(replay, queue, &table->read_by.items[i]->relation);
}

/* The default or identity that the sequence feeds. */
static void drop_default_of(struct replay *replay,
                            const struct sequence *sequence)
{
    struct column *column = sequence->owned_by;

    if (column && column->is_serial &&
        !column->table->relation.object.is_dropped)
        SET(replay->schema, column->has_default, false);
}

/* A column's default or identity needs it. */
static bool feeds_column(const struct sequence *sequence)
{
    const struct column *column = sequence->owned_by;

    return column && !column->object.is_dropped &&
           (sequence->is_identity ||
            (column->is_serial && column->has_default));
}

static bool may_drop(const struct replay *replay,
                     const struct relation_array *relations)
{
    for (size_t i = 0; i < relations->count; i++) {
        struct relation *relation = relations->items[i];
        const struct table *table = relation_as_table(relation);
        const struct sequence *sequence = relation_as_sequence(relation);

        if (table && has_dependents(table, replay->schema->visit))
            return false;
        if (sequence && feeds_column(sequence) &&
            sequence->owned_by->table->visit != replay->schema->visit)
            return false;
    }
    return true;
}

bool replay_drop_relations(struct replay *replay,
                           const struct relation_array *relations,
                           bool is_cascade)
{
    struct relation_array queue = {0};
    size_t visit = ++replay->schema->visit;

    for (size_t i = 0; i < relations->count; i++) {
        struct table *table = relation_as_table(relations->items[i]);

        if (table)
            table->visit = visit;
    }
    if (!is_cascade && replay_refuse(replay) && !may_drop(replay, relations))
        return false;
    for (size_t i = 0; i < relations->count; i++)
        enqueue(replay, &queue, relations->items[i]);
    for (size_t i = 0; i < queue.count; i++) {
        struct relation *relation = queue.items[i];

        if (relation_as_table(relation))
            drop_contents(replay, relation_as_table(relation), &queue);
        else if (relation_as_sequence(relation))
            drop_default_of(replay, relation_as_sequence(relation));
    }
    return true;
}

bool replay_drop_relation(struct replay *replay, struct relation *relation,
                          bool is_cascade)
{
    struct relation_array one = {&relation, 1, 1};

    if (relation_as_index(relation)) {
        struct index *index = relation_as_index(relation);

        if (index->constraint && replay_refuse(replay))
            return false;
        if (!drop_keys_on_index(replay, index, is_cascade))
            return false;
        replay_drop_index(replay, index);
        return true;
    }
    return replay_drop_relations(replay, &one, is_cascade);
}

/* Columns of a type that goes, or of an array of it. */
static bool drop_columns_of_type(struct replay *replay, const struct type *type,
                                 bool is_cascade)
{
    struct schema *schema = replay->schema;

    for (size_t i = 0; i < schema->tables.count; i++) {
        struct table *table = schema->tables.items[i];

        if (!model_spend(schema, 1 + table->columns.count))
            return true;
        for (size_t j = 0;
             !table->relation.object.is_dropped && j < table->columns.count;
             j++) {
            struct column *column = table->columns.items[j];

            if (column->object.is_dropped ||
                !(column->data_type.type == type ||
                  (type->array && column->data_type.type == type->array)))
                continue;
            if (!is_cascade && replay_refuse(replay))
                return false;
            if (!drop_own_column(replay, column, true))
                return false;
        }
    }
    return true;
}

static bool drop_type(struct replay *replay, const DropStmt *drop,
                      const TypeName *name)
{
    struct type *type =
        model_find_type(replay->schema, name_from_list(name->names));
    bool is_cascade = drop->behavior == DROP_CASCADE;
    struct relation *relation;

    if (type) {
        if (!drop_columns_of_type(replay, type, is_cascade))
            return false;
        model_remove_type(replay->schema, type);
        return true;
    }
    relation = model_find_relation(replay->schema, name_from_list(name->names));
    if (relation && relation->kind == RELATION_COMPOSITE_TYPE)
        return replay_drop_relation(replay, relation, is_cascade);
    return true;
}

static bool drop_schema(struct replay *replay, const DropStmt *drop,
                        const char *name)
{
    struct schema *schema = replay->schema;
    struct namespace *namespace = model_find_namespace(schema, name);
    struct relation_array relations = {0};
    bool is_empty = true;

    if (!namespace || namespace->is_temporary)
        return true;
    for (size_t i = 0; i < namespace->members.count; i++) {
        struct relation *relation = namespace->members.items[i];

        if (relation->object.is_dropped || relation->namespace != namespace)
            continue;
        is_empty = false;
        if (!relation_as_index(relation))
            *array_push(&schema->scratch, &relations) = relation;
    }
    if (!is_empty && drop->behavior != DROP_CASCADE && replay_refuse(replay))
        return false;
    if (!replay_drop_relations(replay, &relations, true))
        return false;
    for (size_t i = 0; i < namespace->types.count; i++) {
        struct type *type = namespace->types.items[i];

        if (type->object.is_dropped || type->namespace != namespace)
            continue;
        if (!drop_columns_of_type(replay, type, true))
            return false;
        model_remove_type(schema, type);
    }
    model_remove_namespace(schema, namespace);
    return true;
}

static bool drop_extension(struct replay *replay, const DropStmt *drop,
                           const char *name)
{
    struct schema *schema = replay->schema;
    struct extension *extension = model_find_extension(schema, name);

    if (!extension)
        return true;
    for (size_t i = 0; i < extension->types.count; i++) {
        struct type *type = extension->types.items[i];

        if (type->object.is_dropped)
            continue;
        if (!drop_columns_of_type(replay, type, drop->behavior == DROP_CASCADE))
            return false;
        model_remove_type(schema, type);
    }
    name_table_remove(&schema->extensions, &schema->journal, NULL,
                      extension->name, extension);
    return true;
}

/* The kind of relation that DROP names; false for other things. */
static bool is_of_kind(const struct relation *relation, ObjectType type)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
        /* A table only mentioned may be anything but an index. */
        return type == OBJECT_TABLE ||
               (!relation->made_at.source && type != OBJECT_INDEX);
    case RELATION_FOREIGN_TABLE: return type == OBJECT_FOREIGN_TABLE;
    case RELATION_VIEW: return type == OBJECT_VIEW;
    case RELATION_MATERIALIZED_VIEW: return type == OBJECT_MATVIEW;
    case RELATION_SEQUENCE: return type == OBJECT_SEQUENCE;
    case RELATION_INDEX: return type == OBJECT_INDEX;
    case RELATION_COMPOSITE_TYPE: return type == OBJECT_TYPE;
    }
    return false;
}

static bool drop_named_relations(struct replay *replay, const DropStmt *drop)
{
    struct relation_array relations = {0};
    bool is_cascade = drop->behavior == DROP_CASCADE;
    const ListCell *cell;

    foreach (cell, drop->objects) {
        struct relation *relation =
            model_find_relation(replay->schema, name_from_list(lfirst(cell)));

        if (!relation)
            continue;
        if (!is_of_kind(relation, drop->removeType))
            return false;
        if (drop->removeType != OBJECT_INDEX)
            *array_push(&replay->schema->scratch, &relations) = relation;
        else if (!replay_drop_relation(replay, relation, is_cascade))
            return false;
    }
    return replay_drop_relations(replay, &relations, is_cascade);
}

bool replay_drop(struct replay *replay, const DropStmt *drop)
{
    bool is_done = true;
    const ListCell *cell;

    switch (drop->removeType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX: return drop_named_relations(replay, drop);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        foreach (cell, drop->objects)
            is_done = is_done && drop_type(replay, drop, lfirst(cell));
        return is_done;
    case OBJECT_SCHEMA:
        foreach (cell, drop->objects)
            is_done = is_done &&
                      drop_schema(replay, drop, name_from_string(lfirst(cell)));
        return is_done;
    case OBJECT_EXTENSION:
        foreach (cell, drop->objects)
            is_done = is_done && drop_extension(replay, drop,
                                                name_from_string(lfirst(cell)));
        return is_done;
    default: return true;
    }
}
