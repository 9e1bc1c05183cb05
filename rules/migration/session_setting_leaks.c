/*
 * session-setting-leaks: SET without LOCAL in the transaction in which a tool
 * runs the migration, and no RESET after it. Keeps the settings that are set
 * while the section is judged, and speaks at its end about those that stay.
 */
#include "lint/advice.h"
#include "sql/setting.h"

struct leak {
    const char *name;
    struct place place;
    size_t transaction; /* its number: a ROLLBACK takes the SET back */
    const char *local;  /* the statement as it should be */
};

struct leak_array ARRAY(struct leak);

/* There is a transaction that SET LOCAL would end with. Where a file that runs
 * without one says BEGIN itself, it is not the tool's. */
static bool is_in_transaction(const struct check *check)
{
    return check->transaction_kind != TRANSACTION_NONE &&
           check->transaction->section != TRANSACTION_NONE;
}

static bool is_named(const struct leak *leak, const char *name)
{
    return name == NULL ||
           slice_equal_ignoring_case(slice_from(leak->name), slice_from(name));
}

/* Those of this name, or of this transaction where that is not 0. */
static void forget(struct leak_array *leaks, const char *name,
                   size_t transaction)
{
    size_t kept = 0;
    for (size_t i = 0; i < leaks->count; i++) {
        const struct leak *leak = &leaks->items[i];
        if (is_named(leak, name) &&
            (transaction == 0 || leak->transaction == transaction))
            continue;
        leaks->items[kept++] = *leak;
    }
    leaks->count = (uint32_t)kept;
}

/* SET [SESSION] as SET LOCAL. */
static const char *local_set(struct check *check)
{
    const struct statement *statement = check->statement;
    struct span set = words_at_start(check->text, statement, 1);
    struct span session =
        words_find(check->text, statement, set.offset, "SET SESSION");
    struct span others[] = {
        words_find(check->text, statement, set.offset,
                   "SET SESSION AUTHORIZATION"),
        words_find(check->text, statement, set.offset,
                   "SET SESSION CHARACTERISTICS AS"),
    };
    if (others[1].length > 0)
        return check_rewrite(check, others[1], "SET");
    if (session.length > 0 && others[0].length == 0)
        return check_rewrite(check, session, "SET LOCAL");
    return check_rewrite(check, set, "SET LOCAL");
}

static const char *local_statement(struct check *check,
                                   const struct setting_change *change)
{
    if (change->is_local_argument == NULL)
        return local_set(check);
    size_t offset = check->statement->tree_base +
                    (size_t)change->is_local_argument->location;
    return check_rewrite(check, words_at(check->text, check->statement, offset),
                         "true");
}

static void add(struct check *check, struct leak_array *leaks,
                const struct setting_change *change)
{
    struct arena *arena = check_section_arena(check);
    struct leak leak = {
        .name = arena_copy(arena, slice_from(change->name)),
        .place = {check->source, words_of_statement(check->statement), 0},
        .transaction = check->transaction->number,
        .local = local_statement(check, change),
    };
    *array_push(arena, leaks) = leak;
}

/* More settings than a server has are nobody's: the list stays short. */
#define LEAKS_MAX 64

static void note_changes(struct check *check, struct leak_array *leaks)
{
    struct setting_change_array changes =
        setting_changes(check_section_arena(check), check->statement->tree);
    for (size_t i = 0; i < changes.count; i++) {
        const struct setting_change *change = &changes.items[i];
        if (change->is_local)
            continue;
        /* What is set again is not what it was. */
        forget(leaks, change->name, 0);
        if (change->effect == SETTING_SET && is_in_transaction(check) &&
            leaks->count < LEAKS_MAX)
            add(check, leaks, change);
    }
}

static void check_node(struct check *check, const Node *node)
{
    if (walk_depth(check->walk) > 0 || check->is_in_do)
        return;
    struct leak_array *leaks = check_section_memory(check, sizeof *leaks);
    const TransactionStmt *control = node_as(TransactionStmt, node);
    if (control == NULL)
        note_changes(check, leaks);
    else if (control->kind == TRANS_STMT_ROLLBACK)
        forget(leaks, NULL, check->transaction->number);
}

static void check_section(struct check *check)
{
    const struct leak_array *leaks = check_section_memory(check, sizeof *leaks);
    const char *tool = tool_name(check->history->tool);
    for (size_t i = 0; i < leaks->count; i++) {
        const struct leak *leak = &leaks->items[i];
        check_report_at(
            check, leak->place, NULL,
            check_format(
                check,
                "SET without LOCAL outlives the migration: %s stays as "
                "set for what %s runs next in the session",
                leak->name, tool),
            leak->local);
    }
}

static const NodeTag tags[] = {T_VariableSetStmt, T_SelectStmt, T_DiscardStmt,
                               T_TransactionStmt, T_Invalid};

const struct rule rule_session_setting_leaks = {
    .id = "session-setting-leaks",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_INFO,
    .summary = "SET without LOCAL outlives its migration",
    .rationale =
        "SET is for the session, and a migration tool runs many migrations in "
        "one: a search_path, a role or a lock_timeout that one of them sets is "
        "in force in the next, but only where both run in one go. A migration "
        "that works on the developer's machine, where all are run from the "
        "start, then makes its table in another schema or under another owner "
        "in production, where it is run alone. `SELECT "
        "pg_catalog.set_config('search_path', '', false)` from a dump makes "
        "the tool's own table unreachable. A pooled connection takes the "
        "setting along to the application.\n\n"
        "In a transaction write SET LOCAL, which ends with it, or true as the "
        "last argument of set_config(). RESET after the last statement does "
        "too. The rule is silent where there is no transaction that SET LOCAL "
        "could end with.",
    .ignore_when =
        "Each migration has a connection of its own, or the setting is "
        "meant for all that follow.",
    .setup = "CREATE SCHEMA app;",
    .bad = "-- +goose Up\n"
           "SET search_path = app;\n"
           "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "-- +goose Up\n"
            "SET LOCAL search_path = app;\n"
            "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .directions = RULE_UP_DOWN,
    .needs_history = true,
    .tags = tags,
    .check_node = check_node,
    .check_section = check_section,
};
