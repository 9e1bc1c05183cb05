/*
 * What depends on what, and functions, which are found by name and told apart
 * by their parameters. Another part of model.c.
 */
#include "schema/model.h"

static void note_change(struct schema *schema, struct object *object,
                        bool is_made)
{
    struct watch *watch = schema->watch;

    if (watch)
        *array_push(watch->arena, &watch->changes) =
            (struct change){object, is_made};
}

void *model_new_object(struct schema *schema, enum object_class class,
                       size_t size)
{
    struct object *object = arena_alloc(&schema->arena, size);

    object->class = class;
    object_register_add(&schema->objects, &schema->arena,
                        (struct registered_object){
                            .object = object,
                            .size = (uint32_t)size,
                            .is_conditional = schema->is_conditional,
                        });
    return object;
}

void model_drop_object(struct schema *schema, struct object *object)
{
    SET(schema, object->is_dropped, true);
    note_change(schema, object, false);
}

void model_note_made(struct schema *schema, struct object *object)
{
    note_change(schema, object, true);
}

void model_note_renamed(struct schema *schema, struct object *object)
{
    struct watch *watch = schema->watch;

    if (watch)
        *array_push(watch->arena, &watch->renamed) = object;
}

void model_depend(struct schema *schema, struct object *dependent,
                  struct object *needed, enum dependency_kind kind)
{
    struct dependency *dependency;

    if (!dependent || !needed || dependent == needed)
        return;
    for (dependency = dependent->needs; dependency;
         dependency = dependency->next_need) {
        if (dependency->needed == needed && !dependency->is_gone &&
            dependency->kind == kind)
            return;
    }
    dependency = arena_alloc(&schema->arena, sizeof *dependency);
    *dependency = (struct dependency){
        .dependent = dependent,
        .needed = needed,
        .kind = kind,
        .next_dependent = needed->dependents,
        .next_need = dependent->needs,
    };
    SET(schema, needed->dependents, dependency);
    SET(schema, dependent->needs, dependency);
}

void model_forget_needs(struct schema *schema, struct object *dependent)
{
    for (struct dependency *dependency = dependent->needs; dependency;
         dependency = dependency->next_need)
        SET(schema, dependency->is_gone, true);
    SET(schema, dependent->needs, NULL);
}

void model_forget_need(struct schema *schema, struct object *dependent,
                       const struct object *needed)
{
    for (struct dependency *dependency = dependent->needs; dependency;
         dependency = dependency->next_need) {
        if (dependency->needed == needed)
            SET(schema, dependency->is_gone, true);
    }
}

struct function *model_functions_in(const struct schema *schema,
                                    const struct namespace *namespace,
                                    const char *name)
{
    return name_table_find(&schema->functions, namespace, name);
}

/* Makes the function, which has its name and namespace, known by them. */
static void link_function(struct schema *schema, struct function *function)
{
    struct function *last =
        model_functions_in(schema, function->namespace, function->name);

    SET(schema, function->next_overload, NULL);
    if (!last) {
        name_table_add(&schema->functions, &schema->arena, &schema->journal,
                       function->namespace, function->name, function);
        return;
    }
    while (last->next_overload)
        last = last->next_overload;
    SET(schema, last->next_overload, function);
}

static void unlink_function(struct schema *schema, struct function *function)
{
    struct function *other =
        model_functions_in(schema, function->namespace, function->name);

    if (other != function) {
        while (other->next_overload != function)
            other = other->next_overload;
        SET(schema, other->next_overload, function->next_overload);
        return;
    }
    name_table_remove(&schema->functions, &schema->journal, function->namespace,
                      function->name, function);
    if (function->next_overload)
        name_table_add(&schema->functions, &schema->arena, &schema->journal,
                       function->namespace, function->name,
                       function->next_overload);
}

struct function *model_add_function(struct schema *schema,
                                    struct namespace *namespace,
                                    const char *name, struct place made_at)
{
    struct function *function =
        model_new_object(schema, CLASS_FUNCTION, sizeof *function);

    function->name = model_name(schema, name);
    function->namespace = namespace;
    function->made_at = made_at;
    link_function(schema, function);
    *PUSH(schema, &namespace->functions) = function;
    return function;
}

void model_remove_function(struct schema *schema, struct function *function)
{
    unlink_function(schema, function);
    model_drop_object(schema, &function->object);
}

