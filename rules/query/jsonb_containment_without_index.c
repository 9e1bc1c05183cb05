/*
 * jsonb-containment-without-index: @> and ? on a jsonb column that has no GIN
 * index. Sees every SELECT, UPDATE and DELETE in the tree (lint/index_use).
 */
#include "lint/advice.h"
#include "lint/index_confirm.h"
#include "lint/query_words.h"

#include <string.h>

static bool is_searching(const A_Expr *expression)
{
    static const char *const names[] = {"@>", "?", "?|", "?&", "@?", "@@"};
    const char *name = name_from_string(llast(expression->name));

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (expression->kind == AEXPR_OP && strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool has_gin(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (strcmp(table->indexes.items[i]->method, "gin") == 0 &&
            index_leads_with(table->indexes.items[i], column))
            return true;
    return false;
}

static void judge_condition(const struct index_use *use, const Node *condition)
{
    struct check *check = use->check;
    const A_Expr *expression = node_as(A_Expr, condition);
    const struct query_name *name;
    const struct table *table;
    struct finding *finding;

    if (expression == NULL || !is_searching(expression) ||
        !index_use_is_value(use, expression->rexpr))
        return;
    name = query_name_of_node(check, expression->lexpr);
    table = name != NULL && name->column != NULL
                ? index_use_table(use, name->item)
                : NULL;
    if (table == NULL || name->type.type == NULL ||
        strcmp(name->type.type->name, "jsonb") != 0 ||
        has_gin(table, name->column) || index_use_is_served(use, name->item))
        return;
    finding = check_report(
        check, query_words_of(check, expression->lexpr), condition,
        check_format(check,
                     "no GIN index has %s: every row of %s is read and its "
                     "value taken apart",
                     check_quote(check, name->column->name),
                     advice_relation_name(check, &table->relation)),
        check_format(check, "CREATE INDEX CONCURRENTLY ON %s USING gin (%s);",
                     advice_relation_sql(check, &table->relation),
                     check_quote(check, name->column->name)));
    index_confirm_later(use, finding, table, name->column);
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->conditions.count; i++)
        judge_condition(use, use->conditions.items[i].node);
}

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_jsonb_containment_without_index = {
    .id = "jsonb-containment-without-index",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "Searches a jsonb column that has no GIN index",
    .rationale =
        "data @> '{\"state\": \"new\"}' and data ? 'state' look into the value "
        "of every row, fetching and decompressing the large ones, unless a "
        "GIN index knows which rows have which keys and values.\n\n"
        "CREATE INDEX ... USING gin (data) serves @>, ?, ?|, ?& and the JSON "
        "path operators; gin (data jsonb_path_ops) is smaller, for @> and the "
        "paths alone. What is asked for often is better a column of its own.\n\n"
        "Not reported where another condition on the table is served by an "
        "index, in statements of a migration, and of tables that are not known "
        "from their beginning.",
    .ignore_when = "The table is small, or it is written far more often than "
                   "searched: GIN indexes cost writers.",
    .setup = "CREATE TABLE events (id bigint PRIMARY KEY, data jsonb,\n"
             "    tags jsonb);\n"
             "CREATE INDEX ON events USING gin (tags);",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT id FROM events WHERE data @> '{\"state\": \"new\"}';",
    .good = "CREATE VIEW found AS\n"
            "    SELECT id FROM events WHERE tags @> '{\"state\": \"new\"}';",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT id FROM found",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
    .confirm = index_confirm,
};
