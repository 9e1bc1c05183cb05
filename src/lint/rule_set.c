/*
 * Looking up rules, families and levels by name, and the level at which each
 * rule speaks in a run. The table itself is generated from the rules' files.
 */
#include "lint/rule_set.h"

#include "base/suggestion.h"

#include <string.h>

static const char *const family_names[] = {
    [FAMILY_LOCKING] = "locking",
    [FAMILY_MIGRATION] = "migration",
    [FAMILY_COMPATIBILITY] = "compatibility",
    [FAMILY_SCHEMA] = "schema",
    [FAMILY_QUERY] = "query",
    [FAMILY_SECURITY] = "security",
    [FAMILY_PLPGSQL] = "plpgsql",
};

static const char *const severity_names[] = {
    [SEVERITY_OFF] = "off",
    [SEVERITY_INFO] = "info",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}

const char *family_name(enum family family)
{
    return family_names[family];
}

/* The index of the name, or count if it is none of them. */
static size_t find_name(const char *const *names, size_t count,
                        struct slice name)
{
    size_t i = 0;

    while (i < count && !slice_equal(slice_from(names[i]), name))
        i++;
    return i;
}

bool family_find(struct slice name, enum family *family)
{
    size_t i = find_name(family_names, COUNT(family_names), name);

    if (i == COUNT(family_names))
        return false;
    *family = (enum family)i;
    return true;
}

bool severity_find(struct slice name, enum severity *severity)
{
    size_t i = find_name(severity_names, COUNT(severity_names), name);

    if (i == COUNT(severity_names))
        return false;
    *severity = (enum severity)i;
    return true;
}

/* The index of the rule of that id, or rule_count. */
static size_t find_index(struct slice id)
{
    size_t low = 0;
    size_t high = rule_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(slice_from(rule_table[middle]->id), id);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return rule_count;
}

const struct rule *rule_find(struct slice id)
{
    size_t i = find_index(id);

    return i < rule_count ? rule_table[i] : NULL;
}

size_t rule_index(const struct rule *rule)
{
    return find_index(slice_from(rule->id));
}

const char *rule_suggest(struct slice id)
{
    struct suggestion suggestion = suggestion_for(id);

    for (size_t i = 0; i < rule_count; i++)
        suggestion_offer(&suggestion, rule_table[i]->id);
    return suggestion.best;
}

void rule_levels_init(struct arena *arena, struct rule_levels *levels)
{
    levels->levels = arena_alloc(arena, rule_count * sizeof *levels->levels);
    levels->is_set = arena_alloc(arena, rule_count * sizeof *levels->is_set);
    for (size_t i = 0; i < rule_count; i++)
        levels->levels[i] = rule_table[i]->severity;
}

bool rule_levels_set(struct rule_levels *levels, struct slice name,
                     enum severity level)
{
    const struct rule *rule = rule_find(name);
    bool is_all = slice_equal(name, SLICE("all"));
    enum family family = FAMILY_LOCKING;

    if (!rule && !is_all && !family_find(name, &family))
        return false;
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *each = rule_table[i];

        if (rule ? each == rule : is_all || each->family == family) {
            levels->levels[i] = level;
            levels->is_set[i] = true;
        }
    }
    return true;
}
