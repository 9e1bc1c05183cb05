/*
 * Expressions of tables: what they mean, whether the server takes them, and how
 * they are kept.
 */
#ifndef REPLAY_BIND_H
#define REPLAY_BIND_H

#include "query/binding.h"
#include "query/query.h"
#include "replay/context.h"

/* An expression that is being looked at. */
struct bound {
    struct query_description description; /* in the scratch arena */
    struct binding binding;
    const Node *expression;
};

/* False if the server refuses the expression in that place. */
bool bind_expression(struct replay *replay, struct bound *bound,
                     const Node *expression, struct query_place place);

/* The words of the file, to be kept; null if they cannot be written again. */
struct expression *bind_finish(struct replay *replay, const struct bound *bound,
                               struct span words);

/* The object needs all that the expression names outside of its table. */
void bind_needs(struct replay *replay, struct object *object,
                const struct bound *bound, const struct table *table);

/* The expression of a table's column, constraint or index on another table
 * with columns of the same names; null for null. */
struct expression *bind_move(struct replay *replay,
                             struct expression *expression,
                             const struct table *from, struct table *to);

/* The dependent needs what the original does, columns of its table aside. */
void bind_copy_needs(struct replay *replay, struct object *dependent,
                     const struct object *original, const struct table *from);

/* The expression calls what may give another result next time. */
bool bind_is_mutable(struct replay *replay, const struct bound *bound);

/*
 * The column's DEFAULT, or what it is generated from; words is its place.
 * False if the server refuses it.
 */
bool bind_default(struct replay *replay, struct column *column,
                  const Node *expression, const char *text, struct span words);

/* The same for a copy of the column. */
void bind_copy_default(struct replay *replay, struct column *column,
                       const struct column *original);

#endif
