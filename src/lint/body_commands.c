/*
 * Reads a body token by token for where statements begin, and asks the parser
 * about those that may be refused. Dynamic SQL that cannot be parsed, because
 * only its beginning is plain to see, is told by its first words.
 */
#include "lint/body_commands.h"

#include "sql/body.h"
#include "sql/splitter.h"

#include <string.h>

struct search {
    struct check *check;
    struct parser *parser; /* made when it is first needed */
    struct body_command_array found;
};

/* A statement may begin after the token. */
static bool opens_statement(struct slice text, struct token token)
{
    static const char *const openers[] = {"BEGIN", "THEN", "ELSE", "LOOP"};
    if (token.length == 1)
        return token_is(text, token, ";");
    if (token.kind != TOKEN_WORD || token.length < 4 || token.length > 5)
        return false;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        if (token_is_word(text, token, openers[i]))
            return true;
    }
    return false;
}

/* Statements that are refused begin with one of these. */
static bool may_be_refused(struct slice text, struct token token)
{
    static const char *const words[] = {
        "CREATE", "DROP", "ALTER", "REINDEX", "VACUUM", "CLUSTER", "DISCARD"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is_word(text, token, words[i]))
            return true;
    }
    return false;
}

/* What follows assigns to a variable: one can be called vacuum. */
static bool is_assignment(struct slice text, size_t offset)
{
    struct lexer lexer = lexer_of(text);
    lexer.offset = offset;
    struct token token = lexer_next_significant(&lexer);
    return token_is(text, token, ":=") || token_is(text, token, "=") ||
           token_is(text, token, ".") || token_is(text, token, "[");
}

static void add(struct search *search, const struct body *body, size_t offset,
                size_t end, const char *name)
{
    *array_push(search->check->arena, &search->found) = (struct body_command){
        .words = {body->offset + offset, end - offset},
        .name = name,
    };
}

/* The statement at the offset as the parser reads it. False if it cannot. */
static bool judge_parsed(struct search *search, const struct body *body,
                         size_t offset)
{
    struct splitter splitter =
        splitter_of(body->text, offset, body->text.length);
    struct transaction_refusal refusal;
    struct statement statement;
    if (search->parser == NULL)
        search->parser = parser_new();
    if (search->parser == NULL || !splitter_next(&splitter, &statement))
        return false;
    parser_clear(search->parser);
    parser_parse(search->parser, body->text, &statement, 1);
    if (statement.outcome != PARSE_DONE || statement.tree == NULL)
        return false;
    if (!transaction_block_refuses(search->check->schema,
                                   search->check->postgres_version,
                                   statement.tree, &refusal))
        return true;
    struct span last =
        words_find(body->text, &statement, offset, refusal.last_words);
    add(search, body, offset,
        last.length > 0 ? last.offset + last.length
                        : statement.offset + statement.length,
        refusal.command);
    return true;
}

static void judge(struct search *search, const struct body *body,
                  struct token token)
{
    const char *command;
    if (!may_be_refused(body->text, token) ||
        judge_parsed(search, body, token.offset))
        return;
    size_t end =
        transaction_block_refuses_words(body->text, token.offset, &command);
    if (end > 0 && !is_assignment(body->text, end))
        add(search, body, token.offset, end, command);
}

/* Of format(): `%I` stands for a name, whose place is kept. */
static struct slice with_names(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text);
    for (size_t i = 0; i + 1 < text.length; i++) {
        size_t end = i + 1;
        if (copy[i] != '%')
            continue;
        while (end < text.length && copy[end] != 'I' && copy[end] != 's' &&
               copy[end] != 'L' && copy[end] != '%' && end - i < 8)
            end++;
        if (end == text.length || copy[end] == '%' || end - i == 8)
            continue;
        copy[i] = 'x';
        memset(copy + i + 1, ' ', end - i);
        i = end;
    }
    return (struct slice){copy, text.length};
}

/* The string after EXECUTE, possibly in a format(). */
static void judge_dynamic(struct search *search, const struct body *outer,
                          struct lexer lexer)
{
    struct arena *arena = search->check->arena;
    struct token token = lexer_next_significant(&lexer);
    struct body inner;
    bool is_format = token_is_word(lexer.text, token, "format");
    if (is_format) {
        lexer_next_significant(&lexer);
        token = lexer_next_significant(&lexer);
    }
    if (!body_in_string(arena, outer, token, &inner))
        return;
    if (is_format)
        inner.text = with_names(arena, inner.text);
    struct lexer inside = lexer_of(inner.text);
    judge(search, &inner, lexer_next_significant(&inside));
}

/* COMMIT and ROLLBACK, of PL/pgSQL: no more than AND CHAIN follows. */
static void judge_end(struct search *search, const struct body *body,
                      struct token token)
{
    bool is_commit = token_is_word(body->text, token, "COMMIT");
    struct lexer lexer = lexer_of(body->text);
    if (!is_commit && !token_is_word(body->text, token, "ROLLBACK"))
        return;
    lexer.offset = token.offset + token.length;
    struct token next = lexer_next_significant(&lexer);
    if (!token_is(body->text, next, ";") &&
        !token_is_word(body->text, next, "AND"))
        return;
    add(search, body, token.offset, token.offset + token.length,
        is_commit ? "COMMIT" : "ROLLBACK");
    search->found.items[search->found.count - 1].ends_transaction = true;
}

static void judge_body(struct search *search, const struct body *body,
                       bool is_plpgsql)
{
    struct lexer lexer = lexer_of(body->text);
    bool is_declaring = false;
    for (bool is_start = true;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            return;
        if (is_start && token_is_word(lexer.text, token, "EXECUTE")) {
            judge_dynamic(search, body, lexer);
        } else if (is_start) {
            judge(search, body, token);
            if (is_plpgsql)
                judge_end(search, body, token);
        }
        if (token_is_word(lexer.text, token, "DECLARE"))
            is_declaring = true;
        else if (token_is_word(lexer.text, token, "BEGIN"))
            is_declaring = false;
        is_start = !is_declaring && opens_statement(lexer.text, token);
    }
}

struct body_command_array body_commands(struct check *check, const Node *node)
{
    struct search search = {.check = check};
    const char *language = body_language(node);
    bool is_plpgsql = strcmp(language, "plpgsql") == 0;
    struct body body;
    if ((!is_plpgsql && strcmp(language, "sql") != 0) ||
        !body_find(check->arena, check->text, check->statement, node, &body))
        return search.found;
    judge_body(&search, &body, is_plpgsql);
    if (search.parser != NULL)
        parser_free(search.parser);
    return search.found;
}
