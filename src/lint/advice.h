/*
 * What the help texts of several rules have in common: how to run a statement
 * outside of the tool's transaction, how to make a column NOT NULL without a
 * scan under lock, how to index a partitioned table. Written for the case at
 * hand, with the user's own names.
 *
 * Every text lives in check->arena.
 */
#ifndef LINT_ADVICE_H
#define LINT_ADVICE_H

#include "lint/rule.h"
#include "sql/writer.h"

/* The relation as messages name it: `"orders"`, `"app.orders"`. */
const char *advice_name(struct check *check, struct qualified_name name);
const char *advice_relation_name(struct check *check,
                                 const struct relation *relation);

/* The relation as SQL, with its schema unless that is public. */
const char *advice_relation_sql(struct check *check,
                                const struct relation *relation);

/* 'text' as SQL. */
const char *advice_literal(struct check *check, const char *text);

/* The type as SQL; null if it is not known. */
const char *advice_type(struct check *check, struct data_type type);

/*
 * A comment line, after a line end, that says how the author of the statement
 * gets what stands before it run outside of a transaction, as CONCURRENTLY
 * wants it. Nothing where there is no transaction. has_others: the help has
 * other statements beside the one with CONCURRENTLY, which some tools would
 * send along with it. False if the tool has no way; it then says to do it by
 * hand.
 */
bool advice_add_outside_transaction(struct check *check, struct buffer *help,
                                    bool has_others);

/*
 * What must stand before a CREATE INDEX CONCURRENTLY, so that a second try
 * does not meet the INVALID index of the first: a line each. Where the tool
 * would not run two such statements one by one, a comment says when to run it.
 */
void advice_add_drop_of_invalid(struct check *check, struct buffer *help,
                                const IndexStmt *index);

/*
 * The transaction that the statements of a help run in where they take this
 * statement's place. Tools that send a file as one string run one statement by
 * itself, several in one transaction.
 */
enum transaction_kind advice_transaction_kind(const struct check *check);

/*
 * A comment line, with its line end, between a step that takes a strong lock
 * for a moment and one that scans: they must not share a transaction. Nothing
 * where every statement is by itself.
 */
void advice_add_later(struct check *check, struct buffer *help);

/*
 * A constraint in force that proves the column not null, or null. Constraints
 * that the ALTER TABLE's own commands drop, by name or with a column, do not
 * count: the server drops first (tablecmds.c, AT_PASS_DROP). commands may be
 * null.
 */
const struct constraint *advice_find_proof(const struct table *table,
                                           const char *column,
                                           const List *commands);

/*
 * The statements that make an existing column NOT NULL with nothing but short
 * locks, a line each. known: what the schema knows of the table; may be null.
 */
void advice_add_not_null(struct check *check, struct buffer *help,
                         struct qualified_name table, const struct table *known,
                         const char *column);

/* An index as help texts write it. */
struct index_advice {
    const char *name;       /* of the index, unquoted */
    const char *definition; /* what follows the table's name in CREATE INDEX */
    bool is_unique;
    const char *constraint; /* "UNIQUE" or "PRIMARY KEY" if the index is to back
                               one; else null */
    const char *constraint_definition; /* what follows that in ADD CONSTRAINT */
    const char *constraint_options;    /* ` DEFERRABLE`; "" if none */
};

/*
 * The statements that index a partitioned table without blocking: on the
 * parent alone, then partition by partition. name: of the table, as the user
 * writes it.
 */
void advice_add_partitioned_index(struct check *check, struct buffer *help,
                                  struct qualified_name name,
                                  const struct table *table,
                                  const struct index_advice *index);

/* The help without the line end that its last step left. */
const char *advice_text(struct buffer *help);

/* The name that the server would give: "orders_user_id_idx". columns: their
 * names with "_" between them; null for none. */
const char *advice_object_name(struct check *check, const char *table,
                               const char *columns, const char *label);

/* The same, numbered as the server does while a relation of the table's schema
 * or another constraint of the table has it. known: null if it is not known. */
const char *advice_free_name(struct check *check, struct qualified_name table,
                             const struct table *known, const char *columns,
                             const char *label);

#endif
