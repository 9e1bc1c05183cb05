/*
 * Placeholders of templates, client libraries and psql: `${schema}`,
 * `{{ table }}`, `<%= name %>`, `%(id)s`, `:name`, `?`, `@name`. A statement
 * that has one cannot be parsed as it stands and is not wrong for that;
 * sql/fill.h finds out what it may mean.
 */
#ifndef SQL_PLACEHOLDER_H
#define SQL_PLACEHOLDER_H

#include "sql/lexer.h"
#include "sql/statement.h"

enum placeholder_kind {
    PLACEHOLDER_NOTHING, /* a tag that makes no text: {% if x %} */
    PLACEHOLDER_TEXT,    /* of a template: a name, a value or any text */
    PLACEHOLDER_VALUE,   /* :name, ?, %s, @name: a value, if it can be one */
    PLACEHOLDER_NAME,    /* :"name" */
    PLACEHOLDER_LITERAL, /* :'name' */
    PLACEHOLDER_TRUTH,   /* :{?name} */
    PLACEHOLDER_STRING,  /* '{{ f('x') }}', "{{ f("x") }}": quotes in a tag */
};

/* What stands before a placeholder. */
enum placeholder_context {
    PLACEHOLDER_AFTER_OPERAND, /* WHERE a = 1 {{ x }} */
    PLACEHOLDER_BEFORE_VALUE,  /* WHERE a = {{ x }} */
    PLACEHOLDER_BEFORE_NAME,   /* FROM {{ x }}; also {{ x }}.id, {{ x }}_id */
};

struct placeholder {
    enum placeholder_kind kind;
    enum placeholder_context context;
    size_t offset; /* from the start of the text that is read */
    size_t length;
};

/* The token that is looked at, with its neighbours; comments are left out. */
enum {
    PLACEHOLDER_FORMER,
    PLACEHOLDER_PREVIOUS,
    PLACEHOLDER_CURRENT,
    PLACEHOLDER_NEXT,
    PLACEHOLDER_WINDOW_SIZE = PLACEHOLDER_CURRENT + 5,
};

/* Reads a text, placeholder by placeholder. */
struct placeholder_reader {
    struct lexer lexer; /* behind the window */
    struct token tokens[PLACEHOLDER_WINDOW_SIZE];
    size_t pairs_left; /* so many $name$ may come yet: each is read twice */
};

/* text: of one statement. */
struct placeholder_reader placeholder_reader_of(struct slice text);

/*
 * The next placeholder outside of strings and comments; false at the end. Only
 * to be asked about a statement that the parser refuses: some forms look like
 * an operator of PostgreSQL's in a place where an operator cannot stand.
 */
bool placeholder_next(struct placeholder_reader *reader,
                      struct placeholder *placeholder);

/*
 * Whether a placeholder may be the reason why the parser refuses the
 * statement: one stands before or at the place of the error, up to which the
 * text follows the grammar. `@name` alone is none. text: the file's.
 */
bool placeholder_explains(struct slice text, const struct statement *statement);

#endif
