/*
 * What the files of newer_syntax.h share: the search through one statement.
 * Nobody else includes this.
 */
#ifndef SQL_NEWER_SEARCH_H
#define SQL_NEWER_SEARCH_H

#include "sql/lexer.h"
#include "sql/newer_syntax.h"
#include "sql/statement.h"

/* By newer_table[]. */
enum newer_kind {
    NEWER_NULLS_DISTINCT,
    NEWER_WITHOUT_OVERLAPS,
    NEWER_PERIOD,
    NEWER_DELETE_COLUMNS,
    NEWER_ENFORCED,
    NEWER_ALTER_INHERIT,
    NEWER_NOT_NULL_CONSTRAINT,
    NEWER_NOT_NULL_NO_INHERIT,
    NEWER_DOMAIN_NOT_NULL,
    NEWER_VIRTUAL,
    NEWER_COMPRESSION,
    NEWER_STORAGE,
    NEWER_STORAGE_DEFAULT,
    NEWER_SET_EXPRESSION,
    NEWER_SET_ACCESS_METHOD,
    NEWER_ACCESS_METHOD_DEFAULT,
    NEWER_DETACH_CONCURRENTLY,
    NEWER_DETACH_FINALIZE,
    NEWER_STATISTICS_DEFAULT,
    NEWER_LIKE_COMPRESSION,
    NEWER_SQL_BODY,
    NEWER_REPLACE_TRIGGER,
    NEWER_PUBLICATION_FILTER,
    NEWER_PUBLICATION_COLUMNS,
    NEWER_PUBLICATION_SCHEMAS,
    NEWER_REINDEX_OPTIONS,
    NEWER_REINDEX_NO_NAME,
    NEWER_CLUSTER_OPTIONS,
    NEWER_CLUSTER_ALL_OPTIONS,
    NEWER_VACUUM_ONLY,
    NEWER_STATISTICS_NO_NAME,
    NEWER_GRANTED_BY,
    NEWER_GRANT_OPTIONS,
    NEWER_GRANT_PARAMETER,
    NEWER_DEFAULT_LARGE_OBJECTS,
    NEWER_REFRESH_COLLATION,
    NEWER_MERGE,
    NEWER_MERGE_BY,
    NEWER_MERGE_RETURNING,
    NEWER_RETURNING_WITH,
    NEWER_GROUP_BY_DISTINCT,
    NEWER_JOIN_ALIAS,
    NEWER_SEARCH,
    NEWER_CYCLE,
    NEWER_JSON_CONSTRUCTOR,
    NEWER_JSON_QUERY,
    NEWER_JSON_TABLE,
    NEWER_IS_JSON,
    NEWER_AT_LOCAL,
    NEWER_SUBSTRING_SIMILAR,
    NEWER_NUMBER,
    NEWER_OPTION_14,
    NEWER_OPTION_16,
    NEWER_OPTION_17,
    NEWER_COUNT,
};

struct newer_search {
    struct slice text;
    const struct statement *statement;
    int version;
    struct newer_use *use; /* the first found so far */
    bool is_found;
    struct statement part;    /* where words are looked for: the statement, or a
                              sub-command of it */
    bool has_looked_at_words; /* for what has no place in the tree */
};

/* The server is older than this. */
bool newer_is_unknown(const struct newer_search *search, enum newer_kind kind);

/* It stops at these words; length 0: at the statement's end. */
void newer_note(struct newer_search *search, enum newer_kind kind,
                struct span words);

/* The same at the first or the last of these words, where they come first from
 * the offset on; nothing is noted if they do not come. */
void newer_note_first(struct newer_search *search, enum newer_kind kind,
                      size_t offset, const char *words);
void newer_note_last(struct newer_search *search, enum newer_kind kind,
                     size_t offset, const char *words);

/* The place in the file of a location of the tree; the statement's start for
 * -1. */
size_t newer_offset(const struct newer_search *search, ParseLoc location);

/* The tokens of the statement from this offset on, comments left out. */
struct lexer newer_lexer(const struct newer_search *search, size_t offset);
bool newer_is_word(const struct newer_search *search, struct token token,
                   const char *word);

/* The token after these words; TOKEN_END if they do not come. */
struct token newer_token_after(const struct newer_search *search, size_t offset,
                               const char *words);
struct span newer_span(struct token token);

/* Past the parenthesis that closes the one that the lexer has just read. */
void newer_skip_parentheses(const struct newer_search *search,
                            struct lexer *lexer);

/* Tables: newer_table.c. */
void newer_in_constraint(struct newer_search *search,
                         const Constraint *constraint, const Node *parent);
void newer_in_column(struct newer_search *search, const ColumnDef *column);
void newer_in_alter_table(struct newer_search *search,
                          const AlterTableStmt *alter);

/* Queries: newer_query.c. False if the node is of no interest there. */
bool newer_in_query(struct newer_search *search, const Node *node,
                    const Node *parent);

/* Other statements: newer_statement.c. */
void newer_in_statement(struct newer_search *search, const Node *node);

#endif
