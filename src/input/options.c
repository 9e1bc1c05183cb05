/*
 * Reads the command line with getopt_long, driven by one table of options that
 * --help is printed from too. First in the data flow; main.c calls it.
 */
#include "input/options.h"

#include <getopt.h>
#include <string.h>

#include "base/buffer.h"
#include "base/suggestion.h"

struct command_description {
    const char *name;
    const char *words;   /* its words, for --help */
    const char *summary; /* likewise */
    const char *words_wanted;
    size_t words_min;
    size_t words_max;
};

#define ANY_NUMBER ((size_t)-1)

/* By enum command; those that are options have no name. */
static const struct command_description commands[] = {
    [COMMAND_CHECK] = {"check", "[PATH...]",
                       "lint files and folders (the command if none is named)",
                       "", 0, ANY_NUMBER},
    [COMMAND_SCHEMA] = {"schema", "[PATH...]",
                        "print the schema that a server would have after them",
                        "", 0, ANY_NUMBER},
    [COMMAND_LOCKS] = {"locks", "[PATH...]",
                       "print what each statement locks, and for which work",
                       "", 0, ANY_NUMBER},
    [COMMAND_EXPLAIN] = {"explain", "RULE", "all that there is to know of it",
                         "the id of one rule", 1, 1},
    [COMMAND_RULES] = {"rules", "", "list all rules", "no words", 0, 0},
    [COMMAND_DUMP_TREE] = {"dump-tree", "[FILE...]",
                           "show how PostgreSQL's grammar reads statements", "",
                           0, ANY_NUMBER},
    [COMMAND_HELP] = {0},
    [COMMAND_VERSION] = {0},
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

#define FOR_CHECK (1u << COMMAND_CHECK)
#define FOR_SCHEMA (1u << COMMAND_SCHEMA)
#define FOR_LOCKS (1u << COMMAND_LOCKS)
#define FOR_FILES (FOR_CHECK | FOR_SCHEMA | FOR_LOCKS)
#define FOR_RULES (1u << COMMAND_RULES)
#define FOR_DUMP_TREE (1u << COMMAND_DUMP_TREE)
#define FOR_ALL ((1u << COMMAND_COUNT) - 1)

struct option_description {
    const char *name;
    const char *argument; /* what --help calls it; null if it takes none */
    unsigned commands;    /* that know it */
    const char *summary;
};

enum option_id {
    OPTION_FORMAT,
    OPTION_EACH,
    OPTION_LEVEL,
    OPTION_FAIL_ON,
    OPTION_RULE,
    OPTION_POSTGRES_VERSION,
    OPTION_TOOL,
    OPTION_SCHEMA,
    OPTION_STDIN_FILENAME,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_JOBS,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT,
};

static const struct option_description descriptions[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", "FORMAT", FOR_FILES | FOR_RULES,
                       "text (default) or json; of schema json (default)\n"
                       "or sql"},
    [OPTION_EACH] = {"each", NULL, FOR_SCHEMA,
                     "a line of JSON for each statement, with the schema\n"
                     "after it"},
    [OPTION_LEVEL] = {"level", "LEVEL", FOR_CHECK,
                      "list findings from this level up: error, warning\n"
                      "(default for text) or info (default for json)"},
    [OPTION_FAIL_ON] = {"fail-on", "LEVEL", FOR_CHECK,
                        "exit with 1 from this level up: error, warning\n"
                        "(default), info or never"},
    [OPTION_RULE] = {"rule", "ID=LEVEL", FOR_CHECK,
                     "set a rule, a family or all to off, info, warning\n"
                     "or error; repeatable"},
    [OPTION_POSTGRES_VERSION] = {"postgres-version", "N", FOR_FILES,
                                 "judge for PostgreSQL 13 to 18 (default 15)"},
    [OPTION_TOOL] = {"tool", "NAME", FOR_FILES,
                     "the migration tool, where files do not tell it"},
    [OPTION_SCHEMA] = {"schema", "FILE", FOR_FILES,
                       "SQL that made the schema before the first migration"},
    [OPTION_STDIN_FILENAME] = {"stdin-filename", "NAME",
                               FOR_FILES | FOR_DUMP_TREE,
                               "the file whose text PATH \"-\" is"},
    [OPTION_CONFIG] = {"config", "FILE", FOR_FILES,
                       "settings instead of the nearest .pgsquint.yaml"},
    [OPTION_NO_CONFIG] = {"no-config", NULL, FOR_FILES,
                          "read no settings file"},
    [OPTION_JOBS] = {"jobs", "N", FOR_FILES,
                     "threads that parse (default: processors, at most 8)"},
    [OPTION_COLOR] = {"color", "WHEN", FOR_CHECK,
                      "auto (default), always or never"},
    [OPTION_HELP] = {"help", NULL, FOR_ALL, "print this"},
    [OPTION_VERSION] = {"version", NULL, FOR_ALL,
                        "print the versions of pgsquint and its parser"},
};

