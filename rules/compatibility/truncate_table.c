/*
 * truncate-table: TRUNCATE of a table that has rows which are not this
 * migration's. Sees every TRUNCATE; what CASCADE empties too is what it locks.
 */
#include "lint/advice.h"

#include <string.h>

/* How many of the tables that CASCADE empties are named. */
#define LISTED_MAX 5

/* The tables that CASCADE empties besides; one more than are listed says that
 * there are more. */
struct others {
    const struct relation *items[LISTED_MAX + 1];
    size_t count;
};

/* Not one that only this statement mentions. */
static bool is_table(const struct check *check, const struct lock *lock)
{
    struct qualified_name name = {NULL, lock->schema, lock->name};

    return lock->mode == LOCK_ACCESS_EXCLUSIVE && lock->relation != NULL &&
           schema_find_relation(check->schema, name) == lock->relation &&
           (lock->kind == RELATION_TABLE ||
            lock->kind == RELATION_PARTITIONED_TABLE);
}

/* The table or one that it is a partition of is named by the statement. */
static bool is_named(const struct check *check, const TruncateStmt *truncate,
                     const struct table *table)
{
    foreach_node (RangeVar, range, truncate->relations) {
        const struct table *named =
            schema_find_table(check->schema, name_from_range_var(range));

        for (const struct table *one = table; one != NULL && named != NULL;
             one = one->partition_of)
            if (one == named)
                return true;
    }
    return false;
}

/* The others that CASCADE empties; partitions go by their table's name. */
static struct others emptied(struct check *check, const TruncateStmt *truncate)
{
    const struct lock_array *locks = &check_effects(check)->locks;
    struct others others = {0};

    for (size_t i = 0; i < locks->count && others.count <= LISTED_MAX; i++) {
        const struct relation *relation = locks->items[i].relation;

        if (is_table(check, &locks->items[i]) &&
            ((const struct table *)relation)->partition_of == NULL &&
            !is_named(check, truncate, (const struct table *)relation) &&
            !relation_is_new(check->schema, relation))
            others.items[others.count++] = relation;
    }
    return others;
}

static const char *list_of(struct check *check, const struct others *others)
{
    struct buffer list;

    buffer_init(&list, check->arena);
    for (size_t i = 0; i < others->count && i < LISTED_MAX; i++)
        buffer_add_format(&list, "%s%s", i > 0 ? ", " : "",
                          advice_relation_name(check, others->items[i]));
    if (others->count > LISTED_MAX)
        buffer_add_text(&list, " and more");
    return buffer_text(&list);
}

static const char *help_text(struct check *check, const char *name,
                             const char *saved, const struct others *others)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    buffer_add_format(&help,
                      "-- keep them until nobody has missed them:\n"
                      "CREATE TABLE %s AS TABLE %s;\n",
                      saved, name);
    if (others->count == 0)
        buffer_add_format(&help, "TRUNCATE %s;", name);
    else {
        buffer_add_format(&help,
                          "-- and without CASCADE, so that all are seen:\n"
                          "TRUNCATE %s",
                          name);
        for (size_t i = 0; i < others->count; i++)
            buffer_add_format(&help, ", %s",
                              advice_relation_sql(check, others->items[i]));
        buffer_add_char(&help, ';');
    }
    return buffer_text(&help);
}

static const char *message_text(struct check *check, const char *name,
                                bool is_cascade, const struct others *others)
{
    if (others->count > 0)
        return check_format(check,
                            "TRUNCATE loses all rows of %s, and CASCADE those "
                            "of %s",
                            name, list_of(check, others));
    if (is_cascade)
        return check_format(check,
                            "TRUNCATE loses all rows of %s, and CASCADE those "
                            "of every table that references it",
                            name);
    return check_format(check, "TRUNCATE loses all rows of %s", name);
}

/* Which tables reference it is known, because the history made it. */
static bool is_known(const struct check *check, struct qualified_name name)
{
    const struct relation *relation = schema_find_relation(check->schema, name);

    return relation != NULL && relation->made_at.source != NULL &&
           tool_has_history(check->history->tool);
}

static void report(struct check *check, const TruncateStmt *truncate,
                   const RangeVar *range, const struct others *others)
{
    struct qualified_name name = name_from_range_var(range);
    struct qualified_name saved = name;
    bool is_cascade = truncate->behavior == DROP_CASCADE &&
                      (others->count > 0 || !is_known(check, name));
    struct finding *finding;

    saved.name = check_format(check, "%s_saved", name.name);
    finding = check_report(
        check,
        words_of_name_at(check->text, check->statement,
                         check->statement->tree_base + (size_t)range->location),
        range,
        message_text(check, advice_name(check, name), is_cascade, others),
        help_text(check, check_quote_name(check, name),
                  check_quote_name(check, saved), others));
    if (is_cascade)
        finding_raise(finding, SEVERITY_ERROR);
}

static void check_truncate(struct check *check, const Node *node)
{
    const TruncateStmt *truncate = (const TruncateStmt *)node;
    struct others others = {0};
    bool is_first = true;

    if (check->is_in_body)
        return;
    foreach_node (RangeVar, range, truncate->relations) {
        if (check_is_new(check, name_from_range_var(range)))
            continue;
        if (is_first && truncate->behavior == DROP_CASCADE)
            others = emptied(check, truncate);
        else
            others.count = 0;
        is_first = false;
        report(check, truncate, range, &others);
    }
}

static const NodeTag tags[] = {T_TruncateStmt, T_Invalid};

const struct rule rule_truncate_table = {
    .id = "truncate-table",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_WARNING,
    .summary = "TRUNCATE loses all rows of a table",
    .rationale =
        "TRUNCATE deletes every row, fires no ON DELETE trigger and asks no "
        "WHERE. With CASCADE it also empties every table that references this "
        "one, and those that reference them, whether their rows did or not; "
        "that is an error here, and the tables are listed. It takes an ACCESS "
        "EXCLUSIVE lock on each of them, and other sessions wait until the "
        "commit. No down step brings the rows back.\n\n"
        "Copy the rows first, or rename the table and make a new one; name "
        "all tables instead of CASCADE. To make room in a large table, delete "
        "in batches.\n\n"
        "Nothing is said of a table that the same migration made, or of a "
        "temporary one.",
    .ignore_when = "The rows can be made again, as those of a cache.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "CREATE TABLE lines (id bigint, order_id bigint REFERENCES "
             "orders);",
    .bad = "TRUNCATE orders CASCADE;",
    .good = "CREATE TEMPORARY TABLE work (id bigint);\n"
            "TRUNCATE work;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_truncate,
};
