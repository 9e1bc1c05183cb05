/*
 * Placeholders of templates and client libraries: `${schema}`, `{{ table }}`,
 * `<%= name %>`, `%(id)s`, `:name`. A statement that has one cannot be parsed
 * as it stands and is not wrong for that.
 */
#ifndef LINT_PLACEHOLDER_H
#define LINT_PLACEHOLDER_H

#include "sql/statement.h"

/*
 * Whether the statement has such a placeholder outside of strings and
 * comments. Only to be asked about a statement that the parser refuses: some
 * forms look like an operator of PostgreSQL's in a place where an operator
 * cannot stand. text: the file's.
 */
bool placeholder_in(struct slice text, const struct statement *statement);

#endif
