/*
 * drop-not-null: ALTER COLUMN ... DROP NOT NULL, and DROP CONSTRAINT of what
 * says NOT NULL (18), of a column that code may read. Sees every ALTER TABLE
 * with the schema before it, and is asked again after the section.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "sql/commands.h"

/* The column that may be null from now on; null if the sub-command does nothing
 * of the kind, or it is not known. */
static const char *column_of(const struct table *table,
                             const AlterTableCmd *action)
{
    const struct constraint *constraint;

    if (action->subtype == AT_DropNotNull)
        return action->name;
    if (action->subtype != AT_DropConstraint || table == NULL)
        return NULL;
    constraint = table_find_constraint(table, action->name);
    return constraint != NULL && constraint->type == CONSTRAINT_NOT_NULL &&
                   constraint->columns.count > 0
               ? constraint->columns.items[0]->name
               : NULL;
}

/* It could be null before, or nobody reads it yet. */
static bool is_harmless(const struct check *check, const struct table *table,
                        const char *name)
{
    const struct column *column =
        table != NULL ? table_find_column(table, name) : NULL;

    if (column == NULL || column->made_at.source == NULL)
        return false;
    return column->is_nullable || former_is_new(check, &column->object);
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, const char *name,
                   struct span words)
{
    struct qualified_name table = name_from_range_var(alter->relation);
    const struct table *known = schema_find_table(check->schema, table);
    const struct column *column =
        known != NULL ? table_find_column(known, name) : NULL;
    struct finding *finding = check_report(
        check, words, action,
        check_format(check,
                     "code that reads \"%s\" of %s may meet a NULL from now on",
                     name, advice_name(check, table)),
        check_format(check,
                     "-- in a release after the one that can read a NULL:\n"
                     "ALTER TABLE %s %.*s;",
                     check_quote_name(check, table), (int)words.length,
                     check->text.start + words.offset));

    if (column != NULL)
        check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, column);
}

static bool is_any_dropped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_DropNotNull ||
            action->subtype == AT_DropConstraint)
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const struct table *table;
    struct command_words commands;

    if (!is_any_dropped(alter) || !check_alters_existing(check, alter))
        return;
    table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    commands = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const char *column = column_of(table, action);
        struct span words = {0};

        if (column == NULL || is_harmless(check, table, column)) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        report(check, alter, action, column, words);
    }
}

static bool confirm(struct check *check, struct finding *finding,
                    const void *subject)
{
    const struct column *column = subject;

    (void)check;
    (void)finding;
    return !column->object.is_dropped &&
           !column->table->relation.object.is_dropped && column->is_nullable;
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_drop_not_null = {
    .id = "drop-not-null",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_INFO,
    .summary = "DROP NOT NULL lets readers meet a NULL",
    .rationale =
        "The statement itself takes a moment. But code that was written for a "
        "column that is never null gets one as soon as anybody stores it: a "
        "driver that scans into a string fails, a comparison is neither true "
        "nor false, a NOT IN finds nothing. While a release is rolled out the "
        "new code writes NULLs that the old code reads.\n\n"
        "Let a release that can read a NULL come first. Where the column shall "
        "go, this is the right first step: without it INSERTs that leave it "
        "out fail.\n\n"
        "Nothing is said if the column could be null before, if the same "
        "migration made it, drops it, or makes it NOT NULL again.",
    .ignore_when = "All code that reads the column copes with NULL.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
    .bad = "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
    .good = "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\n"
            "ALTER TABLE users DROP COLUMN email;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
    .confirm = confirm,
};
