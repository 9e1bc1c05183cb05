/*
 * Cuts, parses and prints one file, statement by statement. Nothing is linted:
 * rules and schema are not asked.
 */
#include "output/trees.h"

#include "output/display.h"
#include "sql/dump.h"
#include "sql/parser.h"
#include "sql/splitter.h"

static void add_place(struct buffer *buffer, struct source *source,
                      size_t offset)
{
    struct position position = source_position(source, offset);

    display_add(buffer, slice_from(source->path));
    buffer_add_format(buffer, ":%zu:%zu:", position.line, position.column);
}

/* A line of its own, which says why there is no tree. */
static void add_reason(struct buffer *buffer, struct source *source,
                       size_t offset, const char *reason)
{
    add_place(buffer, source, offset);
    buffer_add_char(buffer, ' ');
    display_add(buffer, slice_from(reason));
    buffer_add_char(buffer, '\n');
}

/* Names and strings in the tree are as they stand in the file. */
static void add_tree(struct buffer *buffer, struct arena *scratch,
                     const struct statement *statement)
{
    struct buffer tree;
    struct slice rest;

    buffer_init(&tree, scratch);
    dump_tree(&tree, statement->tree, statement->tree_base);
    rest = buffer_slice(&tree);
    while (rest.length) {
        struct slice line = slice_part(rest, 0, slice_find(rest, SLICE("\n")));

        display_add(buffer, line);
        buffer_add_char(buffer, '\n');
        rest = slice_part(rest, line.length + 1, rest.length);
    }
}

static void add_statement(struct buffer *buffer, struct arena *scratch,
                          struct source *source,
                          const struct statement *statement)
{
    switch (statement->kind) {
    case STATEMENT_PSQL_COMMAND:
        add_reason(buffer, source, statement->offset, "a command of psql");
        return;
    case STATEMENT_COPY_DATA:
        add_reason(buffer, source, statement->offset, "data of COPY");
        return;
    case STATEMENT_SQL: break;
    }
    switch (statement->outcome) {
    case PARSE_DONE:
        add_place(buffer, source, statement->offset);
        buffer_add_char(buffer, '\n');
        add_tree(buffer, scratch, statement);
        return;
    case PARSE_FAILED:
        add_reason(buffer, source, statement->error_offset, statement->error);
        return;
    case PARSE_SKIPPED:
        add_reason(buffer, source, statement->offset, statement->error);
        return;
    case PARSE_PENDING: break;
    }
}

void trees_write(struct buffer *buffer, struct source *source)
{
    struct splitter splitter =
        splitter_of(source->text, source->body, source->text.length);
    struct parser *parser = parser_new();
    struct arena scratch = {0};
    struct statement statement;

    if (!parser)
        arena_exhausted();
    while (splitter_next(&splitter, &statement)) {
        parser_parse(parser, source->text, &statement, 1);
        add_statement(buffer, &scratch, source, &statement);
        parser_clear(parser);
        arena_clear(&scratch);
    }
    parser_free(parser);
    arena_release(&scratch);
}
