/*
 * How to get a statement past the server that refuses it: the statements to
 * write, where the schema says which.
 */
#ifndef LINT_REFUSAL_ADVICE_H
#define LINT_REFUSAL_ADVICE_H

#include "lint/rule.h"

/* For check->statement; fault: the words at fault. Null if nothing is true of
 * every such statement. In check->arena. */
const char *refusal_advice(struct check *check,
                           const struct replay_failure *failure,
                           struct span fault);

/* The next name in double quotes of the server's words, from `at` on, which is
 * left behind it; "" if there is none. */
struct slice refusal_next_name(struct slice words, size_t *at);

#endif
