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
struct namespace;
struct relation;
struct table;
struct column;
struct index;
struct constraint;
struct sequence;
struct type;
struct function;
struct builtin_type;
struct search_path;
struct word_filter;

/* Where something was made: the words of a file. source null: nowhere. */
struct place {
    struct source *source;
    struct span span;
    size_t unit; /* schema_unit() at that time */
};

enum object_class {
    CLASS_NAMESPACE,
    CLASS_EXTENSION,
    CLASS_RELATION,
    CLASS_COLUMN,
    CLASS_DEFAULT, /* of a column, or the expression of a generated one */
    CLASS_CONSTRAINT,
    CLASS_TYPE,
    CLASS_FUNCTION,
    CLASS_TRIGGER,
    CLASS_POLICY,
    CLASS_RULE,
    CLASS_STATISTICS,
    CLASS_OTHER, /* operators, casts, collations ...: known by name alone */
};

/* What the search for all that a DROP takes has found out about an object. */
enum deletion_state {
    DELETION_NONE,
    DELETION_ENTERED, /* its dependents are being looked for */
    DELETION_FOUND,   /* it is to go */
};

/*
 * What may be dropped, and what others may depend on: the first member of all
 * of them. (pg_depend, "DEPENDENCY TYPES" in catalog/dependency.h.)
 */
struct object {
    enum object_class class;
    bool is_dropped;
    uint8_t deletion_state;  /* enum deletion_state; replay's, like the next */
    uint16_t deletion_flags; /* how it was reached */
    struct dependency *dependents; /* on this; newest first */
    struct dependency *needs;      /* what this depends on; newest first */
};

enum dependency_kind {
    DEPENDENCY_NORMAL,    /* DROP of the needed is refused, or cascades */
    DEPENDENCY_AUTO,      /* goes silently with the needed */
    DEPENDENCY_INTERNAL,  /* is a part of it: cannot go alone */
    DEPENDENCY_EXTENSION, /* is a member of it: cannot go alone */
    DEPENDENCY_PARTITION, /* is the part of it that a partition has: likewise,
                             and goes with the partition */
};

/*
 * What a DROP takes: that which it names, and with CASCADE what depends on it,
 * as the server's notices "drop cascades to" list it. What is merely a part of
 * it (a table's columns and indexes) is not listed.
 */
struct taken {
    struct object *object;
    struct object *named;    /* because of which it goes; object itself if the
                                statement names it */
    const char *description; /* as messages call it: `view v` */
};

struct taken_array ARRAY(struct taken);

/* What the structure says already (a table's columns, indexes, constraints,
 * children; a foreign key's tables) has no dependency of its own. */
struct dependency {
    struct object *dependent;
    struct object *needed;
    enum dependency_kind kind;
    bool is_gone; /* the dependent no longer needs it */
    struct dependency *next_dependent;
    struct dependency *next_need;
};

/* How words of an expression follow what they name. */
enum reference_form {
    REFERENCE_NAME,   /* an object's name, qualified or not; written again
                           with its schema unless that is pg_catalog */
    REFERENCE_COLUMN, /* a column's or attribute's own name; text, if not
                           null, is what it stays called in the output */
    REFERENCE_QUALIFIED_COLUMN, /* the same, to be written after its table's
                                   name: within a sub-select, say */
    REFERENCE_FROM_ITEM, /* a relation in FROM, with its alias and that one's
                            columns. It keeps the name `text` and the names
                            of `columns`, whatever they become */
    REFERENCE_STRING,    /* 'name' that became a constant of type regclass ...:
                            a string that holds the name */
    REFERENCE_LABEL,     /* 'label' that became a constant of an enum */
    REFERENCE_OPERATOR,  /* an operator of the namespace */
    REFERENCE_TEXT,      /* text stands for it: `*` and its columns, the
                            output name that an expression had. May be empty
                            words */
};

/* Words of an expression's text that name an object. In order of offset, and
 * they do not overlap. */
struct reference {
    uint32_t offset; /* in bytes, in the expression's text */
    uint32_t length;
    enum reference_form form;
    uint32_t column_count;
    struct object *object; /* null: text alone */
    const char *text;
    union {
        const char *const *columns; /* of REFERENCE_FROM_ITEM, by position in
                                       table.columns; null for those that were
                                       dropped even then */
        const struct enum_label *label; /* of REFERENCE_LABEL */
    };
};

