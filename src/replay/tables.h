/*
 * Tables and their parts: the steps that CREATE TABLE and ALTER TABLE share.
 * Part of replay/context.h.
 */
#ifndef REPLAY_TABLES_H
#define REPLAY_TABLES_H

#include "query/query.h"
#include "schema/model.h"

struct replay;

/* A statement can look into the relation: neither an index nor a composite
 * type (table_open). */
bool replay_can_open(struct replay *replay, const struct relation *relation);

/*
 * Columns: column.c.
 */

/* What a column's definition says of the column itself. */
struct column_clauses {
    const Constraint *default_node; /* null: none; likewise the next two */
    const Constraint *identity;
    const Constraint *generated;
    struct type *serial; /* the integer type behind; null: not serial */
    bool is_null;        /* NULL was said */
    bool is_not_null;    /* NOT NULL was, or something that implies it */
    bool is_primary;
    bool has_constraints; /* more than these: PRIMARY KEY, CHECK ... */
};

/* NOT NULL ... NO INHERIT of a partitioned table. */
bool replay_fail_partitioned_not_null(struct replay *replay);

/* False if the clauses contradict one another. */
bool replay_read_clauses(struct replay *replay, const struct table *table,
                         const ColumnDef *definition,
                         struct column_clauses *clauses);

/* serial is an integer; name may be null: the type of a parent that is not
 * known. False if there is no such type, and the server would say so. */
bool replay_resolve_type(struct replay *replay, const TypeName *name,
                         struct data_type *type);

/* The type that a definition gives its column, and whether it has a collation
 * as the definition says. */
bool replay_column_type(struct replay *replay, const ColumnDef *definition,
                        struct data_type *type);

/* The column with this type and nothing else; null if there are too many. */
struct column *replay_make_column(struct replay *replay, struct table *table,
                                  const ColumnDef *definition,
                                  struct data_type type);

/* The same with the type that the definition gives it; null if the server
 * refuses. */
struct column *replay_add_column(struct replay *replay, struct table *table,
                                 const ColumnDef *definition);

/* One may be called this; and be of this type, which may be null. */
bool replay_check_column_name(struct replay *replay, const char *name);
bool replay_check_column_set(struct replay *replay,
                             const ColumnDef *definition);
bool replay_check_column(struct replay *replay, const struct column *column);

/* Gives the column its identity, generation and sequence. */
bool replay_apply_clauses(struct replay *replay, struct column *column,
                          const struct column_clauses *clauses);

/* When all columns stand: its default, or what it is generated from. */
bool replay_apply_default(struct replay *replay, struct column *column,
                          const struct column_clauses *clauses);

/* null: no default. */
void replay_set_default(struct replay *replay, struct column *column,
                        const char *text);

/* DEFAULT with this expression leaves a default: DEFAULT NULL mostly does not.
 */
bool replay_is_default(const struct replay *replay, const struct column *column,
                       const Node *expression);

/* A copy of another table's column, for LIKE, INHERITS and PARTITION OF:
 * nullable, and without identity. */
struct column *replay_copy_column(struct replay *replay, struct table *table,
                                  const struct column *original);

/*
 * The sequences of serial and identity columns: column_sequence.c.
 */

/* smallint, integer, bigint. */
bool replay_is_integer(const struct type *type);

/* What the server says of GENERATED AS IDENTITY, for a column of this type of
 * a table there, before it looks at the table. */
bool replay_check_identity(struct replay *replay, struct namespace *namespace,
                           const Constraint *identity, struct type *type);

/* Identity and its sequence. False if the server refuses its options. */
bool replay_make_identity(struct replay *replay, struct column *column,
                          const Constraint *node);

/* The sequence of a serial column, or of an identity one. */
bool replay_add_column_sequence(struct replay *replay, struct column *column,
                                const Constraint *identity);

/* Null if it has none, or that is not known. */
struct sequence *replay_identity_sequence(const struct column *column);

/* Changes the options of its sequence. */
bool replay_alter_identity(struct replay *replay, const struct column *column,
                           const List *options);

/*
 * NOT NULL: not_null.c.
 */

/* A NOT NULL that is to be. */
struct wanted_not_null {
    struct column *column; /* null: merged into another */
    const char *name;      /* null: generated */
    bool is_no_inherit;
    bool is_not_valid;
    bool is_inherited;
    bool is_attribute; /* SET NOT NULL says so, not a constraint */
    struct place made_at;
};

struct not_null_array ARRAY(struct wanted_not_null);

