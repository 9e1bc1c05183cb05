/*
 * Whether an index can be searched by what a condition compares: the operator
 * that the server chose must be one of the class that the index has its key by,
 * and the column must reach it as it is, not through a cast. Another part of
 * index_use.c.
 */
#include "lint/index_use.h"

#include "lint/engine.h"
#include "lint/index_predicate.h"
#include "query/operator_class.h"

#include <ctype.h>
#include <string.h>

/* A key that an index has, or would have. */
struct index_key {
    const char *method;
    const char *opclass;
    struct type *type;
};

static bool is_method(const char *method, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(method, *names) == 0)
            return true;
    return false;
}

/* amsearchnulls */
static bool searches_nulls(const char *method)
{
    static const char *const without[] = {"hash", "gin", NULL};

    return !is_method(method, without);
}

/* Only the first key narrows the search down: what is compared with others is
 * looked at in all of the index. */
static bool needs_first_key(const char *method)
{
    static const char *const names[] = {"btree", "hash", "spgist", NULL};

    return is_method(method, names);
}

/* The text that a pattern begins with, `'%' || $1` too; null: not known. */
static const char *pattern_start(const Node *pattern)
{
    const A_Expr *expression;
    const A_Const *constant;

    while ((expression = node_as(A_Expr, pattern)) != NULL &&
           expression->kind == AEXPR_OP && expression->lexpr != NULL &&
           strcmp(name_from_string(llast(expression->name)), "||") == 0)
        pattern = expression->lexpr;
    constant = node_as(A_Const, pattern);
    if (constant == NULL || constant->isnull || !IsA(&constant->val, String))
        return NULL;
    return constant->val.sval.sval;
}

/* Whether a B-tree, on which nobody knows the collation, can find what begins
 * with the pattern's beginning (like_support.c). */
static bool has_prefix(const char *operator, const Node * pattern)
{
    const char *start = pattern_start(pattern);
    bool ignores_case = strchr(operator, '*') != NULL;

    if (start == NULL)
        return true;
    if (operator[1] == '~')
        return *start != '%' && *start != '_' &&
               !(ignores_case && isalpha((unsigned char)*start));
    return *start == '^' && !(ignores_case && isalpha((unsigned char)start[1]));
}

/* Operators that their functions' support makes searchable in a B-tree. */
static bool has_support(const struct index_term *term,
                        const struct builtin_operator *operator)
{
    static const char *const names[] = {"<<", "<<=", "^@", NULL};
    const char *name = builtin_text(operator->name);

    if (term->pattern != NULL)
        return has_prefix(name, term->pattern);
    return is_method(name, names) && !term->is_right;
}

bool index_operand_is_plain(const struct check *check,
                            const struct query_operation *operation,
                            bool is_right)
{
    struct schema *schema = check->engine->schema;
    struct type *own = operation->operands[is_right];
    struct type *taken = operation->taken[is_right];

    return own == NULL || taken == NULL || own == taken ||
           taken->kind == TYPE_PSEUDO || coerce_is_binary(schema, own, taken);
}

static bool comparison_can_use(const struct index_use *use,
                               const struct index_term *term,
                               const struct index_key *key)
{
    struct schema *schema = use->check->engine->schema;
    uint8_t version = builtin_version(schema->postgres_version);
    const struct query_operation *operation =
        query_operation_at(use->check, term->location, term->number);
    const struct builtin_operator_class *class;
    const struct builtin_operator *operator;
    bool is_btree = strcmp(key->method, "btree") == 0;

    if (term->is_row && !is_btree)
        return false;
    if (operation == NULL || operation->builtin == NULL)
        return true;
    operator= operation->builtin;
    if (!index_operand_is_plain(use->check, operation, term->is_right))
        return false;
    class = operator_class_of_key(schema, key->method, key->opclass, key->type);
    if (class == NULL)
        return true;
    if (term->is_negated)
        operator= builtin_operator_of_oid(version, operator->negator);
    if (operator== NULL)
        return false;
    if ((is_btree || strcmp(key->method, "spgist") == 0) &&
        has_support(term, operator))
        return true;
    if (!term->is_right)
        return builtin_family_has(version, class->family, operator->oid);
    return operator->commutator != 0 &&
        builtin_family_has(version, class->family, operator->commutator);
}

/* Functions of extensions (ST_DWithin) bring what makes them searchable; of
 * those built in starts_with() has it, from 15 on. */
static bool call_can_use(const struct index_use *use,
                         const struct index_term *term, const char *method)
{
    static const char *const exact[] = {"btree", "hash", NULL};
    const FuncCall *call = (const FuncCall *)term->condition;

    if (strcmp(name_from_string(llast(call->funcname)), "starts_with") == 0)
        return use->check->postgres_version >= 15 &&
               (strcmp(method, "btree") == 0 || strcmp(method, "spgist") == 0);
    return !is_method(method, exact);
}