/*
 * An expression or a query that outlives its statement: as it was written, and
 * what its names meant then, so that it can be written again after renames and
 * under any search_path. Made by query/binding.h, in the schema's memory. Only objects
 * made by statements are referenced; built-in ones keep their names.
 */
struct expression {
    const char *text;
    const struct reference *references;
    size_t reference_count;
};

/* A type and its modifier. type null: not known. */
struct data_type {
    struct type *type;
    int32_t modifier; /* atttypmod; -1: none */
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

struct object_array ARRAY(struct object *);
struct relation_array ARRAY(struct relation *);
struct type_array ARRAY(struct type *);
struct column_array ARRAY(struct column *);
struct constraint_array ARRAY(struct constraint *);
struct index_array ARRAY(struct index *);
struct sequence_array ARRAY(struct sequence *);
struct table_array ARRAY(struct table *);

struct function_array ARRAY(struct function *);

struct namespace
{
    struct object object;
    const char *name;
    bool is_temporary;
    struct place made_at;
    struct relation_array members;   /* all that ever were: ask is_dropped and
                                      namespace */
    struct type_array types;         /* likewise */
    struct function_array functions; /* likewise */
};

struct extension {
    struct object object;
    const char *name;
    struct namespace *namespace;
    struct place made_at;
    struct type_array types; /* that it brought */
    bool is_known; /* all that it brings is in the catalogue of extensions */
};

struct extension_array ARRAY(struct extension *);

enum type_kind {
    TYPE_BASE,
    TYPE_ENUM,
    TYPE_DOMAIN,
    TYPE_COMPOSITE, /* CREATE TYPE AS */
    TYPE_ROW,       /* of a table or view */
    TYPE_RANGE,
    TYPE_MULTIRANGE,
    TYPE_ARRAY,
    TYPE_PSEUDO,
};

struct name_array ARRAY(const char *);

/* A value of an enum: a rename changes its name, and keeps it. */
struct enum_label {
    const char *name;
};

struct label_array ARRAY(struct enum_label *);

/*
 * Every type, built-in ones too: those are made when they are first asked for.
 * Equal types are one struct.
 */
struct type {
    struct object object;
    enum type_kind kind;
    const char *name; /* int4, _int4 */
    struct namespace *namespace;
    const struct builtin_type *builtin; /* null: neither built-in nor an
                                           extension's that is known */
    struct extension *extension;        /* which brought it; null if none */
    struct place made_at;
    struct type *array;   /* made when it is first asked for */
    struct type *element; /* of an array; the subtype of a range; the range of
                             a multirange */
    struct type *multirange;   /* of a range, from 14 on */
    struct table *table;       /* of a composite or row type */
    size_t renamed_in;         /* the last unit that renamed it; 0: none */
    size_t column_dropped_in;  /* the last unit that dropped a column of it that
                                  it had not made; 0: none */
    bool is_in_use;            /* some column was given it, or an array of it */
    struct label_array labels; /* of an enum, in its order */
    size_t label_renames;      /* how often one of them was renamed */

