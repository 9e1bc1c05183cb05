/*
 * What the transaction that a statement runs in has done before it that rules
 * must know and may not keep themselves: which relations it has locked, how and
 * by which statement, and what it has made.
 *
 * "The transaction" is that of check->transaction: the file's BEGIN, the
 * tool's, an implicit one, a pipeline; a DO block is one too. Where every
 * statement is by itself nothing is held. Only for rules with needs_locks: the
 * engine fills it while one of them is asked (lint/judge.c).
 *
 * Locks last until the end of the transaction, or until ROLLBACK TO a savepoint
 * that was set before them ("Explicit Locking" in the manual).
 */
#ifndef LINT_HELD_H
#define LINT_HELD_H

#include "base/map.h"
#include "locks/locks.h"
#include "schema/schema.h"
#include "sql/ast.h"

/* A lock in SHARE or stronger on a table, view or sequence that is not new. */
struct held_lock {
    const struct relation *relation; /* null: the schema does not know it */
    const char *schema;              /* its name when it was locked */
    const char *name;
    enum relation_kind kind;
    enum lock_mode mode;
    struct place place;              /* the statement that took it */
    bool had_timeout[TIMEOUT_COUNT]; /* in force then */
    const struct held_lock *weaker;  /* that it had on the relation before */
    struct held_relation *held;      /* held.c's */
};

struct held_lock_array ARRAY(struct held_lock *);

struct held_savepoint {
    const char *name;
    size_t lock_count; /* when it was set */
};

struct held_savepoint_array ARRAY(struct held_savepoint);

/* Filled with zeros it is a valid empty one. */
struct held {
    struct held_lock_array locks; /* in the order they were taken; of a relation
                                     that is locked more strongly later there
                                     are several. To be gone through at most
                                     once a transaction */

    /* A table was locked without that timeout, by now, whatever was rolled back
     * since. */
    bool is_without_timeout[TIMEOUT_COUNT];

    /* held.c's. */
    struct arena arena;
    size_t transaction; /* struct transaction's number */
    struct place begin; /* its first statement */
    size_t settled;     /* locks [0, settled) have their relation */
    size_t first[LOCK_ACCESS_EXCLUSIVE + 1]; /* by mode: number, from 1, of the
                                                first as strong, of a table */
    size_t second_exclusive; /* likewise, ACCESS EXCLUSIVE on another table than
                                the first, no part of the same one */
    struct held_savepoint_array savepoints;
    struct map by_relation; /* struct held_relation, by address */
    struct map by_name;     /* the same, by name, of unknown ones */
};

/* The strongest lock on the relation that the transaction holds; null if there
 * is none. */
const struct held_lock *held_find(const struct held *held,
                                  const struct relation *relation);

/* The same for what a statement locks, whether it is known or not. */
const struct held_lock *held_find_lock(const struct held *held,
                                       const struct lock *lock);

/* The first lock that is at least so strong, of those on tables and
 * materialized views; null if there is none. */
const struct held_lock *held_first(const struct held *held,
                                   enum lock_mode mode);

/* Whether ACCESS EXCLUSIVE is held on two tables that are not parts of the same
 * partitioned one. */
bool held_is_on_several(const struct held *held);

/* The table that a partition is a part of in the end; itself if it is none. Null
 * for null. */
const struct relation *held_root(const struct relation *relation);

/* What was made there (a constraint that is still to be validated, say) was made
 * by an earlier statement of the transaction. */
bool held_has_made(const struct held *held, struct place made_at);

/* The engine's: before the statement at this place; `transaction` is its
 * transaction's number. What belongs to an earlier one is forgotten. */
void held_begin_statement(struct held *held, const struct schema *schema,
                          size_t transaction, struct place place);

/* After the rules were asked about a statement, before it is replayed: it locks
 * this, or is SAVEPOINT, RELEASE or ROLLBACK TO. */
void held_add(struct held *held, const struct schema *schema,
              struct place place, const struct effects *effects);
void held_control(struct held *held, const TransactionStmt *control);

void held_release(struct held *held);

#endif
