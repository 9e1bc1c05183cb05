/*
 * DO blocks: the plain DDL among a PL/pgSQL body's statements counts as if it
 * stood in the file. The body is read token by token, as far as its blocks
 * go; what is dynamic, or depends on what we cannot know, makes the schema
 * incomplete.
 *
 * Facts: src/pl/plpgsql/src/pl_gram.y.
 */
#include "schema/replay_context.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <string.h>

enum frame_kind {
    FRAME_BLOCK,
    FRAME_IF,
    FRAME_LOOP,
    FRAME_CASE,
};

/* What encloses a statement. */
struct frame {
    enum frame_kind kind;
    bool is_skipped; /* not counted as run: ELSE, EXCEPTION */
};

struct body {
    struct replay *replay;
    struct lexer lexer;
    struct token token; /* the next one */
    struct arena *arena;
    struct frame *frames;
    size_t depth, capacity;
    struct statement_array statements;
};

static void next(struct body *body)
{
    body->token = lexer_next_significant(&body->lexer);
}

static bool at_end(const struct body *body)
{
    return body->token.kind == TOKEN_END;
}

static bool at(const struct body *body, const char *symbol)
{
    return token_is(body->lexer.text, body->token, symbol);
}

static bool at_word(const struct body *body, const char *word)
{
    return token_is_word(body->lexer.text, body->token, word);
}

static bool is_skipped(const struct body *body)
{
    return body->depth > 0 && body->frames[body->depth - 1].is_skipped;
}

static void push(struct body *body, enum frame_kind kind)
{
    bool skipped = is_skipped(body);

    array_reserve(body->arena, (void **)&body->frames, body->depth,
                  &body->capacity, sizeof *body->frames);
    body->frames[body->depth++] = (struct frame){kind, skipped};
}

/* Past the ; that ends the statement. */
static void skip_statement(struct body *body)
{
    while (!at_end(body) && !at(body, ";"))
        next(body);
    next(body);
}

/* Past the word that ends an expression; a CASE within has words of its own. */
static void skip_to(struct body *body, const char *word)
{
    size_t cases = 0;

    for (; !at_end(body); next(body)) {
        if (cases == 0 && at_word(body, word))
            break;
        if (at_word(body, "case"))
            cases++;
        else if (cases > 0 && at_word(body, "end"))
            cases--;
    }
    next(body);
}

/* DECLARE: to the BEGIN of its block. */
static void skip_declarations(struct body *body)
{
    next(body);
    while (!at_end(body) && !at_word(body, "begin"))
        skip_statement(body);
}

/* A statement of SQL: cut out, to be parsed with the others. */
static void take_statement(struct body *body)
{
    size_t from = body->token.offset;
    struct splitter splitter;
    struct statement statement;

    while (!at_end(body) && !at(body, ";")) {
        /* A function's body in SQL has semicolons of its own. */
        if (at_word(body, "atomic"))
            skip_to(body, "end");
        else
            next(body);
    }
    splitter = splitter_of(body->lexer.text, from, body->token.offset);
    if (!is_skipped(body) && splitter_next(&splitter, &statement))
        *array_push(body->arena, &body->statements) = statement;
    next(body);
}

static bool at_any(const struct body *body, const char *const *words)
{
    for (; *words; words++) {
        if (at_word(body, *words))
            return true;
    }
    return false;
}