/* From PostgreSQL 18 on NOT NULL is a constraint with a name. */
bool replay_has_named_not_null(const struct replay *replay);

void replay_want_not_null(struct replay *replay, struct not_null_array *wanted,
                          const struct wanted_not_null *one);

/* A new table's own, merged with those of its parents. */
bool replay_add_wanted_not_null(struct replay *replay,
                                struct not_null_array *wanted,
                                struct not_null_array *inherited);

/* Before 18, ONLY makes a column of a partitioned table NOT NULL if those of its
 * partitions are: false if one is not. */
bool replay_check_only_not_null(struct replay *replay,
                                const struct column *column);

/* On a table that there is, and its children. */
bool replay_add_not_null(struct replay *replay, struct wanted_not_null one,
                         bool is_recursive);

/* It is there already, but not for those that inherit, or the reverse. */
bool replay_fail_no_inherit(struct replay *replay,
                            const struct constraint *existing,
                            bool is_attribute);

/* The constraint, local and valid; null if the server refuses. */
struct constraint *replay_store_not_null(struct replay *replay,
                                         struct column *column,
                                         const char *name,
                                         struct place made_at);

/* NOT NULL is set on this column; from 18 on a constraint says so. name may be
 * null. */
bool replay_set_not_null(struct replay *replay, struct column *column,
                         const char *name, struct place made_at);

/* What the column's NOT NULL constraint is called; null if it has none. */
const char *replay_not_null_name(const struct column *column);
void replay_drop_not_null(struct replay *replay, struct column *column);

/*
 * Constraints: constraint.c.
 */

/* A constraint's own attributes: those after a column constraint too. */
struct constraint_attributes {
    bool is_deferrable;
    bool is_initially_deferred;
    bool is_enforced;
    bool is_validated;
};

struct constraint_attributes replay_attributes(const List *constraints,
                                               const Constraint *node);

/* False if attributes stand where they may not. */
bool replay_check_attributes(struct replay *replay, const List *constraints);

/*
 * What is to be added, in a step of its own: the server adds checks first,
 * then indexes, then foreign keys.
 */
enum constraint_step {
    STEP_CHECK,
    STEP_NOT_NULL,
    STEP_PRIMARY_KEY,
    STEP_INDEX,
    STEP_FOREIGN_KEY,
    STEP_COUNT, /* none: an attribute of another constraint, a default */
};

/* A constraint that a definition still has to add when its columns stand. */
struct pending {
    struct column *column; /* null: a constraint of the table */
    const Constraint *node;
    const List *siblings;
    enum constraint_step step;
    bool is_only;           /* ALTER TABLE ONLY */
    uint32_t not_null_keys; /* of ADD PRIMARY KEY: a bit for each that was NOT
                               NULL before the statement, from 18 on */
};

struct pending_array ARRAY(struct pending);

struct pending replay_pending(struct column *column, const Constraint *node,
                              const List *siblings);

/* Puts a column's constraints, NOT NULL aside, in the queue, which is in the
 * scratch arena. */
void replay_queue_column(struct replay *replay, struct pending_array *pending,
                         struct column *column, const List *constraints);

/* Carries out what belongs to this step. */
bool replay_add_queued(struct replay *replay, struct table *table,
                       const struct pending_array *pending,
                       enum constraint_step step, bool is_new_table);
bool replay_add_pending(struct replay *replay, struct table *table,
                        const struct pending *pending, bool is_new_table);

/* The name given, or one generated; null if it is taken on this table. */
const char *replay_choose_name(struct replay *replay, struct table *table,
                               const char *given, const char *middle,
                               const char *label);

/* The columns of a key joined with "_", as generated names have them. */
const char *replay_join_names(struct replay *replay,
                              const struct column_array *columns);

void replay_set_attributes(struct constraint *constraint,
                           struct constraint_attributes attributes,
                           bool is_new_table);

/* The same constraint on another table with columns of the same names; null if
 * it has none. */
struct constraint *replay_copy_constraint(struct replay *replay,
                                          struct table *table,
                                          const struct constraint *original,
                                          const char *name);

/* A check that LIKE brings, merged into a parent's that is the same. */
bool replay_like_check(struct replay *replay, struct table *table,
                       const struct constraint *original);

/* A parent's check on one of its children: a copy, or merged into one that is
 * the same. */
bool replay_inherit_check(struct replay *replay, struct table *table,
                          const struct constraint *original, bool *is_merged);

