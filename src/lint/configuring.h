/*
 * What configure.c and configure_settings.c share; nobody else's. A node of
 * the settings tells where a problem is; null: on the command line.
 */
#ifndef LINT_CONFIGURING_H
#define LINT_CONFIGURING_H

#include "base/suggestion.h"
#include "lint/configure.h"

/* A level for a rule, a family or all. */
struct level_request {
    struct slice name; /* known */
    enum severity level;
};

struct level_request_array ARRAY(struct level_request);

struct configuring {
    struct arena *arena;
    const struct settings *settings; /* may be null */
    struct configuration *configuration;
    struct configuration_problem_array *problems;
    struct level_request_array levels; /* of the settings or command line */
};

void configuring_problem(struct configuring *configuring,
                         const struct settings_node *node, const char *format,
                         ...) __attribute__((format(printf, 3, 4)));

/* "unknown <what> "<name>"; did you mean ...?" */
void configuring_unknown(struct configuring *configuring,
                         const struct settings_node *node, const char *what,
                         struct suggestion suggestion);

/* A whole decimal number; false for anything else. */
bool configuring_integer(struct slice text, long *number);

/* Sets postgres_version. */
void configuring_version(struct configuring *configuring,
                         const struct settings_node *node, struct slice text);

/* Sets the tool. */
void configuring_tool(struct configuring *configuring,
                      const struct settings_node *node, struct slice name);

/* Instead of a path: files of queries are judged on no schema. */
#define SCHEMA_NONE "none"

/* Sets the schema: a path as it is to be opened, or SCHEMA_NONE. */
void configuring_schema(struct configuring *configuring, const char *path);

/* The name is a rule's, a family's or "all"; false with a problem. */
bool configuring_rule_name(struct configuring *configuring,
                           const struct settings_node *node, struct slice name);

/* Asks for a level; both texts are checked. */
void configuring_level(struct configuring *configuring,
                       const struct settings_node *name_node, struct slice name,
                       const struct settings_node *level_node,
                       struct slice level);

/* Sets the levels asked for since the last call: all, families, rules. */
void configuring_apply_levels(struct configuring *configuring);

/* The settings file's part. */
void configure_settings(struct configuring *configuring);

#endif
