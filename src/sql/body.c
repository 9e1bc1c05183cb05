/*
 * Takes the quotes off a body. Positions stay: doubled quotes and escapes become
 * as many bytes as they were.
 */
#include "sql/body.h"

#include "sql/names.h"

#include <string.h>

const char *body_language(const Node *node)
{
    const List *options = IsA(node, DoStmt)
                              ? ((const DoStmt *)node)->args
                              : ((const CreateFunctionStmt *)node)->options;
    foreach_node (DefElem, option, options) {
        const char *language = name_from_string(option->arg);
        if (strcmp(option->defname, "language") == 0 && language != NULL)
            return language;
    }
    return IsA(node, DoStmt) ? "plpgsql" : "sql";
}

/* What one is after the backslash in E'...', where that is one byte. */
static char unescaped(char c)
{
    switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
    }
}

/*
 * Doubled quotes that are next to a string of the body's own must stay next to
 * it: the space goes outside. Inside of such a string, a quote that is doubled
 * twice is one doubled quote.
 */
static void unquote(char *to, struct slice from, bool has_escapes)
{
    bool is_inside = false;
    for (size_t i = 0; i < from.length; i++) {
        char c = from.start[i];
        bool is_pair =
            i + 1 < from.length && (c == '\'' || (has_escapes && c == '\\'));
        char second = is_pair ? from.start[i + 1] : '\0';
        to[i] = c;
        if (!is_pair)
            continue;
        i++;
        bool is_quote = second == '\'';
        bool is_doubled = is_inside && is_quote && i + 2 < from.length &&
                          from.start[i + 2] == '\'' &&
                          (from.start[i + 1] == '\'' ||
                           (has_escapes && from.start[i + 1] == '\\'));
        if (is_doubled) {
            memcpy(to + i - 1, "''  ", 4);
            i += 2;
            continue;
        }
        to[i - 1] = is_quote && is_inside ? '\'' : ' ';
        to[i] = is_quote && is_inside ? ' ' : unescaped(second);
        if (is_quote)
            is_inside = !is_inside;
    }
}

/* Where the delimiter of $tag$ ends. */
static size_t delimiter_length(struct slice string)
{
    return slice_find(slice_part(string, 1, string.length), SLICE("$")) + 2;
}

static bool has_inner_quote(struct slice content, bool has_escapes)
{
    return slice_find(content, SLICE("'")) != SLICE_NOT_FOUND ||
           (has_escapes && slice_find(content, SLICE("\\")) != SLICE_NOT_FOUND);
}

/* Every quote in it is doubled, or escaped: it is one string, not several with
 * line ends between. */
static bool is_one_string(struct slice content, bool has_escapes)
{
    for (size_t i = 0; i < content.length; i++) {
        char c = content.start[i];
        if (c == '\'' &&
            (i + 1 == content.length || content.start[i + 1] != '\''))
            return false;
        if (c == '\'' || (has_escapes && c == '\\'))
            i++;
    }
    return true;
}

static bool take_off_quotes(struct arena *arena, struct slice text, size_t base,
                            struct token token, struct body *body)
{
    struct slice string = token_text(text, token);
    bool has_escapes = false;
    size_t opening = 1, closing = 1;
    if (token.unterminated)
        return false;
    if (token.kind == TOKEN_DOLLAR_STRING) {
        opening = closing = delimiter_length(string);
    } else {
        has_escapes = string.start[0] == 'E' || string.start[0] == 'e';
        opening += has_escapes;
        if (token.kind != TOKEN_STRING || string.start[opening - 1] != '\'')
            return false;
    }
    if (string.length < opening + closing)
        return false;
    struct slice content = slice_part(string, opening, string.length - closing);
    bool is_quoted =
        token.kind == TOKEN_STRING && has_inner_quote(content, has_escapes);
    if (is_quoted && !is_one_string(content, has_escapes))
        return false;
    body->offset = base + token.offset + opening;
    body->text = content;
    if (!is_quoted)
        return true;
    char *copy = arena_alloc(arena, content.length + 1);
    unquote(copy, content, has_escapes);
    body->text = (struct slice){copy, content.length};
    return true;
}

/* The option that holds the body; null if it has none. */
static const DefElem *find_body(const Node *node)
{
    const List *options = IsA(node, DoStmt)
                              ? ((const DoStmt *)node)->args
                              : ((const CreateFunctionStmt *)node)->options;
    foreach_node (DefElem, option, options) {
        if (strcmp(option->defname, "as") == 0 && option->location >= 0)
            return option;
    }
    return NULL;
}

bool body_find(struct arena *arena, struct slice file_text,
               const struct statement *statement, const Node *node,
               struct body *body)
{
    const DefElem *option = find_body(node);
    struct lexer lexer = lexer_of(
        slice_part(file_text, 0, statement->offset + statement->length));
    if (option == NULL)
        return false;
    /* Of a function it is the place of AS. */
    lexer.offset = statement->tree_base + (size_t)option->location;
    struct token token = lexer_next_significant(&lexer);
    if (token_is_word(lexer.text, token, "AS"))
        token = lexer_next_significant(&lexer);
    return (token.kind == TOKEN_STRING || token.kind == TOKEN_DOLLAR_STRING) &&
           take_off_quotes(arena, lexer.text, 0, token, body);
}

bool body_in_string(struct arena *arena, const struct body *outer,
                    struct token string, struct body *body)
{
    return (string.kind == TOKEN_STRING ||
            string.kind == TOKEN_DOLLAR_STRING) &&
           take_off_quotes(arena, outer->text, outer->offset, string, body);
}
