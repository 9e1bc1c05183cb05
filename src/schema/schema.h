/*
 * What a server would have after the statements so far. Built by
 * replay/replay.h, read by rules.
 *
 * Everything here is const to its readers and owned by the schema; pointers
 * live until schema_free(), but say what they say only until the next
 * replayed statement. Names are as the server stores them: unquoted, folded,
 * at most 63 bytes.
 *
 * A relation is known by identity, not by name: a rename changes its name and
 * keeps the struct. What was dropped is no longer found by name.
 *
 * Histories often begin before the first file. A table that only ALTER TABLE
 * or CREATE INDEX mentioned exists with is_complete false: it may have columns,
 * constraints and indexes that nobody has told us of.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/array.h"
#include "sql/names.h"
#include "sql/words.h"

#include <stdint.h>

struct schema;
struct source;
struct relation;
struct table;
struct index;
struct constraint;
struct sequence;
struct type;

/* Where something was made: the words of a file. source null: nowhere. */
struct place {
    struct source *source;
    struct span span;
    size_t unit; /* schema_unit() at that time */
};

enum relation_kind {
    RELATION_TABLE,
    RELATION_PARTITIONED_TABLE,
    RELATION_FOREIGN_TABLE,
    RELATION_VIEW,
    RELATION_MATERIALIZED_VIEW,
    RELATION_SEQUENCE,
    RELATION_INDEX,
    RELATION_COMPOSITE_TYPE,
};

struct relation_array ARRAY(struct relation *);
struct type_array ARRAY(struct type *);

struct namespace
{
    const char *name;
    bool is_temporary;
    struct place made_at;
    struct relation_array members; /* all that ever were: ask is_dropped and
                                      namespace */
    struct type_array types;       /* likewise */
};

/* What every relation has: the part found by name. First member of the
 * others. */
struct relation {
    enum relation_kind kind;
    const char *name;
    struct namespace *namespace;
    struct place made_at;    /* source null: only mentioned, never created */
    const char *former_name; /* before the last unit that renamed it; null: it
                                never was */
    size_t renamed_in;       /* that unit */
    bool is_temporary;
    bool is_unlogged;
    bool is_dropped;
};

enum column_identity {
    IDENTITY_NONE,
    IDENTITY_ALWAYS,
    IDENTITY_BY_DEFAULT,
};

enum column_generated {
    GENERATED_NONE,
    GENERATED_STORED,
    GENERATED_VIRTUAL,
};

struct column {
    const char *name;
    const char *type; /* as format_type() prints it under an empty search_path;
                         null if unknown */
    const char *default_text; /* as in the source; null if none or serial */
    bool is_nullable; /* of the column itself; its domain's NOT NULL aside */
    bool has_default; /* DEFAULT, serial; neither identity nor generated */
    bool is_serial;
    bool is_inherited; /* from a parent, and not declared here too */
    bool is_dropped;
    enum column_identity identity;
    enum column_generated generated;
    struct constraint *not_null; /* which says so, from 18 on; null if none */
    struct place made_at;
    struct table *table;
};

struct column_array ARRAY(struct column *);

enum constraint_type {
    CONSTRAINT_PRIMARY_KEY,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_FOREIGN_KEY,
    CONSTRAINT_CHECK,
    CONSTRAINT_EXCLUDE,
    CONSTRAINT_NOT_NULL, /* has a name from PostgreSQL 18 on */
};

struct constraint {
    enum constraint_type type;
    const char *name;
    struct table *table;
    struct column_array columns; /* of a CHECK: those it reads. A column that
                                    is not known is made known, incomplete */
    bool is_validated;
    bool is_enforced;
    bool is_deferrable;
    bool is_initially_deferred;
    bool is_dropped;

    /* Foreign keys. */
    struct table *referenced;               /* known, if only by this mention */
    struct column_array referenced_columns; /* empty: its primary key, which is
                                               not known */
    char on_update; /* FKCONSTR_ACTION_* of parsenodes.h */
    char on_delete;

    /* Of primary keys, unique and exclusion constraints; of a foreign key the
     * unique index of the referenced table that it relies on, if known. */
    struct index *index;

    /* CHECK constraints: the columns that cannot be null in a row for which
     * the check is true (schema/implication.h). */
    struct column_array proves_not_null;
    const char *expression; /* the source text */

    struct constraint *inherited_from; /* the parent's; null: its own */
    struct place made_at;
};

