/*
 * Conditions in views and functions of a history: nobody hears that no index
 * serves them where a later migration makes one, or where the view or function
 * is replaced, or gone.
 */
#ifndef LINT_INDEX_CONFIRM_H
#define LINT_INDEX_CONFIRM_H

#include "lint/index_use.h"

/* For a finding about a condition on the column, right after check_report(). The
 * rule's confirm is index_confirm(). */
void index_confirm_later(const struct index_use *use, struct finding *finding,
                         const struct table *table,
                         const struct column *column);

bool index_confirm(struct check *check, struct finding *finding,
                   const void *subject);

#endif