    /* Domains. */
    struct data_type base;
    bool is_not_null;                      /* its own: its base may be, too */
    bool has_default;                      /* its own or that of its base */
    struct expression *default_expression; /* null if none */
    struct constraint_array *constraints;  /* CHECK, and NOT NULL from 17 on */
};

enum function_kind {
    FUNCTION_FUNCTION,
    FUNCTION_PROCEDURE,
    FUNCTION_AGGREGATE,
    FUNCTION_WINDOW,
};

enum volatility {
    VOLATILITY_IMMUTABLE,
    VOLATILITY_STABLE,
    VOLATILITY_VOLATILE,
};

struct parameter {
    const char *name; /* null if it has none */
    char mode;        /* FUNC_PARAM_* of parsenodes.h, never DEFAULT */
    bool has_default;
    struct data_type type;
    struct expression *default_expression; /* null if none */
};

/* Made by statements; built-in ones are in schema/builtin. */
struct function {
    struct object object;
    enum function_kind kind;
    const char *name;
    struct namespace *namespace;
    struct extension *extension;
    struct function *next_overload; /* of the same name in the same schema */
    struct parameter *parameters;
    size_t parameter_count;
    struct data_type result; /* RETURNS TABLE and OUT: record, or the one */
    bool returns_set;
    bool is_strict;
    bool is_security_definer;
    bool has_search_path; /* SET search_path: calls run with that one */
    struct search_path *search_path; /* which; null: its caller's, or what is
                                        not known */
    bool is_public_revoked;          /* EXECUTE was taken from PUBLIC */
    struct place definer_at; /* the words that made it run as its owner and
                                with its caller's search_path, or the last
                                that said so; source null: none did */
    enum volatility volatility;
    struct place defined_at;    /* its last CREATE [OR REPLACE] */
    struct place volatility_at; /* the word that says so; source null: none
                                   does */
    const char *language;
    const char *body;       /* the string after AS, or the SQL of a body without
                         quotes; null for other languages' link symbols */
    const char *statements; /* between BEGIN ATOMIC and END; null: it has no
                               such body */
    struct place body_at; /* where the body is, without its quotes; source null:
                             it has none, or not in one piece. As long as body,
                             or statements, if each byte is as it is there */
    bool is_sql_body;     /* RETURN, BEGIN ATOMIC */
    const struct word_filter *words; /* of a body between quotes; else null */
    struct expression *definition; /* for writing it again: the options without
                                      those that are fields here, and the body;
                                      of an aggregate the whole statement; null
                                      of an extension's */
    struct place made_at;
};

struct trigger {
    struct object object;
    const char *name;
    struct table *table;
    struct function *function; /* null: not known, or built in */
    const char *function_name; /* as SQL, where function is null */
    struct name_array arguments;
    struct table *referenced; /* of a constraint trigger: FROM */
    char enabled;             /* pg_trigger.tgenabled: O, D, R, A */
    bool is_row;
    bool is_constraint;
    int16_t events;                 /* TRIGGER_TYPE_* of pg_trigger.h */
    struct column_array *columns;   /* UPDATE OF */
    struct trigger *inherited_from; /* the partitioned table's; null if none */
    struct expression *when;        /* null if none */
    const char *old_table;          /* REFERENCING; null if none */
    const char *new_table;
    bool is_deferrable;
    bool is_initially_deferred;
    struct place made_at;
};

struct trigger_array ARRAY(struct trigger *);

struct policy {
    struct object object;
    const char *name;
    struct table *table;
    char command; /* pg_policy.polcmd: r a w d * */
    bool is_permissive;
    struct name_array roles;             /* as given; public is "public" */
    struct expression *using_expression; /* null if none, or not kept */
    struct expression *check_expression; /* likewise */
    bool shows_all;                      /* USING (true) */
    bool checks_any;                     /* WITH CHECK, other than (true) */
    struct place made_at;
    struct place using_at; /* the last USING (...), source null if there was
                              none */
    struct place check_at; /* likewise WITH CHECK (...) */
};

struct policy_array ARRAY(struct policy *);

/* CREATE RULE; a view's own is its query. */
struct rewrite_rule {
    struct object object;
    const char *name;
    struct table *table;
    char enabled;
    struct expression *definition; /* from ON on */
    struct place made_at;
};

struct rewrite_rule_array ARRAY(struct rewrite_rule *);

/* What else has a name. */
enum other_kind {
    OTHER_ACCESS_METHOD,
    OTHER_CAST,
    OTHER_COLLATION,
    OTHER_CONVERSION,
    OTHER_EVENT_TRIGGER,
    OTHER_LANGUAGE,
    OTHER_OPERATOR,
    OTHER_OPERATOR_CLASS,
    OTHER_OPERATOR_FAMILY,
    OTHER_PUBLICATION,
    OTHER_ROLE,
    OTHER_SERVER,
    OTHER_SUBSCRIPTION,
    OTHER_TEXT_SEARCH_CONFIGURATION,
    OTHER_TEXT_SEARCH_DICTIONARY,
    OTHER_TEXT_SEARCH_PARSER,
    OTHER_TEXT_SEARCH_TEMPLATE,
    OTHER_TRANSFORM,
    OTHER_USER_MAPPING,
    OTHER_WRAPPER,
};

/* Of which no more is known than that it is there. */
struct other {
    struct object object;
    enum other_kind kind;
    const char *name;            /* with what tells it from others of the name:
                         `=(integer,text)`, `(integer AS e)`, `c USING gin` */
    struct namespace *namespace; /* null: it is in none */
    struct place made_at;
    const char *statement; /* that made it, as it was written */
};

struct other_array ARRAY(struct other *);

/* CREATE STATISTICS. */
struct statistics {
    struct object object;
    const char *name;
    struct namespace *namespace;
    struct table *table;
    struct expression *definition;
    struct place made_at;
};

struct statistics_array ARRAY(struct statistics *);

/* What every relation has: the part found by name. First member of the
 * others. */
struct relation {
    struct object object;
    enum relation_kind kind;
    const char *name;
    struct namespace *namespace;
    struct extension *extension; /* which brought it; null if none */
    struct place made_at;    /* source null: only mentioned, never created */
    const char *former_name; /* before the last unit that renamed it; null: it
                                never was */
    size_t renamed_in;       /* that unit */
    bool is_temporary;
    bool is_unlogged;
    bool has_comment; /* of tables and the like */
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

/* A default, or what a generated column is generated from. */
struct column_default {
    struct object object;
    struct column *column;
    struct expression *expression;
    struct type *type; /* of the expression alone; null: not known */
};

struct column {
    struct object object;
    const char *name;
    struct data_type data_type; /* type null: unknown */
    struct type *former_type;   /* before ALTER COLUMN TYPE; null: none, or not
                                   known */
    const char *default_text;   /* as in the source; null if none or serial */
    bool is_nullable;    /* of the column itself; its domain's NOT NULL aside */
    bool is_null_wanted; /* by DROP NOT NULL */
    bool has_default;    /* DEFAULT, serial; neither identity nor generated */
    bool is_serial;
    bool has_comment;
    bool is_local; /* declared here, though a parent may have it too */
    bool has_conflicting_defaults; /* of parents, while it is being made */
    uint16_t inherit_count;        /* how many parents have it: attinhcount */
    uint8_t identity;              /* enum column_identity */
    uint8_t generated;             /* enum column_generated */
    struct column_default *default_value; /* null if none: neither default nor
                                             generated */
    struct constraint *not_null; /* which says so, from 18 on; null if none */
    const char *collation;       /* as given, quoted; null: its type's */
    struct place made_at;
    struct place typed_at; /* the type's words; source null: none was
                              written (a query's column, LIKE, a parent's) */
    struct table *table;
};

enum constraint_type {
    CONSTRAINT_PRIMARY_KEY,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_FOREIGN_KEY,
    CONSTRAINT_CHECK,
    CONSTRAINT_EXCLUDE,
    CONSTRAINT_NOT_NULL, /* has a name from PostgreSQL 18 on */
};

struct constraint {
    struct object object;
    enum constraint_type type;
    const char *name;
    struct table *table; /* null: of a domain */
    struct type *domain;
    struct column_array columns; /* of a CHECK: those it reads. A column that
                                    is not known is made known, incomplete */
    bool is_validated;
    bool is_enforced;
    bool is_deferrable;
    bool is_initially_deferred;
    bool is_no_inherit;
    bool is_local; /* as of columns: conislocal, coninhcount */
    uint16_t inherit_count;
    bool is_without_overlaps; /* the last column of the key; of a foreign key:
                                 PERIOD */

