/*
 * psql's meta-commands: which backslashes begin one, and how far it reaches.
 * Other backslashes are nobody's: a Windows path, an escaped quote of the
 * program that the SQL was copied from.
 *
 * Facts: PostgreSQL manual, psql "Meta-Commands"; src/bin/psql/command.c.
 */
#ifndef SQL_PSQL_H
#define SQL_PSQL_H

#include "base/slice.h"

#include <stdint.h>

enum psql_effect {
    PSQL_NONE,      /* no meta-command begins here */
    PSQL_COMMAND,   /* leaves the statement under way alone */
    PSQL_END,       /* sends the statement under way: \g, \gset ... */
    PSQL_SEPARATOR, /* \; ends the statement without sending it */
    PSQL_RESET,     /* \r forgets the statement under way */
};

struct psql_command {
    enum psql_effect effect;
    size_t end; /* offset after the command: its line's end, or after \\ */
    bool copies_data; /* \copy ... from stdin: data follow */
};

/*
 * The command at the backslash at this offset. In a statement only commands
 * that make sense there are known, in the middle of a line only those that end
 * it. Between statements a backslash at the start of a line always begins one.
 */
struct psql_command psql_command_at(struct slice text, size_t offset,
                                    bool is_in_statement);

/* \i, \ir and their long names. */
struct psql_inclusion {
    struct slice path; /* as written, without quotes; with a variable or a
                          command in it, it is empty */
    bool is_relative;  /* to the file that the command is in */
};

/* Reads the text of a command; false if it is another. */
bool psql_reads_inclusion(struct slice command,
                          struct psql_inclusion *inclusion);

/* \c and \connect: the session is over, and another begins. is_elsewhere: in
 * another database, perhaps. False if it is another command. */
bool psql_reads_connection(struct slice command, bool *is_elsewhere);

/* So deep \if may be nested; deeper ones leave nothing out. */
#define PSQL_BRANCH_DEPTH_MAX 64

/* What of a file psql passes over, as far as its \if says it by itself: with a
 * variable nobody knows. Filled with zeros at the file's start. */
struct psql_branches {
    size_t depth;
    uint64_t left_out; /* by depth: the branch under way is not run */
    uint64_t taken;    /* by depth: this branch or one before it is run */
};

/* Reads a command between statements: \if, \elif, \else, \endif, or another. */
void psql_read_branch(struct psql_branches *branches, struct slice command);

/* Statements here are not run. */
bool psql_is_left_out(const struct psql_branches *branches);

/* Blanks the commands that stand within this copy of a statement. */
void psql_blank_commands(char *copy, size_t length);

#endif
