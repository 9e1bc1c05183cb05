/*
 * function-on-indexed-column: lower(email) = $1 where an index has email. Sees
 * every SELECT, UPDATE and DELETE in the tree; the schema knows the indexes
 * (lint/index_use).
 */
#include "lint/advice.h"
#include "lint/index_confirm.h"
#include "lint/query_words.h"

#include <string.h>

/* The column that a function or a cast is applied to; null for anything else,
 * as for a plain column. */
static const ColumnRef *wrapped_column(const Node *node)
{
    const FuncCall *call = node_as(FuncCall, node);
    const TypeCast *cast = node_as(TypeCast, node);
    const ColumnRef *found = NULL;

    if (cast != NULL)
        return node_as(ColumnRef, cast->arg);
    if (call == NULL || call->over != NULL)
        return NULL;
    foreach_ptr (Node, argument, call->args) {
        const ColumnRef *column = node_as(ColumnRef, argument);

        if (column != NULL && found != NULL)
            return NULL;
        if (column != NULL)
            found = column;
    }
    return found;
}

/* The side of `f(c) = value` that is f(c), by a comparison that a B-tree
 * serves. */
static const Node *compared_side(const struct index_use *use,
                                 const A_Expr *expression)
{
    static const char *const names[] = {"=", "<", ">", "<=", ">="};
    const char *name = name_from_string(llast(expression->name));
    bool is_comparison = expression->kind == AEXPR_BETWEEN;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is_comparison = is_comparison || (expression->kind == AEXPR_OP &&
                                          strcmp(name, names[i]) == 0);
    if ((expression->kind == AEXPR_IN || expression->kind == AEXPR_OP_ANY) &&
        strcmp(name, "=") == 0)
        is_comparison = true;
    if (!is_comparison || expression->lexpr == NULL)
        return NULL;
    if (wrapped_column(expression->lexpr) != NULL &&
        index_use_is_value(use, expression->rexpr))
        return expression->lexpr;
    if (expression->kind == AEXPR_OP &&
        wrapped_column(expression->rexpr) != NULL &&
        index_use_is_value(use, expression->lexpr))
        return expression->rexpr;
    return NULL;
}

static const struct index *find_index(const struct table *table,
                                      const struct column *column)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (strcmp(table->indexes.items[i]->method, "btree") == 0 &&
            index_leads_with(table->indexes.items[i], column))
            return table->indexes.items[i];
    return NULL;
}

/* Values of a point in time change with the session's time zone: no index can
 * have them. */
static bool is_of_time(const struct query_name *name)
{
    const struct type *type = name->type.type;

    return type != NULL && (strcmp(type->name, "timestamptz") == 0 ||
                            strcmp(type->name, "timestamp") == 0);
}

static const char *help_text(struct check *check, const struct query_name *name,
                             const struct table *table, const Node *side)
{
    const FuncCall *call = node_as(FuncCall, side);
    const char *column = check_quote(check, name->column->name);

    if (is_of_time(name))
        return check_format(check,
                            "compare %s itself with a range: %s >= start AND "
                            "%s < end",
                            column, column, column);
    if (call != NULL && list_length(call->args) == 1)
        return check_format(
            check, "CREATE INDEX CONCURRENTLY ON %s (%s(%s));",
            advice_relation_sql(check, &table->relation),
            name_to_sql(check->arena, name_from_list(call->funcname)), column);
    if (node_as(TypeCast, side) != NULL && name->type.type != NULL)
        return check_format(check, "compare %s itself: %s = (...)::%s", column,
                            column, advice_type(check, name->type));
    return check_format(check,
                        "an index on the expression, or a comparison with %s "
                        "itself",
                        column);
}

static void judge_condition(const struct index_use *use, const Node *condition)
{
    struct check *check = use->check;
    const A_Expr *expression = node_as(A_Expr, condition);
    const Node *side =
        expression != NULL ? compared_side(use, expression) : NULL;
    const struct query_name *name;
    const struct table *table;
    struct finding *finding;
    const struct index *index;

    if (side == NULL)
        return;
    name = query_name_of(check, wrapped_column(side));
    table = name != NULL && name->column != NULL
                ? index_use_table(use, name->item)
                : NULL;
    index = table != NULL ? find_index(table, name->column) : NULL;
    if (index == NULL || index_use_is_served(use, name->item))
        return;
    finding = check_report(
        check, query_words_of(check, side), condition,
        check_format(check,
                     "the index \"%s\" has %s, not what is made of it here: "
                     "every row of %s is read",
                     index->relation.name,
                     check_quote(check, name->column->name),
                     advice_relation_name(check, &table->relation)),
        help_text(check, name, table, side));
    index_confirm_later(use, finding, table, name->column);
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->whole_count; i++)
        judge_condition(use, use->conditions.items[i].node);
}

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_function_on_indexed_column = {
    .id = "function-on-indexed-column",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "A function hides an indexed column from its index",
    .rationale =
        "An index on email finds an email, not lower(email): what a function "
        "or a cast makes of the column stands nowhere, and the server computes "
        "it for every row. The index that somebody made for this very query is "
        "never used.\n\n"
        "Index the expression, CREATE INDEX ON users (lower(email)), or turn "
        "the comparison round so that the column stands alone: instead of "
        "placed_at::date = '2024-01-31', placed_at >= '2024-01-31' AND "
        "placed_at < '2024-02-01'.\n\n"
        "Not reported where an index has the expression, where another "
        "condition on the table is served by an index, and in statements of a "
        "migration, which run once.",
    .ignore_when = "The table is small.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
             "CREATE INDEX ON users (email);",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT id FROM users WHERE lower(email) = 'a@example.org';",
    .good = "CREATE VIEW found AS\n"
            "    SELECT id FROM users WHERE email = 'a@example.org';",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT id FROM found",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
    .confirm = index_confirm,
};
