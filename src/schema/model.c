/*
 * How the schema changes: namespaces, relations and types come, are renamed
 * and go. replay/ decides what; here it is done, found by name, and
 * journaled. What is in a table, model_table.c does.
 */
#include "schema/model.h"

#include "schema/generated_name.h"

#include <string.h>

const char *model_name(struct schema *schema, const char *name)
{
    return name ? arena_copy(&schema->arena, slice_from(name)) : NULL;
}

/* A few seconds; histories of thousands of files need a thousandth. */
#define STEPS_MAX ((size_t)200000000)

bool model_spend(struct schema *schema, size_t steps)
{
    if (steps > STEPS_MAX - schema->spent) {
        SET(schema, schema->is_complete, false);
        SET(schema, schema->is_opaque, true);
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

/* An undo leads back to the number that stood for what is there then. */
static void note_change(struct schema *schema)
{
    SET(schema, schema->namespaces_state, ++schema->namespace_changes);
}

struct namespace *model_add_namespace(struct schema *schema, const char *name,
                                      struct place made_at)
{
    struct namespace *namespace =
        model_new_object(schema, CLASS_NAMESPACE, sizeof *namespace);

    namespace->name = model_name(schema, name);
    namespace->made_at = made_at;
    name_table_add(&schema->namespaces, &schema->arena, &schema->journal, NULL,
                   namespace->name, namespace);
    note_change(schema);
    return namespace;
}

void model_remove_namespace(struct schema *schema, struct namespace *namespace)
{
    name_table_remove(&schema->namespaces, &schema->journal, NULL,
                      namespace->name, namespace);
    model_drop_object(schema, &namespace->object);
    note_change(schema);
}

void model_rename_namespace(struct schema *schema, struct namespace *namespace,
                            const char *name)
{
    name_table_remove(&schema->namespaces, &schema->journal, NULL,
                      namespace->name, namespace);
    SET(schema, namespace->name, model_name(schema, name));
    name_table_add(&schema->namespaces, &schema->arena, &schema->journal, NULL,
                   namespace->name, namespace);
    note_change(schema);
    model_note_renamed(schema, &namespace->object);
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

/* Nearly every statement and rule asks for names along the path, so its
 * schemas are looked up only when some may have changed. */
void model_look_up_path(const struct schema *schema, struct search_path *path)
{
    path->has_catalog = false;
    for (size_t i = 0; i < path->count; i++) {
        path->found[i] = model_find_namespace(schema, path->names[i]);
        if (strcmp(path->names[i], "pg_catalog") == 0)
            path->has_catalog = true;
    }
    path->found_at = schema->namespaces_state;
}

struct namespace *model_first_namespace(const struct schema *schema)
{
    const struct search_path *path = model_search_path(schema);

    for (size_t i = 0; i < path->count; i++) {
        if (path->found[i])
            return path->found[i];
    }
    return NULL;
}

struct namespace *model_namespace_for(struct schema *schema, const char *name)
{
    struct namespace *namespace;
    const struct search_path *path;

    if (name) {
        namespace = model_find_namespace(schema, name);
        if (namespace)
            return namespace;
        SET(schema, schema->is_complete, false);
        return model_add_namespace(schema, name, (struct place){0});
    }
    namespace = model_first_namespace(schema);
    if (namespace)
        return namespace;
    path = model_search_path(schema);
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
    const struct search_path *path = model_search_path(schema);
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

static bool is_gone(const struct schema *schema, const struct name_table *names,
                    struct qualified_name name)
{
    return names->count > 0 && !schema->is_opaque &&
           find_along_path(schema, names, name);
}

bool model_is_gone_relation(const struct schema *schema,
                            struct qualified_name name)
{
    return is_gone(schema, &schema->gone_relations, name);
}

bool model_is_gone_type(const struct schema *schema, struct qualified_name name)
{
    return is_gone(schema, &schema->gone_types, name);
}

/* A name that was lost once stays in the table: it is asked for only where no
 * object has it again. */
static void note_gone(struct schema *schema, struct name_table *names,
                      struct namespace *namespace, const char *name)
{
    if (!namespace->is_temporary && !name_table_find(names, namespace, name))
        name_table_add(names, &schema->arena, &schema->journal, namespace, name,
                       namespace);
}

void model_note_gone(struct schema *schema, struct qualified_name name)
{
    struct namespace *namespace =
        name.schema ? model_find_namespace(schema, name.schema)
                    : model_first_namespace(schema);

    if (namespace)
        note_gone(schema, &schema->gone_relations, namespace, name.name);
}

struct statistics *model_find_statistics(const struct schema *schema,
                                         struct qualified_name name)
{
    return find_along_path(schema, &schema->statistics, name);
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

void model_make_relation(struct relation *relation, enum relation_kind kind,
                         struct namespace *namespace, const char *name,
                         struct place made_at)
{
    relation->object.class = CLASS_RELATION;
    relation->kind = kind;
    relation->name = name;
    relation->namespace = namespace;
    relation->made_at = made_at;
    relation->is_temporary = namespace->is_temporary;
}

void model_link_relation(struct schema *schema, struct relation *relation)
{
    struct namespace *namespace = relation->namespace;

    relation->name =
        name_table_add(&schema->relations, &schema->arena, &schema->journal,
                       namespace, relation->name, relation);
    *PUSH(schema, &namespace->members) = relation;
    model_note_made(schema, &relation->object);
}

void model_add_relation(struct schema *schema, struct relation *relation,
                        enum relation_kind kind, struct namespace *namespace,
                        const char *name, struct place made_at)
{
    model_make_relation(relation, kind, namespace, name, made_at);
    model_link_relation(schema, relation);
}

void model_remove_relation(struct schema *schema, struct relation *relation)
{
    note_gone(schema, &schema->gone_relations, relation->namespace,
              relation->name);
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    model_drop_object(schema, &relation->object);
    note_removal(schema);
}

/* An array is named after its element, and where that is. */
static void follow_element(struct schema *schema, const struct type *element)
{
    struct type *array = element->array;

    if (!array)
        return;
    SET(schema, array->name, model_array_name(schema, element->name));
    SET(schema, array->namespace, element->namespace);
}

/* A row type is found by its table's name. */
static void follow_relation(struct schema *schema, struct relation *relation)
{
    struct table *table = relation_as_table(relation);

    if (table && table->row_type) {
        SET(schema, table->row_type->name, relation->name);
        SET(schema, table->row_type->namespace, relation->namespace);
        follow_element(schema, table->row_type);
    }
}

void model_rename_relation(struct schema *schema, struct relation *relation,
                           const char *name)
{
    note_gone(schema, &schema->gone_relations, relation->namespace,
              relation->name);
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    if (!relation->former_name || relation->renamed_in != schema->unit) {
        SET(schema, relation->former_name, relation->name);
        SET(schema, relation->renamed_in, schema->unit);
    }
    SET(schema, relation->name, model_name(schema, name));
    name_table_add(&schema->relations, &schema->arena, &schema->journal,
                   relation->namespace, relation->name, relation);
    follow_relation(schema, relation);
    note_removal(schema);
    model_note_renamed(schema, &relation->object);
}

void model_move_relation(struct schema *schema, struct relation *relation,
                         struct namespace *namespace)
{
    note_gone(schema, &schema->gone_relations, relation->namespace,
              relation->name);
    name_table_remove(&schema->relations, &schema->journal, relation->namespace,
                      relation->name, relation);
    SET(schema, relation->namespace, namespace);
    name_table_add(&schema->relations, &schema->arena, &schema->journal,
                   namespace, relation->name, relation);
    *PUSH(schema, &namespace->members) = relation;
    follow_relation(schema, relation);
    note_removal(schema);
    model_note_renamed(schema, &relation->object);
}

/* utils/adt: makeArrayTypeName(). */
const char *model_array_name(struct schema *schema, const char *element)
{
    return arena_format(&schema->arena, "_%.*s", NAME_SIZE_MAX - 1, element);
}

struct type *model_add_type(struct schema *schema, enum type_kind kind,
                            struct namespace *namespace, const char *name,
                            struct place made_at)
{
    struct type *type = model_new_object(schema, CLASS_TYPE, sizeof *type);

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
    note_gone(schema, &schema->gone_types, type->namespace, type->name);
    name_table_remove(&schema->types, &schema->journal, type->namespace,
                      type->name, type);
    model_drop_object(schema, &type->object);
}

void model_rename_type(struct schema *schema, struct type *type,
                       const char *name, struct namespace *namespace)
{
    note_gone(schema, &schema->gone_types, type->namespace, type->name);
    name_table_remove(&schema->types, &schema->journal, type->namespace,
                      type->name, type);
    if (strcmp(type->name, name) != 0)
        SET(schema, type->renamed_in, schema->unit);
    SET(schema, type->name, model_name(schema, name));
    SET(schema, type->namespace, namespace);
    name_table_add(&schema->types, &schema->arena, &schema->journal, namespace,
                   type->name, type);
    follow_element(schema, type);
    model_note_renamed(schema, &type->object);
}
