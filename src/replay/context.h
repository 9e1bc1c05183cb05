/*
 * What the files of replay share: the statement being carried out and the
 * steps that several of them need. Nobody else includes this.
 */
#ifndef REPLAY_CONTEXT_H
#define REPLAY_CONTEXT_H

#include "input/source.h"
#include "replay/replay.h"
#include "schema/generated_name.h"
#include "schema/model.h"
#include "schema/type.h"
#include "sql/lexer.h"

struct replay {
    struct schema *schema;
    struct source *source;
    struct slice text; /* of the source, to the end of the statement */
    const struct statement *statement;
    size_t depth;   /* of partitions of partitions, while indexing them */
    bool is_opaque; /* it may have done more than we know */
    struct replay_failure *failure; /* null: nobody wants to know */
};

/*
 * The server refuses the statement, with this SQLSTATE and primary message
 * (src/backend/utils/errcodes.txt; the message as the server words it). To be
 * returned: false. The first one said is kept.
 */
bool replay_fail(struct replay *replay, const char *sqlstate,
                 const char *format, ...) __attribute__((format(printf, 3, 4)));

/* What is not known does not exist: a statement that names it fails. */
bool replay_knows_all(const struct replay *replay);

/*
 * The table (anything with columns) of that name; if there is none, it is made
 * known as incomplete, or the statement fails where that is certain. Null also
 * for a relation of another kind, with no failure told.
 */
struct table *replay_mention(struct replay *replay, const RangeVar *name,
                             bool is_doubtful);
struct table *replay_mention_named(struct replay *replay,
                                   struct qualified_name name,
                                   bool is_doubtful);

/* The schema of that name, or the first of the search_path for null; null if
 * there is none, told as a failure. */
struct namespace *replay_namespace(struct replay *replay, const char *name);

/*
 * Each carries out one kind of statement. False: it is not understood, or the
 * server would refuse it; replay.c then undoes what it did. Where the server refuses,
 * replay_fail() has been told why.
 */
bool replay_create_table(struct replay *replay, const CreateStmt *create,
                         bool is_foreign);
bool replay_create_table_as(struct replay *replay,
                            const CreateTableAsStmt *create);
bool replay_select_into(struct replay *replay, const SelectStmt *select);
bool replay_create_view(struct replay *replay, const ViewStmt *view);
bool replay_alter_table(struct replay *replay, const AlterTableStmt *alter);
bool replay_create_index(struct replay *replay, const IndexStmt *create);
bool replay_rename(struct replay *replay, const RenameStmt *rename);
bool replay_set_schema(struct replay *replay,
                       const AlterObjectSchemaStmt *alter);
bool replay_drop(struct replay *replay, const DropStmt *drop);
bool replay_create_schema(struct replay *replay,
                          const CreateSchemaStmt *create);
bool replay_create_extension(struct replay *replay,
                             const CreateExtensionStmt *create);
bool replay_create_sequence(struct replay *replay, const CreateSeqStmt *create);
bool replay_alter_sequence(struct replay *replay, const AlterSeqStmt *alter);
bool replay_create_enum(struct replay *replay, const CreateEnumStmt *create);
bool replay_create_domain(struct replay *replay,
                          const CreateDomainStmt *create);
bool replay_alter_domain(struct replay *replay, const AlterDomainStmt *alter);
bool replay_create_composite(struct replay *replay,
                             const CompositeTypeStmt *create);
bool replay_create_range(struct replay *replay, const CreateRangeStmt *create);
bool replay_define_type(struct replay *replay, const DefineStmt *define);
bool replay_do(struct replay *replay, const DoStmt *statement);

/*
 * replay.c: a statement that has its tree, undone if it fails. True if it may
 * have done more than we know.
 */
bool replay_one(struct schema *schema, struct source *source,
                const struct statement *statement,
                struct replay_failure *failure);

/* Any statement's tree, also one within another. */
bool replay_node(struct replay *replay, const Node *node);

/*
 * Transactions: transaction.c.
 */

