/*
 * The parser: gives the splitter's statements to libpg_query and hangs the raw
 * trees on them. Everything after it reads those trees.
 *
 * A call costs as much as 20 bytes of SQL take to parse, so a run of
 * statements goes into one call: copied one behind the other, without what
 * stands between them. When a run fails, the statement at fault is known from
 * the error's position; what stands before it is parsed as a shorter run, and
 * it by itself.
 */
#include "sql/parser.h"

#include "sql/context.h"
#include "sql/lexer.h"
#include "sql/psql.h"

#include "pg_query.h"
#include "pg_query_internal.h"

#include <stdlib.h>
#include <string.h>

/* A run is at most this long, and shorter after errors. */
#define RUN_SIZE_MAX ((size_t)64 << 10)
#define RUN_SIZE_MIN ((size_t)1 << 10)
#define RUN_COUNT_MAX 1024

/*
 * How many bytes PostgreSQL's scanner may read again (struct statement,
 * lex_cost), at 3 ns each: in one statement, and in one call of parser_parse()
 * for statements that are costly at all.
 */
#define LEX_COST_MAX ((uint64_t)60000000)
#define LEX_COST_TOTAL_MAX ((uint64_t)300000000)

#define PARSE_OPTIONS \
    (PG_QUERY_PARSE_DEFAULT | PG_QUERY_DISABLE_ESCAPE_STRING_WARNING)

#define NONE ((size_t)-1)

/* Statements that are parsed together. */
struct run {
    struct statement *statements[RUN_COUNT_MAX];
    size_t positions[RUN_COUNT_MAX + 1]; /* of each in the parser's buffer;
                                            then where the run ends */
    size_t count;
};

struct parser {
    MemoryContext context; /* of the trees; null while there are none */
    struct arena errors;   /* error texts */
    struct arena memory;   /* of the buffer */
    char *buffer;          /* what is given to libpg_query */
    size_t capacity;
    size_t run_size_max;     /* adapts to how often runs fail */
    uint64_t lex_cost_total; /* in this call of parser_parse() */
    struct run run;
};

struct parser *parser_new(void)
{
    struct parser *parser = calloc(1, sizeof *parser);

    if (!parser)
        return NULL;
    context_prepare_thread();
    parser->run_size_max = RUN_SIZE_MAX;
    return parser;
}

void parser_clear(struct parser *parser)
{
    context_free(parser->context);
    parser->context = NULL;
    arena_clear(&parser->errors);
}

void parser_free(struct parser *parser)
{
    if (!parser)
        return;
    parser_clear(parser);
    arena_release(&parser->errors);
    arena_release(&parser->memory);
    free(parser);
}

const char *parser_version(void)
{
    return "libpg_query " PG_MAJORVERSION " (PostgreSQL " PG_VERSION ")";
}

static void reserve(struct parser *parser, size_t size)
{
    if (size <= parser->capacity)
        return;
    arena_release(&parser->memory);
    parser->buffer = arena_alloc(&parser->memory, size);
    parser->capacity = size;
}

/* The byte offset of PostgreSQL's cursor position, which counts characters
 * from 1 by their first bytes alone (pg_utf_mblen); NONE if there is none. */
static size_t cursor_offset(const char *text, int position)
{
    size_t offset = 0;

    if (position <= 0)
        return NONE;
    while (--position > 0 && text[offset]) {
        unsigned char byte = (unsigned char)text[offset];
        size_t size = byte < 0xC0   ? 1
                      : byte < 0xE0 ? 2
                      : byte < 0xF0 ? 3
                      : byte < 0xF8 ? 4
                                    : 1;

        while (size-- > 0 && text[offset])
            offset++;
    }
    return offset;
}

/*
 * Parses zero-terminated text. Null with an error, which is to be freed with
 * pg_query_free_error(). An empty tree is a null list without an error.
 */
