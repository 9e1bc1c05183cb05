/*
 * How the schema changes: relations come, are renamed and go, tables get
 * columns and constraints. replay_*.c decides what; here it is done, found by
 * name, and journaled.
 */
#include "schema/model.h"

#include <string.h>

const char *model_name(struct schema *schema, const char *name)
{
    return name ? arena_copy(&schema->arena, slice_from(name)) : NULL;
}

const char *model_type_text(struct schema *schema, const char *text)
{
    struct slice key = slice_from(text);
    const char *kept = map_find(&schema->type_texts, key);

    if (!kept) {
        char *copy = arena_copy(&schema->arena, key);

        map_put(&schema->arena, &schema->type_texts, slice_from(copy), copy);
        kept = copy;
    }
    return kept;
}

/* A few seconds; histories of thousands of files need a thousandth. */
#define STEPS_MAX ((size_t)200000000)

/* What it costs to do something to a child. */
#define CHILD_STEPS 64

bool model_spend(struct schema *schema, size_t steps)
{
    if (steps > STEPS_MAX - schema->spent) {
        SET(schema, schema->is_complete, false);
        return false;
    }
    schema->spent += steps;
    return true;
}

/* A name is free again, now or after an undo: hints are void. */
static void note_removal(struct schema *schema)
{
    schema->removals++;
}

struct namespace *model_find_namespace(const struct schema *schema,
                                       const char *name)
{
    /* The session's own, under its true name too: pg_temp_3. */
    if (name[0] == 'p' && strncmp(name, "pg_temp", 7) == 0)
        return schema->temporary_namespace;
    return name_table_find(&schema->namespaces, NULL, name);
}

struct namespace *model_add_namespace(struct schema *schema, const char *name,
                                      struct place made_at)
{
    struct namespace *namespace =
        arena_alloc(&schema->arena, sizeof *namespace);

    namespace->name = model_name(schema, name);
    namespace->made_at = made_at;
    name_table_add(&schema->namespaces, &schema->arena, &schema->journal, NULL,
                   namespace->name, namespace);
    schema->namespace_changes++;
    return namespace;
}

void model_remove_namespace(struct schema *schema, struct namespace *namespace)
{
    name_table_remove(&schema->namespaces, &schema->journal, NULL,
                      namespace->name, namespace);
    schema->namespace_changes++;
}

void model_rename_namespace(struct schema *schema, struct namespace *namespace,
                            const char *name)
{
    name_table_remove(&schema->namespaces, &schema->journal, NULL,
                      namespace->name, namespace);
    SET(schema, namespace->name, model_name(schema, name));
    name_table_add(&schema->namespaces, &schema->arena, &schema->journal, NULL,
                   namespace->name, namespace);
    schema->namespace_changes++;
}

struct search_path *model_new_search_path(struct schema *schema, size_t count)
{
    struct search_path *path = arena_alloc(&schema->arena, sizeof *path);

    path->names = arena_alloc(&schema->arena, count * sizeof *path->names);
    path->found =
        arena_alloc(&schema->arena, count * sizeof(struct namespace *));
    path->count = count;
    return path;
}

/* The search_path in force. Nearly every statement and rule asks for names
 * along it, so its schemas are looked up only when some may have changed. */
static const struct search_path *search_path_now(const struct schema *schema)
{
    struct search_path *path = schema->local_search_path
                                   ? schema->local_search_path
                                   : schema->search_path;

    if (path->found_at == schema->namespace_changes)
        return path;
    for (size_t i = 0; i < path->count; i++)
        path->found[i] = model_find_namespace(schema, path->names[i]);
    path->found_at = schema->namespace_changes;
    return path;
}

struct namespace *model_namespace_for(struct schema *schema, const char *name)
{
    const struct search_path *path = search_path_now(schema);
    struct namespace *namespace;

    if (name) {
        namespace = model_find_namespace(schema, name);
        if (namespace)
            return namespace;
        SET(schema, schema->is_complete, false);
        return model_add_namespace(schema, name, (struct place){0});
    }
    for (size_t i = 0; i < path->count; i++) {
        if (path->found[i])
            return path->found[i];
    }
    /* A history that begins late may SET a schema that nobody has made. */
    for (size_t i = 0; i < path->count; i++) {
        if (strcmp(path->names[i], "$user") != 0)
            return model_add_namespace(schema, path->names[i],
                                       (struct place){0});
    }
    return schema->public_namespace;
}

struct relation *model_relation_in(const struct schema *schema,
                                   const struct namespace *namespace,
                                   const char *name)
{
    return name_table_find(&schema->relations, namespace, name);
}

/* What this table of names has under the name, along the search_path. */
static void *find_along_path(const struct schema *schema,
                             const struct name_table *table,
                             struct qualified_name name)
{
    const struct search_path *path = search_path_now(schema);
    const struct namespace *namespace;
    void *found;

