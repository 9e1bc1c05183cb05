/*
 * Which words of the source are the fields of a composite value: in `(v).f` no
 * node says where `f` stands. It comes after the parenthesis that closes the
 * value, whose own words are found by where its node begins. Another part of
 * bound_names.c.
 */
#include "query/analysis.h"

#include "sql/lexer.h"

#include <string.h>

/* Past the parentheses and brackets that open after this token, if it is one
 * that opens. */
static void skip_group(struct lexer *lexer, struct token token)
{
    struct slice text = lexer->text;
    size_t depth = token_is(text, token, "(") || token_is(text, token, "[");

    while (depth > 0 &&
           (token = lexer_next_significant(lexer), token.kind != TOKEN_END)) {
        depth += token_is(text, token, "(") || token_is(text, token, "[");
        depth -= token_is(text, token, ")") || token_is(text, token, "]");
    }
}

static bool next_is(const struct lexer *lexer, const char *symbol)
{
    struct lexer after = *lexer;

    return token_is(lexer->text, lexer_next_significant(&after), symbol);
}

/* The dotted name at which the lexer stands. */
static void skip_name(struct lexer *lexer)
{
    lexer_next_significant(lexer);
    while (next_is(lexer, ".")) {
        lexer_next_significant(lexer);
        lexer_next_significant(lexer);
    }
}

static bool start(struct lexer *lexer, const struct binding *binding,
                  ParseLoc location)
{
    lexer->offset = binding->base + (size_t)location;
    return location >= 0;
}

static void skip_step(struct lexer *lexer)
{
    struct token token = lexer_next_significant(lexer);

    if (token_is(lexer->text, token, "."))
        lexer_next_significant(lexer);
    else
        skip_group(lexer, token);
}

static bool skip_value(struct lexer *lexer, const struct binding *binding,
                       const Node *node);

/* Past x[1].f; false if it cannot be told where that ends. */
static bool skip_indirection(struct lexer *lexer, const struct binding *binding,
                             const A_Indirection *indirection, int count)
{
    if (!skip_value(lexer, binding, indirection->arg))
        return false;
    while (next_is(lexer, ")"))
        lexer_next_significant(lexer);
    for (int i = 0; i < count; i++)
        skip_step(lexer);
    return true;
}

/* Chains of A_Indirection are no deeper than the analysis that met them. */
static bool skip_value(struct lexer *lexer, const struct binding *binding,
                       const Node *node)
{
    const A_Indirection *indirection;

    switch (nodeTag(node)) {
    case T_ColumnRef:
        if (!start(lexer, binding, ((const ColumnRef *)node)->location))
            return false;
        skip_name(lexer);
        return true;
    case T_ParamRef:
        if (!start(lexer, binding, ((const ParamRef *)node)->location))
            return false;
        lexer_next_significant(lexer);
        return true;
    case T_FuncCall:
        if (((const FuncCall *)node)->funcformat != COERCE_EXPLICIT_CALL ||
            ((const FuncCall *)node)->over ||
            ((const FuncCall *)node)->agg_filter ||
            ((const FuncCall *)node)->agg_within_group ||
            !start(lexer, binding, ((const FuncCall *)node)->location))
            return false;
        skip_name(lexer);
        skip_group(lexer, lexer_next_significant(lexer));
        return true;
    case T_SubLink:
        if (((const SubLink *)node)->subLinkType != EXPR_SUBLINK ||
            !start(lexer, binding, ((const SubLink *)node)->location))
            return false;
        skip_group(lexer, lexer_next_significant(lexer));
        return true;
    case T_A_Indirection:
        indirection = (const A_Indirection *)node;
        return skip_indirection(lexer, binding, indirection,
                                list_length(indirection->indirection));
    default: return false;
    }
}

void binding_note_field(struct scope *scope, const A_Indirection *indirection,
                        int step, const struct value *value, const char *name)
{
    struct analysis *analysis = scope->analysis;
    struct binding *binding = analysis->binding;
    const struct row *row;
    struct lexer lexer;
    struct token token;

    if (!binding || !value->type.type)
        return;
    row = row_of_type(analysis, value->type.type);
    lexer = lexer_of(binding->text);
    if (!row || !skip_indirection(&lexer, binding, indirection, step) ||
        !token_is(lexer.text, lexer_next_significant(&lexer), "."))
        return;
    token = lexer_next_significant(&lexer);
    for (size_t i = 0; i < row->count; i++) {
        const struct slot *slot = &row->items[i];

        if (slot->name && slot->value.column && strcmp(slot->name, name) == 0 &&
            token_is_name(lexer.text, token, name))
            binding_add_words(binding,
                              (struct span){token.offset, token.length},
                              REFERENCE_COLUMN, &slot->value.column->object);
    }
}
