/*
 * What a server refuses may depend on its version, which the user need not have
 * said. What only some of the versions refuse is then less than an error.
 */
#ifndef LINT_CONFIRM_H
#define LINT_CONFIRM_H

#include "lint/run.h"

/* One run over the files, after which there may be another. */
typedef void confirm_run(struct arena *arena,
                         const struct lint_settings *settings,
                         const struct discovery *discovery,
                         const struct observer *observer,
                         struct lint_result *result);

/*
 * Lowers those findings about refused statements in the result which the newest
 * version accepts, and says so in them. Runs over the files again, if there are
 * any such findings and the version is not set.
 */
void confirm_refusals(struct arena *arena, const struct lint_settings *settings,
                      const struct discovery *discovery, confirm_run *run,
                      struct lint_result *result);

#endif
