/*
 * PostgreSQL's own grammar, through libpg_query: raw trees, one call for a run
 * of statements, one for each where the run has an error.
 */
#ifndef SQL_PARSER_H
#define SQL_PARSER_H

#include "sql/statement.h"

/* Belongs to the thread that made it; trees may be read by others. */
struct parser;

/* Null when memory runs out. Safe to call from any thread. */
struct parser *parser_new(void);
void parser_free(struct parser *parser);

/*
 * Parses the SQL statements among these, which stand in this order in text (a
 * whole file), and fills their outcome, tree, error. Never fails as a whole: a
 * refused statement costs only itself. One with placeholders is read as what it
 * may mean (sql/fill.h). Trees live until parser_clear().
 */
void parser_parse(struct parser *parser, struct slice text,
                  struct statement *statements, size_t count);

/* What a text of PL/pgSQL is parsed as: src/backend/parser/gram.y,
 * parse_toplevel. */
enum parse_form {
    PARSE_FORM_STATEMENT,
    PARSE_FORM_EXPRESSION,   /* a SELECT without the word */
    PARSE_FORM_ASSIGNMENT_1, /* the target is a name of so many parts */
    PARSE_FORM_ASSIGNMENT_2,
    PARSE_FORM_ASSIGNMENT_3,
};

/*
 * Parses a text that stands by itself, as this: fills the statement's outcome,
 * tree and error; error_offset is one of the text, tree_base is left alone.
 */
void parser_parse_text(struct parser *parser, const char *text,
                       enum parse_form form, struct statement *statement);

/* A memory context whose content lives as long as the trees. */
struct MemoryContextData *parser_context(struct parser *parser);

/* The byte offset in the text of one of PostgreSQL's cursor positions, which
 * count characters from 1. */
size_t parser_cursor_offset(const char *text, int position);

/* Frees all trees and error texts of this parser. */
void parser_clear(struct parser *parser);

/* A statement longer than this is skipped, with an error that says so. */
#define PARSER_STATEMENT_SIZE_MAX ((size_t)64 << 20)

/* "libpg_query 18.1.0 (PostgreSQL 18)", for --version and JSON. */
const char *parser_version(void);

/*
 * The tree printed as SQL by libpg_query's deparser, in the arena; null if it
 * cannot (or the tree is too deep to be walked by recursion).
 */
const char *parser_deparse(struct arena *arena, const struct Node *node);

/*
 * The identifier as it must be written in SQL: quoted if need be, but not a
 * placeholder. In the arena.
 */
const char *parser_quote_identifier(struct arena *arena, const char *name);

#endif
