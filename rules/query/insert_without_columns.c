/*
 * insert-without-columns: INSERT that pairs values with whatever columns the
 * table has. Sees every INSERT in the tree; the schema knows the columns.
 */
#include "lint/advice.h"
#include "lint/query_words.h"
#include "query/from.h"

/* How many values a row has; 0 if that is not written. */
static size_t value_count(const SelectStmt *select)
{
    const List *values = select->valuesLists != NIL
                             ? linitial(select->valuesLists)
                             : select->targetList;

    foreach_ptr (Node, value, values)
        if (from_star(value) != NULL)
            return 0;
    return (size_t)list_length(values);
}

/* `SELECT * FROM rows`, where the statement names the columns of rows. Another
 * star is select-star's: it says the same. */
static bool has_star(const SelectStmt *select)
{
    while (select->op != SETOP_NONE)
        select = select->larg;
    foreach_ptr (Node, target, select->targetList)
        if (from_star(target) != NULL)
            return true;
    return false;
}

/* All that is read are WITH queries of the statement: their author sees both
 * ends. */
static bool reads_with_query(const InsertStmt *insert, const SelectStmt *select)
{
    struct arena scratch = {0};
    struct from_items items = {0};
    const struct from_scope *scope =
        from_scope_of(&scratch, insert->withClause, NULL);
    bool is_so = false;

    scope = from_scope_of(&scratch, select->withClause, scope);
    from_add_list(&scratch, &items, select->fromClause, scope);
    for (size_t i = 0; i < items.count; i++) {
        is_so =
            items.items[i].query != NULL && IsA(items.items[i].node, RangeVar);
        if (!is_so)
            break;
    }
    arena_release(&scratch);
    return is_so;
}

/* `(a, b)`, of as many columns as there are values; null if they are not
 * known. */
static const char *column_list(struct check *check, const InsertStmt *insert,
                               size_t count)
{
    const struct table *table =
        schema_find_table(check->schema, name_from_range_var(insert->relation));
    struct buffer list;
    size_t found = 0;

    if (table == NULL || !table->is_complete || count == 0)
        return NULL;
    buffer_init(&list, check->arena);
    for (size_t i = 0; i < table->columns.count && found < count; i++) {
        const struct column *column = table->columns.items[i];

        if (column->object.is_dropped)
            continue;
        buffer_add_text(&list, found++ > 0 ? ", " : " (");
        writer_add_identifier(&list, column->name);
    }
    buffer_add_char(&list, ')');
    return found == count ? buffer_text(&list) : NULL;
}

static const char *help_text(struct check *check, const InsertStmt *insert,
                             const SelectStmt *select, struct span table)
{
    const char *columns = column_list(check, insert, value_count(select));
    struct span at = {table.offset + table.length, 0};
    const char *rewritten = NULL;

    if (columns != NULL && insert->relation->alias == NULL)
        rewritten = query_rewrite(check, at, columns);
    if (rewritten != NULL)
        return rewritten;
    return check_format(
        check, "INSERT INTO %s%s ...",
        check_quote_name(check, name_from_range_var(insert->relation)),
        columns != NULL ? columns : " (column, ...)");
}

static void check_insert(struct check *check, const Node *node)
{
    const InsertStmt *insert = (const InsertStmt *)node;
    const SelectStmt *select = node_as(SelectStmt, insert->selectStmt);
    struct span words;

    if (insert->cols != NIL || select == NULL || has_star(select) ||
        check_is_new(check, name_from_range_var(insert->relation)) ||
        reads_with_query(insert, select) || !query_is_whole(check))
        return;
    words = query_words_of_relation(check, insert->relation);
    check_report(
        check, words, node,
        check_format(
            check,
            "INSERT into %s without a list of columns fails, or fills the "
            "wrong ones, when they change",
            advice_name(check, name_from_range_var(insert->relation))),
        help_text(check, insert, select, words));
}

static const NodeTag tags[] = {T_InsertStmt, T_Invalid};

const struct rule rule_insert_without_columns = {
    .id = "insert-without-columns",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_WARNING,
    .summary = "INSERT relies on the order of the table's columns",
    .rationale =
        "Without a list of columns the first value goes to the first column, "
        "and so on. Values may be fewer than columns, so that a column which "
        "somebody adds is no error; but the order of columns differs between "
        "databases that were migrated and those that were made anew, and "
        "values of one type change places in silence.\n\n"
        "Name the columns. A table that the same migration makes is not "
        "reported, nor are rows of a WITH query of the same statement, INSERT "
        "... DEFAULT VALUES, and INSERT ... SELECT *, of which select-star "
        "speaks.",
    .ignore_when = "The script fills a table that it has just made.",
    .setup = "CREATE TABLE colors (id int PRIMARY KEY, name text);",
    .bad = "INSERT INTO colors VALUES (1, 'red');",
    .good = "INSERT INTO colors (id, name) VALUES (1, 'red');",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_insert,
};
