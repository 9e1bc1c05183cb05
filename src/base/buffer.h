/*
 * Text that is built piece by piece in an arena. Always zero-terminated.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/arena.h"

struct buffer {
    struct arena *arena;
    char *text;      /* zero-terminated; null while nothing was added */
    size_t length;   /* without the terminator */
    size_t capacity; /* with it */
};

void buffer_init(struct buffer *buffer, struct arena *arena);
void buffer_add(struct buffer *buffer, struct slice text);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What was built, "" if nothing; it lives as long as the arena. */
const char *buffer_text(const struct buffer *buffer);
struct slice buffer_slice(const struct buffer *buffer);

#endif
