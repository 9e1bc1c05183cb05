/*
 * Finds in a body what PL/pgSQL's trees say: the compiler tells the lines of
 * statements and the texts of queries, but no places. The lexer goes along, in
 * the order of the text. Stands below routine_steps.c.
 */
#include "sql/routine_places.h"

#include <string.h>

/* Words that are read, and bytes that are compared, for each byte of a body. */
#define WORK_PER_BYTE 64

static struct token next(struct reader *reader)
{
    if (reader->budget == 0)
        return (struct token){.kind = TOKEN_END};
    reader->budget--;
    return lexer_next_significant(&reader->lexer);
}

static const size_t *find_lines(struct arena *arena, struct slice text,
                                size_t *count)
{
    size_t lines = 2;
    size_t *offsets;

    for (size_t i = 0; i < text.length; i++)
        lines += text.start[i] == '\n';
    offsets = arena_alloc(arena, lines * sizeof *offsets);
    *count = 1;
    for (size_t i = 0; i < text.length; i++)
        if (text.start[i] == '\n')
            offsets[(*count)++] = i + 1;
    return offsets;
}

void places_go_to_line(struct reader *reader, int line)
{
    if (line > 0 && (size_t)line <= reader->line_count &&
        reader->lines[line - 1] > reader->lexer.offset)
        reader->lexer.offset = reader->lines[line - 1];
}

bool places_go_behind(struct reader *reader, const char *word, bool may_go_on)
{
    struct lexer start = reader->lexer;
    bool is_after_end = false;

    for (;;) {
        struct token token;

        reader->before = reader->lexer.offset;
        token = next(reader);

        if (token.kind == TOKEN_END ||
            (!may_go_on && token_is(reader->text, token, ";")))
            break;
        if (!is_after_end && token_is_word(reader->text, token, word))
            return true;
        is_after_end = token_is_word(reader->text, token, "end");
    }
    reader->lexer = start;
    return false;
}

/* Behind the ; that ends a statement; gives where its last word ends. */
static size_t go_behind_statement(struct reader *reader)
{
    size_t end = reader->lexer.offset;

    for (;;) {
        struct token token = next(reader);

        if (token.kind == TOKEN_END || token_is(reader->text, token, ";"))
            return end;
        end = token.offset + token.length;
    }
}

/* A query's own text, less what the compiler puts around it. */
struct own_text {
    const char *start;
    size_t length;
    size_t before; /* how much of the query's text is before it */
};

/* The WHEN of a CASE is `"__Case__Variable_1__" IN (...)`. */
static struct own_text own_text_of(const char *query)
{
    struct own_text own = {query, strlen(query), 0};
    const char *in = strstr(query, "\" IN (");

    if (in && strncmp(query, "\"__Case__Variable_", 18) == 0) {
        own.start = in + strlen("\" IN (");
        own.length = strlen(own.start) - 1;
    }
    while (own.length > 0 && strchr(" \t\r\n\f\v", own.start[0])) {
        own.start++;
        own.length--;
    }
    own.before = (size_t)(own.start - query);
    return own;
}

/* INTO and its targets are blank in the query. */
static bool is_here(struct reader *reader, size_t offset,
                    const struct own_text *own)
{
    const char *text = reader->text.start + offset;

    if (own->length > reader->text.length - offset)
        return false;
    for (size_t i = 0; i < own->length; i++) {
        if (reader->budget == 0)
            return false;
        reader->budget--;
        if (own->start[i] != text[i] && own->start[i] != ' ')
            return false;
    }
    return true;
}

/* Where the text is, from here on; the search goes on behind it. */
static bool find_text(struct reader *reader, const struct own_text *own,
                      bool may_go_on, size_t *offset)
{
    struct lexer start = reader->lexer;

    while (own->length > 0) {
        struct token token = next(reader);

        if (token.kind == TOKEN_END ||
            (!may_go_on && token_is(reader->text, token, ";")))
            break;
        if (!is_here(reader, token.offset, own))
            continue;
        *offset = token.offset;
        reader->lexer.offset = token.offset + own->length;
        return true;
    }
    reader->lexer = start;
    return false;
}