/* The column of that name, made known if need be; false if there is none. */
bool replay_push_column(struct replay *replay, struct table *table,
                        const char *name, struct column_array *columns);
bool replay_push_columns(struct replay *replay, struct table *table,
                         const List *names, struct column_array *columns);

/*
 * Foreign keys: foreign_key.c.
 */

bool replay_add_foreign_key(struct replay *replay, struct table *table,
                            const struct pending *pending, bool is_new_table);

/* Which columns and which unique index of the referenced table a foreign key
 * relies on, where its definition leaves that open. */
bool replay_complete_reference(struct replay *replay, struct constraint *key);

/* The columns can be compared with those that they reference: key_type.c. */
bool replay_check_key_types(struct replay *replay,
                            const struct constraint *key);

/* What the parent's keys, and those that reference it, are on a partition. */
bool replay_clone_foreign_keys(struct replay *replay, struct table *parent,
                               struct table *partition);
void replay_detach_foreign_keys(struct replay *replay, struct table *parent,
                                struct table *partition);

/*
 * Keys: key.c.
 */

/* PRIMARY KEY, UNIQUE or EXCLUDE. */
bool replay_add_key(struct replay *replay, struct table *table,
                    const struct pending *pending, bool is_new_table);

/* The table has no column of that name, which a key is to have. */
bool replay_fail_key(struct replay *replay, const char *name);

/* A column of a primary key: NOT NULL, in children too. */
bool replay_set_key_not_null(struct replay *replay, struct column *key,
                             struct place made_at, bool is_using_index);

/* ADD ... USING INDEX: use_index.c. The index, which must be fit for it, is
 * looked for first; null if it is not. */
struct index *replay_find_used_index(struct replay *replay, struct table *table,
                                     const Constraint *node);
bool replay_use_index(struct replay *replay, struct table *table,
                      const Constraint *node);

/* Null if the table has none. */
struct constraint *replay_find_primary_key(const struct table *table);

/* The columns of a table that an expression names, each once. */
struct expression_columns {
    struct column_array columns;
    size_t node_count; /* of the expression */
};

struct expression_columns expression_columns(struct replay *replay,
                                             struct table *table,
                                             const Node *expression);

/*
 * Indexes: index.c.
 */

struct index_request {
    struct table *table;
    const char *name; /* null: generated */
    const char *method;
    bool is_unique;
    bool is_primary;
    bool is_exclusion;
    bool is_constraint;
    bool is_without_overlaps;
    bool is_nulls_not_distinct;
    bool is_concurrent;
    bool is_only; /* ON ONLY */
    struct index_column *columns;
    size_t column_count;
    struct column_array include;
    struct column_array reads;
    struct column_array predicate_not_null;
    struct column_array leaves_out_null;
    const char *predicate;
    struct expression *bound_predicate;
    struct object_array needs;  /* of its expressions, in the scratch arena */
    const List *elements;       /* IndexElems, for EXCLUDE pairs of them and the
                             operator's name; null: plain columns */
    const List *included;       /* IndexElems; null: plain columns */
    const char *missing_column; /* told once expressions are understood */
    size_t missing_position;    /* among the keys; beyond: it is included */
    bool has_system_column;
    uint32_t mutable_keys; /* a bit for each that is not IMMUTABLE */
    bool has_mutable_predicate;
    struct index *partition_of;
    struct constraint_attributes attributes;
    struct place made_at;
};

/* Also on the table's partitions. Null if the server would refuse it. */
struct index *replay_add_index(struct replay *replay,
                               const struct index_request *request);

/* What an existing index of another table would be on this one. */
bool replay_index_like(struct replay *replay, const struct index *original,
                       struct table *table, struct index_request *request);

/* An index for every index of the parent: an existing one that fits, or new. */
bool replay_attach_indexes(struct replay *replay, struct table *parent,
                           struct table *child);

/* A new index of a partitioned table goes to its partitions too. */
bool replay_spread_index(struct replay *replay, struct index *index,
                         const struct index_request *request);

/* ALTER INDEX ... ATTACH PARTITION. */
bool replay_attach_index(struct replay *replay, struct index *parent,
                         struct index *index);

/* The index, and its constraint, become the parent's part. */
void replay_join_index(struct replay *replay, struct index *parent,
                       struct index *index);

/* The child's index can serve as the parent's part. */
bool index_fits(const struct index *parent, const struct index *child);

/* The parent's index is complete when every partition has one. */
void replay_check_valid(struct replay *replay, struct index *index);

