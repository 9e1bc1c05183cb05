/*
 * DO blocks that nobody is shown (lint/run.c replays the others statement by
 * statement): their plain DDL counts as if it stood in the file. What is
 * dynamic, or depends on what we cannot know, makes the schema incomplete.
 */
#include "replay/context.h"

#include "sql/do_body.h"
#include "sql/parser.h"

static void run_statements(struct replay *replay,
                           const struct statement_array *statements)
{
    struct schema *schema = replay->schema;

    if (statements->count == 0)
        return;
    if (!schema->parser)
        schema->parser = parser_new();
    if (!schema->parser)
        arena_exhausted();
    parser_parse(schema->parser, replay->source->text, statements->items,
                 statements->count);
    for (size_t i = 0; i < statements->count; i++) {
        const struct statement *statement = &statements->items[i];

        if (statement->outcome != PARSE_DONE ||
            nodeTag(statement->tree) == T_DoStmt)
            replay->is_opaque = true;
        else if (replay_one(schema, replay->source, statement, replay->failure))
            replay->is_opaque = true;
    }
    parser_clear(schema->parser);
}

bool replay_do(struct replay *replay, const DoStmt *statement)
{
    struct do_body body = do_body_of(&replay->schema->scratch, replay->text,
                                     replay->statement, statement);

    if (body.is_opaque)
        replay->is_opaque = true;
    run_statements(replay, &body.statements);
    return true;
}
