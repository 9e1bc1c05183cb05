/*
 * Writes JSON piece by piece into a buffer, for documents too large, or too
 * many, to be built as trees first. Members come in the order in which they
 * are written; the caller closes what it opens.
 */
#ifndef OUTPUT_JSON_WRITER_H
#define OUTPUT_JSON_WRITER_H

#include "base/buffer.h"

#include <stdint.h>

struct json_writer {
    struct buffer *buffer;
    bool has_lines;   /* else all stands on one line */
    bool wants_comma; /* something stands before what comes next */
    uint32_t lines;   /* bit 0: the innermost that is open has its items on
                         lines of their own; bit 1: the one around it ... */
    unsigned indent;  /* how many bits are set */
};

void json_writer_init(struct json_writer *writer, struct buffer *buffer,
                      bool has_lines);

/*
 * Everything takes a key: the member's name in an object; null in an array,
 * and for the document itself. Keys are plain ASCII and need no escapes.
 */
void json_open_object(struct json_writer *writer, const char *key);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer, const char *key);
void json_close_array(struct json_writer *writer);

/* The same for an array whose items, and an object whose members, stand on
 * lines of their own, if the document has lines. */
void json_open_array_of_lines(struct json_writer *writer, const char *key);
void json_open_object_of_lines(struct json_writer *writer, const char *key);

/* Null for null; U+FFFD for each byte that is no UTF-8. */
void json_add_text(struct json_writer *writer, const char *key,
                   const char *text);
void json_add_slice(struct json_writer *writer, const char *key,
                    struct slice text);
void json_add_number(struct json_writer *writer, const char *key,
                     size_t number);
void json_add_bool(struct json_writer *writer, const char *key, bool value);
void json_add_null(struct json_writer *writer, const char *key);

#endif