static List *parse_text(struct parser *parser, const char *text,
                        PgQueryError **error)
{
    PgQueryInternalParsetreeAndError result;

    if (!parser->context)
        parser->context = context_new();
    if (!parser->context)
        arena_exhausted();
    context_enter(parser->context);
    result = pg_query_raw_parse(text, PARSE_OPTIONS);
    context_leave();
    free(result.stderr_buffer);
    *error = result.error;
    if (result.error && strcmp(result.error->message, "out of memory") == 0)
        arena_exhausted();
    return result.error ? NULL : result.tree;
}

static void set_tree(struct statement *statement, const RawStmt *raw,
                     size_t position)
{
    statement->outcome = PARSE_DONE;
    statement->tree = raw->stmt;
    statement->tree_base = statement->offset - position;
}

static void skip(struct parser *parser, struct statement *statement,
                 const char *why)
{
    statement->outcome = PARSE_SKIPPED;
    statement->error = arena_copy(&parser->errors, slice_from(why));
    statement->error_offset = statement->offset;
}

static void fail(struct parser *parser, struct statement *statement,
                 const PgQueryError *error, const char *text)
{
    size_t offset = cursor_offset(text, error->cursorpos);

    statement->outcome = PARSE_FAILED;
    statement->error = arena_copy(&parser->errors, slice_from(error->message));
    if (offset > statement->length)
        offset = statement->length;
    statement->error_offset = statement->offset + offset;
}

/* Blanks the psql commands that stand within a statement's copy. */
static void blank_psql_commands(char *copy, size_t length)
{
    struct lexer lexer = lexer_of((struct slice){copy, length});
    struct token token;

    while (token = lexer_next(&lexer), token.kind != TOKEN_END) {
        struct psql_command command;

        if (token.kind != TOKEN_BACKSLASH)
            continue;
        command = psql_command_at(lexer.text, token.offset, true);
        if (command.effect != PSQL_COMMAND)
            continue;
        memset(copy + token.offset, ' ', command.end - token.offset);
        lexer.offset = command.end;
    }
}

/* A NUL byte would end the text for libpg_query; what else can be read is
 * judged all the same. */
static void blank_nul_bytes(char *copy, size_t length)
{
    char *end = copy + length;

    while ((copy = memchr(copy, '\0', (size_t)(end - copy))))
        *copy++ = ' ';
}

/* Copies the statement to the end of the run. */
static void add_to_run(struct parser *parser, struct slice text,
                       struct statement *statement)
{
    struct run *run = &parser->run;
    struct slice own = statement_text(text, statement);
    size_t position = run->positions[run->count];
    char *copy;

    if (run->count == 0)
        reserve(parser,
                own.length + 2 > RUN_SIZE_MAX ? own.length + 2 : RUN_SIZE_MAX);
    copy = parser->buffer + position;
    memcpy(copy, own.start, own.length);
    blank_nul_bytes(copy, own.length);
    if (statement->has_psql_command)
        blank_psql_commands(copy, own.length);
    copy[own.length] = ';';
    copy[own.length + 1] = '\0';
    run->statements[run->count++] = statement;
    run->positions[run->count] = position + own.length + 1;
}

static bool has_room(const struct run *run, size_t length)
{
    return run->count == 0 ||
           (run->count < RUN_COUNT_MAX &&
            run->positions[run->count] + length + 2 <= RUN_SIZE_MAX);
}

/* Parses one statement of the run by itself and sets its outcome. It keeps its
 * semicolon only if it has one: that is what errors are reported at. */
static void parse_alone(struct parser *parser, struct slice text, size_t index)
{
    struct statement *statement = parser->run.statements[index];
    char *copy = parser->buffer + parser->run.positions[index];
    char *end = copy + statement->length;
    PgQueryError *error;
    List *trees;
    char after;

    if (statement->has_terminator && text.start[statement->end - 1] == ';')
        end++;
    after = *end;
    *end = '\0';
    trees = parse_text(parser, copy, &error);
    if (error) {
        fail(parser, statement, error, copy);
        pg_query_free_error(error);
    } else if (list_length(trees) == 1) {
        set_tree(statement, linitial(trees), 0);
    } else {
        skip(parser, statement, "the parser does not see one statement here");
    }
    *end = after;
}

