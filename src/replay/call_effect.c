/*
 * What queries do besides: functions that were made by statements, and are
 * called here, may change the schema. They are not run; their bodies are only
 * looked through for the words that could, so that the schema is known to be
 * incomplete from then on.
 */
#include "replay/context.h"

#include "schema/builtin/builtin.h"
#include "sql/lexer.h"
#include "sql/walker.h"

#include <string.h>

/* More than these are not looked through. */
#define CALLED_MAX 200

/* Functions whose bodies are still to be looked through, and those that have
 * been: each once, whoever calls whom. */
struct look {
    struct replay *replay;
    struct function_array called;
};

static void add_overloads(struct look *look, const struct namespace *namespace,
                          const char *name)
{
    struct schema *schema = look->replay->schema;
    struct function *function =
        namespace ? model_functions_in(schema, namespace, name) : NULL;

    for (; function; function = function->next_overload) {
        bool is_known = !function->body;

        for (size_t i = 0; !is_known && i < look->called.count; i++)
            is_known = look->called.items[i] == function;
        if (!is_known && look->called.count <= CALLED_MAX)
            *array_push(&schema->scratch, &look->called) = function;
    }
}

/* Whichever of that name it is. */
static void add_called(struct look *look, struct qualified_name name)
{
    struct schema *schema = look->replay->schema;
    const struct search_path *path;

    if (name.schema) {
        add_overloads(look, model_find_namespace(schema, name.schema),
                      name.name);
        return;
    }
    path = model_search_path(schema);
    for (size_t i = 0; i < path->count; i++)
        add_overloads(look, path->found[i], name.name);
}

/* Built in or made by a statement: nobody knows what others do. */
static bool is_known_function(const struct schema *schema,
                              struct qualified_name name)
{
    const struct search_path *path = model_search_path(schema);
    const struct namespace *namespace;

    if (!name.schema || strcmp(name.schema, "pg_catalog") == 0) {
        if (builtin_functions_named(name.name).count > 0)
            return true;
    }
    if (name.schema) {
        namespace = model_find_namespace(schema, name.schema);
        return namespace && model_functions_in(schema, namespace, name.name);
    }
    for (size_t i = 0; i < path->count; i++)
        if (path->found[i] &&
            model_functions_in(schema, path->found[i], name.name))
            return true;
    return false;
}

static bool visit_call(void *closure, const Node *node, const struct walk *walk)
{
    const FuncCall *call = node_as(FuncCall, node);
    struct look *look = closure;

    (void)walk;
    if (call) {
        struct qualified_name name = name_from_list(call->funcname);

        add_called(look, name);
        if (!is_known_function(look->replay->schema, name))
            look->replay->schema->doubts++;
    }
    return true;
}

static bool is_among(struct slice text, struct token token,
                     const char *const *words)
{
    for (; *words; words++) {
        if (token_is_word(text, token, *words))
            return true;
    }
    return false;
}

/* The text that EXECUTE is given begins with a word that changes no schema:
 * EXECUTE 'UPDATE ...', EXECUTE format('DELETE ...', ...). */
static bool is_harmless_text(struct slice body, struct lexer lexer)
{
    static const char *const harmless[] = {"analyze", "delete", "grant",
                                           "insert",  "lock",   "refresh",
                                           "revoke",  "update", NULL};
    struct token token = lexer_next_significant(&lexer);
    struct slice text;
    struct lexer inner;

    if (token_is_word(body, token, "format")) {
        lexer_next_significant(&lexer);
        token = lexer_next_significant(&lexer);
    }
    if (token.kind != TOKEN_STRING)
        return false;
    text = token_text(body, token);
    text = slice_part(text, 1, text.length);
    inner = lexer_of(text);
    return is_among(text, lexer_next_significant(&inner), harmless);
}

/* CREATE TEMPORARY TABLE ends with the session. */
static bool is_temporary(struct slice body, struct lexer lexer)
{
    static const char *const words[] = {"temp", "temporary", NULL};

    return is_among(body, lexer_next_significant(&lexer), words);
}

/* What the word before a parenthesis names: folded as the server does. Names in
 * quotes are left out. */
static const char *name_of(struct arena *arena, struct slice word)
{
    char *name = arena_copy(arena, word);

    for (char *c = name; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
    return name;
}

/* Also notes what the body calls. */
static bool may_change_schema(struct look *look, struct slice body)
{
    static const char *const words[] = {"alter", "drop", "call", NULL};
    struct lexer lexer = lexer_of(body);
    struct arena *scratch = &look->replay->schema->scratch;
    struct slice before = {NULL, 0};
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        if (is_among(body, token, words) ||
            (token_is_word(body, token, "create") &&
             !is_temporary(body, lexer)) ||
            (token_is_word(body, token, "execute") &&
             !is_harmless_text(body, lexer)))
            return true;
        if (token_is(body, token, "(") && before.length)
            add_called(look, (struct qualified_name){NULL, NULL,
                                                     name_of(scratch, before)});
        before = token.kind == TOKEN_WORD ? token_text(body, token)
                                          : (struct slice){NULL, 0};
    }
    return false;
}

void replay_note_calls(struct replay *replay, const Node *tree)
{
    struct schema *schema = replay->schema;
    struct look look = {.replay = replay};

    if (!schema->is_compared &&
        (!schema->is_complete || schema->functions.count == 0))
        return;
    walk_tree(&schema->walker, tree, visit_call, &look);
    for (size_t i = 0; i < look.called.count; i++) {
        struct slice body = slice_from(look.called.items[i]->body);

        if (i == CALLED_MAX || !model_spend(schema, body.length / 8) ||
            may_change_schema(&look, body)) {
            replay->is_opaque = true;
            return;
        }
    }
}
