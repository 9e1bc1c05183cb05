/*
 * What update-without-where and delete-without-where have in common.
 */
#ifndef LINT_WHOLE_TABLE_H
#define LINT_WHOLE_TABLE_H

#include "lint/rule.h"

/* It is not new and may have several: whoever writes all its rows meets some. */
bool whole_table_has_rows(const struct check *check, const RangeVar *relation);

/* The visited UPDATE or DELETE with a WHERE. */
const char *whole_table_help(struct check *check);

#endif
