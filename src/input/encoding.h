/*
 * Which bytes of a file are text: UTF-8 checked strictly, UTF-16 recognised
 * and turned into UTF-8.
 */
#ifndef INPUT_ENCODING_H
#define INPUT_ENCODING_H

#include "input/source.h"

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16_LITTLE_ENDIAN,
    ENCODING_UTF16_BIG_ENDIAN,
};

/*
 * By the byte order mark, or by zero bytes in every other place. *mark_size
 * receives the size of the byte order mark in bytes, 0 if there is none.
 */
enum encoding encoding_of(struct slice bytes, size_t *mark_size);

/*
 * The same text as UTF-8, zero-terminated. A lone surrogate or half a unit at
 * the end becomes U+FFFD. bytes begin after the byte order mark.
 */
struct slice encoding_from_utf16(struct arena *arena, struct slice bytes,
                                 enum encoding encoding);

/*
 * Adds the runs of zero bytes and of bytes that are no UTF-8 (overlong forms,
 * surrogates and values above U+10FFFF included). *is_ascii receives whether
 * no byte is above 127.
 */
void encoding_find_defects(struct arena *arena, struct slice text,
                           struct source_defect_array *defects, bool *is_ascii);

#endif
