/*
 * Finds clauses by their keywords, all of them reserved, so that none can be a
 * name unless it follows AS or a dot. What stands in deeper parentheses is
 * another query's, or an expression's (WITHIN GROUP (ORDER BY ...), EXTRACT(...
 * FROM ...)).
 */
#include "sql/clauses.h"

#include "base/array.h"

struct offset_array ARRAY(size_t);

/* Where the innermost parentheses around the offset begin, or the statement. */
static size_t group_start(struct arena *arena, struct slice text,
                          const struct statement *statement, size_t offset)
{
    struct offset_array open = {0};
    struct lexer lexer = lexer_of(text);

    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || token.offset >= offset)
            break;
        if (token_is(text, token, "("))
            *array_push(arena, &open) = token.offset + token.length;
        else if (token_is(text, token, ")") && open.count > 0)
            open.count--;
    }
    return open.count > 0 ? open.items[open.count - 1] : statement->offset;
}

struct clause_keyword {
    const char *word;
    enum clause clause;
};

static const struct clause_keyword clause_keywords[] = {
    {"select", CLAUSE_SELECT},  {"from", CLAUSE_FROM},
    {"where", CLAUSE_WHERE},    {"group", CLAUSE_GROUP_BY},
    {"having", CLAUSE_HAVING},  {"window", CLAUSE_WINDOW},
    {"order", CLAUSE_ORDER_BY}, {"limit", CLAUSE_LIMIT},
    {"offset", CLAUSE_OFFSET},  {"fetch", CLAUSE_FETCH},
    {"for", CLAUSE_LOCKING},
};

/* The clause that the token begins; CLAUSE_COUNT if none. */
static enum clause clause_of(struct slice text, struct token token)
{
    size_t count = sizeof clause_keywords / sizeof *clause_keywords;

    if (token.kind != TOKEN_WORD)
        return CLAUSE_COUNT;
    for (size_t i = 0; i < count; i++)
        if (token_is_word(text, token, clause_keywords[i].word))
            return clause_keywords[i].clause;
    return CLAUSE_COUNT;
}

static bool is_set_operator(struct slice text, struct token token)
{
    return token_is_word(text, token, "union") ||
           token_is_word(text, token, "intersect") ||
           token_is_word(text, token, "except");
}

/* The reading of one level of parentheses. */
struct reading {
    struct slice text;
    size_t depth;
    enum clause clause; /* which is being read */
    struct token previous;
    struct clauses found;
};

static void reading_restart(struct reading *reading)
{
    reading->clause = CLAUSE_COUNT;
    reading->found = (struct clauses){0};
}

/*
 * IS DISTINCT FROM is no clause; what follows AS or a dot is a name, but for
 * the SELECT of CREATE VIEW ... AS SELECT.
 */
static bool starts_clause(const struct reading *reading, enum clause clause)
{
    if (clause == CLAUSE_SELECT)
        return true;
    if (token_is(reading->text, reading->previous, ".") ||
        token_is_word(reading->text, reading->previous, "as"))
        return false;
    if (clause == CLAUSE_FROM)
        return !token_is_word(reading->text, reading->previous, "distinct");
    return true;
}

static void reading_take(struct reading *reading, struct token token)
{
    enum clause clause = clause_of(reading->text, token);

    if (reading->depth == 0 && clause != CLAUSE_COUNT &&
        starts_clause(reading, clause) &&
        reading->found.at[clause].length == 0) {
        if (clause == CLAUSE_SELECT)
            reading_restart(reading);
        reading->clause = clause;
        reading->found.at[clause].offset = token.offset;
    }
    if (reading->clause != CLAUSE_COUNT) {
        struct span *span = &reading->found.at[reading->clause];

        span->length = token.offset + token.length - span->offset;
    }
    if (token_is(reading->text, token, "("))
        reading->depth++;
    else if (token_is(reading->text, token, ")"))
        reading->depth--;
    reading->previous = token;
}

struct clauses clauses_around(struct arena *arena, struct slice text,
                              const struct statement *statement, size_t offset)
{
    size_t end = statement->offset + statement->length;
    struct reading reading = {.text = text};
    struct lexer lexer = lexer_of(text);

    reading_restart(&reading);
    lexer.offset = group_start(arena, text, statement, offset);
    for (;;) {
        struct token token = lexer_next_significant(&lexer);

        if (token.kind == TOKEN_END || token.offset >= end)
            break;
        if (reading.depth == 0 && token_is(text, token, ")"))
            break;
        if (reading.depth == 0 && is_set_operator(text, token)) {
            if (token.offset > offset)
                break;
            reading_restart(&reading);
            reading.previous = token;
            continue;
        }
        reading_take(&reading, token);
    }
    return reading.found;
}
