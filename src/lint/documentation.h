/*
 * What there is to say about rules, made from their structs: for a terminal,
 * for the manual and for the README.
 */
#ifndef LINT_DOCUMENTATION_H
#define LINT_DOCUMENTATION_H

#include "base/buffer.h"
#include "lint/rule_set.h"

/* One rule, whole: `pgsquint explain`. */
void documentation_explain(struct buffer *buffer, const struct rule *rule);

/* All rules in columns: `pgsquint rules`. */
void documentation_list(struct buffer *buffer);

/* All rules, whole, as the manual page pgsquint-rules(7), in mdoc(7). */
void documentation_mdoc(struct buffer *buffer);

/* All rules as a table in Markdown. */
void documentation_markdown(struct buffer *buffer);

#endif
