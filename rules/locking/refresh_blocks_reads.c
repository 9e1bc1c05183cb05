/*
 * refresh-blocks-reads: REFRESH MATERIALIZED VIEW without CONCURRENTLY. Sees
 * every REFRESH with the schema before it.
 */
#include "lint/advice.h"

/* CONCURRENTLY finds out by it which rows are new. */
static bool has_whole_unique_index(const struct table *view)
{
    for (size_t i = 0; view != NULL && i < view->indexes.count; i++) {
        const struct index *index = view->indexes.items[i];
        bool is_plain = !index->relation.object.is_dropped &&
                        index->is_unique && index->is_valid &&
                        index->predicate == NULL;

        for (size_t j = 0; is_plain && j < index->column_count; j++)
            is_plain = index->columns[j].column != NULL;
        if (is_plain)
            return true;
    }
    return false;
}

static const char *message_text(struct check *check,
                                const RefreshMatViewStmt *refresh)
{
    const char *name =
        advice_name(check, name_from_range_var(refresh->relation));

    if (refresh->skipData)
        return check_format(check,
                            "WITH NO DATA empties %s: every query on it fails "
                            "(\"has not been populated\") until the next "
                            "REFRESH",
                            name);
    return check_format(
        check, "REFRESH blocks reads of %s until its query has run", name);
}

static const char *index_name(struct check *check, struct qualified_name name,
                              const struct table *view)
{
    return check_quote(check, advice_free_name(check, name, view, NULL, "key"));
}

static const char *help_text(struct check *check,
                             const RefreshMatViewStmt *refresh)
{
    struct qualified_name name = name_from_range_var(refresh->relation);
    const struct table *view = schema_find_table(check->schema, name);
    const char *sql = check_quote_name(check, name);
    struct buffer help;

    buffer_init(&help, check->arena);
    if (!has_whole_unique_index(view)) {
        buffer_add_format(&help,
                          "-- once, on columns that no two of its rows have in "
                          "common:\n"
                          "CREATE UNIQUE INDEX %s ON %s (...);\n",
                          index_name(check, name, view), sql);
        buffer_add_text(&help, "-- then, which lets others read:\n");
    }
    buffer_add_format(&help, "REFRESH MATERIALIZED VIEW CONCURRENTLY %s;", sql);
    return buffer_text(&help);
}

static void check_refresh(struct check *check, const Node *node)
{
    const RefreshMatViewStmt *refresh = (const RefreshMatViewStmt *)node;
    struct qualified_name name;
    const struct table *view;

    if (refresh->concurrent || refresh->relation == NULL || check->is_in_body)
        return;
    name = name_from_range_var(refresh->relation);
    view = schema_find_table(check->schema, name);
    if (check_is_new(check, name) || check_effects(check)->fails != NULL)
        return;
    /* Nobody can read it before its first REFRESH. */
    if (view != NULL && view->is_complete && !view->is_populated)
        return;
    check_report(check, words_of_statement(check->statement), node,
                 message_text(check, refresh), help_text(check, refresh));
}

static const NodeTag tags[] = {T_RefreshMatViewStmt, T_Invalid};

const struct rule rule_refresh_blocks_reads = {
    .id = "refresh-blocks-reads",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY blocks reads",
    .rationale =
        "REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on the view before "
        "it runs the view's query, and keeps it until the end of the "
        "transaction: who reads the view waits as long as that takes. WITH NO "
        "DATA takes but a moment and leaves a view that nobody can read: "
        "`materialized view \"totals\" has not been populated`.\n\n"
        "REFRESH ... CONCURRENTLY lets everybody read the old rows meanwhile, "
        "and then changes those that differ. It needs a unique index on "
        "columns of the view, without WHERE; it may run inside a "
        "transaction.\n\n"
        "The rule is silent for views that the same migration creates, and for "
        "those that have never been filled.",
    .ignore_when =
        "Nobody reads the view while it is computed, or it is computed "
        "in a moment.",
    .setup = "CREATE TABLE orders (user_id bigint, total integer);\n"
             "CREATE MATERIALIZED VIEW totals AS\n"
             "    SELECT user_id, sum(total) FROM orders GROUP BY user_id;\n"
             "CREATE UNIQUE INDEX totals_key ON totals (user_id);",
    .bad = "REFRESH MATERIALIZED VIEW totals;",
    .good = "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_refresh,
};