/* The statement of the run that holds this position of the buffer. */
static size_t find_statement(const struct run *run, size_t from, size_t to,
                             size_t position)
{
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;

        if (run->positions[middle] <= position)
            from = middle;
        else
            to = middle;
    }
    return from;
}

/* Whether there is one tree for each statement, where it stands. */
static bool matches(const struct run *run, size_t from, size_t to,
                    const List *trees)
{
    if ((size_t)list_length(trees) != to - from)
        return false;
    for (size_t i = from; i < to; i++) {
        const RawStmt *raw = list_nth(trees, (int)(i - from));
        size_t start = run->positions[i] - run->positions[from];

        if (raw->stmt_location < 0 || (size_t)raw->stmt_location < start ||
            (size_t)raw->stmt_location >= start + run->statements[i]->length)
            return false;
    }
    return true;
}

/* Parses the statements [from, to) of the run in one call. NONE if all went
 * well; else the one that is at fault, and nothing is set. */
static size_t parse_part(struct parser *parser, size_t from, size_t to)
{
    const struct run *run = &parser->run;
    char *copy = parser->buffer + run->positions[from];
    char *end = parser->buffer + run->positions[to];
    char after = *end;
    PgQueryError *error;
    List *trees;
    size_t bad = from;

    *end = '\0';
    trees = parse_text(parser, copy, &error);
    if (error) {
        size_t offset = cursor_offset(copy, error->cursorpos);

        if (offset != NONE)
            bad = find_statement(run, from, to, run->positions[from] + offset);
        pg_query_free_error(error);
    } else if (matches(run, from, to, trees)) {
        for (size_t i = from; i < to; i++)
            set_tree(run->statements[i], list_nth(trees, (int)(i - from)),
                     run->positions[i] - run->positions[from]);
        bad = NONE;
    }
    *end = after;
    return bad;
}

/* How far a part goes that starts here: as far as now seems right, and up to a
 * statement that is known to be bad. */
static size_t part_end(const struct parser *parser, size_t from, size_t bad)
{
    const struct run *run = &parser->run;
    size_t to = from + 1;

    if (bad == from)
        return to;
    while (to < run->count && to != bad &&
           run->positions[to + 1] - run->positions[from] <=
               parser->run_size_max)
        to++;
    return to;
}

static void parse_run(struct parser *parser, struct slice text)
{
    struct run *run = &parser->run;
    size_t bad = NONE, from = 0;

    while (from < run->count) {
        size_t to = part_end(parser, from, bad);

        if (to - from == 1) {
            parse_alone(parser, text, from);
            from = to;
            continue;
        }
        bad = parse_part(parser, from, to);
        if (bad == NONE) {
            from = to;
            parser->run_size_max *= 2;
        } else {
            parser->run_size_max /= 4;
        }
        if (parser->run_size_max > RUN_SIZE_MAX)
            parser->run_size_max = RUN_SIZE_MAX;
        if (parser->run_size_max < RUN_SIZE_MIN)
            parser->run_size_max = RUN_SIZE_MIN;
    }
    run->count = 0;
}

/* Whether the parser is to see the statement; else its outcome is set. */
static bool is_parseable(struct parser *parser, struct statement *statement)
{
    if (statement->kind != STATEMENT_SQL)
        return false;
    if (statement->length > PARSER_STATEMENT_SIZE_MAX) {
        skip(parser, statement, "statement is longer than 64 MiB");
        return false;
    }
    parser->lex_cost_total += statement->lex_cost;
    if (statement->lex_cost > LEX_COST_MAX ||
        (statement->lex_cost > 0 &&
         parser->lex_cost_total > LEX_COST_TOTAL_MAX)) {
        skip(parser, statement,
             "its runs of operator characters would take too long to read");
        return false;
    }
    return true;
}

void parser_parse(struct parser *parser, struct slice text,
                  struct statement *statements, size_t count)
{
    parser->lex_cost_total = 0;
    for (size_t i = 0; i < count; i++) {
        struct statement *statement = &statements[i];

        if (!is_parseable(parser, statement))
            continue;
        if (!has_room(&parser->run, statement->length))
            parse_run(parser, text);
        add_to_run(parser, text, statement);
    }
    parse_run(parser, text);
}
