/*
 * What stores values of a composite or row type, which is in the way when the
 * type of one of its attributes changes: columns of that type, of arrays,
 * domains and ranges of it, and what stores such values in turn through views
 * and other composite types.
 *
 * Facts: src/backend/commands/tablecmds.c (find_composite_type_dependencies).
 */
#include "replay/dependency.h"

/* A column, a type, or an index that may have a column of the type. */
struct user {
    struct object *object;
    struct place made_at;
    const char *name; /* of an index's column; else null */
};

struct user_array ARRAY(struct user);

/* The types whose users are still to be looked at: the last comes first. */
struct search {
    struct replay *replay;
    struct user_array pending;
};

/* In the order in which they were made, as far as places tell. */
static bool is_earlier(const struct place *a, const struct place *b)
{
    if (a->unit != b->unit || a->source != b->source)
        return a->unit < b->unit;
    return a->span.offset < b->span.offset;
}

/* Insertion keeps the array sorted, the first to be looked at last. */
static void add(struct search *search, size_t from, struct user user)
{
    struct user_array *pending = &search->pending;
    size_t at;

    array_push(&search->replay->schema->scratch, pending);
    for (at = pending->count - 1;
         at > from &&
         is_earlier(&pending->items[at - 1].made_at, &user.made_at);
         at--)
        pending->items[at] = pending->items[at - 1];
    pending->items[at] = user;
}

static void add_columns(struct search *search, size_t from,
                        const struct table *table, const struct type *type)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        struct column *column = table->columns.items[i];

        if (column->data_type.type == type && !column->object.is_dropped)
            add(search, from,
                (struct user){.object = &column->object,
                              .made_at = column->made_at});
    }
}

/* An expression of the index makes values of the type, and one is a key. */
static void add_index(struct search *search, size_t from, struct index *index,
                      const struct type *type)
{
    for (size_t i = 0; i < index->column_count; i++) {
        const struct index_column *key = &index->columns[i];

        if (!key->column && key->type.type == type)
            add(search, from,
                (struct user){.object = &index->relation.object,
                              .made_at = index->relation.made_at,
                              .name = key->name});
    }
}

/* A domain or range directly of the type. */
static bool is_of(const struct type *user, const struct type *type)
{
    return (user->kind == TYPE_DOMAIN ? user->base.type : user->element) ==
           type;
}

/* Domains and ranges that are made of it, and indexes that name it. What needs
 * an array is known to need its elements' type. */
static void add_dependents(struct search *search, size_t from,
                           const struct type *type)
{
    const struct type *needed = type->kind == TYPE_ARRAY ? type->element : type;

    for (const struct dependency *dependency = needed->object.dependents;
         dependency; dependency = dependency->next_dependent) {
        struct object *object = dependency->dependent;

        if (dependency->is_gone || object->is_dropped)
            continue;
        if (object->class == CLASS_RELATION &&
            relation_as_index(object_relation(object)))
            add_index(search, from, relation_as_index(object_relation(object)),
                      type);
        if (object->class == CLASS_TYPE && is_of((struct type *)object, type))
            add(search, from,
                (struct user){.object = object,
                              .made_at = ((struct type *)object)->made_at});
    }
    if (type->multirange)
        add(search, from, (struct user){.object = &type->multirange->object});
    if (type->array)
        add(search, from, (struct user){.object = &type->array->object});
}

static void add_users(struct search *search, const struct type *type)
{
    struct schema *schema = search->replay->schema;
    size_t from = search->pending.count;

    if (!model_spend(schema, schema->tables.count))
        return;
    for (size_t i = 0; i < schema->tables.count; i++) {
        const struct table *table = schema->tables.items[i];

        if (!table->relation.object.is_dropped &&
            model_spend(schema, table->columns.count))
            add_columns(search, from, table, type);
    }
    add_dependents(search, from, type);
}

static bool refuse(struct replay *replay, const struct table *table,
                   const struct relation *user, const char *column)
{
    const char *kind = "table";

    if (table->relation.kind == RELATION_COMPOSITE_TYPE)
        return replay_fail(
            replay, "0A000",
            "cannot alter type \"%s\" because column \"%s.%s\" uses it",
            table->relation.name, user->name, column);
    if (table->relation.kind == RELATION_FOREIGN_TABLE)
        kind = "foreign table";
    return replay_fail(replay, "0A000",
                       "cannot alter %s \"%s\" because column \"%s.%s\" uses "
                       "its row type",
                       kind, table->relation.name, user->name, column);
}

static bool is_stored(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_SEQUENCE:
    case RELATION_INDEX: return true;
    case RELATION_FOREIGN_TABLE:
    case RELATION_VIEW:
    case RELATION_COMPOSITE_TYPE: return false;
    }
    return false;
}

/* One that was found: false if the type cannot be altered for it. */
static bool look_at(struct search *search, const struct table *table,
                    const struct user *user)
{
    struct replay *replay = search->replay;
    struct column *column;

    if (user->object->class == CLASS_TYPE) {
        add_users(search, (const struct type *)user->object);
        return true;
    }
    if (user->object->class == CLASS_RELATION)
        return refuse(replay, table, object_relation(user->object), user->name);
    column = object_column(user->object);
    if (is_stored(&column->table->relation))
        return refuse(replay, table, &column->table->relation, column->name);
    if (column->table->row_type)
        add_users(search, column->table->row_type);
    return true;
}

bool alter_check_type_users(struct replay *replay, const struct table *table)
{
    const struct type *type = table->row_type;
    struct search search = {.replay = replay};

    if (!type || (!type->is_in_use && !type->object.dependents))
        return true;
    add_users(&search, type);
    while (search.pending.count > 0) {
        struct user user = search.pending.items[--search.pending.count];

        if (!look_at(&search, table, &user))
            return false;
    }
    return true;
}
