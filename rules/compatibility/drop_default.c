/*
 * drop-default: ALTER COLUMN ... DROP DEFAULT, SET DEFAULT NULL and DROP
 * IDENTITY of a column that INSERTs may leave out. Sees every ALTER TABLE with
 * the schema before it, and is asked again after the section: a change of type
 * drops a default and sets it again.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "sql/commands.h"

static bool is_null_constant(const Node *node)
{
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    return node == NULL ||
           (IsA(node, A_Const) && ((const A_Const *)node)->isnull);
}

static bool drops_default(const AlterTableCmd *action)
{
    return (action->subtype == AT_ColumnDefault &&
            is_null_constant(action->def)) ||
           action->subtype == AT_DropIdentity;
}

static bool gives_value(const struct column *column)
{
    return column->has_default || column->is_serial ||
           column->identity != IDENTITY_NONE ||
           column->generated != GENERATED_NONE;
}

/*
 * It had none. A new column's may go if the column may be null: old code, which
 * does not know it, leaves it out all the same.
 */
static bool is_harmless(const struct check *check, const struct column *column)
{
    if (column == NULL || column->made_at.source == NULL)
        return false;
    return !gives_value(column) ||
           (former_is_new(check, &column->object) && column->is_nullable);
}

static const char *message_text(struct check *check, const char *table,
                                const char *name, const struct column *column)
{
    if (column == NULL || column->made_at.source == NULL)
        return check_format(check,
                            "INSERTs into %s that leave \"%s\" out get NULL "
                            "from now on, or fail if it is NOT NULL",
                            table, name);
    if (column->is_nullable)
        return check_format(check,
                            "INSERTs into %s that leave \"%s\" out get NULL "
                            "from now on",
                            table, name);
    return check_format(check,
                        former_is_new(check, &column->object)
                            ? "INSERTs into %s of code that does not know the "
                              "new \"%s\" fail from now on"
                            : "INSERTs into %s that leave \"%s\" out fail from "
                              "now on",
                        table, name);
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, const struct column *column,
                   struct span words)
{
    struct qualified_name table = name_from_range_var(alter->relation);
    struct finding *finding = check_report(
        check, words, action,
        message_text(check, advice_name(check, table), action->name, column),
        check_format(check,
                     "-- in a release after the one whose INSERTs all give a "
                     "value:\n"
                     "ALTER TABLE %s %.*s;",
                     check_quote_name(check, table), (int)words.length,
                     check->text.start + words.offset));

    if (column != NULL)
        check_confirm_later(check, finding, CONFIRM_AFTER_SECTION, column);
}

static bool is_any_dropped(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (drops_default(action))
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
        const struct column *column = NULL;
        struct span words = {0};

        if (drops_default(action) && table != NULL)
            column = table_find_column(table, action->name);
        if (!drops_default(action) || is_harmless(check, column)) {
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

    (void)finding;
    if (former_is_new(check, &column->object) && column->is_nullable)
        return false;
    return !column->object.is_dropped &&
           !column->table->relation.object.is_dropped && !gives_value(column);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_drop_default = {
    .id = "drop-default",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_INFO,
    .summary = "DROP DEFAULT fails INSERTs that relied on the default",
    .rationale =
        "Code that leaves the column out of its INSERT got the default; from "
        "the commit on it gets NULL, and if the column is NOT NULL it fails. "
        "While a release is rolled out the old code runs beside the new "
        "schema. That holds for a new column too: the old code does not know "
        "it and leaves it out. Some object mappers add a NOT NULL column with "
        "a default and drop that at once, because they compute it "
        "themselves; the INSERTs of the release before then fail.\n\n"
        "Leave the default until no code relies on it, and drop it in a later "
        "migration, if at all.\n\n"
        "Nothing is said if the column had no default, gets another one or "
        "goes by the end of the migration, or is new and may be null.",
    .ignore_when = "All code that inserts rows names the column.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY,\n"
             "    role text NOT NULL DEFAULT 'reader');",
    .bad = "ALTER TABLE users ALTER COLUMN role DROP DEFAULT;",
    .good = "ALTER TABLE users ALTER COLUMN role DROP DEFAULT,\n"
            "    ALTER COLUMN role TYPE varchar,\n"
            "    ALTER COLUMN role SET DEFAULT 'reader';",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
    .confirm = confirm,
};
