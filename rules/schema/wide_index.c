/*
 * wide-index: a B-tree index with more key columns than one query is likely to
 * use, at the end of the history.
 */
#include "lint/alike_index.h"

#include <string.h>

static bool is_wide(const struct check *check, const struct index *index)
{
    long most = check_option_integer(check, "columns");

    return most > 0 && index->column_count > (size_t)most &&
           alike_index_is_judged(index) && !index->is_unique &&
           index->constraint == NULL && strcmp(index->method, "btree") == 0;
}

/* In the order that it has now, which ORDER BY may rely on. */
static void add_key(struct check *check, struct buffer *help,
                    const struct index_column *key)
{
    if (key->column != NULL)
        buffer_add_text(help, check_quote(check, key->column->name));
    else
        buffer_add_format(help, "(%s)", key->expression);
    if (key->is_descending)
        buffer_add_text(help, " DESC");
    if (key->is_nulls_first != key->is_descending)
        buffer_add_text(help,
                        key->is_nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

/* An index of the first columns. */
static const char *help_text(struct check *check, const struct index *index)
{
    long count = check_option_integer(check, "columns");
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help, "CREATE INDEX %sON %s (",
                      index->table->relation.kind == RELATION_PARTITIONED_TABLE
                          ? ""
                          : "CONCURRENTLY ",
                      advice_relation_sql(check, &index->table->relation));
    for (size_t i = 0; i < (size_t)count; i++) {
        buffer_add_text(&help, i > 0 ? ", " : "");
        add_key(check, &help, &index->columns[i]);
    }
    buffer_add_char(&help, ')');
    if (index->predicate != NULL)
        buffer_add_format(&help, " WHERE %s", index->predicate);
    buffer_add_char(&help, ';');
    return buffer_text(&help);
}

static void judge(struct check *check, const struct index *index)
{
    if (!is_wide(check, index))
        return;
    check_report_at(
        check, index->relation.made_at, index,
        check_format(check,
                     "\"%s\" has %zu key columns: only a query with equality "
                     "on all but the last finds its rows by them all",
                     index->relation.name, index->column_count),
        help_text(check, index));
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];

        if (table->relation.object.is_dropped || table->relation.is_temporary)
            continue;
        for (size_t j = 0; j < table->indexes.count; j++)
            judge(check, table->indexes.items[j]);
    }
}

static const struct rule_option options[] = {
    {"columns", OPTION_INTEGER, "3", "how many key columns an index may have"},
    {0},
};

const struct rule rule_wide_index = {
    .id = "wide-index",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "An index has more than three key columns",
    .rationale =
        "A B-tree finds rows by the columns of its key from left to right: a "
        "column after the first that the query does not compare by equality "
        "narrows nothing any more, it only filters. Each further column makes "
        "the index larger, every write dearer, and updates of that column "
        "write to the index, which they else would not (HOT). Two or three "
        "columns find few enough rows nearly always; what queries only read "
        "belongs into INCLUDE.\n\n"
        "The rule is silent about unique indexes, which are as wide as what "
        "they enforce.",
    .ignore_when = "A query that matters compares all columns by equality, or "
                   "orders by them.",
    .options = options,
    .setup = "CREATE TABLE events (id bigint PRIMARY KEY, tenant_id bigint,\n"
             "    kind text, state text, made_at timestamptz);",
    .bad = "CREATE INDEX ON events (tenant_id, kind, state, made_at);",
    .good = "CREATE INDEX ON events (tenant_id, kind, made_at);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
