/*
 * The parser: gives the splitter's statements to libpg_query and hangs the raw
 * trees on them. Everything after it reads those trees.
 *
 * A call costs as much as 20 bytes of SQL take to parse, so a run of
 * statements goes into one call: copied one behind the other, without what
 * stands between them. When a run fails, the error's position tells the
 * statement at fault; the search goes on behind it, in smaller parts, and when
 * all that is wrong is known and blanked, the rest is parsed as a run again.
 */
#include "sql/parser.h"

#include "sql/context.h"
#include "sql/fill.h"
#include "sql/psql.h"

#include "pg_query.h"
#include "pg_query_internal.h"

#include <stdlib.h>
#include <string.h>

/* A run is at most this long, unless it is one statement. */
#define RUN_SIZE_MAX ((size_t)64 << 10)
#define RUN_COUNT_MAX 1024
#define BUFFER_SIZE_MIN ((size_t)4 << 10)
/* The parts of a run in which errors are searched. */
#define PART_SIZE_START ((size_t)4 << 10)
#define PART_SIZE_STEP ((size_t)64)

/*
 * How many bytes PostgreSQL's scanner may read again (struct statement,
 * lex_cost), at 3 ns each: in one statement, and in one call of parser_parse()
 * for statements that are costly at all.
 */
#define LEX_COST_MAX ((uint64_t)60000000)
#define LEX_COST_TOTAL_MAX ((uint64_t)300000000)

#define PARSE_OPTIONS \
    (PG_QUERY_PARSE_DEFAULT | PG_QUERY_DISABLE_ESCAPE_STRING_WARNING)

/* Statements that are parsed together. */
struct run {
    struct statement *statements[RUN_COUNT_MAX];
    size_t positions[RUN_COUNT_MAX + 1]; /* of each in the parser's buffer;
                                            then where the run ends */
    size_t count;
};

struct context_array ARRAY(MemoryContext);

struct parser {
    struct arena arena;            /* what lives until parser_clear() */
    struct context_array contexts; /* of the trees */
    char *buffer;                  /* what is given to libpg_query */
    size_t capacity;
    uint64_t lex_cost_total; /* in this call of parser_parse() */
    struct arena scratch;    /* cleared after each use */
    struct walker walker;
    struct run run;
};

/* One call of libpg_query and what came of it. */
struct attempt {
    MemoryContext context; /* of the trees */
    List *trees;           /* null also for empty text */
    PgQueryError *error;   /* null if all went well */
};

struct parser *parser_new(void)
{
    struct parser *parser = calloc(1, sizeof *parser);

    if (!parser)
        return NULL;
    context_prepare_thread();
    walker_init(&parser->walker);
    return parser;
}

void parser_clear(struct parser *parser)
{
    for (size_t i = 0; i < parser->contexts.count; i++)
        context_free(parser->contexts.items[i]);
    parser->contexts = (struct context_array){0};
    arena_clear(&parser->arena);
    if (parser->capacity > RUN_SIZE_MAX) {
        free(parser->buffer);
        parser->buffer = NULL;
        parser->capacity = 0;
    }
}

void parser_free(struct parser *parser)
{
    if (!parser)
        return;
    parser_clear(parser);
    arena_release(&parser->arena);
    arena_release(&parser->scratch);
    walker_release(&parser->walker);
    free(parser->buffer);
    free(parser);
}

const char *parser_version(void)
{
    return "libpg_query " PG_MAJORVERSION " (PostgreSQL " PG_VERSION ")";
}

/* Room for so many bytes; what is in the buffer stays. */
static void reserve(struct parser *parser, size_t size)
{
    size_t capacity = parser->capacity ? parser->capacity : BUFFER_SIZE_MIN;
    char *grown;

    if (size <= parser->capacity)
        return;
    while (capacity < size)
        capacity *= 2;
    grown = realloc(parser->buffer, capacity);
    if (!grown)
        arena_exhausted();
    parser->buffer = grown;
    parser->capacity = capacity;
}