void model_rename_function(struct schema *schema, struct function *function,
                           const char *name, struct namespace *namespace)
{
    unlink_function(schema, function);
    SET(schema, function->name, model_name(schema, name));
    if (function->namespace != namespace) {
        SET(schema, function->namespace, namespace);
        *PUSH(schema, &namespace->functions) = function;
    }
    link_function(schema, function);
    model_note_renamed(schema, &function->object);
}

/*
 * Names of one kind in one schema, or in none, are a scope of their own: a
 * number within the struct of the schema serves as its key.
 */
static const void *scope_of(const struct schema *schema, enum other_kind kind,
                            const struct namespace *namespace)
{
    const char *at = namespace ? (const char *)namespace : (const char *)schema;

    return at + kind;
}

struct other *model_find_other(const struct schema *schema,
                               enum other_kind kind,
                               const struct namespace *namespace,
                               const char *name)
{
    return name_table_find(&schema->others, scope_of(schema, kind, namespace),
                           name);
}

static void link_other(struct schema *schema, struct other *other)
{
    name_table_add(&schema->others, &schema->arena, &schema->journal,
                   scope_of(schema, other->kind, other->namespace), other->name,
                   other);
}

static void unlink_other(struct schema *schema, struct other *other)
{
    name_table_remove(&schema->others, &schema->journal,
                      scope_of(schema, other->kind, other->namespace),
                      other->name, other);
}

struct other *model_add_other(struct schema *schema, enum other_kind kind,
                              struct namespace *namespace, const char *name,
                              struct place made_at)
{
    struct other *other = model_new_object(schema, CLASS_OTHER, sizeof *other);

    other->kind = kind;
    other->name = model_name(schema, name);
    other->namespace = namespace;
    other->made_at = made_at;
    schema->other_kinds |= UINT32_C(1) << kind;
    link_other(schema, other);
    if (namespace)
        model_depend(schema, &other->object, &namespace->object,
                     DEPENDENCY_NORMAL);
    return other;
}

void model_remove_other(struct schema *schema, struct other *other)
{
    unlink_other(schema, other);
    model_drop_object(schema, &other->object);
}

void model_rename_other(struct schema *schema, struct other *other,
                        const char *name, struct namespace *namespace)
{
    unlink_other(schema, other);
    SET(schema, other->name, model_name(schema, name));
    if (other->namespace != namespace) {
        model_forget_need(schema, &other->object, &other->namespace->object);
        SET(schema, other->namespace, namespace);
        model_depend(schema, &other->object, &namespace->object,
                     DEPENDENCY_NORMAL);
    }
    link_other(schema, other);
}

struct statistics *model_statistics_in(const struct schema *schema,
                                       const struct namespace *namespace,
                                       const char *name)
{
    return name_table_find(&schema->statistics, namespace, name);
}

void model_link_statistics(struct schema *schema, struct statistics *statistics)
{
    name_table_add(&schema->statistics, &schema->arena, &schema->journal,
                   statistics->namespace, statistics->name, statistics);
    model_depend(schema, &statistics->object, &statistics->namespace->object,
                 DEPENDENCY_NORMAL);
}

static void unlink_statistics(struct schema *schema,
                              struct statistics *statistics)
{
    name_table_remove(&schema->statistics, &schema->journal,
                      statistics->namespace, statistics->name, statistics);
}

void model_remove_statistics(struct schema *schema,
                             struct statistics *statistics)
{
    unlink_statistics(schema, statistics);
    model_drop_object(schema, &statistics->object);
}

void model_rename_statistics(struct schema *schema,
                             struct statistics *statistics, const char *name,
                             struct namespace *namespace)
{
    unlink_statistics(schema, statistics);
    if (statistics->namespace != namespace)
        model_forget_need(schema, &statistics->object,
                          &statistics->namespace->object);
    SET(schema, statistics->name, model_name(schema, name));
    SET(schema, statistics->namespace, namespace);
    model_link_statistics(schema, statistics);
}

bool model_may_use_label(const struct schema *schema, const struct type *type,
                         const char *label)
{
    bool is_safe = true;

    for (size_t i = 0; i < schema->new_labels.count; i++) {
        const struct new_label *added = &schema->new_labels.items[i];

        if (added->type != type)
            continue;
        if (!added->label && schema->postgres_version >= 17)
            return true;
        if (added->label && strcmp(added->label, label) == 0)
            is_safe = false;
    }
    return is_safe;
}
