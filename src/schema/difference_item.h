/*
 * One object as difference.c compares it: what it is called, what is said of
 * it, and the SQL that makes and drops it. Everything is text, made while the
 * schema is in one state, to be compared with the other's.
 *
 * Texts take time, and nearly all that is compared is what it was. So an object
 * is described in three steps, the later of which few objects need.
 */
#ifndef SCHEMA_DIFFERENCE_ITEM_H
#define SCHEMA_DIFFERENCE_ITEM_H

#include "schema/model.h"

/* Something said of an object. */
struct trait {
    const char *key;   /* what is compared; null: not known */
    const char *shown; /* "integer"; null: too long to be shown */
    const char *now;   /* the verb before that: "is" */
    const char *then;  /* "was" */
    const char *noun;  /* what is another where it is not shown: "body" */
    const char *mend;  /* SQL that makes it so again; null: make it anew, or
                          not written */
    bool is_rest;      /* all that makes it: told where nothing else is */
};

#define TRAIT_COUNT_MAX 7

/* Names are unique within a group and an owner. */
enum item_group {
    ITEM_NAMESPACE,
    ITEM_EXTENSION,
    ITEM_RELATION, /* but indexes */
    ITEM_TYPE,
    ITEM_FUNCTION,
    ITEM_OTHER,
    ITEM_COLUMN, /* from here on: parts of a table, or of a domain */
    ITEM_CONSTRAINT,
    ITEM_INDEX,
    ITEM_TRIGGER,
    ITEM_POLICY,
    ITEM_RULE,
    ITEM_STATISTICS,
};

/* Of a view, whose columns are not compared one by one: they are its query's. */
struct view_column {
    const char *name;
    const char *type; /* null: not known */
};

struct view_columns ARRAY(struct view_column);

/* Of an enum: a rename keeps the label. */
struct value {
    const struct enum_label *label;
    const char *name;
};

struct value_array ARRAY(struct value);

/* How far an item is described. */
enum item_depth {
    ITEM_NAMED,   /* what it is found by, and all flags */
    ITEM_SAID,    /* and what is compared: keys, values and columns */
    ITEM_WRITTEN, /* and all words and SQL */
};

struct item {
    const struct object *object;
    enum item_depth depth;
    size_t number; /* of the schema's objects */
    enum item_group group;
    const char *statement; /* all that makes it, where difference_write() says;
                              else null */
    const struct object *owner;  /* of a part; else its namespace or null */
    const struct object *anchor; /* of a sequence: the column; else null */
    const char *name;            /* as the server stores it */
    const char *kind;            /* "index" */
    const char *called;          /* "orders_user_id_idx", "users.email" */
    const char *drop;            /* SQL */
    const char *create;          /* SQL; a comment if it is not known */
    /* Its name stands between these in the statement that renames it:
     * `ALTER INDEX `, ` RENAME`. Null: there is none. */
    const char *rename_head;
    const char *rename_tail;
    struct trait traits[TRAIT_COUNT_MAX];
    size_t trait_count;
    const struct value_array *values;   /* of an enum */
    const struct view_columns *columns; /* of a view; null: not known */
    bool is_own;                        /* else its like in a parent made it */
    bool is_complete;                   /* of tables: all in it is known */
    bool is_conditional;                /* made with IF NOT EXISTS */
    bool is_new;                        /* made since the start */
    bool is_remade; /* the help drops it and makes it with all its indexes */
    struct place made_at;
    struct item *counterpart; /* in the other state */
};

struct item_array ARRAY(struct item *);

/* Of which table or domain this is a part; null: it is none. */
const struct object *item_whole(const struct object *object);

/* It is there, and found by its name. */
bool item_exists(const struct schema *schema, const struct object *object);

static inline bool relation_is_view(const struct relation *relation)
{
    return relation->kind == RELATION_VIEW ||
           relation->kind == RELATION_MATERIALIZED_VIEW;
}

/* Named; null for what is not compared: parts of others, what is temporary or an
 * extension's. */
struct item *item_describe(const struct schema *schema, struct arena *arena,
                           const struct object *object);

/* Down to this depth; does nothing if it was before. The schema is in the state
 * that the item is of. */
void item_deepen(struct arena *arena, struct item *item, enum item_depth depth);

#endif
