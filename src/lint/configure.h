/*
 * What the command line and the settings file mean: checked against the rules
 * and tools that there are, and turned into what lint_run() wants.
 *
 * The command line wins over the settings file. Within each, `all` is applied
 * first, then families, then single rules, whatever their order; of two that
 * are alike the later wins.
 */
#ifndef LINT_CONFIGURE_H
#define LINT_CONFIGURE_H

#include "input/options.h"
#include "input/settings.h"
#include "lint/run.h"

enum color_use {
    COLOR_USE_AUTO,
    COLOR_USE_ALWAYS,
    COLOR_USE_NEVER,
};

struct configuration {
    struct lint_settings lint;
    enum severity fail_on; /* SEVERITY_OFF: never */
    enum severity level;   /* SEVERITY_OFF: the format's own */
    enum color_use color;
    const char *root; /* of the globs; null without a settings file */
    struct word_array exclude;
};

struct configuration_problem {
    const char *place;   /* "path:line:column"; null: the command line */
    const char *message; /* without it */
};

struct configuration_problem_array ARRAY(struct configuration_problem);

/*
 * settings may be null. False if there are problems; all of them are given, in
 * the order of the file, then of the command line.
 */
bool configure(struct arena *arena, const struct options *options,
               const struct settings *settings,
               struct configuration *configuration,
               struct configuration_problem_array *problems);

#endif