/* As one of its keys. */
bool replay_index_has_column(const struct index *index,
                             const struct column *column);

/* WHERE, whose text stands after this offset. */
bool replay_index_predicate(struct replay *replay,
                            struct index_request *request,
                            const Node *predicate, size_t offset);

/* Plain, ascending key columns. */
struct index_column *replay_key_columns(struct replay *replay,
                                        const struct column_array *columns);

/*
 * Fills the request's columns from IndexElems, or from the pairs of EXCLUDE;
 * their texts stand in the first parentheses from this offset on.
 */
bool replay_index_elements(struct replay *replay, struct index_request *request,
                           const List *elements, size_t offset);

/*
 * LIKE: like.c.
 */

/* Null if it cannot be the source of a LIKE. */
struct table *replay_like_source(struct replay *replay,
                                 const TableLikeClause *like);
bool replay_like_columns(struct replay *replay, struct table *table,
                         const TableLikeClause *like,
                         struct not_null_array *not_null);
bool replay_like_rest(struct replay *replay, struct table *table,
                      const TableLikeClause *like);

/*
 * Inheritance: inherit.c. First what CREATE TABLE does, then ALTER TABLE.
 */

/* Null if it cannot be a parent of the table. */
struct table *replay_find_parent(struct replay *replay, struct table *table,
                                 const RangeVar *name, bool is_partition);
bool replay_inherit_columns(struct replay *replay, struct table *table,
                            const struct table *parent);
bool replay_inherit_constraints(struct replay *replay, struct table *table,
                                const struct table *parent,
                                struct not_null_array *not_null);

/* The table's own definition of a column that it has from elsewhere. */
bool replay_merge_column(struct replay *replay, struct column *column,
                         struct data_type type,
                         const struct column_clauses *clauses);
bool replay_inherit_like(struct replay *replay, struct column *column,
                         const struct column *original);

/* False if parents give a column different defaults and it has none itself. */
bool replay_check_defaults(struct replay *replay, const struct table *table);

/* The child has all that the parent has, and it counts from now on. */
bool replay_attach_parent(struct replay *replay, struct table *child,
                          struct table *parent);
void replay_remove_parent(struct replay *replay, struct table *child,
                          struct table *parent);

/* The child is no ancestor of the parent. */
bool replay_check_circle(struct replay *replay, struct table *child,
                         struct table *parent);

/* The table may have other parents than it has. */
bool replay_check_heir(struct replay *replay, const struct table *child);
bool replay_add_inherit(struct replay *replay, struct table *child,
                        struct table *parent);
bool replay_drop_inherit(struct replay *replay, struct table *child,
                         struct table *parent);

/*
 * Partitions: partition.c, partition_clause.c.
 */

/* The table, which has the parent's columns, gets its indexes and keys. */
bool replay_become_partition(struct replay *replay, struct table *table,
                             struct table *parent);
bool replay_attach_partition(struct replay *replay, struct table *parent,
                             struct table *table,
                             const PartitionBoundSpec *bound);
bool replay_detach_partition(struct replay *replay, struct table *parent,
                             struct table *table, bool is_concurrent);

/* The CHECK that a partition detached CONCURRENTLY keeps: detach.c. */
bool detach_keep_bounds(struct replay *replay, struct table *table);

bool replay_set_partition_key(struct replay *replay, struct table *table,
                              const PartitionSpec *spec);
bool replay_set_partition_bound(struct replay *replay, struct table *table,
                                struct table *parent,
                                const PartitionBoundSpec *spec);

/* The values of FOR VALUES, whose names go to the binding, and that no other
 * partition holds any of them: partition_bound.c. */
struct binding;
bool partition_bound_read(struct replay *replay, const struct table *parent,
                          const PartitionBoundSpec *spec,
                          struct partition_bound *bound,
                          struct binding *binding);
bool partition_bound_fits(struct replay *replay, const struct table *table,
                          const struct table *parent,
                          const struct partition_bound *bound);

/* The column is one of the key's, or one of its expressions reads it. */
bool partition_key_uses(const struct partition_key *key,
                        const struct column *column);

/*
 * OF: typed_table.c.
 */

/* The composite type's attributes; the table becomes one of that type. */
struct table *replay_type_of_table(struct replay *replay, struct table *table,
                                   const TypeName *name);

/* The tables that are of a composite type, in the order in which they were
 * made. */
struct table_array replay_typed_tables(struct replay *replay,
                                       const struct table *composite);

