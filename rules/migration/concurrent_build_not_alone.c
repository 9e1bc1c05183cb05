/*
 * concurrent-build-not-alone: a statement with CONCURRENTLY that shares its
 * section with others. Counts the section's statements as they come and speaks
 * at its end, once, about the first with CONCURRENTLY.
 */
#include "lint/advice.h"

#include "base/map.h"

#include <string.h>

/* What is known of the section so far. */
struct seen {
    struct place first; /* the first with CONCURRENTLY; source null: none */
    const char *message_start; /* `CREATE INDEX CONCURRENTLY on "orders"` */
    const char *help;
    struct place other;    /* the first statement that it shares with */
    size_t count;          /* statements that count, that one included */
    struct map dropped;    /* indexes that DROP INDEX CONCURRENTLY IF EXISTS
                              drops: their place, null once they are built */
    size_t dropped_count;  /* of these, not built */
    struct place dropping; /* the first of these */
    struct map built;      /* names of indexes that are built CONCURRENTLY */
};

static struct place place_of_statement(const struct check *check)
{
    struct span words = words_at_start(check->text, check->statement, 2);
    return (struct place){check->source, words, 0};
}

/* The name of the one index that DROP INDEX CONCURRENTLY IF EXISTS drops; null
 * for any other statement. */
static const char *dropped_index(const Node *node)
{
    const DropStmt *drop = node_as(DropStmt, node);
    if (drop == NULL || !drop->concurrent || !drop->missing_ok)
        return NULL;
    return name_from_list(node_as(List, (Node *)linitial(drop->objects))).name;
}

/* It works in several transactions of its own, and is not in one here. On a new
 * table it takes no time and does not fail. */
static bool is_concurrent(const struct check *check,
                          struct transaction_refusal *refusal)
{
    const IndexStmt *index = node_as(IndexStmt, check->statement->tree);
    if (index != NULL &&
        check_is_new(check, name_from_range_var(index->relation)))
        return false;
    return check->statement->tree != NULL &&
           (check->transaction_kind == TRANSACTION_NONE ||
            (check->transaction_kind == TRANSACTION_PIPELINE &&
             check_is_first_of_section(check))) &&
           transaction_block_refuses(check->schema, check->postgres_version,
                                     check->statement->tree, refusal) &&
           strcmp(refusal->last_words, "CONCURRENTLY") == 0;
}

/* The index that the sub-command makes a constraint of, or attaches. */
static const char *finished_index(const AlterTableCmd *action)
{
    const Constraint *constraint = node_as(Constraint, action->def);
    const PartitionCmd *partition = node_as(PartitionCmd, action->def);
    if (action->subtype == AT_AddConstraint && constraint != NULL)
        return constraint->indexname;
    return action->subtype == AT_AttachPartition && partition != NULL
               ? partition->name->relname
               : NULL;
}

/* ADD CONSTRAINT USING INDEX and ATTACH PARTITION of an index that was built
 * before: the second half of its making, done in a moment. */
static bool finishes_build(const struct seen *seen, const Node *node)
{
    const AlterTableStmt *alter = node_as(AlterTableStmt, node);
    if (alter == NULL || seen->first.source == NULL)
        return false;
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const char *name = finished_index(action);
        if (name != NULL && map_find(&seen->built, slice_from(name)) != NULL)
            return true;
    }
    return false;
}

/* Settings and the limits of transactions leave nothing behind. */
static bool leaves_nothing(const Node *node)
{
    return node != NULL &&
           (IsA(node, VariableSetStmt) || IsA(node, VariableShowStmt) ||
            IsA(node, TransactionStmt));
}

static const char *help_text(struct check *check)
{
    const IndexStmt *index = node_as(IndexStmt, check->statement->tree);
    struct span nothing = {check->statement->offset, 0};
    struct buffer help;
    buffer_init(&help, check->arena);
    buffer_add_text(&help, "-- in a migration of its own:\n");
    if (index != NULL && index->idxname != NULL)
        advice_add_drop_of_invalid(check, &help, index);
    buffer_add_text(&help, check_rewrite(check, nothing, ""));
    return buffer_text(&help);
}

static void note_concurrent(struct check *check, struct seen *seen,
                            const struct transaction_refusal *refusal)
{
    const Node *node = check->statement->tree;
    if (seen->first.source != NULL)
        return;
    seen->first =
        (struct place){check->source,
                       words_find(check->text, check->statement,
                                  check->statement->offset, "CONCURRENTLY"),
                       0};
    seen->message_start = refusal->command;
    if (refusal->object.name != NULL)
        seen->message_start = check_format(check, "%s %s%s", refusal->command,
                                           IsA(node, IndexStmt) ? "on " : "",
                                           advice_name(check, refusal->object));
    seen->help = help_text(check);
}

