/*
 * implicit-cast-on-indexed-column: id = 5.5, where the server makes a numeric of
 * an indexed bigint. Sees every SELECT, UPDATE and DELETE in the tree
 * (lint/index_use); query/ knows which operator is called and what it takes.
 */
#include "lint/advice.h"
#include "lint/engine.h"
#include "lint/index_confirm.h"
#include "lint/index_wanted.h"
#include "lint/query_words.h"
#include "schema/builtin/builtin.h"

#include <string.h>

/* The comparison by which the column is cast; null if it is none, or the column
 * stays as it is. */
static const struct query_operation *find_cast(const struct index_use *use,
                                               const struct index_term *term)
{
    uint8_t version = builtin_version(use->check->postgres_version);
    const struct query_operation *operation;

    if (term->kind != TERM_COMPARISON || term->name == NULL ||
        term->name->column == NULL || term->pattern != NULL || term->is_within)
        return NULL;
    operation = query_operation_at(use->check, term->location, term->number);
    if (operation == NULL || operation->builtin == NULL ||
        builtin_btree_strategies(version, operation->builtin->oid) == 0 ||
        index_operand_is_plain(use->check, operation, term->is_right))
        return NULL;
    return operation;
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

/* The other side of the comparison; null if it has several, or none. */
static const Node *other_side(const struct index_term *term)
{
    const A_Expr *expression = node_as(A_Expr, term->condition);

    if (expression == NULL || expression->kind != AEXPR_OP || term->is_row ||
        node_as(RowExpr, expression->lexpr) != NULL)
        return NULL;
    return term->is_right ? expression->lexpr : expression->rexpr;
}

static const char *help_text(struct check *check, const struct index_term *term)
{
    const char *type = advice_type(check, term->name->type);
    const char *column = check_quote(check, term->name->column->name);
    const Node *other = other_side(term);
    const TypeCast *cast = node_as(TypeCast, other);
    const char *sql;

    if (cast != NULL)
        other = (const Node *)cast->arg;
    sql = other != NULL && query_is_short(check)
              ? index_wanted_sql(check, other)
              : NULL;
    if (sql == NULL)
        return check_format(check, "compare %s with values of its own type, %s",
                            column, type);
    return check_format(check,
                        "compare %s with a value of its own type: (%s)::%s",
                        column, sql, type);
}

static void judge_term(const struct index_use *use,
                       const struct index_term *term)
{
    struct check *check = use->check;
    const struct table *table = index_use_table(use, term->item);
    const struct query_operation *operation =
        table != NULL ? find_cast(use, term) : NULL;
    const struct index *index =
        operation != NULL ? find_index(table, term->name->column) : NULL;
    struct data_type taken;
    struct finding *finding;

    if (index == NULL || advice_type(check, term->name->type) == NULL ||
        index_use_is_served(use, term->item))
        return;
    taken = (struct data_type){operation->taken[term->is_right], -1};
    finding = check_report(
        check, query_words_of(check, term->operand), term->condition,
        check_format(check,
                     "this comparison makes %s of %s, which the index \"%s\" "
                     "has as %s: every row of %s is read",
                     advice_type(check, taken),
                     check_quote(check, term->name->column->name),
                     index->relation.name, advice_type(check, term->name->type),
                     advice_relation_name(check, &table->relation)),
        help_text(check, term));
    index_confirm_later(use, finding, table, term->name->column);
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->terms.count; i++)
        judge_term(use, &use->terms.items[i]);
}

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_implicit_cast_on_indexed_column = {
    .id = "implicit-cast-on-indexed-column",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_OFF,
    .summary = "A comparison casts an indexed column",
    .rationale =
        "Where a comparison has two types that no operator takes together, the "
        "server casts one side to the type of the other, and nothing says so: "
        "of a bigint that is compared with a numeric it makes a numeric, of an "
        "integer that is compared with a double precision another one, of a "
        "char(5) that is compared with a text a text. The index on the column "
        "has the values as they are stored, not those, and is not used: every "
        "row is read and cast. Drivers that send numbers as numeric or double "
        "precision do this to every query.\n\n"
        "Compare with a value of the column's own type: cast the other side, "
        "or give the parameter its type. Numbers without a point, text and "
        "varchar, dates and timestamps go together without a cast.\n\n"
        "Not reported where another condition on the table is served by an "
        "index, in statements of a migration, which run once, and of tables "
        "that are not known from their beginning.",
    .ignore_when =
        "The table is small, or the fraction matters: id = 5.5 finds "
        "nothing, id = 5.5::bigint finds 6.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT total FROM orders WHERE id = 17::numeric;",
    .good = "CREATE VIEW found AS\n"
            "    SELECT total FROM orders WHERE id = 17;",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT total FROM found",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
    .confirm = index_confirm,
};