/* They are only altered, and so is the type, with CASCADE. */
bool replay_check_typed(struct replay *replay, const struct table *composite,
                        const struct table_array *tables,
                        DropBehavior behavior);

/* ALTER TABLE OF and NOT OF. */
bool replay_add_of(struct replay *replay, struct table *table,
                   const TypeName *name);
bool replay_drop_of(struct replay *replay, struct table *table);

/*
 * ALTER TABLE: alter.c and the files named after it. Each function is one
 * sub-command, with the recursion to children that the server does.
 */

struct alter {
    struct replay *replay;
    struct table *table;
    bool is_recursive;  /* not ONLY */
    bool is_from_type;  /* the table's type is altered, with CASCADE */
    size_t item_offset; /* where the sub-command is looked for in the text */
    const List *commands;
    struct alter_queue *queue;
};

/* The column that a sub-command names; null, and said, if there is none. */
struct column *alter_find_column(const struct alter *alter, const char *name);

/* The table and, unless ONLY was said, all that inherit from it. */
struct table_array alter_heirs(const struct alter *alter);

/* Every row gets a new value: no column may use the table's row type. */
void alter_note_rewrite(const struct alter *alter);

/* What ADD COLUMN says of constraints is for later passes. */
void alter_queue_pending(const struct alter *alter,
                         const struct pending *pending);
void alter_queue_not_null(const struct alter *alter,
                          const struct wanted_not_null *wanted);

bool alter_add_column(const struct alter *alter, const AlterTableCmd *command);
bool alter_drop_column(const struct alter *alter, const AlterTableCmd *command);
bool alter_set_type(const struct alter *alter, const AlterTableCmd *command);
bool alter_set_default(const struct alter *alter, const AlterTableCmd *command);
bool alter_set_not_null(const struct alter *alter,
                        const AlterTableCmd *command);
bool alter_drop_not_null(const struct alter *alter,
                         const AlterTableCmd *command);
bool alter_set_expression(const struct alter *alter,
                          const AlterTableCmd *command);
bool alter_drop_expression(const struct alter *alter,
                           const AlterTableCmd *command);
bool alter_add_identity(const struct alter *alter,
                        const AlterTableCmd *command);
bool alter_set_identity(const struct alter *alter,
                        const AlterTableCmd *command);
bool alter_drop_identity(const struct alter *alter,
                         const AlterTableCmd *command);

bool alter_drop_constraint(const struct alter *alter,
                           const AlterTableCmd *command);
bool alter_validate(const struct alter *alter, const AlterTableCmd *command);
bool alter_alter_constraint(const struct alter *alter,
                            const AlterTableCmd *command);

bool alter_set_trigger(const struct alter *alter, const AlterTableCmd *command,
                       char enabled);
bool alter_set_rule(const struct alter *alter, const AlterTableCmd *command,
                    char enabled);
bool alter_set_logged(const struct alter *alter, bool is_unlogged);
bool alter_name_index(const struct alter *alter, const AlterTableCmd *command);
bool alter_replica_identity(const struct alter *alter,
                            const AlterTableCmd *command);

/* VALIDATE CONSTRAINT, with the children's. */
bool replay_validate(struct replay *replay, struct constraint *constraint,
                     bool is_recursive);

/* The constraint alone, and what children have from it. */
bool replay_drop_inherited(struct replay *replay, struct constraint *constraint,
                           bool is_cascade, bool is_recursive);

/* This column of ADD PRIMARY KEY is NOT NULL: see struct pending. */
void alter_note_not_null_key(const struct alter *alter, int position);

/* What the server asks of all sub-commands before it carries out any:
 * alter_prepare.c. */
bool alter_prepare(const struct alter *alter, const AlterTableCmd *command);
bool alter_prepare_logged(const struct alter *alter, bool is_unlogged);
bool alter_prepare_type(const struct alter *alter,
                        const AlterTableCmd *command);
bool alter_prepare_expression(const struct alter *alter,
                              const AlterTableCmd *command);

/* The type of one of its columns may change, since nothing stores its rows, or
 * values of the composite type: type_users.c. */
bool alter_check_type_users(struct replay *replay, const struct table *table);

/* The kind of relation allows the sub-command: alter_kind.c. */
bool alter_allows_kind(struct replay *replay, const struct relation *relation,
                       const AlterTableCmd *command);
bool alter_check_object_type(struct replay *replay,
                             const struct relation *relation, ObjectType type);

#endif
