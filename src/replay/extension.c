/*
 * Extensions. What the common ones bring is in the catalogue of built-in
 * objects; after another one nothing is certain that names what it may have
 * brought.
 *
 * Facts: src/backend/commands/extension.c.
 */
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
    extension = arena_alloc(&schema->arena, sizeof *extension);
    extension->object.class = CLASS_EXTENSION;
    extension->name = model_name(schema, name);
    extension->namespace = namespace;
    extension->made_at = replay_place_at(replay, -1);
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
