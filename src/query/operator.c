/*
 * Operators and what SQL makes of them: IN, BETWEEN, ANY, DISTINCT FROM,
 * comparisons of rows. A chain of 100,000 terms hangs on its left arguments,
 * which are therefore not recursed into. (parse_expr.c, parse_oper.c)
 */
#include "query/analysis.h"

#include <string.h>

static struct value unknown_value(void)
{
    return (struct value){.type = {NULL, -1}};
}

static struct value boolean_value(struct scope *scope)
{
    return value_of(type_builtin(scope->analysis, BOOLOID));
}

/* The parameter that a literal or column becomes. */
static void become_argument(struct analysis *analysis, struct value *value,
                            struct type *type)
{
    struct data_type target = {type, -1};

    /* A row stays what it is where any record is taken. */
    if (!type || !value->type.type || value->type.type == type ||
        (type->kind == TYPE_PSEUDO && !value_is_literal(value)))
        return;
    value_coerce(analysis, value, target, COERCION_IMPLICIT);
}

static struct value refuse_operator(struct scope *scope,
                                    const struct operator_choice *choice,
                                    struct qualified_name name,
                                    const struct value *left,
                                    const struct value *right,
                                    ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    const char *signature = choose_operator_signature(
        analysis->schema, analysis->arena, name, left ? left->type.type : NULL,
        right->type.type);

    if (choice->outcome == CHOICE_AMBIGUOUS)
        return analysis_fail(analysis, location, "42725",
                             "operator is not unique: %s", signature);
    return analysis_fail(analysis, location, "42883",
                         "operator does not exist: %s", signature);
}

/* pg_proc's textanycat and anytextcat: `text || value`. */
enum { FUNCTION_TEXTANYCAT = 2003, FUNCTION_ANYTEXTCAT = 2004 };

/*
 * `text || value` is SQL that the planner puts in its place: a cast of the
 * value to text, which is as volatile as the type's output.
 */
static enum volatility volatility_of(struct analysis *analysis,
                                     const struct operator_choice *choice,
                                     const struct value *left,
                                     const struct value *right)
{
    struct type *text = type_of_oid(analysis->schema, TEXTOID);
    struct type *other;

    if (!choice->builtin || (choice->builtin->function != FUNCTION_TEXTANYCAT &&
                             choice->builtin->function != FUNCTION_ANYTEXTCAT))
        return choice->volatility;
    other = choice->builtin->function == FUNCTION_TEXTANYCAT ? right->type.type
                                                             : left->type.type;
    if (!other || !text)
        return choice->volatility;
    return coerce_find(analysis->schema, other, text, COERCION_EXPLICIT)
        .volatility;
}

/* For query_place.operations, if that is wanted. */
static void note_operation(struct analysis *analysis, ParseLoc location,
                           const struct operator_choice *choice,
                           struct type *left, struct type *right)
{
    struct query_operation_array *operations = analysis->place->operations;

    size_t number = operations ? operations->count : 0;

    if (!operations)
        return;
    *array_push(analysis->arena, operations) = (struct query_operation){
        .location = location,
        .number = number,
        .builtin = choice->outcome == CHOICE_FOUND ? choice->builtin : NULL,
        .operands = {left, right},
        .taken = {choice->left, choice->right},
    };
}

/* No built-in operator is more than STABLE. */
static enum volatility volatility_of_unknown(const struct analysis *analysis)
{
    const struct schema *schema = analysis->schema;

    return schema->has_unknown_objects || schema->is_opaque ||
                   (schema->other_kinds >> OTHER_OPERATOR & 1)
               ? VOLATILITY_VOLATILE
               : VOLATILITY_STABLE;
}

static struct value apply(struct scope *scope, struct qualified_name name,
                          struct value *left, struct value *right,
                          ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    struct operator_choice choice;
    struct value value;

    choose_operator(analysis->schema, analysis->arena, name, left == NULL,
                    left ? left->type.type : NULL, right->type.type, &choice);
    note_operation(analysis, location, &choice, left ? left->type.type : NULL,
                   right->type.type);
    switch (choice.outcome) {
    case CHOICE_FOUND: break;
    case CHOICE_NONE:
    case CHOICE_AMBIGUOUS:
        return refuse_operator(scope, &choice, name, left, right, location);
    case CHOICE_CAST:
    case CHOICE_UNKNOWN:
        analysis->out->is_volatility_known = false;
        analysis_fear_volatility(analysis, volatility_of_unknown(analysis));
        analysis->out->unknown_count++;
        value = value_of((struct data_type){choice.result, -1});
        return value;
    }
    if (choice.failure.sqlstate[0] != '\0')
        return analysis_fail(analysis, location, choice.failure.sqlstate, "%s",
                             choice.failure.message);
    analysis_note_call(
        analysis, &(struct query_call){.location = location,
                                       .volatility = volatility_of(
                                           analysis, &choice, left, right)});
    if (choice.extension) {
        analysis_need(analysis, &choice.extension->object);
        if (!name.schema)
            binding_note_operator(scope, location, name.name, choice.extension);
    }
    if (left)
        become_argument(analysis, left, choice.left);
    become_argument(analysis, right, choice.right);
    value = value_of((struct data_type){choice.result, -1});
    if (!choice.result)
        analysis->out->unknown_count++;
    return value;
}

