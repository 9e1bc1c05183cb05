/*
 * Texts for difference.c that are the same where the server takes two ways to
 * write something for one.
 */
#include "schema/difference_text.h"

#include "base/buffer.h"
#include "sql/lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Who writes more around one expression has another expression. */
#define PARENTHESES_MAX 8

struct token_array ARRAY(struct token);

static struct token_array tokens_of(struct arena *arena, struct slice text)
{
    struct lexer lexer = lexer_of(text);
    struct token_array tokens = {0};
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        *array_push(arena, &tokens) = token;
    return tokens;
}

/* The parenthesis at the start is closed by the last token. */
static bool is_in_parentheses(struct slice text, const struct token *tokens,
                              size_t count)
{
    size_t depth = 0;

    if (count < 2 || !token_is(text, tokens[0], "("))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (token_is(text, tokens[i], "("))
            depth++;
        else if (token_is(text, tokens[i], ")") && --depth == 0)
            return i == count - 1;
    }
    return false;
}

static void add_token(struct buffer *buffer, struct slice token)
{
    for (size_t i = 0; i < token.length; i++)
        buffer_add_char(buffer, (char)tolower((unsigned char)token.start[i]));
}

static const char *join_tokens(struct arena *arena, struct slice text,
                               const struct token *tokens, size_t count)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < count; i++) {
        struct slice words = token_text(text, tokens[i]);

        if (i > 0)
            buffer_add_char(&buffer, ' ');
        if (tokens[i].kind == TOKEN_WORD)
            add_token(&buffer, words);
        else
            buffer_add(&buffer, words);
    }
    return buffer_text(&buffer);
}

const char *text_of_tokens(struct arena *arena, const char *expression)
{
    struct slice text = slice_from(expression);
    struct token_array tokens;
    size_t first = 0;

    if (!expression)
        return NULL;
    tokens = tokens_of(arena, text);
    while (
        first < PARENTHESES_MAX &&
        is_in_parentheses(text, tokens.items + first, tokens.count - 2 * first))
        first++;
    return join_tokens(arena, text, tokens.items + first,
                       tokens.count - 2 * first);
}

/* Words of types that are more than one word: character varying, timestamp
 * with time zone. */
static bool continues_type(struct slice text, struct token token)
{
    static const char *const words[] = {"precision", "varying", "with",
                                        "without",   "time",    "zone"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return false;
}

/* From the `::` at this token on: where its type ends. */
static size_t skip_cast(struct slice text, const struct token_array *tokens,
                        size_t at)
{
    size_t count = tokens->count;
    const struct token *items = tokens->items;

    at += 2;
    while (at + 1 < count && token_is(text, items[at], "."))
        at += 2;
    while (at < count && continues_type(text, items[at]))
        at++;
    if (at < count && token_is(text, items[at], "("))
        while (at < count && !token_is(text, items[at++], ")")) {
        }
    while (at < count &&
           (token_is(text, items[at], "[") || token_is(text, items[at], "]")))
        at++;
    return at;
}

/* 5, '5', 'a' and A all as the server would keep them, or as well. */
static void add_meaning(struct buffer *buffer, struct slice text,
                        struct token token)
{
    struct slice words = token_text(text, token);

    if (token_is(text, token, "!="))
        words = SLICE("<>");
    if (token_is_word(text, token, "current_timestamp"))
        words = SLICE("now");
    if (token.kind == TOKEN_STRING && words.length > 2 &&
        words.start[0] == '\'' && isdigit((unsigned char)words.start[1]))
        words = slice_part(words, 1, words.length - 1);
    if (token.kind == TOKEN_QUOTED_IDENTIFIER && words.length > 2 &&
        words.start[0] == '"')
        words = slice_part(words, 1, words.length - 1);
    if (token.kind == TOKEN_WORD)
        add_token(buffer, words);
    else
        buffer_add(buffer, words);
    buffer_add_char(buffer, ' ');
}

static bool is_optional(struct slice text, struct token token)
{
    static const char *const words[] = {"as", "inner", "outer", "asc"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return false;
}

static const char *join_words(struct arena *arena, const char *const *words,
                              size_t count)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&buffer, "%s ", words[i]);
    return buffer_text(&buffer);
}

static bool is_string(struct token token)
{
    return token.kind == TOKEN_STRING || token.kind == TOKEN_DOLLAR_STRING;
}

