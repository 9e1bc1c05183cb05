/*
 * Keyset pagination: how a query's ORDER BY, made unique where the schema
 * knows by which columns, continues after a row instead of counting rows.
 */
#ifndef QUERY_KEYSET_H
#define QUERY_KEYSET_H

#include "schema/schema.h"

#define KEYSET_KEYS_MAX 8

/* A column by which the rows are ordered. */
struct keyset_key {
    const char *sql;    /* as it can stand in WHERE */
    const char *column; /* its bare name, for finding it in the schema */
    bool is_descending;
    bool has_nulls_order; /* NULLS FIRST or LAST: somebody expects nulls */
};

struct keyset {
    const struct table *table; /* the only one it reads, if known; else null */
    struct keyset_key keys[KEYSET_KEYS_MAX];
    size_t count;
    const char *marks[KEYSET_KEYS_MAX]; /* the parameters that stand for the
                                           keys of the last row: the caller's to
                                           fill before a condition is asked
                                           for */
    size_t sorted_count; /* the keys of ORDER BY; the rest make it unique */
    bool is_unique;      /* no two rows have equal keys */
};

/*
 * The keys of the query. False where a condition on them cannot go to its
 * WHERE: its rows are grouped, made distinct or united, or ordered by other
 * than columns, or there is no order and no primary key is known. Texts live
 * in the arena.
 */
bool keyset_of(struct arena *arena, const struct schema *schema,
               const SelectStmt *select, struct keyset *keyset);

/* The rows go on in one direction: each mark stands in the condition once. */
bool keyset_has_one_direction(const struct keyset *keyset);

/* `(created_at, id) < ($3, $4)`: the rows after the one whose keys are the
 * marks. */
const char *keyset_condition(struct arena *arena, const struct keyset *keyset);

/* `created_at, id` and `$3, $4`. */
const char *keyset_columns(struct arena *arena, const struct keyset *keyset);
const char *keyset_marks(struct arena *arena, const struct keyset *keyset);

/* What ORDER BY lacks to be unique, to be added at its end (`, id DESC`) or in
 * its place (` ORDER BY id`); "" if nothing. */
const char *keyset_order_addition(struct arena *arena,
                                  const struct keyset *keyset);

/* A key that may be null, as SQL: such a row is neither before nor after
 * another. Null if none is known to be. */
const char *keyset_nullable(const struct keyset *keyset);

#endif