    if (!name.name)
        return NULL;
    if (name.schema) {
        namespace = model_find_namespace(schema, name.schema);
        return namespace ? name_table_find(table, namespace, name.name) : NULL;
    }
    found = NULL;
    if (table != &schema->relations ||
        schema->temporary_namespace->members.count > 0)
        found = name_table_find(table, schema->temporary_namespace, name.name);
    for (size_t i = 0; i < path->count && !found; i++) {
        /* $user: nobody's that we know. */
        if (path->found[i] && path->names[i][0] != '$')
            found = name_table_find(table, path->found[i], name.name);
    }
    return found;
}

struct relation *model_find_relation(const struct schema *schema,
                                     struct qualified_name name)
{
    return find_along_path(schema, &schema->relations, name);
}

struct type *model_find_type(const struct schema *schema,
                             struct qualified_name name)
{
    return find_along_path(schema, &schema->types, name);
}

struct type *model_type_in(const struct schema *schema,
                           const struct namespace *namespace, const char *name)
{
    return name_table_find(&schema->types, namespace, name);
}

struct extension *model_find_extension(const struct schema *schema,
                                       const char *name)
{
    return name_table_find(&schema->extensions, NULL, name);
}

struct table *relation_as_table(struct relation *relation)
{
    if (!relation || relation->kind == RELATION_SEQUENCE ||
        relation->kind == RELATION_INDEX)
        return NULL;
    return (struct table *)relation;
}

struct index *relation_as_index(struct relation *relation)
{
    if (!relation || relation->kind != RELATION_INDEX)
        return NULL;
    return (struct index *)relation;
}

struct sequence *relation_as_sequence(struct relation *relation)
{
    if (!relation || relation->kind != RELATION_SEQUENCE)
        return NULL;
    return (struct sequence *)relation;
}

struct table *model_find_table(const struct schema *schema,
                               struct qualified_name name)
{
    return relation_as_table(model_find_relation(schema, name));
}

struct index *model_find_index(const struct schema *schema,
                               struct qualified_name name)
{
    return relation_as_index(model_find_relation(schema, name));
}

void model_add_relation(struct schema *schema, struct relation *relation,
                        enum relation_kind kind, struct namespace *namespace,
                        const char *name, struct place made_at)
{
    relation->kind = kind;
    relation->name = model_name(schema, name);
    relation->namespace = namespace;
    relation->made_at = made_at;
    relation->is_temporary = namespace->is_temporary;
    name_table_add(&schema->relations, &schema->arena, &schema->journal,
                   namespace, relation->name, relation);
    *PUSH(schema, &namespace->members) = relation;
}

void model_remove_relation(struct schema *schema, struct relation *relation)
{
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    SET(schema, relation->is_dropped, true);
    note_removal(schema);
}

void model_rename_relation(struct schema *schema, struct relation *relation,
                           const char *name)
{
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    if (!relation->former_name || relation->renamed_in != schema->unit) {
        SET(schema, relation->former_name, relation->name);
        SET(schema, relation->renamed_in, schema->unit);
    }
    SET(schema, relation->name, model_name(schema, name));
    name_table_add(&schema->relations, &schema->arena, &schema->journal,
                   relation->namespace, relation->name, relation);
    note_removal(schema);
}

void model_move_relation(struct schema *schema, struct relation *relation,
                         struct namespace *namespace)
{
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    SET(schema, relation->namespace, namespace);
    name_table_add(&schema->relations, &schema->arena, &schema->journal,
                   namespace, relation->name, relation);
    *PUSH(schema, &namespace->members) = relation;
    note_removal(schema);
}

struct table *model_add_table(struct schema *schema, enum relation_kind kind,
                              struct namespace *namespace, const char *name,
                              struct place made_at)
{
    struct table *table = arena_alloc(&schema->arena, sizeof *table);

    model_add_relation(schema, &table->relation, kind, namespace, name,
                       made_at);
    *PUSH(schema, &schema->tables) = table;
    table->is_complete = made_at.source != NULL;
    return table;
}

struct table *model_mention_table(struct schema *schema,
                                  struct qualified_name name, bool is_doubtful)
{
    struct relation *relation = model_find_relation(schema, name);
    struct table *table = relation_as_table(relation);
    struct namespace *namespace;

    if (relation) {
        if (table && table->is_doubtful && !is_doubtful)
            SET(schema, table->is_doubtful, false);
        return table;
    }
    namespace = model_namespace_for(schema, name.schema);
    table = model_add_table(schema, RELATION_TABLE, namespace, name.name,
                            (struct place){0});
    table->is_doubtful = is_doubtful;
    SET(schema, schema->is_complete, false);
    return table;
}

/*
 * A weak hash, from the ends of the name. It stands beside the array of
 * columns, so that a table that is out of the cache is searched without
 * touching each column.
 */
static uint32_t hash_column(struct slice name)
{
    uint32_t length = (uint32_t)name.length, first = 0, last = 0;

    if (length >= sizeof first) {
        memcpy(&first, name.start, sizeof first);
        memcpy(&last, name.start + length - sizeof last, sizeof last);
    } else {
        for (size_t i = 0; i < length; i++)
            first = first << 8 | (unsigned char)name.start[i];
    }
    return (first ^ last << 7 ^ last >> 25 ^ length) * UINT32_C(0x9e3779b1);
}

