/*
 * Prints parse trees from the table of fields. Stands beside the walker, but
 * keeps a stack of its own, since it shows lists, which the walker hides.
 */
#include "sql/dump.h"

#include "base/array.h"
#include "sql/fields.h"

#include <string.h>

/* A node or list that is being printed. */
struct dump_frame {
    const Node *node;
    uint32_t next; /* the field or item that comes next */
    uint32_t end;
};

struct dump_frame_array ARRAY(struct dump_frame);

struct dump {
    struct buffer *buffer;
    size_t tree_base;
    struct arena arena; /* of the frames */
    struct dump_frame_array frames;
};

/* Deeper levels are indented like this one. */
#define INDENTED_LEVELS_MAX 40

static void start_line(struct dump *dump, const char *label)
{
    size_t level = dump->frames.count;

    if (level > INDENTED_LEVELS_MAX)
        level = INDENTED_LEVELS_MAX;
    while (level-- > 0)
        buffer_add_text(dump->buffer, "  ");
    if (label) {
        buffer_add_text(dump->buffer, label);
        buffer_add_text(dump->buffer, ": ");
    }
}

/* Control characters never reach a terminal. */
static void add_string(struct buffer *buffer, const char *text)
{
    buffer_add_char(buffer, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte < 0x20 || byte == 0x7F) {
            buffer_add_format(buffer, "\\x%02x", byte);
            continue;
        }
        if (byte == '"' || byte == '\\')
            buffer_add_char(buffer, '\\');
        buffer_add_char(buffer, *text);
    }
    buffer_add_char(buffer, '"');
}

/* Integer, String and so on fit a line; false for other nodes. */
static bool add_value(struct buffer *buffer, const Node *node)
{
    switch (nodeTag(node)) {
    case T_Integer:
        buffer_add_format(buffer, "Integer %d", ((const Integer *)node)->ival);
        return true;
    case T_Boolean:
        buffer_add_format(buffer, "Boolean %s",
                          ((const Boolean *)node)->boolval ? "true" : "false");
        return true;
    case T_Float:
        buffer_add_text(buffer, "Float ");
        buffer_add_text(buffer, ((const Float *)node)->fval);
        return true;
    case T_String:
        buffer_add_text(buffer, "String ");
        add_string(buffer, ((const String *)node)->sval);
        return true;
    case T_BitString:
        buffer_add_text(buffer, "BitString ");
        add_string(buffer, ((const BitString *)node)->bsval);
        return true;
    default: return false;
    }
}

static void push(struct dump *dump, const Node *node, uint32_t end)
{
    *array_push(&dump->arena, &dump->frames) =
        (struct dump_frame){.node = node, .end = end};
}

/* The line that a node begins with; its fields or items are to follow. */
static void open_node(struct dump *dump, const char *label, const Node *node)
{
    const struct node_type *type;

    start_line(dump, label);
    if (!node) {
        buffer_add_text(dump->buffer, "null\n");
        return;
    }
    type = node_type_of(nodeTag(node));
    if (add_value(dump->buffer, node)) {
        buffer_add_char(dump->buffer, '\n');
    } else if (nodeTag(node) == T_List) {
        buffer_add_text(dump->buffer, "List\n");
        push(dump, node, (uint32_t)((const List *)node)->length);
    } else if (type) {
        buffer_add_text(dump->buffer, type->name);
        buffer_add_char(dump->buffer, '\n');
        push(dump, node, type->field_count);
    } else {
        buffer_add_format(dump->buffer, "node with tag %d\n",
                          (int)nodeTag(node));
    }
}

/* True, and the value in *value, for the kinds that are whole numbers. */
static bool read_number(const struct field *field, const void *at,
                        long long *value)
{
    switch (field->kind) {
    case FIELD_INT: *value = *(const int *)at; return true;
    case FIELD_UNSIGNED: *value = *(const unsigned int *)at; return true;
    case FIELD_SHORT: *value = *(const short *)at; return true;
    case FIELD_LONG: *value = *(const long *)at; return true;
    case FIELD_NODE:
    case FIELD_STRING:
    case FIELD_BOOL:
    case FIELD_CHAR:
    case FIELD_DOUBLE:
    case FIELD_LOCATION:
    case FIELD_VALUE:
    case FIELD_OTHER: break;
    }
    return false;
}

