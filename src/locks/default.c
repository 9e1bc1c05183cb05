/*
 * Whether a new column's value can be kept once for all old rows, or must be
 * computed for each of them: phase 3 of ADD COLUMN.
 *
 * Facts: tablecmds.c (ATExecAddColumn), clauses.c (inline_function,
 * contain_volatile_functions_after_planning).
 */
#include "locks/study.h"

#include <string.h>

/* Functions that call functions: deeper bodies count as volatile. */
#define INLINE_DEPTH_MAX 8

struct volatility_search {
    struct study *study;
    int depth;
    enum work_reason reason; /* REASON_NONE, _UNKNOWN_DEFAULT or _DEFAULT */
};

static enum work_reason volatility_of(struct study *study,
                                      const Node *expression, int depth);

static size_t input_count(const struct function *function)
{
    size_t count = 0;

    for (size_t i = 0; i < function->parameter_count; i++)
        count += function->parameters[i].mode != FUNC_PARAM_OUT &&
                 function->parameters[i].mode != FUNC_PARAM_TABLE;
    return count;
}

static size_t default_count(const struct function *function)
{
    size_t count = 0;

    for (size_t i = 0; i < function->parameter_count; i++)
        count += function->parameters[i].default_expression != NULL;
    return count;
}

static bool takes(const struct function *function, size_t count)
{
    size_t inputs = input_count(function);

    return count <= inputs && count + default_count(function) >= inputs;
}

/* Made by a statement; null if none fits. */
static const struct function *find_function(struct study *study,
                                            const FuncCall *call)
{
    struct qualified_name name = name_from_list(call->funcname);
    const struct search_path *path = study->schema->search_path;
    size_t count = (size_t)list_length(call->args);

    if (study->schema->local_search_path)
        path = study->schema->local_search_path;
    for (size_t i = 0; i < (name.schema ? 1 : path->count); i++) {
        const struct namespace *namespace = model_find_namespace(
            study->schema, name.schema ? name.schema : path->names[i]);
        const struct function *function =
            namespace ? model_functions_in(study->schema, namespace, name.name)
                      : NULL;

        for (; function; function = function->next_overload) {
            if (takes(function, count))
                return function;
        }
    }
    return NULL;
}

/* The expression that a function of one SELECT is; null if it is more. The
 * parser is cleared with the statement. */
static const Node *inlined(struct study *study, const struct function *function)
{
    const SelectStmt *select;
    const ResTarget *target;
    const Node *tree;

    if (!function->language || strcmp(function->language, "sql") != 0 ||
        !function->body || function->is_security_definer ||
        function->returns_set || function->is_strict)
        return NULL;
    tree = study_parse(study, function->body);
    if (tree && nodeTag(tree) == T_ReturnStmt)
        return ((const ReturnStmt *)tree)->returnval;
    select = node_as(SelectStmt, tree);
    if (!select || list_length(select->targetList) != 1 || select->fromClause ||
        select->whereClause || select->groupClause || select->havingClause ||
        select->windowClause || select->sortClause || select->limitCount ||
        select->limitOffset || select->withClause || select->distinctClause ||
        select->op != SETOP_NONE)
        return NULL;
    target = node_as(ResTarget, (Node *)linitial(select->targetList));
    return target ? target->val : NULL;
}

static enum work_reason volatility_of_function(struct study *study,
                                               const struct function *function,
                                               int depth)
{
    const Node *body;

    if (function->volatility != VOLATILITY_VOLATILE)
        return REASON_NONE;
    if (depth >= INLINE_DEPTH_MAX)
        return REASON_DEFAULT;
    body = inlined(study, function);
    return body ? volatility_of(study, body, depth + 1) : REASON_DEFAULT;
}

