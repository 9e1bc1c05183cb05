/*
 * The words of difference.c: SQL of objects as the schema knows them, and texts
 * that are the same where two ways to write an expression are.
 */
#ifndef SCHEMA_DIFFERENCE_TEXT_H
#define SCHEMA_DIFFERENCE_TEXT_H

#include "schema/model.h"

/* The expression's tokens, words in lower case, without comments and the
 * parentheses around all of it; null for null. */
const char *text_of_tokens(struct arena *arena, const char *expression);

/*
 * The same text for expressions that the server keeps alike: without casts,
 * qualifiers and parentheses. What is told apart is another expression; what
 * is not may be one too.
 */
const char *text_of_meaning(struct arena *arena, const char *expression);

/* The same of all that makes an object, without words that are optional (AS,
 * INNER). */
const char *text_of_statement(struct arena *arena, const char *statement);

/* The same of a function, whose options come in any order, without its body,
 * which may be null. */
const char *text_of_options(struct arena *arena, const char *statement,
                            const char *body);

/* As SQL, with its schema unless that is public. */
const char *text_of_name(struct arena *arena, const struct namespace *namespace,
                         const char *name);
const char *text_of_relation(struct arena *arena,
                             const struct relation *relation);

/* The type as it can be written anywhere; null if it is not known. */
const char *text_of_type(struct arena *arena, struct data_type type);

/* `a, b`, quoted where need be. */
const char *text_of_columns(struct arena *arena,
                            const struct column_array *columns);

/* What follows a column's name in ADD COLUMN; null if it is not known. */
const char *text_of_column(struct arena *arena, const struct column *column);

/* What follows ADD COLUMN's GENERATED; null if it is not. */
const char *text_of_identity(const struct column *column);

/* What follows ADD CONSTRAINT and the name, but NOT VALID; null if it is not
 * known. */
const char *text_of_constraint(struct arena *arena,
                               const struct constraint *constraint);

/* `ON orders USING gin (a) WHERE (...)`, with no method if it is btree; null if
 * it is not known, or a column has another name than when it was written. */
const char *text_of_index(struct arena *arena, const struct index *index);

/* The same without its table: `USING gin (a) WHERE (...)`. */
const char *text_of_keys(struct arena *arena, const struct index *index);

/* `integer, text`: the parameters that callers give; null if a type is not
 * known. */
const char *text_of_arguments(struct arena *arena,
                              const struct function *function);

/* CREATE INDEX for each of the table's indexes that is no constraint's, on
 * lines of their own; null if one of them is not known. */
const char *text_of_indexes(struct arena *arena, const struct table *table);

/* All of CREATE TABLE with its constraints, and CREATE INDEX; null if not all
 * of it is known. */
const char *text_of_table(struct arena *arena, const struct table *table);

#endif
