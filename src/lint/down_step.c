/*
 * Reads down steps for the rules about them. Sections are read word by word:
 * their trees may be gone, and only their first words matter.
 */
#include "lint/down_step.h"

#include "lint/engine.h"
#include "sql/splitter.h"

#include <string.h>

/* How many places the notes name. */
#define NOTES_MAX 5

/* Statements that the help writes; who has left more will find them. */
#define MENDS_MAX 40

/* What begins a comment that says nothing about this very step: directives of
 * tools and linters, and what tools write into new files. */
static const char *const no_reasons[] = {
    "+goose",
    "+migrate",
    "migrate:",
    "atlas:",
    "pgsquint:",
    "squawk-ignore",
    "sqlfluff:",
    "noqa",
    "this file should undo anything in",
    "add down migration script here",
    "write your migrate down statements here",
    "write your down migration here",
    "then delete the separator line above",
    "sql in section",
    "sql in this section",
    "down migration",
    "xxx add ddls here",
    "revert ",
    "todo",
};

/* What Hasura writes where it knows no down step: the up step follows, as a
 * comment. */
static const char hasura[] = "could not auto-generate a down migration";

/* Words that begin a statement which leaves nothing behind. */
static const char *const idle_words[] = {
    "BEGIN",     "START",   "COMMIT", "END",   "ROLLBACK", "ABORT",
    "SAVEPOINT", "RELEASE", "SET",    "RESET", "SHOW",
};

struct reader {
    struct slice text;
    struct lexer lexer;
    struct token token;
};

static bool begins_with(struct slice text, const char *words)
{
    return text.length >= strlen(words) &&
           slice_equal_ignoring_case(slice_part(text, 0, strlen(words)),
                                     slice_from(words));
}

/* Without the marks of a comment and the spaces around it. */
static struct slice comment_words(struct slice comment)
{
    size_t start = 0;
    size_t end = comment.length;

    while (start < end && strchr("-/* \t!", comment.start[start]))
        start++;
    while (end > start && strchr("*/ \t\r\n", comment.start[end - 1]))
        end--;
    return slice_part(comment, start, end);
}

/* SQL that was made a comment: CREATE, ALTER or DROP of some kind of thing. */
static bool is_statement(struct slice words)
{
    static const char *const verbs[] = {"CREATE", "ALTER", "DROP"};
    static const char *const nouns[] = {
        "TABLE",  "INDEX",    "TYPE",       "VIEW",    "COLUMN", "FUNCTION",
        "UNIQUE", "SEQUENCE", "CONSTRAINT", "TRIGGER", "SCHEMA", "EXTENSION",
    };
    struct lexer lexer = lexer_of(words);
    struct token verb = lexer_next_significant(&lexer);
    struct token noun = lexer_next_significant(&lexer);
    bool has_verb = false;

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        has_verb = has_verb || token_is_word(words, verb, verbs[i]);
    for (size_t i = 0; has_verb && i < sizeof nouns / sizeof *nouns; i++)
        if (token_is_word(words, noun, nouns[i]))
            return true;
    return false;
}

static bool gives_reason(struct slice words)
{
    if (words.length == 0 || is_statement(words))
        return false;
    for (size_t i = 0; i < sizeof no_reasons / sizeof *no_reasons; i++)
        if (begins_with(words, no_reasons[i]))
            return false;
    return true;
}

static bool has_reason(const struct section *section)
{
    struct slice text = section->source->text;
    struct lexer lexer =
        lexer_of(slice_part(text, 0, section->offset + section->length));
    struct token token;

    lexer.offset = section->offset;
    for (token = lexer_next(&lexer); token.kind != TOKEN_END;
         token = lexer_next(&lexer)) {
        struct slice words;

        if (token.kind != TOKEN_LINE_COMMENT &&
            token.kind != TOKEN_BLOCK_COMMENT)
            continue;
        words = comment_words(token_text(text, token));
        if (begins_with(words, hasura))
            return false;
        if (gives_reason(words))
            return true;
    }
    return false;
}

static struct lexer lexer_at(struct slice text,
                             const struct statement *statement)
{
    struct lexer lexer =
        lexer_of(slice_part(text, 0, statement->offset + statement->length));

    lexer.offset = statement->offset;
    return lexer;
}

/* A SELECT that calls nothing and makes no table. */
static bool is_idle_select(struct slice text, struct lexer lexer)
{
    struct token token;

    for (token = lexer_next_significant(&lexer); token.kind != TOKEN_END;
         token = lexer_next_significant(&lexer))
        if (token_is(text, token, "(") || token_is_word(text, token, "INTO"))
            return false;
    return true;
}

static bool is_idle(struct slice text, const struct statement *statement)
{
    struct lexer lexer = lexer_at(text, statement);
    struct token first = lexer_next_significant(&lexer);

    if (statement->kind != STATEMENT_SQL)
        return false;
    for (size_t i = 0; i < sizeof idle_words / sizeof *idle_words; i++)
        if (token_is_word(text, first, idle_words[i]))
            return true;
    return token_is_word(text, first, "SELECT") && is_idle_select(text, lexer);
}

