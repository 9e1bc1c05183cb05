/*
 * `-- pgsquint: allow RULE[, RULE] [-- reason]` in the comment lines right
 * above a statement or at the end of one of its lines, and
 * `-- pgsquint: allow-file RULE[, RULE] [-- reason]` anywhere. The body of a DO
 * block or a function belongs to its statement's lines. What follows
 * "pgsquint:" and is neither becomes the id of a suppression of no rule, so
 * that a slip of the pen is seen. Upper and lower case are the same.
 */
#ifndef LINT_SUPPRESSION_H
#define LINT_SUPPRESSION_H

#include "input/source.h"
#include "lint/rule.h"

struct suppression {
    struct slice id;         /* as written: a rule's, or not */
    const struct rule *rule; /* null: no rule is called that */
    struct source *source;
    struct span id_span; /* where the id stands */
    bool is_for_file;
    struct span target;  /* the statement it is about; length 0: none */
    struct slice reason; /* empty if none was given */
    bool is_used;        /* silenced a finding, or nobody can say: its rule did
                            not run, or its statement was not judged */
};

struct suppression_array ARRAY(struct suppression *);

/*
 * Reads the suppressions of a source, whose statements are given in order of
 * offset, into the empty array. Costs nothing where the text has no
 * "pgsquint:".
 */
void suppression_read(struct arena *arena, struct source *source,
                      const struct statement *statements, size_t count,
                      struct suppression_array *suppressions);

/*
 * Whether one of them, all of one source, silences a finding of this rule at
 * this span; it is then used.
 */
bool suppression_applies(const struct suppression_array *suppressions,
                         const struct rule *rule, struct span span);

#endif
