/*
 * What the files share that write a schema as a script of SQL; nobody else's.
 *
 * The script is a list of items, one for each statement or few of them that
 * belong together. schema_sql.c puts them in order, as pg_dump(1) does: by
 * kind and name, but what an item needs comes first. The others write items of
 * their kinds.
 */
#ifndef OUTPUT_SCHEMA_SQL_H
#define OUTPUT_SCHEMA_SQL_H

#include "output/schema_parts.h"

#include "base/map.h"
#include "schema/model.h"

/* In the order in which they are written (DbObjectTypePriority of pg_dump). */
enum sql_kind {
    SQL_NAMESPACE,
    SQL_EXTENSION,
    SQL_OTHER, /* which types and functions need: collations, servers ... */
    SQL_TYPE,  /* but composite ones */
    SQL_COMPOSITE,
    SQL_FUNCTION,
    SQL_OTHER_LATE, /* which need them: casts, operator classes ... */
    SQL_DOMAIN_CHECK,
    SQL_TABLE,
    SQL_SEQUENCE,
    SQL_VIEW,
    SQL_INHERIT, /* ALTER TABLE ... INHERIT, ATTACH PARTITION */
    SQL_IDENTITY,
    SQL_OWNER, /* ALTER SEQUENCE ... OWNED BY */
    SQL_DEFAULT,
    SQL_CHECK, /* and NOT NULL with a name */
    SQL_SET_NOT_NULL,
    SQL_KEY, /* PRIMARY KEY, UNIQUE, EXCLUDE */
    SQL_INDEX,
    SQL_INDEX_PARTITION,
    SQL_STATISTICS,
    SQL_RULE,
    SQL_TRIGGER,
    SQL_TRIGGER_STATE,
    SQL_FOREIGN_KEY,
    SQL_POLICY,
    SQL_ROW_SECURITY,
    SQL_VIEW_AGAIN, /* a view whose columns alone stood before */
};

struct sql_script;
struct sql_item;

typedef void sql_write(struct sql_script *script, const struct sql_item *item);

/* What it is about: the member that the kind's file reads. */
union sql_subject {
    const struct namespace *namespace;
    const struct extension *extension;
    const struct type *type;
    const struct function *function;
    const struct constraint *constraint;
    const struct table *table;
    const struct sequence *sequence;
    const struct column *column;
    const struct index *index;
    const struct trigger *trigger;
    const struct policy *policy;
    const struct rewrite_rule *rule;
    const struct statistics *statistics;
    const struct other *other;
};

enum sql_state {
    SQL_WAITING,
    SQL_STARTED, /* what it needs is being written */
    SQL_WRITTEN,
};

struct sql_item {
    enum sql_kind kind;
    enum sql_state state;
    const char *schema; /* these three sort items of one kind; never null */
    const char *name;
    const char *detail;
    union sql_subject subject;
    sql_write *write;
    const void *key; /* what script->by_object finds it by */
};

struct sql_item_array ARRAY(struct sql_item *);

struct sql_script {
    struct buffer *buffer;
    struct schema *schema;
    struct arena *arena; /* for all that is made meanwhile */
    struct schema_contents contents;
    struct sql_item_array items;
    struct map by_object; /* struct sql_item by the address of the object */
    bool has_left_out;    /* sql_left_out() was called */
};

/*
 * Adds an item; key, the object that others may need, may be null. The item's
 * subject is to be filled in.
 */
struct sql_item *sql_add(struct sql_script *script, enum sql_kind kind,
                         sql_write *write, const void *key, const char *schema,
                         const char *name, const char *detail);

/* Null if the script has nothing for that object. */
struct sql_item *sql_find(const struct sql_script *script, const void *object);

/*
 * What the item needs is added to the array, in the script's arena: only direct
 * needs. Of a view what its columns need comes first.
 */
void sql_list_needs(struct sql_script *script, const struct sql_item *item,
                    struct sql_item_array *needs);

/* Each adds the items of a kind of object. The last adds one that comes after
 * all others: the view has been written with its columns alone. */
void sql_add_namespace(struct sql_script *script,
                       const struct namespace *namespace);
void sql_add_extension(struct sql_script *script,
                       const struct extension *extension);
void sql_add_other(struct sql_script *script, const struct other *other);
void sql_add_type(struct sql_script *script, const struct type_entry *entry);
void sql_add_function(struct sql_script *script,
                      const struct function *function);

/* The statement alone, at once. */
void sql_write_function(struct sql_script *script,
                        const struct function *function);
void sql_add_sequence(struct sql_script *script,
                      const struct sequence *sequence);
void sql_add_table(struct sql_script *script, const struct table *table);
void sql_add_view(struct sql_script *script, const struct table *view);
void sql_add_view_again(struct sql_script *script, const struct table *view);

/* What stands beside tables and views. */
void sql_add_constraints(struct sql_script *script, const struct table *table);
void sql_add_indexes(struct sql_script *script, const struct table *table);
void sql_add_parts(struct sql_script *script, const struct table *table);

/* One of those parts; nothing if it was dropped. */
void sql_add_trigger(struct sql_script *script, const struct trigger *trigger);
void sql_add_rule(struct sql_script *script, const struct rewrite_rule *rule);
void sql_add_statistics(struct sql_script *script,
                        const struct statistics *statistics);
void sql_add_policy(struct sql_script *script, const struct policy *policy);

/* A view that says nothing but its columns; false if their types are not all
 * known. */
bool sql_write_view_columns(struct sql_script *script,
                            const struct table *view);

/* Whether CHECK or NOT NULL, or a default, is written within CREATE TABLE. */
bool sql_is_check_inside(const struct constraint *check);
bool sql_is_default_inside(const struct column *column);

/* The parents are in CREATE TABLE's INHERITS, which gives the columns their
 * order; else they are added later. */
bool sql_inherits_inside(const struct table *table);

/*
 * Pieces of statements, added to the buffer.
 */
void sql_text(struct sql_script *script, const char *text);
void sql_format(struct sql_script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sql_identifier(struct sql_script *script, const char *name);
void sql_name(struct sql_script *script, const struct namespace *namespace,
              const char *name);
void sql_relation(struct sql_script *script, const struct relation *relation);
void sql_columns(struct sql_script *script, const struct column_array *columns);
void sql_literal(struct sql_script *script, const char *text);

/* A statement as it was written, which names what is in this schema; null: in
 * public. */
void sql_as_written(struct sql_script *script,
                    const struct namespace *namespace, const char *statement);

/* The expression with present names or, where nobody bound it, as it was
 * written; null if neither is known. */
const char *sql_expression(struct sql_script *script,
                           const struct expression *expression,
                           const char *written);

/* The check's expression in parentheses and its attributes. */
void sql_check(struct sql_script *script, const struct constraint *check);

/* CONSTRAINT name, if it has one. */
void sql_constraint_name(struct sql_script *script,
                         const struct constraint *constraint);

/* A comment instead of what is not known well enough. */
void sql_left_out(struct sql_script *script, const char *what,
                  const char *name);

#endif
