/*
 * Statements for help and fixes, written from what the user wrote. Rules and
 * their helpers (lint/advice.c) put them together; nothing here knows a rule.
 */
#include "sql/writer.h"

#include "sql/names.h"
#include "sql/parser.h"

void writer_add_edited(struct buffer *buffer, struct slice text,
                       struct span part, const struct edit *edits, size_t count)
{
    size_t done = part.offset;
    size_t end = part.offset + part.length;

    for (size_t i = 0; i < count; i++) {
        struct span at = edits[i].at;

        if (at.offset < done || at.offset + at.length > end)
            continue;
        buffer_add(buffer, slice_part(text, done, at.offset));
        buffer_add_text(buffer, edits[i].text);
        done = at.offset + at.length;
    }
    buffer_add(buffer, slice_part(text, done, end));
}

void writer_add_identifier(struct buffer *buffer, const char *name)
{
    buffer_add_text(buffer, parser_quote_identifier(buffer->arena, name));
}

void writer_add_names(struct buffer *buffer, const List *names)
{
    const ListCell *cell;

    foreach (cell, names) {
        const char *name = name_from_string(lfirst(cell));

        if (name == NULL)
            continue;
        if (cell != list_head(names))
            buffer_add_text(buffer, ", ");
        writer_add_identifier(buffer, name);
    }
}

void writer_add_literal(struct buffer *buffer, const char *text)
{
    buffer_add_char(buffer, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_char(buffer, '\'');
        buffer_add_char(buffer, *text);
    }
    buffer_add_char(buffer, '\'');
}
