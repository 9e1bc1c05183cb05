/*
 * "did you mean": which of some known names is most like one that is not
 * known. Rule ids, options and settings are looked up with it.
 */
#ifndef BASE_SUGGESTION_H
#define BASE_SUGGESTION_H

#include "base/slice.h"

struct suggestion {
    struct slice name; /* that is not known */
    const char *best;  /* of those offered so far; null if none is like it */
    size_t distance;   /* of best: letters to change, add, leave out or swap */
};

struct suggestion suggestion_for(struct slice name);

/* Offers a known name, which must outlive the suggestion. Of equally good
 * ones the first stays. */
void suggestion_offer(struct suggestion *suggestion, const char *known);

#endif
