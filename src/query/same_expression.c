/*
 * See same_expression.h. Raw trees are compared: where they differ in a way
 * that analysis might undo, nothing is said.
 */
#include "query/same_expression.h"

#include "schema/builtin/builtin.h"
#include "sql/fields.h"

#include <string.h>

/* What is nested deeper may be the same. */
#define DEPTH_MAX 200

struct comparison {
    struct scope *scope;
    size_t depth;
};

static enum sameness compare(struct comparison *comparison, const Node *a,
                             const Node *b);

static enum sameness worst(enum sameness a, enum sameness b)
{
    return a < b ? a : b;
}

static enum sameness sameness_of(bool is_same)
{
    return is_same ? EXPRESSIONS_ARE_SAME : EXPRESSIONS_DIFFER;
}

const struct slot *same_expression_slot(const struct scope *scope,
                                        const ColumnRef *reference)
{
    int count = list_length(reference->fields);
    const char *name = name_from_string(llast(reference->fields));
    const char *table =
        count == 2 ? name_from_string(linitial(reference->fields)) : NULL;
    const struct slot *found = NULL;

    if (!name || count > 2)
        return NULL;
    for (size_t i = 0; i < scope->ranges.count; i++) {
        const struct visible *visible = &scope->ranges.items[i];
        const struct row *row = &visible->range->row;

        if (table ? !visible->is_name_visible || !visible->range->name ||
                        strcmp(visible->range->name, table) != 0
                  : !visible->are_columns_visible)
            continue;
        for (size_t j = 0; j < row->count; j++) {
            if (!row->items[j].name || strcmp(row->items[j].name, name) != 0)
                continue;
            if (found)
                return NULL;
            found = &row->items[j];
        }
    }
    return found;
}

/* A column is shown by one name only; which table's it is, if only one name
 * says, the scope knows. */
static enum sameness compare_columns(struct comparison *comparison,
                                     const ColumnRef *a, const ColumnRef *b)
{
    const char *name_a = name_from_string(llast(a->fields));
    const char *name_b = name_from_string(llast(b->fields));
    const struct slot *slot_a, *slot_b;

    if (!name_a || !name_b)
        return EXPRESSIONS_MAY_BE_SAME;
    if (strcmp(name_a, name_b) != 0)
        return EXPRESSIONS_DIFFER;
    if (list_length(a->fields) == 1 && list_length(b->fields) == 1)
        return EXPRESSIONS_ARE_SAME;
    slot_a = same_expression_slot(comparison->scope, a);
    slot_b = same_expression_slot(comparison->scope, b);
    if (!slot_a || !slot_b || !slot_a->origin || !slot_b->origin)
        return EXPRESSIONS_MAY_BE_SAME;
    return sameness_of(slot_a->origin == slot_b->origin &&
                       slot_a->origin_index == slot_b->origin_index);
}

/* Letters only, of which no prefix or other spelling is another value: 'day'
 * and 'month' are two of whatever type, and so is '' beside any. */
static bool are_two_words(const char *a, const char *b)
{
    static const char *const synonyms[] = {"y", "yes", "t", "true",  "on",
                                           "n", "no",  "f", "false", "off"};
    const char *both[] = {a, b};
    bool is_synonym = true;

    if (!*a != !*b)
        return a[strspn(a, " ")] || b[strspn(b, " ")];
    for (size_t i = 0; i < 2; i++) {
        bool is_found = false;

        for (const char *c = both[i]; *c; c++) {
            if (*c < 'a' || *c > 'z')
                return false;
        }
        for (size_t j = 0; j < sizeof synonyms / sizeof *synonyms; j++)
            is_found = is_found || strcmp(both[i], synonyms[j]) == 0;
        is_synonym = is_synonym && is_found;
    }
    return !is_synonym && strncmp(a, b, strlen(a)) != 0 &&
           strncmp(a, b, strlen(b)) != 0;
}

