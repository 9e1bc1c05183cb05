/*
 * The words of a file that the tree's locations mean, for what is made to
 * remember where. Asked for every table and column, so that the lexer is only
 * called where the bytes do not tell.
 */
#include "replay/context.h"

#include "sql/lexer.h"
#include "sql/scan.h"

#include <string.h>

struct place replay_place(const struct replay *replay, size_t from, size_t to)
{
    return (struct place){
        .source = replay->source,
        .span = {from, to > from ? to - from : 0},
        .unit = replay->schema->unit,
    };
}

/* Where a plain word from this offset on ends; the offset if it is none. */
static size_t end_of_word(struct slice text, size_t offset)
{
    const char *end = text.start + text.length;
    size_t at = (size_t)(scan_word(text.start + offset, end) - text.start);

    if (at == text.length)
        return at;
    switch (text.start[at]) {
    case ' ':
    case '\n':
    case '.':
    case ',':
    case ';':
    case '(':
    case ')': return at;
    default: return offset;
    }
}

/* Where a plain name without a schema ends that starts here; the offset if it
 * takes a lexer to tell. */
static size_t end_of_name(struct slice text, size_t offset)
{
    size_t end = end_of_word(text, offset);
    size_t at = end;

    while (at < text.length &&
           (text.start[at] == ' ' || text.start[at] == '\n'))
        at++;
    /* What follows may be the dot, or a comment before it. */
    if (at < text.length && strchr(".-/\t\r\f\v", text.start[at]))
        return offset;
    return end;
}

struct place replay_place_of_word(const struct replay *replay,
                                  ParseLoc location, const char *name)
{
    size_t from = replay_offset(replay, location);
    size_t to = from + strlen(name);

    /* Unquoted it is as long as its name, only its case may differ. */
    if (to < replay->text.length && replay->text.start[from] != '"' &&
        replay->text.start[to] == ' ' && name[0] != '\0' &&
        (replay->text.start[to - 1] | 0x20) == (name[to - from - 1] | 0x20))
        return replay_place(replay, from, to);
    return replay_place_at(replay, location);
}

struct place replay_place_at(const struct replay *replay, ParseLoc location)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    size_t from = replay_offset(replay, location);
    size_t to = end_of_word(replay->text, from);

    if (to > from)
        return replay_place(replay, from, to);
    lexer.offset = from;
    token = lexer_next_significant(&lexer);
    return replay_place(replay, token.offset, token.offset + token.length);
}

struct place replay_place_of_name(const struct replay *replay,
                                  ParseLoc location)
{
    struct lexer lexer = lexer_of(replay->text);
    struct token token;
    size_t from = replay_offset(replay, location);
    size_t to = end_of_name(replay->text, from);

    if (to > from)
        return replay_place(replay, from, to);
    lexer.offset = from;
    token = lexer_next_significant(&lexer);
    from = token.offset;
    to = token.offset + token.length;
    for (token = lexer_next_significant(&lexer);
         token_is(replay->text, token, ".");
         token = lexer_next_significant(&lexer)) {
        token = lexer_next_significant(&lexer);
        to = token.offset + token.length;
    }
    return replay_place(replay, from, to);
}

/* What may follow the first word of a type: `double precision`, `varchar (20)`,
 * `timestamp (3) without time zone`, `int []`, `app.color`. */
static bool goes_on_with(struct slice text, struct token token)
{
    static const char *const words[] = {"precision", "varying", "character",
                                        "char",      "with",    "without",
                                        "array"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return token_is(text, token, "(") || token_is(text, token, "[") ||
           token_is(text, token, ".");
}

/* No lexer is needed to see that the type ends here. */
static bool is_end_of_type(struct slice text, size_t offset)
{
    while (offset < text.length &&
           (text.start[offset] == ' ' || text.start[offset] == '\n'))
        offset++;
    return offset == text.length ||
           strchr("([.-/\t\r\f\vpPvVcCwWaA", text.start[offset]) == NULL;
}

/* The offset after what this token begins: the closing bracket, `time zone`, or
 * the name behind a dot. */
static size_t end_of_part(struct slice text, struct lexer *lexer,
                          struct token token)
{
    size_t to = token.offset + token.length;
    bool has_zone = token_is_word(text, token, "with") ||
                    token_is_word(text, token, "without");
    const char *last = token_is(text, token, "(")   ? ")"
                       : token_is(text, token, "[") ? "]"
                                                    : NULL;

    if (has_zone)
        lexer_next_significant(lexer);
    if (last == NULL && !has_zone && !token_is(text, token, "."))
        return to;
    do {
        token = lexer_next_significant(lexer);
        to = token.offset + token.length;
    } while (last != NULL && token.kind != TOKEN_END &&
             !token_is(text, token, last));
    return to;
}

/* `WITH` and `CHAR` follow a type for other reasons, too: WITH OPTIONS is of no
 * column that has a type, CHECK and COLLATE are other words. */
struct place replay_place_of_type(const struct replay *replay,
                                  ParseLoc location)
{
    struct place place = replay_place_at(replay, location);
    size_t from = place.span.offset;
    size_t to = from + place.span.length;
    struct lexer lexer = lexer_of(replay->text);
    struct token token;

    if (is_end_of_type(replay->text, to))
        return place;
    lexer.offset = to;
    for (token = lexer_next_significant(&lexer);
         goes_on_with(replay->text, token);
         token = lexer_next_significant(&lexer))
        to = end_of_part(replay->text, &lexer, token);
    return replay_place(replay, from, to);
}
