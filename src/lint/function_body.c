/*
 * Writes a function of the schema as a statement again, as far as its body needs
 * one around it (names and types of parameters, what it returns), and reads
 * that. Stands between rules about the end of a history and sql/routine.h.
 */
#include "lint/function_body.h"

#include "lint/engine.h"
#include "lint/query_names.h"
#include "schema/model.h"
#include "schema/type.h"
#include "sql/word_filter.h"
#include "sql/writer.h"

#include <string.h>

static void add_type(struct buffer *text, struct data_type type)
{
    buffer_add_text(text, type.type ? type_to_text(text->arena, type)
                                    : "unknown_type");
}

static const char *mode_text(char mode)
{
    switch (mode) {
    case FUNC_PARAM_OUT:
    case FUNC_PARAM_TABLE: return "OUT ";
    case FUNC_PARAM_INOUT: return "INOUT ";
    case FUNC_PARAM_VARIADIC: return "VARIADIC ";
    default: return "";
    }
}

static void add_parameters(struct buffer *text, const struct function *function)
{
    buffer_add_char(text, '(');
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        buffer_add_text(text, i > 0 ? ", " : "");
        buffer_add_text(text, mode_text(parameter->mode));
        if (parameter->name) {
            writer_add_identifier(text, parameter->name);
            buffer_add_char(text, ' ');
        }
        add_type(text, parameter->type);
    }
    buffer_add_char(text, ')');
}

/* Quotes that are not in the body: $1$ is none, $b1$ is. */
static const char *quotes_for(struct arena *arena, const char *body)
{
    const char *quotes = "$b$";

    for (int i = 0; strstr(body, quotes); i++)
        quotes = arena_format(arena, "$b%d$", i);
    return quotes;
}

static struct slice statement_of(struct arena *arena,
                                 const struct function *function,
                                 const char *body)
{
    const char *quotes = quotes_for(arena, body);
    struct buffer text;

    buffer_init(&text, arena);
    buffer_add_text(&text, function->kind == FUNCTION_PROCEDURE
                               ? "CREATE PROCEDURE "
                               : "CREATE FUNCTION ");
    writer_add_identifier(&text, function->name);
    add_parameters(&text, function);
    if (function->kind != FUNCTION_PROCEDURE) {
        buffer_add_text(&text, function->returns_set ? " RETURNS SETOF "
                                                     : " RETURNS ");
        add_type(&text, function->result);
    }
    buffer_add_format(&text, " LANGUAGE %s AS %s", function->language, quotes);
    buffer_add_text(&text, body);
    buffer_add_text(&text, quotes);
    return buffer_slice(&text);
}

static bool read_statement(struct arena *arena, struct function_body *body)
{
    struct statement *statement = arena_alloc(arena, sizeof *statement);
    size_t length = body->source.text.length;

    *statement = (struct statement){
        .kind = STATEMENT_SQL,
        .length = length,
        .end = length,
    };
    parser_parse(body->parser, body->source.text, statement, 1);
    return statement->outcome == PARSE_DONE &&
           node_as(CreateFunctionStmt, statement->tree) &&
           routine_read(arena, body->parser, &body->source, statement,
                        statement->tree, &body->routine);
}

static bool is_readable(const struct function *function)
{
    return function->language &&
           (strcmp(function->language, "sql") == 0 ||
            strcmp(function->language, "plpgsql") == 0) &&
           (function->body || function->statements);
}

bool function_body_open(struct check *check, struct arena *arena,
                        const struct function *function,
                        struct function_body *body)
{
    const char *text =
        function->statements ? function->statements : function->body;

    if (!is_readable(function) ||
        !model_spend(check->engine->schema, strlen(text)))
        return false;
    *body = (struct function_body){
        .function = function,
        .parser = parser_new(),
        .source = {.arena = arena, .text = statement_of(arena, function, text)},
        .place = {.parameters = function->parameters,
                  .parameter_count = function->parameter_count,
                  .function_name = function->name},
    };
    if (!body->parser)
        arena_exhausted();
    if (read_statement(arena, body))
        return true;
    function_body_close(body);
    return false;
}

void function_body_close(struct function_body *body)
{
    parser_free(body->parser);
}

bool function_body_describe(struct check *check, struct arena *arena,
                            const struct function_body *body,
                            const struct routine_query *query,
                            struct search_path *path,
                            struct query_name_array *names,
                            struct query_call_array *calls,
                            struct query_description *description)
{
    struct schema *schema = check->engine->schema;
    struct search_path *before = schema->local_search_path;
    const Node *tree = query_names_tree(query->statement.tree);
    struct query_place place = body->place;

    if (!tree)
        return false;
    if (query->role == QUERY_EXECUTED)
        place = (struct query_place){.clause = CLAUSE_QUERY};
    place.variables = query->names ? query : NULL;
    place.names = names;
    place.calls = calls;
    if (body->function->search_path)
        path = body->function->search_path;
    schema->local_search_path = path ? path : schema->default_search_path;
    query_describe(schema, arena, tree, &place, description);
    schema->local_search_path = before;
    return true;
}

struct search_path *function_body_path(const struct check *check)
{
    const struct schema *schema = check->schema;

    return schema->local_search_path ? schema->local_search_path
                                     : schema->search_path;
}

struct function_array function_body_list(struct check *check,
                                         struct arena *arena, const char *name)
{
    struct name_table_cursor cursor = {0};
    struct function_array found = {0};
    struct function *function;

    if (!model_spend(check->engine->schema, check->schema->functions.count))
        return found;
    while ((function = name_table_next(&check->schema->functions, &cursor)))
        for (; function; function = function->next_overload)
            if (function->words && !function->is_sql_body &&
                !function->extension && is_readable(function) &&
                word_filter_may_have(function->words, name))
                *array_push(arena, &found) = function;
    return found;
}

struct place function_body_place(const struct function_body *body,
                                 size_t offset)
{
    const struct function *function = body->function;
    const char *text =
        function->statements ? function->statements : function->body;
    struct place place = function->body_at;

    if (!place.source)
        return function->made_at;
    if (place.span.length == strlen(text) &&
        offset >= body->routine.body.offset)
        place.span.offset += offset - body->routine.body.offset;
    place.span.length = 0;
    return place;
}
