/*
 * Reads the clauses of CREATE FUNCTION that follow its parameters, and the
 * actions of ALTER FUNCTION, which are of the same kind.
 *
 * Facts: src/backend/commands/functioncmds.c (compute_function_attributes,
 * AlterFunction).
 */
#include "replay/function_options.h"

#include "replay/function.h"
#include "replay/session.h"
#include "sql/body.h"
#include "sql/words.h"

#include <string.h>

/* Those that a procedure cannot have. */
static bool is_of_functions(const char *name)
{
    static const char *const names[] = {"window",    "volatility", "strict",
                                        "leakproof", "cost",       "rows",
                                        "support",   "parallel"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* Each stands once, but for SET. */
static bool check_options(struct replay *replay, const List *nodes,
                          bool is_procedure)
{
    const ListCell *cell, *earlier;

    foreach (cell, nodes) {
        const char *name = ((const DefElem *)lfirst(cell))->defname;

        if (is_procedure && is_of_functions(name))
            return replay_fail(replay, "42P13",
                               "invalid attribute in procedure definition");
        foreach (earlier, nodes) {
            if (earlier == cell || strcmp(name, "set") == 0)
                break;
            if (strcmp(((const DefElem *)lfirst(earlier))->defname, name) == 0)
                return replay_fail(replay, "42601",
                                   "conflicting or redundant options");
        }
    }
    return true;
}

static enum volatility volatility_of(const char *word)
{
    if (strcmp(word, "immutable") == 0)
        return VOLATILITY_IMMUTABLE;
    return strcmp(word, "stable") == 0 ? VOLATILITY_STABLE
                                       : VOLATILITY_VOLATILE;
}

static bool is_true(const Node *node)
{
    const Boolean *boolean = node_as(Boolean, node);

    return boolean && boolean->boolval;
}

/* SET or RESET of a setting for the time of a call: whether search_path then
 * is the function's own, and which. (update_proconfig_value) */
static bool changes_search_path(struct replay *replay, const Node *node,
                                struct search_path **path)
{
    const VariableSetStmt *set = node_as(VariableSetStmt, node);

    if (!set || (set->kind != VAR_RESET_ALL &&
                 !slice_equal_ignoring_case(slice_from(set->name),
                                            slice_from("search_path"))))
        return false;
    *path = set->kind == VAR_SET_VALUE || set->kind == VAR_SET_CURRENT
                ? session_path_of(replay, set)
                : NULL;
    return true;
}

/* The words of the option, which are these. */
static struct place place_of_option(const struct replay *replay,
                                    const DefElem *option, const char *text)
{
    size_t from = replay_offset(replay, option->location);
    struct span words = words_find(replay->text, replay->statement, from, text);

    if (words.length == 0)
        return replay_place_at(replay, option->location);
    return replay_place(replay, words.offset, words.offset + words.length);
}

/* The languages of a new database; others come with extensions. */
static bool is_language(const struct replay *replay, const char *name)
{
    static const char *const names[] = {"sql", "plpgsql", "c", "internal"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return model_find_extension(replay->schema, name) ||
           model_find_other(replay->schema, OTHER_LANGUAGE, NULL, name);
}

static void read_security(const struct replay *replay, const DefElem *option,
                          struct function_options *options)
{
    options->is_security_definer = is_true(option->arg);
    if (options->is_security_definer)
        options->definer_at =
            place_of_option(replay, option, "SECURITY DEFINER");
}

static void read_volatility(const struct replay *replay, const DefElem *option,
                            struct function_options *options)
{
    const char *word = name_from_string(option->arg);

    options->volatility = volatility_of(word);
    options->volatility_at = place_of_option(replay, option, word);
}

static void read_body(struct replay *replay, const CreateFunctionStmt *create,
                      const List *as, struct function_options *options)
{
    struct body body;

    options->body = name_from_string(linitial(as));
    if (body_find(&replay->schema->scratch, replay->text, replay->statement,
                  (const Node *)create, &body))
        options->body_at =
            replay_place(replay, body.offset, body.offset + body.text.length);
}

bool function_options_read(struct replay *replay,
                           const CreateFunctionStmt *create,
                           struct function_options *options)
{
    const List *as = NIL;
    const ListCell *cell;

    *options = (struct function_options){.volatility = VOLATILITY_VOLATILE};
    if (!check_options(replay, create->options, create->is_procedure))
        return false;
    foreach (cell, create->options) {
        const DefElem *option = lfirst(cell);
        const char *name = option->defname;

        if (strcmp(name, "language") == 0)
            options->language = name_from_string(option->arg);
        else if (strcmp(name, "as") == 0)
            as = node_as(List, option->arg);
        else if (strcmp(name, "volatility") == 0)
            read_volatility(replay, option, options);
        else if (strcmp(name, "strict") == 0)
            options->is_strict = is_true(option->arg);
        else if (strcmp(name, "security") == 0)
            read_security(replay, option, options);
        else if (strcmp(name, "set") == 0)
            options->has_search_path =
                changes_search_path(replay, option->arg, &options->search_path)
                    ? options->search_path != NULL
                    : options->has_search_path;
        else if (strcmp(name, "window") == 0)
            options->is_window = is_true(option->arg);
    }
    if (!options->language && create->sql_body)
        options->language = "sql";
    if (!options->language)
        return replay_fail(replay, "42P13", "no language specified");
    if (!is_language(replay, options->language) && replay_knows_all(replay))
        return replay_fail(replay, "42704", "language \"%s\" does not exist",
                           options->language);
    if (!as && !create->sql_body)
        return replay_fail(replay, "42P13", "no function body specified");
    if (as && create->sql_body)
        return replay_fail(replay, "42P13",
                           "duplicate function body specified");
    if (list_length(as) == 2 && strcmp(options->language, "c") != 0)
        return replay_fail(replay, "42P13",
                           "only one AS item needed for language \"%s\"",
                           options->language);
    if (as && strcmp(options->language, "c") != 0)
        read_body(replay, create, as, options);
    return true;
}

static void alter_security(struct replay *replay, struct function *function,
                           const DefElem *action)
{
    struct schema *schema = replay->schema;

    SET(schema, function->is_security_definer, is_true(action->arg));
    if (function->is_security_definer)
        SET(schema, function->definer_at,
            place_of_option(replay, action, "SECURITY DEFINER"));
}

static void alter_volatility(struct replay *replay, struct function *function,
                             const DefElem *action)
{
    struct schema *schema = replay->schema;
    const char *word = name_from_string(action->arg);

    SET(schema, function->volatility, volatility_of(word));
    SET(schema, function->volatility_at, place_of_option(replay, action, word));
}

static void alter_search_path(struct replay *replay, struct function *function,
                              const DefElem *action)
{
    struct schema *schema = replay->schema;
    struct search_path *path;
    bool had_search_path = function->has_search_path;

    if (!changes_search_path(replay, action->arg, &path))
        return;
    SET(schema, function->search_path, path);
    SET(schema, function->has_search_path, path != NULL);
    if (had_search_path && !path)
        SET(schema, function->definer_at,
            replay_place_at(replay, action->location));
}

bool function_alter(struct replay *replay, const AlterFunctionStmt *alter)
{
    struct schema *schema = replay->schema;
    struct object *object;
    struct function *function;
    const ListCell *cell;

    if (!function_look_up(replay, alter->objtype, alter->func, false, &object))
        return false;
    if (!object)
        return true;
    function = (struct function *)object;
    if (function->kind == FUNCTION_AGGREGATE)
        return replay_fail(replay, "42809", "\"%s\" is an aggregate function",
                           name_from_list(alter->func->objname).name);
    if (!check_options(replay, alter->actions,
                       function->kind == FUNCTION_PROCEDURE))
        return false;
    foreach (cell, alter->actions) {
        const DefElem *action = lfirst(cell);

        if (strcmp(action->defname, "volatility") == 0)
            alter_volatility(replay, function, action);
        else if (strcmp(action->defname, "strict") == 0)
            SET(schema, function->is_strict, is_true(action->arg));
        else if (strcmp(action->defname, "security") == 0)
            alter_security(replay, function, action);
        else if (strcmp(action->defname, "set") == 0)
            alter_search_path(replay, function, action);
    }
    return true;
}