struct column *model_find_column(const struct table *table, const char *name)
{
    uint32_t hash = hash_column(slice_from(name));

    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column;

        if (table->column_hashes[i] != hash)
            continue;
        column = table->columns.items[i];
        if (!column->is_dropped && strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

void model_reserve_columns(struct schema *schema, struct table *table,
                           size_t capacity)
{
    struct column_array grown = {.count = table->columns.count,
                                 .capacity = capacity};
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
    column = arena_alloc(&schema->arena, sizeof *column);
    column->name = arena_copy(&schema->arena, given);
    column->is_nullable = true;
    column->made_at = made_at;
    column->table = table;
    table->column_hashes[table->columns.count] = hash_column(given);
    *PUSH(schema, &table->columns) = column;
    return column;
}

void model_rename_column(struct schema *schema, struct column *column,
                         const char *name)
{
    struct table *table = column->table;

    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i] == column)
            SET(schema, table->column_hashes[i], hash_column(slice_from(name)));
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

/* Makes the constraint known by its name. */
static void link_name(struct schema *schema, struct constraint *constraint)
{
    const struct namespace *namespace = constraint->table->relation.namespace;
    struct name_count *names =
        name_table_find(&schema->constraint_names, namespace, constraint->name);

    if (!names) {
        names = arena_alloc(&schema->arena, sizeof *names);
        name_table_add(&schema->constraint_names, &schema->arena,
                       &schema->journal, namespace, constraint->name, names);
    }
    SET(schema, names->count, names->count + 1);
    name_table_add(&schema->constraints, &schema->arena, &schema->journal,
                   constraint->table, constraint->name, constraint);
}

static void unlink_name(struct schema *schema, struct constraint *constraint)
{
    struct name_count *names = name_table_find(
        &schema->constraint_names, constraint->table->relation.namespace,
        constraint->name);

    if (names)
        SET(schema, names->count, names->count - 1);
    name_table_remove(&schema->constraints, &schema->journal, constraint->table,
                      constraint->name, constraint);
    note_removal(schema);
}

struct constraint *model_add_constraint(struct schema *schema,
                                        struct table *table,
                                        enum constraint_type type,
                                        const char *name, struct place made_at)
{
    struct constraint *constraint =
        arena_alloc(&schema->arena, sizeof *constraint);

    constraint->type = type;
    constraint->name = model_name(schema, name);
    constraint->table = table;
    constraint->is_validated = true;
    constraint->is_enforced = true;
    constraint->made_at = made_at;
    model_link_constraint(schema, constraint);
    return constraint;
}

void model_link_constraint(struct schema *schema, struct constraint *constraint)
{
    *PUSH(schema, &constraint->table->constraints) = constraint;
    link_name(schema, constraint);
}

void model_remove_constraint(struct schema *schema,
                             struct constraint *constraint)
{
    if (constraint->type == CONSTRAINT_NOT_NULL && constraint->columns.count)
        SET(schema, constraint->columns.items[0]->not_null, NULL);
    unlink_name(schema, constraint);
    SET(schema, constraint->is_dropped, true);
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
        if (!constraints->items[i]->is_dropped)
            unlink_name(schema, constraints->items[i]);
    }
    model_move_relation(schema, &table->relation, namespace);
    for (size_t i = 0; i < constraints->count; i++) {
        if (!constraints->items[i]->is_dropped)
            link_name(schema, constraints->items[i]);
    }
}

struct type *model_add_type(struct schema *schema, enum type_kind kind,
                            struct namespace *namespace, const char *name,
                            struct place made_at)
{
    struct type *type = arena_alloc(&schema->arena, sizeof *type);

    type->kind = kind;
    type->name = model_name(schema, name);
    type->namespace = namespace;
    type->made_at = made_at;
    name_table_add(&schema->types, &schema->arena, &schema->journal, namespace,
                   type->name, type);
    *PUSH(schema, &namespace->types) = type;
    return type;
}

void model_remove_type(struct schema *schema, struct type *type)
{
    name_table_remove(&schema->types, &schema->journal, type->namespace,
                      type->name, type);
    SET(schema, type->is_dropped, true);
}

void model_rename_type(struct schema *schema, struct type *type,
                       const char *name, struct namespace *namespace)
{
    name_table_remove(&schema->types, &schema->journal, type->namespace,
                      type->name, type);
    SET(schema, type->name, model_name(schema, name));
    SET(schema, type->namespace, namespace);
    name_table_add(&schema->types, &schema->arena, &schema->journal, namespace,
                   type->name, type);
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

            if (child->visit == visit || child->relation.is_dropped)
                continue;
            child->visit = visit;
            *array_push(&schema->scratch, &found) = child;
        }
    }
    return found;
}
