/*
 * What a domain asks of its values, as a table can ask it of a column's.
 */
#ifndef LINT_DOMAIN_ADVICE_H
#define LINT_DOMAIN_ADVICE_H

#include "lint/rule.h"

/*
 * A domain's condition on VALUE, in parentheses, with the column (as SQL) in the
 * place of VALUE; `(column IS NOT NULL)` if the condition is empty. In
 * check->arena.
 */
const char *domain_advice_condition(struct check *check, struct slice condition,
                                    const char *column);

#endif
