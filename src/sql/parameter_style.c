/*
 * Reads a statement's tokens for the first that is a parameter of some client
 * library. For the help of rules that add conditions to a query.
 */
#include "sql/parameter_style.h"

#include "sql/lexer.h"
#include "sql/words.h"

#include <stdlib.h>

#define PARAMETER_MAX 65535

static const struct {
    const char *start; /* of the token and what follows it at once */
    bool wants_word;   /* and then a name */
    struct parameter_style style;
} styles[] = {
    {"@", true, {"@last_", "", true, 0}},
    {":", true, {":last_", "", true, 0}},
    {"%(", true, {"%(last_", ")s", true, 0}},
    {"%s", false, {"%s", "", false, 0}},
    {"?", false, {"?", "", false, 0}},
    {"sqlc.", true, {"@last_", "", true, 0}},
};

static bool begins_word(struct slice text)
{
    return text.length > 0 &&
           ((*text.start >= 'a' && *text.start <= 'z') ||
            (*text.start >= 'A' && *text.start <= 'Z') || *text.start == '_');
}

/* rest: the text from a token on, up to the statement's end. */
static const struct parameter_style *style_at(struct slice rest, bool is_filled)
{
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct slice start = slice_from(styles[i].start);
        struct slice after = slice_part(rest, start.length, rest.length);
        bool may_parse = *start.start == '@' || *start.start == 's';

        if (slice_has_prefix(rest, start) && (is_filled || may_parse) &&
            (!styles[i].wants_word || begins_word(after)))
            return &styles[i].style;
    }
    return NULL;
}

static bool is_cast(struct slice text, struct token token)
{
    return token_is(text, token, "::") || token_is(text, token, ":=");
}

struct parameter_style parameter_style_of(struct slice text,
                                          const struct statement *statement,
                                          size_t gone_offset,
                                          size_t gone_length)
{
    struct slice whole =
        slice_part(text, 0, statement->offset + statement->length);
    struct lexer lexer = lexer_of(whole);
    struct parameter_style numbers = {.next = 1};

    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        const struct parameter_style *style;
        long number;

        if (token.kind == TOKEN_END)
            return numbers;
        if (token.kind == TOKEN_OPERATOR || token.kind == TOKEN_WORD ||
            token.kind == TOKEN_PUNCTUATION || token.kind == TOKEN_TEMPLATE) {
            style =
                is_cast(whole, token)
                    ? NULL
                    : style_at(slice_part(whole, token.offset, whole.length),
                               statement->is_filled);
            if (style)
                return *style;
        }
        if (token.kind != TOKEN_PARAMETER ||
            (token.offset >= gone_offset &&
             token.offset < gone_offset + gone_length))
            continue;
        number = strtol(whole.start + token.offset + 1, NULL, 10);
        if (number >= numbers.next && number < PARAMETER_MAX)
            numbers.next = number + 1;
    }
}

const char *parameter_style_write(struct arena *arena,
                                  const struct parameter_style *style,
                                  size_t index, const char *column)
{
    if (!style->before)
        return arena_format(arena, "$%ld", style->next + (long)index);
    return arena_format(arena, "%s%s%s", style->before,
                        style->has_name ? column : "", style->after);
}
