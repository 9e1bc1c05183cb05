/*
 * Extensions. What the common ones bring is in the catalogue of built-in
 * objects; after another one nothing is certain that names what it may have
 * brought.
 *
 * Facts: src/backend/commands/extension.c.
 */
#include "replay/dependency.h"
#include "replay/lookup.h"
#include "replay/types.h"
#include "schema/builtin/builtin.h"

#include <string.h>

/* The options of CREATE EXTENSION that matter. */
struct extension_options {
    const char *schema; /* null: not named */
    bool is_cascade;
};

static void read_options(const CreateExtensionStmt *create,
                         struct extension_options *options)
{
    const ListCell *cell;

    foreach (cell, create->options) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, "schema") == 0)
            options->schema = name_from_string(option->arg);
        if (option && strcmp(option->defname, "cascade") == 0)
            options->is_cascade = true;
    }
}

/* Its name, or the statement's first word: CASCADE makes others. */
static struct place place_of(const struct replay *replay, const char *name)
{
    struct span words = {0};

    if (replay->statement)
        words = words_find_name(replay->text, replay->statement,
                                replay->statement->offset, name);
    return words.length > 0
               ? replay_place(replay, words.offset, words.offset + words.length)
               : replay_place_at(replay, -1);
}

static bool add_extension(struct replay *replay, const char *name,
                          const struct extension_options *options);

/* What it needs must be there, or comes along. */
static bool add_required(struct replay *replay,
                         const struct builtin_extension *known,
                         const struct extension_options *options)
{
    const char *name = known ? builtin_text(known->required) : "";

    if (*name == '\0' || model_find_extension(replay->schema, name))
        return true;
    if (options->is_cascade || !replay_knows_all(replay))
        return add_extension(replay, name, options);
    return replay_fail(replay, "42704",
                       "required extension \"%s\" is not installed", name);
}

static void note_required(struct schema *schema, struct extension *extension,
                          const struct builtin_extension *known)
{
    const char *name = known ? builtin_text(known->required) : "";
    struct extension *required =
        *name ? model_find_extension(schema, name) : NULL;

    if (required)
        model_depend(schema, &extension->object, &required->object,
                     DEPENDENCY_NORMAL);
}

static bool add_extension(struct replay *replay, const char *name,
                          const struct extension_options *options)
{
    struct schema *schema = replay->schema;
    const struct builtin_extension *known = builtin_find_extension(name);
    struct namespace *namespace = replay_namespace(replay, options->schema);
    struct extension *extension;

    if (!namespace || !add_required(replay, known, options))
        return false;
    extension = model_new_object(schema, CLASS_EXTENSION, sizeof *extension);
    extension->name = model_name(schema, name);
    extension->namespace = namespace;
    extension->made_at = place_of(replay, name);
    extension->is_known = known != NULL;
    name_table_add(&schema->extensions, &schema->arena, &schema->journal, NULL,
                   extension->name, extension);
    model_depend(schema, &extension->object, &namespace->object,
                 DEPENDENCY_NORMAL);
    note_required(schema, extension, known);
    type_add_of_extension(schema, extension, extension->made_at);
    if (!known)
        replay->is_opaque = true;
    return true;
}

bool replay_create_extension(struct replay *replay,
                             const CreateExtensionStmt *create)
{
    struct extension_options options = {0};
    const char *name = create->extname;

    /* plpgsql is there from the start. */
    if (model_find_extension(replay->schema, name) ||
        strcmp(name, "plpgsql") == 0)
        return create->if_not_exists || !replay_knows_all(replay) ||
               replay_fail(replay, "42710", "extension \"%s\" already exists",
                           name);
    read_options(create, &options);
    return add_extension(replay, name, &options);
}

bool extension_alter(struct replay *replay, const AlterExtensionStmt *alter)
{
    struct object *object;

    return lookup_word(replay, OBJECT_EXTENSION, alter->extname, false,
                       &object);
}

/* Where the object says of which extension it is a member; null if there is no
 * such place. */
static struct extension **membership_of(struct object *object)
{
    switch (object->class) {
    case CLASS_RELATION: return &((struct relation *)object)->extension;
    case CLASS_FUNCTION: return &((struct function *)object)->extension;
    case CLASS_TYPE: return &((struct type *)object)->extension;
    case CLASS_NAMESPACE:
    case CLASS_EXTENSION:
    case CLASS_COLUMN:
    case CLASS_DEFAULT:
    case CLASS_CONSTRAINT:
    case CLASS_TRIGGER:
    case CLASS_POLICY:
    case CLASS_RULE:
    case CLASS_STATISTICS:
    case CLASS_OTHER: return NULL;
    }
    return NULL;
}

bool extension_alter_contents(struct replay *replay,
                              const AlterExtensionContentsStmt *alter)
{
    struct object *object, *member;
    struct extension **place;
    bool is_added = alter->action > 0;

    if (!lookup_word(replay, OBJECT_EXTENSION, alter->extname, false,
                     &object) ||
        !lookup_object(replay, alter->objtype, alter->object, false, &member))
        return false;
    place = object && member ? membership_of(member) : NULL;
    if (!place)
        return false;
    if (is_added && *place)
        return replay_fail(replay, "55000",
                           "%s is already a member of extension \"%s\"",
                           object_description(replay, member), (*place)->name);
    if (!is_added && *place != (struct extension *)object)
        return replay_fail(replay, "55000",
                           "%s is not a member of extension \"%s\"",
                           object_description(replay, member), alter->extname);
    SET(replay->schema, *place, is_added ? (struct extension *)object : NULL);
    if (is_added)
        model_depend(replay->schema, member, object, DEPENDENCY_EXTENSION);
    else
        model_forget_need(replay->schema, member, object);
    return true;
}
