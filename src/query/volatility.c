/*
 * How volatile a call of a function is. The planner puts the body of a simple
 * function in SQL in the call's place, so that a function that nobody declared
 * IMMUTABLE counts as what is in it (inline_function() of clauses.c). What is
 * less volatile than declared counts; what is more is not inlined.
 */
#include "query/analysis.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <string.h>

/* Bodies within bodies that are looked into. */
#define BODY_DEPTH_MAX 8

static bool may_be_inlined(const struct function *function)
{
    return function->kind == FUNCTION_FUNCTION && function->language &&
           strcmp(function->language, "sql") == 0 && function->body &&
           !function->returns_set && !function->is_security_definer &&
           type_oid(function->result.type) != RECORDOID &&
           type_oid(function->result.type) != VOIDOID;
}

/* The expression of a body that is nothing but SELECT expression. */
static const Node *only_expression(const Node *tree)
{
    const SelectStmt *select = node_as(SelectStmt, tree);
    const ReturnStmt *return_statement = node_as(ReturnStmt, tree);
    const ResTarget *target;

    if (return_statement)
        return return_statement->returnval;
    if (!select || select->op != SETOP_NONE || select->valuesLists ||
        select->fromClause || select->whereClause || select->groupClause ||
        select->havingClause || select->windowClause || select->sortClause ||
        select->limitCount || select->limitOffset || select->withClause ||
        select->distinctClause || select->intoClause ||
        list_length(select->targetList) != 1)
        return NULL;
    target = linitial(select->targetList);
    return target->val;
}

/* A strict function goes in only if its body is null for a null argument. */
static bool is_strict_node(const Node *node)
{
    const A_Const *constant = node_as(A_Const, node);

    switch (nodeTag(node)) {
    case T_A_Const: return !constant->isnull;
    case T_A_Expr: return ((const A_Expr *)node)->kind == AEXPR_OP;
    case T_ColumnRef:
    case T_ParamRef:
    case T_TypeCast:
    case T_TypeName:
    case T_String:
    case T_Integer:
    case T_FuncCall:
    case T_SQLValueFunction: return true;
    default: return false;
    }
}

static bool visit_strict(void *closure, const Node *node,
                         const struct walk *walk)
{
    bool *is_strict = closure;

    (void)walk;
    if (!is_strict_node(node))
        *is_strict = false;
    return *is_strict;
}

static bool suits_strictness(const struct function *function,
                             const Node *expression_node)
{
    struct walker walker;
    bool is_strict = true;

    if (!function->is_strict)
        return true;
    walker_init(&walker);
    walk_tree(&walker, expression_node, visit_strict, &is_strict);
    walker_release(&walker);
    return is_strict;
}

/* The volatility of the body's expression; VOLATILE if it is not known. */
static enum volatility of_body(struct analysis *analysis,
                               const struct function *function,
                               const Node *node)
{
    struct query_place place = {
        .parameters = function->parameters,
        .parameter_count = function->parameter_count,
        .function_name = function->name,
    };
    struct query_description description;

    query_describe_body(analysis, node, &place, &description);
    if (!description.is_volatility_known || description.sqlstate[0] != '\0' ||
        description.has_subquery)
        return VOLATILITY_VOLATILE;
    return description.volatility;
}

/* The only statement of the text. */
static bool find_only_statement(struct slice text, struct statement *statement)
{
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement next;

    return splitter_next(&splitter, statement) &&
           !splitter_next(&splitter, &next);
}

enum volatility volatility_of_function(struct analysis *analysis,
                                       struct function *function)
{
    enum volatility volatility = function->volatility;
    struct slice text = slice_from(function->body);
    struct statement statement;
    struct parser *parser;
    const Node *node = NULL;

    if (volatility == VOLATILITY_IMMUTABLE || !may_be_inlined(function) ||
        analysis->body_depth >= BODY_DEPTH_MAX ||
        !analysis_step(analysis, text.length + 100) ||
        !find_only_statement(text, &statement))
        return volatility;
    parser = parser_new();
    if (!parser)
        return volatility;
    parser_parse(parser, text, &statement, 1);
    if (statement.outcome == PARSE_DONE)
        node = only_expression(statement.tree);
    if (node && suits_strictness(function, node)) {
        enum volatility inner = of_body(analysis, function, node);

        volatility = inner < volatility ? inner : volatility;
    }
    parser_free(parser);
    return volatility;
}
