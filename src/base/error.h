/*
 * Why something failed, as text for the user: lower case, no period, naming
 * the thing. Functions that can fail return false and fill one.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

struct error {
    char text[512]; /* zero-terminated; cut if longer */
};

/* Fills the error and returns false, so that callers can return it. */
bool error_set(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