/* All built-in functions of this name that take so many arguments are. */
static enum work_reason volatility_of_builtin(struct study *study,
                                              const FuncCall *call)
{
    struct builtin_functions functions =
        builtin_functions_named(name_from_list(call->funcname).name);
    uint8_t version = builtin_version(study->version);
    size_t count = (size_t)list_length(call->args);
    enum work_reason reason = REASON_UNKNOWN_DEFAULT;

    for (size_t i = 0; i < functions.count; i++) {
        const struct builtin_function *function = &functions.rows[i];

        if (!(function->versions & version) ||
            (!function->variadic &&
             (count > function->argument_count ||
              count + function->default_count < function->argument_count)))
            continue;
        if (function->volatility != 'v')
            return REASON_NONE;
        reason = REASON_DEFAULT;
    }
    return reason;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct volatility_search *search = closure;
    const FuncCall *call = node_as(FuncCall, node);
    const struct function *function;
    enum work_reason reason;

    (void)walk;
    if (!call || search->reason == REASON_DEFAULT)
        return search->reason != REASON_DEFAULT;
    function = find_function(search->study, call);
    reason = function ? volatility_of_function(search->study, function,
                                               search->depth)
                      : volatility_of_builtin(search->study, call);
    if (reason != REASON_NONE)
        search->reason = reason;
    return true;
}

/* Only functions can be volatile; the operators and casts there are, are
 * not. */
static enum work_reason volatility_of(struct study *study,
                                      const Node *expression, int depth)
{
    struct volatility_search search = {study, depth, REASON_NONE};

    walk_tree(&study->schema->walker, expression, visit, &search);
    return search.reason;
}

static bool is_null_constant(const Node *node)
{
    const TypeCast *cast = node_as(TypeCast, node);
    const A_Const *constant = node_as(A_Const, cast ? cast->arg : node);

    return constant && constant->isnull;
}

const Node *column_default_of(const ColumnDef *definition)
{
    foreach_node (Constraint, constraint, definition->constraints) {
        if (constraint->contype == CONSTR_DEFAULT &&
            !is_null_constant(constraint->raw_expr))
            return constraint->raw_expr;
    }
    return NULL;
}

static bool domain_has_constraint(const struct type *domain)
{
    if (domain->is_not_null)
        return true;
    for (; domain && domain->kind == TYPE_DOMAIN; domain = domain->base.type) {
        for (size_t i = 0;
             domain->constraints && i < domain->constraints->count; i++) {
            if (!domain->constraints->items[i]->object.is_dropped)
                return true;
        }
    }
    return false;
}

static bool domain_default_is_volatile(struct study *study,
                                       const struct type *domain)
{
    for (; domain && domain->kind == TYPE_DOMAIN; domain = domain->base.type) {
        const Node *tree;

        if (!domain->default_expression)
            continue;
        tree = study_parse_expression(study, domain->default_expression->text);
        return tree && volatility_of(study, tree, 0) != REASON_NONE;
    }
    return false;
}

enum work_reason column_rewrite_reason(struct study *study,
                                       const ColumnDef *definition)
{
    const Node *expression = column_default_of(definition);
    const struct type *type;
    enum work_reason reason;

    if (name_of_serial(definition->typeName))
        return REASON_SERIAL;
    foreach_node (Constraint, constraint, definition->constraints) {
        if (constraint->contype == CONSTR_IDENTITY)
            return REASON_IDENTITY;
        if (constraint->contype == CONSTR_GENERATED &&
            constraint->generated_kind != ATTRIBUTE_GENERATED_VIRTUAL)
            return REASON_GENERATED;
    }
    reason = expression ? volatility_of(study, expression, 0) : REASON_NONE;
    type = definition->typeName ? type_find(study->schema, definition->typeName)
                                : NULL;
    if (!type || type->kind != TYPE_DOMAIN || reason == REASON_DEFAULT)
        return reason;
    if (!expression && domain_default_is_volatile(study, type))
        return REASON_DEFAULT;
    return domain_has_constraint(type) ? REASON_DOMAIN : reason;
}
