/*
 * What a statement costs others: which relations it locks and how, the work
 * that it does under these locks, and what it takes away; or why the server
 * refuses it.
 *
 * Facts: "Explicit Locking" in the manual, src/backend/commands (tablecmds.c,
 * AlterTableGetLockLevel), and testdata/locks, run on servers 13 to 18.
 */
#ifndef LOCKS_LOCKS_H
#define LOCKS_LOCKS_H

#include "input/migration.h"
#include "input/source.h"
#include "schema/schema.h"

/* In order of strength, as lockdefs.h numbers them. */
enum lock_mode {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
};

/* As the manual spells it: "SHARE ROW EXCLUSIVE". */
const char *lock_mode_name(enum lock_mode mode);

/* The two cannot be held on one relation by two sessions ("Conflicting Lock
 * Modes"). */
bool lock_modes_conflict(enum lock_mode a, enum lock_mode b);

struct lock {
    const struct relation *relation; /* null: the files do not make it */
    const char *schema;
    const char *name;
    enum relation_kind kind;
    enum lock_mode mode;
};

struct lock_array ARRAY(struct lock);

enum work_kind {
    WORK_REWRITE,
    WORK_SCAN,
    WORK_INDEX_BUILD,
    WORK_FOREIGN_KEY_CHECK,
    WORK_FILE_COPY,
    WORK_NEW_FILE,
};

/* "index build" and so on. */
const char *work_kind_name(enum work_kind kind);

struct work {
    enum work_kind kind;
    const char *schema;
    const char *name; /* of a table, index or sequence; of the constraint that
                         is checked */
    const struct relation *on; /* the table that the work is done on, or the
                                  sequence; null: not known */
};

struct work_array ARRAY(struct work);

/* Why a sub-command of ALTER TABLE costs work. */
enum work_reason {
    REASON_NONE,
    /* A rewrite, because every row gets a value of its own in a new column. */
    REASON_DEFAULT,         /* a volatile one, its domain's too */
    REASON_UNKNOWN_DEFAULT, /* one with a function that nobody knows, which is
                               volatile unless it was declared otherwise */
    REASON_SERIAL,
    REASON_IDENTITY,
    REASON_GENERATED,  /* and stored */
    REASON_DOMAIN,     /* which has constraints, or a volatile default */
    REASON_EXPRESSION, /* SET EXPRESSION of a stored generated column */
    /* Other settings of the table. */
    REASON_PERSISTENCE, /* SET LOGGED, SET UNLOGGED */
    REASON_ACCESS_METHOD,
    REASON_TABLESPACE, /* the file is copied */
    /* ALTER COLUMN TYPE: a rewrite. */
    REASON_TYPE,
    REASON_UNKNOWN_TYPE, /* the old one or the new one is not known: perhaps */
    /* ALTER COLUMN TYPE: an index is built anew, as the server cannot tell that
     * the old one would do. */
    REASON_INDEX_PREDICATE,
    REASON_INDEX_EXPRESSION,
    REASON_INDEX_ORDER, /* other operators, or another collation */
    REASON_INDEX_PARTITIONED,
    /* ALTER COLUMN TYPE: a constraint is checked again. */
    REASON_CONSTRAINT,
};

/* One for each sub-command, table, and index or constraint; of tables that
 * have rows, or may have some in partitions that the files do not know. Of very
 * many in one statement only the first are told, as with new_check. */
struct work_cause {
    const AlterTableCmd *command;
    enum work_kind kind;
    enum work_reason reason;
    const struct relation *on;           /* the table */
    const struct index *index;           /* null unless one is built anew */
    const struct constraint *constraint; /* null unless one is checked again */
};

struct work_cause_array ARRAY(struct work_cause);

/* A CHECK or foreign key that the statement makes, and for which the rows that
 * are there already are looked at. */
