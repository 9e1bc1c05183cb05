/*
 * Takes bodies apart: SQL by the splitter, PL/pgSQL by its own compiler
 * (compile.c), whose tree becomes steps and queries with places
 * (routine_steps.c); then PostgreSQL's parser reads the queries. Asked by the
 * run, which shows them to rules, and by rules about whole bodies.
 */
#include "sql/routine.h"

#include "sql/names.h"
#include "sql/routine_parts.h"
#include "sql/splitter.h"

#include <string.h>

/* Queries of one body; no more are judged. */
#define QUERIES_MAX 100000

struct reading {
    struct arena *arena;
    struct parser *parser;
    struct routine_source *source;
    struct routine *routine;
};

/* The file with this text where it says, if it is not there already. */
static struct slice text_with(struct routine_source *source, size_t which,
                              const struct body *body)
{
    if (body->text.start == source->text.start + body->offset)
        return source->text;
    if (!source->copies[which])
        source->copies[which] = arena_copy(source->arena, source->text);
    memcpy(source->copies[which] + body->offset, body->text.start,
           body->text.length);
    return (struct slice){source->copies[which], source->text.length};
}

static bool is_trigger(const CreateFunctionStmt *create)
{
    return create &&
           strcmp(compile_type_name(create->returnType), "trigger") == 0;
}

/* The statements of a text, parsed. */
static void add_statements(const struct reading *reading, size_t step,
                           enum routine_query_role role, struct slice text,
                           const struct body *body)
{
    struct routine_query_array *queries = &reading->routine->queries;
    struct splitter splitter =
        splitter_of(text, body->offset, body->offset + body->text.length);
    struct statement statement;

    while (queries->count < QUERIES_MAX &&
           splitter_next(&splitter, &statement)) {
        struct routine_query *query;

        if (statement.kind != STATEMENT_SQL)
            continue;
        parser_parse(reading->parser, text, &statement, 1);
        query = array_push(reading->arena, queries);
        query->role = role;
        query->step = step;
        query->statement = statement;
        query->text = text;
    }
}

static size_t parameter_count(const Node *node)
{
    const CreateFunctionStmt *create = node_as(CreateFunctionStmt, node);

    return create ? (size_t)list_length(create->parameters) : 0;
}

static void parse_queries(const struct reading *reading, struct slice text,
                          const struct query_source_array *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        struct routine_query *query = &reading->routine->queries.items[i];
        const struct query_source *source = &sources->items[i];
        struct slice own = slice_from(source->text);
        struct splitter splitter = splitter_of(own, 0, own.length);
        struct statement cut;

        query->text = text;
        query->parameter_count = parameter_count(reading->routine->node);
        if (!splitter_next(&splitter, &cut))
            continue;
        query->statement.lex_cost = cut.lex_cost;
        parser_parse_text(reading->parser, source->text, source->form,
                          &query->statement);
        query->statement.error_offset += source->offset;
    }
}

/* The string that is all of an expression. */
static const A_Const *only_string(const Node *tree)
{
    const SelectStmt *select = node_as(SelectStmt, tree);
    const ResTarget *target =
        select && list_length(select->targetList) == 1 &&
                select->fromClause == NIL && select->whereClause == NULL
            ? node_as(ResTarget, (const Node *)linitial(select->targetList))
            : NULL;
    const A_Const *string = target ? node_as(A_Const, target->val) : NULL;

    return string && !string->isnull && nodeTag(&string->val) == T_String
               ? string
               : NULL;
}

/* What EXECUTE runs, if that is one string. */
static void add_executed(const struct reading *reading,
                         const struct routine_query *query)
{
    const A_Const *string = only_string(query->statement.tree);
    const struct body *outer = &reading->routine->body;
    struct lexer lexer = lexer_of(outer->text);
    struct body inner;

    if (!string || string->location < 0)
        return;
    lexer.offset =
        query->statement.tree_base + (size_t)string->location - outer->offset;
    if (body_in_string(reading->arena, outer, lexer_next_significant(&lexer),
                       &inner))
        add_statements(reading, query->step, QUERY_EXECUTED,
                       inner.text.start ==
                               outer->text.start + inner.offset - outer->offset
                           ? query->text
                           : text_with(reading->source, 1, &inner),
                       &inner);
}

