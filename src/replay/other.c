/*
 * Objects known by name alone, as far as later statements ask whether they are
 * there, or depend on them. Those that a new database has already are not
 * known: nothing is certain of names that may be theirs.
 *
 * Facts: src/backend/commands/foreigncmds.c, publicationcmds.c,
 * event_trigger.c, amcmds.c, proclang.c, conversioncmds.c, functioncmds.c
 * (CreateCast).
 */
#include "replay/other.h"

#include "replay/dependency.h"
#include "replay/function.h"
#include "replay/lookup.h"
#include "schema/type.h"

#include <string.h>

/* Kinds that go by one word and are in no schema. */
struct word_kind {
    ObjectType type;
    enum other_kind kind;
    const char *noun;
    const char *builtin; /* those that are there from the start; or null */
};

static const struct word_kind word_kinds[] = {
    {OBJECT_ACCESS_METHOD, OTHER_ACCESS_METHOD, "access method",
     "heap btree hash gist gin spgist brin"},
    {OBJECT_EVENT_TRIGGER, OTHER_EVENT_TRIGGER, "event trigger", NULL},
    {OBJECT_FDW, OTHER_WRAPPER, "foreign-data wrapper", NULL},
    {OBJECT_FOREIGN_SERVER, OTHER_SERVER, "server", NULL},
    {OBJECT_LANGUAGE, OTHER_LANGUAGE, "language", "internal c sql plpgsql"},
    {OBJECT_PUBLICATION, OTHER_PUBLICATION, "publication", NULL},
};

static const struct word_kind *find_word_kind(ObjectType type)
{
    for (size_t i = 0; i < sizeof word_kinds / sizeof *word_kinds; i++) {
        if (word_kinds[i].type == type)
            return &word_kinds[i];
    }
    return NULL;
}

static bool is_builtin(const struct word_kind *kind, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = kind->builtin; at && *at;) {
        size_t size = strcspn(at, " ");

        if (size == length && strncmp(at, name, size) == 0)
            return true;
        at += size + (at[size] == ' ');
    }
    return false;
}

/* Null with true if it is built in or nothing is certain. */
static bool find_word(struct replay *replay, ObjectType type, const char *name,
                      bool is_missing_ok, struct other **other)
{
    const struct word_kind *kind = find_word_kind(type);

    *other = model_find_other(replay->schema, kind->kind, NULL, name);
    /* postgres_fdw and the like bring a wrapper of their own name. */
    if (*other || is_missing_ok || is_builtin(kind, name) ||
        !replay_knows_all(replay) ||
        (type == OBJECT_FDW && model_find_extension(replay->schema, name)))
        return true;
    return replay_fail(replay, "42704", "%s \"%s\" does not exist", kind->noun,
                       name);
}

/* By the statement that is carried out. */
static struct other *add_other(struct replay *replay, enum other_kind kind,
                               struct namespace *namespace, const char *name)
{
    struct schema *schema = replay->schema;
    struct other *other = model_add_other(schema, kind, namespace, name,
                                          replay_place_at(replay, -1));

    other->statement = arena_copy(
        &schema->arena, slice_part(replay->text, replay->statement->offset,
                                   replay->text.length));
    return other;
}

/* Null, told, if the name is taken; with true if that is passed over. */
static bool add_word(struct replay *replay, ObjectType type, const char *name,
                     bool is_existing_ok, struct other **other)
{
    const struct word_kind *kind = find_word_kind(type);

    *other = NULL;
    if (model_find_other(replay->schema, kind->kind, NULL, name) ||
        is_builtin(kind, name))
        return is_existing_ok || !replay_refuse(replay) ||
               replay_fail(replay, "42710", "%s \"%s\" already exists",
                           kind->noun, name);
    *other = add_other(replay, kind->kind, NULL, name);
    return true;
}

static void need(struct replay *replay, struct other *dependent,
                 struct other *needed)
{
    if (dependent && needed)
        model_depend(replay->schema, &dependent->object, &needed->object,
                     DEPENDENCY_NORMAL);
}

static bool create_server(struct replay *replay,
                          const CreateForeignServerStmt *create)
{
    struct other *server, *wrapper;

    if (!add_word(replay, OBJECT_FOREIGN_SERVER, create->servername,
                  create->if_not_exists, &server))
        return false;
    if (!server)
        return true;
    if (!find_word(replay, OBJECT_FDW, create->fdwname, false, &wrapper))
        return false;
    need(replay, server, wrapper);
    return true;
}

