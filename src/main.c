/*
 * The program: commands and exit status, nothing else. The only file that
 * prints to standard error or ends the process.
 *
 * Everything that is printed on standard output is built first and written at
 * once; messages follow on standard error.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/stream.h"
#include "lint/configure.h"
#include "lint/documentation.h"
#include "output/display.h"
#include "output/locks_job.h"
#include "output/report.h"
#include "output/schema_job.h"
#include "output/trees.h"

/* pgsquint(1), "EXIT STATUS". */
enum exit_status {
    STATUS_CLEAN = 0,
    STATUS_FINDINGS = 1,
    STATUS_WRONG_USAGE = 2,
    STATUS_FILE_FAILED = 3,
};

/* Nothing can be done about a message that cannot be written. */
static void print_error(struct arena *arena, const char *place,
                        const char *message)
{
    struct buffer line;
    struct error ignored;

    buffer_init(&line, arena);
    display_add(&line, slice_from(place));
    buffer_add_text(&line, ": ");
    display_add(&line, slice_from(message));
    buffer_add_char(&line, '\n');
    stream_write(STDERR_FILENO, buffer_slice(&line), &ignored);
}

/* Complains with the program's name in front. */
static enum exit_status fail(struct arena *arena, enum exit_status status,
                             const char *message)
{
    print_error(arena, "pgsquint", message);
    return status;
}

static bool print_some(struct slice text, struct error *error)
{
    struct error reason;

    if (stream_write(STDOUT_FILENO, text, &reason))
        return true;
    return error_set(error, "cannot write standard output: %s", reason.text);
}

/* Writes to standard output; the status is this one if all goes well. */
static enum exit_status print(struct arena *arena, struct slice text,
                              enum exit_status status)
{
    struct error error;

    if (print_some(text, &error))
        return status;
    return fail(arena, STATUS_FILE_FAILED, error.text);
}

static enum exit_status print_help(struct arena *arena)
{
    return print(arena, slice_from(options_help(arena)), STATUS_CLEAN);
}

static enum exit_status print_version(struct arena *arena)
{
    const char *text = arena_format(arena, "pgsquint %s\n%s\n",
                                    PGSQUINT_VERSION, parser_version());

    return print(arena, slice_from(text), STATUS_CLEAN);
}

static enum exit_status explain(struct arena *arena,
                                const struct options *options)
{
    struct slice id = slice_from(options->words.items[0]);
    const struct rule *rule = rule_find(id);
    const char *similar;
    struct buffer text;

    if (!rule) {
        similar = rule_suggest(id);
        return fail(arena, STATUS_WRONG_USAGE,
                    similar
                        ? arena_format(arena,
                                       "unknown rule \"%s\"; did you mean "
                                       "\"%s\"?",
                                       id.start, similar)
                        : arena_format(arena, "unknown rule \"%s\"", id.start));
    }
    buffer_init(&text, arena);
    documentation_explain(&text, rule);
    return print(arena, buffer_slice(&text), STATUS_CLEAN);
}

static enum exit_status list_rules(struct arena *arena,
                                   const struct options *options)
{
    const char *format = options->format ? options->format : "text";
    struct buffer text;

    buffer_init(&text, arena);
    if (strcmp(format, "text") == 0)
        documentation_list(&text);
    else if (strcmp(format, "mdoc") == 0)
        documentation_mdoc(&text);
    else if (strcmp(format, "markdown") == 0)
        documentation_markdown(&text);
    else
        return fail(arena, STATUS_WRONG_USAGE,
                    arena_format(arena,
                                 "the format of \"rules\" must be text, mdoc "
                                 "or markdown, not \"%s\"",
                                 format));
    return print(arena, buffer_slice(&text), STATUS_CLEAN);
}

/* Reads the settings file, if there is one, and the options. */
static enum exit_status read_configuration(struct arena *arena,
                                           const struct options *options,
                                           struct configuration *configuration)
{
    struct configuration_problem_array problems = {0};
    const char *path = options->config;
    struct settings settings;
    struct error error;

    if (!path && !options->no_config)
        path = settings_find(arena);
    if (path) {
        switch (settings_read(arena, path, &settings, &error)) {
        case SETTINGS_READ: break;
        case SETTINGS_UNREADABLE:
            return fail(arena, STATUS_FILE_FAILED, error.text);
        case SETTINGS_WRONG:
            print_error(arena, settings.place, error.text);
            return STATUS_WRONG_USAGE;
        }
    }
    if (configure(arena, options, path ? &settings : NULL, configuration,
                  &problems))
        return STATUS_CLEAN;
    for (size_t i = 0; i < problems.count; i++) {
        const struct configuration_problem *problem = &problems.items[i];

        print_error(arena, problem->place ? problem->place : "pgsquint",
                    problem->message);
    }
    return STATUS_WRONG_USAGE;
}

