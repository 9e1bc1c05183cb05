/*
 * Text built piece by piece: messages, helps and reports are made with it.
 */
#include "base/buffer.h"

#include <string.h>

void buffer_init(struct buffer *buffer, struct arena *arena)
{
    *buffer = (struct buffer){.arena = arena};
}

void buffer_add(struct buffer *buffer, struct slice text)
{
    size_t needed = buffer->length + text.length + 1;

    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity * 2 : 64;
        char *grown;

        if (capacity < needed)
            capacity = needed;
        grown = arena_alloc(buffer->arena, capacity);
        if (buffer->length)
            memcpy(grown, buffer->text, buffer->length);
        buffer->text = grown;
        buffer->capacity = capacity;
    }
    if (text.length)
        memcpy(buffer->text + buffer->length, text.start, text.length);
    buffer->length += text.length;
    buffer->text[buffer->length] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, slice_from(text));
}

void buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, (struct slice){&c, 1});
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buffer_add_text(buffer, arena_vformat(buffer->arena, format, arguments));
    va_end(arguments);
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->text ? buffer->text : "";
}

struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer_text(buffer), buffer->length};
}