/* BEGIN, COMMIT, SAVEPOINT and the like; false if the server refuses. */
bool replay_transaction(struct replay *replay, const TransactionStmt *control);

/* False, with the server's words, for what it refuses whatever the schema: in
 * a transaction that has failed, inside or outside a transaction block. */
bool replay_allows_now(struct replay *replay, const Node *node);

/* What lasts only until the end of a statement that is its own transaction. */
void replay_end_statement(struct schema *schema);

/* A statement has failed, and with it the transaction. */
void replay_abort(struct replay *replay);

/* Back to the mark: names become free again, namespaces may come back. */
void replay_undo(struct schema *schema, size_t mark);

/* The session's own relations. */
void replay_drop_temporary(struct schema *schema);

/* The place of the words [from, to) of the file. */
struct place replay_place(const struct replay *replay, size_t from, size_t to);

/* The name at this location of the tree, or any one token. */
struct place replay_place_of_word(const struct replay *replay,
                                  ParseLoc location, const char *name);

/* The token at this location of the tree. */
struct place replay_place_at(const struct replay *replay, ParseLoc location);

/* The name, of several parts perhaps, at this location. */
struct place replay_place_of_name(const struct replay *replay,
                                  ParseLoc location);

/* The statement's offset of a location; its start if there is none. */
size_t replay_offset(const struct replay *replay, ParseLoc location);

/*
 * Room for a new relation's name: what is there and was only mentioned goes.
 * False if it is taken: the server would refuse. Where the history is
 * incomplete the statement is believed and what was there is dropped.
 */
bool replay_free_name(struct replay *replay, struct namespace *namespace,
                      const char *name);

/*
 * The relation that the statement is about, made known as a table if it may be
 * from before the history (schema_begin_empty()). Null where the server refuses,
 * which has been said, and where it would skip the statement.
 */
struct table *replay_find_table(struct replay *replay, const RangeVar *name,
                                bool is_missing_ok);

/* Where a CREATE puts its relation: temporary, named, or search_path. */
struct namespace *replay_target_namespace(struct replay *replay,
                                          const RangeVar *name);

/*
 * Columns: column.c.
 */

/* The column of a definition, without its constraints but with default,
 * identity, nullability. */
struct column *replay_add_column(struct replay *replay, struct table *table,
                                 const ColumnDef *definition);

/* DEFAULT with this expression leaves a default: DEFAULT NULL mostly does not.
 */
bool replay_is_default(const struct replay *replay, const struct column *column,
                       const Node *expression);

/* What DEFAULT, NOT NULL, IDENTITY ... among its constraints say. */
bool replay_column_attributes(struct replay *replay, struct column *column,
                              const ColumnDef *definition);

/* The sequence of a serial or identity column. */
bool replay_add_column_sequence(struct replay *replay, struct column *column,
                                const Constraint *identity);

/* A copy of another table's column, for LIKE, INHERITS and PARTITION OF. */
struct column *replay_copy_column(struct replay *replay, struct table *table,
                                  const struct column *original);

