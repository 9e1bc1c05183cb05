/*
 * column-narrowed: ALTER COLUMN TYPE to a type that cannot hold every value of
 * the old one. What that means for the values is known to locks/narrow.c.
 */
#include "lint/advice.h"
#include "lint/former.h"
#include "sql/commands.h"

#include <string.h>

/* How many statements back one that mends the values is looked for. */
#define LOOK_BACK_MAX 64

static bool is_same_table(const struct check *check, const RangeVar *range,
                          const struct table *table)
{
    return schema_find_table(check->schema, name_from_range_var(range)) ==
           table;
}

/* It gives the column other values, or deletes rows. */
static bool mends(const struct check *check, const Node *node,
                  const struct column *column)
{
    const UpdateStmt *update = node_as(UpdateStmt, node);
    const DeleteStmt *delete = node_as(DeleteStmt, node);

    if (delete != NULL)
        return is_same_table(check, delete->relation, column->table);
    if (update == NULL ||
        !is_same_table(check, update->relation, column->table))
        return false;
    foreach_node (ResTarget, target, update->targetList)
        if (target->name != NULL && strcmp(target->name, column->name) == 0)
            return true;
    return false;
}

/* The author has seen to it, in the same migration. Of large files only a piece
 * is parsed at a time, and no more is looked at. */
static bool is_mended(const struct check *check, const struct column *column)
{
    const struct statement *before = check->statement;
    size_t count = 0;

    if (check->is_in_do)
        return false;
    while (before > check->section_statements && count++ < LOOK_BACK_MAX) {
        before--;
        if (mends(check, before->tree, column))
            return true;
    }
    return false;
}

static const struct narrowed *find_narrowed(struct check *check,
                                            const struct column *column)
{
    const struct effects *effects = check_effects(check);

    if (effects->fails != NULL)
        return NULL;
    for (size_t i = 0; i < effects->narrowed.count; i++)
        if (effects->narrowed.items[i].column == column)
            return &effects->narrowed.items[i];
    return NULL;
}

/* Which rows are concerned, and how to give them time: the new type in a column
 * of its own. */
static const char *help_text(struct check *check, struct qualified_name table,
                             const struct narrowed *narrowed)
{
    const char *table_sql = check_quote_name(check, table);
    const char *name = narrowed->column->name;
    const char *new_column =
        check_quote(check, check_format(check, "%s_new", name));
    struct buffer help;

    buffer_init(&help, check->arena);
    if (narrowed->narrowing.where != NULL)
        buffer_add_format(&help,
                          "-- the rows that it concerns:\n"
                          "SELECT count(*) FROM %s WHERE %s;\n",
                          table_sql, narrowed->narrowing.where);
    buffer_add_format(
        &help,
        "-- a new column beside the old one: let the code write both, fill it "
        "in batches, drop the old one later\n"
        "ALTER TABLE %s ADD COLUMN %s %s;",
        table_sql, new_column, narrowed->type);
    return buffer_text(&help);
}

static void report(struct check *check, const AlterTableStmt *alter,
                   const AlterTableCmd *action, const struct narrowed *narrowed,
                   struct span words)
{
    struct qualified_name table = name_from_range_var(alter->relation);
    const struct narrowing *narrowing = &narrowed->narrowing;
    struct finding *finding = check_report(
        check, words, action,
        check_format(check,
                     narrowing->kind == NARROWING_FAILS
                         ? "changing \"%s\" of %s to %s fails if %s"
                         : "changing \"%s\" of %s to %s loses %s",
                     action->name, advice_name(check, table), narrowed->type,
                     narrowing->what),
        help_text(check, table, narrowed));

    if (narrowing->is_conversion)
        finding_lower(finding, SEVERITY_WARNING);
}

static bool is_any_changed(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (action->subtype == AT_AlterColumnType)
            return true;
    return false;
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const struct table *table;
    struct command_words commands;

    if (!is_any_changed(alter) || !check_alters_existing(check, alter))
        return;
    table =
        schema_find_table(check->schema, name_from_range_var(alter->relation));
    commands = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        const struct narrowed *narrowed = NULL;
        const struct column *column;
        struct span words = {0};

        if (action->subtype == AT_AlterColumnType && table != NULL) {
            column = table_find_column(table, action->name);
            if (column != NULL && !former_is_new(check, &column->object) &&
                !is_mended(check, column))
                narrowed = find_narrowed(check, column);
        }
        if (narrowed == NULL) {
            command_words_pass(&commands);
            continue;
        }
        command_words_next(&commands, &words);
        report(check, alter, action, narrowed, words);
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_column_narrowed = {
    .id = "column-narrowed",
    .family = FAMILY_COMPATIBILITY,
    .severity = SEVERITY_ERROR,
    .summary = "The new type of a column cannot hold every value of the old",
    .rationale =
        "To a shorter varchar or a smaller integer the server refuses to go as "
        "soon as one row has a value that does not fit: the migration passes "
        "every test and fails in production. To a lower scale, from a "
        "timestamp to a date, or with an explicit cast in USING to a shorter "
        "varchar, it does go, and what does not fit is lost: digits, the time "
        "of day, the end of the text. No down step brings it back. And code "
        "that still writes longer values fails from then on.\n\n"
        "Look for such rows first. A limit on length is better a CHECK, added "
        "NOT VALID and validated later: it needs no rewrite and can be "
        "changed. Else add a column of the new type and go over to it.\n\n"
        "It is a warning where the value becomes another kind of thing (text "
        "to integer): the statement fails if one does not look like it. "
        "Nothing is said of a change that holds every value, of a new table or "
        "column, where the old type is not known, of USING with anything but "
        "casts (what that does is up to its author), and where an UPDATE of "
        "the column or a DELETE stands before it in the migration.",
    .ignore_when =
        "The rows have been looked at, by the query of the help, and "
        "none is too long; and no running code can write one any more.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
             "INSERT INTO users VALUES (1, 'somebody@example.com');",
    .bad = "ALTER TABLE users ALTER COLUMN email TYPE varchar(10);",
    .good = "ALTER TABLE users ADD CONSTRAINT users_email_check\n"
            "    CHECK (char_length(email) <= 100) NOT VALID;",
    .claim = CLAIM_REFUSED,
    .claim_text = "value too long for type character varying(10)",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
