/*
 * How tables change: they get columns and constraints, which are found by name
 * and renamed, and children. The other half of model.c.
 */
#include "schema/model.h"

#include <string.h>

/* What it costs to do something to a child. */
#define CHILD_STEPS 64

struct table *model_make_table(struct schema *schema, enum relation_kind kind,
                               struct namespace *namespace, const char *name,
                               struct place made_at)
{
    struct table *table =
        model_new_object(schema, CLASS_RELATION, sizeof *table);

    model_make_relation(&table->relation, kind, namespace,
                        model_name(schema, name), made_at);
    table->is_complete = made_at.source != NULL;
    return table;
}

void model_link_table(struct schema *schema, struct table *table)
{
    model_link_relation(schema, &table->relation);
    *PUSH(schema, &schema->tables) = table;
}

struct table *model_add_table(struct schema *schema, enum relation_kind kind,
                              struct namespace *namespace, const char *name,
                              struct place made_at)
{
    struct table *table =
        model_make_table(schema, kind, namespace, name, made_at);

    model_link_table(schema, table);
    return table;
}

struct table *model_mention_relation(struct schema *schema,
                                     struct relation *relation,
                                     bool is_doubtful)
{
    struct table *table = relation_as_table(relation);

    if (table && table->is_doubtful && !is_doubtful)
        SET(schema, table->is_doubtful, false);
    return table;
}

struct table *model_mention_table(struct schema *schema,
                                  struct qualified_name name, bool is_doubtful)
{
    struct relation *relation = model_find_relation(schema, name);
    struct namespace *namespace;
    struct table *table;

    if (relation)
        return model_mention_relation(schema, relation, is_doubtful);
    namespace = model_namespace_for(schema, name.schema);
    table = model_add_table(schema, RELATION_TABLE, namespace, name.name,
                            (struct place){0});
    table->is_doubtful = is_doubtful;
    SET(schema, schema->is_complete, false);
    return table;
}

struct column *model_find_column(const struct table *table, const char *name)
{
    uint32_t hash = model_hash_column(slice_from(name));

    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column;

        if (table->column_hashes[i] != hash)
            continue;
        column = table->columns.items[i];
        if (!column->object.is_dropped && strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

void model_reserve_columns(struct schema *schema, struct table *table,
                           size_t capacity)
{
    struct column_array grown = {.count = table->columns.count,
                                 .capacity = (uint32_t)capacity};
    uint32_t *hashes = arena_alloc(&schema->arena, capacity * sizeof *hashes);

    grown.items = arena_alloc(&schema->arena, capacity * sizeof *grown.items);
    for (size_t i = 0; i < grown.count; i++) {
        grown.items[i] = table->columns.items[i];
        hashes[i] = table->column_hashes[i];
    }
    SET(schema, table->columns, grown);
    SET(schema, table->column_hashes, hashes);
}

struct column *model_add_column(struct schema *schema, struct table *table,
                                const char *name, struct place made_at)
{
    struct slice given = slice_from(name);
    struct column *column;

    if (table->columns.count >= COLUMN_COUNT_MAX)
        return NULL;
    if (table->columns.count == table->columns.capacity)
        model_reserve_columns(schema, table, table->columns.count * 2 + 4);
    column = model_new_object(schema, CLASS_COLUMN, sizeof *column);
    column->name = arena_copy(&schema->arena, given);
    column->is_nullable = true;
    column->is_local = true;
    column->made_at = made_at;
    column->table = table;
    table->column_hashes[table->columns.count] = model_hash_column(given);
    *PUSH(schema, &table->columns) = column;
    return column;
}

void model_rename_column(struct schema *schema, struct column *column,
                         const char *name)
{
    struct table *table = column->table;

    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i] == column)
            SET(schema, table->column_hashes[i],
                model_hash_column(slice_from(name)));
    }
    SET(schema, column->name, model_name(schema, name));
}

struct column *model_mention_column(struct schema *schema, struct table *table,
                                    const char *name)
{
    struct column *column = model_find_column(table, name);

    if (column || table->is_complete)
        return column;
    return model_add_column(schema, table, name, (struct place){0});
}

struct constraint *model_find_constraint(const struct schema *schema,
                                         const struct table *table,
                                         const char *name)
{
    return name_table_find(&schema->constraints, table, name);
}

/* A table, or the domain. */
static const void *owner_of(const struct constraint *constraint)
{
    return constraint->table ? (const void *)constraint->table
                             : constraint->domain;
}