struct value operator_apply(struct scope *scope, const List *name,
                            struct value *left, struct value *right,
                            ParseLoc location)
{
    return apply(scope, name_from_list(name), left, right, location);
}

struct value operator_apply_named(struct scope *scope, const char *name,
                                  struct value *left, struct value *right,
                                  ParseLoc location)
{
    return apply(scope, (struct qualified_name){NULL, NULL, name}, left, right,
                 location);
}

/* As what the operator stands in operator families of btree, or its negator: a
 * set of strategies; all if that is not known. (get_op_btree_interpretation) */
static uint32_t strategies(struct analysis *analysis, const List *name,
                           const struct value *left, const struct value *right)
{
    uint8_t version = builtin_version(analysis->schema->postgres_version);
    struct operator_choice choice;
    uint32_t found;

    choose_operator(analysis->schema, analysis->arena, name_from_list(name),
                    false, left->type.type, right->type.type, &choice);
    if (choice.outcome != CHOICE_FOUND)
        return UINT32_MAX;
    found = builtin_btree_strategies(version, choice.builtin->oid);
    if (!found && choice.builtin->negator)
        found = builtin_btree_strategies(version, choice.builtin->negator) &
                1u << BTREE_EQUAL;
    return found;
}

/* make_row_comparison_op(): `<` and its like on rows, column by column. */
struct value row_comparison(struct scope *scope, const List *name,
                            struct value *left, struct value *right,
                            size_t count, ParseLoc location)
{
    struct analysis *analysis = scope->analysis;
    uint32_t common = UINT32_MAX;

    for (size_t i = 0; i < count; i++) {
        struct value value;

        if (count > 1)
            common &= strategies(analysis, name, &left[i], &right[i]);
        value = operator_apply(scope, name, &left[i], &right[i], location);
        if (value.type.type && type_oid(value.type.type) != BOOLOID &&
            !analysis_has_failed(analysis))
            analysis_fail(
                analysis, location, "42804",
                "row comparison operator must yield type boolean, not type %s",
                analysis_type_name(analysis, value.type.type));
    }
    if (common == 0 && !analysis_has_failed(analysis))
        analysis_fail(analysis, location, "0A000",
                      "could not determine interpretation of row comparison "
                      "operator %s",
                      name_from_list(name).name);
    return boolean_value(scope);
}

/* (a, b) = (c, d). */
static struct value compare_rows(struct scope *scope, const List *name,
                                 const RowExpr *left, const RowExpr *right,
                                 ParseLoc location)
{
    struct value left_value = row_expression(scope, left);
    struct value right_value = row_expression(scope, right);
    size_t count = left_value.row->count;
    struct value *lefts, *rights;

    if (count != right_value.row->count) {
        if (!left_value.row->is_complete || !right_value.row->is_complete)
            return analysis_unknown(scope->analysis);
        return analysis_fail(scope->analysis, location, "42601",
                             "unequal number of entries in row expressions");
    }
    if (count == 0)
        return analysis_fail(scope->analysis, location, "0A000",
                             "cannot compare rows of zero length");
    lefts = arena_alloc(scope->analysis->arena, count * sizeof *lefts);
    rights = arena_alloc(scope->analysis->arena, count * sizeof *rights);
    for (size_t i = 0; i < count; i++) {
        lefts[i] = left_value.row->items[i].value;
        rights[i] = right_value.row->items[i].value;
    }
    return row_comparison(scope, name, lefts, rights, count, location);
}

/* x = ANY (array). (make_scalar_array_op) */
static struct value array_operator(struct scope *scope, const A_Expr *node)
{
    struct analysis *analysis = scope->analysis;
    struct value left = expression(scope, node->lexpr);
    struct value right = expression(scope, node->rexpr);
    struct value element = value_of(right.type), value;
    struct type *array; /* then the type of its elements */

