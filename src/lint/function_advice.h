/*
 * Functions in messages and help texts of rules.
 */
#ifndef LINT_FUNCTION_ADVICE_H
#define LINT_FUNCTION_ADVICE_H

#include "lint/rule.h"

/* The function as messages name it: `"f"`, `"app.f"`. */
const char *function_advice_name(struct check *check,
                                 const struct function *function);

/* What ALTER, GRANT and REVOKE call it: `FUNCTION app.f(integer)`, without the
 * types where one of them is not known. */
const char *function_advice_sql(struct check *check,
                                const struct function *function);

/* It returns trigger or event_trigger: nobody can call it. */
bool function_advice_is_trigger(const struct function *function);

#endif
