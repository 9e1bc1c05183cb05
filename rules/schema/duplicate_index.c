/*
 * duplicate-index: two indexes of a table that are the same in all but their
 * names, at the end of the history. Reported where the second was made.
 */
#include "lint/alike_index.h"
#include "lint/typed_columns.h"

#include <string.h>

static bool is_same(const struct index *a, const struct index *b)
{
    return a->column_count == b->column_count && a->is_unique == b->is_unique &&
           a->is_nulls_not_distinct == b->is_nulls_not_distinct &&
           strcmp(a->method, b->method) == 0 && alike_index_begins_with(a, b) &&
           alike_index_has_same_rows(a, b) && alike_index_carries(a, b) &&
           alike_index_carries(b, a);
}

/* A constraint can be deferred, and an index cannot; an exclusion constraint
 * is no other index's like. */
static bool is_comparable(const struct index *a, const struct index *b)
{
    bool a_waits = a->constraint != NULL && a->constraint->is_deferrable;
    bool b_waits = b->constraint != NULL && b->constraint->is_deferrable;

    return a_waits == b_waits && a->columns[0].exclusion_operator == NULL &&
           b->columns[0].exclusion_operator == NULL;
}

static bool is_relied_on(const struct index *index)
{
    const struct constraint_array *keys = &index->table->referenced_by;

    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i]->index == index &&
            !keys->items[i]->object.is_dropped)
            return true;
    return false;
}

/* What speaks against dropping it, in order. */
static int weight_of(const struct index *index)
{
    if (index->is_primary)
        return 4;
    if (is_relied_on(index))
        return 3;
    if (index->table->replica_identity == index)
        return 2;
    return index->constraint != NULL;
}

static void report(struct check *check, const struct index *first,
                   const struct index *second)
{
    const struct index *useless =
        weight_of(first) < weight_of(second) ? first : second;
    struct finding *finding = check_report_at(
        check, second->relation.made_at, useless,
        check_format(check,
                     "\"%s\" is the same index as \"%s\": every write of %s "
                     "keeps both of %s up to date, and no query needs two",
                     second->relation.name, first->relation.name,
                     advice_relation_name(check, &second->table->relation),
                     alike_index_columns(check, second)),
        alike_index_drop(check, useless));

    finding_note(check, finding, first->relation.made_at,
                 "the first one is made here");
}

static void judge_table(struct check *check, const struct table *table)
{
    size_t count = table->indexes.count;

    if (count > ALIKE_INDEX_COUNT_MAX)
        count = ALIKE_INDEX_COUNT_MAX;
    for (size_t i = 1; i < count; i++) {
        const struct index *second = table->indexes.items[i];

        if (!alike_index_is_judged(second))
            continue;
        for (size_t j = 0; j < i; j++) {
            const struct index *first = table->indexes.items[j];

            if (!alike_index_is_judged(first) ||
                !is_comparable(first, second) || !is_same(first, second))
                continue;
            report(check, first, second);
            break;
        }
    }
}

static void finish(struct check *check)
{
    const struct table_array *tables = schema_tables(check->schema);

    for (size_t i = 0; i < tables->count; i++)
        if (!tables->items[i]->relation.object.is_dropped &&
            !tables->items[i]->relation.is_temporary)
            judge_table(check, tables->items[i]);
}

const struct rule rule_duplicate_index = {
    .id = "duplicate-index",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_WARNING,
    .summary = "Two indexes of a table are the same",
    .rationale =
        "The server does not mind a second index with the same columns, "
        "operator classes, predicate and uniqueness. It takes the same room on "
        "disk and in memory, every INSERT and most UPDATEs write to both, "
        "VACUUM reads both, and the planner uses one of them. Mostly nobody "
        "wanted it: PRIMARY KEY and UNIQUE make their own index, and CREATE "
        "INDEX without IF NOT EXISTS and a name makes another each time.\n\n"
        "Drop the one that no constraint or foreign key relies on, "
        "CONCURRENTLY.\n\n"
        "The rule is asked at the end of the history: building the new index "
        "before the old one is dropped is how an index is replaced.",
    .ignore_when = "The second one is there to replace the first, which has "
                   "become bloated, and the first is dropped by hand.",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
           "    email text NOT NULL UNIQUE);\n"
           "CREATE UNIQUE INDEX users_email_idx ON users (email);",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
            "    email text NOT NULL UNIQUE);",
    .fixed = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
             "    email text NOT NULL UNIQUE);\n"
             "CREATE UNIQUE INDEX users_email_idx ON users (email);\n"
             "DROP INDEX users_email_idx;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .finish = finish,
};
