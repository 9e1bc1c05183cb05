/*
 * The command line's part of the configuration, and what it shares with the
 * settings file's (configure_settings.c). Called by main.c before anything is
 * linted.
 */
#include "lint/configure.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lint/configuring.h"

#define POSTGRES_VERSION_MIN 13
#define POSTGRES_VERSION_MAX 18
#define POSTGRES_VERSION_DEFAULT 15

#define JOBS_DEFAULT_MAX 8
#define JOBS_MAX 64

void configuring_problem(struct configuring *configuring,
                         const struct settings_node *node, const char *format,
                         ...)
{
    struct configuration_problem *problem =
        array_push(configuring->arena, configuring->problems);
    va_list arguments;

    va_start(arguments, format);
    problem->message = arena_vformat(configuring->arena, format, arguments);
    va_end(arguments);
    if (node)
        problem->place =
            arena_format(configuring->arena, "%s:%zu:%zu",
                         configuring->settings->path, node->line, node->column);
}

void configuring_unknown(struct configuring *configuring,
                         const struct settings_node *node, const char *what,
                         struct suggestion suggestion)
{
    if (suggestion.best)
        configuring_problem(configuring, node,
                            "unknown %s \"%.*s\"; did you mean \"%s\"?", what,
                            SLICE_ARGUMENTS(suggestion.name), suggestion.best);
    else
        configuring_problem(configuring, node, "unknown %s \"%.*s\"", what,
                            SLICE_ARGUMENTS(suggestion.name));
}

bool configuring_integer(struct slice text, long *number)
{
    char digits[20]; /* fewer than would overflow */
    size_t sign = text.length && text.start[0] == '-';

    if (text.length == sign || text.length >= sizeof digits)
        return false;
    for (size_t i = sign; i < text.length; i++) {
        if (text.start[i] < '0' || text.start[i] > '9')
            return false;
    }
    memcpy(digits, text.start, text.length);
    digits[text.length] = '\0';
    *number = strtol(digits, NULL, 10);
    return true;
}

void configuring_version(struct configuring *configuring,
                         const struct settings_node *node, struct slice text)
{
    struct lint_settings *lint = &configuring->configuration->lint;
    long version;

    if (!configuring_integer(text, &version) ||
        version < POSTGRES_VERSION_MIN || version > POSTGRES_VERSION_MAX) {
        configuring_problem(configuring, node,
                            "the PostgreSQL version must be a number from %d "
                            "to %d, not \"%.*s\"",
                            POSTGRES_VERSION_MIN, POSTGRES_VERSION_MAX,
                            SLICE_ARGUMENTS(text));
        return;
    }
    lint->postgres_version = (int)version;
    lint->is_version_set = true;
}

void configuring_tool(struct configuring *configuring,
                      const struct settings_node *node, struct slice name)
{
    struct suggestion suggestion = suggestion_for(name);
    const struct tool *tool = tool_find(name);

    if (tool) {
        configuring->configuration->lint.tool = tool;
        return;
    }
    for (size_t i = 0; tool_at(i); i++)
        suggestion_offer(&suggestion, tool_name(tool_at(i)));
    configuring_unknown(configuring, node, "migration tool", suggestion);
}

bool configuring_rule_name(struct configuring *configuring,
                           const struct settings_node *node, struct slice name)
{
    struct suggestion suggestion = suggestion_for(name);
    enum family family;

    if (slice_equal(name, SLICE("all")) || family_find(name, &family) ||
        rule_find(name))
        return true;
    suggestion_offer(&suggestion, "all");
    for (int i = FAMILY_LOCKING; i <= FAMILY_PLPGSQL; i++)
        suggestion_offer(&suggestion, family_name((enum family)i));
    for (size_t i = 0; i < rule_count; i++)
        suggestion_offer(&suggestion, rule_table[i]->id);
    configuring_unknown(configuring, node, "rule", suggestion);
    return false;
}

void configuring_level(struct configuring *configuring,
                       const struct settings_node *name_node, struct slice name,
                       const struct settings_node *level_node,
                       struct slice level)
{
    bool is_known = configuring_rule_name(configuring, name_node, name);
    enum severity severity;

    if (!severity_find(level, &severity))
        configuring_problem(configuring, level_node,
                            "the level of \"%.*s\" must be off, info, warning "
                            "or error, not \"%.*s\"",
                            SLICE_ARGUMENTS(name), SLICE_ARGUMENTS(level));
    else if (is_known)
        *array_push(configuring->arena, &configuring->levels) =
            (struct level_request){name, severity};
}

