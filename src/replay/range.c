/*
 * Range types, with the multirange type that comes with each. The functions that
 * make their values are parts of them.
 *
 * Facts: src/backend/commands/typecmds.c (DefineRange,
 * makeRangeConstructors, makeMultirangeConstructors),
 * src/backend/catalog/pg_type.c (makeMultirangeTypeName).
 */
#include "replay/dependency.h"
#include "replay/index_check.h"
#include "replay/lookup.h"
#include "replay/types.h"
#include "schema/generated_name.h"

#include <string.h>

/* What stands between the parentheses. */
struct range_options {
    const TypeName *subtype;
    bool has_class;
    const List *multirange; /* its name; null: generated */
};

static bool read_option(struct replay *replay, const DefElem *option,
                        struct range_options *options)
{
    static const char *const others[] = {"subtype_opclass", "collation",
                                         "canonical", "subtype_diff"};
    const TypeName *name = node_as(TypeName, option->arg);

    if (strcmp(option->defname, "subtype") == 0) {
        if (options->subtype)
            return replay_fail(replay, "42601",
                               "conflicting or redundant options");
        options->subtype = name;
        return true;
    }
    if (strcmp(option->defname, "multirange_type_name") == 0 &&
        replay->schema->postgres_version >= 14) {
        if (options->multirange)
            return replay_fail(replay, "42601",
                               "conflicting or redundant options");
        options->multirange = name ? name->names : NIL;
        return true;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(option->defname, others[i]) == 0) {
            options->has_class = options->has_class || i == 0;
            return true;
        }
    }
    return replay_fail(replay, "42601", "type attribute \"%s\" not recognized",
                       option->defname);
}

/* "range" in the name becomes "multirange"; else that is added. */
static const char *multirange_name(struct replay *replay, const char *name)
{
    struct arena *scratch = &replay->schema->scratch;
    const char *at = strstr(name, "range");
    char *made;
    int room = NAME_SIZE_MAX - (int)strlen("_multirange");

    if (!at)
        return arena_format(scratch, "%.*s_multirange", room, name);
    made = arena_format(scratch, "%.*smulti%s", (int)(at - name), name, at);
    if (strlen(made) > NAME_SIZE_MAX)
        made[NAME_SIZE_MAX] = '\0';
    return made;
}

static struct type *add_multirange(struct replay *replay, struct type *range,
                                   const List *given)
{
    struct schema *schema = replay->schema;
    struct qualified_name name = {0};
    struct namespace *namespace = range->namespace;
    struct type *type;

    if (given) {
        name = name_from_list(given);
        namespace = replay_namespace(replay, name.schema);
    } else {
        name.name = multirange_name(replay, range->name);
    }
    if (namespace == range->namespace && strcmp(name.name, range->name) == 0) {
        replay_fail(replay, "23505",
                    "duplicate key value violates unique constraint "
                    "\"pg_type_typname_nsp_index\"");
        return NULL;
    }
    if (!namespace || !types_free_name(replay, namespace, name.name))
        return NULL;
    type = model_add_type(schema, TYPE_MULTIRANGE, namespace, name.name,
                          range->made_at);
    type->element = range;
    range->multirange = type;
    return type;
}

/* One that takes these types. It is a part of the type, and keeps its name
 * when that is renamed. */
static void add_constructor(struct replay *replay, struct type *type,
                            struct type *const *parameters, size_t count,
                            bool is_variadic)
{
    struct schema *schema = replay->schema;
    struct function *function = model_add_function(
        schema, type->namespace, type->name, (struct place){0});

    function->parameters =
        arena_alloc(&schema->arena, count * sizeof *function->parameters);
    for (size_t i = 0; i < count; i++) {
        function->parameters[i].mode =
            is_variadic ? FUNC_PARAM_VARIADIC : FUNC_PARAM_IN;
        function->parameters[i].type = (struct data_type){parameters[i], -1};
    }
    function->parameter_count = count;
    function->result = (struct data_type){type, -1};
    function->volatility = VOLATILITY_IMMUTABLE;
    function->language = "internal";
    model_depend(schema, &function->object, &type->object, DEPENDENCY_INTERNAL);
}

/* range(low, high), range(low, high, bounds); multirange(), multirange(range),
 * multirange(VARIADIC range[]). */
static void add_constructors(struct replay *replay, struct type *range)
{
    struct type *const bounds[] = {range->element, range->element,
                                   type_of_oid(replay->schema, 25 /* text */)};
    struct type *array = type_array_of(replay->schema, range);

    add_constructor(replay, range, bounds, 2, false);
    add_constructor(replay, range, bounds, 3, false);
    if (!range->multirange)
        return;
    add_constructor(replay, range->multirange, NULL, 0, false);
    add_constructor(replay, range->multirange, &range, 1, false);
    add_constructor(replay, range->multirange, &array, 1, true);
}

bool replay_create_range(struct replay *replay, const CreateRangeStmt *create)
{
    struct type *range = types_add(replay, TYPE_RANGE, create->typeName);
    struct range_options options = {0};
    struct data_type subtype;
    const ListCell *cell;

    if (!range)
        return false;
    foreach (cell, create->params) {
        if (!read_option(replay, lfirst(cell), &options))
            return false;
    }
    if (!options.subtype)
        return replay_fail(replay, "42601",
                           "type attribute \"subtype\" is required");
    if (!types_resolve(replay, options.subtype, &subtype))
        return false;
    if (subtype.type && subtype.type->kind == TYPE_PSEUDO)
        return replay_fail(replay, "42804", "range subtype cannot be %s",
                           type_visible_name(replay, subtype.type));
    if (subtype.type && !options.has_class &&
        !index_check_class(replay, "btree", subtype.type))
        return false;
    range->element = subtype.type;
    dependency_add_type(replay, &range->object, subtype.type);
    if (replay->schema->postgres_version >= 14 &&
        !add_multirange(replay, range, options.multirange))
        return false;
    if (range->element)
        add_constructors(replay, range);
    return true;
}