/* Characters are counted by their first bytes alone (pg_utf_mblen). */
size_t parser_cursor_offset(const char *text, int position)
{
    size_t offset = 0;

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

static struct attempt attempt_form(const char *text, int form)
{
    struct attempt attempt = {.context = context_new()};
    PgQueryInternalParsetreeAndError result;

    if (!attempt.context)
        arena_exhausted();
    context_enter(attempt.context);
    result = pg_query_raw_parse(text, PARSE_OPTIONS | form);
    context_leave();
    free(result.stderr_buffer);
    if (result.error && strcmp(result.error->message, "out of memory") == 0)
        arena_exhausted();
    attempt.trees = result.tree;
    attempt.error = result.error;
    return attempt;
}

static struct attempt attempt_text(const char *text)
{
    return attempt_form(text, PG_QUERY_PARSE_DEFAULT);
}

/* Parses the statements [from, to) of the run. */
static struct attempt attempt_part(struct parser *parser, size_t from,
                                   size_t to)
{
    char *end = parser->buffer + parser->run.positions[to];
    char after = *end;
    struct attempt attempt;

    *end = '\0';
    attempt = attempt_text(parser->buffer + parser->run.positions[from]);
    *end = after;
    return attempt;
}

static void drop_attempt(struct attempt *attempt)
{
    context_free(attempt->context);
    if (attempt->error)
        pg_query_free_error(attempt->error);
}

static void keep_attempt(struct parser *parser, struct attempt *attempt)
{
    *array_push(&parser->arena, &parser->contexts) = attempt->context;
}

static void skip(struct parser *parser, struct statement *statement,
                 const char *why)
{
    statement->outcome = PARSE_SKIPPED;
    statement->error = arena_copy(&parser->arena, slice_from(why));
    statement->error_offset = statement->offset;
}

/*
 * The scanner quotes the rest of the text in its messages. A message ends with
 * the line, and is at most this long; whole characters are left out.
 */
#define MESSAGE_LENGTH_MAX 120

static const char *copy_message(struct parser *parser, const char *message)
{
    size_t length = strcspn(message, "\r\n");

    if (!message[length] && length <= MESSAGE_LENGTH_MAX)
        return arena_copy(&parser->arena, slice_from(message));
    if (length > MESSAGE_LENGTH_MAX) {
        length = MESSAGE_LENGTH_MAX;
        while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80)
            length--;
    }
    return arena_format(&parser->arena, "%.*s...%s", (int)length, message,
                        strchr(message, '"') ? "\"" : "");
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

    reserve(parser, position + own.length + 2);
    copy = parser->buffer + position;
    memcpy(copy, own.start, own.length);
    blank_nul_bytes(copy, own.length);
    if (statement->has_psql_command)
        psql_blank_commands(copy, own.length);
    /* What lacks its end takes everything for its own. */
    if (statement->defect == STATEMENT_COMPLETE)
        copy[own.length++] = ';';
    copy[own.length] = '\0';
    run->statements[run->count++] = statement;
    run->positions[run->count] = position + own.length;
}

static bool has_semicolon(struct slice text, const struct statement *statement)
{
    return statement->has_terminator && text.start[statement->end - 1] == ';';
}

static bool has_room(const struct run *run, size_t length)
{
    return run->count == 0 ||
           (run->count < RUN_COUNT_MAX &&
            run->positions[run->count] + length + 2 <= RUN_SIZE_MAX);
}

/*
 * Gives the trees of an attempt at [from, to) to those of the statements that
 * have no error. False, and nothing is set, unless there is one tree for each,
 * where it stands.
 */
static bool set_trees(struct parser *parser, const List *trees, size_t from,
                      size_t to)
{
    struct run *run = &parser->run;
    int next = 0;

    for (size_t i = from; i < to; i++) {
        const struct statement *statement = run->statements[i];
        size_t start = run->positions[i] - run->positions[from];
        const RawStmt *raw;

        if (statement->outcome != PARSE_PENDING)
            continue;
        if (next == list_length(trees))
            return false;
        raw = list_nth(trees, next++);
        if (raw->stmt_location < 0 || (size_t)raw->stmt_location < start ||
            (size_t)raw->stmt_location >= start + statement->length)
            return false;
    }
    if (next != list_length(trees))
        return false;

    next = 0;
    for (size_t i = from; i < to; i++) {
        struct statement *statement = run->statements[i];

        if (statement->outcome != PARSE_PENDING)
            continue;
        statement->outcome = PARSE_DONE;
        statement->tree = ((const RawStmt *)list_nth(trees, next++))->stmt;
        statement->tree_base =
            statement->offset - (run->positions[i] - run->positions[from]);
    }
    return true;
}

