/*
 * reindex-blocks-writes: REINDEX without CONCURRENTLY. Sees every REINDEX with
 * the schema before it. What is built anew, locks/ knows.
 */
#include "lint/advice.h"

#include <string.h>

static bool is_concurrent(const ReindexStmt *reindex)
{
    foreach_node (DefElem, option, reindex->params) {
        const char *word = name_from_string(option->arg);

        if (strcmp(option->defname, "concurrently") == 0)
            return word == NULL ||
                   (strcmp(word, "false") != 0 && strcmp(word, "off") != 0);
    }
    return false;
}

/* An index is built on a table that others use. */
static bool builds_existing(struct check *check)
{
    const struct effects *effects = check_effects(check);

    for (size_t i = 0; i < effects->work.count; i++) {
        const struct work *work = &effects->work.items[i];

        if (work->kind == WORK_INDEX_BUILD &&
            !(work->on != NULL && relation_is_new(check->schema, work->on)))
            return true;
    }
    return false;
}

/* A file that belongs to no history may be run on any database. */
static bool knows_all(const struct check *check)
{
    return tool_has_history(check->history->tool) &&
           schema_is_complete(check->schema);
}

/* What the history does not know has indexes, and is used. */
static bool is_judged(struct check *check, const ReindexStmt *reindex)
{
    struct qualified_name name;
    const struct relation *relation;
    const struct table *table;

    if (reindex->kind == REINDEX_OBJECT_SYSTEM || is_concurrent(reindex) ||
        check->is_in_body || check_effects(check)->fails != NULL)
        return false;
    if (reindex->relation == NULL)
        return builds_existing(check) || !knows_all(check);
    name = name_from_range_var(reindex->relation);
    relation = schema_find_relation(check->schema, name);
    table = schema_find_table(check->schema, name);
    if (relation != NULL && relation_is_new(check->schema, relation))
        return false;
    return relation == NULL || (table != NULL && !table->is_complete) ||
           builds_existing(check);
}

static const char *message_text(struct check *check, const ReindexStmt *reindex)
{
    struct qualified_name name = {.name = NULL};
    const struct index *index;

    if (reindex->relation != NULL)
        name = name_from_range_var(reindex->relation);
    switch (reindex->kind) {
    case REINDEX_OBJECT_INDEX:
        index = schema_find_index(check->schema, name);
        return check_format(
            check,
            "REINDEX of %s blocks writes to %s until it is built, and reads "
            "too: to plan a query takes a lock on every index",
            advice_name(check, name),
            index != NULL && index->table != NULL
                ? advice_relation_name(check, &index->table->relation)
                : "its table");
    case REINDEX_OBJECT_TABLE:
        return check_format(
            check,
            "REINDEX of %s blocks writes to it until its indexes are built, "
            "and reads too: to plan a query takes a lock on every index",
            advice_name(check, name));
    case REINDEX_OBJECT_SCHEMA:
    case REINDEX_OBJECT_SYSTEM:
    case REINDEX_OBJECT_DATABASE: break;
    }
    return check_format(
        check,
        "REINDEX blocks writes to one table of the %s after the other while "
        "its indexes are built, and reads too: to plan a query takes a lock on "
        "every index",
        reindex->kind == REINDEX_OBJECT_SCHEMA ? "schema" : "database");
}

static const char *keyword_of(const ReindexStmt *reindex)
{
    switch (reindex->kind) {
    case REINDEX_OBJECT_INDEX: return "INDEX";
    case REINDEX_OBJECT_TABLE: return "TABLE";
    case REINDEX_OBJECT_SCHEMA: return "SCHEMA";
    case REINDEX_OBJECT_SYSTEM: return "SYSTEM";
    case REINDEX_OBJECT_DATABASE: return "DATABASE";
    }
    return "";
}

static void check_reindex(struct check *check, const Node *node)
{
    const ReindexStmt *reindex = (const ReindexStmt *)node;
    struct span keyword;
    struct buffer help;

    if (!is_judged(check, reindex))
        return;
    keyword = words_find(check->text, check->statement,
                         check->statement->offset, keyword_of(reindex));
    buffer_init(&help, check->arena);
    buffer_add_text(
        &help,
        check_rewrite(check, (struct span){keyword.offset + keyword.length, 0},
                      " CONCURRENTLY"));
    advice_add_outside_transaction(check, &help, false);
    check_report(
        check,
        words_join(words_at_start(check->text, check->statement, 1), keyword),
        node, message_text(check, reindex), buffer_text(&help));
}

static const NodeTag tags[] = {T_ReindexStmt, T_Invalid};

const struct rule rule_reindex_blocks_writes = {
    .id = "reindex-blocks-writes",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "REINDEX without CONCURRENTLY blocks writes, and reads too",
    .rationale =
        "REINDEX takes a SHARE lock on the table, which stops INSERT, UPDATE "
        "and DELETE, and ACCESS EXCLUSIVE on the index that it builds. The "
        "manual says that reads go on unless they use that index; but the "
        "planner takes a lock on every index of a table to see whether it is "
        "of use, so that in practice each query on the table waits until the "
        "index is built.\n\n"
        "REINDEX ... CONCURRENTLY builds a second index beside the old one "
        "while everybody reads and writes. It takes longer, needs room for "
        "both, and cannot run inside a transaction; when it fails it leaves an "
        "INVALID index whose name ends in _ccnew, to be dropped.\n\n"
        "The rule is silent on relations that the same migration creates.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "REINDEX TABLE orders;",
    .good = "REINDEX TABLE CONCURRENTLY orders;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_reindex,
};