/* A string without its quotes, as LANGUAGE may be written; all else but quoted
 * names in lower case. */
static const char *word_of_token(struct arena *arena, struct slice text,
                                 struct token token)
{
    struct slice words = token_text(text, token);
    struct buffer buffer;

    buffer_init(&buffer, arena);
    if (token.kind == TOKEN_STRING && words.length > 2 &&
        words.start[0] == '\'')
        buffer_add(&buffer, slice_part(words, 1, words.length - 1));
    else if (token.kind == TOKEN_WORD)
        add_token(&buffer, words);
    else
        buffer_add(&buffer, words);
    return buffer_text(&buffer);
}

/* Without what is optional, and strings of this size or more. */
static struct name_array words_of_text(struct arena *arena, struct slice text,
                                       size_t size)
{
    struct token_array tokens = tokens_of(arena, text);
    struct name_array words = {0};

    for (size_t i = 0; i < tokens.count; i++) {
        struct token token = tokens.items[i];

        if ((!is_string(token) || token.length < size) &&
            !is_optional(text, token))
            *array_push(arena, &words) = word_of_token(arena, text, token);
    }
    return words;
}

static bool is_name(struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED_IDENTIFIER;
}

/* Where `AS u (id, name)` ends, the columns' names of something in FROM: they
 * are written where the table has come to have others, and say nothing. 0 if
 * none begins here. */
static size_t end_of_alias(struct slice text, const struct token_array *tokens,
                           size_t at)
{
    const struct token *items = tokens->items;

    if (at + 4 >= tokens->count || !token_is_word(text, items[at], "as") ||
        !is_name(items[at + 1]) || !token_is(text, items[at + 2], "("))
        return 0;
    for (at += 3; at + 1 < tokens->count && is_name(items[at]); at += 2) {
        if (token_is(text, items[at + 1], ")"))
            return at + 2;
        if (!token_is(text, items[at + 1], ","))
            return 0;
    }
    return 0;
}

/* `user AS user`. */
static bool is_same_name(struct slice text, const struct token *tokens,
                         size_t alias)
{
    return alias >= 2 && slice_equal(token_text(text, tokens[alias]),
                                     token_text(text, tokens[alias - 2]));
}

const char *text_of_statement(struct arena *arena, const char *statement)
{
    struct slice text = slice_from(statement);
    struct token_array tokens;
    struct buffer buffer;

    if (!statement)
        return NULL;
    tokens = tokens_of(arena, text);
    buffer_init(&buffer, arena);
    for (size_t i = 0; i < tokens.count;) {
        size_t end = end_of_alias(text, &tokens, i);
        size_t word = end ? i + 1 : i;

        if (end ? !is_same_name(text, tokens.items, word)
                : !is_optional(text, tokens.items[word])) {
            buffer_add(&buffer, token_text(text, tokens.items[word]));
            buffer_add_char(&buffer, ' ');
        }
        i = end ? end : i + 1;
    }
    return text_of_meaning(arena, buffer_text(&buffer));
}

static int compare_words(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;

    return strcmp(*x, *y);
}

const char *text_of_options(struct arena *arena, const char *statement,
                            const char *body)
{
    struct name_array words;

    if (!statement)
        return NULL;
    words = words_of_text(arena, slice_from(statement),
                          body ? strlen(body) : SIZE_MAX);
    if (words.count > 1)
        qsort(words.items, words.count, sizeof *words.items, compare_words);
    return join_words(arena, words.items, words.count);
}

const char *text_of_meaning(struct arena *arena, const char *expression)
{
    struct slice text = slice_from(expression);
    struct token_array tokens;
    struct buffer buffer;

    if (!expression)
        return NULL;
    tokens = tokens_of(arena, text);
    buffer_init(&buffer, arena);
    for (size_t i = 0; i < tokens.count;) {
        if (token_is(text, tokens.items[i], "::")) {
            i = skip_cast(text, &tokens, i);
            continue;
        }
        /* Without the parentheses nearly nothing is the same that is not. */
        if (token_is(text, tokens.items[i], "(") ||
            token_is(text, tokens.items[i], ")")) {
            i++;
        } else if (i + 1 < tokens.count &&
                   token_is(text, tokens.items[i + 1], ".")) {
            i += 2;
        } else {
            add_meaning(&buffer, text, tokens.items[i++]);
        }
    }
    return buffer_text(&buffer);
}
