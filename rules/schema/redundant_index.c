/*
 * redundant-index: an index whose columns another one begins with, at the end
 * of the history. Reported where the later of the two was made.
 */
#include "lint/alike_index.h"

#include <string.h>

/* It enforces nothing, so that nothing but queries would miss it. */
static bool may_go(const struct index *index)
{
    return alike_index_is_judged(index) && !index->is_unique &&
           index->constraint == NULL && strcmp(index->method, "btree") == 0;
}

/* Of two that are the same duplicate-index speaks. */
static bool replaces(const struct index *longer, const struct index *index)
{
    return longer != index && alike_index_is_judged(longer) &&
           strcmp(longer->method, "btree") == 0 &&
           (longer->column_count > index->column_count || longer->is_unique) &&
           alike_index_begins_with(longer, index) &&
           alike_index_has_same_rows(longer, index) &&
           alike_index_carries(longer, index);
}

static void report(struct check *check, const struct index *index,
                   const struct index *longer, bool is_longer_first)
{
    bool is_same_length = longer->column_count == index->column_count;
    struct place place =
        is_longer_first ? index->relation.made_at : longer->relation.made_at;
    struct place other =
        is_longer_first ? longer->relation.made_at : index->relation.made_at;
    struct finding *finding = check_report_at(
        check, place, index,
        check_format(check,
                     "\"%s\" is not needed: \"%s\" on %s %s and serves "
                     "the same queries",
                     index->relation.name, longer->relation.name,
                     alike_index_columns(check, longer),
                     is_same_length
                         ? "has the same columns"
                         : check_format(check, "begins with %s",
                                        alike_index_columns(check, index))),
        alike_index_drop(check, index));

    finding_note(check, finding, other,
                 is_longer_first ? "the longer one is made here"
                                 : "the shorter one is made here");
}

static void judge_index(struct check *check, const struct table *table,
                        size_t at, size_t count)
{
    const struct index *index = table->indexes.items[at];

    if (!may_go(index))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct index *longer = table->indexes.items[i];

        if (!replaces(longer, index))
            continue;
        report(check, index, longer, i < at);
        return;
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = tables->items[i];
        size_t count = table->indexes.count;

        if (table->relation.object.is_dropped || table->relation.is_temporary)
            continue;
        if (count > ALIKE_INDEX_COUNT_MAX)
            count = ALIKE_INDEX_COUNT_MAX;
        for (size_t j = 0; j < count; j++)
            judge_index(check, table, j, count);
    }
}

const struct rule rule_redundant_index = {
    .id = "redundant-index",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_INFO,
    .summary = "Another index begins with the columns of this one",
    .rationale =
        "A B-tree index on (a, b) finds rows by a as an index on (a) does, and "
        "gives them in the order of a. The shorter one costs its room, and a "
        "write for each row that is inserted or moved, for nothing. An index "
        "on the columns of a PRIMARY KEY or UNIQUE constraint is such a one "
        "too.\n\n"
        "The rule is silent about unique indexes, which enforce something, and "
        "where operator class, collation, direction or predicate differ.",
    .ignore_when =
        "The longer index is very much larger, because of a wide second "
        "column, and the shorter one is read all the time and stays in memory.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint,\n"
             "    made_at timestamptz);",
    .bad = "CREATE INDEX orders_user_id_made_at_idx ON orders (user_id, "
           "made_at);\n"
           "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .good = "CREATE INDEX orders_user_id_made_at_idx ON orders (user_id, "
            "made_at);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
