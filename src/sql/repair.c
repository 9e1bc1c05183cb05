/*
 * Makes guesses at what a refused statement should be, and tries them out. The
 * order of the guesses is that of how often they are right: a wrong one that
 * happens to parse must not hide a better.
 */
#include "sql/repair.h"

#include "base/buffer.h"
#include "base/suggestion.h"
#include "sql/parser.h"
#include "sql/splitter.h"
#include "sql/writer.h"

#include <string.h>

/* Longer statements are not tried. */
#define TRIED_SIZE_MAX ((size_t)64 << 10)

/* Longer ones are not shown. */
#define SHOWN_SIZE_MAX 1000
#define SHOWN_LINES_MAX 12

/* So many commas may be missing. */
#define COMMAS_MAX 8

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A refused statement. */
struct patient {
    struct arena *arena;
    struct slice text; /* of the file */
    const struct statement *statement;
    struct fault fault;
};

/*
 * Words that became keywords after PostgreSQL 13, of the kinds that cannot
 * name a function or anything at all (pg_get_keywords() of 13 to 18).
 */
static const struct {
    const char *word;
    int version;
} later_keywords[] = {
    {"json", 17},        {"json_array", 16},  {"json_arrayagg", 16},
    {"json_exists", 17}, {"json_object", 16}, {"json_objectagg", 16},
    {"json_query", 17},  {"json_scalar", 17}, {"json_serialize", 17},
    {"json_table", 17},  {"json_value", 17},  {"merge_action", 17},
    {"system_user", 16},
};

/* Words that a statement begins with, and hardly ever a line within one. */
static const char *const statement_words[] = {
    "ALTER",  "BEGIN",  "COMMENT", "COMMIT", "COPY",     "CREATE",
    "DELETE", "DO",     "DROP",    "GRANT",  "INSERT",   "MERGE",
    "REVOKE", "SELECT", "SET",     "UPDATE", "TRUNCATE", "WITH",
};

/* Words that are mistyped. */
static const char *const common_words[] = {
    "ALTER",    "BEGIN",     "CASCADE",    "CHECK",    "COLUMN",  "COMMENT",
    "COMMIT",   "CONFLICT",  "CONSTRAINT", "CREATE",   "CROSS",   "DEFAULT",
    "DELETE",   "DISTINCT",  "DROP",       "EXISTS",   "FOREIGN", "FROM",
    "FUNCTION", "GENERATED", "GRANT",      "GROUP",    "HAVING",  "INDEX",
    "INNER",    "INSERT",    "INTO",       "JOIN",     "LEFT",    "LIMIT",
    "NOT",      "NULL",      "OFFSET",     "ORDER",    "PRIMARY", "REFERENCES",
    "RENAME",   "REPLACE",   "RETURNING",  "RETURNS",  "REVOKE",  "RIGHT",
    "ROLLBACK", "SCHEMA",    "SELECT",     "SEQUENCE", "TABLE",   "TEMPORARY",
    "TRIGGER",  "TRUNCATE",  "TYPE",       "UNION",    "UNIQUE",  "UPDATE",
    "USING",    "VALUES",    "VIEW",       "WHERE",    "WITH",
};

/* Words that are hardly meant as names in a query. */
static const char *const clause_words[] = {
    "AND",   "FROM",   "GROUP",  "HAVING", "INTO",  "JOIN",
    "LIMIT", "OFFSET", "ON",     "OR",     "ORDER", "SET",
    "UNION", "USING",  "VALUES", "WHERE",  "WITH",
};

static struct span span_of(struct token token)
{
    return (struct span){token.offset, token.length};
}