    /* Foreign keys. */
    struct table *referenced;               /* known, if only by this mention */
    struct column_array referenced_columns; /* empty: its primary key, which is
                                               not known */
    char on_update; /* FKCONSTR_ACTION_* of parsenodes.h */
    char on_delete;
    char match;                          /* FKCONSTR_MATCH_* */
    struct column_array *delete_columns; /* SET NULL (these); null: all */

    /* Of primary keys, unique and exclusion constraints; of a foreign key the
     * unique index of the referenced table that it relies on, if known. */
    struct index *index;

    /* CHECK constraints: the columns that cannot be null in a row for which
     * the check is true (schema/implication.h). */
    struct column_array proves_not_null;
    struct column_array fixes; /* those that have one and the same value, or are
                                  null, in all such rows */
    const char *expression;    /* the source text */
    struct expression *check;  /* the same, bound; null if it could not be */

    struct constraint *inherited_from; /* of a partition: the constraint of the
                                          partitioned table that it is part
                                          of (conparentid); null: its own */
    struct place made_at;
};

struct index_column {
    struct column *column;    /* null: an expression */
    const char *expression;   /* source text; null for a column */
    struct expression *bound; /* the same; null if it could not be bound */
    struct data_type type;    /* of an expression; type null: not known */
    const char *name; /* the index's own name for it: c, lower, expr, expr1 */
    const char *opclass;            /* null: the default */
    const char *collation;          /* as SQL; null: the default */
    const char *exclusion_operator; /* of EXCLUDE; else null */
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
    const char *predicate;              /* source text; null: whole table */
    struct expression *bound_predicate; /* the same, as above */
    /* The predicate is `c IS NOT NULL`, ANDed, on exactly these columns;
     * empty for any other predicate. */
    struct column_array predicate_not_null;
    struct column_array leaves_out_null; /* the predicate holds for no row in
                                            which one of these is null */
    struct column_array reads;           /* by its expressions and predicate */
    struct constraint *constraint;       /* which it backs; null if none */
    struct expression *definition; /* for writing it again: from USING, or the
                                      columns, on */
    struct index *partition_of;    /* the partitioned index; null if none */
    struct index_array partitions; /* attached ones; ask is_dropped too */
};

struct sequence_values {
    int64_t increment;
    int64_t minimum;
    int64_t maximum;
    int64_t start;
    int64_t cache;
    bool is_cycled;
};

struct sequence {
    struct relation relation;
    struct column *owned_by; /* null: by none */
    bool is_identity;
    struct data_type type;
    struct sequence_values values;
    const char *options; /* what is not by default, as words; null if all is */
};

/* PARTITION BY. */
struct partition_key {
    char strategy; /* PARTITION_STRATEGY_* of parsenodes.h */
    struct index_column *columns;
    size_t column_count;
    struct column_array reads;     /* by its expressions */
    struct expression *definition; /* from the strategy's word on */
};

struct bound_value;

/* FOR VALUES, or DEFAULT. */
struct partition_bound {
    bool is_default;
    struct bound_value *lower; /* FROM, or the values of IN: replay's */
    struct bound_value *upper; /* TO */
    size_t count;              /* of each */
    int modulus;
    int remainder;
    struct expression *definition; /* the whole clause */
};

/* Tables, partitioned and foreign tables, views and materialized views, and the
 * attributes of composite types. */
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
    struct trigger_array triggers;   /* ask is_dropped, also of the next two */
    struct policy_array policies;
    struct rewrite_rule_array rules;
    struct statistics_array *statistics; /* likewise; null if none */
    struct type *row_type;               /* made when it is first asked for */
    struct type *of_type;                /* CREATE TABLE OF; null if none */
    struct expression *query;            /* of a view or materialized view */
    struct partition_key *partition_key; /* of a partitioned table */
    struct partition_bound *partition_bound; /* of a partition */
    struct table *default_partition; /* the last: table_default_partition() */
    struct index *replica_identity;  /* REPLICA IDENTITY USING INDEX */
    const char *options;             /* WITH (...), as given; null if none */
    const char *access_method;       /* null: the default */
    const char *server; /* of a foreign table: from SERVER on, as given */
    bool has_row_security;
    bool has_forced_row_security;
    bool is_security_invoker; /* of a view: reads with its reader's rights */
    struct place
        key_dropped_at;        /* where its primary key's name was, when it was
                                    dropped; source null: none was */
    struct place security_at;  /* the last words about the first of these, or
                                 the view's last definition; source null: none
                                 were said */
    bool is_populated;         /* of a materialized view */
    bool is_complete;          /* created in what was replayed: all is known */
    bool is_from_query;        /* CREATE TABLE AS, SELECT INTO */
    bool is_doubtful;          /* only statements with IF EXISTS mentioned it */
    bool is_dropped_at_commit; /* temporary, ON COMMIT DROP */
    size_t visit;              /* replay's */
};

struct schema *schema_new(int postgres_version);
void schema_free(struct schema *schema);

/* Bytes of memory that it has from the system, for those who measure. */
size_t schema_size(const struct schema *schema);

/*
 * What is replayed begins with an empty database, or with all that there was:
 * what is not known does not exist, so that a statement which names it fails;
 * and a statement that fails aborts its transaction, as it does on a server.
 * Without this a history may begin before its first file, and is believed.
 */
void schema_begin_empty(struct schema *schema);

/*
 * What is only for writing objects again is kept: their texts and what the
 * names in them mean (expressions, definitions, options). To be asked for
 * before the first statement, by those who write.
 */
void schema_keep_definitions(struct schema *schema);

/* Makes known, if it is not, a table that is there though no statement made it:
 * the migration tool's own. It is not listed among the schema's contents. */
void schema_note_table(struct schema *schema, const char *name);

/* Which migration's statement is being judged: grows with the up part and the
 * down part of every migration that is replayed. "New" is what this unit made. */
size_t schema_unit(const struct schema *schema);
void schema_begin_unit(struct schema *schema);

/*
 * The relation of that name along the search_path (or in the schema named);
 * null if none is known.
 */
const struct relation *schema_find_relation(const struct schema *schema,
                                            struct qualified_name name);

/* It is there: neither dropped nor rolled back since the caller found it. */
bool schema_has_relation(const struct schema *schema,
                         const struct relation *relation);

/* The same if it has columns (anything but a sequence or an index). */
const struct table *schema_find_table(const struct schema *schema,
                                      struct qualified_name name);

const struct index *schema_find_index(const struct schema *schema,
                                      struct qualified_name name);

/* Made by a statement or an extension; null if none is known. */
const struct type *schema_find_type(const struct schema *schema,
                                    struct qualified_name name);

/* Null if the table has no such column, or it was dropped. */
const struct column *table_find_column(const struct table *table,
                                       const char *name);

/* Null likewise. */
const struct constraint *schema_find_constraint(const struct schema *schema,
                                                const struct table *table,
                                                const char *name);

/* The same for who has no schema at hand: looks at all that the table has. */
const struct constraint *table_find_constraint(const struct table *table,
                                               const char *name);

/* It cannot have a second row: CHECKs fix all columns of a unique key, as in
 * `id boolean PRIMARY KEY CHECK (id)`. */
bool table_has_one_row(const struct table *table);

/* DEFAULT of a partitioned table; null if it has none that is known. */
struct table *table_default_partition(const struct table *table);

/* The part that a foreign key has for one partition of the table it references:
 * a constraint of the key's own table. pg_dump and the manual know only the
 * key. */
static inline bool constraint_is_reference_part(
    const struct constraint *constraint)
{
    return constraint->inherited_from &&
           constraint->inherited_from->table == constraint->table;
}

/* All tables that exist, in the order they were made or first mentioned. */
const struct table_array *schema_tables(const struct schema *schema);

/*
 * New: made by the unit being judged and not undone, or temporary. Nobody else
 * waits for its locks, it has no old rows. False for null: a relation that is
 * not known is assumed to exist, with rows.
 */
bool relation_is_new(const struct schema *schema,
                     const struct relation *relation);

/* standard_conforming_strings was set off: backslashes in strings escape, which
 * the parser does not know. */
bool schema_has_escape_strings(const struct schema *schema);

/* The session's TimeZone was set to one that is always UTC. */
bool schema_time_zone_is_utc(const struct schema *schema);

enum session_timeout {
    TIMEOUT_LOCK,      /* lock_timeout */
    TIMEOUT_STATEMENT, /* statement_timeout */
};

#define TIMEOUT_COUNT 2

/* "lock_timeout" and so on. */
const char *session_timeout_name(enum session_timeout timeout);

/*
 * The timeout is in force for the next statement: set by SET, SET LOCAL or
 * set_config(), and not to 0, nor reset, rolled back or over with its
 * transaction. What cannot be read (a placeholder) counts as set. Each section
 * begins without one.
 */
bool schema_has_timeout(const struct schema *schema,
                        enum session_timeout timeout);

/* Whether every replayed statement so far was understood and every relation
 * was created in what was replayed. */
bool schema_is_complete(const struct schema *schema);

/* The domain of that name along the search_path (or in the schema named); null
 * if none is known. */
const struct type *schema_find_domain(const struct schema *schema,
                                      struct qualified_name name);

/* The domain itself, or one that is made of it. type may be null. */
bool type_is_made_of(const struct type *type, const struct type *domain);

/* A domain of that name, or the domain it is made of, has a default: a column
 * of it that is given no value takes that. False if it is not known. */
bool schema_domain_has_default(const struct schema *schema,
                               struct qualified_name name);

#endif
