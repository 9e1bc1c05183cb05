/*
 * Functions by the names and argument types that statements give them, built-in
 * ones and those of extensions counted.
 *
 * Facts: src/backend/parser/parse_func.c (LookupFuncWithArgs).
 */
#include "replay/function.h"

#include "base/buffer.h"
#include "replay/dependency.h"
#include "schema/builtin/builtin.h"

#include <string.h>

struct type_list {
    struct type **items;
    size_t count;
};

/* What is looked for, and what was found. */
struct function_search {
    struct replay *replay;
    ObjectType type;
    struct qualified_name name;
    struct type_list inputs;
    bool is_any;  /* without argument types */
    bool is_full; /* OUT arguments count too */
    struct function *found;
    size_t count; /* how many there are, built-in ones too */
    const struct builtin_function *builtin; /* one of these; null if none */
};

bool function_is_input(const struct parameter *parameter)
{
    return parameter->mode != FUNC_PARAM_OUT &&
           parameter->mode != FUNC_PARAM_TABLE;
}

struct type **function_input(struct replay *replay,
                             const struct function *function, size_t *count)
{
    struct type **types =
        arena_alloc(&replay->schema->scratch,
                    (function->parameter_count + 1) * sizeof(struct type *));

    *count = 0;
    for (size_t i = 0; i < function->parameter_count; i++) {
        if (function_is_input(&function->parameters[i]))
            types[(*count)++] = function->parameters[i].type.type;
    }
    return types;
}

/* All of its arguments are of these types, or all that it takes. */
static bool takes(const struct function *function, struct type *const *types,
                  size_t count, bool is_full)
{
    size_t next = 0;

    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (!is_full && !function_is_input(parameter))
            continue;
        if (next == count || parameter->type.type != types[next])
            return false;
        next++;
    }
    return next == count;
}

struct function *function_in(const struct schema *schema,
                             const struct namespace *namespace,
                             const char *name, struct type *const *types,
                             size_t count)
{
    struct function *function = model_functions_in(schema, namespace, name);

    while (function && !takes(function, types, count, false))
        function = function->next_overload;
    return function;
}

static bool is_procedure(const struct function *function)
{
    return function->kind == FUNCTION_PROCEDURE;
}

/* Without arguments what is of another kind is passed over. */
static bool is_wanted(const struct function_search *search,
                      const struct function *function)
{
    if (!search->is_any)
        return takes(function, search->inputs.items, search->inputs.count,
                     search->is_full);
    if (search->replay->schema->postgres_version < 14)
        return true;
    switch (search->type) {
    case OBJECT_PROCEDURE: return is_procedure(function);
    case OBJECT_FUNCTION:
    case OBJECT_AGGREGATE: return !is_procedure(function);
    default: return true;
    }
}

static void search_namespace(struct function_search *search,
                             const struct namespace *namespace)
{
    struct function *function = model_functions_in(
        search->replay->schema, namespace, search->name.name);

    for (; function; function = function->next_overload) {
        if (!is_wanted(search, function))
            continue;
        search->count++;
        if (!search->found)
            search->found = function;
    }
}

/* The extension that brought it; null if that is not there. */
static struct extension *extension_of(const struct schema *schema,
                                      const struct builtin_function *row)
{
    const struct builtin_extension *known =
        builtin_extension_of_unit(row->unit);

    return known ? model_find_extension(schema, builtin_text(known->name))
                 : NULL;
}

/* The search_path finds what is in there. */
static bool is_on_path(const struct schema *schema,
                       const struct namespace *namespace)
{
    const struct search_path *path = model_search_path(schema);

    for (size_t i = 0; i < path->count; i++) {
        if (path->found[i] == namespace)
            return true;
    }
    return strcmp(namespace->name, "pg_catalog") == 0;
}

/* In pg_catalog, or brought by an extension that is there; and the name finds
 * it. */
static bool is_there(const struct function_search *search,
                     const struct builtin_function *row)
{
    const struct schema *schema = search->replay->schema;
    const struct namespace *namespace;
    const struct extension *extension;

    if (!(row->versions & builtin_version(schema->postgres_version)))
        return false;
    if (row->unit == BUILTIN_CATALOG)
        return !search->name.schema ||
               strcmp(search->name.schema, "pg_catalog") == 0;
    extension = extension_of(schema, row);
    if (!extension)
        return false;
    namespace = extension->namespace;
    return search->name.schema
               ? strcmp(search->name.schema, namespace->name) == 0
               : is_on_path(schema, namespace);
}

