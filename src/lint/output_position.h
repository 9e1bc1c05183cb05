/*
 * Numbers in ORDER BY and GROUP BY that mean columns of the target list, and how
 * to name these instead.
 */
#ifndef LINT_OUTPUT_POSITION_H
#define LINT_OUTPUT_POSITION_H

#include "lint/rule.h"

/* The number, if the expression is nothing else; else null. */
const A_Const *output_position(const Node *expression);

/* "first", "second", ..., "42nd". */
const char *output_ordinal(struct check *check, const A_Const *position);

/* The statement with a name in the number's place, or what to write after the
 * keyword. */
const char *output_help(struct check *check, const SelectStmt *select,
                        const A_Const *position, const char *keyword);

#endif
