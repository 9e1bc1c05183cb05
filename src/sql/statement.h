/*
 * One statement of a file: where it stands and, once parsed, its tree. Made by
 * the splitter, completed by the parser, read by everyone after.
 */
#ifndef SQL_STATEMENT_H
#define SQL_STATEMENT_H

#include "base/array.h"
#include "base/slice.h"

#include <stdint.h>

struct Node;    /* PostgreSQL's; sql/ast.h */
struct routine; /* sql/routine.h */

enum statement_kind {
    STATEMENT_SQL,
    STATEMENT_PSQL_COMMAND, /* \set ..., to the end of its line */
    STATEMENT_COPY_DATA,    /* the lines after COPY ... FROM stdin, with \. */
};

enum statement_defect {
    STATEMENT_COMPLETE,
    STATEMENT_UNTERMINATED_STRING,
    STATEMENT_UNTERMINATED_IDENTIFIER,
    STATEMENT_UNTERMINATED_COMMENT,
    STATEMENT_UNTERMINATED_DOLLAR_QUOTE,
};

enum parse_outcome {
    PARSE_PENDING, /* not parsed yet, or not SQL */
    PARSE_DONE,    /* tree is set */
    PARSE_FAILED,  /* the parser refuses it: error is set */
    PARSE_SKIPPED, /* not given to the parser (too large, too costly to lex,
                      NUL bytes ...): error says why */
};

struct statement {
    enum statement_kind kind;
    enum statement_defect defect;
    size_t offset;         /* of the first token, from the start of the file */
    size_t length;         /* to the end of the last token, without the ; */
    size_t end;            /* just after the ;, or where the text ends */
    bool has_terminator;   /* a ; ended it (or \g and the like) */
    bool has_psql_command; /* \set, \if ... on lines within it; the parser
                              reads past them */
    bool has_parameter_sign; /* @name, =%s: read as operators, these would mean
                                something else */
    bool has_long_name;      /* a word or quoted identifier of more bytes than a
                                name can have; rough: never false if there is */
    uint32_t token_count;    /* rough */
    uint32_t depth_max;      /* of nested parentheses */
    uint64_t lex_cost;       /* bytes that PostgreSQL's scanner reads again in
                             operator runs and nested comments; see
                             splitter.c */

    /* Filled by the parser. */
    enum parse_outcome outcome;
    const struct Node *tree; /* the statement inside RawStmt; lives until the
                                parser is cleared */
    bool is_filled;          /* the tree is one of several that it may be:
                                something stands for its placeholders */
    size_t tree_base;        /* a node's location plus this is its offset in
                                the file. (The grammar leaves the location of
                                PublicationObjSpec at 0, which means nothing.) */
    const char *error;       /* libpg_query's message; lives like the tree */
    size_t error_offset;     /* in the file; where the statement ends if the
                                parser names no place */

    /* Filled by who reads bodies ahead (lint/script.c). */
    bool is_body_read;
    const struct routine *routine; /* null: it has no body that can be read;
                                      lives like the tree */
};

struct statement_array ARRAY(struct statement);

/* The statement's own bytes in its file's text, terminator excluded. */
static inline struct slice statement_text(struct slice file_text,
                                          const struct statement *statement)
{
    return slice_part(file_text, statement->offset,
                      statement->offset + statement->length);
}

#endif
