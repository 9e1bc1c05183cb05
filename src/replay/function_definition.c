/*
 * What a function is written again from: defaults of parameters, the options
 * that have no field of their own, and a body of SQL without quotes.
 */
#include "replay/function_options.h"

#include "base/buffer.h"
#include "replay/definition.h"

#include <string.h>

static size_t end_of(struct token token)
{
    return token.offset + token.length;
}

/* At the first of these words, or symbols, outside of parentheses from the
 * offset on; the end of the statement if there is none. */
static struct token find(const struct replay *replay, size_t offset,
                         const char *const *words)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    int depth = 0;

    lexer.offset = offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        for (size_t i = 0; depth == 0 && words[i]; i++)
            if (token_is_word(replay->text, token, words[i]) ||
                token_is(replay->text, token, words[i]))
                return token;
        depth += token_is(replay->text, token, "(") ||
                 token_is(replay->text, token, "[");
        depth -= token_is(replay->text, token, ")") ||
                 token_is(replay->text, token, "]");
    }
    return token;
}

/* Without the white space at its ends. */
static struct span trim(const struct replay *replay, size_t from, size_t to)
{
    struct slice text = slice_trim(slice_part(replay->text, from, to));

    if (text.length == 0)
        return (struct span){from, 0};
    return (struct span){(size_t)(text.start - replay->text.start),
                         text.length};
}

bool function_bind_default(struct replay *replay, struct function *function,
                           struct parameter *parameter,
                           const FunctionParameter *node)
{
    static const char *const beginnings[] = {"default", "=", ":=", NULL};
    static const char *const ends[] = {",", ")", NULL};
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .clause = CLAUSE_DEFAULT,
        .target = parameter->type,
        .forbids_parameters = true,
        .binding = definition_wanted(replay, &binding),
    };
    size_t from, to;

    if (!node->defexpr)
        return true;
    if (!definition_bind(replay, &function->object, node->defexpr, &place))
        return false;
    if (!replay->schema->keeps_definitions)
        return true;
    from =
        end_of(find(replay, replay_offset(replay, node->location), beginnings));
    to = find(replay, from, ends).offset;
    parameter->default_expression =
        binding_finish(replay->schema, &binding, trim(replay, from, to));
    return true;
}

/* These are fields of the function, which ALTER FUNCTION changes. */
static bool has_field(const DefElem *option)
{
    return strcmp(option->defname, "volatility") == 0 ||
           strcmp(option->defname, "strict") == 0 ||
           strcmp(option->defname, "security") == 0;
}

/* The other options, from the last of which the body follows at `end`. */
static void add_options(struct replay *replay, const List *options, size_t end,
                        struct buffer *text)
{
    for (int i = 0; i < list_length(options); i++) {
        const DefElem *option = list_nth(options, i);
        const DefElem *next =
            i + 1 < list_length(options) ? list_nth(options, i + 1) : NULL;
        size_t from = replay_offset(replay, option->location);
        size_t to = next ? replay_offset(replay, next->location) : end;

        if (has_field(option))
            continue;
        buffer_add_char(text, '\n');
        buffer_add(text, slice_trim(slice_part(replay->text, from, to)));
    }
}

/* Every statement of a body, or the expression that it returns. */
static bool bind_body(struct replay *replay, struct function *function,
                      const Node *body, const struct query_place *place)
{
    const List *list = node_as(List, body);
    const ReturnStmt *result = node_as(ReturnStmt, body);
    const ListCell *cell;

    if (result)
        return definition_bind(replay, &function->object, result->returnval,
                               place);
    if (!list)
        return definition_bind_query(replay, &function->object, body, place);
    foreach (cell, list) {
        if (lfirst(cell) && !bind_body(replay, function, lfirst(cell), place))
            return false;
    }
    return true;
}

/* Where the body without quotes begins: after the options. */
static size_t find_body(const struct replay *replay,
                        const CreateFunctionStmt *create)
{
    static const char *const bodies[] = {"return", "begin", NULL};
    const DefElem *last = create->options ? llast(create->options) : NULL;

    return find(replay, replay_offset(replay, last ? last->location : -1),
                bodies)
        .offset;
}

/* RETURN says what a SELECT would: that is what the planner looks into. The two
 * words are as long. */
static void keep_return(const struct replay *replay, struct function *function,
                        size_t offset)
{
    struct slice words = slice_part(replay->text, offset + strlen("return"),
                                    replay->text.length);

    function->body = arena_format(&replay->schema->arena, "SELECT%.*s",
                                  SLICE_ARGUMENTS(words));
    function->body_at = replay_place(replay, offset, replay->text.length);
}

/* From BEGIN ATOMIC to END, which is the last word. */
static void keep_statements(const struct replay *replay,
                            struct function *function, size_t offset)
{
    struct span atomic =
        words_find(replay->text, replay->statement, offset, "atomic");
    size_t start = atomic.offset + atomic.length;
    struct span rest = words_trim_end(
        replay->text, (struct span){start, replay->text.length - start});
    size_t end = rest.offset + rest.length - strlen("end");

    if (atomic.length == 0 || rest.length < strlen("end"))
        return;
    function->statements = arena_copy(&replay->schema->arena,
                                      slice_part(replay->text, start, end));
    function->body_at = replay_place(replay, start, end);
}

bool function_keep_definition(struct replay *replay, struct function *function,
                              const CreateFunctionStmt *create)
{
    struct schema *schema = replay->schema;
    struct binding binding = definition_binding(replay);
    struct query_place place = {
        .parameters = function->parameters,
        .parameter_count = function->parameter_count,
        .function_name = function->name,
        .binding = definition_wanted(replay, &binding),
    };
    size_t body = replay->text.length;
    struct buffer options;

    if (create->sql_body &&
        !bind_body(replay, function, create->sql_body, &place))
        return false;
    if (create->sql_body)
        body = find_body(replay, create);
    if (node_as(ReturnStmt, create->sql_body) && body < replay->text.length)
        keep_return(replay, function, body);
    else if (create->sql_body)
        keep_statements(replay, function, body);
    if (!schema->keeps_definitions)
        return true;
    buffer_init(&options, &schema->scratch);
    add_options(replay, create->options, body, &options);
    if (create->sql_body)
        buffer_add_char(&options, '\n');
    function->definition = binding_finish_within(
        schema, &binding, (struct span){body, replay->text.length - body},
        buffer_text(&options), "");
    return true;
}
