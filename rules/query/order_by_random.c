/*
 * order-by-random: ORDER BY random() with LIMIT, which reads and sorts a whole
 * table for a few rows. Sees every SELECT in the tree.
 */
#include "lint/query_scope.h"
#include "lint/query_words.h"

#include <string.h>

/* random(), gen_random_uuid(): a value for each row that says nothing of it. */
static const FuncCall *random_call(const Node *node)
{
    static const char *const names[] = {"random", "gen_random_uuid",
                                        "uuid_generate_v4"};
    const FuncCall *call = node_as(FuncCall, node);

    if (call == NULL || call->args != NIL)
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name_from_string(llast(call->funcname)), names[i]) == 0)
            return call;
    return NULL;
}

/* The table whose rows are drawn from, with no condition: TABLESAMPLE can draw
 * from it at once. */
static const RangeVar *whole_table(const SelectStmt *select)
{
    if (list_length(select->fromClause) != 1 || select->whereClause != NULL)
        return NULL;
    return node_as(RangeVar, linitial(select->fromClause));
}

/* Whether some table's rows are read, other than a sample of them. Those of a
 * WITH query are read in any case. */
static bool reads_table(const struct check *check, const SelectStmt *select)
{
    struct arena scratch = {0};
    const struct from_scope *scope = from_scope_of(
        &scratch, select->withClause, query_scope_around(check, &scratch));
    struct from_items items = {0};
    bool has_table = false, has_sample = false;

    from_add_list(&scratch, &items, select->fromClause, scope);
    for (size_t i = 0; i < items.count; i++) {
        has_table = has_table || items.items[i].table != NULL;
        has_sample = has_sample || IsA(items.items[i].node, RangeTableSample);
    }
    arena_release(&scratch);
    return has_table && !has_sample;
}

static const char *help_text(struct check *check, const SelectStmt *select)
{
    const RangeVar *table = whole_table(select);

    if (table == NULL)
        return "draw keys in the application and look them up, or keep a "
               "random number in a column with an index: WHERE it >= "
               "random() ORDER BY it LIMIT n";
    return check_format(check,
                        "SELECT ... FROM %s TABLESAMPLE SYSTEM (1) "
                        "LIMIT n;",
                        check_quote_name(check, name_from_range_var(table)));
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    const FuncCall *call;

    if (select->limitCount == NULL || select->sortClause == NIL)
        return;
    call = random_call(linitial_node(SortBy, select->sortClause)->node);
    if (call == NULL || !reads_table(check, select))
        return;
    check_report(check, query_words_at(check, call->location), call,
                 "ORDER BY a random number reads and sorts all rows to give a "
                 "few",
                 help_text(check, select));
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_order_by_random = {
    .id = "order-by-random",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "ORDER BY random() LIMIT n sorts every row",
    .rationale =
        "For a few rows at random the server computes a number for every row "
        "that the condition lets through, and sorts by it. No index can help, "
        "as the order is another one each time. It is fast on the thousand "
        "rows of a test and not on a million.\n\n"
        "TABLESAMPLE reads a random part of the table's pages, or rows with "
        "BERNOULLI; draw keys in the application; or keep a random number in "
        "an indexed column and start from one.\n\n"
        "Without LIMIT all rows are wanted anyway, and their order costs "
        "little more: that is not reported, nor is what shuffles a sample, or "
        "rows of no table.",
    .ignore_when = "The condition leaves few rows to draw from.",
    .setup = "CREATE TABLE quotes (id bigint PRIMARY KEY, words text);",
    .bad = "SELECT words FROM quotes ORDER BY random() LIMIT 1;",
    .good = "SELECT words FROM quotes TABLESAMPLE SYSTEM (1) LIMIT 1;",
    .claim = CLAIM_PLAN_WITH,
    .claim_text = "Sort",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
