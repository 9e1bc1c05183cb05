/*
 * All rules, in order of id, and the level at which each speaks in this run.
 */
#ifndef LINT_RULE_SET_H
#define LINT_RULE_SET_H

#include "lint/rule.h"

/* Every rule of rules/, in order of id; generated (build/rule_table.c). */
extern const struct rule *const rule_table[];
extern const size_t rule_count;

/* Null if there is no such rule. */
const struct rule *rule_find(struct slice id);

/* The index in rule_table. */
size_t rule_index(const struct rule *rule);

bool family_find(struct slice name, enum family *family);
bool severity_find(struct slice name, enum severity *severity);

/* "function-x" -> the id most like it, for "did you mean"; null if none is. */
const char *rule_suggest(struct slice id);

struct rule_levels {
    enum severity *levels; /* by rule_index() */
    bool *is_set;          /* by the user: wins over finding_lower() */
};

/* The defaults. */
void rule_levels_init(struct arena *arena, struct rule_levels *levels);

/*
 * Sets a rule's, a family's or, for "all", every rule's level. False if `name`
 * is none of these.
 */
bool rule_levels_set(struct rule_levels *levels, struct slice name,
                     enum severity level);

#endif
