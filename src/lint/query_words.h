/*
 * Where in the file the parts of a query stand, for the rules about queries.
 * Nodes tell at best where they begin.
 */
#ifndef LINT_QUERY_WORDS_H
#define LINT_QUERY_WORDS_H

#include "lint/rule.h"

/* The token at this place of the tree's text. The statement's first word if no
 * node says where (-1). */
struct span query_words_at(const struct check *check, ParseLoc location);

/* The name of the relation, as it is written. */
struct span query_words_of_relation(const struct check *check,
                                    const RangeVar *relation);

/* Where an expression begins, or at least a place within it: exprLocation()
 * recurses, and a chain of operators is as deep as it is long. -1 if no node
 * says. */
ParseLoc query_location(const Node *expression);

/* The words of something as short as a column or a constant: a name with its
 * dots, or a token. */
struct span query_words_of(const struct check *check, const Node *expression);

/* The words LIMIT and what begins its number. */
struct span query_words_of_limit(const struct check *check,
                                 const SelectStmt *select);

/* No template puts in clauses of which nothing is known: `WHERE a = 1 {{ more
 * }}`. For rules that miss a clause. */
bool query_is_whole(const struct check *check);

/* Nor conditions: `WHERE {{ condition }}`. */
bool query_has_all_conditions(const struct check *check);

/* An aggregate, by its name or how it is called. */
bool query_is_aggregate(const struct check *check, const FuncCall *call);

/* Longer statements are not repeated in a help. */
bool query_is_short(const struct check *check);

/* The same as check_rewrite() for short statements; null for long ones. */
const char *query_rewrite(struct check *check, struct span at,
                          const char *text);

#endif