/* Parses the statements [from, to) for good, if they are without errors. */
static bool parse_part(struct parser *parser, struct attempt *attempt,
                       size_t from, size_t to)
{
    *attempt = attempt_part(parser, from, to);
    if (attempt->error || !set_trees(parser, attempt->trees, from, to))
        return false;
    keep_attempt(parser, attempt);
    return true;
}

/* Where the filled text goes wrong: where it ends, if it makes no statement or
 * several. */
static size_t fault_offset(const struct attempt *attempt, struct slice text)
{
    if (!attempt->error || attempt->error->cursorpos <= 0)
        return text.length;
    return parser_cursor_offset(text.start, attempt->error->cursorpos);
}

/* Tries a refused statement again, with something in place of its
 * placeholders. */
static void parse_filled(struct parser *parser, size_t index)
{
    struct run *run = &parser->run;
    struct statement *statement = run->statements[index];
    struct slice own = {parser->buffer + run->positions[index],
                        statement->length};
    struct fill fill;
    bool has_more = fill_begin(&fill, &parser->scratch, own);

    while (has_more) {
        struct slice text = fill_text(&fill);
        struct attempt attempt = attempt_text(text.start);

        if (!attempt.error && list_length(attempt.trees) == 1) {
            Node *tree = ((RawStmt *)linitial(attempt.trees))->stmt;

            fill_move_locations(&fill, &parser->walker, tree);
            keep_attempt(parser, &attempt);
            statement->outcome = PARSE_DONE;
            statement->is_filled = true;
            statement->tree = tree;
            statement->tree_base = statement->offset;
            statement->error = NULL;
            statement->error_offset = 0;
            break;
        }
        has_more = fill_retry(&fill, fault_offset(&attempt, text));
        drop_attempt(&attempt);
    }
    arena_clear(&parser->scratch);
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

static void set_error(struct parser *parser, size_t index, const char *message,
                      size_t offset)
{
    struct statement *statement = parser->run.statements[index];

    statement->outcome = PARSE_FAILED;
    statement->error = copy_message(parser, message);
    if (offset > statement->length)
        offset = statement->length;
    statement->error_offset = statement->offset + offset;
}

/*
 * Sets the error of an attempt at the statements [from, to) where it belongs,
 * and says where to go on. An error at a semicolon that only the run has is
 * one at the end of the input. Where several come into question, nothing is
 * set.
 */
static size_t note_error(struct parser *parser, struct slice text,
                         const struct attempt *attempt, size_t from, size_t to)
{
    struct run *run = &parser->run;
    const char *message = attempt->error->message;
    size_t index = from, offset = run->statements[from]->length;

    if (attempt->error->cursorpos > 0) {
        size_t position =
            run->positions[from] +
            parser_cursor_offset(parser->buffer + run->positions[from],
                                 attempt->error->cursorpos);

        index = find_statement(run, from, to, position);
        offset = position - run->positions[index];
        if (offset == run->statements[index]->length &&
            !has_semicolon(text, run->statements[index]))
            message = "syntax error at end of input";
    } else if (to - from > 1) {
        return from;
    }
    set_error(parser, index, message, offset);
    if (run->statements[index]->defect == STATEMENT_COMPLETE)
        parse_filled(parser, index);
    return index + 1;
}

/* Sets the errors of the run's statements from this one on. */
static void find_errors(struct parser *parser, struct slice text, size_t from)
{
    const struct run *run = &parser->run;
    size_t size_max = PART_SIZE_START;

    while (from < run->count) {
        struct attempt attempt;
        size_t to = from + 1;

        while (to < run->count &&
               run->positions[to + 1] - run->positions[from] <= size_max)
            to++;
        attempt = attempt_part(parser, from, to);
        if (attempt.error) {
            from = note_error(parser, text, &attempt, from, to);
            size_max /= 4;
        } else {
            from = to;
            size_max = size_max * 2 + PART_SIZE_STEP;
        }
        drop_attempt(&attempt);
    }
}

/* Takes the statements with errors out of the run. False if none is left. */
static bool blank_errors(struct parser *parser)
{
    struct run *run = &parser->run;
    bool is_any_left = false;

    for (size_t i = 0; i < run->count; i++) {
        if (run->statements[i]->outcome == PARSE_PENDING)
            is_any_left = true;
        else
            memset(parser->buffer + run->positions[i], ' ',
                   run->positions[i + 1] - run->positions[i]);
    }
    return is_any_left;
}

/* For a run that the parser sees other statements in than the splitter. */
static void parse_one_by_one(struct parser *parser, struct slice text)
{
    struct run *run = &parser->run;

    for (size_t i = 0; i < run->count; i++) {
        struct attempt attempt;

        if (run->statements[i]->outcome != PARSE_PENDING ||
            parse_part(parser, &attempt, i, i + 1))
            continue;
        if (attempt.error)
            note_error(parser, text, &attempt, i, i + 1);
        else
            skip(parser, run->statements[i],
                 attempt.trees ? "it cannot be told from the next statement"
                               : "nothing in it can be read");
        drop_attempt(&attempt);
    }
}

static void parse_run(struct parser *parser, struct slice text)
{
    struct run *run = &parser->run;
    struct attempt attempt;

    if (run->count > 0 && !parse_part(parser, &attempt, 0, run->count)) {
        if (attempt.error)
            find_errors(parser, text,
                        note_error(parser, text, &attempt, 0, run->count));
        drop_attempt(&attempt);
        if (blank_errors(parser) &&
            !parse_part(parser, &attempt, 0, run->count)) {
            drop_attempt(&attempt);
            parse_one_by_one(parser, text);
        }
    }
    run->count = 0;
}

/* Whether the parser is to see the statement; else its outcome is set. */
static bool is_parseable(struct parser *parser, struct statement *statement)
{
    if (statement->kind != STATEMENT_SQL)
        return false;
    statement->outcome = PARSE_PENDING;
    statement->is_filled = false;
    statement->tree = NULL;
    statement->error = NULL;
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
        if (statement->has_parameter_sign)
            parse_filled(parser, parser->run.count - 1);
        if (statement->defect != STATEMENT_COMPLETE)
            parse_run(parser, text);
    }
    parse_run(parser, text);
}