static const char *folded(struct arena *arena, struct slice word)
{
    char *name = arena_copy(arena, word);
    for (char *c = name; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
    return name;
}

static const char *quoted(struct arena *arena, struct slice word)
{
    return arena_format(arena, "\"%s\"", folded(arena, word));
}

static bool needs_quotes(struct arena *arena, struct slice word)
{
    return parser_quote_identifier(arena, folded(arena, word))[0] == '"';
}

/* Parses the text's statements, at most `count`, up to the first that is
 * refused; that one, or else the last, is *statement, without what the parser
 * owns. False if one is refused or there is none. */
static bool parses(const char *sql, size_t count, struct statement *statement)
{
    struct parser *parser = parser_new();
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    bool is_good = false;
    while (parser != NULL && count-- > 0 &&
           splitter_next(&splitter, statement)) {
        parser_parse(parser, text, statement, 1);
        is_good = statement->outcome == PARSE_DONE;
        if (!is_good)
            break;
    }
    parser_free(parser);
    return is_good;
}

static const char *edited(const struct patient *patient,
                          const struct edit *edits, size_t count)
{
    struct buffer buffer;
    buffer_init(&buffer, patient->arena);
    writer_add_edited(&buffer, patient->text,
                      words_of_statement(patient->statement), edits, count);
    buffer_add_char(&buffer, ';');
    return buffer_text(&buffer);
}

/* The statement with this edit, if it then parses; else null. */
static const char *try_edit(const struct patient *patient, struct span at,
                            const char *text)
{
    struct edit edit = {at, text};
    struct statement first;
    const char *sql = edited(patient, &edit, 1);
    return parses(sql, 1, &first) ? sql : NULL;
}

static bool is_short(const char *sql)
{
    size_t lines = 1;
    size_t size = 0;
    for (; sql[size] != '\0'; size++)
        lines += sql[size] == '\n';
    return size <= SHOWN_SIZE_MAX && lines <= SHOWN_LINES_MAX;
}

static struct repair repair_of(const char *advice, const char *sql)
{
    return (struct repair){advice, is_short(sql) ? sql : NULL};
}

static const char *fault_text(const struct patient *patient)
{
    struct token token = patient->fault.token;
    if (token.kind == TOKEN_END)
        return "the end";
    if (token.length > 40)
        return "it";
    return arena_format(patient->arena, "\"%.*s\"",
                        SLICE_ARGUMENTS(token_text(patient->text, token)));
}

/* `(a, b,)` and `SELECT a, FROM`. */
static bool try_without_comma(const struct patient *patient,
                              struct repair *repair)
{
    struct token comma = patient->fault.previous;
    const char *sql = token_is(patient->text, comma, ",")
                          ? try_edit(patient, span_of(comma), "")
                          : NULL;
    if (sql == NULL)
        return false;
    *repair =
        repair_of(arena_format(patient->arena, "leave out the comma before %s",
                               fault_text(patient)),
                  sql);
    return true;
}

static bool is_one_of(struct slice text, struct token token,
                      const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (token_is_word(text, token, words[i]))
            return true;
    }
    return false;
}

/* The last word up to the fault with which a new line begins like a new
 * statement; `after` is where what stands before it ends. TOKEN_END if there
 * is none. */
static struct token find_second_start(const struct patient *patient,
                                      size_t *after)
{
    struct slice text = patient->text;
    struct lexer lexer = lexer_of(text);
    lexer.offset = patient->statement->offset;
    struct token previous = lexer_next_significant(&lexer);
    struct token found = {.kind = TOKEN_END};
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        size_t end = previous.offset + previous.length;
        if (token.kind == TOKEN_END ||
            token.offset > patient->fault.token.offset)
            return found;
        if (slice_find(slice_part(text, end, token.offset), SLICE("\n")) !=
                SLICE_NOT_FOUND &&
            is_one_of(text, token, statement_words, COUNT(statement_words))) {
            found = token;
            *after = end;
        }
        previous = token;
    }
}

/* A new statement begins on a line of its own, and the last has no end. What
 * follows must be one, as far as its first three words tell. */
static bool try_semicolon(const struct patient *patient, struct repair *repair)
{
    size_t after = 0;
    struct token start = find_second_start(patient, &after);
    if (start.kind == TOKEN_END)
        return false;
    struct edit edit = {{after, 0}, ";"};
    const char *sql = edited(patient, &edit, 1);
    struct statement second;
    if (!parses(sql, 1, &second))
        return false;
    if (!parses(sql, 2, &second)) {
        struct span lead = words_at_start(slice_from(sql), &second, 3);
        if (second.error_offset < lead.offset + lead.length)
            return false;
    }
    *repair = repair_of(
        arena_format(patient->arena, "a ; may be missing before \"%.*s\"",
                     SLICE_ARGUMENTS(token_text(patient->text, start))),
        sql);
    return true;
}

