/*
 * What the files of query/ share: the analysis under way, the scopes in which
 * names are looked up, and values, which is what is known of an expression.
 * Nobody else includes this.
 *
 * The words are those of src/backend/parser, in ours: a scope is a ParseState,
 * a range a RangeTblEntry with its column names, a visible range a
 * ParseNamespaceItem. No tree is built: what an expression means is found
 * while its raw tree is walked, and what the description needs is noted.
 */
#ifndef QUERY_ANALYSIS_H
#define QUERY_ANALYSIS_H

#include "base/buffer.h"
#include "query/binding.h"
#include "query/choose.h"
#include "query/query.h"
#include "schema/generated_name.h"
#include "schema/type.h"

/* Nested deeper than this is not known. */
#define ANALYSIS_DEPTH_MAX 250

/* Nodes, and columns of FROM items, that one description may look at. */
#define ANALYSIS_STEPS_MAX ((size_t)1 << 21)

/* The server's limit of a target list (MaxTupleAttributeNumber). */
#define TARGET_COUNT_MAX 1664

struct object_set {
    struct object **objects;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

/* An aggregate call whose arguments are under analysis. It belongs to the
 * innermost query of which it has a column. */
struct aggregate {
    size_t level;       /* of the scope in which it stands */
    size_t found_level; /* of that query; its own if it has no columns */
    bool has_columns;
    bool
        has_inner; /* another aggregate of the same query among its arguments */
    bool has_window; /* a window function of its own query is */
    bool is_real;    /* it turned out to be an aggregate */
    struct aggregate *outer;
};

struct analysis {
    struct schema *schema;
    struct arena *arena;
    const struct query_place *place;
    struct query_description *out;
    struct binding *binding;     /* null: not wanted */
    uint8_t version;             /* builtin_version() of the schema's */
    bool knows_all;              /* what is not found does not exist */
    struct object_set needs;     /* what is among out->needs */
    struct object_set reads;     /* among out->reads */
    struct aggregate *aggregate; /* the innermost one */
    const A_Expr *operation;     /* the plain one that is being chosen, or was
                                    last */
    size_t steps;
    size_t depth;
    size_t body_depth;   /* of SQL functions within one another */
    size_t column_count; /* how many columns of queries were met */
};

struct row;
struct range;

/*
 * What is known of an expression. A literal without a type ('a', NULL, a
 * parameter) has the pseudo-type unknown, and node until its context gives it
 * another.
 */
struct value {
    struct data_type type; /* type null: not known */
    const Node *node;      /* of an untyped literal or parameter; else null */
    struct column *column; /* if it is nothing but this column; else null */
    const struct row *row; /* of a record: its columns, if they are known */
    const char *name;      /* what a function calls its one result; or null */
    struct function *function; /* made by a statement, whose result it is */
    struct range *origin;      /* of a bare column: where it comes from */
    size_t origin_index;
    const Node *source; /* where it stands, if casts are wanted; else null */
    bool returns_set;
};

struct value_array ARRAY(struct value);

/*
 * A column of a range or of a record. Its origin is the range that shows it
 * first: a join passes on the columns of its sides.
 */
struct slot {
    const char *name; /* null: it was dropped */
    struct value value;
    struct range *origin;
    size_t origin_index;
    bool is_system;
};

struct row {
    struct slot *items;
    uint32_t count;
    uint32_t capacity;
    bool is_complete; /* these are all */
};

struct cte {
    const char *name;
    const CommonTableExpr *node;
    struct scope *scope;      /* which has the WITH clause */
    struct row *row;          /* null: not known yet */
    bool is_recursive_clause; /* WITH RECURSIVE */
    bool is_being_made;       /* its own query is under analysis */
    bool is_made;
    size_t read_count;
    struct cte *next;
};

/* An item of FROM, or the target of INSERT, UPDATE ... */
struct range {
    const char *name; /* by which it is referred to; null: it has none */
    const Node *item; /* of FROM, or the RangeVar written to; null: neither */
    struct row row;
    bool is_row_deferred;      /* row is empty until range_fill() is called: the
                             table's columns are found one by one */
    struct table *table;       /* of a relation that the schema has */
    struct relation *sequence; /* if it is one */
    struct extension *extension; /* that brought the relation; null if none */
    const char *schema_name;     /* of a relation */
    const char *relation_name;   /* its own name */
    struct data_type type;       /* of the whole row; null: a record's */
    bool is_relation;            /* has ctid and the like */
    bool is_aliased;
    bool is_place;       /* the table of query_place, or its NEW and OLD */
    bool is_state;       /* NEW, OLD */
    bool is_target;      /* of INSERT, UPDATE ...: its columns are bound one by
                            one */
    bool is_scalar;      /* a function whose value is its one column */
    bool is_row_unknown; /* not even whether it has columns */
    size_t first_relation; /* which of out->relations it brought */
    size_t relation_end;
};

/* A range as a scope sees it. */
struct visible {
    struct range *range;
    bool is_name_visible;
    bool are_columns_visible;
    bool are_columns_hidden; /* MERGE's: whatever a WHEN clause sees */
    bool is_lateral_only;
    bool is_lateral_allowed;
};

struct visible_array ARRAY(struct visible);
struct range_array ARRAY(struct range *);

/* An OVER clause. */
struct window_use {
    const WindowDef *window;
    struct window_use *next;
};

/* Which part of a query is under analysis, for what is forbidden there. */
enum query_part {
    PART_NONE, /* an expression of a query_place */
    PART_FROM_FUNCTION,
    PART_JOIN_ON,
    PART_WHERE,
    PART_FILTER,
    PART_HAVING,
    PART_WINDOW,
    PART_TARGET,
    PART_UPDATE,
    PART_GROUP_BY,
    PART_ORDER_BY,
    PART_DISTINCT_ON,
    PART_LIMIT,
    PART_OFFSET,
    PART_VALUES,
    PART_RETURNING,
    PART_MERGE_WHEN,
};

struct column_key {
    struct range *origin;
    size_t index;
    bool is_common; /* to all grouping sets */
};

struct tree_array ARRAY(const Node *);

struct column_key_array ARRAY(struct column_key);

/* A column met where it may have to be grouped. */
struct column_use {
    struct column_key key;
    const struct aggregate *aggregate; /* in which it stands; null if none */
    bool is_from_subquery;
    ParseLoc location;
};

struct column_use_array ARRAY(struct column_use);

struct grouping {
    struct column_key_array columns; /* that are grouped by */
    struct column_use_array uses;
    struct tree_array expressions; /* that are grouped by, too */
    bool has_unknown;              /* and something that is not known */
    struct tree_array functions;   /* GROUPING(...) */
};

struct scope {
    struct analysis *analysis;
    struct scope *outer;
    size_t level; /* how many are outside */
    struct visible_array ranges;
    struct range_array all_ranges; /* hidden ones too */
    struct cte *ctes;              /* newest first */
    struct window_use *window_uses;
    enum query_part part;
    bool is_lateral_active;
    bool keeps_unknown; /* literals stay untyped in its target list */
    bool is_in_from;    /* it stands in FROM clauses alone, or at the top */
    size_t set_count;   /* calls that return sets met in it so far */
    bool has_rows;      /* INSERT of several rows of VALUES */
    bool is_distinct;
    bool has_limit_column; /* LIMIT or OFFSET names one of its columns */
    bool has_aggregates;
    bool has_window_calls;
    bool has_set_targets;
    struct range *target;      /* of INSERT, UPDATE ... */
    const List *targets;       /* of a plain SELECT */
    const struct row *outputs; /* the target list, for ORDER BY */
    struct grouping grouping;
};

/*
 * analysis.c
 */

/* Pays for some steps. False if the analysis has cost too much or is too deep:
 * it goes no further, and what it did not see is not known. */
bool analysis_step(struct analysis *analysis, size_t steps);
bool analysis_enter(struct analysis *analysis);
static inline void analysis_leave(struct analysis *analysis)
{
    analysis->depth--;
}

/* The server refuses; the first to be said is kept. Gives a value that is not
 * known. */
struct value analysis_fail(struct analysis *analysis, ParseLoc location,
                           const char *sqlstate, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool analysis_has_failed(const struct analysis *analysis);

/* A value, or a name, about which nothing is known. */
struct value analysis_unknown(struct analysis *analysis);

/* What is analysed does not stand without this object. null is passed over. */
void analysis_need(struct analysis *analysis, struct object *object);

/* The same for a type, unless it is always there. */
void analysis_need_type(struct analysis *analysis, struct type *type);

/* A column of query_place.table is read. */
void analysis_read(struct analysis *analysis, struct column *column);

void analysis_note_volatility(struct analysis *analysis,
                              enum volatility volatility);

/* What is not known may be that volatile. */
void analysis_fear_volatility(struct analysis *analysis,
                              enum volatility volatility);

/* analysis_note_volatility() of a call, which is for query_place.calls too. */
void analysis_note_call(struct analysis *analysis,
                        const struct query_call *call);

struct slot *row_add(struct analysis *analysis, struct row *row,
                     const char *name, struct value value);

/* Each slot comes from this range itself. */
void row_set_origin(struct row *row, struct range *range);

/* A value of this type, with nothing else known of it. */
static inline struct value value_of(struct data_type type)
{
    return (struct value){.type = type};
}

/* A built-in type, without modifier. */
struct data_type type_builtin(struct analysis *analysis, uint16_t oid);

/* As messages call it. */
const char *analysis_type_name(struct analysis *analysis,
                               const struct type *type);

/* What a TypeName means; the server's refusal where it means nothing. */
struct data_type type_of_name(struct scope *scope, const TypeName *name);

/* Where the expression begins, as far as nodes tell; -1 if they do not. */
ParseLoc tree_location(const Node *node);

/*
 * column.c: names of columns.
 */

/* `c`, `t.c`, `s.t.c`, `t.*` as a value; not `*` in a target list. */
struct value column_reference(struct scope *scope, const ColumnRef *reference);

/* The range that this qualifier means, in this scope or an outer one; null if
 * there is none. schema may be null. levels_up: where. */
struct range *column_find_range(struct scope *scope, const char *schema,
                                const char *name, ParseLoc location,
                                size_t *levels_up);

/* The column is taken from the range: what follows from that. */
void column_note(struct scope *scope, const struct range *range,
                 const struct slot *slot, size_t levels_up, ParseLoc location);

/* ORDER BY names an output that is nothing but a column: for
 * query_place.names. */
void column_note_output(struct scope *scope, const ColumnRef *reference,
                        const struct slot *output);

/* The whole row of the range as a value. */
struct value column_whole_row(struct scope *scope, struct range *range);

/* Refuses a qualifier for which column_find_range() gave null. */
struct value column_missing_range(struct scope *scope, const char *name,
                                  ParseLoc location);

/* Whether this very scope has a column of that name. */
bool column_is_here(struct scope *scope, const char *name);

/*
 * from_clause.c, join.c, from_function.c
 */
struct range *range_new(struct scope *scope, const char *name);
struct visible range_visible(struct range *range);

/* False if it names more columns than there are. */
bool range_apply_alias(struct scope *scope, struct range *range,
                       const Alias *alias, const char *what);
void range_use_table(struct scope *scope, struct range *range,
                     struct table *table);

/* The same for the table of query_place: most expressions read one column of
 * many, and never ask for all. */
void range_defer_table(struct range *range, struct table *table);
void range_fill(struct scope *scope, struct range *range);
void range_use_row(struct scope *scope, struct range *range,
                   const struct row *row);
void range_note_use(struct scope *scope, struct table *table,
                    enum query_use use, bool is_only);

/* A relation of the schema or a built-in one, without its alias. */
struct range *range_of_relation(struct scope *scope, const RangeVar *relation,
                                enum query_use use);

/* Adds the names of an item, or both sides of a join, to the array. */
struct range *from_item(struct scope *scope, const Node *node,
                        struct visible_array *names);
struct range *from_join(struct scope *scope, const JoinExpr *join,
                        struct visible_array *names);
struct range *from_function(struct scope *scope, const RangeFunction *node);
struct range *from_xmltable(struct scope *scope, const RangeTableFunc *node);
struct range *from_json_table(struct scope *scope, const JsonTable *node);
bool from_check_names(struct scope *scope, const struct visible_array *left,
                      size_t left_count, const struct visible_array *right);
void from_set_lateral(struct visible_array *ranges, bool is_lateral_only,
                      bool is_lateral_allowed);

/* Adds one item, or all of a clause, to what the scope sees. */
void from_add_item(struct scope *scope, const Node *item);
void from_clause(struct scope *scope, const List *items);

/* The columns of a composite type, or of a domain over one; null if it is
 * none. */
const struct row *row_of_type(struct analysis *analysis, struct type *type);

/*
 * select.c, set_operation.c, with.c, modify.c
 */
struct scope *scope_new(struct scope *outer);

/* A query within a query: in a scope of its own. */
void query_of_node(struct scope *outer, const Node *query, bool keeps_unknown,
                   struct row *row);

/* The same in FROM: FOR UPDATE reaches into it. */
void query_in_from(struct scope *outer, const Node *query, struct row *row);

/* The query whose scope this is. */
void query_in_scope(struct scope *scope, const Node *query, struct row *row);
void query_of_select(struct scope *scope, const SelectStmt *select,
                     struct row *row);
void query_of_insert(struct scope *scope, const InsertStmt *insert,
                     struct row *row);
void query_of_update(struct scope *scope, const UpdateStmt *update,
                     struct row *row);
void query_of_delete(struct scope *scope, const DeleteStmt *statement,
                     struct row *row);
void query_of_merge(struct scope *scope, const MergeStmt *merge,
                    struct row *row);

/* A condition must be boolean: "argument of WHERE must be ...". */
void condition(struct scope *scope, const Node *node, enum query_part part,
               const char *construct);

/* order.c. The outputs of the query are known. */
void order_by(struct scope *scope, const List *items);
void group_items(struct scope *scope, const List *items);
void distinct_clause(struct scope *scope, const List *items, const List *sort);

/* WINDOW w AS (...), and those that stand after OVER. */
void window_clause(struct scope *scope, const List *windows);

/* ORDER BY within an aggregate call or OVER: plain expressions. */
void order_expressions(struct scope *scope, const List *items,
                       enum query_part part);
void resolve_unknown(struct analysis *analysis, struct row *row);
void set_operation(struct scope *scope, const SelectStmt *select,
                   struct row *row);
void set_operation_arm(struct scope *scope, const SelectStmt *select,
                       struct row *row);
void set_operation_join(struct scope *scope, const SelectStmt *select,
                        const struct row *left, struct row *row);
void query_clauses_of_union(struct scope *scope, const SelectStmt *select,
                            const struct row *row);
void with_clause(struct scope *scope, const WithClause *with);
struct cte *with_find(struct scope *scope, const char *name);
struct range *with_range(struct scope *scope, struct cte *cte,
                         const RangeVar *relation);

/*
 * target.c, grouping.c
 */
void target_list(struct scope *scope, const List *targets, enum query_part part,
                 struct row *row);

/* `*`, `t.*` or `(x).*`: adds its columns; false if it is none of them. */
bool target_add_star(struct scope *scope, const Node *node, struct row *row);

/* Grouped by this value, which is that of the node; null: it is not known. */
void grouping_add(struct scope *scope, const struct value *value,
                  const Node *node);

/* GROUPING SETS (...), whose sets' columns begin at these indexes, or, for
 * count 0, ROLLUP or CUBE: what is common to all. */
void grouping_join_sets(struct scope *scope, const size_t *starts, size_t count,
                        size_t first);
void grouping_note(struct scope *scope, const struct slot *slot,
                   size_t levels_up, ParseLoc location);
void grouping_add_function(struct scope *scope, const GroupingFunc *function);
void grouping_check(struct scope *scope, const SelectStmt *select);

/*
 * expression.c and its like: values.
 */
struct value expression(struct scope *scope, const Node *node);
struct value expression_in_part(struct scope *scope, const Node *node,
                                enum query_part part);
void expression_list(struct scope *scope, const List *list,
                     enum query_part part);

/* x[1].f: the first `count` of its steps. */
struct value indirection_value(struct scope *scope,
                               const A_Indirection *indirection, int count);

/* value.name. */
struct value field_of_value(struct scope *scope, const struct value *value,
                            const char *name, ParseLoc location);

/* The subscripts of an assignment's target. */
void subscript_expressions(struct scope *scope, const List *steps);

/* The row behind SET (a, b) = ... */
void multiple_assignment(struct scope *scope, const MultiAssignRef *reference,
                         struct row *row);
struct value array_expression(struct scope *scope, const A_ArrayExpr *array,
                              struct data_type element);
struct value row_expression(struct scope *scope, const RowExpr *row);
struct value sublink_value(struct scope *scope, const SubLink *link);
struct value operator_expression(struct scope *scope, const A_Expr *operation);

/* `left name right`; left null: a prefix operator. They may be null types. */
struct value operator_apply(struct scope *scope, const List *name,
                            struct value *left, struct value *right,
                            ParseLoc location);

/* The same for an operator that the grammar names: "=". */
struct value operator_apply_named(struct scope *scope, const char *name,
                                  struct value *left, struct value *right,
                                  ParseLoc location);
struct value row_comparison(struct scope *scope, const List *name,
                            struct value *left, struct value *right,
                            size_t count, ParseLoc location);
struct value function_call(struct scope *scope, const FuncCall *call);

/* A built-in function of pg_catalog on values. */
struct value call_builtin(struct scope *scope, const char *name,
                          struct value *arguments, size_t count,
                          ParseLoc location);

/* t.f for f(t); false if there is no such function. */
bool call_as_field(struct scope *scope, const char *name,
                   const struct value *argument, struct value *value);

/* The arguments of what may be an aggregate follow. Columns in them are judged
 * when the whole query is known: until then it lives. */
struct aggregate *aggregate_enter(struct scope *scope);
void aggregate_leave(struct scope *scope, const struct aggregate *aggregate);
void note_window(struct scope *scope, const WindowDef *window);

/* JSON and XML constructors; a value about which nothing is known for other
 * nodes. */
struct value syntax_expression(struct scope *scope, const Node *node);
void json_behavior(struct scope *scope, const JsonBehavior *behavior);

/*
 * literal.c: a string literal becomes a value of the type. Notes what it names;
 * refuses what the type's input function surely would.
 */
void literal_become(struct analysis *analysis, const struct value *value,
                    struct type *target);

/*
 * value.c: values become others.
 */

/* The value as one of this type, in that context; what follows from that is
 * noted. False, and nothing is said, if it cannot. */
bool value_coerce(struct analysis *analysis, struct value *value,
                  struct data_type target, CoercionContext context);
bool value_is_literal(const struct value *value);

/* For query_place.casts, if that is wanted; node may be null. */
void value_note_cast(struct analysis *analysis, const Node *node,
                     struct type *type);
void value_to_boolean(struct analysis *analysis, struct value *value,
                      const char *construct, const Node *node);
void value_to_specific(struct analysis *analysis, struct value *value,
                       uint16_t oid, const char *construct, const Node *node);
void value_assign(struct analysis *analysis, struct value *value,
                  struct data_type target, const char *column,
                  const Node *node);

/* What all of them become; context null: nothing is said if there is none. */
struct data_type value_common(struct analysis *analysis, struct value *values,
                              size_t count, const char *context);
void value_check_equality(struct analysis *analysis, const struct value *value,
                          ParseLoc location);
void value_check_ordering(struct analysis *analysis, const struct value *value,
                          ParseLoc location);

/*
 * volatility.c: how volatile a call of a function in SQL is, as the planner
 * sees it.
 */
enum volatility volatility_of_function(struct analysis *analysis,
                                       struct function *function);

/* A function's body, as its parameters make it. */
void query_describe_body(struct analysis *outer, const Node *node,
                         const struct query_place *place,
                         struct query_description *description);

/*
 * bound_names.c: names for the binding, if one is wanted.
 */
void binding_note_column(struct scope *scope, const ColumnRef *reference,
                         const struct range *range, const struct slot *slot,
                         size_t levels_up);
void binding_note_whole_row(struct scope *scope, const ColumnRef *reference,
                            const struct range *range, size_t levels_up);

/* t.f that calls f(t); function null: a built-in one. */
void binding_note_field_call(struct scope *scope, const ColumnRef *reference,
                             const struct range *range,
                             const struct function *function);
void binding_note_from_item(struct scope *scope, const RangeVar *relation,
                            const struct range *range);
void binding_note_function_item(struct scope *scope, const RangeFunction *node,
                                const struct range *range);

/* The field of the value by this name: this step of the indirection.
 * bound_fields.c. */
void binding_note_field(struct scope *scope, const A_Indirection *indirection,
                        int step, const struct value *value, const char *name);
void binding_note_target(struct scope *scope, ParseLoc location,
                         struct column *column);
void binding_add_star_column(struct analysis *analysis, struct buffer *text,
                             const struct slot *slot);
void binding_note_star(struct scope *scope, const ColumnRef *star,
                       const struct buffer *text);
void binding_note_output(struct scope *scope, const ResTarget *target,
                         const char *name);
void binding_note_function(struct scope *scope, ParseLoc location,
                           const struct function_choice *choice);
void binding_note_type(struct scope *scope, const TypeName *name,
                       struct type *type);

/* bound_operators.c. */
void binding_note_operator(struct scope *scope, ParseLoc location,
                           const char *name, struct extension *extension);
void binding_note_string(struct analysis *analysis, ParseLoc location,
                         struct object *object);
void binding_note_label(struct analysis *analysis, ParseLoc location,
                        struct type *type, const struct enum_label *label);

#endif
