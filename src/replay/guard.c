/*
 * Evaluates conditions and small queries over the catalogs, with what is not
 * known as a third truth value: a query is run over the rows that the model has,
 * and a row that may or may not fit makes the answer unknown.
 */
#include "replay/guard.h"

#include "base/buffer.h"
#include "replay/guard_query.h"
#include "schema/type.h"
#include "sql/lexer.h"

#include <string.h>

static const struct guard_value unknown = {.kind = GUARD_UNKNOWN};

static struct guard_value of_text(const char *text)
{
    return (struct guard_value){.kind = text ? GUARD_TEXT : GUARD_UNKNOWN,
                                .text = text};
}

static struct guard_value of_truth(bool truth)
{
    return (struct guard_value){.kind = GUARD_BOOL, .truth = truth};
}

static struct guard_value of_number(long number)
{
    return (struct guard_value){.kind = GUARD_NUMBER, .number = number};
}

static struct guard_value of_answer(enum guard_answer answer)
{
    return answer == ANSWER_UNKNOWN ? unknown : of_truth(answer == ANSWER_YES);
}

static struct guard_value of_constant(const A_Const *constant)
{
    if (constant->isnull)
        return (struct guard_value){.kind = GUARD_NULL};
    switch (nodeTag(&constant->val)) {
    case T_String: return of_text(constant->val.sval.sval);
    case T_Integer: return of_number(constant->val.ival.ival);
    case T_Boolean: return of_truth(constant->val.boolval.boolval);
    default: return unknown;
    }
}

/* The identifier that the token is; null if it is none, or one with quotes
 * within. */
static const char *identifier(struct arena *arena, struct slice text,
                              struct token token)
{
    struct slice word = token_text(text, token);
    char *name;

    if (token.kind == TOKEN_QUOTED_IDENTIFIER && word.length > 2 &&
        !memchr(word.start + 1, '"', word.length - 2))
        return arena_copy(arena, slice_part(word, 1, word.length - 1));
    if (token.kind != TOKEN_WORD)
        return NULL;
    name = arena_copy(arena, word);
    for (char *c = name; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
    return name;
}

/* `name` or `schema.name`, as the server reads it in a string. */
static bool split_name(struct arena *arena, const char *text,
                       struct qualified_name *name)
{
    struct slice whole = slice_from(text);
    struct lexer lexer = lexer_of(whole);
    const char *parts[2] = {NULL, NULL};
    size_t count = 0;
    struct token token;

    for (token = lexer_next(&lexer); token.kind != TOKEN_END;
         token = lexer_next(&lexer)) {
        if (count % 2 == 1 && token_is(whole, token, ".") && count < 3) {
            count++;
            continue;
        }
        if (count % 2 == 1 || count > 2)
            return false;
        parts[count / 2] = identifier(arena, whole, token);
        if (!parts[count / 2])
            return false;
        count++;
    }
    *name = (struct qualified_name){NULL, count > 2 ? parts[0] : NULL,
                                    count > 2 ? parts[1] : parts[0]};
    return count % 2 == 1;
}

/* 'name'::regclass and to_regclass('name'): the object, null if it is missing.
 */
static struct guard_value of_name(struct guard *guard, const char *type,
                                  const char *text)
{
    struct schema *schema = guard->replay->schema;
    struct qualified_name name;
    const void *object = NULL;

    if (!split_name(&schema->scratch, text, &name))
        return unknown;
    if (strcmp(type, "regclass") == 0)
        object = model_find_relation(schema, name);
    else if (strcmp(type, "regtype") == 0)
        object = type_find_named(schema, name);
    else if (strcmp(type, "regnamespace") == 0)
        object = model_find_namespace(schema, name.name);
    else
        return unknown;
    if (!object &&
        (!replay_knows_all(guard->replay) ||
         strncmp(name.name, "pg_", 3) == 0 ||
         (name.schema && strcmp(name.schema, "information_schema") == 0)))
        return unknown;
    return (struct guard_value){.kind = object ? GUARD_OBJECT : GUARD_NULL,
                                .object = object};
}

static struct guard_value of_cast(struct guard *guard, const TypeCast *cast)
{
    struct guard_value value = guard_evaluate(guard, cast->arg);
    const char *type = name_from_list(cast->typeName->names).name;

    if (value.kind == GUARD_TEXT && strncmp(type, "reg", 3) == 0) {
        value = of_name(guard, type, value.text);
        /* Of what is missing the cast fails. */
        return value.kind == GUARD_NULL ? unknown : value;
    }
    return value;
}

static struct guard_value of_column(struct guard *guard, const ColumnRef *ref)
{
    const char *first = name_from_string(linitial(ref->fields));
    const char *last = name_from_string(llast(ref->fields));
    const struct guard_from *from;

