/*
 * JSON as it is written: commas, lines and escapes. The reports of schemas and
 * locks are made with it.
 */
#include "output/json_writer.h"

#include "output/display.h"

void json_writer_init(struct json_writer *writer, struct buffer *buffer,
                      bool has_lines)
{
    *writer = (struct json_writer){.buffer = buffer, .has_lines = has_lines};
}

static void begin_line(struct json_writer *writer)
{
    buffer_add_char(writer->buffer, '\n');
    for (unsigned i = 0; i < writer->indent; i++)
        buffer_add_char(writer->buffer, ' ');
}

/* What stands before every value. */
static void begin_value(struct json_writer *writer, const char *key)
{
    struct buffer *buffer = writer->buffer;

    if (writer->wants_comma)
        buffer_add_char(buffer, ',');
    if (writer->lines & 1)
        begin_line(writer);
    if (key) {
        buffer_add_char(buffer, '"');
        buffer_add_text(buffer, key);
        buffer_add_text(buffer, "\":");
    }
    writer->wants_comma = true;
}

static void open(struct json_writer *writer, const char *key, char bracket,
                 bool has_lines)
{
    begin_value(writer, key);
    buffer_add_char(writer->buffer, bracket);
    writer->wants_comma = false;
    writer->lines = writer->lines << 1 | (has_lines && writer->has_lines);
    writer->indent += writer->lines & 1;
}

static void close(struct json_writer *writer, char bracket)
{
    bool has_lines = writer->lines & 1;

    writer->indent -= has_lines;
    writer->lines >>= 1;
    if (has_lines && writer->wants_comma)
        begin_line(writer);
    buffer_add_char(writer->buffer, bracket);
    writer->wants_comma = true;
}

void json_open_object(struct json_writer *writer, const char *key)
{
    open(writer, key, '{', false);
}

void json_open_object_of_lines(struct json_writer *writer, const char *key)
{
    open(writer, key, '{', true);
}

void json_close_object(struct json_writer *writer)
{
    close(writer, '}');
}

void json_open_array(struct json_writer *writer, const char *key)
{
    open(writer, key, '[', false);
}

void json_open_array_of_lines(struct json_writer *writer, const char *key)
{
    open(writer, key, '[', true);
}

void json_close_array(struct json_writer *writer)
{
    close(writer, ']');
}

/* A character that must not stand in a string as it is. */
static void add_escaped(struct buffer *buffer, unsigned char c)
{
    switch (c) {
    case '"': buffer_add_text(buffer, "\\\""); return;
    case '\\': buffer_add_text(buffer, "\\\\"); return;
    case '\n': buffer_add_text(buffer, "\\n"); return;
    case '\r': buffer_add_text(buffer, "\\r"); return;
    case '\t': buffer_add_text(buffer, "\\t"); return;
    default: buffer_add_format(buffer, "\\u%04x", c); return;
    }
}

/* How many bytes from the start need no second look. */
static size_t plain_length(struct slice text)
{
    size_t length = 0;

    while (length < text.length) {
        unsigned char c = (unsigned char)text.start[length];

        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
            break;
        length++;
    }
    return length;
}

static void add_string(struct buffer *buffer, struct slice text)
{
    buffer_add_char(buffer, '"');
    while (text.length) {
        size_t plain = plain_length(text);
        struct display_character next;

        buffer_add(buffer, slice_part(text, 0, plain));
        text = slice_part(text, plain, text.length);
        if (text.length == 0)
            break;
        next = display_next(text);
        if (next.is_invalid)
            buffer_add_text(buffer, DISPLAY_REPLACEMENT);
        else if ((unsigned char)text.start[0] < 0x80)
            add_escaped(buffer, (unsigned char)text.start[0]);
        else
            buffer_add(buffer, slice_part(text, 0, next.size));
        text = slice_part(text, next.size, text.length);
    }
    buffer_add_char(buffer, '"');
}

void json_add_slice(struct json_writer *writer, const char *key,
                    struct slice text)
{
    begin_value(writer, key);
    add_string(writer->buffer, text);
}

void json_add_text(struct json_writer *writer, const char *key,
                   const char *text)
{
    if (text)
        json_add_slice(writer, key, slice_from(text));
    else
        json_add_null(writer, key);
}

void json_add_number(struct json_writer *writer, const char *key, size_t number)
{
    begin_value(writer, key);
    buffer_add_format(writer->buffer, "%zu", number);
}

void json_add_bool(struct json_writer *writer, const char *key, bool value)
{
    begin_value(writer, key);
    buffer_add_text(writer->buffer, value ? "true" : "false");
}

void json_add_null(struct json_writer *writer, const char *key)
{
    begin_value(writer, key);
    buffer_add_text(writer->buffer, "null");
}
