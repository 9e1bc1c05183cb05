/*
 * The command line: which command, which options, which words. Only their
 * spelling is checked here; what the values mean is for lint/configure.c.
 */
#ifndef INPUT_OPTIONS_H
#define INPUT_OPTIONS_H

#include "base/array.h"
#include "base/error.h"

enum command {
    COMMAND_CHECK,
    COMMAND_SCHEMA,
    COMMAND_LOCKS,
    COMMAND_EXPLAIN,
    COMMAND_RULES,
    COMMAND_DUMP_TREE,
    COMMAND_HELP,
    COMMAND_VERSION,
};

struct word_array ARRAY(const char *);

/* Values are as given, null where the option was not; of several the last. */
struct options {
    enum command command;
    struct word_array words; /* paths; the RULE of explain */
    const char *format;
    const char *fail_on;
    const char *level;
    struct word_array rules; /* the ID=LEVEL of each --rule, in order */
    const char *postgres_version;
    const char *tool;
    const char *schema;
    const char *jobs;
    const char *color;
    const char *stdin_filename;
    const char *config;
    bool no_config;
    bool each;
};

/*
 * The first word is the command if it names one; without a command it is
 * check. False, with an error, for a wrong command line. Words and values point
 * into argv. Not to be called from several threads (getopt).
 */
bool options_read(struct arena *arena, int argc, char **argv,
                  struct options *options, struct error *error);

/* What --help prints. */
const char *options_help(struct arena *arena);

#endif
