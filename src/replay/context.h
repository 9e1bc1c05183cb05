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
    const struct do_watcher *watcher; /* of a DO block; null: nobody looks on */
    struct replay_failure *failure;   /* null: nobody wants to know */
};

/*
 * The server refuses the statement, with this SQLSTATE and primary message
 * (src/backend/utils/errcodes.txt; the message as the server words it). To be
 * returned: false. The first one said is kept.
 */
bool replay_fail(struct replay *replay, const char *sqlstate,
                 const char *format, ...) __attribute__((format(printf, 3, 4)));

/* What is not known does not exist: a statement that names it fails. */
static inline bool replay_knows_all(const struct replay *replay)
{
    return replay->schema->begins_empty && replay->schema->is_complete;
}

/* All that a statement does to the relation is known, from its making on. */
static inline bool replay_knows_relation(const struct replay *replay,
                                         const struct relation *relation)
{
    return replay_knows_all(replay) ||
           (relation->made_at.source && !replay->schema->is_opaque);
}

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

/* do_condition.c: EXCEPTION WHEN with this name catches this SQLSTATE. */
bool do_condition_is(struct slice name, const char *sqlstate);

/*
 * replay.c: a statement within another, which has its tree: undone if it fails,
 * and the transaction goes on. True if it may have done more than we know.
 */
bool replay_inner(struct schema *schema, struct source *source,
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

/* All words of the type at this location: `double precision`. */
struct place replay_place_of_type(const struct replay *replay,
                                  ParseLoc location);

/* The statement's offset of a location; its start if there is none. */
static inline size_t replay_offset(const struct replay *replay,
                                   ParseLoc location)
{
    if (location < 0)
        return replay->statement->offset;
    return replay->statement->tree_base + (size_t)location;
}

/*
 * Room for a new relation's name: what is there and was only mentioned goes.
 * False if it is taken: the server would refuse. Where the history is
 * incomplete the statement is believed and what was there is dropped.
 */
bool replay_free_name(struct replay *replay, struct namespace *namespace,
                      const char *name);

/* Where a CREATE puts its relation: temporary, named, or search_path. */
struct namespace *replay_target_namespace(struct replay *replay,
                                          const RangeVar *name);

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

/* The server would refuse; go on all the same where a statement was not
 * understood. */
bool replay_refuse(const struct replay *replay);

/* The same for what depends on a relation: it may only have been mentioned. */
static inline bool replay_refuse_of(const struct replay *replay,
                                    const struct relation *relation)
{
    return replay_refuse(replay) &&
           (relation->made_at.source || replay_knows_all(replay));
}

/*
 * A query or a statement that changes rows, where all is known: false if the
 * server refuses it. query.c.
 */
bool replay_check_query(struct replay *replay, const Node *query);

/* The same for ON CONFLICT of an INSERT, also one in WITH: the index that it
 * means is there. conflict.c. */
bool replay_check_conflict(struct replay *replay, const Node *query);

/* The functions that the statement calls may change the schema: then it may
 * have done more than we know. call_effect.c. */
void replay_note_calls(struct replay *replay, const Node *tree);

/*
 * Texts of expressions: expression_text.c. In the schema's memory.
 */

/* What stands between the first parentheses from this offset on. words, here
 * and below, receives its place in the file; null: not wanted. */
const char *expression_in_parentheses(const struct replay *replay,
                                      size_t offset, struct span *words);

/* The same where the expression's tree is known: a constant is one token. */
const char *expression_of_default(const struct replay *replay, size_t offset,
                                  const Node *expression, struct span *words);

/* What follows the keyword, to the end of a list's item or the next word of
 * a column constraint. */
const char *expression_after_default(const struct replay *replay, size_t offset,
                                     struct span *words);

/* The predicate of CREATE INDEX or EXCLUDE: what follows WHERE, in
 * parentheses or to the statement's end. */
const char *expression_after_where(const struct replay *replay, size_t offset,
                                   struct span *words);

/* The expression of the nth item of the list in the parentheses that come
 * first from this offset on. */
const char *expression_of_item(const struct replay *replay, size_t offset,
                               size_t item, struct span *words);

/* The same words to both: spaces, comments and the case of words aside. */
bool expression_same(const char *a, const char *b);

/* What COLLATE is said of, in the end. The node itself may be null. */
const Node *replay_without_collation(const Node *node);

/* The words [from, to) of the file, as an expression. */
struct expression *replay_words(struct replay *replay, size_t from, size_t to);

#include "replay/tables.h"

#endif
