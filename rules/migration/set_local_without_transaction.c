/*
 * set-local-without-transaction: SET LOCAL, or SET TRANSACTION, where each
 * statement is a transaction of its own: it ends with itself. In a string or
 * pipeline of several statements it works.
 */
#include "lint/advice.h"
#include "sql/setting.h"

/* In a transaction of the file's own. */
static const char *wrapped_help(struct check *check)
{
    struct span nothing = {check->statement->offset, 0};
    return check_format(check,
                        "BEGIN;\n%s\n-- the statements that it is for\nCOMMIT;",
                        check_rewrite(check, nothing, ""));
}

/* For the session, and back. */
static const char *session_help(struct check *check,
                                const struct setting_change *change)
{
    struct span local = words_find(check->text, check->statement,
                                   check->statement->offset, "LOCAL");
    struct span name = words_find_name(check->text, check->statement,
                                       local.offset, change->name);
    const char *reset = check_format(
        check, "RESET %s;",
        name.length > 0
            ? arena_copy(check->arena, slice_part(check->text, name.offset,
                                                  name.offset + name.length))
            : change->name);
    /* With the space that follows it. */
    if (local.length > 0)
        local.length++;
    return check_format(check,
                        "%s\n-- and after the statements that it is for:\n%s",
                        check_rewrite(check, local, ""), reset);
}

static void check_set(struct check *check, const Node *node)
{
    const VariableSetStmt *set = (const VariableSetStmt *)node;
    struct setting_change_array changes = setting_changes(check->arena, node);
    struct span words = words_at_start(check->text, check->statement, 2);
    bool is_of_transaction = changes.count == 0;
    if (!is_of_transaction && !set->is_local)
        return;
    check_report(
        check, words, node,
        is_of_transaction
            ? "SET TRANSACTION does nothing here but warn, because no "
              "transaction has begun"
            : check_format(check,
                           "SET LOCAL %s does nothing here but warn, because "
                           "no transaction has begun: what follows runs "
                           "without it",
                           set->name),
        !is_of_transaction && set->kind == VAR_SET_VALUE
            ? session_help(check, &changes.items[0])
            : wrapped_help(check));
}

/* SELECT set_config(..., true). A query file's statement may be run in a
 * transaction that begins elsewhere. */
static void check_select(struct check *check, const Node *node)
{
    if (!tool_has_history(check->history->tool))
        return;
    struct setting_change_array changes = setting_changes(check->arena, node);
    for (size_t i = 0; i < changes.count; i++) {
        const A_Const *argument = changes.items[i].is_local_argument;
        if (!changes.items[i].is_local)
            continue;
        struct span words =
            words_at(check->text, check->statement,
                     check->statement->tree_base + (size_t)argument->location);
        check_report(check, words, argument,
                     check_format(check,
                                  "set_config('%s', ..., true) does nothing "
                                  "here, because no transaction has begun: it "
                                  "ends with its own statement",
                                  changes.items[i].name),
                     check_rewrite(check, words, "false"));
    }
}

static void check_node(struct check *check, const Node *node)
{
    if (check->transaction_kind != TRANSACTION_NONE || check->is_in_do ||
        walk_depth(check->walk) > 0)
        return;
    if (IsA(node, VariableSetStmt))
        check_set(check, node);
    else
        check_select(check, node);
}

static const NodeTag tags[] = {T_VariableSetStmt, T_SelectStmt, T_Invalid};

const struct rule rule_set_local_without_transaction = {
    .id = "set-local-without-transaction",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_WARNING,
    .summary = "SET LOCAL outside of a transaction does nothing",
    .rationale =
        "SET LOCAL lasts until the end of the transaction. Where each "
        "statement is a transaction of its own it is over at once: the server "
        "warns `SET LOCAL can only be used in transaction blocks`, which "
        "migration tools do not show, and the statements that follow run "
        "without the lock_timeout or search_path that their author relied on. "
        "SET TRANSACTION is no different, nor is set_config() with true as its "
        "last argument.\n\n"
        "Where the migration must run without a transaction, SET the session's "
        "setting and RESET it afterwards; else write BEGIN and COMMIT around "
        "the statements.\n\n"
        "Where a tool sends several statements as one string, they are a "
        "transaction, and SET LOCAL works.",
    .ignore_when =
        "The script is run in a transaction of the caller's, as by psql "
        "--single-transaction.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "SET LOCAL lock_timeout = '5s';\n"
           "ALTER TABLE orders ADD COLUMN total numeric;",
    .good = "BEGIN;\n"
            "SET LOCAL lock_timeout = '5s';\n"
            "ALTER TABLE orders ADD COLUMN total numeric;\n"
            "COMMIT;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