    /* An untyped literal is the array, whatever its elements become. */
    if (right.type.type && !value_is_literal(&right)) {
        array = coerce_base_type(right.type.type, NULL);
        element = value_of(
            (struct data_type){coerce_element(analysis->schema, array), -1});
        if (!element.type.type)
            return analysis_fail(
                analysis, node->location, "42809",
                "op ANY/ALL (array) requires array on right side");
    }
    /* A literal is read as an array, not as one of its elements. */
    element.node = NULL;
    analysis->operation = node;
    array = element.type.type;
    value = operator_apply(scope, node->name, &left, &element, node->location);
    if (element.type.type && element.type.type != array)
        value_note_cast(analysis, right.source,
                        type_array_of(analysis->schema, element.type.type));
    if (value.type.type && type_oid(value.type.type) != BOOLOID)
        return analysis_fail(analysis, node->location, "42809",
                             "op ANY/ALL (array) requires operator to yield "
                             "boolean");
    return boolean_value(scope);
}

/* (a, b) IN ((c, d), ...). */
static struct value rows_in_list(struct scope *scope, const A_Expr *node,
                                 const RowExpr *row)
{
    const ListCell *cell;

    foreach (cell, (const List *)node->rexpr) {
        const RowExpr *other = node_as(RowExpr, (Node *)lfirst(cell));

        if (other)
            compare_rows(scope, node->name, row, other, node->location);
        else
            expression(scope, lfirst(cell));
    }
    return boolean_value(scope);
}

/* The items of an IN list, those without columns first. */
struct in_items {
    struct value *values; /* of the left side, then of those */
    size_t constant_count;
    struct value *others;
    size_t other_count;
};

static struct in_items read_in_items(struct scope *scope, const A_Expr *node)
{
    struct analysis *analysis = scope->analysis;
    const List *list = (const List *)node->rexpr;
    size_t count = (size_t)list_length(list);
    struct in_items items = {0};
    const ListCell *cell;

    items.values =
        arena_alloc(analysis->arena, (count + 1) * sizeof *items.values);
    items.others = arena_alloc(analysis->arena, count * sizeof *items.others);
    items.values[0] = expression(scope, node->lexpr);
    foreach (cell, list) {
        size_t columns = analysis->column_count;
        struct value value = expression(scope, lfirst(cell));

        if (analysis->column_count == columns)
            items.values[++items.constant_count] = value;
        else
            items.others[items.other_count++] = value;
    }
    return items;
}

/*
 * x IN (a, b, c): what has no column in it is compared as one array, if there
 * is a type for that; the rest one by one. (transformAExprIn)
 */
static struct value in_list(struct scope *scope, const A_Expr *node)
{
    struct analysis *analysis = scope->analysis;
    const RowExpr *row = node_as(RowExpr, node->lexpr);
    struct data_type common = {NULL, -1};
    struct in_items items;

    if (row)
        return rows_in_list(scope, node, row);
    items = read_in_items(scope, node);
    if (items.constant_count > 1)
        common = value_common(analysis, items.values, items.constant_count + 1,
                              NULL);
    if (common.type && type_oid(common.type) != RECORDOID &&
        type_array_of(analysis->schema, common.type)) {
        struct value left = items.values[0];
        struct value element = value_of((struct data_type){common.type, -1});

        operator_apply(scope, node->name, &left, &element, node->location);
        items.constant_count = 0;
    }
    for (size_t i = 0; i < items.other_count + items.constant_count; i++) {
        struct value left = items.values[0];
        struct value *right = i < items.constant_count
                                  ? &items.values[i + 1]
                                  : &items.others[i - items.constant_count];

        if (!analysis_step(analysis, 1) || analysis_has_failed(analysis))
            break;
        operator_apply(scope, node->name, &left, right, node->location);
    }
    return boolean_value(scope);
}

/* x BETWEEN a AND b: each comparison takes literals for itself. */
static struct value between(struct scope *scope, const A_Expr *node)
{
    static const char *const plain[] = {">=", "<="};
    static const char *const negated[] = {"<", ">"};
    const List *bounds = (const List *)node->rexpr;
    bool is_negated =
        node->kind == AEXPR_NOT_BETWEEN || node->kind == AEXPR_NOT_BETWEEN_SYM;
    bool is_symmetric =
        node->kind == AEXPR_BETWEEN_SYM || node->kind == AEXPR_NOT_BETWEEN_SYM;
    const char *const *names = is_negated ? negated : plain;
    struct value left = expression(scope, node->lexpr);
    struct value low = expression(scope, linitial(bounds));
    struct value high = expression(scope, lsecond(bounds));

