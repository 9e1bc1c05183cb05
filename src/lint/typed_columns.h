/*
 * The columns that are there at the end of a history, with the types that its
 * statements gave them: what rules with check_column are asked about. What a
 * later migration drops or gives another type is not among them, nor what views,
 * foreign tables and temporary tables have.
 */
#ifndef LINT_TYPED_COLUMNS_H
#define LINT_TYPED_COLUMNS_H

#include "lint/advice.h"
#include "schema/type.h"

/* All zero before the first. */
struct typed_column {
    const struct table *table;
    const struct column *column; /* its typed_at is never nowhere */
    const struct type *type;     /* of an array that of its elements; null: not
                                    known */
    bool is_array;

    size_t next_table; /* where to go on */
    size_t next_column;
};

/* Tables that hold rows of their own: not temporary, foreign or dropped, and
 * made by a statement of the history. */
bool typed_columns_is_kept(const struct table *table);

/* The name is a template's, and becomes another: `{{ prefix }}_orders`. */
bool typed_columns_is_template(const char *name);

/* The next column; false after the last. */
bool typed_columns_next(const struct check *check, struct typed_column *typed);

/* `column "total" of "orders"`, for messages. */
const char *typed_column_name(struct check *check,
                              const struct typed_column *typed);

/* `numeric(12,2)`, with `[]` if the column is an array. */
const char *typed_column_type(struct check *check,
                              const struct typed_column *typed,
                              const char *type);

/* Another type for a column. */
struct retyping {
    const char *type;       /* as SQL, without [] */
    const char *constraint; /* what the definition says besides, with a space
                               before it; null: nothing */
    const char *conversion; /* what follows USING; null: nothing */
    const char *cost;       /* what the ALTER TABLE does to the table, as a
                               comment says it: "writes every row anew"; null:
                               nothing */
    bool is_zoned;          /* what is computed with it depends on TimeZone */
};

/* The definition to write instead, and the ALTER TABLE for a database that has
 * the column by now. */
const char *typed_column_help(struct check *check,
                              const struct typed_column *typed,
                              const struct retyping *to);

/* Reports at the type's words. */
struct finding *typed_column_report(struct check *check,
                                    const struct typed_column *typed,
                                    const char *message, const char *help);

#endif
