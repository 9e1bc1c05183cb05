/*
 * The table of node fields: gives meaning to the macros in which
 * generate_fields.awk writes it. The walker and dump-tree read it.
 */
#include "sql/fields.h"

#include <stddef.h>
#include <string.h>

#define MEMBER(node, member) (((node *)0)->member)

/* Versions of clang-format do not agree on these two. */
/* clang-format off */
#define FIELD_OF_KIND(node, member, member_kind) \
    {.name = #member,                            \
     .offset = offsetof(node, member),           \
     .size = sizeof MEMBER(node, member),        \
     .kind = member_kind}

#define SCALAR_KIND(node, member)                               \
    _Generic(MEMBER(node, member),                              \
             bool: FIELD_BOOL,                                  \
             char: FIELD_CHAR,                                  \
             int: FIELD_INT,                                    \
             unsigned int: FIELD_UNSIGNED,                      \
             short: FIELD_SHORT, unsigned short: FIELD_SHORT,   \
             long: FIELD_LONG, unsigned long: FIELD_LONG,       \
             double: FIELD_DOUBLE,                              \
             default: FIELD_OTHER)
/* clang-format on */

#define FIELD_OF_NODE(node, member) FIELD_OF_KIND(node, member, FIELD_NODE)
#define FIELD_OF_STRING(node, member) FIELD_OF_KIND(node, member, FIELD_STRING)
#define FIELD_OF_SCALAR(node, member) \
    FIELD_OF_KIND(node, member, SCALAR_KIND(node, member))
#define FIELD_OF_ENUM(node, member, type)                          \
    {                                                              \
        .name = #member, .offset = offsetof(node, member),         \
        .size = sizeof MEMBER(node, member),                       \
        .kind = SCALAR_KIND(node, member), .values = values_##type \
    }
#define FIELD_OF_LOCATION(node, member) \
    FIELD_OF_KIND(node, member, FIELD_LOCATION)
#define FIELD_OF_VALUE(node, member) FIELD_OF_KIND(node, member, FIELD_VALUE)
#define FIELD_OF_BITMAPSET(node, member) \
    FIELD_OF_KIND(node, member, FIELD_OTHER)
#define FIELD_OF_POINTER(node, member) FIELD_OF_KIND(node, member, FIELD_OTHER)
#define FIELD_OF_ARRAY(node, member) FIELD_OF_KIND(node, member, FIELD_OTHER)

#define FIELD_VALUE_OF(constant)             \
    {                                        \
        .name = #constant, .value = constant \
    }

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define NODE_TYPE(node)                   \
    [T_##node] = {#node,                  \
                  fields_##node,          \
                  children_##node,        \
                  COUNT(fields_##node),   \
                  COUNT(children_##node), \
                  sizeof(node)}
#define NODE_TYPE_LEAF(node)                                        \
    [T_##node] = {#node, fields_##node, NULL, COUNT(fields_##node), \
                  0,     sizeof(node)}
#define NODE_TYPE_EMPTY(node) \
    [T_##node] = {#node, NULL, NULL, 0, 0, sizeof(node)}

#include "field_table.inc"

const size_t node_tag_limit = COUNT(node_types);

NodeTag node_tag_of(const char *name)
{
    for (size_t tag = 0; tag < node_tag_limit; tag++) {
        if (node_types[tag].name && strcmp(node_types[tag].name, name) == 0)
            return (NodeTag)tag;
    }
    return T_Invalid;
}
