/*
 * The keys of .pgsquint.yaml: one function for each, which checks the value's
 * type and puts it into the configuration. Part of configure.c.
 */
#include <string.h>

#include "lint/configuring.h"

/* The text of a value that must be a scalar; false with a problem. */
static bool want_scalar(struct configuring *configuring,
                        const struct settings_node *value, const char *key,
                        const char *wanted)
{
    if (value->kind == SETTINGS_SCALAR)
        return true;
    configuring_problem(configuring, value, "\"%s\" must be %s, not a %s", key,
                        wanted,
                        value->kind == SETTINGS_LIST ? "list" : "mapping");
    return false;
}

/* A scalar with one of these texts, which end with null; else a problem. */
static bool want_one_of(struct configuring *configuring,
                        const struct settings_node *value, const char *key,
                        const char *wanted, const char *const *texts,
                        size_t *index)
{
    if (!want_scalar(configuring, value, key, wanted))
        return false;
    for (size_t i = 0; texts[i]; i++) {
        if (slice_equal(value->text, slice_from(texts[i]))) {
            *index = i;
            return true;
        }
    }
    configuring_problem(configuring, value, "\"%s\" must be %s, not \"%.*s\"",
                        key, wanted, SLICE_ARGUMENTS(value->text));
    return false;
}

static bool want_bool(struct configuring *configuring,
                      const struct settings_node *value, const char *key,
                      bool *result)
{
    static const char *const texts[] = {"false", "true", NULL};
    size_t index;

    if (!want_one_of(configuring, value, key, "true or false", texts, &index))
        return false;
    *result = index == 1;
    return true;
}

static bool want_text(struct configuring *configuring,
                      const struct settings_node *value, const char *key,
                      const char *wanted)
{
    if (!want_scalar(configuring, value, key, wanted))
        return false;
    if (value->text.length)
        return true;
    configuring_problem(configuring, value, "\"%s\" must be %s", key, wanted);
    return false;
}

/* Nothing stands after the key: `rules:` above lines that are comments. */
static bool is_empty(const struct settings_node *value)
{
    return value->kind == SETTINGS_SCALAR && value->is_plain &&
           value->text.length == 0;
}

static bool want_list(struct configuring *configuring,
                      const struct settings_node *value, const char *key,
                      const char *wanted)
{
    if (value->kind == SETTINGS_LIST || is_empty(value))
        return true;
    configuring_problem(configuring, value, "\"%s\" must be a list of %s", key,
                        wanted);
    return false;
}

static void read_postgres_version(struct configuring *configuring,
                                  const struct settings_node *value)
{
    if (want_scalar(configuring, value, "postgres_version", "a number"))
        configuring_version(configuring, value, value->text);
}

static void read_tool(struct configuring *configuring,
                      const struct settings_node *value)
{
    if (want_text(configuring, value, "tool", "the name of a migration tool"))
        configuring_tool(configuring, value, value->text);
}

static void read_down(struct configuring *configuring,
                      const struct settings_node *value)
{
    static const char *const texts[] = {"always", "never", NULL};
    size_t index;

    if (want_one_of(configuring, value, "down", "always or never", texts,
                    &index))
        configuring->configuration->lint.down =
            index == 0 ? DOWN_SETTING_ALWAYS : DOWN_SETTING_NEVER;
}

/* A path in the settings starts at the settings file's folder. */
static void read_schema(struct configuring *configuring,
                        const struct settings_node *value)
{
    const char *folder = configuring->settings->folder, *path;

    if (!want_text(configuring, value, "schema", "the path of a SQL file"))
        return;
    path = value->text.start;
    if (path[0] != '/' && strcmp(folder, ".") != 0 &&
        strcmp(path, SCHEMA_NONE) != 0)
        path = arena_format(configuring->arena, "%s/%s", folder, path);
    configuring_schema(configuring, path);
}

static void read_history(struct configuring *configuring,
                         const struct settings_node *value)
{
    static const char *const texts[] = {"complete", NULL};
    size_t index;

    if (want_one_of(configuring, value, "history", "complete", texts, &index))
        configuring->configuration->lint.is_history_complete = true;
}

static void read_lint_down(struct configuring *configuring,
                           const struct settings_node *value)
{
    want_bool(configuring, value, "lint_down",
              &configuring->configuration->lint.lint_down);
}

static void read_timeouts(struct configuring *configuring,
                          const struct settings_node *value)
{
    static const char *const texts[] = {"runner", NULL};
    size_t index;

    if (want_one_of(configuring, value, "timeouts", "runner", texts, &index))
        configuring->configuration->lint.runner_sets_timeouts = true;
}

static void read_exclude(struct configuring *configuring,
                         const struct settings_node *value)
{
    if (!want_list(configuring, value, "exclude", "globs"))
        return;
    for (size_t i = 0; i < value->count; i++) {
        const struct settings_node *item = &value->items[i];
        struct pattern *pattern;
        struct error error;

        if (!want_text(configuring, item, "exclude", "a list of globs"))
            continue;
        pattern = pattern_compile_glob(item->text, &error);
        if (!pattern)
            configuring_problem(configuring, item, "bad glob \"%.*s\": %s",
                                SLICE_ARGUMENTS(item->text), error.text);
        pattern_free(pattern);
        *array_push(configuring->arena, &configuring->configuration->exclude) =
            item->text.start;
    }
}

static void read_pattern(struct configuring *configuring,
                         const struct settings_node *value, const char *key)
{
    struct pattern *pattern;
    struct error error;

    if (!want_text(configuring, value, key, "a regular expression"))
        return;
    pattern = pattern_compile(value->text, false, &error);
    if (!pattern)
        configuring_problem(configuring, value,
                            "bad regular expression \"%.*s\": %s",
                            SLICE_ARGUMENTS(value->text), error.text);
    pattern_free(pattern);
}

