/*
 * Secrets that stand in files, and that no report may repeat: reports end in
 * logs of CI, which more people read than the repository.
 */
#ifndef LINT_CONCEAL_H
#define LINT_CONCEAL_H

#include "lint/finding.h"

struct secret {
    struct span span;    /* of the judged text */
    struct slice quoted; /* what stands there, with the byte on each side */
};

struct secret_array ARRAY(struct secret);

/* In order, for conceal_in(). */
void conceal_sort(struct secret_array *secrets);

/*
 * What the finding, which is complete, shows of the secrets of its file becomes
 * asterisks: in its line, and where its message and help quote its statement.
 */
void conceal_in(struct arena *arena, const struct secret_array *secrets,
                struct finding *finding);

#endif