/* NOT NULL is set; from 18 on a constraint says so. name may be null. */
void replay_set_not_null(struct replay *replay, struct column *column,
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

/* What a definition still has to add when all its columns stand. */
struct pending {
    struct column *column;  /* null: a constraint of the table */
    const Constraint *node; /* null: that the column is NOT NULL, if it is */
    const List *siblings;
    enum constraint_step step;
};

struct pending_array ARRAY(struct pending);

/* Puts a column's constraints, or one of the table, in the queue, which is in
 * the scratch arena. */
void replay_queue_column(struct replay *replay, struct pending_array *pending,
                         struct column *column, const List *constraints);

void replay_queue_constraint(struct replay *replay,
                             struct pending_array *pending,
                             const Constraint *node);

/* Carries out what belongs to this step. */
bool replay_add_queued(struct replay *replay, struct table *table,
                       const struct pending_array *pending,
                       enum constraint_step step, bool is_new_table);

/* Which columns and which unique index of the referenced table a foreign key
 * relies on, where its definition leaves that open. */
void replay_complete_reference(struct replay *replay, struct constraint *key);

/* The same constraint on another table with columns of the same names. */
bool replay_copy_constraint(struct replay *replay, struct table *table,
                            struct constraint *original, const char *name);

/*
 * Keys: key.c.
 */

/* PRIMARY KEY, UNIQUE or EXCLUDE. */
bool replay_add_key(struct replay *replay, struct table *table,
                    struct column *column, const List *siblings,
                    const Constraint *node, bool is_new_table);

/* ADD ... USING INDEX. */
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
    bool is_nulls_not_distinct;
    bool is_concurrent;
    bool is_only; /* ON ONLY */
    struct index_column *columns;
    size_t column_count;
    struct column_array include;
    struct column_array reads;
    struct column_array predicate_not_null;
    const char *predicate;
    const List *elements; /* IndexElems, for EXCLUDE pairs of them and the
                             operator's name; null: plain columns */
    const List *included; /* IndexElems; null: plain columns */
    bool has_system_column;
    bool is_without_overlaps;
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

/* The parent's index is complete when every partition has one. */
void replay_check_valid(struct replay *replay, struct index *index);

/* The column of that name, made known if need be; false if there is none. */
bool replay_push_column(struct replay *replay, struct table *table,
                        const char *name, struct column_array *columns);
bool replay_push_columns(struct replay *replay, struct table *table,
                         const List *names, struct column_array *columns);

/* Adds the columns that an expression or predicate of the index reads. */
struct expression_columns replay_note_index_reads(struct replay *replay,
                                                  struct index_request *request,
                                                  const Node *expression);

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
 * Drops: drop.c. Each takes with it what depends on the thing. False if
 * the server would refuse without CASCADE.
 */
bool replay_drop_relations(struct replay *replay,
                           const struct relation_array *relations,
                           bool is_cascade);
bool replay_drop_relation(struct replay *replay, struct relation *relation,
                          bool is_cascade);
void replay_drop_index(struct replay *replay, struct index *index);
bool replay_drop_column(struct replay *replay, struct column *column,
                        bool is_cascade);
bool replay_drop_constraint(struct replay *replay,
                            struct constraint *constraint, bool is_cascade);

/* The server would refuse; go on all the same where we do not know all. */
bool replay_refuse(const struct replay *replay);

/*
 * Inheritance: inherit.c. The second does what the first does, too.
 */
bool replay_inherit_columns(struct replay *replay, struct table *table,
                            const struct table *parent);
bool replay_inherit(struct replay *replay, struct table *table,
                    struct table *parent, bool is_partition);
void replay_disinherit(struct replay *replay, struct table *table,
                       struct table *parent);

/*
 * Queries: query.c.
 */

/* Gives the table the query's columns; names may override. */
bool replay_columns_of_query(struct replay *replay, struct table *table,
                             const Node *query, const List *names);

/* Notes which tables and views the query reads. */
void replay_note_reads(struct replay *replay, struct table *view,
                       const Node *query);

/*
 * Texts of expressions: expression_text.c. In the schema's memory.
 */

/* What stands between the first parentheses from this offset on. */
const char *expression_in_parentheses(const struct replay *replay,
                                      size_t offset);

/* The same where the expression's tree is known: a constant is one token. */
const char *expression_of_default(const struct replay *replay, size_t offset,
                                  const Node *expression);

/* What follows the keyword, to the end of a list's item or the next word of
 * a column constraint. */
const char *expression_after_default(const struct replay *replay,
                                     size_t offset);

/* The predicate of CREATE INDEX or EXCLUDE: what follows WHERE, in
 * parentheses or to the statement's end. */
const char *expression_after_where(const struct replay *replay, size_t offset);

/* The expression of the nth item of the list in the parentheses that come
 * first from this offset on. */
const char *expression_of_item(const struct replay *replay, size_t offset,
                               size_t item);

#endif