static bool section_acts(const struct section *section)
{
    struct slice text = section->source->text;
    struct splitter splitter =
        splitter_of(text, section->offset, section->offset + section->length);
    struct statement statement;

    while (splitter_next(&splitter, &statement))
        if (!is_idle(text, &statement))
            return true;
    return false;
}

enum down_step_content down_step_content(struct check *check)
{
    const struct section_array *down = &check->migration->down;
    bool is_explained = false;

    for (size_t i = 0; i < down->count; i++) {
        const struct section *section = &down->items[i];
        bool acts = true;

        if (engine_load(section->source)) {
            acts = section_acts(section);
            is_explained = is_explained || (!acts && has_reason(section));
            engine_unload(check->engine, section->source);
        }
        if (acts)
            return DOWN_STEP_ACTS;
    }
    return is_explained ? DOWN_STEP_EXPLAINED : DOWN_STEP_EMPTY;
}

/* What may have been there before, or is no part of the schema. */
static bool is_passed_over(struct slice text, struct token second)
{
    static const char *const words[] = {
        "EXTENSION", "SCHEMA",    "ROLE",   "USER",     "GROUP",
        "TEMP",      "TEMPORARY", "SYSTEM", "DATABASE", "DEFAULT",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, second, words[i]))
            return true;
    return false;
}

static bool changes_schema(struct slice text, const struct statement *statement)
{
    struct lexer lexer = lexer_at(text, statement);
    struct token first = lexer_next_significant(&lexer);
    struct token second = lexer_next_significant(&lexer);

    if (statement->kind != STATEMENT_SQL || is_passed_over(text, second))
        return false;
    if (token_is_word(text, first, "CREATE") ||
        token_is_word(text, first, "DROP"))
        return true;
    /* A new value of an enum stays, and so does what is validated. */
    return token_is_word(text, first, "ALTER") &&
           words_find(text, statement, 0, "ADD VALUE").length == 0 &&
           words_find(text, statement, 0, "OWNER TO").length == 0 &&
           words_find(text, statement, 0, "VALIDATE CONSTRAINT").length == 0;
}

static bool section_changes_schema(const struct section *section)
{
    struct slice text = section->source->text;
    struct splitter splitter =
        splitter_of(text, section->offset, section->offset + section->length);
    struct statement statement;

    while (splitter_next(&splitter, &statement))
        if (changes_schema(text, &statement))
            return true;
    return false;
}

bool down_step_is_wanted(struct check *check)
{
    const struct section_array *up = &check->migration->up;
    bool is_wanted = false;

    for (size_t i = 0; i < up->count && !is_wanted; i++) {
        if (!engine_load(up->items[i].source))
            continue;
        is_wanted = section_changes_schema(&up->items[i]);
        engine_unload(check->engine, up->items[i].source);
    }
    return is_wanted;
}

struct span down_step_mark(const struct section *section)
{
    struct slice text = section->source->text;
    size_t end = section->offset;
    struct span none = {0, 0};
    struct slice line;
    size_t start;

    if (end <= section->source->body || end > text.length)
        return none;
    if (text.start[end - 1] == '\n')
        end--;
    if (end > section->source->body && text.start[end - 1] == '\r')
        end--;
    start = end;
    while (start > section->source->body && text.start[start - 1] != '\n')
        start--;
    line = slice_trim(slice_part(text, start, end));
    if (!slice_has_prefix(line, SLICE("--")))
        return none;
    return (struct span){(size_t)(line.start - text.start), line.length};
}

struct span down_step_span(const struct check *check)
{
    const struct section *section = check->section;
    struct splitter splitter = splitter_of(check->text, section->offset,
                                           section->offset + section->length);
    struct statement statement;

    if (splitter_next(&splitter, &statement))
        return words_at_start(check->text, &statement, 3);
    return down_step_mark(section);
}

const char *down_step_list(struct check *check, long listed_max)
{
    const struct difference_array *all = check->left_behind;
    size_t count = all->count;
    struct buffer text;

    if (listed_max > 0 && count > (size_t)listed_max)
        count = (size_t)listed_max;
    buffer_init(&text, check->arena);
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&text, "%s%s", i ? "; " : "", all->items[i].text);
    if (all->count > count)
        buffer_add_format(&text, "; and %zu more", (size_t)all->count - count);
    return buffer_text(&text);
}

const char *down_step_help(struct check *check)
{
    const struct difference_array *all = check->left_behind;
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < all->count && i < MENDS_MAX; i++)
        if (all->items[i].mend[0])
            buffer_add_format(&text, "%s%s", text.length ? "\n" : "",
                              all->items[i].mend);
    if (all->count > MENDS_MAX)
        buffer_add_format(&text, "\n-- and what undoes %zu more",
                          (size_t)all->count - MENDS_MAX);
    return buffer_text(&text);
}

void down_step_add_notes(struct check *check, struct finding *finding)
{
    const struct difference_array *all = check->left_behind;
    size_t count = 0;

    for (size_t i = 0; i < all->count && count < NOTES_MAX; i++) {
        const struct difference *difference = &all->items[i];

        if (!difference->made_at.source)
            continue;
        finding_note(check, finding, difference->made_at,
                     check_format(check, "%s is made here", difference->label));
        count++;
    }
}
