/*
 * filter-without-index: conditions on a table that no index can serve. Sees every
 * SELECT, UPDATE and DELETE in the tree; the schema knows the indexes
 * (lint/index_use).
 */
#include "lint/advice.h"
#include "lint/index_confirm.h"
#include "lint/index_wanted.h"
#include "lint/query_words.h"

#include <string.h>

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

/* More alternatives are left alone. */
#define ARMS_MAX 6

/* From 18 on, a B-tree with few values in its first column can be searched by
 * the second: skip scan. */
static const char *skip_note(const struct index_use *use,
                             const struct table *table,
                             const struct column *column)
{
    struct check *check = use->check;

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (check->postgres_version >= 18 && index->column_count > 1 &&
            index->columns[1].column == column &&
            index->columns[0].column != NULL && index->predicate == NULL &&
            !index->relation.object.is_dropped &&
            strcmp(index->method, "btree") == 0)
            return check_format(
                check, ", unless \"%s\" has few values of %s to skip through",
                index->relation.name,
                check_quote(check, index->columns[0].column->name));
    }
    return "";
}

static const char *help_of(struct check *check, const struct table *table,
                           const struct index_wanted *wanted)
{
    return index_wanted_help(check, table,
                             index_wanted_definition(check, wanted),
                             wanted->keys[0].column->name);
}

/* An index that has the column, but not all rows. */
static const char *partial_note(const struct index_use *use,
                                const struct table *table,
                                const struct index_wanted *wanted)
{
    struct check *check = use->check;

    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        if (index->predicate != NULL &&
            index_leads_with(index, wanted->keys[0].column))
            return check_format(check, ", for \"%s\" has only those WHERE %s",
                                index->relation.name, index->predicate);
    }
    return "";
}

static void report(const struct index_use *use, const Node *item,
                   const struct index_wanted *wanted, const char *help)
{
    struct check *check = use->check;
    const struct table *table = index_use_table(use, item);
    const struct column *column = wanted->keys[0].column;
    struct finding *finding = check_report(
        check, query_words_of(check, (const Node *)wanted->first), item,
        check_format(
            check,
            "no index of %s serves this condition: every row is read%s%s",
            advice_relation_name(check, &table->relation),
            partial_note(use, table, wanted), skip_note(use, table, column)),
        help);

    index_confirm_later(use, finding, table, column);
}

static bool is_among(const struct index_wanted *arms, size_t count,
                     const struct index_wanted *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (arms[i].keys[0].column == wanted->keys[0].column)
            return true;
    return false;
}

/* a = 1 OR b = 2: with an index for each the server combines them; without one
 * for each it reads all rows. */
static void judge_arms(const struct index_use *use, const Node *item,
                       const BoolExpr *either)
{
    const struct table *table = index_use_table(use, item);
    struct index_wanted arms[ARMS_MAX];
    struct buffer help;
    size_t count = 0;

    buffer_init(&help, use->check->arena);
    foreach_ptr (Node, arm, either->args) {
        struct index_wanted wanted;

        if (index_use_serves_condition(use, item, arm))
            continue;
        wanted = index_wanted_of_arm(use, item, arm);
        if (wanted.count == 0)
            return;
        if (is_among(arms, count, &wanted))
            continue;
        if (count == ARMS_MAX)
            return;
        buffer_add_format(&help, "%s%s", count > 0 ? "\n" : "",
                          help_of(use->check, table, &wanted));
        arms[count++] = wanted;
    }
    if (count > 0)
        report(use, item, &arms[0], buffer_text(&help));
}

static const BoolExpr *only_alternatives(const struct index_use *use)
{
    const BoolExpr *either =
        use->whole_count == 1 ? node_as(BoolExpr, use->conditions.items[0].node)
                              : NULL;

    return either != NULL && either->boolop == OR_EXPR ? either : NULL;
}

static void judge_item(const struct index_use *use, const Node *item)
{
    const struct table *table = index_use_table(use, item);
    struct index_wanted wanted;

    if (table == NULL || index_use_is_served(use, item) ||
        is_small(use->check, table))
        return;
    wanted = index_wanted_of(use, item);
    if (wanted.count > 0)
        report(use, item, &wanted, help_of(use->check, table, &wanted));
    else if (only_alternatives(use) != NULL)
        judge_arms(use, item, only_alternatives(use));
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->items.count; i++)
        judge_item(use, use->items.items[i].node);
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
        "compared by =; so columns of = come first in it, then those of ORDER "
        "BY ... LIMIT, or one range. The column must reach the operator as it "
        "is: size = 5.5 casts an integer to numeric, and no index has that. A "
        "partial index serves where the query implies its condition, an index "
        "on an expression where the query has that, and a = 1 OR b = 2 needs "
        "one for each.\n\n"
        "Make the index with CREATE INDEX CONCURRENTLY; the help writes it, "
        "for the rows alone that the query's constant conditions leave. Where "
        "another condition on the table is served, by a join too, or ORDER BY "
        "with LIMIT is, nothing is reported; nor are boolean columns, which "
        "leave half of the rows, nor where the condition leaves partitions "
        "out, nor statements of a migration, which run once, nor tables that "
        "are not known from their beginning.\n\n"
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
    .confirm = index_confirm,
};
