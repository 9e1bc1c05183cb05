/*
 * The evaluation of guards, between guard.c, which knows expressions, and
 * guard_query.c, which knows queries. Nobody else includes this.
 */
#ifndef REPLAY_GUARD_QUERY_H
#define REPLAY_GUARD_QUERY_H

#include "replay/guard.h"
#include "replay/guard_catalog.h"

#define GUARD_FROM_MAX 4
#define GUARD_DEPTH_MAX 40

/* A catalog in a FROM clause, and the row that is being looked at. */
struct guard_from {
    const struct guard_catalog *catalog;
    const char *alias;
    const struct guard_row *row; /* null: none yet */
};

struct guard_query {
    struct guard_from from[GUARD_FROM_MAX];
    size_t from_count;
    const Node *conditions[GUARD_FROM_MAX + 1]; /* of WHERE and joins */
    size_t condition_count;
    const struct guard_query *outer;
    bool may_have_more; /* rows that are not known */
};

struct guard {
    struct replay *replay;
    const struct guard_query *query; /* innermost; null: none */
    enum guard_answer found;
    const long *count; /* what count() gives; null: not known */
    int depth;
};

struct guard_value guard_evaluate(struct guard *guard, const Node *node);

/* Null counts as no. */
enum guard_answer guard_answer_of(struct guard_value value);

/* The catalog in a FROM clause, of this query or one around it, that has the
 * column. Null if there is none; alias null: any. */
const struct guard_from *guard_find_from(const struct guard *guard,
                                         const char *alias, const char *column);

/* count(*) or the like; null is none. */
bool guard_is_count(const Node *node);

/* EXISTS (query), and (query) as a value. */
enum guard_answer guard_exists(struct guard *guard, const Node *query);
struct guard_value guard_scalar(struct guard *guard, const Node *query);

#endif