/* What is applied later wins: 0 all, 1 a family, 2 a rule. */
static int rank_of(const struct level_request *request)
{
    enum family family;

    if (slice_equal(request->name, SLICE("all")))
        return 0;
    return family_find(request->name, &family) ? 1 : 2;
}

void configuring_apply_levels(struct configuring *configuring)
{
    struct level_request_array *requests = &configuring->levels;

    for (int rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < requests->count; i++) {
            const struct level_request *request = &requests->items[i];

            if (rank_of(request) == rank)
                rule_levels_set(&configuring->configuration->lint.levels,
                                request->name, request->level);
        }
    }
    requests->count = 0;
}

static void read_rules(struct configuring *configuring,
                       const struct word_array *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        struct slice text = slice_from(rules->items[i]);
        size_t equals = slice_find(text, SLICE("="));

        if (equals == SLICE_NOT_FOUND)
            configuring_problem(configuring, NULL,
                                "\"--rule\" takes ID=LEVEL, not \"%.*s\"",
                                SLICE_ARGUMENTS(text));
        else
            configuring_level(configuring, NULL, slice_part(text, 0, equals),
                              NULL, slice_part(text, equals + 1, text.length));
    }
    configuring_apply_levels(configuring);
}

/* A level that findings can have. */
static bool find_finding_level(const char *text, enum severity *severity)
{
    return severity_find(slice_from(text), severity) &&
           *severity != SEVERITY_OFF;
}

static void read_levels(struct configuring *configuring,
                        const struct options *options)
{
    struct configuration *configuration = configuring->configuration;

    if (options->level &&
        !find_finding_level(options->level, &configuration->level))
        configuring_problem(configuring, NULL,
                            "\"--level\" must be error, warning or info, not "
                            "\"%s\"",
                            options->level);
    if (options->fail_on && strcmp(options->fail_on, "never") == 0)
        configuration->fail_on = SEVERITY_OFF;
    else if (options->fail_on &&
             !find_finding_level(options->fail_on, &configuration->fail_on))
        configuring_problem(configuring, NULL,
                            "\"--fail-on\" must be error, warning, info or "
                            "never, not \"%s\"",
                            options->fail_on);
}

static void read_color(struct configuring *configuring, const char *color)
{
    if (!color || strcmp(color, "auto") == 0)
        configuring->configuration->color = COLOR_USE_AUTO;
    else if (strcmp(color, "always") == 0)
        configuring->configuration->color = COLOR_USE_ALWAYS;
    else if (strcmp(color, "never") == 0)
        configuring->configuration->color = COLOR_USE_NEVER;
    else
        configuring_problem(configuring, NULL,
                            "\"--color\" must be auto, always or never, not "
                            "\"%s\"",
                            color);
}

static void read_jobs(struct configuring *configuring, const char *jobs)
{
    int *count = &configuring->configuration->lint.jobs;
    long number;

    if (!jobs) {
        number = sysconf(_SC_NPROCESSORS_ONLN);
        *count = number < 1                  ? 1
                 : number > JOBS_DEFAULT_MAX ? JOBS_DEFAULT_MAX
                                             : (int)number;
        return;
    }
    if (configuring_integer(slice_from(jobs), &number) && number >= 1 &&
        number <= JOBS_MAX)
        *count = (int)number;
    else
        configuring_problem(configuring, NULL,
                            "\"--jobs\" must be a number from 1 to %d, not "
                            "\"%s\"",
                            JOBS_MAX, jobs);
}

void configuring_schema(struct configuring *configuring, const char *path)
{
    struct lint_settings *lint = &configuring->configuration->lint;

    lint->queries_stand_alone = strcmp(path, SCHEMA_NONE) == 0;
    lint->schema_path = lint->queries_stand_alone ? NULL : path;
}

bool configure(struct arena *arena, const struct options *options,
               const struct settings *settings,
               struct configuration *configuration,
               struct configuration_problem_array *problems)
{
    struct configuring configuring = {
        .arena = arena,
        .settings = settings,
        .configuration = configuration,
        .problems = problems,
    };

    *configuration = (struct configuration){
        .lint.postgres_version = POSTGRES_VERSION_DEFAULT,
        .fail_on = SEVERITY_WARNING,
    };
    rule_levels_init(arena, &configuration->lint.levels);
    if (settings)
        configure_settings(&configuring);
    if (options->postgres_version)
        configuring_version(&configuring, NULL,
                            slice_from(options->postgres_version));
    if (options->tool)
        configuring_tool(&configuring, NULL, slice_from(options->tool));
    if (options->schema)
        configuring_schema(&configuring, options->schema);
    read_levels(&configuring, options);
    read_rules(&configuring, &options->rules);
    read_color(&configuring, options->color);
    read_jobs(&configuring, options->jobs);
    return problems->count == 0;
}