static void set_error(const struct reading *reading,
                      const struct compile_request *request)
{
    struct routine *routine = reading->routine;

    routine->is_opaque = true;
    routine->error = request->message;
    routine->error_offset = routine->body.offset;
    if (request->position > 0)
        routine->error_offset +=
            parser_cursor_offset(request->source, request->position);
}

static void read_plpgsql(const struct reading *reading, struct slice text)
{
    struct routine *routine = reading->routine;
    struct query_source_array sources = {0};
    struct compile_request request = {
        .source = routine_prepare(reading->arena, routine->body.text,
                                  parameter_count(routine->node)),
        .node = routine->node,
        .context = parser_context(reading->parser),
    };

    if (!request.source) {
        routine->is_opaque = true;
        return;
    }
    if (!compile_body(&request)) {
        request.checks_queries = true;
        compile_body(&request);
        set_error(reading, &request);
        return;
    }
    if (!routine_add_steps(reading->arena, routine, &request, &sources)) {
        routine->is_opaque = true;
        routine->steps.count = routine->queries.count = 0;
        return;
    }
    parse_queries(reading, text, &sources);
    routine->own_query_count = sources.count;
    for (size_t i = 0; i < sources.count; i++) {
        struct routine_query *query = &routine->queries.items[i];

        query->prefers_variables = request.prefers_variables;
        query->prefers_columns = request.prefers_columns;
    }
    for (size_t i = 0; i < sources.count; i++) {
        const struct routine_query query = routine->queries.items[i];

        if (query.role == QUERY_DYNAMIC)
            add_executed(reading, &query);
    }
}

static void read_sql(const struct reading *reading, struct slice text)
{
    struct routine *routine = reading->routine;

    add_statements(reading, ROUTINE_NO_STEP, QUERY_STATEMENT, text,
                   &routine->body);
    routine->own_query_count = routine->queries.count;
}

bool routine_read(struct arena *arena, struct parser *parser,
                  struct routine_source *source,
                  const struct statement *statement, const Node *node,
                  struct routine *routine)
{
    const CreateFunctionStmt *create = node_as(CreateFunctionStmt, node);
    const char *language = body_language(node);
    struct reading reading = {arena, parser, source, routine};
    struct slice text;

    *routine = (struct routine){
        .language =
            strcmp(language, "sql") == 0 ? ROUTINE_SQL : ROUTINE_PLPGSQL,
        .name = create && create->funcname
                    ? name_from_string(llast(create->funcname))
                    : NULL,
        .is_procedure = !create || create->is_procedure,
        .is_trigger = is_trigger(create),
        .node = node,
    };
    if ((strcmp(language, "sql") != 0 && strcmp(language, "plpgsql") != 0) ||
        !body_find(arena, source->text, statement, node, &routine->body))
        return false;
    text = text_with(source, 0, &routine->body);
    if (routine->language == ROUTINE_SQL)
        read_sql(&reading, text);
    else
        read_plpgsql(&reading, text);
    return true;
}

size_t routine_first_query(const struct routine *routine, size_t step)
{
    size_t from = 0, to = routine->own_query_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (routine->queries.items[middle].step < step)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool routine_find_variable(const struct routine_query *query,
                           const char *const *names, size_t count,
                           struct routine_variable *variable)
{
    const PLpgSQL_nsitem *item;
    int used = 0;

    if (!query || !query->names || count == 0)
        return false;
    item = plpgsql_ns_lookup(query->names, false, names[0],
                             count > 1 ? names[1] : NULL,
                             count > 2 ? names[2] : NULL, &used);
    if (!item)
        return false;
    if (!variable)
        return true;
    variable->is_record = item->itemtype == PLPGSQL_NSTYPE_REC;
    variable->used = (size_t)used;
    /* The compiler is given them first, in their order. */
    variable->parameter = (size_t)item->itemno < query->parameter_count
                              ? (size_t)item->itemno
                              : ROUTINE_NO_PARAMETER;
    return true;
}
