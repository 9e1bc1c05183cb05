/*
 * exclusive-lock-held-during-work: a statement that takes long, in a transaction
 * that has locked a table against reads before. Sees every statement with what
 * its transaction holds.
 *
 * What is locked, read, built and written anew, locks/ knows; how many rows a
 * statement writes, query/row_extent.h.
 */
#include "lint/lock_advice.h"
#include "query/row_extent.h"

/* Of the locks that are held so many are looked at: where a transaction locks
 * more tables, the first say enough. */
#define LOCKS_MAX 100

/* The statement takes ACCESS EXCLUSIVE on the relation, for reasons of its
 * own. */
static bool locks_itself(struct check *check, const struct relation *relation)
{
    return !locks_are_light(check->schema, check->statement->tree) &&
           effects_lock_on(check_effects(check), relation) ==
               LOCK_ACCESS_EXCLUSIVE;
}

/* The first table that the transaction has locked against reads and that the
 * statement does not lock so itself. */
static const struct held_lock *find_held(struct check *check)
{
    const struct held *held = check_held(check);

    for (size_t i = 0; i < held->locks.count && i < LOCKS_MAX; i++) {
        const struct held_lock *lock = held->locks.items[i];

        if (lock->mode == LOCK_ACCESS_EXCLUSIVE &&
            lock_advice_is_table(lock->kind) &&
            (lock->relation == NULL || !lock->relation->object.is_dropped) &&
            !locks_itself(check, lock->relation))
            return lock;
    }
    return NULL;
}

/* What the statement does, as a verb with its object; null if it is done at
 * once, or concerns new relations alone. */
static const char *describe_work(struct check *check, const struct work *work)
{
    const char *name = lock_advice_name(check, work->schema, work->name);
    const char *table;

    if (work->on != NULL && relation_is_new(check->schema, work->on))
        return NULL;
    table = work->on != NULL ? advice_relation_name(check, work->on) : name;
    switch (work->kind) {
    case WORK_REWRITE: return check_format(check, "rewrites %s", table);
    case WORK_SCAN: return check_format(check, "reads all of %s", table);
    case WORK_INDEX_BUILD:
        return check_format(check, "builds an index of %s", table);
    case WORK_FOREIGN_KEY_CHECK:
        return check_format(check, "looks up every row of %s", table);
    case WORK_FILE_COPY: return check_format(check, "copies all of %s", table);
    case WORK_NEW_FILE:
        return work->on != NULL && work->on->kind == RELATION_MATERIALIZED_VIEW
                   ? check_format(check, "computes %s anew", table)
                   : NULL;
    }
    return NULL;
}

static const char *find_work(struct check *check)
{
    const struct work_array *all = &check_effects(check)->work;
    const char *found = NULL;

    for (size_t i = 0; i < all->count && found == NULL; i++)
        found = describe_work(check, &all->items[i]);
    return found;
}

/* The rows that it writes, if nobody knows how many. */
static const char *find_writing(struct check *check, const Node *tree)
{
    enum row_extent extent = row_extent_of(check->schema, tree);
    const RangeVar *target = NULL;
    const char *what = NULL;

    if (extent != EXTENT_SOME && extent != EXTENT_ALL)
        return NULL;
    switch (nodeTag(tree)) {
    case T_InsertStmt:
        target = ((const InsertStmt *)tree)->relation;
        what = "copies rows into";
        break;
    case T_UpdateStmt:
        target = ((const UpdateStmt *)tree)->relation;
        what =
            extent == EXTENT_ALL ? "changes every row of" : "changes rows of";
        break;
    case T_DeleteStmt:
        target = ((const DeleteStmt *)tree)->relation;
        what =
            extent == EXTENT_ALL ? "deletes every row of" : "deletes rows of";
        break;
    case T_CreateTableAsStmt:
        target = ((const CreateTableAsStmt *)tree)->into->rel;
        what = "copies rows into";
        break;
    default: return NULL;
    }
    return check_format(check, "%s %s", what,
                        advice_name(check, name_from_range_var(target)));
}

/* VALIDATE CONSTRAINT has a rule of its own, which is heard first. */
static const void *cause_of(const Node *tree)
{
    const AlterTableStmt *alter = node_as(AlterTableStmt, tree);

    if (alter == NULL)
        return tree;
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_ValidateConstraint)
            return action;
    return tree;
}

