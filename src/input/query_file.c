/*
 * Tells files of queries from their first words, for those who look for the
 * schema that the queries are to be judged on (discover.c, lint/plan.c), and
 * from the comments of query generators, for those who look for migrations
 * (recognise.c).
 */
#include "input/query_file.h"

/* Comments are passed over in so much of a file. */
#define BEGINNING 8192

static const char *const query_words[] = {
    "select", "insert", "update", "delete", "merge", "with", "values", NULL,
};

static const char *const schema_words[] = {"schema", "structure", NULL};

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

static struct slice after(struct slice text, size_t count)
{
    return slice_part(text, count, text.length);
}

/* What follows the mark; nothing if it is not there. */
static struct slice behind(struct slice text, struct slice mark)
{
    size_t at = slice_find(text, mark);

    return at == SLICE_NOT_FOUND ? after(text, text.length)
                                 : after(text, at + mark.length);
}

static struct slice skip_comments(struct slice text)
{
    for (;;) {
        if (text.length && (is_space(*text.start) || *text.start == '('))
            text = after(text, 1);
        else if (slice_has_prefix(text, SLICE("--")))
            text = behind(text, SLICE("\n"));
        else if (slice_has_prefix(text, SLICE("/*")))
            text = behind(text, SLICE("*/"));
        else
            return text;
    }
}

/* The first word, which is taken off the text. */
static struct slice take_word(struct slice *text)
{
    struct slice start = skip_comments(*text);
    size_t length = 0;

    while (length < start.length && is_word_byte(start.start[length]))
        length++;
    *text = after(start, length);
    return slice_part(start, 0, length);
}

static bool is_word(struct slice word, const char *wanted)
{
    return slice_equal_ignoring_case(word, slice_from(wanted));
}

bool query_file_has_names(struct slice text)
{
    struct slice start = slice_trim(slice_part(text, 0, 4096));

    return slice_has_prefix(start, SLICE("-- name:")) ||
           slice_has_prefix(start, SLICE("-- :name")) ||
           slice_has_prefix(start, SLICE("/* @name"));
}

bool query_file_begins(struct slice text)
{
    struct slice rest = slice_part(text, 0, BEGINNING);
    struct slice word = take_word(&rest);

    if (query_file_has_names(text))
        return true;
    for (size_t i = 0; query_words[i]; i++)
        if (is_word(word, query_words[i]))
            return true;
    return is_word(word, "create") && is_word(take_word(&rest), "or") &&
           is_word(take_word(&rest), "replace");
}

bool query_file_is_schema_name(struct slice name)
{
    if (!slice_has_suffix(name, SLICE(".sql")))
        return false;
    for (size_t i = 0; schema_words[i]; i++)
        if (slice_has_prefix(name, slice_from(schema_words[i])))
            return true;
    return false;
}
