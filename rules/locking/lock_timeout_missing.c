/*
 * lock-timeout-missing: a migration that may wait for a lock for ever, and
 * everyone behind it. Sees every statement with what its transaction holds.
 *
 * What is locked, locks/ knows; which timeouts are in force, schema/.
 */
#include "lint/lock_advice.h"

static void check_statement(struct check *check)
{
    const struct lock *lock = lock_advice_without_timeout(check, TIMEOUT_LOCK);

    if (lock == NULL)
        return;
    check_report(
        check, lock_advice_command(check), check->statement->tree,
        check_format(check,
                     "%s may wait for its %s lock on %s as long as the longest "
                     "query runs, and all %s that come later wait behind it",
                     lock_advice_command_text(check),
                     lock_mode_name(lock->mode),
                     lock_advice_name(check, lock->schema, lock->name),
                     lock_advice_blocked(lock->mode)),
        check_format(check,
                     "%s\n-- before it: then it gives up, and can be run again "
                     "in a better moment",
                     lock_advice_set_timeout(check, TIMEOUT_LOCK)));
}

const struct rule rule_lock_timeout_missing = {
    .id = "lock-timeout-missing",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_OFF,
    .summary = "A strong lock is waited for without lock_timeout",
    .rationale =
        "A lock that is held for a moment can still stop an application: the "
        "statement must first get it. It waits until every transaction that "
        "uses the table has ended, a report or a forgotten session for hours, "
        "and whoever comes later queues behind it, though the lock is not even "
        "held yet. (PostgreSQL's lock queue is fair.)\n\n"
        "With lock_timeout the statement gives up after some seconds instead; "
        "the migration fails, harms nobody and is tried again. SET LOCAL "
        "lock_timeout = '5s' at the top of a transaction, or SET where the "
        "statements run by themselves. This rule speaks once a transaction, at "
        "the first statement that takes SHARE or a stronger lock on a table "
        "that others use.\n\n"
        "Where the timeouts are set by what runs the migrations (in the "
        "connection string, or by ALTER ROLE), say so in the settings: "
        "`timeouts: runner`.",
    .ignore_when = "Whoever runs the migrations sets the timeout: say so with "
                   "\"timeouts: runner\".",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders ADD COLUMN note text;",
    .good = "SET lock_timeout = '5s';\n"
            "ALTER TABLE orders ADD COLUMN note text;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .check_statement = check_statement,
};
