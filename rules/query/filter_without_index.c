/*
 * filter-without-index: conditions on a table that no index can serve. Sees every
 * SELECT, UPDATE and DELETE in the tree; the schema knows the indexes
 * (lint/index_use).
 */
#include "lint/advice.h"
#include "lint/index_use.h"
#include "lint/query_words.h"

#include <string.h>

/* An index with more columns helps little. */
#define COLUMNS_MAX 3

/* The columns of an index that would serve: those that are compared by `=`,
 * then one range. */
struct wanted {
    const struct column *columns[COLUMNS_MAX];
    size_t count;
    const ColumnRef *first; /* that a condition names */
};

static void want(struct wanted *wanted, const struct index_term *term)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->columns[i] == term->name->column)
            return;
    if (wanted->count == COLUMNS_MAX)
        return;
    wanted->columns[wanted->count++] = term->name->column;
    if (wanted->first == NULL)
        wanted->first = term->name->reference;
}

/* The condition stands by itself, and not in an arm of OR. */
static bool is_whole(const struct index_use *use, const struct index_term *term)
{
    for (size_t i = 0; i < use->whole_count; i++)
        if (use->conditions.items[i].node == term->condition &&
            use->conditions.items[i].join == NULL)
            return true;
    return false;
}

/* Whether a column has two values, or nothing is looked for by it. */
static bool is_selective(const struct index_term *term)
{
    const struct type *type = term->name->type.type;

    return IsA(term->condition, A_Expr) &&
           (type == NULL || strcmp(type->name, "bool") != 0);
}

static void find_wanted(const struct index_use *use, const Node *item,
                        struct wanted *wanted)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < use->terms.count; i++) {
            const struct index_term *term = &use->terms.items[i];

            if (term->name->item != item || !term->is_value ||
                !is_selective(term) || !is_whole(use, term))
                continue;
            if (pass == 0 && term->is_equality)
                want(wanted, term);
            if (pass == 1 && !term->is_equality) {
                want(wanted, term);
                return;
            }
        }
}

static const char *column_list(struct check *check, const struct wanted *wanted)
{
    struct buffer text;

    buffer_init(&text, check->arena);
    for (size_t i = 0; i < wanted->count; i++) {
        if (i > 0)
            buffer_add_text(&text, ", ");
        writer_add_identifier(&text, wanted->columns[i]->name);
    }
    return buffer_text(&text);
}

/* A table that the settings call small: `small_tables: countries, units`. */
static bool is_small(const struct check *check, const struct table *table)
{
    struct slice list = slice_from(check_option_string(check, "small_tables"));
    size_t start = 0;

    while (start < list.length) {
        size_t end = start;

        while (end < list.length && list.start[end] != ',')
            end++;
        if (slice_equal(slice_trim(slice_part(list, start, end)),
                        slice_from(table->relation.name)))
            return true;
        start = end + 1;
    }
    return false;
}

static void judge_item(const struct index_use *use, const Node *item)
{
    struct check *check = use->check;
    const struct table *table = index_use_table(use, item);
    struct wanted wanted = {.count = 0};
    const char *columns;

    if (table == NULL || index_use_is_served(use, item) ||
        is_small(check, table))
        return;
    find_wanted(use, item, &wanted);
    if (wanted.count == 0)
        return;
    columns = column_list(check, &wanted);
    check_report(
        check, query_words_of(check, (const Node *)wanted.first), item,
        check_format(check,
                     "no index of %s serves this condition: every row is read",
                     advice_relation_name(check, &table->relation)),
        check_format(check, "CREATE INDEX CONCURRENTLY ON %s (%s);",
                     advice_relation_sql(check, &table->relation), columns));
}

static void check_query(struct check *check, const Node *node)
{
    struct arena scratch = {0};
    struct index_use use;

    if (index_use_of(check, &scratch, node, &use))
        for (size_t i = 0; i < use.items.count; i++)
            judge_item(&use, use.items.items[i].node);
    arena_release(&scratch);
}

static const struct rule_option options[] = {
    {"small_tables", OPTION_STRING, "", "tables with few rows, by commas"},
    {NULL, OPTION_STRING, NULL, NULL},
};

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_filter_without_index = {
    .id = "filter-without-index",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_OFF,
    .summary = "No index serves the conditions on a table",
    .rationale =
        "A condition that no index serves makes the server read all rows of "
        "the table, each time. A B-tree index serves a comparison with its "
        "first column, and with the next ones as long as those before are "
        "compared by =; so columns of = come first in it, then one range. A "
        "partial index serves where the query has its condition too, an index "
        "on an expression where the query has that.\n\n"
        "Make the index with CREATE INDEX CONCURRENTLY. Where another "
        "condition on the table is served, by a join too, or ORDER BY with "
        "LIMIT is, nothing is reported; nor are boolean columns, which leave "
        "half of the rows, nor statements of a migration, which run once, nor "
        "tables that are not known from their beginning.\n\n"
        "The option small_tables names tables of a few rows.",
    .ignore_when = "The table is small, or the condition leaves most of its "
                   "rows: reading them all is the quickest way.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, email text,\n"
             "    phone text, placed_at timestamptz);\n"
             "CREATE INDEX ON orders (email, placed_at);",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT id FROM orders WHERE phone = '5550123';",
    .good = "CREATE VIEW found AS\n"
            "    SELECT id FROM orders WHERE email = 'a@example.org';",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT id FROM found",
    .directions = RULE_UP,
    .options = options,
    .tags = tags,
    .check_node = check_query,
};
