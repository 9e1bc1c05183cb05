/*
 * DROP: finds what is named, or says why it cannot be, and has all of it go at
 * once. Also the drops that are parts of other statements.
 *
 * Facts: src/backend/commands/dropcmds.c, tablecmds.c (RemoveRelations),
 * src/backend/catalog/objectaddress.c (get_object_address).
 */
#include "replay/deletion.h"
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/system_catalog.h"

#include <string.h>

bool replay_refuse(const struct replay *replay)
{
    return !replay->schema->is_opaque;
}

void replay_drop_index(struct replay *replay, struct index *index)
{
    if (!index->relation.object.is_dropped)
        deletion_perform_internal(replay, &index->relation.object);
}

/* A child's constraint of the same name, which it has from the parent. */
static void drop_inherited(struct replay *replay,
                           const struct constraint *constraint)
{
    struct schema *schema = replay->schema;
    struct table_array targets =
        model_inheritors(schema, constraint->table, true);

    for (size_t i = 1; i < targets.count; i++) {
        struct constraint *own =
            model_find_constraint(schema, targets.items[i], constraint->name);

        if (own && own->type == constraint->type && !own->is_local)
            deletion_forget(replay, &own->object);
    }
}

bool replay_drop_constraint(struct replay *replay,
                            struct constraint *constraint, bool is_cascade)
{
    if (!deletion_perform_one(replay, &constraint->object, is_cascade))
        return false;
    if (constraint->type == CONSTRAINT_CHECK && !constraint->is_no_inherit)
        drop_inherited(replay, constraint);
    return true;
}

bool replay_drop_column(struct replay *replay, struct column *column,
                        bool is_cascade)
{
    struct table_array targets =
        model_inheritors(replay->schema, column->table, true);
    struct object_array columns = {0};

    for (size_t i = 0; i < targets.count; i++) {
        struct column *own = model_find_column(targets.items[i], column->name);

        if (own &&
            (own == column || (own->inherit_count > 0 && !own->is_local)))
            *array_push(&replay->schema->scratch, &columns) = &own->object;
    }
    return deletion_perform(replay, &columns, is_cascade);
}

bool replay_drop_relations(struct replay *replay,
                           const struct relation_array *relations,
                           bool is_cascade)
{
    struct object_array objects = {0};

    for (size_t i = 0; i < relations->count; i++)
        *array_push(&replay->schema->scratch, &objects) =
            &relations->items[i]->object;
    return deletion_perform(replay, &objects, is_cascade);
}

bool replay_drop_relation(struct replay *replay, struct relation *relation,
                          bool is_cascade)
{
    return deletion_perform_one(replay, &relation->object, is_cascade);
}

/* How messages call the kind of relation that a statement names. */
struct relation_words {
    ObjectType type;
    const char *noun;     /* table "x" does not exist */
    const char *article;  /* "x" is not a table */
    const char *sqlstate; /* of the first message */
};

static const struct relation_words relation_words[] = {
    {OBJECT_TABLE, "table", "a table", "42P01"},
    {OBJECT_SEQUENCE, "sequence", "a sequence", "42P01"},
    {OBJECT_VIEW, "view", "a view", "42P01"},
    {OBJECT_MATVIEW, "materialized view", "a materialized view", "42P01"},
    {OBJECT_INDEX, "index", "an index", "42704"},
    {OBJECT_FOREIGN_TABLE, "foreign table", "a foreign table", "42704"},
};

static const struct relation_words *words_of(ObjectType type)
{
    for (size_t i = 0; i < sizeof relation_words / sizeof *relation_words;
         i++) {
        if (relation_words[i].type == type)
            return &relation_words[i];
    }
    return &relation_words[0];
}

/* The kind of relation that DROP names. */
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
    case RELATION_COMPOSITE_TYPE: return false;
    }
    return false;
}

/* DROP INDEX CONCURRENTLY does less. */
static bool check_concurrent(struct replay *replay, const DropStmt *drop)
{
    if (!drop->concurrent)
        return true;
    if (list_length(drop->objects) != 1)
        return replay_fail(replay, "0A000",
                           "DROP INDEX CONCURRENTLY does not support dropping "
                           "multiple objects");
    if (drop->behavior == DROP_CASCADE)
        return replay_fail(replay, "0A000",
                           "DROP INDEX CONCURRENTLY does not support CASCADE");
    return true;
}

static bool refuse_missing_relation(struct replay *replay,
                                    const struct relation_words *words,
                                    struct qualified_name name)
{
    if (name.schema && !model_find_namespace(replay->schema, name.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           name.schema);
    return replay_fail(replay, words->sqlstate, "%s \"%s\" does not exist",
                       words->noun, name.name);
}

static bool drop_relations(struct replay *replay, const DropStmt *drop)
{
    const struct relation_words *words = words_of(drop->removeType);
    struct object_array objects = {0};
    const ListCell *cell;

    if (!check_concurrent(replay, drop))
        return false;
    foreach (cell, drop->objects) {
        struct qualified_name name = name_from_list(lfirst(cell));
        struct relation *relation = model_find_relation(replay->schema, name);
        const struct index *index = relation_as_index(relation);

        if (!relation && system_has_relation(replay, name)) {
            if (!system_allows_drop(replay, name, drop->removeType,
                                    words->article))
                return false;
            continue;
        }
        if (!relation) {
            bool is_gone = model_is_gone_relation(replay->schema, name);

            if (!drop->missing_ok && (is_gone || replay_knows_all(replay)))
                return refuse_missing_relation(replay, words, name);
            model_note_gone(replay->schema, name);
            continue;
        }
        if (!is_of_kind(relation, drop->removeType))
            return replay_fail(replay, "42809", "\"%s\" is not %s", name.name,
                               words->article);
        if (index && drop->concurrent && !relation->is_temporary &&
            index->table->relation.kind == RELATION_PARTITIONED_TABLE)
            return replay_fail(
                replay, "0A000",
                "cannot drop partitioned index \"%s\" concurrently", name.name);
        *array_push(&replay->schema->scratch, &objects) = &relation->object;
    }
    return deletion_perform(replay, &objects, drop->behavior == DROP_CASCADE);
}

bool replay_drop(struct replay *replay, const DropStmt *drop)
{
    struct object_array objects = {0};
    const ListCell *cell;

    switch (drop->removeType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX: return drop_relations(replay, drop);
    default: break;
    }
    foreach (cell, drop->objects) {
        struct object *object = NULL;

        if (!lookup_object(replay, drop->removeType, lfirst(cell),
                           drop->missing_ok, &object))
            return false;
        if (drop->removeType == OBJECT_FUNCTION && object &&
            ((const struct function *)object)->kind == FUNCTION_AGGREGATE)
            return replay_fail(replay, "42809",
                               "\"%s\" is an aggregate function",
                               ((const struct function *)object)->name);
        if (object && !system_allows_drop_of(replay, object,
                                             drop->behavior == DROP_CASCADE))
            return false;
        if (object)
            *array_push(&replay->schema->scratch, &objects) = object;
    }
    return deletion_perform(replay, &objects, drop->behavior == DROP_CASCADE);
}