struct constraint_array ARRAY(struct constraint *);

struct index_array ARRAY(struct index *);

struct index_column {
    struct column *column;  /* null: an expression */
    const char *expression; /* source text; null for a column */
    const char *name; /* the index's own name for it: c, lower, expr, expr1 */
    const char *opclass; /* null: the default */
    const char *collation;
    bool is_descending;
    bool is_nulls_first;
};

struct index {
    struct relation relation;
    struct table *table;
    const char *method; /* "btree" by default */
    bool is_unique;
    bool is_primary;
    bool is_nulls_not_distinct;
    bool is_valid;      /* false: ON ONLY without all partitions attached */
    bool is_concurrent; /* built CONCURRENTLY */
    bool has_generated_name;
    struct index_column *columns;
    size_t column_count;
    struct column_array include;
    const char *predicate; /* source text; null: whole table */
    /* The predicate is `c IS NOT NULL`, ANDed, on exactly these columns;
     * empty for any other predicate. */
    struct column_array predicate_not_null;
    struct column_array reads;     /* by its expressions and predicate */
    struct constraint *constraint; /* which it backs; null if none */
    struct index *partition_of;    /* the partitioned index; null if none */
    struct index_array partitions; /* attached ones; ask is_dropped too */
};

struct sequence {
    struct relation relation;
    struct column *owned_by; /* null: by none */
    bool is_identity;
};

struct sequence_array ARRAY(struct sequence *);

struct table_array ARRAY(struct table *);

/* Tables, partitioned and foreign tables, views and materialized views. */
struct table {
    struct relation relation;
    struct column_array columns; /* dropped ones included: ask is_dropped */
    uint32_t *column_hashes;     /* of their names; model.c's */
    struct constraint_array constraints; /* likewise */
    struct index_array indexes;          /* likewise */
    struct table *partition_of;          /* null if none */
    struct table_array parents;          /* inherited from, partition_of too */
    struct table_array children;
    struct constraint_array referenced_by; /* foreign keys; ask is_dropped */
    struct sequence_array sequences; /* owned by its columns; ask is_dropped */
    struct table_array read_by;      /* views; ask is_dropped */
    bool is_complete;          /* created in what was replayed: all is known */
    bool is_from_query;        /* CREATE TABLE AS, SELECT INTO */
    bool is_doubtful;          /* only statements with IF EXISTS mentioned it */
    bool is_dropped_at_commit; /* temporary, ON COMMIT DROP */
    size_t visit;              /* replay's */
};

struct schema *schema_new(int postgres_version);
void schema_free(struct schema *schema);

/* Which migration's statement is being judged: grows with every section of a
 * migration that is replayed. "New" is what this unit made. */
size_t schema_unit(const struct schema *schema);
void schema_begin_unit(struct schema *schema);

/*
 * The relation of that name along the search_path (or in the schema named);
 * null if none is known.
 */
const struct relation *schema_find_relation(const struct schema *schema,
                                            struct qualified_name name);

/* The same if it has columns (anything but a sequence or an index). */
const struct table *schema_find_table(const struct schema *schema,
                                      struct qualified_name name);

const struct index *schema_find_index(const struct schema *schema,
                                      struct qualified_name name);

/* Null if the table has no such column, or it was dropped. */
const struct column *table_find_column(const struct table *table,
                                       const char *name);

/* Null likewise. */
const struct constraint *table_find_constraint(const struct table *table,
                                               const char *name);

/* All tables that exist, in the order they were made or first mentioned. */
const struct table_array *schema_tables(const struct schema *schema);

/*
 * New: made by the unit being judged and not undone, or temporary. Nobody else
 * waits for its locks, it has no old rows. False for null: a relation that is
 * not known is assumed to exist, with rows.
 */
bool relation_is_new(const struct schema *schema,
                     const struct relation *relation);

/* Whether every replayed statement so far was understood and every relation
 * was created in what was replayed. */
bool schema_is_complete(const struct schema *schema);

/* A domain of that name, or the domain it is made of, has a default: a column
 * of it that is given no value takes that. False if it is not known. */
bool schema_domain_has_default(const struct schema *schema,
                               struct qualified_name name);

/*
 * The type as format_type() would print it under an empty search_path, in the
 * schema's memory; null if it names a type that is not known.
 */
const char *schema_type_text(struct schema *schema, const TypeName *type);

#endif