static enum sameness compare_constants(const A_Const *a, const A_Const *b)
{
    if (a->isnull || b->isnull)
        return sameness_of(a->isnull && b->isnull);
    if (nodeTag(&a->val) != nodeTag(&b->val))
        return EXPRESSIONS_MAY_BE_SAME;
    switch (nodeTag(&a->val)) {
    case T_Integer: return sameness_of(a->val.ival.ival == b->val.ival.ival);
    case T_Boolean:
        return sameness_of(a->val.boolval.boolval == b->val.boolval.boolval);
    case T_String:
        if (strcmp(a->val.sval.sval, b->val.sval.sval) == 0)
            return EXPRESSIONS_ARE_SAME;
        return are_two_words(a->val.sval.sval, b->val.sval.sval)
                   ? EXPRESSIONS_DIFFER
                   : EXPRESSIONS_MAY_BE_SAME;
    case T_Float:
        return strcmp(a->val.fval.fval, b->val.fval.fval) == 0
                   ? EXPRESSIONS_ARE_SAME
                   : EXPRESSIONS_MAY_BE_SAME;
    default: return EXPRESSIONS_MAY_BE_SAME;
    }
}

static enum sameness compare_types(struct comparison *comparison,
                                   const TypeName *a, const TypeName *b)
{
    struct schema *schema = comparison->scope->analysis->schema;
    struct data_type type_a = type_resolve(schema, a, NULL);
    struct data_type type_b = type_resolve(schema, b, NULL);

    if (!type_a.type || !type_b.type)
        return EXPRESSIONS_MAY_BE_SAME;
    return sameness_of(type_a.type == type_b.type &&
                       type_a.modifier == type_b.modifier);
}

static bool are_names_same(const List *a, const List *b)
{
    if (list_length(a) != list_length(b))
        return false;
    for (int i = 0; i < list_length(a); i++) {
        const char *name_a = name_from_string(list_nth(a, i));
        const char *name_b = name_from_string(list_nth(b, i));

        if (!name_a || !name_b || strcmp(name_a, name_b) != 0)
            return false;
    }
    return true;
}

/* Names of functions or operators, qualified perhaps. */
static enum sameness compare_names(const List *a, const List *b)
{
    const char *name_a = name_from_string(llast(a));
    const char *name_b = name_from_string(llast(b));

    if (are_names_same(a, b))
        return EXPRESSIONS_ARE_SAME;
    return name_a && name_b && strcmp(name_a, name_b) == 0
               ? EXPRESSIONS_MAY_BE_SAME
               : EXPRESSIONS_DIFFER;
}

/* A field that is neither a node nor the names compared before. */
static bool is_field_same(const struct field *field, const char *a,
                          const char *b)
{
    switch (field->kind) {
    case FIELD_STRING: {
        const char *text_a = *(char *const *)(a + field->offset);
        const char *text_b = *(char *const *)(b + field->offset);

        return text_a && text_b ? strcmp(text_a, text_b) == 0
                                : text_a == text_b;
    }
    case FIELD_NODE:
    case FIELD_LOCATION:
    case FIELD_VALUE:
    case FIELD_OTHER: return true;
    case FIELD_BOOL:
    case FIELD_CHAR:
    case FIELD_INT:
    case FIELD_UNSIGNED:
    case FIELD_SHORT:
    case FIELD_LONG:
    case FIELD_DOUBLE: break;
    }
    return memcmp(a + field->offset, b + field->offset, field->size) == 0;
}

static enum sameness compare_fields(struct comparison *comparison,
                                    const Node *a, const Node *b)
{
    const struct node_type *type = node_type_of(nodeTag(a));
    enum sameness sameness = EXPRESSIONS_ARE_SAME;

    if (!type)
        return EXPRESSIONS_MAY_BE_SAME;
    for (size_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        bool is_name =
            (nodeTag(a) == T_FuncCall &&
             field->offset == offsetof(FuncCall, funcname)) ||
            (nodeTag(a) == T_A_Expr && field->offset == offsetof(A_Expr, name));

        if (sameness == EXPRESSIONS_DIFFER)
            break;
        if (!is_field_same(field, (const char *)a, (const char *)b))
            return EXPRESSIONS_DIFFER;
        if (field->kind == FIELD_NODE && !is_name)
            sameness = worst(
                sameness,
                compare(comparison,
                        *(Node *const *)((const char *)a + field->offset),
                        *(Node *const *)((const char *)b + field->offset)));
    }
    return sameness;
}