static bool wants_color(enum color_use use)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    switch (use) {
    case COLOR_USE_ALWAYS: return true;
    case COLOR_USE_NEVER: return false;
    case COLOR_USE_AUTO: break;
    }
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

static bool wants_stdin(const struct options *options)
{
    for (size_t i = 0; i < options->words.count; i++) {
        if (strcmp(options->words.items[i], "-") == 0)
            return true;
    }
    return false;
}

static bool read_stdin(struct arena *arena, struct slice *text,
                       struct error *error)
{
    struct error reason;

    if (stream_read(arena, STDIN_FILENO, text, &reason))
        return true;
    return error_set(error, "cannot read standard input: %s", reason.text);
}

static bool has_failing_finding(const struct lint_result *result,
                                enum severity fail_on)
{
    if (fail_on == SEVERITY_OFF)
        return false;
    for (size_t i = 0; i < result->findings.count; i++) {
        if (result->findings.items[i]->severity >= fail_on)
            return true;
    }
    return false;
}

/* What could not be read, after what was printed. */
static enum exit_status print_errors(struct arena *arena,
                                     const struct lint_result *result,
                                     enum exit_status status)
{
    for (size_t i = 0; i < result->errors.count; i++)
        status =
            fail(arena, STATUS_FILE_FAILED, result->errors.items[i].message);
    return status;
}

/* Reads the settings and standard input, and finds the files. */
static enum exit_status prepare(struct arena *arena,
                                const struct options *options,
                                struct configuration *configuration,
                                struct discovery *discovery)
{
    struct discover_request request = {
        .paths = options->words.items,
        .path_count = options->words.count,
        .stdin_filename = options->stdin_filename,
    };
    enum exit_status status = read_configuration(arena, options, configuration);
    struct error error;

    if (status != STATUS_CLEAN)
        return status;
    request.root = configuration->root;
    request.exclude = configuration->exclude.items;
    request.exclude_count = configuration->exclude.count;
    request.tool = configuration->lint.tool;
    request.finds_schemas = options->command == COMMAND_CHECK &&
                            !configuration->lint.schema_path &&
                            !configuration->lint.queries_stand_alone;
    if (wants_stdin(options) && !read_stdin(arena, &request.stdin_text, &error))
        return fail(arena, STATUS_FILE_FAILED, error.text);
    discover(arena, &request, discovery);
    return STATUS_CLEAN;
}

/* Lints, prints the report, and tells what it comes to. */
static enum exit_status check(struct arena *arena,
                              const struct options *options)
{
    const char *format_name = options->format ? options->format : "text";
    const struct report_format *format = report_find(slice_from(format_name));
    struct configuration configuration;
    struct discovery discovery = {0};
    struct lint_result result;
    struct report_settings report;
    enum exit_status status;
    struct buffer text;

    if (!format)
        return fail(arena, STATUS_WRONG_USAGE,
                    arena_format(arena,
                                 "\"--format\" must be text or json, not "
                                 "\"%s\"",
                                 format_name));
    status = prepare(arena, options, &configuration, &discovery);
    if (status != STATUS_CLEAN)
        return status;
    configuration.lint.write_object = schema_write_object;
    lint_run(arena, &configuration.lint, &discovery, NULL, &result);
    discovery_release(&discovery);
    report = (struct report_settings){
        .postgres_version = configuration.lint.postgres_version,
        .level = configuration.level ? configuration.level : format->level,
        .use_color = wants_color(configuration.color),
    };
    buffer_init(&text, arena);
    format->write(&text, &report, &result);
    if (has_failing_finding(&result, configuration.fail_on))
        status = STATUS_FINDINGS;
    status = print(arena, buffer_slice(&text), status);
    return print_errors(arena, &result, status);
}

