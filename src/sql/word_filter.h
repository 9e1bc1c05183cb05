/*
 * Which words a text has, in little room: tells the many texts that do not have
 * a word from the few that may.
 */
#ifndef SQL_WORD_FILTER_H
#define SQL_WORD_FILTER_H

#include "base/slice.h"

#include <stdint.h>

#define WORD_FILTER_BITS 4096

/* All zero: of a text without words. */
struct word_filter {
    uint64_t bits[WORD_FILTER_BITS / 64];
};

/* Words are those of identifiers, without regard to their case. */
void word_filter_add(struct word_filter *filter, struct slice text);

/* False: no word of the texts is this name, quoted or not. A name that is not
 * one word may always be there. */
bool word_filter_may_have(const struct word_filter *filter, const char *name);

#endif
