/*
 * statement-timeout-missing: a migration that may hold a strong lock for as long
 * as its statement happens to take. Sees every statement with what its
 * transaction holds.
 *
 * What is locked, locks/ knows; which timeouts are in force, schema/.
 */
#include "lint/lock_advice.h"

static void check_statement(struct check *check)
{
    const struct lock *lock =
        lock_advice_without_timeout(check, TIMEOUT_STATEMENT);

    if (lock == NULL)
        return;
    check_report(
        check, lock_advice_command(check), check->statement->tree,
        check_format(check,
                     "%s may hold its %s lock on %s for as long as it takes: "
                     "without statement_timeout nothing ends it, and %s wait",
                     lock_advice_command_text(check),
                     lock_mode_name(lock->mode),
                     lock_advice_name(check, lock->schema, lock->name),
                     lock_advice_blocked(lock->mode)),
        check_format(check,
                     "%s\n-- before it: what takes longer than expected is "
                     "undone instead of becoming an outage",
                     lock_advice_set_timeout(check, TIMEOUT_STATEMENT)));
}

const struct rule rule_statement_timeout_missing = {
    .id = "statement-timeout-missing",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_OFF,
    .summary = "A strong lock is held without statement_timeout",
    .rationale =
        "What took a second on the copy with which it was tried can take half "
        "an hour on the real table. While it runs it holds its lock, and "
        "whoever needs the table waits.\n\n"
        "statement_timeout ends it: the statement is undone, the migration "
        "fails, and there is time to find out why. SET LOCAL "
        "statement_timeout = '60s' at the top of a transaction, or SET where "
        "the statements run by themselves; longer, or 0, for statements that "
        "are meant to take long under a weak lock, like CREATE INDEX "
        "CONCURRENTLY and VALIDATE CONSTRAINT. This rule speaks once a "
        "transaction, at the first statement that takes SHARE or a stronger "
        "lock on a table that others use.\n\n"
        "Where the timeouts are set by what runs the migrations (in the "
        "connection string, or by ALTER ROLE), say so in the settings: "
        "`timeouts: runner`.",
    .ignore_when = "Whoever runs the migrations sets the timeout: say so with "
                   "\"timeouts: runner\".",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders ADD COLUMN note text;",
    .good = "SET statement_timeout = '60s';\n"
            "ALTER TABLE orders ADD COLUMN note text;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .needs_locks = true,
    .check_statement = check_statement,
};
