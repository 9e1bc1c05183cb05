/*
 * What a query or an expression means on the schema as it stands before the
 * statement: its columns with their names and types, what it reads and needs,
 * and why the server would refuse it. Names are resolved and types derived as
 * src/backend/parser does it (analyze.c, parse_clause.c, parse_relation.c,
 * parse_target.c, parse_expr.c, parse_func.c, parse_coerce.c).
 *
 * What cannot be derived is not known: a type is null, and counted, never
 * guessed. A refusal is told only where it is certain: all relations that
 * matter are complete and all types known.
 *
 * Costs and depth are bounded: what is nested too deeply is not known.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "schema/schema.h"

struct binding;
struct builtin_operator;
struct routine_query;

/* Where an expression stands: what it may name and what is forbidden there
 * (ParseExprKind of parse_node.h). */
enum query_clause {
    CLAUSE_QUERY,   /* a statement of its own, or part of one */
    CLAUSE_DEFAULT, /* of a column, domain or parameter */
    CLAUSE_GENERATED,
    CLAUSE_CHECK, /* of a table */
    CLAUSE_DOMAIN_CHECK,
    CLAUSE_INDEX,
    CLAUSE_INDEX_PREDICATE,
    CLAUSE_STATISTICS,
    CLAUSE_PARTITION_KEY,
    CLAUSE_PARTITION_BOUND,
    CLAUSE_TRANSFORM, /* USING of ALTER COLUMN TYPE */
    CLAUSE_TRIGGER_WHEN,
    CLAUSE_POLICY,
    CLAUSE_RULE, /* WHERE and the actions of CREATE RULE */
};

/* The server puts a cast around the node that nobody wrote, or takes a literal
 * for a value of the type; type null: the node is a cast that does nothing. */
struct query_cast {
    const Node *node;
    struct type *type;
};

struct query_cast_array ARRAY(struct query_cast);

/* What a column's name in a query means. */
struct query_name {
    const ColumnRef *reference;
    const Node *item;    /* the item of FROM, or the RangeVar written to, whose
                             column it is; null: none alone, as after USING */
    struct table *table; /* that the item is; null: none that is known */
    struct column *column; /* of the table; null: not known, or none */
    struct data_type type; /* type null: not known */
};

struct query_name_array ARRAY(struct query_name);

/* Names that mean a parameter of the function, or a variable of its body. */
struct query_value_array ARRAY(const ColumnRef *);

/* A call that may give something else for the same values: of a function,
 * operator or cast that is not IMMUTABLE, CURRENT_DATE and the like. */
struct query_call {
    ParseLoc location;         /* in the tree's text; -1 if there is none */
    const Node *node;          /* FuncCall or SQLValueFunction; else null */
    struct function *function; /* made by a statement; else null */
    struct type *from;         /* of a cast; else null, like the next */
    struct type *to;
    enum volatility volatility; /* at least this */
};

struct query_call_array ARRAY(struct query_call);

/*
 * Which operator a comparison calls, with what: `a + b > 3` is two of these. Of
 * BETWEEN, IN and rows there are several with the same place, in the order of
 * the server's comparisons.
 */
struct query_operation {
    ParseLoc location;                      /* of the A_Expr, or the SubLink */
    size_t number;                          /* among all of the query */
    const struct builtin_operator *builtin; /* null: made by a statement, or not
                                               known */
    struct type *operands[2]; /* as they are; null: not known, or no left one */
    struct type *taken[2];    /* as the operator takes them; likewise */
};

struct query_operation_array ARRAY(struct query_operation);

/* All zero: a query of its own. */
struct query_place {
    enum query_clause clause;
    struct table *table; /* whose columns may be named; null: none */
    bool has_new;        /* NEW.column and OLD.column are the table's */
    bool has_old;
    struct data_type value;  /* what VALUE is; type null: it may not stand */
    struct data_type target; /* which it is assigned to (DEFAULT, GENERATED);
                                type null: to none */
    const char *target_name; /* the column's, for messages */
    const struct parameter *parameters; /* $1 and names of a function's body */
    size_t parameter_count;
    const char *function_name; /* which may qualify them; null: none */
    const struct routine_query *variables; /* of a body in PL/pgSQL: those that
                                              can be named there; null: none */
    bool forbids_parameters;               /* $1 means nothing */
    struct binding *binding;        /* gets the names met; null: not wanted */
    struct query_cast_array *casts; /* gets these; null: not wanted */
    struct query_name_array *names; /* gets those that were found, in no order;
                                       null: not wanted */
    struct query_call_array *calls; /* gets these; null: not wanted */
    struct query_operation_array *operations; /* gets those of operators; null:
                                                 not wanted */
    struct query_value_array *values;         /* gets these; null: not wanted */
};

enum query_use {
    USE_READ,
    USE_LOCK, /* FOR UPDATE, FOR SHARE ... */
    USE_INSERT,
    USE_UPDATE,
    USE_DELETE,
};

/* A relation that a query names: one for each time, in order. MERGE writes in
 * several ways. */
struct query_relation {
    struct table *table;
    enum query_use use;
    bool is_only;    /* ONLY t */
    bool is_in_from; /* not within an expression or WITH */
};

struct query_column {
    const char *name;      /* as the server names it; ?column? if it has none */
    struct data_type type; /* type null: not known */
    struct column *column; /* if it is nothing but this column; else null */
};

struct query_column_array ARRAY(struct query_column);
struct query_relation_array ARRAY(struct query_relation);

struct query_description {
    /* Of a query: what it gives. */
    struct query_column_array columns;
    bool has_all_columns; /* these are all, with their names */

    /* Of an expression. */
    struct data_type type;
    struct type *assigned; /* before it became what it is assigned to; null: not
                              known */

    struct query_relation_array relations;
    bool has_all_relations;     /* every name of a relation was found */
    struct column_array reads;  /* of place.table, each once */
    bool reads_whole_row;       /* of place.table */
    struct object_array needs;  /* what DROP would break: columns, relations,
                                    functions, types ...; each once */
    enum volatility volatility; /* of what is known: at least this */
    bool is_volatility_known;
    enum volatility volatility_most; /* at most this, with what is not known */
    bool has_subquery;
    size_t unknown_count; /* expressions whose type could not be derived, names
                             that were not found */

    /* The server refuses it; sqlstate "" if not, or if that is not certain. */
    char sqlstate[6];
    const char *message;
    ParseLoc location; /* in the tree's text; -1 if there is none */
};

/*
 * SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE (with their RETURNING).
 * Everything lives in the arena. place may be null.
 */
void query_describe(struct schema *schema, struct arena *arena,
                    const Node *query, const struct query_place *place,
                    struct query_description *description);

/* An expression at that place; place may be null. */
void query_describe_expression(struct schema *schema, struct arena *arena,
                               const Node *expression,
                               const struct query_place *place,
                               struct query_description *description);

/* Whether the two surely mean something else, in a query of which this is the
 * only item. */
bool query_expressions_differ(struct schema *schema, struct arena *arena,
                              const RangeVar *item, const Node *a,
                              const Node *b);

#endif
