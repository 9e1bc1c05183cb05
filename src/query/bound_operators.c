/*
 * Operators of extensions, which are written as OPERATOR(schema.=) where they
 * then still have the operands that they have. Another part of bound_names.c.
 */
#include "query/analysis.h"

#include "sql/lexer.h"

#include <string.h>

/* These bind less tightly than OPERATOR(...) would. */
static bool is_comparison(const char *name)
{
    static const char *const names[] = {"=", "<>", "<", ">", "<=", ">="};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

/* Binds more tightly than any operator of its own, whatever stands around
 * it. */
static bool is_tight(const Node *node)
{
    switch (node ? nodeTag(node) : T_Invalid) {
    case T_ColumnRef:
    case T_A_Const:
    case T_ParamRef:
    case T_FuncCall:
    case T_TypeCast:
    case T_A_ArrayExpr:
    case T_CaseExpr:
    case T_CoalesceExpr:
    case T_SubLink: return true;
    default: return false;
    }
}

/* a = b, whose operands remain its own when it is OPERATOR(s.=). */
static bool is_safe_operation(const A_Expr *operation, ParseLoc location)
{
    return operation && operation->location == location &&
           is_tight(operation->lexpr) &&
           (is_tight(operation->rexpr) || operation->kind == AEXPR_OP_ANY ||
            operation->kind == AEXPR_OP_ALL);
}

void binding_note_operator(struct scope *scope, ParseLoc location,
                           const char *name, struct extension *extension)
{
    struct binding *binding = scope->analysis->binding;
    struct lexer lexer;
    struct token token;

    if (!binding || location < 0 ||
        (is_comparison(name) &&
         !is_safe_operation(scope->analysis->operation, location)))
        return;
    lexer = lexer_of(binding->text);
    lexer.offset = binding->base + (size_t)location;
    token = lexer_next_significant(&lexer);
    if (token.kind == TOKEN_OPERATOR)
        *array_push(binding->arena, &binding->references) = (struct reference){
            .offset = (uint32_t)token.offset,
            .length = (uint32_t)token.length,
            .form = REFERENCE_OPERATOR,
            .object = &extension->object,
            .text = arena_copy(binding->arena, slice_from(name)),
        };
}
