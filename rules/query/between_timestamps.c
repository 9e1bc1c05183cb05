/*
 * between-timestamps: BETWEEN on a timestamp with a date for its end, which is
 * midnight at the beginning of that day. Sees every BETWEEN in the tree; the
 * schema knows which columns are timestamps.
 */
#include "lint/query_names.h"
#include "lint/query_words.h"

#include <ctype.h>
#include <string.h>

static bool is_timestamp(const struct query_name *name)
{
    const struct type *type = name != NULL ? name->type.type : NULL;

    return type != NULL && type->builtin != NULL &&
           (strcmp(type->name, "timestamp") == 0 ||
            strcmp(type->name, "timestamptz") == 0);
}

/* `2024-01-31`, and no time of the day. */
static bool is_date_text(const char *text)
{
    static const char form[] = "dddd-dd-dd";

    for (size_t i = 0; form[i] != '\0'; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i])
                           : text[i] != form[i])
            return false;
    return text[strlen(form)] == '\0';
}

static bool is_to_date(const TypeCast *cast)
{
    return strcmp(name_from_string(llast(cast->typeName->names)), "date") == 0;
}

/* A day: a date as text, CURRENT_DATE, or what is cast to a date. */
static bool is_day(const Node *node)
{
    const SQLValueFunction *function;
    const A_Const *constant;

    for (; node != NULL && IsA(node, TypeCast);
         node = ((const TypeCast *)node)->arg)
        if (is_to_date((const TypeCast *)node))
            return true;
    function = node_as(SQLValueFunction, node);
    constant = node_as(A_Const, node);
    if (function != NULL)
        return function->op == SVFOP_CURRENT_DATE;
    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, String) && is_date_text(constant->val.sval.sval);
}

static const char *day_text(struct check *check, const Node *node)
{
    const A_Const *constant;

    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    constant = node_as(A_Const, node);
    if (constant != NULL && IsA(&constant->val, String) && !constant->isnull)
        return check_format(check, "date '%s'", constant->val.sval.sval);
    return node != NULL && IsA(node, SQLValueFunction) ? "current_date"
                                                       : "last_day";
}

static void check_between(struct check *check, const Node *node)
{
    const A_Expr *expression = (const A_Expr *)node;
    const ColumnRef *column = node_as(ColumnRef, expression->lexpr);
    const List *bounds;
    const char *name;

    if (expression->kind < AEXPR_BETWEEN ||
        expression->kind > AEXPR_NOT_BETWEEN_SYM || column == NULL)
        return;
    bounds = (const List *)expression->rexpr;
    if (!is_day(lsecond(bounds)) || !is_timestamp(query_name_of(check, column)))
        return;
    name = name_to_sql(check->arena, name_from_list(column->fields));
    check_report(check, query_words_of(check, lsecond(bounds)), node,
                 "BETWEEN ends as that day begins: of the day itself only "
                 "midnight counts",
                 check_format(check, "%s >= ... AND %s < %s + 1", name, name,
                              day_text(check, lsecond(bounds))));
}

static const NodeTag tags[] = {T_A_Expr, T_Invalid};

const struct rule rule_between_timestamps = {
    .id = "between-timestamps",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "BETWEEN on a timestamp leaves out the last day",
    .rationale =
        "A date that is compared with a timestamp means midnight, as that day "
        "begins. placed_at BETWEEN '2024-01-01' AND '2024-01-31' leaves out "
        "the 31st, all but its first microsecond, and two such ranges that "
        "meet count what happens at midnight twice.\n\n"
        "Write the range with its end left out: placed_at >= '2024-01-01' AND "
        "placed_at < '2024-02-01'. An index serves it as well.\n\n"
        "Columns of type date are not reported, nor are those of tables that "
        "are not known.",
    .ignore_when = "The times are all midnight, as dates are that somebody "
                   "keeps as timestamps.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, placed_at "
             "timestamptz);",
    .bad = "SELECT id FROM orders\n"
           "    WHERE placed_at BETWEEN '2024-01-01' AND '2024-01-31';",
    .good = "SELECT id FROM orders\n"
            "    WHERE placed_at >= '2024-01-01' AND placed_at < '2024-02-01';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_between,
};
