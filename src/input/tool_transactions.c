/*
 * In what transaction a tool runs a section: what the rows of tools.c point
 * to. Some tools look at the statements themselves, by their first words.
 */
#include "input/tool_rows.h"

enum transaction_kind transaction_never(const struct section *section,
                                        const struct slice *statements,
                                        size_t count)
{
    (void)section;
    (void)statements;
    (void)count;
    return TRANSACTION_NONE;
}

enum transaction_kind transaction_of_string(const struct section *section,
                                            const struct slice *statements,
                                            size_t count)
{
    (void)section;
    (void)statements;
    return count > 1 ? TRANSACTION_IMPLICIT : TRANSACTION_NONE;
}

enum transaction_kind transaction_of_pipeline(const struct section *section,
                                              const struct slice *statements,
                                              size_t count)
{
    (void)section;
    (void)statements;
    return count > 1 ? TRANSACTION_PIPELINE : TRANSACTION_NONE;
}

enum transaction_kind transaction_around(const struct section *section,
                                         const struct slice *statements,
                                         size_t count)
{
    (void)statements;
    (void)count;
    return section->has_opted_out ? TRANSACTION_NONE : TRANSACTION_TOOL;
}

enum transaction_kind transaction_around_string(const struct section *section,
                                                const struct slice *statements,
                                                size_t count)
{
    if (!section->has_opted_out)
        return TRANSACTION_TOOL;
    return transaction_of_string(section, statements, count);
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* Passes over white space and comments. */
static struct slice skip_blank(struct slice text)
{
    for (;;) {
        size_t length = text.length, end;

        text = slice_trim(text);
        if (slice_has_prefix(text, SLICE("--"))) {
            end = slice_find(text, SLICE("\n"));
            text = slice_part(text, end, text.length);
        } else if (slice_has_prefix(text, SLICE("/*"))) {
            end = slice_find(text, SLICE("*/"));
            if (end == SLICE_NOT_FOUND)
                end = text.length;
            text = slice_part(text, end + 2, text.length);
        }
        if (text.length == length)
            return text;
    }
}

/* The next word; empty if something else comes. */
static struct slice take_word(struct slice *text)
{
    struct slice word;
    size_t length = 0;

    *text = skip_blank(*text);
    while (length < text->length && is_word_byte(text->start[length]))
        length++;
    word = slice_part(*text, 0, length);
    *text = slice_part(*text, length, text->length);
    return word;
}

/* Whether the statement begins with these words. A word in brackets may be
 * missing; of words joined by | any will do. */
static bool begins_with(struct slice statement, const char *words)
{
    struct slice rest = slice_from(words), found = take_word(&statement);

    while (rest.length) {
        size_t end = slice_find(rest, SLICE(" "));
        struct slice wanted;
        bool is_optional, is_found = false;

        if (end == SLICE_NOT_FOUND)
            end = rest.length;
        wanted = slice_part(rest, 0, end);
        rest = slice_part(rest, end + 1, rest.length);
        is_optional = slice_has_prefix(wanted, SLICE("["));
        if (is_optional)
            wanted = slice_part(wanted, 1, wanted.length - 1);
        for (size_t at = 0; at <= wanted.length && !is_found;) {
            struct slice option = slice_part(wanted, at, wanted.length);

            end = slice_find(option, SLICE("|"));
            if (end == SLICE_NOT_FOUND)
                end = option.length;
            option = slice_part(option, 0, end);
            is_found = slice_equal_ignoring_case(option, found);
            at += end + 1;
        }
        if (is_found)
            found = take_word(&statement);
        else if (!is_optional)
            return false;
    }
    return true;
}

/* PostgreSQLParser.java, detectCanExecuteInTransaction. ADD VALUE counts for
 * servers before 12 only. */
bool flyway_runs_alone(struct slice statement)
{
    return begins_with(statement,
                       "CREATE|DROP DATABASE|TABLESPACE|SUBSCRIPTION") ||
           begins_with(statement, "ALTER SYSTEM") ||
           begins_with(statement, "CREATE|DROP [UNIQUE] INDEX CONCURRENTLY") ||
           begins_with(statement, "REINDEX [VERBOSE] SCHEMA|DATABASE|SYSTEM") ||
           begins_with(statement, "VACUUM") ||
           begins_with(statement, "DISCARD ALL");
}

/* A migration with one such statement runs without a transaction; with others
 * beside it, Flyway refuses it unless `mixed` is set. */
enum transaction_kind transaction_of_flyway(const struct section *section,
                                            const struct slice *statements,
                                            size_t count)
{
    if (section->has_opted_out)
        return TRANSACTION_NONE;
    for (size_t i = 0; i < count; i++) {
        if (flyway_runs_alone(statements[i]))
            return TRANSACTION_NONE;
    }
    return TRANSACTION_TOOL;
}

/* Since 7.4 a script with CREATE INDEX CONCURRENTLY is sent statement by
 * statement, unless Prisma's own parser refuses one of them; it knows no DROP
 * INDEX CONCURRENTLY (prisma-engines 5767, 5799, 5847). */
enum transaction_kind transaction_of_prisma(const struct section *section,
                                            const struct slice *statements,
                                            size_t count)
{
    bool is_split = false;

    for (size_t i = 0; i < count; i++) {
        if (begins_with(statements[i], "CREATE [UNIQUE] INDEX CONCURRENTLY"))
            is_split = true;
        else if (begins_with(statements[i], "DROP INDEX CONCURRENTLY"))
            return transaction_of_string(section, statements, count);
    }
    return is_split ? TRANSACTION_NONE
                    : transaction_of_string(section, statements, count);
}