/* getopt_long's own numbers for options start above all characters. */
#define LONG_OPTION_BASE 0x100

static void list_long_options(struct option *list)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_description *description = &descriptions[i];

        list[i] = (struct option){
            .name = description->name,
            .has_arg = description->argument ? required_argument : no_argument,
            .val = LONG_OPTION_BASE + (int)i,
        };
    }
    list[OPTION_COUNT] = (struct option){0};
}

/* getopt_long would take "--form" for "--format" until there is a "--formal":
 * only whole names are options. */
static bool check_name(const char *word, struct error *error)
{
    struct slice name = slice_from(word + 2);
    struct suggestion suggestion;

    name.length = strcspn(name.start, "=");
    suggestion = suggestion_for(name);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (slice_equal(name, slice_from(descriptions[i].name)))
            return true;
        suggestion_offer(&suggestion, descriptions[i].name);
    }
    if (!suggestion.best)
        return error_set(error, "unknown option \"--%.*s\"",
                         SLICE_ARGUMENTS(name));
    return error_set(error, "unknown option \"--%.*s\"; did you mean \"--%s\"?",
                     SLICE_ARGUMENTS(name), suggestion.best);
}

static bool is_command(const char *word, enum command *command)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].name && strcmp(commands[i].name, word) == 0) {
            *command = (enum command)i;
            return true;
        }
    }
    return false;
}

static void take_option(struct arena *arena, struct options *options,
                        enum option_id id, const char *value)
{
    switch (id) {
    case OPTION_FORMAT: options->format = value; break;
    case OPTION_EACH: options->each = true; break;
    case OPTION_LEVEL: options->level = value; break;
    case OPTION_FAIL_ON: options->fail_on = value; break;
    case OPTION_RULE: *array_push(arena, &options->rules) = value; break;
    case OPTION_POSTGRES_VERSION: options->postgres_version = value; break;
    case OPTION_TOOL: options->tool = value; break;
    case OPTION_SCHEMA: options->schema = value; break;
    case OPTION_STDIN_FILENAME: options->stdin_filename = value; break;
    case OPTION_CONFIG: options->config = value; break;
    case OPTION_NO_CONFIG: options->no_config = true; break;
    case OPTION_JOBS: options->jobs = value; break;
    case OPTION_COLOR: options->color = value; break;
    case OPTION_HELP: options->command = COMMAND_HELP; break;
    case OPTION_VERSION: options->command = COMMAND_VERSION; break;
    case OPTION_COUNT: break;
    }
}

struct reading {
    struct arena *arena;
    struct options *options;
    unsigned given; /* bit i: the option with id i */
    bool has_first_word;
};

/* Of --help and --version the first wins, over whatever else is there. */
static bool is_settled(const struct options *options)
{
    return options->command == COMMAND_HELP ||
           options->command == COMMAND_VERSION;
}

/* A word before any "--". */
static void take_word(struct reading *reading, const char *word)
{
    enum command command;

    if (!reading->has_first_word) {
        reading->has_first_word = true;
        if (is_command(word, &command)) {
            if (is_settled(reading->options))
                return;
            reading->options->command = command;
            return;
        }
    }
    *array_push(reading->arena, &reading->options->words) = word;
}

