/*
 * Finds the words of a statement that a finding is about. Many nodes carry no
 * location (DROP TABLE a, b; the columns of CREATE INDEX), and none carries a
 * length. Offsets count from the start of the file's text.
 */
#ifndef SQL_WORDS_H
#define SQL_WORDS_H

#include "sql/lexer.h"
#include "sql/statement.h"

/* Bytes [offset, offset + length) of a file. length 0: no such words. */
struct span {
    size_t offset;
    size_t length;
};

/* The whole statement, its terminator excluded. */
struct span words_of_statement(const struct statement *statement);

/* The statement's first `count` tokens, comments not counted. */
struct span words_at_start(struct slice text, const struct statement *statement,
                           size_t count);

/* The one token that starts at, or contains, this offset. */
struct span words_at(struct slice text, const struct statement *statement,
                     size_t offset);

/*
 * From the token at this offset to the end of the dotted name that it begins:
 * `public . "Orders"`.
 */
struct span words_of_name_at(struct slice text,
                             const struct statement *statement, size_t offset);

/*
 * The first occurrence, from offset on and outside of strings and comments, of
 * these keywords in a row, separated by single spaces in `words`:
 * "DROP COLUMN". Length 0 if there is none in the statement.
 */
struct span words_find(struct slice text, const struct statement *statement,
                       size_t offset, const char *words);

/*
 * The first token from offset on that names this identifier (see
 * token_is_name), outside of strings and comments.
 */
struct span words_find_name(struct slice text,
                            const struct statement *statement, size_t offset,
                            const char *name);

/* The span without the spaces and comments at its end. */
struct span words_trim_end(struct slice text, struct span span);

/* From the start of the first span to the end of the second. */
struct span words_join(struct span first, struct span last);

#endif
