/*
 * Reads the titles of queries: the comment lines right above a statement, from
 * the last to the first.
 */
#include "sql/query_title.h"

#include <ctype.h>

/* Farther above a statement stands no title of it. */
#define DISTANCE_MAX 4000

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_';
}

static struct slice skip_word(struct slice line)
{
    size_t length = 0;

    while (length < line.length && is_word_byte(line.start[length]))
        length++;
    return slice_trim(slice_part(line, length, line.length));
}

/* `-- name: GetAuthor :one`, also between the signs of a block comment. */
static bool is_title_of_sqlc(struct slice line)
{
    size_t length = line.length;

    line = slice_trim(slice_part(line, 2, line.length));
    if (!slice_has_prefix(line, SLICE("name:")))
        return false;
    line = slice_trim(slice_part(line, 5, line.length));
    length = line.length;
    line = skip_word(line);
    return line.length < length && line.length > 1 && line.start[0] == ':' &&
           is_word_byte(line.start[1]);
}

/* Takes the last line off the text. */
static struct slice take_line(struct slice *text)
{
    size_t start = text->length;
    struct slice line;

    while (start > 0 && text->start[start - 1] != '\n')
        start--;
    line = slice_trim(slice_part(*text, start, text->length));
    text->length = start > 0 ? start - 1 : 0;
    return line;
}

bool query_title_is_of_sqlc(struct slice text,
                            const struct statement *statement)
{
    size_t end = statement->offset;
    struct slice above =
        slice_part(text, end > DISTANCE_MAX ? end - DISTANCE_MAX : 0, end);

    while (above.length > 0) {
        struct slice line = take_line(&above);

        if (line.length == 0)
            continue;
        if (!slice_has_prefix(line, SLICE("--")) &&
            !slice_has_prefix(line, SLICE("/*")))
            return false;
        if (is_title_of_sqlc(line))
            return true;
    }
    return false;
}
