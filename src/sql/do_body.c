/*
 * Reads the body of a DO block: what encloses what, and where the plain DDL
 * stands. Asked by the replay, and by the run, which shows that DDL to rules.
 */
#include "sql/do_body.h"

#include "sql/lexer.h"
#include "sql/names.h"
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
    bool is_skipped;       /* not counted as run: ELSE, EXCEPTION */
    struct do_step *step;  /* that it is */
    struct do_step **tail; /* where the next step within goes */
    struct do_step **handler_tail;
};

/* Blocks within blocks beyond this are not told apart. */
#define DEPTH_MAX 100

struct body {
    struct lexer lexer;
    struct token token; /* the next one */
    struct arena *arena;
    struct frame *frames;
    size_t depth;
    uint32_t capacity;
    struct do_step **tail; /* of what is in no frame */
    bool is_too_deep;
    struct do_body *result;
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

static struct frame *top(const struct body *body)
{
    return body->depth > 0 ? &body->frames[body->depth - 1] : NULL;
}

static struct do_step *append(struct body *body, enum do_step_kind kind)
{
    struct do_step ***tail = body->depth > 0 ? &top(body)->tail : &body->tail;
    struct do_step *step = arena_alloc(body->arena, sizeof *step);

    step->kind = kind;
    **tail = step;
    *tail = &step->next;
    return step;
}

static void push(struct body *body, enum frame_kind kind,
                 enum do_step_kind step_kind)
{
    bool skipped = is_skipped(body);
    struct do_step *step = append(body, step_kind);

    array_reserve(body->arena, (void **)&body->frames, body->depth,
                  &body->capacity, sizeof *body->frames);
    body->frames[body->depth++] = (struct frame){
        .kind = kind,
        .is_skipped = skipped,
        .step = step,
        .tail = &step->body,
        .handler_tail = &step->handlers,
    };
    if (body->depth > DEPTH_MAX)
        body->is_too_deep = true;
}

/* Past the ; that ends the statement. Gives the words before it. */
static struct span skip_statement(struct body *body)
{
    struct span span = {body->token.offset, 0};

    while (!at_end(body) && !at(body, ";"))
        next(body);
    span.length = body->token.offset - span.offset;
    next(body);
    return span;
}

/* Past the word that ends an expression; a CASE within has words of its own.
 * Gives the expression. */
static struct span skip_to(struct body *body, const char *word)
{
    struct span span = {body->token.offset, 0};
    size_t cases = 0;