/* Longer statements are not repeated. */
#define STATEMENT_LENGTH_MAX 400

/* CREATE INDEX as it should be once it is in a migration of its own. */
static bool add_index(struct check *check, struct buffer *help)
{
    const IndexStmt *index = node_as(IndexStmt, check->statement->tree);
    const struct table *table;
    struct span keyword;

    if (index == NULL || index->concurrent || index->relation == NULL)
        return false;
    table =
        schema_find_table(check->schema, name_from_range_var(index->relation));
    if (table != NULL && table->relation.kind == RELATION_PARTITIONED_TABLE)
        return false;
    keyword = words_find(check->text, check->statement,
                         check->statement->offset, "INDEX");
    buffer_add_text(
        help, check_rewrite(
                  check, (struct span){keyword.offset + keyword.length, 0},
                  check->text.start[keyword.offset] == 'i' ? " concurrently"
                                                           : " CONCURRENTLY"));
    advice_add_outside_transaction(check, help, false);
    return true;
}

static const char *help_text(struct check *check)
{
    struct buffer help;

    buffer_init(&help, check->arena);
    if (check->statement->length > STATEMENT_LENGTH_MAX)
        return NULL;
    if (advice_transaction_kind(check) == TRANSACTION_NONE)
        buffer_add_text(&help, "-- in a statement after the DO block:\n");
    advice_add_later(check, &help);
    if (!add_index(check, &help))
        buffer_add_text(
            &help, check_rewrite(
                       check, (struct span){check->statement->offset, 0}, ""));
    return advice_text(&help);
}

static void report(struct check *check, const char *work,
                   const struct held_lock *held)
{
    const char *name = lock_advice_name(check, held->schema, held->name);
    struct finding *finding;

    finding = check_report(
        check, lock_advice_command(check), cause_of(check->statement->tree),
        check_format(check,
                     "%s %s while the transaction holds ACCESS EXCLUSIVE on "
                     "%s, whose reads and writes wait until it ends",
                     lock_advice_command_text(check), work, name),
        help_text(check));
    finding_note(check, finding, held->place,
                 check_format(check, "%s is locked here", name));
}

static void check_statement(struct check *check)
{
    const Node *tree = check->statement->tree;
    const struct held_lock *held;
    const char *work;

    if (tree == NULL ||
        held_first(check_held(check), LOCK_ACCESS_EXCLUSIVE) == NULL)
        return;
    work = find_writing(check, tree);
    if (work == NULL && !locks_are_light(check->schema, tree))
        work = find_work(check);
    if (work == NULL)
        return;
    held = find_held(check);
    if (held != NULL && check_is_first_in_transaction(check))
        report(check, work, held);
}

const struct rule rule_exclusive_lock_held_during_work = {
    .id = "exclusive-lock-held-during-work",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "Long work in a transaction that has locked a table before",
    .rationale =
        "ALTER TABLE ... ADD COLUMN takes ACCESS EXCLUSIVE and is done in a "
        "millisecond. But locks are kept until the transaction ends, and in "
        "most migration tools that is the end of the migration: if a back-fill, "
        "an index build or the check of a constraint follows, nobody reads or "
        "writes the altered table while it runs, even if the work is on "
        "another table.\n\n"
        "Put the work into a migration of its own, after the one that takes "
        "the lock, or before it where it does not need its result. Or let the "
        "statements run outside of a transaction.\n\n"
        "Work is a scan, a rewrite, an index build, a foreign key check, and "
        "INSERT ... SELECT, UPDATE and DELETE of rows that nobody has counted: "
        "not of a key, a constant, a range or a LIMIT. The rule speaks once a "
        "transaction, at the first such statement. It is silent where new "
        "tables alone are concerned, and where the statement that works is the "
        "one that takes the lock: other rules say that. Ignore it where the "
        "tables are known to be small.",
    .ignore_when = "The work is short, because the tables are small, or the "
                   "service is down while the migration runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\n"
             "CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint);\n"
             "CREATE TABLE old_items (id bigint, order_id bigint);",
    .bad = "BEGIN;\n"
           "ALTER TABLE orders ADD COLUMN note text;\n"
           "INSERT INTO old_items SELECT id, order_id FROM items;\n"
           "COMMIT;",
    .good = "INSERT INTO old_items SELECT id, order_id FROM items;\n"
            "ALTER TABLE orders ADD COLUMN note text;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .check_statement = check_statement,
};