static size_t count_builtin(struct function_search *search)
{
    struct schema *schema = search->replay->schema;
    struct builtin_functions all = builtin_functions_named(search->name.name);
    size_t count = 0;

    /* None is a procedure; before 14 all were looked at all the same. */
    if (search->type == OBJECT_PROCEDURE && schema->postgres_version >= 14)
        return 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct builtin_function *row = &all.rows[i];
        const uint16_t *arguments = builtin_arguments(row);
        size_t same = 0;

        if (!is_there(search, row) ||
            (!search->is_any && row->argument_count != search->inputs.count))
            continue;
        while (!search->is_any && same < search->inputs.count &&
               type_oid(search->inputs.items[same]) == arguments[same])
            same++;
        if (!search->is_any && same < search->inputs.count)
            continue;
        search->builtin = row;
        count++;
    }
    return count;
}

static void run(struct function_search *search)
{
    const struct schema *schema = search->replay->schema;
    const struct search_path *path = model_search_path(schema);

    search->found = NULL;
    search->count = 0;
    if (search->name.schema) {
        const struct namespace *namespace =
            model_find_namespace(schema, search->name.schema);

        if (namespace)
            search_namespace(search, namespace);
        return;
    }
    for (size_t i = 0; i < path->count; i++) {
        /* The same arguments again are hidden behind the first. */
        if (path->found[i] && (search->is_any || !search->found))
            search_namespace(search, path->found[i]);
    }
}

/* Types as written; false if one is not known, and told if that is certain. */
static bool read_types(struct function_search *search, const List *names,
                       bool is_missing_ok)
{
    struct replay *replay = search->replay;
    struct type_list *list = &search->inputs;
    const ListCell *cell;

    list->items =
        arena_alloc(&replay->schema->scratch,
                    (size_t)(list_length(names) + 1) * sizeof(struct type *));
    list->count = 0;
    foreach (cell, names) {
        const TypeName *name = node_as(TypeName, (Node *)lfirst(cell));
        struct type_failure failure;
        struct data_type type = type_resolve(replay->schema, name, &failure);

        if (!type.type) {
            if (!is_missing_ok && replay_knows_all(replay))
                replay_fail(replay, failure.sqlstate, "%s", failure.message);
            return false;
        }
        list->items[list->count++] = type.type;
    }
    return true;
}

/* `f(integer, text)`, as funcname_signature_string() writes it. */
static const char *signature(const struct function_search *search)
{
    struct replay *replay = search->replay;
    struct buffer buffer;

    buffer_init(&buffer, &replay->schema->scratch);
    if (search->name.schema)
        buffer_add_format(&buffer, "%s.", search->name.schema);
    buffer_add_format(&buffer, "%s(", search->name.name);
    for (size_t i = 0; i < search->inputs.count; i++)
        buffer_add_format(&buffer, "%s%s", i ? ", " : "",
                          type_visible_name(replay, search->inputs.items[i]));
    buffer_add_char(&buffer, ')');
    return buffer_text(&buffer);
}

static const char *plain_name(const struct function_search *search)
{
    if (!search->name.schema)
        return search->name.name;
    return arena_format(&search->replay->schema->scratch, "%s.%s",
                        search->name.schema, search->name.name);
}

static const char *noun_of(ObjectType type)
{
    switch (type) {
    case OBJECT_PROCEDURE: return "procedure";
    case OBJECT_AGGREGATE: return "aggregate";
    default: return "function";
    }
}

static bool refuse_missing(const struct function_search *search)
{
    struct replay *replay = search->replay;
    const char *noun = noun_of(search->type);

    if (search->name.schema &&
        !model_find_namespace(replay->schema, search->name.schema))
        return replay_fail(replay, "3F000", "schema \"%s\" does not exist",
                           search->name.schema);
    if (search->is_any)
        return replay_fail(replay, "42883", "could not find %s %s named \"%s\"",
                           search->type == OBJECT_AGGREGATE ? "an" : "a", noun,
                           plain_name(search));
    if (search->type == OBJECT_AGGREGATE && search->inputs.count == 0)
        return replay_fail(replay, "42883", "aggregate %s(*) does not exist",
                           plain_name(search));
    return replay_fail(replay, "42883", "%s %s does not exist", noun,
                       signature(search));
}

static bool refuse_many(const struct function_search *search)
{
    return replay_fail(search->replay, "42725", "%s name \"%s\" is not unique",
                       search->type == OBJECT_ROUTINE ? "routine"
                                                      : noun_of(search->type),
                       plain_name(search));
}