static const char *const *read_texts(struct configuring *configuring,
                                     const struct settings_node *value,
                                     const char *key)
{
    const char **texts =
        arena_alloc(configuring->arena, (value->count + 1) * sizeof *texts);

    if (!want_list(configuring, value, key, "words"))
        return texts;
    for (size_t i = 0; i < value->count; i++) {
        if (want_scalar(configuring, &value->items[i], key, "a list of words"))
            texts[i] = value->items[i].text.start;
    }
    return texts;
}

/* A wrong value is stored too, but with its problem nothing will be linted. */
static void read_option(struct configuring *configuring,
                        const struct rule *rule,
                        const struct rule_option *option,
                        const struct settings_node *value)
{
    struct option_value *result = array_push(
        configuring->arena, &configuring->configuration->lint.options);

    result->rule = rule;
    result->name = option->name;
    switch (option->type) {
    case OPTION_BOOL:
        want_bool(configuring, value, option->name, &result->as_bool);
        break;
    case OPTION_INTEGER:
        if (want_scalar(configuring, value, option->name, "a number") &&
            !configuring_integer(value->text, &result->as_integer))
            configuring_problem(configuring, value,
                                "\"%s\" must be a number, not \"%.*s\"",
                                option->name, SLICE_ARGUMENTS(value->text));
        break;
    case OPTION_STRING:
        if (want_scalar(configuring, value, option->name, "a word"))
            result->as_string = value->text.start;
        break;
    case OPTION_PATTERN:
        read_pattern(configuring, value, option->name);
        result->as_string = value->text.start;
        break;
    case OPTION_STRING_LIST:
        result->as_list = read_texts(configuring, value, option->name);
        break;
    }
}

/* Of a rule, a family or all; only rules have options. */
static void read_rule_key(struct configuring *configuring,
                          const struct rule *rule, struct slice name,
                          const struct settings_node *key,
                          const struct settings_node *value)
{
    struct suggestion suggestion = suggestion_for(key->text);
    const struct rule_option *option = rule ? rule->options : NULL;

    for (; option && option->name; option++) {
        if (slice_equal(key->text, slice_from(option->name))) {
            read_option(configuring, rule, option, value);
            return;
        }
        suggestion_offer(&suggestion, option->name);
    }
    suggestion_offer(&suggestion, "level");
    if (suggestion.best)
        configuring_problem(
            configuring, key,
            "\"%.*s\" has no option \"%.*s\"; did you mean \"%s\"?",
            SLICE_ARGUMENTS(name), SLICE_ARGUMENTS(key->text), suggestion.best);
    else
        configuring_problem(configuring, key, "\"%.*s\" has no option \"%.*s\"",
                            SLICE_ARGUMENTS(name), SLICE_ARGUMENTS(key->text));
}

/* `rule: level`, or a mapping with the level and the rule's options. */
static void read_rule(struct configuring *configuring,
                      const struct settings_node *key,
                      const struct settings_node *value)
{
    const struct rule *rule = rule_find(key->text);
    const char *wanted = "a level, or a mapping with a level and options";

    if (value->kind != SETTINGS_MAPPING) {
        if (want_scalar(configuring, value, key->text.start, wanted))
            configuring_level(configuring, key, key->text, value, value->text);
        return;
    }
    if (!configuring_rule_name(configuring, key, key->text))
        return;
    for (size_t i = 0; i < value->count; i++) {
        const struct settings_node *item = &value->items[i];

        if (!slice_equal(value->keys[i].text, SLICE("level")))
            read_rule_key(configuring, rule, key->text, &value->keys[i], item);
        else if (want_scalar(configuring, item, "level", "a word"))
            configuring_level(configuring, key, key->text, item, item->text);
    }
}

static void read_rules(struct configuring *configuring,
                       const struct settings_node *value)
{
    if (value->kind != SETTINGS_MAPPING) {
        if (!is_empty(value))
            configuring_problem(configuring, value,
                                "\"rules\" must be a mapping of rules to "
                                "levels");
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        read_rule(configuring, &value->keys[i], &value->items[i]);
    configuring_apply_levels(configuring);
}

struct key {
    const char *name;
    void (*read)(struct configuring *configuring,
                 const struct settings_node *value);
};

static const struct key keys[] = {
    {"postgres_version", read_postgres_version},
    {"tool", read_tool},
    {"down", read_down},
    {"schema", read_schema},
    {"history", read_history},
    {"exclude", read_exclude},
    {"lint_down", read_lint_down},
    {"timeouts", read_timeouts},
    {"rules", read_rules},
};

static void read_key(struct configuring *configuring,
                     const struct settings_node *key,
                     const struct settings_node *value)
{
    struct suggestion suggestion = suggestion_for(key->text);

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (slice_equal(key->text, slice_from(keys[i].name))) {
            keys[i].read(configuring, value);
            return;
        }
        suggestion_offer(&suggestion, keys[i].name);
    }
    configuring_unknown(configuring, key, "setting", suggestion);
}

void configure_settings(struct configuring *configuring)
{
    const struct settings_node *root = configuring->settings->root;

    configuring->configuration->root = configuring->settings->folder;
    if (!root || is_empty(root))
        return;
    if (root->kind != SETTINGS_MAPPING) {
        configuring_problem(configuring, root,
                            "settings are lines like \"tool: goose\"");
        return;
    }
    for (size_t i = 0; i < root->count; i++)
        read_key(configuring, &root->keys[i], &root->items[i]);
}
