/*
 * Whether the input functions of types with a grammar of their own take a text.
 */
#ifndef QUERY_LITERAL_TEXT_H
#define QUERY_LITERAL_TEXT_H

#include <stdbool.h>

/* False: it is surely no JSON (RFC 8259). */
bool literal_may_be_json(const char *text);

enum literal_moment {
    LITERAL_MOMENT_TAKEN, /* or it cannot be told */
    LITERAL_MOMENT_INVALID,
    LITERAL_MOMENT_OUT_OF_RANGE,
};

/* A date, a timestamp or a time, whatever the session's DateStyle and
 * TimeZone are. */
enum literal_moment literal_read_moment(const char *text);

#endif
