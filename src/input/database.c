/*
 * Tells other databases' files from PostgreSQL's, by path and by text. Called
 * by recognise.c for every file. The text is looked at closely only where a
 * backtick or "ENGINE =" makes it worth while.
 */
#include "input/database.h"

#include "input/path.h"

#include <stdint.h>
#include <string.h>

struct word {
    struct slice text;
    bool is_ours;
    bool counts_inside; /* of longer words too: "riversqlite" */
};

#define WORD(text)             \
    {                          \
        text, sizeof(text) - 1 \
    }

static const struct word words[] = {
    {WORD("postgres"), true, true},   {WORD("pgsql"), true, true},
    {WORD("psql"), true, false},      {WORD("pg"), true, false},
    {WORD("mysql"), false, true},     {WORD("mariadb"), false, true},
    {WORD("sqlite"), false, true},    {WORD("cockroach"), false, true},
    {WORD("sqlserver"), false, true}, {WORD("clickhouse"), false, true},
    {WORD("cassandra"), false, true}, {WORD("h2"), false, false},
    {WORD("mssql"), false, false},    {WORD("oracle"), false, false},
    {WORD("cql"), false, false},      {WORD("snowflake"), false, false},
    {WORD("bigquery"), false, false}, {WORD("duckdb"), false, false},
};

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_word_byte(char c)
{
    c = to_lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* The word is in lower case. */
static bool contains(struct slice part, struct slice word)
{
    for (size_t at = 0; at + word.length <= part.length; at++) {
        if (to_lower(part.start[at]) == word.start[0] &&
            slice_equal_ignoring_case(slice_part(part, at, at + word.length),
                                      word))
            return true;
    }
    return false;
}

/* Which letters a part has; bits. */
static uint32_t letters_of(struct slice part)
{
    uint32_t letters = 0;

    for (size_t at = 0; at < part.length; at++)
        letters |= UINT32_C(1) << (to_lower(part.start[at]) & 31);
    return letters;
}

/* The first word of the table in this part decides: "mysql2postgres". */
static enum database_owner owner_of_part(struct slice part)
{
    uint32_t letters = letters_of(part);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct slice word = words[i].text;

        /* Every part of every name comes here; most are short. */
        if (part.length < word.length ||
            !(letters & UINT32_C(1) << (word.start[0] & 31)))
            continue;
        if (words[i].counts_inside ? contains(part, word)
                                   : slice_equal_ignoring_case(part, word))
            return words[i].is_ours ? DATABASE_POSTGRESQL : DATABASE_OTHER;
    }
    return DATABASE_UNKNOWN;
}

/* A migration's name, or that of its folder: a number, V or U and a number, R
 * and two underscores, then a description. Not v8, a version's folder. */
static bool is_numbered(struct slice name)
{
    size_t at = 0, digits;

    if (slice_has_prefix(name, SLICE("R__")))
        return true;
    if (name.length &&
        (name.start[0] == 'V' || name.start[0] == 'U' || name.start[0] == 'B'))
        at++;
    digits = at;
    while (at < name.length && name.start[at] >= '0' && name.start[at] <= '9')
        at++;
    return at > digits && at < name.length && strchr("_-.", name.start[at]);
}

/* The best known part decides: one of ours, else one of another's. */
enum database_owner database_owner_of_name(struct slice name)
{
    enum database_owner owner = DATABASE_UNKNOWN;
    bool is_description = is_numbered(name);
    size_t from = 0;

    for (size_t at = 0; at <= name.length; at++) {
        enum database_owner part = DATABASE_UNKNOWN;

        if (at < name.length && (is_description ? name.start[at] != '.'
                                                : is_word_byte(name.start[at])))
            continue;
        /* "3_drop_mysql_ids" is one part, and says what it does. */
        if (!is_description || from > 0)
            part = owner_of_part(slice_part(name, from, at));
        if (part == DATABASE_POSTGRESQL)
            return part;
        if (part != DATABASE_UNKNOWN)
            owner = part;
        from = at + 1;
    }
    return owner;
}

bool database_may_have_twin(struct slice name, size_t *offset, size_t *length)
{
    size_t end = slice_find(name, SLICE(".")), start;

    if (!is_numbered(name) || end == SLICE_NOT_FOUND)
        return false;
    for (start = end; start > 0 && is_word_byte(name.start[start - 1]);)
        start--;
    *offset = start;
    *length = end - start;
    return owner_of_part(slice_part(name, start, end)) == DATABASE_OTHER;
}

const char *database_own_word(size_t index)
{
    static const char *const own[] = {"postgres", "postgresql", "pgsql",
                                      "psql",     "pg",         "pgx"};

    return index < sizeof own / sizeof *own ? own[index] : NULL;
}

