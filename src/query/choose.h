/*
 * Which function or operator a call means: src/backend/parser/parse_func.c and
 * parse_oper.c, among those that the server has built in, that extensions
 * brought, and that statements made.
 */
#ifndef QUERY_CHOOSE_H
#define QUERY_CHOOSE_H

#include "query/coerce.h"

enum choice_outcome {
    CHOICE_FOUND,
    CHOICE_CAST,      /* of functions: the name is a type's, and it is a cast */
    CHOICE_NONE,      /* there is none: 42883 */
    CHOICE_AMBIGUOUS, /* more than one fits equally well: 42725 */
    CHOICE_UNKNOWN,   /* arguments are not known, or what was found is not */
};

struct function_call {
    struct qualified_name name;
    struct type *const *arguments; /* null: not known. OID_UNKNOWN: a literal */
    const char *const *names; /* of named arguments; null elements and null:
                                 positional */
    size_t argument_count;
    bool is_variadic;   /* VARIADIC before the last */
    bool is_sql_syntax; /* COERCE_SQL_SYNTAX: the grammar named it */
    bool is_procedure;  /* CALL */
};

struct function_choice {
    enum choice_outcome outcome;
    const struct builtin_function
        *builtin; /* one of these two, if it was found */
    struct function *function;
    struct extension *extension; /* that brought the builtin; null if none */
    struct type **parameters;    /* for each argument in the order of the call,
                                 polymorphic ones resolved; null if none was
                                 found */
    struct data_type result; /* type null: not known. Of a cast: its target */
    bool returns_set;
    char kind;                       /* prokind: f a w p */
    enum volatility volatility_most; /* at most */
    enum volatility volatility;  /* at least, if it is not known which it is */
    struct type_failure failure; /* of a polymorphic function that was found */
};

/*
 * The arguments that are not known (null) are taken to fit: the function is
 * then found if only one remains; if all that remain have the same result,
 * outcome is CHOICE_UNKNOWN and the result is known. Everything is in the
 * arena.
 */
void choose_function(struct schema *schema, struct arena *arena,
                     const struct function_call *call,
                     struct function_choice *choice);

struct operator_choice {
    enum choice_outcome outcome;
    const struct builtin_operator *builtin; /* null: none was found, or it was
                                               made by a statement */
    struct extension *extension;            /* that brought it; null if none */
    struct type *left; /* what the arguments become; null: not known */
    struct type *right;
    struct type *result; /* null: not known */
    enum volatility volatility;
    struct type_failure failure; /* of a polymorphic one that was found */
};

/* left null with is_prefix; else null is not known, as above. */
void choose_operator(struct schema *schema, struct arena *arena,
                     struct qualified_name name, bool is_prefix,
                     struct type *left, struct type *right,
                     struct operator_choice *choice);

/* `integer = text`, as the message "operator does not exist: %s" has it. */
const char *choose_operator_signature(struct schema *schema,
                                      struct arena *arena,
                                      struct qualified_name name,
                                      const struct type *left,
                                      const struct type *right);

/* `f(integer, unknown, b => text)`: "function %s does not exist". */
const char *choose_function_signature(struct schema *schema,
                                      struct arena *arena,
                                      const struct function_call *call);

#endif