/* `id`, as MySQL quotes names. */
static bool try_backticks(const struct patient *patient, struct repair *repair)
{
    struct slice text = statement_text(patient->text, patient->statement);
    struct lexer lexer = lexer_of(text);
    struct buffer buffer;
    buffer_init(&buffer, patient->arena);
    size_t copied = 0;
    if (slice_find(text, SLICE("`")) == SLICE_NOT_FOUND)
        return false;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            break;
        if (token.kind != TOKEN_OPERATOR)
            continue;
        buffer_add(&buffer, slice_part(text, copied, token.offset));
        copied = token.offset + token.length;
        for (size_t i = token.offset; i < copied; i++)
            buffer_add_char(&buffer,
                            text.start[i] == '`' ? '"' : text.start[i]);
    }
    buffer_add(&buffer, slice_part(text, copied, text.length));
    buffer_add_char(&buffer, ';');
    const char *sql = buffer_text(&buffer);
    struct statement first;
    if (!parses(sql, 1, &first))
        return false;
    *repair = repair_of("backticks are MySQL's; PostgreSQL quotes names with "
                        "double quotes",
                        sql);
    return true;
}

static bool try_word(const struct patient *patient, struct token token,
                     struct repair *repair)
{
    struct slice word = token_text(patient->text, token);
    struct suggestion suggestion = suggestion_for(word);
    if (token.kind != TOKEN_WORD)
        return false;
    for (size_t i = 0; i < COUNT(common_words); i++) {
        if (!slice_equal_ignoring_case(word, slice_from(common_words[i])))
            suggestion_offer(&suggestion, common_words[i]);
    }
    const char *sql = suggestion.best != NULL
                          ? try_edit(patient, span_of(token), suggestion.best)
                          : NULL;
    if (sql == NULL)
        return false;
    *repair = repair_of(arena_format(patient->arena,
                                     "\"%.*s\" looks like a mistyped %s",
                                     SLICE_ARGUMENTS(word), suggestion.best),
                        sql);
    return true;
}

/* `ALTER TABEL`; `SELECT a FORM b` is noticed a word later. */
static bool try_mistyped_word(const struct patient *patient,
                              struct repair *repair)
{
    return try_word(patient, patient->fault.token, repair) ||
           try_word(patient, patient->fault.previous, repair);
}

/* CREATE and ALTER: a list of columns is likely, a query is not. */
static bool defines_columns(const struct patient *patient)
{
    struct lexer lexer = lexer_of(patient->text);
    lexer.offset = patient->statement->offset;
    struct token first = lexer_next_significant(&lexer);
    return token_is_word(patient->text, first, "CREATE") ||
           token_is_word(patient->text, first, "ALTER");
}

/* A keyword is used as a name. */
static bool try_quotes(const struct patient *patient, struct repair *repair)
{
    struct token token = patient->fault.token;
    if (token.kind != TOKEN_WORD ||
        (is_one_of(patient->text, token, clause_words, COUNT(clause_words)) &&
         !defines_columns(patient)))
        return false;
    const char *name = quoted(patient->arena, token_text(patient->text, token));
    /* Only keywords need quotes. */
    const char *sql =
        needs_quotes(patient->arena, token_text(patient->text, token))
            ? try_edit(patient, span_of(token), name)
            : NULL;
    if (sql == NULL)
        return false;
    *repair = repair_of(arena_format(patient->arena,
                                     "%s is a keyword: to use it as a name, "
                                     "write it in double quotes",
                                     name),
                        sql);
    return true;
}

/* Commas are missing: each makes the parser come further. */
static bool try_commas(const struct patient *patient, struct repair *repair)
{
    struct token previous = patient->fault.previous;
    if (patient->fault.token.kind == TOKEN_END || previous.length == 0)
        return false;
    struct edit edit = {{previous.offset + previous.length, 0}, ","};
    const char *sql = edited(patient, &edit, 1);
    size_t last_offset = 0;
    for (size_t count = 1; count <= COMMAS_MAX; count++) {
        struct statement first;
        if (parses(sql, 1, &first)) {
            const char *advice = count > 1 ? "commas may be missing, the first "
                                             "before %s"
                                           : "a comma may be missing before %s";
            *repair = repair_of(
                arena_format(patient->arena, advice, fault_text(patient)), sql);
            return true;
        }
        struct fault fault = repair_fault(slice_from(sql), &first);
        size_t after = fault.previous.offset + fault.previous.length;
        if (fault.token.kind == TOKEN_END || fault.token.offset <= last_offset)
            return false;
        last_offset = fault.token.offset + 1;
        sql = arena_format(patient->arena, "%.*s,%s", (int)after, sql,
                           sql + after);
    }
    return false;
}

