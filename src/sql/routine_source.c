/*
 * What PL/pgSQL's compiler is given for a body: the body, with the types of
 * declarations taken out that libpg_query would have to look up. Stands before
 * compile.c; nothing moves, so that places in the one are places in the other.
 */
#include "sql/routine_parts.h"

#include "sql/lexer.h"

#include <string.h>

/*
 * The compiler goes through all names that are visible for each word, and
 * through all fields of a record for each field: so many comparisons are too
 * many. The server allows 100 parameters (FUNC_MAX_ARGS).
 */
#define COMPARISONS_MAX ((uint64_t)100000000)
#define PARAMETERS_MAX 100

struct preparation {
    char *copy;
    struct lexer lexer;
    struct token token;
    uint64_t words;
    uint64_t fields;
    uint64_t declared;
    uint64_t looked_at; /* words, in search of fields */
};

static bool at(const struct preparation *preparation, const char *symbol)
{
    return token_is(preparation->lexer.text, preparation->token, symbol);
}

static bool at_word(const struct preparation *preparation, const char *word)
{
    return token_is_word(preparation->lexer.text, preparation->token, word);
}

static bool at_end(const struct preparation *preparation)
{
    return preparation->token.kind == TOKEN_END;
}

static void next(struct preparation *preparation)
{
    struct slice text = preparation->lexer.text;

    preparation->token = lexer_next_significant(&preparation->lexer);
    preparation->words += preparation->token.kind == TOKEN_WORD;
    preparation->fields += token_is(text, preparation->token, ".");
    /* The variables of FOR, and SQLSTATE and SQLERRM. */
    preparation->declared +=
        at_word(preparation, "for") + 2 * at_word(preparation, "exception");
}

/* What follows the type of a declaration. */
static bool at_end_of_type(const struct preparation *preparation)
{
    static const char *const words[] = {"collate", "not", "default"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (at_word(preparation, words[i]))
            return true;
    return at(preparation, ":=") || at(preparation, "=") ||
           at(preparation, ";") || at_end(preparation);
}

static bool same_name(struct slice text, struct token a, struct token b)
{
    return slice_equal_ignoring_case(token_text(text, a), token_text(text, b));
}

/* Whether some words from here on are `name.`: it is a record. */
static bool has_fields(struct preparation *preparation, struct token name)
{
    struct lexer lexer = preparation->lexer;
    struct token token = lexer_next_significant(&lexer);

    while (token.kind != TOKEN_END &&
           preparation->looked_at++ < COMPARISONS_MAX / 10) {
        struct token after = lexer_next_significant(&lexer);

        if (token_is(lexer.text, after, ".") &&
            same_name(lexer.text, token, name))
            return true;
        token = after;
    }
    return false;
}

/*
 * The type [from, to) becomes one that needs no looking up. A type without a
 * schema that libpg_query does not know is a record for it already.
 */
static void replace_type(struct preparation *preparation, struct token name,
                         size_t from, size_t to, bool is_qualified)
{
    bool is_record = has_fields(preparation, name);
    const char *type = is_record ? "record" : to - from < 4 ? "int" : "text";
    size_t length = strlen(type);

    if (to - from < length || (is_record && !is_qualified))
        return;
    for (size_t i = from; i < to; i++)
        if (preparation->copy[i] != '\n')
            preparation->copy[i] = ' ';
    if (!memchr(preparation->copy + from, '\n', length))
        memcpy(preparation->copy + from, type, length);
}

/* name [CONSTANT] type ...; a cursor keeps its own words. */
static void read_declaration(struct preparation *preparation)
{
    struct token name = preparation->token;
    bool is_qualified = false, is_special = false;
    size_t from, to;

    next(preparation);
    if (at_word(preparation, "constant"))
        next(preparation);
    from = to = preparation->token.offset;
    if (!at_word(preparation, "alias") && !at_word(preparation, "cursor") &&
        !at_word(preparation, "no") && !at_word(preparation, "scroll")) {
        while (!at_end_of_type(preparation)) {
            is_qualified |= at(preparation, ".") || at(preparation, "%");
            is_special |= at_word(preparation, "record") ||
                          at_word(preparation, "refcursor");
            to = preparation->token.offset + preparation->token.length;
            next(preparation);
        }
    }
    preparation->declared++;
    if (!is_special)
        replace_type(preparation, name, from, to, is_qualified);
    while (!at_end(preparation) && !at(preparation, ";"))
        next(preparation);
    next(preparation);
}

static void read_declarations(struct preparation *preparation)
{
    next(preparation);
    while (!at_end(preparation) && !at_word(preparation, "begin")) {
        if (at_word(preparation, "declare"))
            next(preparation);
        else
            read_declaration(preparation);
    }
}

char *routine_prepare(struct arena *arena, struct slice text,
                      size_t parameter_count)
{
    struct preparation preparation = {
        .copy = arena_copy(arena, text),
        .lexer = lexer_of(text),
        .declared = parameter_count,
    };

    if (parameter_count > PARAMETERS_MAX ||
        memchr(text.start, '\0', text.length))
        return NULL;
    next(&preparation);
    while (!at_end(&preparation)) {
        if (at_word(&preparation, "declare"))
            read_declarations(&preparation);
        else
            next(&preparation);
    }
    if (preparation.words * preparation.declared > COMPARISONS_MAX ||
        preparation.fields * preparation.fields > COMPARISONS_MAX)
        return NULL;
    return preparation.copy;
}