/* Locations of lists that are not there are 0; no other node begins there. */
static bool has_location(const struct field *field, ParseLoc location)
{
    return location > 0 ||
           (location == 0 && strcmp(field->name, "location") == 0);
}

/* The name of an enum's value; null if it has none. */
static const char *value_name(const struct field *field, long long number)
{
    const struct field_value *value = field->values;

    while (value && value->name && value->value != number)
        value++;
    return value ? value->name : NULL;
}

/* Of numbers 0 says nothing; of enums when it is SETOP_NONE and the like. */
static bool says_nothing(const char *name, long long number)
{
    return number == 0 && (!name || strstr(name, "NONE") ||
                           strstr(name, "DEFAULT") || strstr(name, "NOOP"));
}

static void add_line(struct dump *dump, const char *label, const char *text)
{
    start_line(dump, label);
    buffer_add_text(dump->buffer, text);
    buffer_add_char(dump->buffer, '\n');
}

static void add_number(struct dump *dump, const char *label, long long number)
{
    start_line(dump, label);
    buffer_add_format(dump->buffer, "%lld\n", number);
}

static void dump_number(struct dump *dump, const struct field *field,
                        long long number)
{
    const char *name = value_name(field, number);

    if (says_nothing(name, number))
        return;
    if (name)
        add_line(dump, field->name, name);
    else
        add_number(dump, field->name, number);
}

static void dump_string(struct dump *dump, const char *label, const char *text)
{
    start_line(dump, label);
    add_string(dump->buffer, text);
    buffer_add_char(dump->buffer, '\n');
}

/* SET (a, b) = ... has one source, which is shown with the first column. */
static bool is_shared(const Node *node, const struct field *field)
{
    return nodeTag(node) == T_MultiAssignRef &&
           ((const MultiAssignRef *)node)->colno != 1 &&
           field->kind == FIELD_NODE;
}

static void dump_node_field(struct dump *dump, const Node *node,
                            const struct field *field, const Node *child)
{
    if (!child)
        return;
    if (is_shared(node, field))
        add_line(dump, field->name, "as for the first column");
    else
        open_node(dump, field->name, child);
}

static void dump_field(struct dump *dump, const Node *node,
                       const struct field *field)
{
    const void *at = (const char *)node + field->offset;
    long long number;

    if (read_number(field, at, &number)) {
        dump_number(dump, field, number);
        return;
    }
    switch (field->kind) {
    case FIELD_NODE:
        dump_node_field(dump, node, field, *(const Node *const *)at);
        break;
    case FIELD_STRING:
        if (*(const char *const *)at)
            dump_string(dump, field->name, *(const char *const *)at);
        break;
    case FIELD_BOOL:
        if (*(const bool *)at)
            add_line(dump, field->name, "true");
        break;
    case FIELD_CHAR:
        if (*(const char *)at)
            dump_string(dump, field->name,
                        (const char[]){*(const char *)at, '\0'});
        break;
    case FIELD_LOCATION:
        if (has_location(field, *(const ParseLoc *)at))
            add_number(dump, field->name,
                       (long long)dump->tree_base + *(const ParseLoc *)at);
        break;
    case FIELD_VALUE:
        if (!((const A_Const *)node)->isnull)
            open_node(dump, field->name, at);
        break;
    case FIELD_DOUBLE: /* only the planner's nodes have one */
    case FIELD_OTHER:
    case FIELD_INT:
    case FIELD_UNSIGNED:
    case FIELD_SHORT:
    case FIELD_LONG: break;
    }
}

void dump_tree(struct buffer *buffer, const Node *tree, size_t tree_base)
{
    struct dump dump = {.buffer = buffer, .tree_base = tree_base};

    open_node(&dump, NULL, tree);
    while (dump.frames.count > 0) {
        struct dump_frame *top = &dump.frames.items[dump.frames.count - 1];
        const Node *node = top->node;
        uint32_t next = top->next++;

        if (next >= top->end)
            dump.frames.count--;
        else if (nodeTag(node) == T_List)
            open_node(&dump, NULL,
                      ((const List *)node)->elements[next].ptr_value);
        else
            dump_field(&dump, node, &node_type_of(nodeTag(node))->fields[next]);
    }
    arena_release(&dump.arena);
}