/* An expression of another type is another expression. */
static bool is_of_type(const struct index_use *use,
                       const struct index_term *term, struct type *type)
{
    struct schema *schema = use->check->engine->schema;
    const struct query_operation *operation;
    struct type *own;

    if (term->kind == TERM_BOOLEAN)
        return type == NULL || type_oid(type) == OID_BOOL;
    if (term->kind != TERM_COMPARISON || type == NULL)
        return true;
    operation = query_operation_at(use->check, term->location, term->number);
    own = operation != NULL ? operation->operands[term->is_right] : NULL;
    return own == NULL || own == type || coerce_is_binary(schema, own, type) ||
           coerce_is_binary(schema, type, own);
}

static bool term_can_use(const struct index_use *use,
                         const struct index_term *term,
                         const struct index_key *key)
{
    static const char *const of_booleans[] = {"btree", "hash", NULL};

    switch (term->kind) {
    case TERM_COMPARISON: return comparison_can_use(use, term, key);
    case TERM_NULL: return searches_nulls(key->method);
    case TERM_BOOLEAN: return is_method(key->method, of_booleans);
    case TERM_CALL: return call_can_use(use, term, key->method);
    }
    return true;
}

bool index_leads_with(const struct index *index, const struct column *column)
{
    size_t count = index->column_count;

    if (index->relation.object.is_dropped || count == 0)
        return false;
    if (needs_first_key(index->method))
        count = 1;
    for (size_t i = 0; i < count; i++)
        if (index->columns[i].column == column)
            return true;
    return false;
}

const Node *index_plain_operand(const struct index_use *use,
                                const struct table *table, const Node *operand)
{
    const TypeCast *cast = node_as(TypeCast, operand);
    const ColumnRef *reference =
        cast != NULL ? node_as(ColumnRef, cast->arg) : NULL;
    const char *name =
        reference != NULL ? name_from_string(llast(reference->fields)) : NULL;
    struct schema *schema = use->check->engine->schema;
    const struct column *column;
    struct data_type type;

    if (name == NULL || table == NULL)
        return operand;
    column = table_find_column(table, name);
    type = type_resolve(schema, cast->typeName, NULL);
    return column != NULL && column->data_type.type != NULL &&
                   type.type != NULL && type.modifier == -1 &&
                   coerce_is_binary(schema, column->data_type.type, type.type)
               ? cast->arg
               : operand;
}

bool index_key_is(const struct index_use *use, const Node *item,
                  const struct index *index, size_t key, const Node *expression)
{
    const RangeVar *range = node_as(RangeVar, item);
    struct parser *parser;
    const Node *own;
    bool may_be = true;

    if (index->columns[key].column != NULL || range == NULL)
        return false;
    parser = parser_new();
    own = parser != NULL && index->columns[key].expression != NULL
              ? index_predicate_parse(parser, index->columns[key].expression)
              : NULL;
    if (own != NULL && index_predicate_is_current(index->table, own))
        may_be =
            !query_names_differ(use->check, use->arena, range, own, expression);
    parser_free(parser);
    return may_be;
}

static bool reads(const struct index *index, const struct column *column)
{
    for (size_t i = 0; i < index->reads.count; i++)
        if (index->reads.items[i] == column)
            return true;
    return false;
}

bool index_key_is_column(const struct index_use *use, const struct index *index,
                         size_t key, const struct column *column)
{
    const struct index_column *own = &index->columns[key];
    struct parser *parser;
    const Node *tree;
    const ColumnRef *reference;
    const char *name;
    bool is_it;

    if (own->column != NULL || own->expression == NULL || !reads(index, column))
        return own->column == column;
    parser = parser_new();
    tree =
        parser != NULL ? index_predicate_parse(parser, own->expression) : NULL;
    reference =
        tree != NULL
            ? node_as(ColumnRef, index_plain_operand(use, index->table, tree))
            : NULL;
    name =
        reference != NULL ? name_from_string(llast(reference->fields)) : NULL;
    is_it = name != NULL && strcmp(name, column->name) == 0;
    parser_free(parser);
    return is_it;
}

static bool key_serves_term(const struct index_use *use,
                            const struct index *index, size_t number,
                            const struct index_term *term)
{
    const struct index_column *column = &index->columns[number];
    struct index_key key = {index->method, column->opclass, column->type.type};

    if (term->name != NULL) {
        if (!index_key_is_column(use, index, number, term->name->column))
            return false;
        key.type = term->name->column->data_type.type;
    } else if (column->column != NULL) {
        return false;
    } else if (!is_of_type(use, term, key.type) ||
               !index_key_is(use, term->item, index, number, term->operand)) {
        return false;
    }
    return term_can_use(use, term, &key);
}

bool index_serves_term(const struct index_use *use, const struct index *index,
                       const struct index_term *term)
{
    size_t count = index->column_count;

    if (index->relation.object.is_dropped || !index->is_valid || count == 0 ||
        (term->is_within && !index_term_equals_value(use, term)))
        return false;
    if (needs_first_key(index->method))
        count = 1;
    for (size_t i = 0; i < count; i++)
        if (key_serves_term(use, index, i, term))
            return true;
    return false;
}

bool index_would_serve_term(const struct index_use *use,
                            const struct index_term *term, const char *method,
                            const char *opclass)
{
    struct index_key key = {method, opclass, NULL};

    if (term->name == NULL || term->name->column == NULL)
        return false;
    key.type = term->name->column->data_type.type;
    return term_can_use(use, term, &key);
}
