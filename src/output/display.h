/*
 * Text from files and file names, made fit for a terminal or a JSON document.
 */
#ifndef OUTPUT_DISPLAY_H
#define OUTPUT_DISPLAY_H

#include "base/buffer.h"

/* One character of a text as it is shown. */
struct display_character {
    size_t size;      /* bytes of the text that it takes, at least 1 */
    unsigned columns; /* that it takes on a terminal: 0, 1 or 2 */
    bool is_replaced; /* it must not reach a terminal: U+FFFD is shown */
    bool is_invalid;  /* and why: it is a byte that is no UTF-8 */
};

/*
 * The first character of a text that is not empty. Replaced are invalid bytes,
 * one by one, control characters (tab and line feed too) and the invisible
 * ones that turn or hide what stands around them. Columns are those of East
 * Asian Width, whatever the locale.
 */
struct display_character display_next(struct slice text);

/* U+FFFD, REPLACEMENT CHARACTER. */
#define DISPLAY_REPLACEMENT "\xef\xbf\xbd"

/* Adds the text for a terminal, on one line. */
void display_add(struct buffer *buffer, struct slice text);

/* The text, zero-terminated, with U+FFFD for each invalid byte and nothing
 * else changed; text itself if it is valid. */
const char *display_valid_utf8(struct arena *arena, const char *text);

#endif
