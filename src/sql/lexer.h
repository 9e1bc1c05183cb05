/*
 * PostgreSQL's lexical structure, for finding words in a statement. Unlike the
 * server's scanner it never fails: what is unterminated runs to the end of the
 * text and says so. White space is skipped; comments are tokens.
 *
 * Facts: PostgreSQL manual, "Lexical Structure"; src/backend/parser/scan.l.
 */
#ifndef SQL_LEXER_H
#define SQL_LEXER_H

#include "base/slice.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,              /* keyword or unquoted identifier */
    TOKEN_QUOTED_IDENTIFIER, /* "a", U&"a" */
    TOKEN_STRING,            /* 'a', E'a', B'1', X'f', N'a', U&'a', with its
                                continuation on further lines */
    TOKEN_DOLLAR_STRING,     /* $tag$ ... $tag$ */
    TOKEN_NUMBER,            /* 1, .5, 1e-3, 0x1F; junk such as 123abc too */
    TOKEN_PARAMETER,         /* $1 */
    TOKEN_OPERATOR,          /* a run of operator characters, cut like scan.l,
                            and after 64 bytes, more than any operator has */
    TOKEN_PUNCTUATION,       /* one of ( ) [ ] , ; . and :, or :: := .. */
    TOKEN_LINE_COMMENT,      /* without its line end */
    TOKEN_BLOCK_COMMENT,     /* nested ones included */
    TOKEN_BACKSLASH,         /* \: the start of a psql meta-command */
    TOKEN_TEMPLATE,          /* a tag of a template, with the word that it is
                                part of: {{ a }}_b; see sql/template.h */
    TOKEN_OTHER,             /* any other byte: $ alone, }, NUL, ... */
};

struct token {
    enum token_kind kind;
    size_t offset;     /* from the start of the text, bytes */
    size_t length;     /* bytes; 0 for TOKEN_END */
    bool unterminated; /* a string, identifier or comment without its end */
};

struct lexer {
    struct slice text;
    size_t offset; /* where the next token is looked for; may be set */
};

struct lexer lexer_of(struct slice text);

/* The next token; TOKEN_END at the end, again and again. */
struct token lexer_next(struct lexer *lexer);

/* The same without comments. */
struct token lexer_next_significant(struct lexer *lexer);

/* The text without the spaces and comments at its end, so that more can be
 * written behind it. */
struct slice lexer_trim_end(struct slice text);

/* The token's text. */
struct slice token_text(struct slice text, struct token token);

/* The token is this keyword or unquoted word, whatever its case. */
bool token_is_word(struct slice text, struct token token, const char *word);

/* The token is this punctuation or operator. */
bool token_is(struct slice text, struct token token, const char *symbol);

/*
 * The token names the identifier `name` as the server would read it: words are
 * folded to lower case (ASCII), quoted ones unquoted, U& escapes decoded.
 * Names longer than 63 bytes are cut first, as the server does.
 */
bool token_is_name(struct slice text, struct token token, const char *name);

#endif