static const struct namespace *namespace_of(const struct constraint *constraint)
{
    return constraint->table ? constraint->table->relation.namespace
                             : constraint->domain->namespace;
}

struct constraint *model_find_domain_constraint(const struct schema *schema,
                                                const struct type *domain,
                                                const char *name)
{
    return name_table_find(&schema->constraints, domain, name);
}

/* Makes the constraint known by its name. */
static void link_name(struct schema *schema, struct constraint *constraint)
{
    const struct namespace *namespace = namespace_of(constraint);
    struct name_count *names =
        name_table_find(&schema->constraint_names, namespace, constraint->name);

    if (!names) {
        names = arena_alloc(&schema->arena, sizeof *names);
        name_table_add(&schema->constraint_names, &schema->arena,
                       &schema->journal, namespace, constraint->name, names);
    }
    SET(schema, names->count, names->count + 1);
    constraint->name =
        name_table_add(&schema->constraints, &schema->arena, &schema->journal,
                       owner_of(constraint), constraint->name, constraint);
}

static void unlink_name(struct schema *schema, struct constraint *constraint)
{
    struct name_count *names = name_table_find(
        &schema->constraint_names, namespace_of(constraint), constraint->name);

    if (names)
        SET(schema, names->count, names->count - 1);
    name_table_remove(&schema->constraints, &schema->journal,
                      owner_of(constraint), constraint->name, constraint);
    schema->removals++;
}

struct constraint *model_add_constraint(struct schema *schema,
                                        struct table *table,
                                        enum constraint_type type,
                                        const char *name, struct place made_at)
{
    struct constraint *constraint =
        model_new_object(schema, CLASS_CONSTRAINT, sizeof *constraint);

    constraint->type = type;
    constraint->name = name;
    constraint->table = table;
    constraint->is_validated = true;
    constraint->is_enforced = true;
    constraint->is_local = true;
    constraint->made_at = made_at;
    model_link_constraint(schema, constraint);
    return constraint;
}

void model_link_constraint(struct schema *schema, struct constraint *constraint)
{
    if (constraint->table)
        *PUSH(schema, &constraint->table->constraints) = constraint;
    else
        *PUSH(schema, constraint->domain->constraints) = constraint;
    link_name(schema, constraint);
    model_note_made(schema, &constraint->object);
}

void model_remove_constraint(struct schema *schema,
                             struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_NOT_NULL && constraint->columns.count)
        SET(schema, constraint->columns.items[0]->not_null, NULL);
    unlink_name(schema, constraint);
    model_drop_object(schema, &constraint->object);
}

void model_rename_constraint(struct schema *schema,
                             struct constraint *constraint, const char *name)
{
    unlink_name(schema, constraint);
    SET(schema, constraint->name, model_name(schema, name));
    link_name(schema, constraint);
}

void model_move_table(struct schema *schema, struct table *table,
                      struct namespace *namespace)
{
    const struct constraint_array *constraints = &table->constraints;

    for (size_t i = 0; i < constraints->count; i++) {
        if (!constraints->items[i]->object.is_dropped)
            unlink_name(schema, constraints->items[i]);
    }
    model_move_relation(schema, &table->relation, namespace);
    for (size_t i = 0; i < constraints->count; i++) {
        if (!constraints->items[i]->object.is_dropped)
            link_name(schema, constraints->items[i]);
    }
}

void model_note_use(struct type *type)
{
    while (type && !type->is_in_use) {
        type->is_in_use = true;
        type = type->kind == TYPE_ARRAY ? type->element : NULL;
    }
}

bool columns_have(const struct column_array *columns,
                  const struct column *column)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i] == column)
            return true;
    }
    return false;
}

bool model_has_children(const struct table *table)
{
    for (size_t i = 0; i < table->children.count; i++) {
        if (!table->children.items[i]->relation.object.is_dropped)
            return true;
    }
    return false;
}

struct table_array model_inheritors(struct schema *schema, struct table *table,
                                    bool is_recursive)
{
    struct table_array found = {0};
    size_t visit = ++schema->visit;

    table->visit = visit;
    *array_push(&schema->scratch, &found) = table;
    for (size_t i = 0; is_recursive && i < found.count; i++) {
        const struct table_array *children = &found.items[i]->children;

        if (!model_spend(schema, children->count * CHILD_STEPS))
            break;
        for (size_t j = 0; j < children->count; j++) {
            struct table *child = children->items[j];

            if (child->visit == visit || child->relation.object.is_dropped)
                continue;
            child->visit = visit;
            *array_push(&schema->scratch, &found) = child;
        }
    }
    return found;
}
