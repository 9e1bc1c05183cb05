/*
 * What the conditions of a query look for in its tables, and which indexes can
 * serve that. For rules about conditions that no index serves: in doubt one
 * does.
 *
 * An index serves what it can be searched by: a comparison of its first key, by
 * an operator of the key's class, with what does not depend on the table; where
 * it is partial, only if the query's conditions imply its predicate
 * (match_clause_to_indexcol(), check_index_predicates() of
 * src/backend/optimizer/path/indxpath.c). Costs are the server's to weigh.
 */
#ifndef LINT_INDEX_USE_H
#define LINT_INDEX_USE_H

#include "lint/query_names.h"
#include "query/condition.h"
#include "query/from.h"

enum index_term_kind {
    TERM_COMPARISON,
    TERM_NULL,    /* IS NULL, IS NOT NULL */
    TERM_BOOLEAN, /* it is a condition by itself, NOT perhaps */
    TERM_CALL,    /* an argument of a function that is a condition */
};

/* A column or an expression that a condition is about. */
struct index_term {
    enum index_term_kind kind;
    const Node *condition;
    const Node *operand;
    const Node *item; /* whose it is */
    const struct query_name
        *name; /* if it is nothing but a column; else null */
    const struct query_name *other; /* the column that it is compared with */
    ParseLoc location; /* of the comparison: query_operation_at() */
    size_t number;
    bool is_right;       /* the operand stands at the operator's right */
    bool is_equality;    /* else a range, or what an operator says */
    bool is_value;       /* compared with what is the same for all rows */
    bool is_within;      /* a = b, of one table: index_term_equals_value() */
    bool is_row;         /* (a, b) > (1, 2) */
    bool is_negated;     /* NOT (a < 1); of a boolean: it is false */
    const Node *pattern; /* of LIKE and regular expressions; else null */
};

struct index_term_array ARRAY(struct index_term);

struct index_use {
    struct check *check;
    struct arena *arena;
    struct from_items items;
    struct condition_array conditions; /* WHERE and ON, arms of OR too */
    size_t whole_count;                /* those before the arms */
    struct index_term_array terms;
    const SelectStmt *select; /* null: UPDATE or DELETE */
    const List *from;
};

/* node: SELECT, UPDATE or DELETE that is being visited. Null if there is nothing
 * to be looked for in a known table, or if it is a statement of a migration,
 * which runs once. Read once for all rules; lives as long as the visit. */
const struct index_use *index_use_of(struct check *check, const Node *node);

/* The table of an item, if all its indexes are known and it has rows; else
 * null. */
const struct table *index_use_table(const struct index_use *use,
                                    const Node *item);

/* Some index of the item's table serves some condition, or its ORDER BY ...
 * LIMIT. */
bool index_use_is_served(const struct index_use *use, const Node *item);

/* The same for one condition of the query, or an arm of one. */
bool index_use_serves_condition(const struct index_use *use, const Node *item,
                                const Node *condition);

/* The item is one of the query's own. */
bool index_use_has_item(const struct index_use *use, const Node *item);

/* The expression names no column of the query's own items. */
bool index_use_is_value(const struct index_use *use, const Node *expression);

/* Nor of this one. */
bool index_use_reads(const struct index_use *use, const Node *item,
                     const Node *expression);

/* index_term.c: what the condition looks for, to use->terms. */
void index_term_add(struct index_use *use, const Node *condition);

/* Compared as it is: `a = 5.5` is about a numeric that is made of a. */
bool index_term_is_plain(const struct index_use *use,
                         const struct index_term *term);

/* It is compared with a value, or with a column that is: `log.job = jobs.id AND
 * jobs.id = 3` says that log.job = 3. */
bool index_term_equals_value(const struct index_use *use,
                             const struct index_term *term);

/*
 * index_match.c
 */

/* The index can be searched by the column, as its first, whatever the
 * condition. */
bool index_leads_with(const struct index *index, const struct column *column);

/* The operator takes the operand as it is stored, without a cast. */
bool index_operand_is_plain(const struct check *check,
                            const struct query_operation *operation,
                            bool is_right);

/* Can be searched by this term; whatever its predicate says. */
bool index_serves_term(const struct index_use *use, const struct index *index,
                       const struct index_term *term);

/* An index of that method on the term's column alone could; opclass null: the
 * default. */
bool index_would_serve_term(const struct index_use *use,
                            const struct index_term *term, const char *method,
                            const char *opclass);

/* What is cast to a type that it is binary coercible to is compared as it is: of
 * such a cast of a column of the table, the column; else the operand. */
const Node *index_plain_operand(const struct index_use *use,
                                const struct table *table, const Node *operand);

/* The key is the column, or (email::text) of a varchar email, which is the
 * same. */
bool index_key_is_column(const struct index_use *use, const struct index *index,
                         size_t key, const struct column *column);

/* The expression may be that which the index has as a key. */
bool index_key_is(const struct index_use *use, const Node *item,
                  const struct index *index, size_t key,
                  const Node *expression);

/*
 * index_sort.c
 */

/* A key of ORDER BY, or of min() and max(): what the first row is found by. */
struct index_sort_key {
    const Node *expression;
    const struct query_name *name; /* if it is a column; else null */
    bool is_descending;
    bool is_nulls_first;
};

#define INDEX_SORT_KEYS_MAX 8

/* Those of a query with LIMIT, as far as they are plain expressions, positions
 * and names of its columns replaced; their number. */
size_t index_sort_keys(const struct index_use *use,
                       struct index_sort_key keys[INDEX_SORT_KEYS_MAX]);

/* max(at) looks for no null: `at IS NOT NULL`, else null. */
const Node *index_sort_implied(const struct index_use *use);

/* The index has the rows in the order, or those with the same first key
 * together, so that the server need not read all for a few. */
bool index_serves_sort(const struct index_use *use, const Node *item,
                       const struct index *index);

#endif
