/*
 * Reads the tokens after ALTER TABLE's name. Commas separate sub-commands
 * wherever they stand outside of parentheses and brackets: no sub-command has
 * a bare comma of its own.
 */
#include "sql/commands.h"

struct command_words command_words_of(struct slice text,
                                      const struct statement *statement,
                                      const RangeVar *relation)
{
    struct command_words commands = {
        .lexer = lexer_of(text),
        .end = statement->offset + statement->length,
    };
    struct span name;
    size_t start;

    if (relation == NULL || relation->location < 0) {
        commands.is_over = true;
        return commands;
    }
    name = words_of_name_at(text, statement,
                            statement->tree_base + (size_t)relation->location);
    start = name.offset + name.length;
    commands.lexer.offset = start;
    /* `ALTER TABLE orders * ADD ...` is the old way to include children. */
    if (!token_is(text, lexer_next_significant(&commands.lexer), "*"))
        commands.lexer.offset = start;
    return commands;
}

static bool token_opens(struct slice text, struct token token)
{
    return token_is(text, token, "(") || token_is(text, token, "[");
}

static bool token_closes(struct slice text, struct token token)
{
    return token_is(text, token, ")") || token_is(text, token, "]");
}

bool command_words_next(struct command_words *commands, struct span *command)
{
    struct slice text = commands->lexer.text;
    size_t depth = 0;
    size_t last_end = 0;

    if (commands->is_over)
        return false;
    command->length = 0;
    for (;;) {
        struct token token = lexer_next_significant(&commands->lexer);

        if (token.kind == TOKEN_END || token.offset >= commands->end) {
            commands->is_over = true;
            break;
        }
        if (depth == 0 && token_is(text, token, ","))
            break;
        if (last_end == 0)
            command->offset = token.offset;
        last_end = token.offset + token.length;
        if (token_opens(text, token))
            depth++;
        else if (token_closes(text, token) && depth > 0)
            depth--;
    }
    if (last_end == 0)
        return false;
    command->length = last_end - command->offset;
    return true;
}

struct span command_words_to_name(struct slice text,
                                  const struct statement *statement,
                                  struct span command, const char *name)
{
    struct span end = words_find_name(text, statement, command.offset, name);

    if (end.length == 0 ||
        end.offset + end.length > command.offset + command.length)
        return command;
    return words_join((struct span){command.offset, 1}, end);
}