struct new_check {
    enum constraint_type type;
    const char *name;          /* given, or the one that the server makes up */
    const struct relation *on; /* whose rows these are */
    size_t offset; /* of the words that make it, in the file: of its node's
                      location */
};

struct new_check_array ARRAY(struct new_check);

enum narrowing_kind {
    NARROWING_NONE,
    NARROWING_FAILS, /* some values make the statement fail */
    NARROWING_LOSES, /* some values are changed, and nobody is told */
};

/* What becomes of values that a new type cannot hold. */
struct narrowing {
    enum narrowing_kind kind;
    bool is_conversion; /* to another kind of value: that all fit is likely */
    const char *what;   /* it fails if `what`, or loses `what` */
    const char *where;  /* the condition of such rows, as SQL; or null */
};

/* A column that ALTER COLUMN TYPE narrows. */
struct narrowed {
    const struct column *column;
    const char *type; /* the new one, as SQL */
    struct narrowing narrowing;
};

struct narrowed_array ARRAY(struct narrowed);

/*
 * locks: the strongest lock that this statement itself asks for on each
 * relation that existed before it, whatever is held already; by schema and
 * name. Tables, views, materialized views and sequences always, indexes from
 * SHARE UPDATE EXCLUSIVE up; never catalogs or TOAST.
 */
struct effects {
    struct lock_array locks;
    struct work_array work;            /* by kind, schema and name */
    struct work_cause_array causes;    /* of ALTER TABLE: as they are found */
    struct new_check_array new_checks; /* in the order they are made */
    struct name_array unproven; /* columns that it makes NOT NULL, where nothing
                                   proves that no row has a null */
    struct narrowed_array narrowed;
    struct taken_array taken; /* by DROP; of those named, only what is known */
    struct object_array renamed; /* or moved to another schema: relations,
                                    types, functions, schemas */
    bool is_understood;
    bool makes_index; /* on a table that existed; of a partitioned one the files
                         may not know all parts */
    const char *fails; /* the server's message; then there are no locks */
};

/* Where a statement runs. */
struct locks_context {
    enum transaction_kind transaction;
    bool is_first; /* of a pipeline: may still refuse transactions */
    bool is_in_do; /* of the body of a DO block */
};

/*
 * The effects of the statement on the schema as it stands, which is the same
 * again afterwards. The statement has its tree; source has its text. All in
 * the arena but relations' names, which are the schema's.
 */
struct effects locks_of(struct arena *arena, struct schema *schema,
                        struct source *source,
                        const struct statement *statement,
                        const struct locks_context *context);

/* Whether the statement certainly locks nothing in SHARE or stronger that was
 * there before the migration (of a DO block: it, without its statements). Found
 * out at little cost; "no" for many of which locks_of() says the same. */
bool locks_are_light(const struct schema *schema, const Node *node);

/* The lock on this relation; LOCK_NONE if there is none. */
enum lock_mode effects_lock_on(const struct effects *effects,
                               const struct relation *relation);

/* The same by name, also of a relation that the files do not make; schema null:
 * whichever it is in. */
enum lock_mode effects_lock_on_name(const struct effects *effects,
                                    struct qualified_name name);

/* The work of this kind on this table; null if there is none. */
const struct work *effects_find_work(const struct effects *effects,
                                     enum work_kind kind,
                                     const struct relation *on);

/* The first reason why this sub-command makes the server do this; null if it
 * does not. */
const struct work_cause *effects_find_cause(const struct effects *effects,
                                            const AlterTableCmd *command,
                                            enum work_kind kind);

/* The constraint that is made by the words at this offset of the file, if rows
 * are looked at for it; of a table and its children, the table's. Null if there
 * is none. */
const struct new_check *effects_find_new_check(const struct effects *effects,
                                               size_t offset);

/* Whether it builds an index, on whatever table. */
bool effects_build_index(const struct effects *effects);

/* Whether rows are looked at because a column of this name is to be NOT NULL. */
bool effects_scan_column(const struct effects *effects, const char *column);

#endif
