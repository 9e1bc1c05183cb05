/*
 * lock-without-skip: SELECT ... LIMIT n FOR UPDATE, as workers take jobs from a
 * table, that waits for the rows of the other workers. Sees every SELECT in the
 * tree; the schema knows where one row is asked for by its key.
 */
#include "lint/query_words.h"
#include "lint/single_row.h"

/* The clause that waits; null if none does. */
static const LockingClause *waiting_clause(const SelectStmt *select)
{
    foreach_node (LockingClause, clause, select->lockingClause)
        if (clause->waitPolicy == LockWaitBlock &&
            clause->strength >= LCS_FORNOKEYUPDATE)
            return clause;
    return NULL;
}

static const char *strength_text(const LockingClause *clause)
{
    return clause->strength == LCS_FORUPDATE ? "FOR UPDATE"
                                             : "FOR NO KEY UPDATE";
}

static const char *help_text(struct check *check, const LockingClause *clause,
                             struct span limit)
{
    struct span words = words_find(check->text, check->statement, limit.offset,
                                   strength_text(clause));
    struct span end = {words.offset + words.length, 0};
    const char *rewritten = NULL;

    if (words.length > 0 && clause->lockedRels == NIL)
        rewritten = query_rewrite(check, end, " SKIP LOCKED");
    return rewritten != NULL ? rewritten
                             : check_format(check, "%s ... SKIP LOCKED",
                                            strength_text(clause));
}

static void check_select(struct check *check, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    const LockingClause *clause;
    struct span words;

    if (select->limitCount == NULL || select->lockingClause == NIL)
        return;
    clause = waiting_clause(select);
    if (clause == NULL || single_row_of_key(check, select, true) ||
        !query_is_whole(check))
        return;
    words = query_words_of_limit(check, select);
    check_report(check, words, node,
                 check_format(check,
                              "%s waits for rows that others have locked, "
                              "though LIMIT would take the next ones",
                              strength_text(clause)),
                 help_text(check, clause, words));
}

static const NodeTag tags[] = {T_SelectStmt, T_Invalid};

const struct rule rule_lock_without_skip = {
    .id = "lock-without-skip",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_OFF,
    .summary = "FOR UPDATE with LIMIT waits for what others have locked",
    .rationale =
        "Workers that take the next jobs from a table by SELECT ... ORDER BY "
        "... LIMIT 1 FOR UPDATE all come to the same row. One gets it, the "
        "others wait until it commits, look again, and find that the row is no "
        "longer wanted: they get nothing, and the queue goes at the pace of "
        "one worker.\n\n"
        "FOR UPDATE SKIP LOCKED passes over what is locked and takes the next "
        "rows. NOWAIT gives an error at once instead of waiting.\n\n"
        "A row that is asked for by its key is not reported.",
    .ignore_when = "All must wait for just these rows, or there is only one "
                   "worker.",
    .setup = "CREATE TABLE jobs (id bigint PRIMARY KEY, state text);",
    .bad = "SELECT id FROM jobs WHERE state = 'ready' ORDER BY id\n"
           "    LIMIT 1 FOR UPDATE;",
    .good = "SELECT id FROM jobs WHERE state = 'ready' ORDER BY id\n"
            "    LIMIT 1 FOR UPDATE SKIP LOCKED;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_select,
};