static bool create_user_mapping(struct replay *replay,
                                const CreateUserMappingStmt *create)
{
    struct schema *schema = replay->schema;
    const char *user = create->user->rolename ? create->user->rolename
                       : create->user->roletype == ROLESPEC_PUBLIC
                           ? "public"
                           : "current_user";
    const char *name = arena_format(&schema->scratch, "%s on server %s", user,
                                    create->servername);
    struct other *server;

    if (!find_word(replay, OBJECT_FOREIGN_SERVER, create->servername, false,
                   &server))
        return false;
    if (model_find_other(schema, OTHER_USER_MAPPING, NULL, name))
        return create->if_not_exists || !replay_refuse(replay) ||
               replay_fail(replay, "42710",
                           "user mapping for \"%s\" already exists for server "
                           "\"%s\"",
                           user, create->servername);
    need(replay, add_other(replay, OTHER_USER_MAPPING, NULL, name), server);
    return true;
}

/* SERVER name OPTIONS (...): the end of CREATE FOREIGN TABLE. A column, in
 * parentheses, may be called so. */
static const char *server_clause(struct replay *replay)
{
    struct lexer lexer = lexer_of(replay->text);
    size_t from = replay->text.length;
    struct token token;
    int depth = 0;

    lexer.offset = replay->statement->offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        depth += token_is(replay->text, token, "(");
        depth -= token_is(replay->text, token, ")");
        if (depth == 0 && token_is_word(replay->text, token, "server"))
            break;
    }
    if (token.kind != TOKEN_END)
        from = token.offset;
    return arena_copy(&replay->schema->arena,
                      slice_part(replay->text, from, replay->text.length));
}

bool other_note_server(struct replay *replay,
                       const CreateForeignTableStmt *create)
{
    struct table *table = model_find_table(
        replay->schema, name_from_range_var(create->base.relation));
    struct other *server;

    if (!find_word(replay, OBJECT_FOREIGN_SERVER, create->servername, false,
                   &server))
        return false;
    if (!table || table->relation.kind != RELATION_FOREIGN_TABLE)
        return true;
    table->server = server_clause(replay);
    if (server)
        model_depend(replay->schema, &table->relation.object, &server->object,
                     DEPENDENCY_NORMAL);
    return true;
}

static bool create_event_trigger(struct replay *replay,
                                 const CreateEventTrigStmt *create)
{
    static const char *const events[] = {"ddl_command_start", "ddl_command_end",
                                         "sql_drop", "table_rewrite", "login"};
    size_t count = replay->schema->postgres_version >= 17 ? 5 : 4;
    struct qualified_name name = name_from_list(create->funcname);
    struct function *function;
    struct other *trigger;
    bool is_known = false, is_in_catalog;

    for (size_t i = 0; i < count; i++)
        is_known = is_known || strcmp(events[i], create->eventname) == 0;
    if (!is_known)
        return replay_fail(replay, "42601", "unrecognized event name \"%s\"",
                           create->eventname);
    if (!add_word(replay, OBJECT_EVENT_TRIGGER, create->trigname, false,
                  &trigger))
        return false;
    function = function_without_arguments(replay, name, &is_in_catalog);
    if (!function && !is_in_catalog)
        return !replay_knows_all(replay) ||
               replay_fail(replay, "42883", "function %s() does not exist",
                           lookup_plain_name(replay, name));
    /* None of the catalog's without arguments does. */
    if (!function ||
        (function->result.type &&
         type_oid(function->result.type) != 3838 /* event_trigger */))
        return replay_fail(replay, "42P17", "function %s must return type %s",
                           lookup_plain_name(replay, name), "event_trigger");
    if (trigger)
        model_depend(replay->schema, &trigger->object, &function->object,
                     DEPENDENCY_NORMAL);
    return true;
}

static const char *name_of_cast(struct replay *replay,
                                const struct type *source,
                                const struct type *target)
{
    struct arena *scratch = &replay->schema->scratch;

    return arena_format(scratch, "from %s to %s",
                        type_to_plain_text(scratch, source),
                        type_to_plain_text(scratch, target));
}

/* Types of which each has values of its own. */
static bool is_apart(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ENUM:
    case TYPE_COMPOSITE:
    case TYPE_ROW:
    case TYPE_ARRAY: return true;
    case TYPE_BASE:
    case TYPE_DOMAIN:
    case TYPE_RANGE:
    case TYPE_MULTIRANGE:
    case TYPE_PSEUDO: return false;
    }
    return false;
}