void parser_parse_text(struct parser *parser, const char *text,
                       enum parse_form form, struct statement *statement)
{
    static const int options[] = {
        [PARSE_FORM_STATEMENT] = PG_QUERY_PARSE_DEFAULT,
        [PARSE_FORM_EXPRESSION] = PG_QUERY_PARSE_PLPGSQL_EXPR,
        [PARSE_FORM_ASSIGNMENT_1] = PG_QUERY_PARSE_PLPGSQL_ASSIGN1,
        [PARSE_FORM_ASSIGNMENT_2] = PG_QUERY_PARSE_PLPGSQL_ASSIGN2,
        [PARSE_FORM_ASSIGNMENT_3] = PG_QUERY_PARSE_PLPGSQL_ASSIGN3,
    };
    struct attempt attempt;

    parser->lex_cost_total = 0;
    if (!is_parseable(parser, statement))
        return;
    attempt = attempt_form(text, options[form]);
    if (!attempt.error && list_length(attempt.trees) == 1) {
        statement->outcome = PARSE_DONE;
        statement->tree = ((const RawStmt *)linitial(attempt.trees))->stmt;
        keep_attempt(parser, &attempt);
        return;
    }
    statement->outcome = PARSE_FAILED;
    statement->error =
        copy_message(parser, attempt.error ? attempt.error->message
                                           : "syntax error at end of input");
    statement->error_offset = fault_offset(&attempt, slice_from(text));
    drop_attempt(&attempt);
}

MemoryContext parser_context(struct parser *parser)
{
    MemoryContext context = context_new();

    if (!context)
        arena_exhausted();
    *array_push(&parser->arena, &parser->contexts) = context;
    return context;
}