    for (; !at_end(body); next(body)) {
        if (cases == 0 && at_word(body, word))
            break;
        if (at_word(body, "case"))
            cases++;
        else if (cases > 0 && at_word(body, "end"))
            cases--;
    }
    span.length = body->token.offset - span.offset;
    next(body);
    return span;
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
    if (splitter_next(&splitter, &statement)) {
        append(body, DO_STATEMENT)->statement = statement;
        if (!is_skipped(body))
            *array_push(body->arena, &body->result->statements) = statement;
    }
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

/* ELSE, ELSIF cond THEN; an ELSIF is an IF in the branch that it begins. */
static void read_branch(struct body *body)
{
    struct frame *frame = top(body);
    bool is_else = at_word(body, "else");

    next(body);
    if (frame)
        frame->is_skipped = true;
    if (!frame || frame->kind != FRAME_IF) {
        if (!is_else)
            skip_to(body, "then");
        return;
    }
    frame->tail = &frame->step->otherwise;
    if (is_else)
        return;
    frame->step = append(body, DO_IF);
    frame->step->span = skip_to(body, "then");
    frame->tail = &frame->step->body;
}

/* WHEN: of CASE, or of EXCEPTION. */
static void read_when(struct body *body)
{
    struct frame *frame = top(body);
    struct do_step *handler;

    next(body);
    if (!frame || frame->kind != FRAME_BLOCK) {
        skip_to(body, "then");
        return;
    }
    handler = arena_alloc(body->arena, sizeof *handler);
    handler->kind = DO_HANDLER;
    handler->span = skip_to(body, "then");
    *frame->handler_tail = handler;
    frame->handler_tail = &handler->next;
    frame->tail = &handler->body;
}

/* What opens a block; false if the token is none of these. */
static bool read_opening(struct body *body)
{
    static const char *const loops[] = {"loop", "while", "for", "foreach",
                                        NULL};

    if (at_word(body, "begin")) {
        push(body, FRAME_BLOCK, DO_BLOCK);
        next(body);
    } else if (at_word(body, "declare")) {
        skip_declarations(body);
    } else if (at_word(body, "if")) {
        body->result->is_opaque = true;
        push(body, FRAME_IF, DO_IF);
        next(body);
        top(body)->step->span = skip_to(body, "then");
    } else if (at_word(body, "case")) {
        body->result->is_opaque = true;
        push(body, FRAME_CASE, DO_UNKNOWN);
        top(body)->is_skipped = true;
        next(body);
        skip_to(body, "then");
    } else if (at_any(body, loops)) {
        body->result->is_opaque = true;
        push(body, FRAME_LOOP, DO_LOOP);
        skip_to(body, "loop");
    } else {
        return false;
    }
    return true;
}

/* What opens, divides or ends blocks; false if the token is none of these. */
static bool read_structure(struct body *body)
{
    static const char *const branches[] = {"else", "elsif", "elseif", NULL};

    if (read_opening(body))
        return true;
    if (at_word(body, "when")) {
        read_when(body);
    } else if (at_any(body, branches)) {
        read_branch(body);
    } else if (at_word(body, "exception")) {
        if (top(body))
            top(body)->is_skipped = true;
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

/* EXECUTE 'text', and no more: a statement like others. False, and nothing is
 * read, for any other text. */
static bool take_executed(struct body *body)
{
    struct lexer lexer = body->lexer;
    struct token string = lexer_next_significant(&lexer);
    struct token after = lexer_next_significant(&lexer);
    struct slice words = token_text(lexer.text, string);
    struct splitter splitter;
    struct statement statement, more;
    struct do_step *step;

    if (string.kind != TOKEN_STRING || string.unterminated ||
        words.start[0] != '\'' || !token_is(lexer.text, after, ";") ||
        memchr(words.start + 1, '\'', words.length - 2))
        return false;
    splitter = splitter_of(lexer.text, string.offset + 1,
                           string.offset + string.length - 1);
    if (!splitter_next(&splitter, &statement) ||
        splitter_next(&splitter, &more))
        return false;
    step = append(body, DO_STATEMENT);
    step->statement = statement;
    step->is_executed = true;
    if (!is_skipped(body))
        *array_push(body->arena, &body->result->statements) = statement;
    return true;
}

/* Nothing around it may leave it out. */
static bool is_certain(const struct body *body)
{
    for (size_t i = 0; i < body->depth; i++) {
        if (body->frames[i].kind != FRAME_BLOCK || body->frames[i].is_skipped)
            return false;
    }
    return true;
}

/* One that is neither structure nor DDL. */
static void read_other(struct body *body)
{
    static const char *const ends[] = {"commit", "rollback", NULL};
    static const struct {
        const char *word;
        enum do_step_kind kind;
    } kinds[] = {
        {"execute", DO_EXECUTE},
        {"perform", DO_QUERY},
        {"raise", DO_RAISE},
        {"return", DO_RETURN},
    };

    if (at_word(body, "execute")) {
        if (take_executed(body)) {
            skip_statement(body);
            return;
        }
        body->result->is_opaque = true;
    }
    if (at_any(body, ends) && is_certain(body))
        body->result->ends_transaction = true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (at_word(body, kinds[i].word)) {
            struct do_step *step = append(body, kinds[i].kind);

            next(body);
            step->span = skip_statement(body);
            return;
        }
    }
    skip_statement(body);
}

/* A variable may have the name of a command. */
static bool is_assignment(const struct body *body)
{
    static const char *const operators[] = {":=", "=", "[", "."};
    struct lexer lexer = body->lexer;
    struct token token = lexer_next_significant(&lexer);

    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (token_is(lexer.text, token, operators[i]))
            return true;
    }
    return false;
}

static void read_statement(struct body *body)
{
    static const char *const definitions[] = {
        "create", "alter", "drop", "set", "comment", "grant", "revoke", NULL};

    if (at(body, "<<")) { /* a label */
        while (!at_end(body) && !at(body, ">>"))
            next(body);
        next(body);
    } else if (read_structure(body)) {
        return;
    } else if (at_any(body, definitions) && !is_assignment(body)) {
        take_statement(body);
    } else {
        read_other(body);
    }
}

/* Where the body's text stands in the file; false if it has escapes. */
static bool find_body(struct slice text, const struct statement *statement,
                      size_t *from, size_t *to)
{
    struct lexer lexer = lexer_of(text);
    struct token token;
    bool is_language = false;

    lexer.offset = statement->offset;
    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer)) {
        struct slice words = token_text(text, token);

        if (token.kind == TOKEN_DOLLAR_STRING && !token.unterminated) {
            const char *tag = memchr(words.start + 1, '$', words.length - 1);
            size_t size = (size_t)(tag - words.start) + 1;

            *from = token.offset + size;
            *to = token.offset + token.length - size;
            return true;
        }
        if (token.kind == TOKEN_STRING && !is_language) {
            *from = token.offset + 1;
            *to = token.offset + token.length - 1;
            return words.start[0] == '\'' &&
                   !memchr(words.start + 1, '\'', words.length - 2);
        }
        is_language = token_is_word(text, token, "language");
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

struct do_body do_body_of(struct arena *arena, struct slice text,
                          const struct statement *statement, const DoStmt *tree)
{
    struct do_body result = {.is_opaque = false};
    struct body body = {.arena = arena, .result = &result};
    size_t from, to;

    text = slice_part(text, 0, statement->offset + statement->length);
    if (!is_plpgsql(tree) || !find_body(text, statement, &from, &to)) {
        result.is_opaque = true;
        return result;
    }
    body.lexer = lexer_of(slice_part(text, 0, to));
    body.lexer.offset = from;
    body.tail = &result.steps;
    next(&body);
    while (!at_end(&body))
        read_statement(&body);
    if (body.depth > 0) /* a block that does not end */
        result.is_opaque = true;
    if (body.is_too_deep || body.depth > 0)
        result.steps = NULL;
    return result;
}