/* WITHOUT FUNCTION. */
static bool check_binary(struct replay *replay, const struct type *type)
{
    if (!is_apart(type))
        return true;
    return replay_fail(
        replay, "42P17", "%s data types are not binary-compatible",
        type->kind == TYPE_ENUM
            ? "enum"
            : (type->kind == TYPE_ARRAY ? "array" : "composite"));
}

static bool create_cast(struct replay *replay, const CreateCastStmt *create)
{
    struct schema *schema = replay->schema;
    struct type *source = type_find(schema, create->sourcetype);
    struct type *target = type_find(schema, create->targettype);
    struct object *function = NULL;
    struct other *cast;
    const char *name;

    if (!source || !target)
        return true;
    if (create->func && !function_look_up(replay, OBJECT_FUNCTION, create->func,
                                          false, &function))
        return false;
    if (!create->func && !create->inout &&
        (!check_binary(replay, source) || !check_binary(replay, target)))
        return false;
    name = name_of_cast(replay, source, target);
    if (model_find_other(schema, OTHER_CAST, NULL, name))
        return !replay_refuse(replay) ||
               replay_fail(replay, "42710",
                           "cast from type %s to type %s already exists",
                           type_visible_name(replay, source),
                           type_visible_name(replay, target));
    cast = add_other(replay, OTHER_CAST, NULL, name);
    dependency_add_type(replay, &cast->object, source);
    dependency_add_type(replay, &cast->object, target);
    model_depend(schema, &cast->object, function, DEPENDENCY_NORMAL);
    return true;
}

/* In a schema: the name, or with what tells it from others of the name. */
static bool add_in_schema(struct replay *replay, enum other_kind kind,
                          const List *names, const char *suffix)
{
    struct qualified_name name = name_from_list(names);
    struct namespace *namespace = replay_namespace(replay, name.schema);
    const char *full =
        arena_format(&replay->schema->scratch, "%s%s", name.name, suffix);

    if (!namespace)
        return false;
    if (!model_find_other(replay->schema, kind, namespace, full))
        add_other(replay, kind, namespace, full);
    return true;
}

static const char *using(struct replay *replay, const char *method)
{
    return arena_format(&replay->schema->scratch, " USING %s", method);
}

bool other_define(struct replay *replay, const DefineStmt *define)
{
    switch (define->kind) {
    case OBJECT_COLLATION:
        return add_in_schema(replay, OTHER_COLLATION, define->defnames, "");
    case OBJECT_TSCONFIGURATION:
        return add_in_schema(replay, OTHER_TEXT_SEARCH_CONFIGURATION,
                             define->defnames, "");
    case OBJECT_TSDICTIONARY:
        return add_in_schema(replay, OTHER_TEXT_SEARCH_DICTIONARY,
                             define->defnames, "");
    case OBJECT_TSPARSER:
        return add_in_schema(replay, OTHER_TEXT_SEARCH_PARSER, define->defnames,
                             "");
    case OBJECT_TSTEMPLATE:
        return add_in_schema(replay, OTHER_TEXT_SEARCH_TEMPLATE,
                             define->defnames, "");
    default: return true;
    }
}

bool other_create(struct replay *replay, const Node *node)
{
    struct other *other;

    switch (nodeTag(node)) {
    case T_CreateFdwStmt:
        return add_word(replay, OBJECT_FDW,
                        ((const CreateFdwStmt *)node)->fdwname, false, &other);
    case T_CreateForeignServerStmt:
        return create_server(replay, (const CreateForeignServerStmt *)node);
    case T_CreateUserMappingStmt:
        return create_user_mapping(replay, (const CreateUserMappingStmt *)node);
    case T_CreatePublicationStmt:
        return add_word(replay, OBJECT_PUBLICATION,
                        ((const CreatePublicationStmt *)node)->pubname, false,
                        &other);
    case T_CreateEventTrigStmt:
        return create_event_trigger(replay, (const CreateEventTrigStmt *)node);
    case T_CreatePLangStmt:
        if (!((const CreatePLangStmt *)node)->plhandler)
            return true; /* as CREATE EXTENSION: it is there */
        return add_word(replay, OBJECT_LANGUAGE,
                        ((const CreatePLangStmt *)node)->plname,
                        ((const CreatePLangStmt *)node)->replace, &other);
    case T_CreateAmStmt:
        return add_word(replay, OBJECT_ACCESS_METHOD,
                        ((const CreateAmStmt *)node)->amname, false, &other);
    case T_CreateCastStmt:
        return create_cast(replay, (const CreateCastStmt *)node);
    case T_CreateConversionStmt:
        return add_in_schema(
            replay, OTHER_CONVERSION,
            ((const CreateConversionStmt *)node)->conversion_name, "");
    case T_CreateOpClassStmt:
        return add_in_schema(
            replay, OTHER_OPERATOR_CLASS,
            ((const CreateOpClassStmt *)node)->opclassname,
            using(replay, ((const CreateOpClassStmt *)node)->amname));
    case T_CreateOpFamilyStmt:
        return add_in_schema(
            replay, OTHER_OPERATOR_FAMILY,
            ((const CreateOpFamilyStmt *)node)->opfamilyname,
            using(replay, ((const CreateOpFamilyStmt *)node)->amname));
    default: return true;
    }
}

