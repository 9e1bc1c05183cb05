/*
 * distinct-on-without-order-by: DISTINCT ON that keeps whichever row comes first.
 * Sees every SELECT in the tree and compares its lists as they are written.
 */
#include "lint/query_names.h"
#include "lint/query_words.h"

#include <string.h>

/* Longer lists are taken for such that say which row. */
#define LIST_MAX 64

/* The name of a plain column without its table's; null for anything else. */
static const char *column_name(const Node *node)
{
    const ColumnRef *column = node_as(ColumnRef, node);

    return column != NULL ? name_from_string(llast(column->fields)) : NULL;
}

/* What a number or a name of the output in ORDER BY or DISTINCT ON stands for. */
static const Node *meaning(const SelectStmt *select, const Node *node)
{
    const A_Const *position = node_as(A_Const, node);
    const char *name = column_name(node);

    if (position != NULL && !position->isnull && IsA(&position->val, Integer)) {
        int number = position->val.ival.ival;

        if (number >= 1 && number <= list_length(select->targetList))
            return list_nth_node(ResTarget, select->targetList, number - 1)
                ->val;
    }
    foreach_node (ResTarget, target, select->targetList)
        if (name != NULL && target->name != NULL &&
            list_length(((const ColumnRef *)node)->fields) == 1 &&
            strcmp(target->name, name) == 0)
            return target->val;
    return node;
}

/* Columns by what they mean, or by their names if that is not known; of anything
 * else it is assumed that they are. */
static bool are_same(struct check *check, const Node *a, const Node *b)
{
    const struct query_name *first = query_name_of_node(check, a);
    const struct query_name *second = query_name_of_node(check, b);
    const char *one = column_name(a), *other = column_name(b);

    if (one == NULL || other == NULL)
        return one == other && nodeTag(a) == nodeTag(b);
    if (first != NULL && second != NULL && first->item != second->item)
        return false;
    return strcmp(one, other) == 0;
}

static bool is_distinct(struct check *check, const SelectStmt *select,
                        const Node *node)
{
    node = meaning(select, node);
    foreach_ptr (Node, key, select->distinctClause)
        if (are_same(check, meaning(select, key), node))
            return true;
    return false;
}

/* ORDER BY has more than what is distinct: that tells the rows apart. */
static bool is_row_chosen(struct check *check, const SelectStmt *select)
{
    if (list_length(select->sortClause) > LIST_MAX)
        return true;
    foreach_node (SortBy, sort, select->sortClause)
        if (!is_distinct(check, select, sort->node))
            return true;
    return false;
}

/* Nothing but what is distinct is given: all rows of a key are alike. */
static bool is_key_alone(struct check *check, const SelectStmt *select)
{
    if (list_length(select->targetList) > LIST_MAX)
        return false;
    foreach_node (ResTarget, target, select->targetList)
        if (!is_distinct(check, select, target->val))
            return false;
    return true;
}

/* A unique index all of whose columns, of this item of FROM, are distinct: the
 * rows of a key have one row of the item. */
static bool is_item_fixed(struct check *check, const SelectStmt *select,
                          const struct query_name *of)
{
    for (size_t i = 0; of->table != NULL && i < of->table->indexes.count; i++) {
        const struct index *index = of->table->indexes.items[i];
        size_t fixed = 0;

        if (!index->is_unique || index->relation.object.is_dropped ||
            index->predicate != NULL)
            continue;
        foreach_ptr (Node, key, select->distinctClause) {
            const struct query_name *name =
                query_name_of_node(check, meaning(select, key));

            for (size_t j = 0; name != NULL && name->item == of->item &&
                               j < index->column_count;
                 j++)
                fixed += index->columns[j].column != NULL &&
                         index->columns[j].column == name->column;
        }
        if (fixed >= index->column_count)
            return true;
    }
    return false;
}

struct output_search {
    struct check *check;
    const SelectStmt *select;
    bool is_open;    /* some column may differ */
    bool is_unknown; /* of a table that the files do not make */
};

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct output_search *search = closure;
    const ColumnRef *column = node_as(ColumnRef, node);
    const struct query_name *name;

    (void)walk;
    if (column == NULL || is_distinct(search->check, search->select, node))
        return !search->is_open;
    name = query_name_of(search->check, column);
    if (name == NULL || name->table == NULL || !name->table->is_complete)
        search->is_unknown = true;
    if (name == NULL || !is_item_fixed(search->check, search->select, name))
        search->is_open = true;
    return !search->is_open;
}

/* What is given but the key, as far as it is known to differ. */
static struct output_search search_outputs(struct check *check,
                                           const SelectStmt *select)
{
    struct output_search search = {.check = check, .select = select};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, (const Node *)select->targetList, visit, &search);
    walker_release(&walker);
    return search;
}

static const char *key_text(struct check *check, const SelectStmt *select)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    foreach_ptr (Node, key, select->distinctClause) {
        const char *name = column_name(key);

        if (name == NULL)
            return "...";
        if (text.length > 0)
            buffer_add_text(&text, ", ");
        buffer_add_text(
            &text,
            name_to_sql(check->arena,
                        name_from_list(((const ColumnRef *)key)->fields)));
    }
    return buffer_text(&text);
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    struct output_search outputs;
    struct finding *finding;
    const Node *key;

    if (select->distinctClause == NIL ||
        linitial(select->distinctClause) == NULL)
        return;
    key = linitial(select->distinctClause);
    if (list_length(select->distinctClause) > LIST_MAX ||
        is_row_chosen(check, select) || is_key_alone(check, select) ||
        !query_is_whole(check))
        return;
    outputs = search_outputs(check, select);
    if (!outputs.is_open)
        return;
    finding = check_report(
        check, query_words_of(check, key), node,
        "DISTINCT ON keeps any one of the rows with the same key: nothing says "
        "which",
        check_format(check,
                     "ORDER BY %s, and then by what makes a row the first: "
                     "created_at DESC, say",
                     key_text(check, select)));
    if (outputs.is_unknown)
        finding_lower(finding, SEVERITY_INFO);
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_distinct_on_without_order_by = {
    .id = "distinct-on-without-order-by",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "DISTINCT ON keeps any row of each key",
    .rationale =
        "DISTINCT ON (customer_id) keeps the first row of each customer, and "
        "without an ORDER BY that goes on after the key, first is whichever "
        "comes first: another one after an UPDATE, with another plan, or on "
        "another server. The last order of each customer was meant, most "
        "times.\n\n"
        "ORDER BY begins with the columns of DISTINCT ON and goes on with what "
        "decides: ORDER BY customer_id, placed_at DESC, id DESC.\n\n"
        "Not reported where nothing but the key is given, or only columns of "
        "a table whose primary key, or other unique key, it has. Of tables "
        "that are not known this is an info.",
    .ignore_when = "The rows of a key are equal in all the columns that are "
                   "given.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,\n"
             "    placed_at timestamptz);",
    .bad = "SELECT DISTINCT ON (customer_id) customer_id, id, placed_at\n"
           "    FROM orders;",
    .good = "SELECT DISTINCT ON (customer_id) customer_id, id, placed_at\n"
            "    FROM orders ORDER BY customer_id, placed_at DESC, id DESC;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