bool database_is_other_folder(struct slice path)
{
    while (path.length && !slice_equal(path, SLICE("/"))) {
        enum database_owner owner = database_owner_of_name(path_name(path));

        if (owner != DATABASE_UNKNOWN)
            return owner == DATABASE_OTHER;
        path = path_folder(path);
    }
    return false;
}

/* What stands after "ENGINE =" in MySQL and ClickHouse; a name may have more
 * before it: ReplicatedReplacingMergeTree. */
static const char *const engines[] = {
    "MergeTree", "InnoDB",  "MyISAM", "Distributed", "Kafka",
    "StripeLog", "TinyLog", "Aria",   "RocksDB",     "Memory",
};

static bool is_engine(struct slice word)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        struct slice engine = slice_from(engines[i]);

        if (word.length >= engine.length &&
            slice_equal_ignoring_case(
                slice_part(word, word.length - engine.length, word.length),
                engine))
            return true;
    }
    return false;
}

/* The = at this offset belongs to an ENGINE clause. */
static bool is_engine_clause(struct slice text, size_t equals)
{
    size_t end = equals, from, to = equals + 1;

    while (end > 0 && text.start[end - 1] == ' ')
        end--;
    if (end < 6 || !slice_equal_ignoring_case(slice_part(text, end - 6, end),
                                              SLICE("ENGINE")))
        return false;
    if (end > 6 &&
        (is_word_byte(text.start[end - 7]) || text.start[end - 7] == '_'))
        return false;
    while (to < text.length &&
           (text.start[to] == ' ' || text.start[to] == '\n'))
        to++;
    from = to;
    while (to < text.length && is_word_byte(text.start[to]))
        to++;
    return is_engine(slice_part(text, from, to));
}

static bool has_byte(struct slice text, char byte)
{
    return text.length && memchr(text.start, byte, text.length) != NULL;
}

/* Cheap and not sure: the text is worth a closer look. */
static bool may_be_other(struct slice text)
{
    if (has_byte(text, '`'))
        return true;
    for (size_t at = 0; at < text.length; at++) {
        const char *equals = memchr(text.start + at, '=', text.length - at);

        if (!equals)
            return false;
        at = (size_t)(equals - text.start);
        if (is_engine_clause(text, at))
            return true;
    }
    return false;
}

/* Behind the string, identifier, comment or dollar quote that begins at `at`;
 * `at` itself if none does. */
static size_t skip_quoted(struct slice text, size_t at)
{
    struct slice rest = slice_part(text, at, text.length), end;
    size_t open, found;

    if (rest.start[0] == '\'' || rest.start[0] == '"') {
        end = slice_part(rest, 0, 1);
        open = 1;
    } else if (slice_has_prefix(rest, SLICE("--"))) {
        end = SLICE("\n");
        open = 2;
    } else if (slice_has_prefix(rest, SLICE("/*"))) {
        end = SLICE("*/");
        open = 2;
    } else if (rest.start[0] == '$') {
        open = 1;
        while (open < rest.length &&
               (is_word_byte(rest.start[open]) || rest.start[open] == '_'))
            open++;
        if (open == rest.length || rest.start[open] != '$')
            return at;
        end = slice_part(rest, 0, ++open);
    } else {
        return at;
    }
    found = slice_find(slice_part(rest, open, rest.length), end);
    if (found == SLICE_NOT_FOUND)
        return text.length;
    return at + open + found + end.length;
}

/* Behind the name in backticks that begins at `at`; `at` if it is none. */
static size_t skip_backticks(struct slice text, size_t at)
{
    size_t end = at + 1;

    while (end < text.length && text.start[end] != '`' &&
           text.start[end] != '\n')
        end++;
    if (end == at + 1 || end >= text.length || text.start[end] != '`')
        return at;
    return end + 1;
}

bool database_is_other_by_text(struct slice text)
{
    bool has_backticks = false, has_increment = false;
    size_t at = 0, next;

    if (!may_be_other(text))
        return false;
    while (at < text.length) {
        next = skip_quoted(text, at);
        if (next > at) {
            at = next;
        } else if (text.start[at] == '=' && is_engine_clause(text, at)) {
            return true;
        } else if (text.start[at] == '`') {
            next = skip_backticks(text, at);
            has_backticks |= next > at;
            at = next > at ? next : at + 1;
        } else if (is_word_byte(text.start[at])) {
            for (next = at;
                 next < text.length &&
                 (is_word_byte(text.start[next]) || text.start[next] == '_');)
                next++;
            has_increment |= slice_equal_ignoring_case(
                slice_part(text, at, next), SLICE("AUTO_INCREMENT"));
            at = next;
        } else {
            at++;
        }
        if (has_backticks && has_increment)
            return true;
    }
    return false;
}
