/*
 * Finds the words of queries' parts. Rules call it with nodes of the tree of
 * check->statement.
 */
#include "lint/query_words.h"

#include "schema/builtin/builtin.h"
#include "sql/placeholder.h"

#include <string.h>

#define STATEMENT_SHOWN 1000

struct span query_words_at(const struct check *check, ParseLoc location)
{
    const struct statement *statement = check->statement;

    if (location < 0)
        return words_at_start(check->text, statement, 1);
    return words_at(check->text, statement,
                    statement->tree_base + (size_t)location);
}

struct span query_words_of_relation(const struct check *check,
                                    const RangeVar *relation)
{
    const struct statement *statement = check->statement;

    if (relation->location < 0)
        return words_at_start(check->text, statement, 1);
    return words_of_name_at(check->text, statement,
                            statement->tree_base + (size_t)relation->location);
}

/* The leftmost part; operators and casts stand in the middle. */
static const Node *first_part(const Node *node)
{
    while (node != NULL) {
        const A_Expr *operation = node_as(A_Expr, node);
        const TypeCast *cast = node_as(TypeCast, node);

        if (operation != NULL && operation->lexpr != NULL)
            node = operation->lexpr;
        else if (cast != NULL)
            node = cast->arg;
        else
            break;
    }
    return node;
}

ParseLoc query_location(const Node *expression)
{
    const Node *node = first_part(expression);

    if (node == NULL)
        return -1;
    switch (nodeTag(node)) {
    case T_A_Expr: return ((const A_Expr *)node)->location;
    case T_A_Const: return ((const A_Const *)node)->location;
    case T_ParamRef: return ((const ParamRef *)node)->location;
    case T_ColumnRef: return ((const ColumnRef *)node)->location;
    case T_FuncCall: return ((const FuncCall *)node)->location;
    case T_SubLink: return ((const SubLink *)node)->location;
    case T_CaseExpr: return ((const CaseExpr *)node)->location;
    case T_CoalesceExpr: return ((const CoalesceExpr *)node)->location;
    case T_MinMaxExpr: return ((const MinMaxExpr *)node)->location;
    case T_NullTest: return ((const NullTest *)node)->location;
    case T_BoolExpr: return ((const BoolExpr *)node)->location;
    case T_RowExpr: return ((const RowExpr *)node)->location;
    case T_SQLValueFunction: return ((const SQLValueFunction *)node)->location;
    default: return -1;
    }
}

struct span query_words_of(const struct check *check, const Node *expression)
{
    const struct statement *statement = check->statement;
    ParseLoc location = query_location(expression);

    if (location >= 0 && nodeTag(first_part(expression)) == T_ColumnRef)
        return words_of_name_at(check->text, statement,
                                statement->tree_base + (size_t)location);
    return query_words_at(check, location);
}

/* `@limit` and `$1`: the sign belongs to the name. */
static struct span with_name(const struct check *check, struct span sign)
{
    struct span next =
        words_at(check->text, check->statement, sign.offset + sign.length);

    return sign.length == 1 && check->text.start[sign.offset] == '@' &&
                   next.offset == sign.offset + 1
               ? words_join(sign, next)
               : sign;
}

struct span query_words_of_limit(const struct check *check,
                                 const SelectStmt *select)
{
    struct span words = with_name(
        check, query_words_at(check, query_location(select->limitCount)));
    struct slice before =
        slice_part(check->text, check->statement->offset, words.offset);
    const size_t length = sizeof "LIMIT" - 1;

    while (before.length > 0 &&
           strchr("( \t\r\n", before.start[before.length - 1]) != NULL)
        before.length--;
    if (before.length >= length &&
        slice_equal_ignoring_case(
            slice_part(before, before.length - length, before.length),
            SLICE("LIMIT"))) {
        size_t offset = check->statement->offset + before.length - length;

        words.length += words.offset - offset;
        words.offset = offset;
    }
    return words;
}

static bool has_template(const struct check *check, bool counts_values)
{
    struct placeholder_reader reader;
    struct placeholder placeholder;

    if (!check->statement->is_filled)
        return false;
    reader =
        placeholder_reader_of(statement_text(check->text, check->statement));
    while (placeholder_next(&reader, &placeholder)) {
        if (placeholder.kind != PLACEHOLDER_TEXT)
            continue;
        if (placeholder.context == PLACEHOLDER_AFTER_OPERAND ||
            (counts_values && placeholder.context == PLACEHOLDER_BEFORE_VALUE))
            return true;
    }
    return false;
}

bool query_is_whole(const struct check *check)
{
    return !has_template(check, false);
}

bool query_has_all_conditions(const struct check *check)
{
    return !has_template(check, true);
}

bool query_is_aggregate(const struct check *check, const FuncCall *call)
{
    uint8_t version = builtin_version(check->postgres_version);
    struct builtin_functions named;

    if (call->over != NULL)
        return false;
    if (call->agg_star || call->agg_distinct || call->agg_within_group ||
        call->agg_order != NIL || call->agg_filter != NULL)
        return true;
    named = builtin_functions_named(name_from_string(llast(call->funcname)));
    for (size_t i = 0; i < named.count; i++)
        if ((named.rows[i].versions & version) != 0 &&
            named.rows[i].kind == 'a')
            return true;
    return false;
}

bool query_is_short(const struct check *check)
{
    return check->statement->length <= STATEMENT_SHOWN;
}

const char *query_rewrite(struct check *check, struct span at, const char *text)
{
    return query_is_short(check) ? check_rewrite(check, at, text) : NULL;
}
