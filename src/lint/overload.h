/*
 * Functions of one name with other parameters: what CREATE OR REPLACE FUNCTION
 * makes where it does not replace.
 */
#ifndef LINT_OVERLOAD_H
#define LINT_OVERLOAD_H

#include "lint/rule.h"

/* A function, or procedure, of that name that this migration did not make;
 * null if none is known. */
const struct function *overload_existing(const struct check *check,
                                         struct qualified_name name,
                                         bool is_procedure);

/* The function beside that one which the statement of the finding made; null if
 * it made none. */
const struct function *overload_made(const struct finding *finding,
                                     const struct function *existing);

/* `name(integer, text)`, as DROP FUNCTION takes it, in check->arena. */
const char *overload_signature(struct check *check,
                               const struct function *function);

#endif
