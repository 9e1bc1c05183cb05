/*
 * Words about bodies for messages and helps: the routine they belong to, what
 * encloses what.
 */
#ifndef LINT_ROUTINE_ADVICE_H
#define LINT_ROUTINE_ADVICE_H

#include "lint/rule.h"

/* `the function "f"`, `the procedure "p"`, `the DO block`: check->routine. */
const char *routine_advice_name(struct check *check);

/* The word at the place, where the parser found fault; the body's last word if it
 * is at the end. */
struct span routine_advice_word(const struct check *check, size_t offset);

#endif
