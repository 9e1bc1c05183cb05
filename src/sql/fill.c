/*
 * Fills placeholders in. For each a first guess is made by what stands before
 * it; where the parser refuses the text, what stands for the last placeholder
 * before the error is changed, as in a search with backtracking, since the
 * parser reads from left to right and stops at the first token that does not
 * fit. A name that is filled in is the placeholder itself, in double quotes,
 * so that messages show what the user wrote.
 */
#include "sql/fill.h"

#include "sql/fields.h"

#include <string.h>

/* Longer statements, and those with more placeholders, are not filled. */
#define TEXT_SIZE_MAX ((size_t)1 << 20)
#define PIECES_MAX 20000

/* So many times the statement's text is tried in all, and a little more. */
#define TRIES_MAX ((size_t)32)
#define TRIED_SIZE_MIN ((size_t)2048)

enum stand_in {
    STAND_IN_END,
    STAND_IN_PARAMETER, /* $1 */
    STAND_IN_NAME,      /* "{{ name }}" */
    STAND_IN_STRING,    /* '' */
    STAND_IN_LIST,      /* ($1) */
    STAND_IN_NUMBER,    /* 1 */
    STAND_IN_TRUTH,     /* true */
    STAND_IN_CONDITION, /* WHERE $1: what looks for a WHERE finds one */
    STAND_IN_LIMIT,     /* LIMIT $1: likewise */
    STAND_IN_COLUMNS,   /* LIKE "{{ name }}": columns that nobody knows */
    STAND_IN_OPERATOR,  /* = */
    STAND_IN_NOTHING,
    STAND_IN_QUOTED,   /* the string or name, its inner quotes doubled */
    STAND_IN_OWN_NAME, /* ":name" of :"name": it is what :name is too */
    STAND_IN_COUNT_MAX,
};

/* What is tried, in this order. */
typedef enum stand_in stand_in_order[STAND_IN_COUNT_MAX];

static const stand_in_order orders[] = {
    [PLACEHOLDER_AFTER_OPERAND] = {STAND_IN_CONDITION, STAND_IN_LIMIT,
                                   STAND_IN_NOTHING, STAND_IN_NAME,
                                   STAND_IN_OPERATOR, STAND_IN_STRING,
                                   STAND_IN_NUMBER, STAND_IN_LIST,
                                   STAND_IN_PARAMETER},
    [PLACEHOLDER_BEFORE_VALUE] = {STAND_IN_PARAMETER, STAND_IN_NAME,
                                  STAND_IN_STRING, STAND_IN_LIST,
                                  STAND_IN_NUMBER, STAND_IN_COLUMNS,
                                  STAND_IN_OPERATOR, STAND_IN_NOTHING},
    [PLACEHOLDER_BEFORE_NAME] = {STAND_IN_NAME, STAND_IN_PARAMETER,
                                 STAND_IN_STRING, STAND_IN_LIST,
                                 STAND_IN_NUMBER, STAND_IN_COLUMNS,
                                 STAND_IN_NOTHING},
};

static const stand_in_order order_of_nothing = {STAND_IN_NOTHING};
static const stand_in_order order_of_name = {STAND_IN_OWN_NAME};
static const stand_in_order order_of_truth = {STAND_IN_TRUTH};
static const stand_in_order order_of_string = {STAND_IN_QUOTED};
static const stand_in_order order_of_literal = {STAND_IN_PARAMETER,
                                                STAND_IN_STRING, STAND_IN_NAME};

static const enum stand_in *order_of(const struct placeholder *placeholder)
{
    switch (placeholder->kind) {
    case PLACEHOLDER_NOTHING: return order_of_nothing;
    case PLACEHOLDER_NAME: return order_of_name;
    case PLACEHOLDER_LITERAL: return order_of_literal;
    case PLACEHOLDER_TRUTH: return order_of_truth;
    case PLACEHOLDER_STRING: return order_of_string;
    case PLACEHOLDER_TEXT:
    case PLACEHOLDER_VALUE: break;
    }
    return orders[placeholder->context];
}

/* The text in quotes, those in it doubled. */
static void add_quoted(struct buffer *buffer, char quote, struct slice text)
{
    buffer_add_char(buffer, quote);
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == quote)
            buffer_add_char(buffer, quote);
        buffer_add_char(buffer, text.start[i]);
    }
    buffer_add_char(buffer, quote);
}