    if (!first || !last || list_length(ref->fields) > 2)
        return unknown;
    from = guard_find_from(guard, list_length(ref->fields) == 2 ? first : NULL,
                           last);
    if (!from && list_length(ref->fields) == 1 && strcmp(last, "found") == 0)
        return of_answer(guard->found);
    if (!from || !from->row)
        return unknown;
    return guard_column(guard->replay, from->catalog, from->row, last);
}

static struct guard_value of_bool(struct guard *guard, const BoolExpr *bool_)
{
    bool is_and = bool_->boolop == AND_EXPR;
    bool is_unknown = false;
    const ListCell *cell;

    if (bool_->boolop == NOT_EXPR) {
        struct guard_value value = guard_evaluate(guard, linitial(bool_->args));

        if (value.kind == GUARD_BOOL)
            value.truth = !value.truth;
        return value;
    }
    foreach (cell, bool_->args) {
        struct guard_value value = guard_evaluate(guard, lfirst(cell));

        if (value.kind == GUARD_BOOL && value.truth != is_and)
            return value;
        is_unknown = is_unknown || value.kind != GUARD_BOOL;
    }
    return is_unknown ? unknown : of_truth(is_and);
}

/* Three-valued `=`; text and ids compare with their own kind. */
static struct guard_value same_value(struct guard_value a, struct guard_value b)
{
    if (a.kind == GUARD_NULL || b.kind == GUARD_NULL)
        return (struct guard_value){.kind = GUARD_NULL};
    if (a.kind != b.kind)
        return unknown;
    switch (a.kind) {
    case GUARD_TEXT: return of_truth(strcmp(a.text, b.text) == 0);
    case GUARD_NUMBER: return of_truth(a.number == b.number);
    case GUARD_BOOL: return of_truth(a.truth == b.truth);
    case GUARD_OBJECT: return of_truth(a.object == b.object);
    case GUARD_NULL:
    case GUARD_UNKNOWN: break;
    }
    return unknown;
}

static struct guard_value compare(const char *operator, struct guard_value a,
                                  struct guard_value b)
{
    struct guard_value same = same_value(a, b);

    if (strcmp(operator, "=") == 0)
        return same;
    if (strcmp(operator, "<>") == 0 || strcmp(operator, "!=") == 0) {
        if (same.kind == GUARD_BOOL)
            same.truth = !same.truth;
        return same;
    }
    if (a.kind != GUARD_NUMBER || b.kind != GUARD_NUMBER)
        return unknown;
    if (strcmp(operator, ">") == 0)
        return of_truth(a.number > b.number);
    if (strcmp(operator, "<") == 0)
        return of_truth(a.number < b.number);
    if (strcmp(operator, ">=") == 0)
        return of_truth(a.number >= b.number);
    if (strcmp(operator, "<=") == 0)
        return of_truth(a.number <= b.number);
    return unknown;
}

/* Equal to one of these. */
static struct guard_value among(struct guard *guard, struct guard_value value,
                                const List *items)
{
    bool is_unknown = false;
    const ListCell *cell;

    foreach (cell, items) {
        struct guard_value same =
            same_value(value, guard_evaluate(guard, lfirst(cell)));

        if (same.kind == GUARD_BOOL && same.truth)
            return same;
        is_unknown = is_unknown || same.kind != GUARD_BOOL;
    }
    return is_unknown ? unknown : of_truth(false);
}

static struct guard_value of_operator(struct guard *guard, const A_Expr *expr)
{
    const char *operator= name_from_string(llast(expr->name));
    const A_ArrayExpr *array = node_as(A_ArrayExpr, expr->rexpr);
    struct guard_value left, result;

    if (!expr->lexpr)
        return unknown;
    left = guard_evaluate(guard, expr->lexpr);
    switch (expr->kind) {
    case AEXPR_OP:
        if (strcmp(operator, "||") == 0) {
            struct guard_value right = guard_evaluate(guard, expr->rexpr);

            if (left.kind != GUARD_TEXT || right.kind != GUARD_TEXT)
                return unknown;
            return of_text(arena_format(&guard->replay->schema->scratch, "%s%s",
                                        left.text, right.text));
        }
        return compare(operator, left, guard_evaluate(guard, expr->rexpr));
    case AEXPR_IN:
        result = among(guard, left, (const List *)expr->rexpr);
        if (strcmp(operator, "<>") == 0 && result.kind == GUARD_BOOL)
            result.truth = !result.truth;
        return result;
    case AEXPR_OP_ANY:
        return array && strcmp(operator, "=") == 0
                   ? among(guard, left, array->elements)
                   : unknown;
    default: return unknown;
    }
}

/* Quoted where format()'s %I and quote_ident() quote. */
static const char *format_text(struct guard *guard, const List *arguments)
{
    struct arena *scratch = &guard->replay->schema->scratch;
    struct guard_value format = guard_evaluate(guard, linitial(arguments));
    struct buffer buffer;
    int next = 1;

    if (format.kind != GUARD_TEXT)
        return NULL;
    buffer_init(&buffer, scratch);
    for (const char *at = format.text; *at; at++) {
        struct guard_value value;

        if (*at != '%') {
            buffer_add_char(&buffer, *at);
            continue;
        }
        at++;
        if (*at == '%') {
            buffer_add_char(&buffer, '%');
            continue;
        }
        if ((*at != 's' && *at != 'I') || next >= list_length(arguments))
            return NULL;
        value = guard_evaluate(guard, list_nth(arguments, next++));
        if (value.kind != GUARD_TEXT || strcmp(value.text, GUARD_DATABASE) == 0)
            return NULL;
        buffer_add_text(
            &buffer, *at == 's'
                         ? value.text
                         : name_to_sql(scratch, (struct qualified_name){
                                                    NULL, NULL, value.text}));
    }
    return buffer_text(&buffer);
}

static struct guard_value of_call(struct guard *guard, const FuncCall *call)
{
    const char *name = name_from_string(llast(call->funcname));
    struct schema *schema = guard->replay->schema;
    const struct namespace *namespace;
    struct guard_value argument;

