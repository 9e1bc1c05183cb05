/*
 * The words of ALTER TABLE's sub-commands, whose nodes carry no location: what
 * stands between the commas after the table's name. One piece of text for each
 * item of AlterTableStmt.cmds, in the same order (gram.y, alter_table_cmds).
 */
#ifndef SQL_COMMANDS_H
#define SQL_COMMANDS_H

#include "sql/ast.h"
#include "sql/words.h"

struct command_words {
    struct lexer lexer;
    const struct statement *statement;
    const RangeVar *relation;
    size_t passed;   /* commands that nobody has looked at yet */
    bool is_started; /* the lexer stands in the commands */
    bool is_over;    /* no command is left */
};

/* The statement is an ALTER TABLE on this relation. */
struct command_words command_words_of(struct slice text,
                                      const struct statement *statement,
                                      const RangeVar *relation);

/* Passes over the next sub-command. Costs nothing while no words are wanted:
 * most commands of most statements are of no interest to a rule. */
void command_words_pass(struct command_words *commands);

/*
 * The words of the next sub-command, without the commas around it; false
 * after the last.
 */
bool command_words_next(struct command_words *commands, struct span *command);

/*
 * From the sub-command's first word to the first that names the identifier:
 * `DROP COLUMN email`. The whole sub-command if none does.
 */
struct span command_words_to_name(struct slice text,
                                  const struct statement *statement,
                                  struct span command, const char *name);

#endif
