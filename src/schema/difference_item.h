/*
 * One object as difference.c compares it: what it is called, what is said of
 * it, and the SQL that makes and drops it. Everything is text, made while the
 * schema is in one state, to be compared with the other's.
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
    const char *mend;  /* SQL that makes it so again; null: make it anew */
};

#define TRAIT_COUNT_MAX 5

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

struct item {
    const struct object *object;
    enum item_group group;
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
    bool is_whole;                      /* all of a table is in `create` */
    bool is_new;                        /* made since the start */
    struct place made_at;
    struct item *counterpart; /* in the other state */
};

struct item_array ARRAY(struct item *);

/* It is there, and found by its name. */
bool item_exists(const struct schema *schema, const struct object *object);

static inline bool relation_is_view(const struct relation *relation)
{
    return relation->kind == RELATION_VIEW ||
           relation->kind == RELATION_MATERIALIZED_VIEW;
}

/* Null for what is not compared: parts of others, what is temporary or an
 * extension's. is_whole: with all of a table in `create`, which takes long. */
struct item *item_describe(const struct schema *schema, struct arena *arena,
                           const struct object *object, bool is_whole);

/* difference_part.c: parts of tables, likewise. */
bool item_describe_part(struct arena *arena, const struct object *object,
                        struct item *item);

/* A comment that says so: where no more is known than which statement made it. */
const char *item_make_again(struct arena *arena, const struct item *item);

/* Fills the next trait; null keys and texts may stand for what is not known. */
struct trait *item_add_trait(struct item *item, const char *key,
                             const char *shown, const char *mend);

#endif