/* CREATE TABLE IF EXISTS, DROP TABLE IF NOT EXISTS. */
static bool try_if_exists(const struct patient *patient, struct repair *repair)
{
    struct token token = patient->fault.token;
    struct slice text = patient->text;
    const char *sql = NULL;
    if (!token_is_word(text, patient->fault.previous, "IF"))
        return false;
    if (token_is_word(text, token, "NOT"))
        sql = try_edit(patient, (struct span){token.offset, token.length + 1},
                       "");
    else if (token_is_word(text, token, "EXISTS"))
        sql = try_edit(patient, (struct span){token.offset, 0}, "NOT ");
    if (sql == NULL)
        return false;
    *repair = repair_of("IF EXISTS is for what must be there, IF NOT EXISTS "
                        "for what must not",
                        sql);
    return true;
}

struct fault repair_fault(struct slice text, const struct statement *statement)
{
    size_t end = statement->offset + statement->length;
    struct lexer lexer = lexer_of(slice_part(text, 0, end));
    lexer.offset = statement->offset;
    struct fault fault = {.previous = {.offset = statement->offset}};
    for (;;) {
        fault.token = lexer_next_significant(&lexer);
        if (fault.token.kind == TOKEN_END ||
            fault.token.offset + fault.token.length > statement->error_offset)
            return fault;
        fault.previous = fault.token;
    }
}

/* A NUL byte would cut what is tried. */
static bool can_be_tried(struct slice text, const struct statement *statement)
{
    return statement->length <= TRIED_SIZE_MAX &&
           memchr(text.start + statement->offset, '\0', statement->length) ==
               NULL;
}

/* What is guessed is made in scratch memory; what is said is not. */
static struct repair kept(struct arena *arena, struct repair repair)
{
    repair.advice = arena_copy(arena, slice_from(repair.advice));
    if (repair.sql != NULL)
        repair.sql = arena_copy(arena, slice_from(repair.sql));
    return repair;
}

bool repair_find(struct arena *arena, struct slice text,
                 const struct statement *statement, struct repair *repair)
{
    static bool (*const guesses[])(const struct patient *, struct repair *) = {
        try_without_comma, try_if_exists, try_semicolon, try_backticks,
        try_mistyped_word, try_quotes,    try_commas,
    };
    struct arena scratch = {0};
    struct patient patient = {&scratch, text, statement,
                              repair_fault(text, statement)};
    bool is_found = false;
    if (!can_be_tried(text, statement))
        return false;
    for (size_t i = 0; i < COUNT(guesses) && !is_found; i++)
        is_found = guesses[i](&patient, repair);
    if (is_found)
        *repair = kept(arena, *repair);
    arena_release(&scratch);
    return is_found;
}

static int later_keyword_version(struct slice text, struct token token)
{
    for (size_t i = 0; i < COUNT(later_keywords); i++) {
        if (token_is_word(text, token, later_keywords[i].word))
            return later_keywords[i].version;
    }
    return 0;
}

/* The statement with every later keyword in double quotes, and the first of
 * them; null if it has none. */
static const char *with_keywords_quoted(const struct patient *patient,
                                        struct later_keyword *keyword)
{
    struct slice text = patient->text;
    const struct statement *statement = patient->statement;
    struct edits ARRAY(struct edit) edits = {0};
    struct lexer lexer =
        lexer_of(slice_part(text, 0, statement->offset + statement->length));
    lexer.offset = statement->offset;
    for (;;) {
        struct token token = lexer_next_significant(&lexer);
        if (token.kind == TOKEN_END)
            break;
        int version = later_keyword_version(text, token);
        if (version == 0)
            continue;
        if (edits.count == 0)
            *keyword = (struct later_keyword){span_of(token), version, {0}};
        *array_push(patient->arena, &edits) = (struct edit){
            span_of(token), quoted(patient->arena, token_text(text, token))};
    }
    return edits.count > 0 ? edited(patient, edits.items, edits.count) : NULL;
}

bool repair_find_later_keyword(struct arena *arena, struct slice text,
                               const struct statement *statement,
                               struct later_keyword *keyword)
{
    struct arena scratch = {0};
    struct patient patient = {.arena = &scratch,
                              .text = text,
                              .statement = statement};
    struct statement first;
    if (!can_be_tried(text, statement))
        return false;
    const char *sql = with_keywords_quoted(&patient, keyword);
    bool is_found = sql != NULL && parses(sql, 1, &first);
    if (is_found)
        keyword->fix = kept(
            arena, repair_of("write it in double quotes, which every version "
                             "reads as a name",
                             sql));
    arena_release(&scratch);
    return is_found;
}