/* By name along the search_path; those that nobody made are not known. */
static struct object *find_in_schemas(struct replay *replay,
                                      enum other_kind kind, const List *names,
                                      const char *suffix)
{
    const struct schema *schema = replay->schema;
    const struct search_path *path = model_search_path(schema);
    struct qualified_name name = name_from_list(names);
    const char *full =
        arena_format(&replay->schema->scratch, "%s%s", name.name, suffix);
    const struct namespace *named =
        name.schema ? model_find_namespace(schema, name.schema) : NULL;
    struct other *other =
        named ? model_find_other(schema, kind, named, full) : NULL;

    for (size_t i = 0; !name.schema && !other && i < path->count; i++) {
        if (path->found[i])
            other = model_find_other(schema, kind, path->found[i], full);
    }
    return other ? &other->object : NULL;
}

static struct object *find_class(struct replay *replay, enum other_kind kind,
                                 const List *list)
{
    List names;

    if (list_length(list) < 2)
        return NULL;
    /* The access method stands first. */
    names = *list;
    names.length--;
    names.elements++;
    return find_in_schemas(replay, kind, &names,
                           using(replay, name_from_string(linitial(list))));
}

static bool look_up_cast(struct replay *replay, const List *types,
                         bool is_missing_ok, struct object **object)
{
    struct schema *schema = replay->schema;
    const struct type *source, *target;
    struct other *cast;

    if (list_length(types) != 2)
        return true;
    source = type_find(schema, node_as(TypeName, (Node *)linitial(types)));
    target = type_find(schema, node_as(TypeName, (Node *)lsecond(types)));
    if (!source || !target)
        return true;
    cast = model_find_other(schema, OTHER_CAST, NULL,
                            name_of_cast(replay, source, target));
    if (cast)
        *object = &cast->object;
    if (cast || is_missing_ok || !replay_knows_all(replay) ||
        (source->builtin && target->builtin))
        return true;
    return replay_fail(
        replay, "42704", "cast from type %s to type %s does not exist",
        type_visible_name(replay, source), type_visible_name(replay, target));
}

bool other_look_up(struct replay *replay, ObjectType type, const Node *name,
                   bool is_missing_ok, struct object **object)
{
    const List *list = node_as(List, name);
    const char *word = name_from_string(name);
    struct other *other = NULL;

    if (word && find_word_kind(type)) {
        if (!find_word(replay, type, word, is_missing_ok, &other))
            return false;
        *object = other ? &other->object : NULL;
        return true;
    }
    if (!list)
        return true;
    switch (type) {
    case OBJECT_CAST: return look_up_cast(replay, list, is_missing_ok, object);
    case OBJECT_COLLATION:
        *object = find_in_schemas(replay, OTHER_COLLATION, list, "");
        return true;
    case OBJECT_CONVERSION:
        *object = find_in_schemas(replay, OTHER_CONVERSION, list, "");
        return true;
    case OBJECT_OPCLASS:
        *object = find_class(replay, OTHER_OPERATOR_CLASS, list);
        return true;
    case OBJECT_OPFAMILY:
        *object = find_class(replay, OTHER_OPERATOR_FAMILY, list);
        return true;
    case OBJECT_TSCONFIGURATION:
        *object =
            find_in_schemas(replay, OTHER_TEXT_SEARCH_CONFIGURATION, list, "");
        return true;
    case OBJECT_TSDICTIONARY:
        *object =
            find_in_schemas(replay, OTHER_TEXT_SEARCH_DICTIONARY, list, "");
        return true;
    default: return true;
    }
}