static void note_dropped(struct check *check, struct seen *seen,
                         const char *name)
{
    struct arena *arena = check_section_arena(check);
    struct place *place = arena_alloc(arena, sizeof *place);
    *place = place_of_statement(check);
    if (seen->dropped_count++ == 0)
        seen->dropping = *place;
    map_put(arena, &seen->dropped,
            slice_from(arena_copy(arena, slice_from(name))), place);
}

/* Where the index was dropped if it existed, it can be built again. */
static void note_built(struct check *check, struct seen *seen,
                       const IndexStmt *index)
{
    struct arena *arena = check_section_arena(check);
    struct slice name = slice_from(index->idxname);
    if (index->idxname == NULL)
        return;
    name = slice_from(arena_copy(arena, name));
    map_put(arena, &seen->built, name, seen);
    if (map_find(&seen->dropped, name) == NULL)
        return;
    map_put(arena, &seen->dropped, name, NULL);
    seen->dropped_count--;
}

static void check_statement(struct check *check)
{
    const struct statement *statement = check->statement;
    struct transaction_refusal refusal;
    if (statement->kind != STATEMENT_SQL || check->is_in_do ||
        leaves_nothing(statement->tree))
        return;
    struct seen *seen = check_section_memory(check, sizeof *seen);
    bool is_build = is_concurrent(check, &refusal);
    const char *dropped = is_build ? dropped_index(statement->tree) : NULL;
    if (dropped != NULL) {
        note_dropped(check, seen, dropped);
        return;
    }
    if (finishes_build(seen, statement->tree))
        return;
    seen->count++;
    bool is_first = is_build && seen->first.source == NULL;
    if (is_build)
        note_concurrent(check, seen, &refusal);
    if (is_build && IsA(statement->tree, IndexStmt))
        note_built(check, seen, (const IndexStmt *)statement->tree);
    if (!is_first && seen->other.source == NULL)
        seen->other = place_of_statement(check);
}

static void check_section(struct check *check)
{
    const struct seen *seen = check_section_memory(check, sizeof *seen);
    size_t others = seen->count + seen->dropped_count - 1;
    /* What the tool refuses leaves nothing: forbidden-in-transaction. */
    if (seen->first.source == NULL || others == 0 ||
        check_is_refused_mixture(check))
        return;
    struct finding *finding = check_report_at(
        check, seen->first, NULL,
        check_format(check,
                     "%s shares its migration with %zu other statement%s, and "
                     "no transaction: when one fails, what was done before it "
                     "stays, and the next try meets it",
                     seen->message_start, others, others == 1 ? "" : "s"),
        seen->help);
    finding_note(check, finding,
                 seen->other.source != NULL ? seen->other : seen->dropping,
                 others == 1 ? "the other statement"
                             : "the first of the other statements");
}

const struct rule rule_concurrent_build_not_alone = {
    .id = "concurrent-build-not-alone",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "CONCURRENTLY in a migration with other statements",
    .rationale =
        "CREATE INDEX CONCURRENTLY and its like must run outside of a "
        "transaction, so the migration that they stand in has none: when one "
        "of its statements fails, nothing that was done before is rolled back, "
        "and half of the migration stays. The tool runs all of it again, and "
        "the first statement fails because its table, column or index is "
        "there already. And CONCURRENTLY does fail: on a duplicate value, in a "
        "deadlock, at a lock_timeout, or because the deployment was stopped "
        "while it waited for an old transaction.\n\n"
        "Give it a migration of its own. SET, RESET, BEGIN and COMMIT leave "
        "nothing behind and may stand beside it; so may DROP INDEX "
        "CONCURRENTLY IF EXISTS of the same index, which removes what a failed "
        "try left, and ADD CONSTRAINT ... USING INDEX of it.\n\n"
        "Allow it where all statements can be run again (IF NOT EXISTS, IF "
        "EXISTS).",
    .ignore_when =
        "All statements can be run twice (IF NOT EXISTS after DROP ... "
        "IF EXISTS), so that the migration can simply be started again.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "ALTER TABLE orders ADD COLUMN total numeric;\n"
           "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .good = "SET lock_timeout = '5s';\n"
            "DROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n"
            "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .check_statement = check_statement,
    .check_section = check_section,
};
