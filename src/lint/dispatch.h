/*
 * Which rules are asked about what: made once for the settings, a direction
 * and whether the files are a tool's history, so that rules of no interest
 * cost nothing.
 */
#ifndef LINT_DISPATCH_H
#define LINT_DISPATCH_H

#include "lint/run.h"

struct rule_list ARRAY(size_t); /* by rule_index() */

struct dispatch {
    const struct rule_list *by_tag; /* rules that want a node of this tag */
    const bool *is_wanted;          /* there is such a rule, by tag */
    bool has_tags;                  /* ... for any tag */
    const struct rule_list *body_by_tag; /* the same within bodies */
    const bool *is_wanted_in_body;
    bool has_bodies;            /* a rule wants bodies, or nodes in them */
    bool needs_locks;           /* a rule asks what is held: held.h */
    struct rule_list statement; /* rules with check_statement, ... */
    struct rule_list body;
    struct rule_list failure;
    struct rule_list unread;
    struct rule_list section;
    struct rule_list source;
    struct rule_list migration;
    struct rule_list down_step;
    struct rule_list finish;
    struct rule_list column;
    struct rule_list suppression;
    const bool *is_asked; /* by rule_index() */
};

const struct dispatch *dispatch_new(struct arena *arena,
                                    const struct lint_settings *settings,
                                    bool has_history, enum direction direction);

#endif