/* What is left is what only all options and words together tell. */
static bool check_whole(const struct reading *reading, struct error *error)
{
    const struct options *options = reading->options;
    const struct command_description *command = &commands[options->command];
    bool has_stdin =
        options->command == COMMAND_DUMP_TREE && options->words.count == 0;

    if (is_settled(options))
        return true;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (reading->given & (1u << i) &&
            !(descriptions[i].commands & (1u << options->command)))
            return error_set(error, "\"%s\" has no option \"--%s\"",
                             command->name, descriptions[i].name);
    }
    if (options->words.count < command->words_min ||
        options->words.count > command->words_max)
        return error_set(error, "\"%s\" takes %s", command->name,
                         command->words_wanted);
    if (options->config && options->no_config)
        return error_set(error, "\"--config\" and \"--no-config\" exclude "
                                "each other");
    for (size_t i = 0; i < options->words.count; i++)
        has_stdin |= strcmp(options->words.items[i], "-") == 0;
    if (options->stdin_filename && !has_stdin)
        return error_set(error, "\"--stdin-filename\" needs the path \"-\"");
    return true;
}

static bool explain_refusal(int result, char **argv, struct error *error)
{
    if (result == ':')
        return error_set(error, "option \"%s\" needs a value",
                         argv[optind - 1]);
    if (optopt >= LONG_OPTION_BASE)
        return error_set(error, "option \"--%s\" takes no value",
                         descriptions[optopt - LONG_OPTION_BASE].name);
    return error_set(error, "unknown option \"-%c\"", optopt);
}

static void take(struct reading *reading, enum option_id id, const char *value)
{
    reading->given |= 1u << id;
    if (!is_settled(reading->options))
        take_option(reading->arena, reading->options, id, value);
}

bool options_read(struct arena *arena, int argc, char **argv,
                  struct options *options, struct error *error)
{
    struct reading reading = {.arena = arena, .options = options};
    struct option list[OPTION_COUNT + 1];

    *options = (struct options){.command = COMMAND_CHECK};
    list_long_options(list);
    optind = 1;
    opterr = 0;
    for (;;) {
        int result;

        if (optind < argc && strncmp(argv[optind], "--", 2) == 0 &&
            argv[optind][2] && !check_name(argv[optind], error))
            return false;
        /* "-": words come in their place, as the value of option 1. */
        result = getopt_long(argc, argv, "-:h", list, NULL);
        if (result == -1)
            break;
        if (result == ':' || result == '?')
            return explain_refusal(result, argv, error);
        if (result == 1)
            take_word(&reading, optarg);
        else if (result == 'h')
            take(&reading, OPTION_HELP, NULL);
        else
            take(&reading, (enum option_id)(result - LONG_OPTION_BASE), optarg);
    }
    for (int i = optind; i < argc; i++)
        *array_push(arena, &options->words) = argv[i];
    return check_whole(&reading, error);
}

/* Where the summaries of --help start. */
#define SUMMARY_COLUMN 26

/* A line of --help; the summary's further lines stand below its first. */
static void add_entry(struct buffer *help, const char *left,
                      const char *summary)
{
    buffer_add_format(help, "  %-*s", SUMMARY_COLUMN - 2, left);
    for (; *summary; summary++) {
        buffer_add_char(help, *summary);
        if (*summary == '\n')
            buffer_add_format(help, "%*s", SUMMARY_COLUMN, "");
    }
    buffer_add_char(help, '\n');
}

const char *options_help(struct arena *arena)
{
    struct buffer help;

    buffer_init(&help, arena);
    buffer_add_text(&help, "usage: pgsquint [COMMAND] [OPTION...] [PATH...]\n"
                           "\nLints PostgreSQL SQL and migrations without a "
                           "database. PATH is a file, a folder\nor \"-\" for "
                           "standard input; without any, the current folder "
                           "is searched.\n\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].name)
            add_entry(&help,
                      arena_format(arena, "%s %s", commands[i].name,
                                   commands[i].words),
                      commands[i].summary);
    }
    buffer_add_text(&help, "\nOptions:\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_description *description = &descriptions[i];
        const char *argument = description->argument;

        add_entry(&help,
                  arena_format(arena, "--%s%s%s", description->name,
                               argument ? " " : "", argument ? argument : ""),
                  description->summary);
    }
    buffer_add_text(&help,
                    "\nExit status: 0 nothing found, 1 findings, 2 wrong usage "
                    "or settings, 3 a file\ncould not be read or written. "
                    "More in the manual, pgsquint(1).\n");
    return buffer_text(&help);
}
