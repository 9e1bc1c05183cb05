/*
 * Conditions as formulas of comparisons of a column with a constant, tests for
 * null, AND and OR; and what follows from them. The rules are those of
 * predicate_implied_by(), weakly (src/backend/optimizer/util/predtest.c), and no
 * others.
 */
#ifndef SCHEMA_FORMULA_H
#define SCHEMA_FORMULA_H

#include "base/array.h"
#include "sql/ast.h"

enum formula_kind {
    FORMULA_UNKNOWN,
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_COMPARE,
    FORMULA_NULL,
    FORMULA_NOT_NULL,
};

enum comparison {
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_EQUAL,
    COMPARE_GREATER_EQUAL,
    COMPARE_GREATER,
    COMPARE_NOT_EQUAL,
};

struct formula_array ARRAY(struct formula *);

struct formula {
    enum formula_kind kind;
    struct formula_array parts; /* of AND and OR */
    const char *column;         /* of the others */
    const ColumnRef *reference; /* likewise, if a node had it; else null */
    enum comparison comparison;
    const char *constant; /* as text; a number or a string */

    /* Types that the two are said to be of, by their short names; null: of none.
     * "" stands for several casts. */
    const char *column_type;
    const char *constant_type;

    const Node *node; /* which it is, or is part of; null: none */
    bool is_negated;  /* the opposite of the node; of FORMULA_UNKNOWN alone */
};

/* What is not understood is FORMULA_UNKNOWN, of which nothing follows. */
struct formula *formula_of_node(struct arena *arena, const Node *node);

struct formula *formula_new(struct arena *arena, enum formula_kind kind);
void formula_add(struct arena *arena, struct formula *formula,
                 struct formula *part);
struct formula *formula_about(struct arena *arena, enum formula_kind kind,
                              const char *column);
struct formula *formula_compare(struct arena *arena, const char *column,
                                enum comparison comparison,
                                const char *constant);

/* Its opposite. */
struct formula *formula_negate(struct arena *arena,
                               const struct formula *formula);

/* Whether the second is true wherever the first is; false if that takes too
 * long to find out. */
bool formula_implies(const struct formula *given, const struct formula *wanted);

/* Whether one of AND, OR and what they are made of implies another. */
typedef bool formula_test(void *closure, const struct formula *given,
                          const struct formula *wanted);

/* The same as formula_implies(), with a test of its own for formulas without
 * parts; when_spent: what is said if that takes too long to find out. */
bool formula_implies_by(const struct formula *given,
                        const struct formula *wanted, formula_test *test,
                        void *closure, bool when_spent);

/* x `given` c may imply x `wanted` d: it does, or nobody knows how c stands to d
 * and for some order it does. Both are FORMULA_COMPARE. */
bool formula_comparison_may_imply(const struct formula *given,
                                  const struct formula *wanted);

/* The text of a constant, casts aside; null if the node is none. */
const char *formula_constant(struct arena *arena, const Node *node);

/* The name of a column, casts aside; null likewise. formula.column_type has
 * the cast. */
const char *formula_column(const Node *node);
const ColumnRef *formula_reference(const Node *node);

#endif
