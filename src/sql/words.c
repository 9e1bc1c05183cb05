/*
 * Finds words in a statement's text, so that findings underline exactly what
 * they are about. Rules call it with what the tree knows: a location, a name,
 * the keywords of the clause.
 */
#include "sql/words.h"

#include <string.h>

static const struct span no_words = {0, 0};

/* A lexer that ends with the statement and starts at this offset in it. */
static struct lexer lexer_in(struct slice text,
                             const struct statement *statement, size_t offset)
{
    struct lexer lexer =
        lexer_of(slice_part(text, 0, statement->offset + statement->length));

    lexer.offset = offset < statement->offset ? statement->offset : offset;
    return lexer;
}

static struct span span_of(struct token token)
{
    return (struct span){token.offset, token.length};
}

struct span words_of_statement(const struct statement *statement)
{
    return (struct span){statement->offset, statement->length};
}

struct span words_at_start(struct slice text, const struct statement *statement,
                           size_t count)
{
    struct lexer lexer = lexer_in(text, statement, 0);
    struct span words = {statement->offset, 0};

    while (count-- > 0) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END)
            break;
        words = words_join(words, span_of(token));
    }
    return words;
}

/*
 * To know what contains an offset, the statement is read from its start. Far
 * into a long one the offset is taken for a token's start, which those of parse
 * nodes are, so that many findings in one statement cost little each.
 */
#define LOOK_BACK_MAX ((size_t)64 << 10)

struct span words_at(struct slice text, const struct statement *statement,
                     size_t offset)
{
    struct lexer lexer = lexer_in(text, statement, 0);
    struct token token;

    if (offset < statement->offset ||
        offset >= statement->offset + statement->length)
        return no_words;
    if (offset - statement->offset > LOOK_BACK_MAX)
        lexer.offset = offset;
    do {
        token = lexer_next(&lexer);
        if (token.offset > offset)
            return no_words;
    } while (token.kind != TOKEN_END && token.offset + token.length <= offset);
    return span_of(token);
}

static bool is_name_part(struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED_IDENTIFIER ||
           token.kind == TOKEN_TEMPLATE;
}

struct span words_of_name_at(struct slice text,
                             const struct statement *statement, size_t offset)
{
    struct lexer lexer = lexer_in(text, statement, offset);
    struct token token = lexer_next_significant(&lexer);
    struct span name = span_of(token);

    if (!is_name_part(token))
        return no_words;
    while (token = lexer_next_significant(&lexer),
           token_is(lexer.text, token, ".")) {
        token = lexer_next_significant(&lexer);
        if (!is_name_part(token))
            break;
        name = words_join(name, span_of(token));
    }
    return name;
}

/* The next of the words that are separated by single spaces; moves *words. */
static struct slice take_word(const char **words)
{
    struct slice word = {*words, strcspn(*words, " ")};

    *words += word.length;
    if (**words == ' ')
        ++*words;
    return word;
}

/* The rest of the words, the first of which was this token. Length 0: no. */
static struct span match_words(struct lexer lexer, struct token token,
                               const char *words)
{
    struct span span = span_of(token);

    while (*words) {
        struct slice word = take_word(&words);

        token = lexer_next_significant(&lexer);
        if (token.kind != TOKEN_WORD ||
            !slice_equal_ignoring_case(token_text(lexer.text, token), word))
            return no_words;
        span = words_join(span, span_of(token));
    }
    return span;
}

struct span words_find(struct slice text, const struct statement *statement,
                       size_t offset, const char *words)
{
    struct lexer lexer = lexer_in(text, statement, offset);
    struct slice first = take_word(&words);
    struct token token;

    while (token = lexer_next_significant(&lexer), token.kind != TOKEN_END) {
        struct span span;

        if (token.kind != TOKEN_WORD ||
            !slice_equal_ignoring_case(token_text(lexer.text, token), first))
            continue;
        span = match_words(lexer, token, words);
        if (span.length > 0)
            return span;
    }
    return no_words;
}

struct span words_find_name(struct slice text,
                            const struct statement *statement, size_t offset,
                            const char *name)
{
    struct lexer lexer = lexer_in(text, statement, offset);
    struct token token;

    while (token = lexer_next_significant(&lexer), token.kind != TOKEN_END) {
        if (token_is_name(lexer.text, token, name))
            return span_of(token);
    }
    return no_words;
}

struct span words_join(struct span first, struct span last)
{
    size_t end = last.offset + last.length;

    if (first.length == 0)
        return last;
    if (last.length == 0 || end < first.offset)
        return first;
    return (struct span){first.offset, end - first.offset};
}

struct span words_trim_end(struct slice text, struct span span)
{
    span.length =
        lexer_trim_end(slice_part(text, span.offset, span.offset + span.length))
            .length;
    return span;
}