/* Prints the schema after the files, or after each statement, and what fails. */
static enum exit_status schema(struct arena *arena,
                               const struct options *options)
{
    struct configuration configuration;
    struct discovery discovery = {0};
    struct lint_result result;
    struct schema_job job;
    enum exit_status status;
    struct error error;

    if (!schema_job_init(&job, arena, options, print_some, &error))
        return fail(arena, STATUS_WRONG_USAGE, error.text);
    status = prepare(arena, options, &configuration, &discovery);
    if (status != STATUS_CLEAN)
        return status;
    lint_run(arena, &configuration.lint, &discovery, &job.observer, &result);
    discovery_release(&discovery);
    if (result.refusal)
        return fail(arena, STATUS_WRONG_USAGE, result.refusal);
    if (job.has_failure)
        status = STATUS_FINDINGS;
    for (size_t i = 0; i < job.failures.count; i++)
        print_error(arena, job.failures.items[i].place,
                    job.failures.items[i].message);
    if (!job.is_printed)
        status = fail(arena, STATUS_FILE_FAILED, job.error.text);
    return print_errors(arena, &result, status);
}

/* Prints what each statement locks and does, and which fail. */
static enum exit_status locks(struct arena *arena,
                              const struct options *options)
{
    struct configuration configuration;
    struct discovery discovery = {0};
    struct lint_result result;
    struct locks_job job;
    enum exit_status status;
    struct error error;

    status = prepare(arena, options, &configuration, &discovery);
    if (status != STATUS_CLEAN)
        return status;
    if (!locks_job_init(&job, options, configuration.lint.postgres_version,
                        print_some, &error))
        return fail(arena, STATUS_WRONG_USAGE, error.text);
    lint_run(arena, &configuration.lint, &discovery, &job.observer, &result);
    discovery_release(&discovery);
    locks_job_finish(&job);
    if (job.has_failure)
        status = STATUS_FINDINGS;
    if (!job.is_printed)
        status = fail(arena, STATUS_FILE_FAILED, job.error.text);
    return print_errors(arena, &result, status);
}

static bool load_file(struct arena *arena, const struct options *options,
                      const char *path, struct source *source,
                      struct error *error)
{
    const char *name = options->stdin_filename;
    struct slice text;

    *source = source_of_path(path);
    if (strcmp(path, "-") != 0)
        return source_load(source, error);
    if (!read_stdin(arena, &text, error))
        return false;
    *source = source_of_path(name ? name : "<stdin>");
    source_load_text(source, text);
    return true;
}

static enum exit_status dump_trees_of(struct arena *arena,
                                      const struct options *options,
                                      const char *path)
{
    struct source source;
    struct error error;
    struct buffer text;

    if (!load_file(arena, options, path, &source, &error))
        return fail(arena, STATUS_FILE_FAILED, error.text);
    buffer_init(&text, arena);
    trees_write(&text, &source);
    source_unload(&source);
    return print(arena, buffer_slice(&text), STATUS_CLEAN);
}

/* All files, whatever happens to some. */
static enum exit_status dump_trees(struct arena *arena,
                                   const struct options *options)
{
    enum exit_status status = STATUS_CLEAN;

    if (options->words.count == 0)
        return dump_trees_of(arena, options, "-");
    for (size_t i = 0; i < options->words.count; i++) {
        if (dump_trees_of(arena, options, options->words.items[i]) !=
            STATUS_CLEAN)
            status = STATUS_FILE_FAILED;
    }
    return status;
}

static enum exit_status run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    struct error error;

    if (!options_read(arena, argc, argv, &options, &error))
        return fail(arena, STATUS_WRONG_USAGE, error.text);
    switch (options.command) {
    case COMMAND_CHECK: return check(arena, &options);
    case COMMAND_SCHEMA: return schema(arena, &options);
    case COMMAND_LOCKS: return locks(arena, &options);
    case COMMAND_EXPLAIN: return explain(arena, &options);
    case COMMAND_RULES: return list_rules(arena, &options);
    case COMMAND_DUMP_TREE: return dump_trees(arena, &options);
    case COMMAND_HELP: return print_help(arena);
    case COMMAND_VERSION: return print_version(arena);
    }
    return STATUS_WRONG_USAGE;
}

/* Allocates nothing: there is nothing left. */
static void end_without_memory(void)
{
    static const char message[] = "pgsquint: out of memory\n";
    struct error ignored;

    stream_write(STDERR_FILENO, (struct slice){message, sizeof message - 1},
                 &ignored);
    _exit(STATUS_FILE_FAILED);
}

int main(int argc, char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct arena arena = {0};
    enum exit_status status;

    /* A closed pipe is an error that write() tells. */
    sigaction(SIGPIPE, &ignore, NULL);
    arena_on_exhaustion(end_without_memory);
    status = run(&arena, argc, argv);
    arena_release(&arena);
    return status;
}
