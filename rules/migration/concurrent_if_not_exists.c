/*
 * concurrent-if-not-exists: CREATE INDEX CONCURRENTLY IF NOT EXISTS, which
 * takes the INVALID index of a failed try for the index. Remembers which
 * indexes the section has dropped before.
 */
#include "lint/advice.h"

#include "base/map.h"

static struct map *dropped_indexes(struct check *check)
{
    return check_section_memory(check, sizeof(struct map));
}

/* By their own names: an index is in the schema of its table. */
static void note_dropped(struct check *check, const DropStmt *drop)
{
    struct arena *arena = check_section_arena(check);
    if (drop->removeType != OBJECT_INDEX)
        return;
    foreach_node (List, object, drop->objects) {
        struct slice name = slice_from(name_from_list(object).name);
        map_put(arena, dropped_indexes(check),
                slice_from(arena_copy(arena, name)), check);
    }
}

static const char *help_text(struct check *check, const IndexStmt *index)
{
    struct span words = words_find(check->text, check->statement,
                                   check->statement->offset, "IF NOT EXISTS");
    struct buffer help;
    buffer_init(&help, check->arena);
    advice_add_drop_of_invalid(check, &help, index);
    /* With the space that follows it. */
    words.length++;
    buffer_add_text(&help, check_rewrite(check, words, ""));
    return buffer_text(&help);
}

static void check_index(struct check *check, const IndexStmt *index)
{
    struct qualified_name table = name_from_range_var(index->relation);
    bool is_run = check->transaction_kind == TRANSACTION_NONE ||
                  (check->transaction_kind == TRANSACTION_PIPELINE &&
                   check_is_first_of_section(check));
    if (!index->concurrent || !index->if_not_exists || index->idxname == NULL ||
        !is_run || check_is_new(check, table) ||
        map_find(dropped_indexes(check), slice_from(index->idxname)) != NULL)
        return;
    struct span words = words_find(check->text, check->statement,
                                   check->statement->offset, "IF NOT EXISTS");
    check_report(
        check, words, index,
        check_format(check,
                     "if a first try fails, it leaves \"%s\" INVALID, and IF "
                     "NOT EXISTS keeps that: no query ever uses it, and every "
                     "write to %s maintains it",
                     index->idxname, advice_name(check, table)),
        help_text(check, index));
}

static void check_node(struct check *check, const Node *node)
{
    if (walk_depth(check->walk) > 0 || check->is_in_do)
        return;
    if (IsA(node, DropStmt))
        note_dropped(check, (const DropStmt *)node);
    else
        check_index(check, (const IndexStmt *)node);
}

static const NodeTag tags[] = {T_DropStmt, T_IndexStmt, T_Invalid};

const struct rule rule_concurrent_if_not_exists = {
    .id = "concurrent-if-not-exists",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_INFO,
    .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS keeps a broken index",
    .rationale =
        "CREATE INDEX CONCURRENTLY works in several transactions. When it "
        "fails (a duplicate value, a deadlock, a timeout, a cancelled "
        "deployment), the index is there, marked INVALID: queries do not use "
        "it, but every write to the table still maintains it. IF NOT EXISTS "
        "sees only that there is an index of that name, warns that it is "
        "skipped, and the second try of the migration succeeds without having "
        "built anything.\n\n"
        "Drop it first: DROP INDEX CONCURRENTLY IF EXISTS does nothing where "
        "there is none, and after it the rule is silent. `\\d` of psql and "
        "pg_index.indisvalid show which indexes are INVALID.\n\n"
        "Allow it where somebody looks at the index after a failure anyway.",
    .ignore_when = "Deployment looks for invalid indexes after every migration "
                   "(pg_index.indisvalid).",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_user_id_idx\n"
           "    ON orders (user_id);",
    .good = "DROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n"
            "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