    for (int i = 0; i < (is_symmetric ? 4 : 2); i++) {
        struct value a = left;
        struct value b = i == 0 || i == 3 ? low : high;

        operator_apply_named(scope, names[i % 2], &a, &b, node->location);
        if (analysis_has_failed(scope->analysis))
            return unknown_value();
    }
    return boolean_value(scope);
}

static bool is_null(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && constant->isnull;
}

/* Compared with NULL it is a test for that. */
static struct value distinct(struct scope *scope, const A_Expr *node)
{
    const RowExpr *left_row = node_as(RowExpr, node->lexpr);
    const RowExpr *right_row = node_as(RowExpr, node->rexpr);
    struct value left, right;

    if (left_row && right_row)
        return compare_rows(scope, node->name, left_row, right_row,
                            node->location);
    left = expression(scope, node->lexpr);
    right = expression(scope, node->rexpr);
    if (!is_null(node->lexpr) && !is_null(node->rexpr))
        operator_apply(scope, node->name, &left, &right, node->location);
    return boolean_value(scope);
}

/* NULLIF gives its first argument, as the operator `=` takes it. */
static struct value null_if(struct scope *scope, const A_Expr *node)
{
    struct value left = expression(scope, node->lexpr);
    struct value right = expression(scope, node->rexpr);
    struct value value =
        operator_apply(scope, node->name, &left, &right, node->location);

    if (!value.type.type)
        return unknown_value();
    return value_of(left.type);
}

/* One operator whose left argument is known already. */
static struct value operation(struct scope *scope, const A_Expr *node,
                              struct value *left)
{
    struct value right = expression(scope, node->rexpr);

    scope->analysis->operation = node;
    return operator_apply(scope, node->name, left, &right, node->location);
}

static bool is_plain(const A_Expr *node)
{
    return node->kind == AEXPR_OP || node->kind == AEXPR_LIKE ||
           node->kind == AEXPR_ILIKE || node->kind == AEXPR_SIMILAR;
}

/* (a, b) = (SELECT c, d ...). */
static struct value row_and_query(struct scope *scope, const A_Expr *node)
{
    const SubLink *link = (const SubLink *)node->rexpr;
    SubLink comparison = *link;

    comparison.subLinkType = ROWCOMPARE_SUBLINK;
    comparison.testexpr = node->lexpr;
    comparison.operName = node->name;
    return sublink_value(scope, &comparison);
}

struct operation_array ARRAY(const A_Expr *);

/* The chain of operators that hang on one another's left argument. */
static struct value operator_chain(struct scope *scope, const A_Expr *node)
{
    struct analysis *analysis = scope->analysis;
    struct operation_array chain = {0};
    const A_Expr *inner = node;
    struct value value = unknown_value();

    for (;;) {
        const SubLink *link = node_as(SubLink, inner->rexpr);
        const RowExpr *row = node_as(RowExpr, inner->lexpr);

        if (row && inner->kind == AEXPR_OP &&
            (node_as(RowExpr, inner->rexpr) ||
             (link && link->subLinkType == EXPR_SUBLINK)))
            break;
        *array_push(analysis->arena, &chain) = inner;
        if (!inner->lexpr || nodeTag(inner->lexpr) != T_A_Expr ||
            !is_plain((const A_Expr *)inner->lexpr)) {
            inner = NULL;
            break;
        }
        inner = (const A_Expr *)inner->lexpr;
    }
    if (inner && node_as(RowExpr, inner->rexpr))
        value = compare_rows(scope, inner->name, (const RowExpr *)inner->lexpr,
                             (const RowExpr *)inner->rexpr, inner->location);
    else if (inner)
        value = row_and_query(scope, inner);
    for (size_t i = chain.count; i-- > 0;) {
        const A_Expr *next = chain.items[i];
        bool is_first = i + 1 == chain.count && !inner;

        if (!analysis_step(analysis, 1))
            return unknown_value();
        if (is_first && next->lexpr)
            value = expression(scope, next->lexpr);
        value =
            operation(scope, next, is_first && !next->lexpr ? NULL : &value);
    }
    return value;
}

struct value operator_expression(struct scope *scope, const A_Expr *node)
{
    switch (node->kind) {
    case AEXPR_OP:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR: return operator_chain(scope, node);
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL: return array_operator(scope, node);
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT: return distinct(scope, node);
    case AEXPR_NULLIF: return null_if(scope, node);
    case AEXPR_IN: return in_list(scope, node);
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM: return between(scope, node);
    }
    return unknown_value();
}