static bool check_kind(struct function_search *search)
{
    struct replay *replay = search->replay;
    const struct function *function = search->found;

    if (!function)
        return true;
    if (search->type == OBJECT_FUNCTION && is_procedure(function))
        return replay_fail(replay, "42809", "%s is not a function",
                           signature(search));
    if (search->type == OBJECT_PROCEDURE && !is_procedure(function))
        return replay_fail(replay, "42809", "%s is not a procedure",
                           signature(search));
    if (search->type == OBJECT_AGGREGATE &&
        function->kind != FUNCTION_AGGREGATE)
        return replay_fail(replay, "42809", "function %s is not an aggregate",
                           signature(search));
    return true;
}

/* For a procedure all arguments may be given, OUT ones too. */
static void search_full(struct function_search *search,
                        const ObjectWithArgs *name)
{
    const ListCell *cell;
    size_t count = 0;

    if (search->replay->schema->postgres_version < 14 || search->found ||
        (search->type != OBJECT_PROCEDURE && search->type != OBJECT_ROUTINE) ||
        !name->objfuncargs)
        return;
    search->inputs.items = arena_alloc(&search->replay->schema->scratch,
                                       (size_t)list_length(name->objfuncargs) *
                                           sizeof(struct type *));
    foreach (cell, name->objfuncargs) {
        const FunctionParameter *parameter = lfirst(cell);

        search->inputs.items[count++] =
            type_find(search->replay->schema, parameter->argType);
    }
    search->inputs.count = count;
    search->is_full = true;
    run(search);
}

/* `f(integer,text)`, with its schema unless the name finds it without. */
static const char *builtin_name(struct replay *replay,
                                const struct builtin_function *row,
                                const struct extension *extension)
{
    struct schema *schema = replay->schema;
    const uint16_t *arguments = builtin_arguments(row);
    struct buffer buffer;

    buffer_init(&buffer, &schema->scratch);
    if (extension && !is_on_path(schema, extension->namespace))
        buffer_add_format(&buffer, "%s.",
                          name_to_sql(&schema->scratch,
                                      (struct qualified_name){
                                          .name = extension->namespace->name}));
    buffer_add_text(&buffer, name_to_sql(&schema->scratch,
                                         (struct qualified_name){
                                             .name = builtin_text(row->name)}));
    buffer_add_char(&buffer, '(');
    for (size_t i = 0; i < row->argument_count; i++) {
        struct type *type = type_of_oid(schema, arguments[i]);

        if (i > 0)
            buffer_add_char(&buffer, ',');
        buffer_add_text(&buffer, type ? type_visible_name(replay, type) : "?");
    }
    buffer_add_char(&buffer, ')');
    return buffer_text(&buffer);
}

/* DROP of what the server or an extension needs. */
static bool check_builtin(const struct function_search *search)
{
    struct replay *replay = search->replay;
    const struct builtin_function *row = search->builtin;
    const struct extension *extension;

    if (search->found || !row ||
        nodeTag(replay->statement->tree) != T_DropStmt ||
        search->type != OBJECT_FUNCTION || row->kind != 'f')
        return true;
    extension =
        row->unit == BUILTIN_CATALOG ? NULL : extension_of(replay->schema, row);
    if (extension)
        return replay_fail(replay, "2BP01",
                           "cannot drop function %s because extension %s "
                           "requires it",
                           builtin_name(replay, row, extension),
                           extension->name);
    return replay_fail(replay, "2BP01",
                       "cannot drop function %s because it is required by the "
                       "database system",
                       builtin_name(replay, row, NULL));
}

bool function_look_up(struct replay *replay, ObjectType type,
                      const ObjectWithArgs *name, bool is_missing_ok,
                      struct object **object)
{
    struct function_search search = {
        .replay = replay,
        .type = type,
        .name = name_from_list(name->objname),
        .is_any = name->args_unspecified,
    };

    *object = NULL;
    if (!search.is_any && !read_types(&search, name->objargs, is_missing_ok))
        return is_missing_ok || !replay_knows_all(replay);
    run(&search);
    if (!search.is_any)
        search_full(&search, name);
    search.count += count_builtin(&search);
    if (search.count == 0)
        return is_missing_ok || !replay_knows_all(replay) ||
               refuse_missing(&search);
    if (search.is_any && search.count > 1)
        return !replay_refuse(replay) || refuse_many(&search);
    if (!check_kind(&search) || !check_builtin(&search))
        return false;
    if (search.found)
        *object = &search.found->object;
    return true;
}

struct function *function_without_arguments(struct replay *replay,
                                            struct qualified_name name,
                                            bool *is_builtin)
{
    struct function_search search = {.replay = replay, .name = name};

    run(&search);
    *is_builtin = !search.found && count_builtin(&search) > 0;
    return search.found;
}