/* What opens, divides or ends blocks; false if the token is none of these. */
static bool read_structure(struct body *body)
{
    static const char *const loops[] = {"loop", "while", "for", "foreach",
                                        NULL};
    static const char *const branches[] = {"else", "elsif", "elseif", NULL};
    bool is_else = at_word(body, "else");

    if (at_word(body, "begin")) {
        push(body, FRAME_BLOCK);
        next(body);
    } else if (at_word(body, "declare")) {
        skip_declarations(body);
    } else if (at_word(body, "if")) {
        body->replay->is_opaque = true;
        push(body, FRAME_IF);
        skip_to(body, "then");
    } else if (at_word(body, "case")) {
        body->replay->is_opaque = true;
        push(body, FRAME_CASE);
        body->frames[body->depth - 1].is_skipped = true;
        next(body);
        skip_to(body, "then");
    } else if (at_any(body, loops)) {
        body->replay->is_opaque = true;
        push(body, FRAME_LOOP);
        skip_to(body, "loop");
    } else if (at_word(body, "when")) {
        skip_to(body, "then");
    } else if (at_any(body, branches) || at_word(body, "exception")) {
        if (body->depth > 0)
            body->frames[body->depth - 1].is_skipped = true;
        if (at_any(body, branches) && !is_else)
            skip_to(body, "then");
        else
            next(body);
    } else if (at_word(body, "end")) {
        if (body->depth > 0)
            body->depth--;
        skip_statement(body);
    } else {
        return false;
    }
    return true;
}

static void read_statement(struct body *body)
{
    static const char *const definitions[] = {"create", "alter", "drop", "set",
                                              NULL};

    if (at(body, "<<")) { /* a label */
        while (!at_end(body) && !at(body, ">>"))
            next(body);
        next(body);
    } else if (read_structure(body)) {
        return;
    } else if (at_any(body, definitions)) {
        take_statement(body);
    } else {
        if (at_word(body, "execute"))
            body->replay->is_opaque = true;
        skip_statement(body);
    }
}

/* Where the body's text stands in the file; false if it has escapes. */
static bool find_body(const struct replay *replay, size_t *from, size_t *to)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    bool is_language = false;

    lexer.offset = replay->statement->offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        struct slice text = token_text(replay->text, token);

        if (token.kind == TOKEN_DOLLAR_STRING && !token.unterminated) {
            const char *tag = memchr(text.start + 1, '$', text.length - 1);
            size_t size = (size_t)(tag - text.start) + 1;

            *from = token.offset + size;
            *to = token.offset + token.length - size;
            return true;
        }
        if (token.kind == TOKEN_STRING && !is_language) {
            *from = token.offset + 1;
            *to = token.offset + token.length - 1;
            return text.start[0] == '\'' &&
                   !memchr(text.start + 1, '\'', text.length - 2);
        }
        is_language = token_is_word(replay->text, token, "language");
    }
    return false;
}

static bool is_plpgsql(const DoStmt *statement)
{
    const ListCell *cell;

    foreach (cell, statement->args) {
        const DefElem *option = node_as(DefElem, (Node *)lfirst(cell));

        if (option && strcmp(option->defname, "language") == 0)
            return strcmp(name_from_string(option->arg), "plpgsql") == 0;
    }
    return true;
}

static void run_statements(struct replay *replay,
                           const struct statement_array *statements)
{
    struct schema *schema = replay->schema;

    if (statements->count == 0)
        return;
    if (!schema->parser)
        schema->parser = parser_new();
    if (!schema->parser)
        arena_exhausted();
    parser_parse(schema->parser, replay->source->text, statements->items,
                 statements->count);
    for (size_t i = 0; i < statements->count; i++) {
        const struct statement *statement = &statements->items[i];

        if (statement->outcome != PARSE_DONE ||
            nodeTag(statement->tree) == T_DoStmt)
            replay->is_opaque = true;
        else if (replay_one(schema, replay->source, statement))
            replay->is_opaque = true;
    }
    parser_clear(schema->parser);
}

bool replay_do(struct replay *replay, const DoStmt *statement)
{
    struct body body = {.replay = replay, .arena = &replay->schema->scratch};
    size_t from, to;

    if (!is_plpgsql(statement) || !find_body(replay, &from, &to)) {
        replay->is_opaque = true;
        return true;
    }
    body.lexer = lexer_of(slice_part(replay->text, 0, to));
    body.lexer.offset = from;
    next(&body);
    while (!at_end(&body))
        read_statement(&body);
    run_statements(replay, &body.statements);
    return true;
}