static enum sameness compare_lists(struct comparison *comparison, const List *a,
                                   const List *b)
{
    enum sameness sameness = sameness_of(list_length(a) == list_length(b));

    for (int i = 0; sameness != EXPRESSIONS_DIFFER && i < list_length(a); i++)
        sameness = worst(sameness,
                         compare(comparison, list_nth(a, i), list_nth(b, i)));
    return sameness;
}

/* x::type is a call of the cast's function: built-in ones are called like the
 * type. */
static bool may_be_cast(const FuncCall *call, const TypeCast *cast)
{
    const char *function = name_from_string(llast(call->funcname));
    const char *type = name_from_list(cast->typeName->names).name;

    return !function || !type || strcmp(function, type) == 0 ||
           builtin_functions_named(function).count == 0;
}

/* x::type, where that is what x is already, is x. */
static enum sameness compare_cast(struct comparison *comparison,
                                  const TypeCast *cast, const Node *other)
{
    const ColumnRef *reference = node_as(ColumnRef, cast->arg);
    const FuncCall *call = node_as(FuncCall, other);
    const struct slot *slot;
    struct type *type;

    if (call)
        return list_length(call->args) == 1 && may_be_cast(call, cast)
                   ? worst(EXPRESSIONS_MAY_BE_SAME,
                           compare(comparison, cast->arg, linitial(call->args)))
                   : EXPRESSIONS_DIFFER;
    if (compare(comparison, cast->arg, other) == EXPRESSIONS_DIFFER)
        return EXPRESSIONS_DIFFER;
    slot =
        reference ? same_expression_slot(comparison->scope, reference) : NULL;
    type = type_find(comparison->scope->analysis->schema, cast->typeName);
    /* Within something, that may cast the other likewise. */
    return comparison->depth == 1 && slot && type && slot->value.type.type &&
                   slot->value.type.type != type
               ? EXPRESSIONS_DIFFER
               : EXPRESSIONS_MAY_BE_SAME;
}

static bool is_null(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    return constant && constant->isnull;
}

/* x IS DISTINCT FROM NULL is x IS NOT NULL. */
static bool is_null_test(const A_Expr *node)
{
    return (node->kind == AEXPR_DISTINCT || node->kind == AEXPR_NOT_DISTINCT) &&
           (is_null(node->lexpr) || is_null(node->rexpr));
}

/* Nodes that analysis makes into one kind of node, which no other becomes. */
static bool is_plain(const Node *node)
{
    switch (nodeTag(node)) {
    case T_A_Expr: return !is_null_test((const A_Expr *)node);
    case T_ColumnRef:
    case T_A_Const:
    case T_CaseExpr:
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_A_ArrayExpr:
    case T_RowExpr:
    case T_SubLink: return true;
    case T_FuncCall: return list_length(((const FuncCall *)node)->args) != 1;
    default: return false;
    }
}

/* f(x) is x.f if f is no function, and x if f is its type. */
static enum sameness compare_call(struct comparison *comparison,
                                  const FuncCall *call,
                                  const ColumnRef *reference)
{
    const char *function = name_from_string(llast(call->funcname));
    const char *column = name_from_string(llast(reference->fields));

    return (function && column && strcmp(function, column) == 0) ||
                   type_find_named(comparison->scope->analysis->schema,
                                   name_from_list(call->funcname))
               ? EXPRESSIONS_MAY_BE_SAME
               : EXPRESSIONS_DIFFER;
}

static enum sameness compare_kinds(struct comparison *comparison, const Node *a,
                                   const Node *b)
{
    if (nodeTag(a) == T_TypeCast)
        return compare_cast(comparison, (const TypeCast *)a, b);
    if (nodeTag(b) == T_TypeCast)
        return compare_cast(comparison, (const TypeCast *)b, a);
    if (is_plain(a) && is_plain(b))
        return EXPRESSIONS_DIFFER;
    if (nodeTag(a) == T_FuncCall && nodeTag(b) == T_ColumnRef)
        return compare_call(comparison, (const FuncCall *)a,
                            (const ColumnRef *)b);
    if (nodeTag(b) == T_FuncCall && nodeTag(a) == T_ColumnRef)
        return compare_call(comparison, (const FuncCall *)b,
                            (const ColumnRef *)a);
    if ((nodeTag(a) == T_FuncCall && is_plain(b)) ||
        (nodeTag(b) == T_FuncCall && is_plain(a)))
        return EXPRESSIONS_DIFFER;
    return EXPRESSIONS_MAY_BE_SAME;
}