static void add_stand_in(struct buffer *buffer, enum stand_in stand_in,
                         struct slice placeholder)
{
    switch (stand_in) {
    case STAND_IN_PARAMETER: buffer_add_text(buffer, "$1"); break;
    case STAND_IN_NAME: add_quoted(buffer, '"', placeholder); break;
    case STAND_IN_STRING: buffer_add_text(buffer, "''"); break;
    case STAND_IN_LIST: buffer_add_text(buffer, "($1)"); break;
    case STAND_IN_NUMBER: buffer_add_text(buffer, "1"); break;
    case STAND_IN_TRUTH: buffer_add_text(buffer, "true"); break;
    case STAND_IN_CONDITION: buffer_add_text(buffer, "WHERE $1"); break;
    case STAND_IN_LIMIT: buffer_add_text(buffer, "LIMIT $1"); break;
    case STAND_IN_COLUMNS:
        buffer_add_text(buffer, "LIKE ");
        add_quoted(buffer, '"', placeholder);
        break;
    case STAND_IN_OPERATOR: buffer_add_text(buffer, "="); break;
    case STAND_IN_QUOTED:
        add_quoted(buffer, *placeholder.start,
                   slice_part(placeholder, 1, placeholder.length - 1));
        break;
    case STAND_IN_OWN_NAME:
        buffer_add_text(buffer, "\":");
        buffer_add(buffer, slice_part(placeholder, 2, placeholder.length));
        break;
    case STAND_IN_NOTHING:
    case STAND_IN_END:
    case STAND_IN_COUNT_MAX: break;
    }
}

static void write_text(struct fill *fill)
{
    struct buffer *buffer = &fill->filled;
    size_t copied = 0;

    buffer->length = 0;
    for (size_t i = 0; i < fill->pieces.count; i++) {
        struct fill_piece *piece = &fill->pieces.items[i];
        const struct placeholder *placeholder = &piece->placeholder;
        size_t end = placeholder->offset + placeholder->length;

        buffer_add(buffer, slice_part(fill->text, copied, placeholder->offset));
        piece->start = buffer_slice(buffer).length;
        buffer_add_char(buffer, ' ');
        add_stand_in(buffer, order_of(placeholder)[piece->choice],
                     slice_part(fill->text, placeholder->offset, end));
        buffer_add_char(buffer, ' ');
        piece->end = buffer_slice(buffer).length;
        copied = end;
    }
    buffer_add(buffer, slice_part(fill->text, copied, fill->text.length));
}

bool fill_begin(struct fill *fill, struct arena *arena, struct slice text)
{
    struct placeholder_reader reader;
    struct placeholder placeholder;

    *fill = (struct fill){.arena = arena, .text = text};
    if (text.length > TEXT_SIZE_MAX)
        return false;
    reader = placeholder_reader_of(text);
    while (placeholder_next(&reader, &placeholder)) {
        if (fill->pieces.count == PIECES_MAX)
            return false;
        array_push(arena, &fill->pieces)->placeholder = placeholder;
    }
    if (fill->pieces.count == 0)
        return false;
    fill->size_left = TRIES_MAX * text.length + TRIED_SIZE_MIN;
    buffer_init(&fill->filled, arena);
    write_text(fill);
    return true;
}

struct slice fill_text(const struct fill *fill)
{
    return (struct slice){buffer_text(&fill->filled),
                          buffer_slice(&fill->filled).length};
}

/* How many pieces begin at or before this offset of the filled text. */
static size_t count_pieces(const struct fill *fill, size_t offset)
{
    size_t low = 0;
    size_t high = fill->pieces.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (fill->pieces.items[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool fill_retry(struct fill *fill, size_t error_offset)
{
    size_t size = buffer_slice(&fill->filled).length;

    if (size > fill->size_left)
        return false;
    fill->size_left -= size;
    for (size_t i = count_pieces(fill, error_offset); i-- > 0;) {
        struct fill_piece *piece = &fill->pieces.items[i];

        if (order_of(&piece->placeholder)[++piece->choice] != STAND_IN_END) {
            write_text(fill);
            return true;
        }
        piece->choice = 0;
    }
    return false;
}

/* Where an offset of the filled text is in the statement's own. */
static size_t own_offset(const struct fill *fill, size_t offset)
{
    size_t count = count_pieces(fill, offset);
    const struct fill_piece *piece;

    if (count == 0)
        return offset;
    piece = &fill->pieces.items[count - 1];
    if (offset < piece->end)
        return piece->placeholder.offset;
    return piece->placeholder.offset + piece->placeholder.length +
           (offset - piece->end);
}

static bool move_location(void *closure, const Node *node,
                          const struct walk *walk)
{
    const struct fill *fill = closure;
    const struct node_type *type = node_type_of(nodeTag(node));
    /* Visits see trees as they are; this one is not finished. */
    char *start = (char *)(uintptr_t)node;

    (void)walk;
    for (size_t i = 0; type && i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        ParseLoc *location = (ParseLoc *)(start + field->offset);

        /* Some are lengths. */
        if (field->kind == FIELD_LOCATION && *location > 0 &&
            !strstr(field->name, "len"))
            *location = (ParseLoc)own_offset(fill, (size_t)*location);
    }
    return true;
}

void fill_move_locations(const struct fill *fill, struct walker *walker,
                         Node *tree)
{
    struct fill own = *fill;

    walk_tree(walker, tree, move_location, &own);
}
