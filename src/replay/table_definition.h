/*
 * A table that CREATE TABLE is making. Part of table.c and table_check.c.
 */
#ifndef REPLAY_TABLE_DEFINITION_H
#define REPLAY_TABLE_DEFINITION_H

#include "replay/context.h"

/* A column that the statement defines, or gives options to. */
struct column_work {
    const ColumnDef *node;
    struct data_type type; /* type null: not known, or not said */
    struct column_clauses clauses;
    struct column *column; /* when it is there */
};

struct column_work_array ARRAY(struct column_work);

struct definition {
    const CreateStmt *create;
    struct table *table; /* known by its name only when its columns stand */
    bool is_certain;     /* what the server refuses is known */
    struct column_work_array columns; /* in the scratch arena; so are these */
    struct pending_array pending;
    struct not_null_array not_null;
    struct not_null_array inherited_not_null;
    const char *missing_not_null; /* a column that it has not; null: none */
};

/*
 * What the server says of the definition before it looks at the table's name
 * and its parents, in its order; fills definition->columns. The type of OF has
 * given the table its columns.
 */
bool definition_transform(struct replay *replay, struct definition *definition);

/* What it says first when it makes the table: each parent is there, once. */
bool definition_check_parents(struct replay *replay,
                              const struct definition *definition);

/* No column is defined twice, and there are not too many. */
bool definition_check_names(struct replay *replay,
                            const struct definition *definition);

#endif
