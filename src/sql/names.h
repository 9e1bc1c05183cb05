/*
 * Names in parse trees: the strings of a List of String nodes, and what
 * relation a RangeVar means.
 */
#ifndef SQL_NAMES_H
#define SQL_NAMES_H

#include "sql/ast.h"

#include "base/arena.h"

/* A possibly qualified name; each part is the tree's own string or null. */
struct qualified_name {
    const char *catalog;
    const char *schema;
    const char *name; /* never null in a valid tree */
};

/* The name in a List of String nodes (a DROP's object, a TypeName's names). */
struct qualified_name name_from_list(const List *parts);

/* The same without the last part, which is of something that the named has: a
 * column, a trigger. */
struct qualified_name name_before_last(const List *parts);

struct qualified_name name_from_range_var(const RangeVar *range);

/* The string in a String node; null for any other node. */
static inline const char *name_from_string(const Node *node)
{
    const String *string = node_as(String, node);

    return string ? string->sval : NULL;
}

/* `schema.name` as SQL, quoted where need be, in the arena. */
const char *name_to_sql(struct arena *arena, struct qualified_name name);

/* ctid, xmin and the like: every table has them. (ddl-system-columns.html) */
bool name_is_system_column(const char *name);

/* A key word that a table or column can only be called in quotes. (appendix
 * sql-keywords-appendix.html: "reserved", and "can be function or type") */
bool name_is_reserved(const char *name);

/*
 * smallserial, serial, bigserial and their other spellings: the integer type
 * behind; else null. type may be null. (parse_utilcmd.c,
 * transformColumnDefinition.)
 */
const char *name_of_serial_word(const char *word);

static inline const char *name_of_serial(const TypeName *type)
{
    const char *word;

    if (!type || list_length(type->names) != 1 || type->pct_type ||
        type->arrayBounds)
        return NULL;
    word = name_from_string(linitial(type->names));
    /* Nearly all types begin with another letter. */
    return word && (word[0] == 's' || word[0] == 'b')
               ? name_of_serial_word(word)
               : NULL;
}

#endif
