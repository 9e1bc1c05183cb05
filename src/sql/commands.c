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
    return (struct command_words){
        .lexer = lexer_of(text),
        .statement = statement,
        .relation = relation,
        .is_over = relation == NULL || relation->location < 0,
    };
}

/* To the first token after the table's name. */
static void start(struct command_words *commands)
{
    struct slice text = commands->lexer.text;
    const struct statement *statement = commands->statement;
    struct span name = words_of_name_at(
        text, statement,
        statement->tree_base + (size_t)commands->relation->location);
    size_t end = name.offset + name.length;

    commands->is_started = true;
    commands->lexer.offset = end;
    /* `ALTER TABLE orders * ADD ...` is the old way to include children. */
    if (!token_is(text, lexer_next_significant(&commands->lexer), "*"))
        commands->lexer.offset = end;
}

static bool token_opens(struct slice text, struct token token)
{
    return token_is(text, token, "(") || token_is(text, token, "[");
}

static bool token_closes(struct slice text, struct token token)
{
    return token_is(text, token, ")") || token_is(text, token, "]");
}

/* Reads the command at which the lexer stands. */
static bool read_command(struct command_words *commands, struct span *command)
{
    const struct statement *statement = commands->statement;
    struct slice text = commands->lexer.text;
    size_t statement_end = statement->offset + statement->length;
    size_t depth = 0;
    size_t last_end = 0;

    command->length = 0;
    for (;;) {
        struct token token = lexer_next_significant(&commands->lexer);

        if (token.kind == TOKEN_END || token.offset >= statement_end) {
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

void command_words_pass(struct command_words *commands)
{
    commands->passed++;
}

bool command_words_next(struct command_words *commands, struct span *command)
{
    if (!commands->is_over && !commands->is_started)
        start(commands);
    for (; commands->passed > 0 && !commands->is_over; commands->passed--)
        read_command(commands, command);
    return !commands->is_over && read_command(commands, command);
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
