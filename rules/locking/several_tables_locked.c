/*
 * several-tables-locked: one transaction takes ACCESS EXCLUSIVE on two tables
 * or more. Sees every statement with what its transaction holds, and speaks at
 * the one that takes the second.
 */
#include "lint/lock_advice.h"

/* A table on which the statement takes ACCESS EXCLUSIVE, that is no part of the
 * same partitioned table as `other`. */
static const struct lock *find_other(struct check *check,
                                     const struct relation *other)
{
    const struct lock_array *locks = &check_effects(check)->locks;

    for (size_t i = 0; i < locks->count; i++) {
        const struct lock *lock = &locks->items[i];

        if (lock->mode == LOCK_ACCESS_EXCLUSIVE &&
            lock_advice_is_table(lock->kind) &&
            !relation_is_new(check->schema, lock->relation) &&
            (lock->relation == NULL ||
             held_root(lock->relation) != held_root(other)))
            return lock;
    }
    return NULL;
}

static const char *help_text(struct check *check, bool is_alone)
{
    const char *where = "";

    if (check->transaction_kind != TRANSACTION_NONE)
        where = "-- in a migration of its own:\n";
    return check_format(
        check, "%s%s\n%s%s", where,
        lock_advice_set_timeout(check, TIMEOUT_LOCK),
        check_rewrite(check, (struct span){check->statement->offset, 0}, ""),
        is_alone ? "\n-- where it names several tables, one a statement" : "");
}

/* The statement locks two by itself. */
static void judge_alone(struct check *check, const struct lock *first)
{
    const struct lock *second = find_other(check, first->relation);

    if (second == NULL)
        return;
    check_report(
        check, lock_advice_command(check), check->statement->tree,
        check_format(check,
                     "%s locks %s and %s in ACCESS EXCLUSIVE at the "
                     "same time: it waits for both, and may deadlock "
                     "with who uses them in another order",
                     lock_advice_command_text(check),
                     lock_advice_name(check, first->schema, first->name),
                     lock_advice_name(check, second->schema, second->name)),
        help_text(check, true));
}

/* The transaction holds one already. */
static void judge_with(struct check *check, const struct held_lock *held)
{
    const struct lock *second = find_other(check, held->relation);
    const char *first_name = lock_advice_name(check, held->schema, held->name);
    struct finding *finding;

    if (second == NULL)
        return;
    finding = check_report(
        check, lock_advice_command(check), check->statement->tree,
        check_format(check,
                     "%s locks %s in ACCESS EXCLUSIVE while the transaction "
                     "holds %s: nobody reads %s until both are done, and who "
                     "uses them in another order deadlocks",
                     lock_advice_command_text(check),
                     lock_advice_name(check, second->schema, second->name),
                     first_name, first_name),
        help_text(check, false));
    finding_note(check, finding, held->place,
                 check_format(check, "%s is locked here", first_name));
}

static void check_statement(struct check *check)
{
    const struct held *held = check_held(check);
    const struct held_lock *first = held_first(held, LOCK_ACCESS_EXCLUSIVE);
    const struct lock *lock;

    if (held_is_on_several(held))
        return;
    lock = lock_advice_strongest(check, LOCK_ACCESS_EXCLUSIVE);
    if (lock == NULL)
        return;
    if (first != NULL)
        judge_with(check, first);
    else
        judge_alone(check, lock);
}

const struct rule rule_several_tables_locked = {
    .id = "several-tables-locked",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_OFF,
    .summary = "One transaction locks several tables against reads",
    .rationale =
        "ACCESS EXCLUSIVE is kept until the transaction ends. One that takes "
        "it on a second table waits for that one's last reader while nobody "
        "may read the first. And where the application uses the tables in "
        "another order than the migration, each waits for the other: a "
        "deadlock, which the server ends by failing one of the two.\n\n"
        "Give each table a migration of its own, or let statements run "
        "outside of a transaction: each then holds its lock for a moment. "
        "DROP TABLE of a table with foreign keys locks the referenced tables "
        "too: drop the foreign key first.\n\n"
        "Partitions of one table count as that table, and tables that the "
        "same migration creates do not count.",
    .ignore_when = "The tables are always locked in this order, or nobody uses "
                   "them while the migration runs.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "CREATE TABLE users (id bigint PRIMARY KEY);",
    .bad = "BEGIN;\n"
           "ALTER TABLE orders ADD COLUMN note text;\n"
           "ALTER TABLE users ADD COLUMN note text;\n"
           "COMMIT;",
    .good = "ALTER TABLE orders ADD COLUMN note text;\n"
            "ALTER TABLE users ADD COLUMN note text;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .check_statement = check_statement,
};