/* What analysis makes of it has one operator: `x IN (1)` is `x = 1`, LIKE is an
 * operator like others. */
static bool is_one_operator(const A_Expr *node)
{
    switch (node->kind) {
    case AEXPR_OP:
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
    case AEXPR_IN:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR: return true;
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
    case AEXPR_NULLIF:
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM: return false;
    }
    return false;
}

static enum sameness compare_operations(struct comparison *comparison,
                                        const A_Expr *a, const A_Expr *b)
{
    if (a->kind == b->kind)
        return worst(
            compare_names(a->name, b->name),
            compare_fields(comparison, (const Node *)a, (const Node *)b));
    if (!is_one_operator(a) || !is_one_operator(b))
        return EXPRESSIONS_DIFFER;
    return worst(EXPRESSIONS_MAY_BE_SAME,
                 worst(compare_names(a->name, b->name),
                       compare(comparison, a->lexpr, b->lexpr)));
}

static enum sameness compare_nodes(struct comparison *comparison, const Node *a,
                                   const Node *b)
{
    switch (nodeTag(a)) {
    case T_List:
        return compare_lists(comparison, (const List *)a, (const List *)b);
    case T_ColumnRef:
        return compare_columns(comparison, (const ColumnRef *)a,
                               (const ColumnRef *)b);
    case T_A_Const:
        return compare_constants((const A_Const *)a, (const A_Const *)b);
    case T_TypeName:
        return compare_types(comparison, (const TypeName *)a,
                             (const TypeName *)b);
    case T_FuncCall:
        return worst(compare_names(((const FuncCall *)a)->funcname,
                                   ((const FuncCall *)b)->funcname),
                     compare_fields(comparison, a, b));
    case T_A_Expr:
        return compare_operations(comparison, (const A_Expr *)a,
                                  (const A_Expr *)b);
    default: return compare_fields(comparison, a, b);
    }
}

static enum sameness compare(struct comparison *comparison, const Node *a,
                             const Node *b)
{
    enum sameness sameness;

    if (!a || !b)
        return sameness_of(a == b);
    if (comparison->depth >= DEPTH_MAX ||
        !analysis_step(comparison->scope->analysis, 1))
        return EXPRESSIONS_MAY_BE_SAME;
    comparison->depth++;
    sameness = nodeTag(a) == nodeTag(b) ? compare_nodes(comparison, a, b)
                                        : compare_kinds(comparison, a, b);
    comparison->depth--;
    return sameness;
}

enum sameness same_expression(struct scope *scope, const Node *a, const Node *b)
{
    struct comparison comparison = {scope, 0};

    return compare(&comparison, a, b);
}

static bool is_star(const ResTarget *target)
{
    const ColumnRef *reference = node_as(ColumnRef, target->val);
    const A_Indirection *indirection = node_as(A_Indirection, target->val);

    return (reference && nodeTag(llast(reference->fields)) == T_A_Star) ||
           (indirection &&
            nodeTag(llast(indirection->indirection)) == T_A_Star);
}

const Node *same_expression_output(const struct scope *scope, size_t output)
{
    size_t count = (size_t)list_length(scope->targets), stars = 0, at = 0;
    const ListCell *cell;

    foreach (cell, scope->targets)
        stars += is_star(lfirst(cell));
    if (stars > 1 || !scope->outputs || scope->outputs->count + stars < count)
        return NULL;
    foreach (cell, scope->targets) {
        const ResTarget *target = lfirst(cell);
        size_t width =
            is_star(target) ? scope->outputs->count + stars - count : 1;

        if (output >= at && output < at + width)
            return is_star(target) ? NULL : target->val;
        at += width;
    }
    return NULL;
}
