/*
 * not-in-subquery: NOT IN (SELECT ...), which a single NULL makes empty. Sees
 * every NOT and every sub-select in the tree; the schema knows which columns are
 * NOT NULL (lint/nullness).
 */
#include "lint/advice.h"
#include "lint/nullness.h"
#include "lint/query_words.h"
#include "sql/clauses.h"

#include <string.h>

/* `x NOT IN (SELECT ...)` or `x <> ALL (SELECT ...)`; null for other nodes. */
static const SubLink *not_in(const Node *node)
{
    const BoolExpr *not = node_as(BoolExpr, node);
    const SubLink *link = node_as(SubLink, node);

    if (not != NULL && not ->boolop == NOT_EXPR) {
        link = node_as(SubLink, linitial(not ->args));
        return link != NULL && link->subLinkType == ANY_SUBLINK &&
                       link->operName == NIL
                   ? link
                   : NULL;
    }
    return link != NULL && link->subLinkType == ALL_SUBLINK &&
                   link->operName != NIL &&
                   strcmp(name_from_string(llast(link->operName)), "<>") == 0
               ? link
               : NULL;
}

/* A column with its table's name before it; null if that is not known. */
static const char *qualified(struct check *check, const Node *node)
{
    const struct query_name *name = query_name_of_node(check, node);
    const RangeVar *range = name != NULL ? node_as(RangeVar, name->item) : NULL;
    const ColumnRef *column = node_as(ColumnRef, node);

    if (column == NULL)
        return NULL;
    if (list_length(column->fields) > 1)
        return name_to_sql(check->arena, name_from_list(column->fields));
    if (range == NULL)
        return NULL;
    return check_format(
        check, "%s.%s",
        check_quote(check, range->alias != NULL ? range->alias->aliasname
                                                : range->relname),
        check_quote(check, name_from_string(linitial(column->fields))));
}

static bool is_plain(const SelectStmt *select)
{
    return select->op == SETOP_NONE && select->valuesLists == NIL &&
           select->fromClause != NIL && select->groupClause == NIL &&
           select->havingClause == NULL && select->limitCount == NULL &&
           select->withClause == NULL && list_length(select->targetList) == 1;
}

static const char *text_of(struct check *check, struct span span,
                           const char *keyword)
{
    size_t skipped = strlen(keyword);

    return arena_copy(check->arena,
                      slice_trim(slice_part(check->text, span.offset + skipped,
                                            span.offset + span.length)));
}

/* `NOT EXISTS (SELECT 1 FROM orders WHERE orders.user_id = users.id)`. */
static const char *help_text(struct check *check, const SubLink *link)
{
    const SelectStmt *select = node_as(SelectStmt, link->subselect);
    const char *outer = qualified(check, link->testexpr), *inner, *form;
    const Node *target;
    struct clauses clauses;
    struct arena scratch = {0};
    struct span at;

    if (select == NULL || outer == NULL || !is_plain(select) ||
        !query_is_short(check))
        return "NOT EXISTS (SELECT 1 FROM ... WHERE ... = ...)";
    target = linitial_node(ResTarget, select->targetList)->val;
    inner = qualified(check, target);
    if (inner == NULL)
        return "NOT EXISTS (SELECT 1 FROM ... WHERE ... = ...)";
    at = query_words_of(check, target);
    clauses =
        clauses_around(&scratch, check->text, check->statement, at.offset);
    arena_release(&scratch);
    if (clauses.at[CLAUSE_FROM].length == 0)
        return "NOT EXISTS (SELECT 1 FROM ... WHERE ... = ...)";
    if (clauses.at[CLAUSE_WHERE].length == 0)
        return check_format(
            check, "NOT EXISTS (SELECT 1 FROM %s WHERE %s = %s)",
            text_of(check, clauses.at[CLAUSE_FROM], "FROM"), inner, outer);
    form = node_as(BoolExpr, select->whereClause) != NULL &&
                   ((const BoolExpr *)select->whereClause)->boolop == OR_EXPR
               ? "NOT EXISTS (SELECT 1 FROM %s WHERE (%s) AND %s = %s)"
               : "NOT EXISTS (SELECT 1 FROM %s WHERE %s AND %s = %s)";
    return arena_format(
        check->arena, form, text_of(check, clauses.at[CLAUSE_FROM], "FROM"),
        text_of(check, clauses.at[CLAUSE_WHERE], "WHERE"), inner, outer);
}

static const char *message_text(struct check *check, const ColumnRef *column)
{
    static const char end[] = "then no row passes, not even one that is not "
                              "among them";
    const struct query_name *name =
        column != NULL ? query_name_of(check, column) : NULL;

    if (name == NULL || name->column == NULL)
        return check_format(
            check, "NOT IN meets a NULL if the sub-select gives one: %s", end);
    return check_format(check,
                        "NOT IN meets a NULL if \"%s\" of %s is null in a row: "
                        "%s",
                        name->column->name,
                        advice_relation_name(check, &name->table->relation),
                        end);
}

static void check_node(struct check *check, const Node *node)
{
    const SubLink *link = not_in(node);
    const ColumnRef *column;
    enum nullness nullness;
    struct finding *finding;

    if (link == NULL)
        return;
    nullness = nullness_of_query(check, link->subselect, &column);
    if (nullness == NULLNESS_NEVER)
        return;
    finding = check_report(check, query_words_at(check, link->location), link,
                           message_text(check, column), help_text(check, link));
    if (nullness == NULLNESS_UNKNOWN)
        finding_lower(finding, SEVERITY_INFO);
}

static const NodeTag tags[] = {T_BoolExpr, T_SubLink, T_Invalid};

const struct rule rule_not_in_subquery = {
    .id = "not-in-subquery",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "NOT IN (SELECT ...) gives nothing if a row is NULL",
    .rationale =
        "x NOT IN (1, 2, NULL) is never true: whether x differs from a value "
        "that is not known is not known. One row with a NULL in the sub-select "
        "and the query gives no rows at all, without an error, perhaps years "
        "after it was written. Besides, the server cannot make a join of NOT "
        "IN: it looks the rows up in a hash table that must fit into "
        "work_mem, or goes through them again for each row.\n\n"
        "NOT EXISTS asks what was meant, and becomes an anti join. Or leave "
        "the nulls out: WHERE c IS NOT NULL.\n\n"
        "Not reported where the column is NOT NULL, or a condition of the "
        "sub-select is true of no null. Where the table is not known, this is "
        "an info.",
    .ignore_when = "The column has no nulls, though nothing says so.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM orders);",
    .good = "SELECT id FROM users WHERE NOT EXISTS\n"
            "    (SELECT 1 FROM orders WHERE orders.user_id = users.id);",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Anti Join",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