    if (guard->count && guard_is_count((const Node *)call))
        return of_number(*guard->count);
    if (call->args == NIL && strcmp(name, "current_schema") == 0) {
        namespace = model_first_namespace(schema);
        return of_text(namespace ? namespace->name : NULL);
    }
    if (call->args == NIL && strcmp(name, "current_database") == 0)
        return of_text(GUARD_DATABASE);
    if (call->args == NIL)
        return unknown;
    if (strcmp(name, "format") == 0)
        return of_text(format_text(guard, call->args));
    argument = guard_evaluate(guard, linitial(call->args));
    if (argument.kind != GUARD_TEXT || list_length(call->args) != 1)
        return unknown;
    if (strncmp(name, "to_reg", 6) == 0)
        return of_name(guard, name + 3, argument.text);
    if (strcmp(name, "quote_ident") == 0)
        return of_text(
            name_to_sql(&schema->scratch,
                        (struct qualified_name){NULL, NULL, argument.text}));
    return unknown;
}

static struct guard_value of_sublink(struct guard *guard, const SubLink *link)
{
    switch (link->subLinkType) {
    case EXISTS_SUBLINK: return of_answer(guard_exists(guard, link->subselect));
    case EXPR_SUBLINK: return guard_scalar(guard, link->subselect);
    default: return unknown;
    }
}

static struct guard_value of_null_test(struct guard *guard,
                                       const NullTest *test)
{
    struct guard_value value = guard_evaluate(guard, (const Node *)test->arg);

    if (value.kind == GUARD_UNKNOWN)
        return unknown;
    return of_truth((value.kind == GUARD_NULL) ==
                    (test->nulltesttype == IS_NULL));
}

static struct guard_value evaluate_node(struct guard *guard, const Node *node)
{
    switch (nodeTag(node)) {
    case T_A_Const: return of_constant((const A_Const *)node);
    case T_TypeCast: return of_cast(guard, (const TypeCast *)node);
    case T_ColumnRef: return of_column(guard, (const ColumnRef *)node);
    case T_BoolExpr: return of_bool(guard, (const BoolExpr *)node);
    case T_A_Expr: return of_operator(guard, (const A_Expr *)node);
    case T_FuncCall: return of_call(guard, (const FuncCall *)node);
    case T_SubLink: return of_sublink(guard, (const SubLink *)node);
    case T_NullTest: return of_null_test(guard, (const NullTest *)node);
    case T_SQLValueFunction:
        if (((const SQLValueFunction *)node)->op == SVFOP_CURRENT_CATALOG)
            return of_text(GUARD_DATABASE);
        if (((const SQLValueFunction *)node)->op == SVFOP_CURRENT_SCHEMA) {
            const struct namespace *first =
                model_first_namespace(guard->replay->schema);

            return of_text(first ? first->name : NULL);
        }
        return unknown;
    default: return unknown;
    }
}

struct guard_value guard_evaluate(struct guard *guard, const Node *node)
{
    struct guard_value value = unknown;

    if (node && guard->depth < GUARD_DEPTH_MAX) {
        guard->depth++;
        value = evaluate_node(guard, node);
        guard->depth--;
    }
    return value;
}

enum guard_answer guard_ask(struct replay *replay, const Node *condition,
                            enum guard_answer found)
{
    struct guard guard = {.replay = replay, .found = found};

    return guard_answer_of(guard_evaluate(&guard, condition));
}

enum guard_answer guard_finds(struct replay *replay, const Node *query)
{
    struct guard guard = {.replay = replay};

    return guard_exists(&guard, query);
}

const char *guard_text(struct replay *replay, const Node *expression)
{
    struct guard guard = {.replay = replay};
    struct guard_value value = guard_evaluate(&guard, expression);

    return value.kind == GUARD_TEXT ? value.text : NULL;
}
