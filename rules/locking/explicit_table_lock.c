/*
 * explicit-table-lock: LOCK TABLE in SHARE or a stronger mode. Sees every LOCK
 * TABLE with the schema before it.
 */
#include "lint/lock_advice.h"

/* The words from LOCK to the name, which may be one of several. */
static struct span words_of(const struct check *check, const RangeVar *name)
{
    size_t offset = check->statement->tree_base + (size_t)name->location;

    return words_of_name_at(check->text, check->statement, offset);
}

static const char *help_text(struct check *check, const RangeVar *name,
                             enum lock_mode mode)
{
    const char *table = check_quote_name(check, name_from_range_var(name));

    return check_format(
        check,
        "-- against other migrations, without making reads or writes wait:\n"
        "LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE;\n"
        "-- if %s must wait, not for long:\n"
        "SET LOCAL lock_timeout = '5s';\n"
        "LOCK TABLE %s IN %s MODE;",
        table, lock_advice_blocked(mode), table, lock_mode_name(mode));
}

/* A view's own lock matters to nobody; those on what it shows do. */
static bool is_new(const struct check *check, const RangeVar *name)
{
    return check_is_new(check, name_from_range_var(name));
}

static void check_lock(struct check *check, const Node *node)
{
    const LockStmt *lock = (const LockStmt *)node;
    enum lock_mode mode = (enum lock_mode)lock->mode;

    if (mode < LOCK_SHARE || check->is_in_body)
        return;
    foreach_node (RangeVar, name, lock->relations) {
        if (is_new(check, name))
            continue;
        check_report(check, words_of(check, name), name,
                     check_format(check,
                                  "LOCK TABLE %s in %s mode blocks %s until "
                                  "the transaction ends",
                                  advice_name(check, name_from_range_var(name)),
                                  lock_mode_name(mode),
                                  lock_advice_blocked(mode)),
                     help_text(check, name, mode));
    }
}

static const NodeTag tags[] = {T_LockStmt, T_Invalid};

const struct rule rule_explicit_table_lock = {
    .id = "explicit-table-lock",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_WARNING,
    .summary = "LOCK TABLE makes others wait until the transaction ends",
    .rationale =
        "LOCK TABLE takes its lock at once and keeps it to the end of the "
        "transaction, whatever else that does. SHARE, SHARE ROW EXCLUSIVE and "
        "EXCLUSIVE stop all writes; ACCESS EXCLUSIVE, which it takes when no "
        "mode is named, stops reads too.\n\n"
        "Every statement takes the lock that it needs by itself. To keep "
        "another migration away, SHARE UPDATE EXCLUSIVE is enough, or an "
        "advisory lock (pg_advisory_xact_lock): neither stops reads or "
        "writes. To work on some rows undisturbed, SELECT ... FOR UPDATE locks "
        "those. Where a strong lock is needed for a moment, set lock_timeout "
        "before it, and end the transaction soon.\n\n"
        "Ignore it where the application is stopped anyway. A table that the "
        "same migration creates is locked against nobody.",
    .ignore_when = "The lock is wanted, and what follows it takes a moment.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "BEGIN;\n"
           "LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;\n"
           "COMMIT;",
    .good = "BEGIN;\n"
            "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_lock,
};
