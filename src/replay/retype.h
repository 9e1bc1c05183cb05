/*
 * What is computed from a column that gets another type: kept so that it still
 * says what it said.
 */
#ifndef REPLAY_RETYPE_H
#define REPLAY_RETYPE_H

#include "query/query.h"
#include "replay/context.h"

/* An expression that is made again when the types have changed. */
struct retype {
    struct expression **place; /* where it is kept; of null: nowhere yet */
    const char *words;         /* then: as it was written */
    const struct column_array *reads; /* all that they read; null: not known */
    struct data_type *type;           /* of the expression; null: not kept */
    struct table *table;
    enum query_clause clause;
    const char *sql; /* with all the casts that the old types needed */
};

struct retype_array ARRAY(struct retype);

/* All of one ALTER TABLE. */
struct retyping {
    struct retype_array expressions;
    struct column_array columns;
};

/* Adds the column, which is about to get another type, with the checks and
 * indexes that read it. */
void retype_note(struct replay *replay, struct retyping *retyping,
                 struct column *column);

/* Reads them with the new types: what indexes compute, of all tables, at once;
 * then checks, which come later. False, told, if the server refuses one, or, in
 * the second case, an index or key on a column. */
bool retype_indexes(struct replay *replay, const struct retyping *retyping);
bool retype_constraints(struct replay *replay, const struct retyping *retyping);

/* A literal default stays a value of the column's type, which is about to be
 * another. */
void retype_default(struct replay *replay, const struct column *column);

/* Of an ALTER TABLE: alter.c. */
struct retyping *alter_retyping(const struct alter *alter);

/* The indexes and foreign keys on the columns can be made again: alter_type.c.
 */
bool alter_check_retyped(struct replay *replay,
                         const struct column_array *columns);

#endif