static enum parse_form form_of(const PLpgSQL_expr *expr)
{
    switch (expr->parseMode) {
    case RAW_PARSE_PLPGSQL_EXPR: return PARSE_FORM_EXPRESSION;
    case RAW_PARSE_PLPGSQL_ASSIGN1: return PARSE_FORM_ASSIGNMENT_1;
    case RAW_PARSE_PLPGSQL_ASSIGN2: return PARSE_FORM_ASSIGNMENT_2;
    case RAW_PARSE_PLPGSQL_ASSIGN3: return PARSE_FORM_ASSIGNMENT_3;
    case RAW_PARSE_DEFAULT:
    case RAW_PARSE_TYPE_NAME: break;
    }
    return PARSE_FORM_STATEMENT;
}

static void add_query_at(struct reader *reader, size_t step,
                         enum routine_query_role role, const PLpgSQL_expr *expr,
                         const struct own_text *own, size_t offset)
{
    struct routine *routine = reader->routine;
    size_t place = routine->body.offset + offset;
    struct routine_query *query = array_push(reader->arena, &routine->queries);
    struct query_source *source = array_push(reader->arena, reader->sources);

    query->role = role;
    query->step = step;
    query->names = expr->ns;
    query->statement = (struct statement){
        .kind = STATEMENT_SQL,
        .offset = place,
        .length = own->length,
        .end = place + own->length,
        .tree_base = place - own->before,
    };
    source->text = expr->query;
    source->offset = place - own->before;
    source->form = form_of(expr);
}

static struct routine_query *last_query(const struct reader *reader)
{
    const struct routine_query_array *queries = &reader->routine->queries;

    return &queries->items[queries->count - 1];
}

void places_add_query(struct reader *reader, size_t step,
                      enum routine_query_role role, const PLpgSQL_expr *expr)
{
    struct own_text own;
    size_t offset;

    if (!expr)
        return;
    own = own_text_of(expr->query);
    if (find_text(reader, &own, false, &offset))
        add_query_at(reader, step, role, expr, &own, offset);
}

void places_add_performed(struct reader *reader, size_t step,
                          const PLpgSQL_expr *expr)
{
    const struct span *words = &places_step(reader, step)->words;
    struct own_text own = {expr->query, strlen(expr->query), 0};
    struct statement *statement;

    if (words->length == 0)
        return;
    add_query_at(reader, step, QUERY_STATEMENT, expr, &own,
                 words->offset - reader->routine->body.offset + 1);
    statement = &last_query(reader)->statement;
    statement->offset--;
    statement->length++;
}

void places_add_statement(struct reader *reader, size_t step, int line,
                          enum routine_query_role role,
                          const PLpgSQL_expr *expr)
{
    struct own_text own = own_text_of(expr->query);
    size_t offset;

    places_go_to_line(reader, line);
    if (!find_text(reader, &own, true, &offset))
        return;
    add_query_at(reader, step, role, expr, &own, offset);
    places_step(reader, step)->words =
        (struct span){reader->routine->body.offset + offset, own.length};
}

void places_add_queries(struct reader *reader, size_t step,
                        enum routine_query_role role, const List *list)
{
    const ListCell *cell;

    foreach (cell, list)
        places_add_query(reader, step, role, lfirst(cell));
}

struct routine_step *places_step(struct reader *reader, size_t index)
{
    return &reader->routine->steps.items[index];
}

size_t places_add_step(struct reader *reader, enum step_kind kind)
{
    struct routine_step_array *steps = &reader->routine->steps;
    struct routine_step *step = array_push(reader->arena, steps);

    step->kind = kind;
    step->parent = reader->parent;
    step->end = steps->count;
    return steps->count - 1;
}

size_t places_begin_step(struct reader *reader, enum step_kind kind, int line,
                         const char *word)
{
    size_t index = places_add_step(reader, kind);

    places_go_to_line(reader, line);
    if (places_go_behind(reader, word, true))
        places_step(reader, index)->words = (struct span){
            reader->routine->body.offset + reader->lexer.offset - strlen(word),
            strlen(word)};
    return index;
}

static void set_end(struct reader *reader, size_t index, size_t end)
{
    struct span *words = &places_step(reader, index)->words;

    if (words->length > 0)
        words->length = reader->routine->body.offset + end - words->offset;
}

void places_end_step(struct reader *reader, size_t index)
{
    set_end(reader, index, go_behind_statement(reader));
}

void places_end_head(struct reader *reader, size_t index, const char *word)
{
    if (places_go_behind(reader, word, false))
        set_end(reader, index, reader->before);
}

void places_begin(struct reader *reader)
{
    reader->lexer = lexer_of(reader->text);
    reader->lines =
        find_lines(reader->arena, reader->text, &reader->line_count);
    reader->budget = (reader->text.length + 1) * WORK_PER_BYTE;
}
