/*
 * set-not-null-scans-table: ALTER TABLE makes a column NOT NULL and reads the
 * whole table, under ACCESS EXCLUSIVE, to see whether it may. Sees every ALTER
 * TABLE with the schema before it.
 *
 * Which columns are proven to have no null, locks/ knows. A column that this
 * migration added to an existing table is scanned like any.
 */
#include "lint/advice.h"
#include "sql/commands.h"

#include <string.h>

/* A sub-command that wants columns to be not null. */
struct requirement {
    const AlterTableStmt *alter;
    const AlterTableCmd *action;
    const struct table *table; /* null: not known */
    struct qualified_name name;
    struct span words; /* of the sub-command */
    const char *what;  /* as messages call it */
};

static const char *message_text(struct check *check,
                                const struct requirement *requirement,
                                const char *column)
{
    return check_format(check,
                        "%s on \"%s\" blocks reads and writes of %s while "
                        "every row is checked",
                        requirement->what, column,
                        advice_name(check, requirement->name));
}

/* The proof is there, but goes in the same ALTER TABLE. */
static const char *lost_proof_help(struct check *check,
                                   const struct requirement *requirement,
                                   const struct constraint *proof,
                                   const char *column)
{
    return check_format(
        check,
        "-- \"%s\" would prove it, but goes in the same ALTER TABLE, before "
        "all else; in a statement of its own before that:\n"
        "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;",
        proof->name, check_quote_name(check, requirement->name),
        check_quote(check, column));
}

static void judge_column(struct check *check,
                         const struct requirement *requirement,
                         const char *column)
{
    const struct constraint *lost;
    const char *help;
    struct buffer steps;

    if (column == NULL || !effects_scan_column(check_effects(check), column))
        return;
    lost = advice_find_proof(requirement->table, column, NIL);
    if (lost != NULL) {
        help = lost_proof_help(check, requirement, lost, column);
    } else {
        buffer_init(&steps, check->arena);
        advice_add_not_null(check, &steps, requirement->name,
                            requirement->table, column);
        help = advice_text(&steps);
    }
    check_report(check, requirement->words, requirement->action,
                 message_text(check, requirement, column), help);
}

static const struct index *find_key_index(const struct check *check,
                                          const struct requirement *requirement,
                                          const char *name)
{
    struct qualified_name index = {.schema = requirement->name.schema,
                                   .name = name};

    if (requirement->table != NULL)
        index.schema = requirement->table->relation.namespace->name;
    return schema_find_index(check->schema, index);
}

/*
 * ADD PRIMARY KEY USING INDEX: one finding for all its columns. Columns of an
 * index that is not known are not known either, and neither is whether a column
 * that was never declared here is nullable: silence.
 */
static void judge_primary_key(struct check *check,
                              const struct requirement *requirement,
                              const Constraint *constraint)
{
    const struct index *index =
        find_key_index(check, requirement, constraint->indexname);
    const char *first = NULL;
    struct buffer help;

    buffer_init(&help, check->arena);
    for (size_t i = 0; index != NULL && i < index->column_count; i++) {
        const struct column *column = index->columns[i].column;

        if (column == NULL || column->made_at.source == NULL ||
            !effects_scan_column(check_effects(check), column->name))
            continue;
        if (first == NULL)
            first = column->name;
        advice_add_not_null(check, &help, requirement->name, requirement->table,
                            column->name);
    }
    if (first == NULL)
        return;
    buffer_add_format(&help, "ALTER TABLE %s %.*s;",
                      check_quote_name(check, requirement->name),
                      (int)requirement->words.length,
                      check->text.start + requirement->words.offset);
    check_report(check, requirement->words, requirement->action,
                 message_text(check, requirement, first), buffer_text(&help));
}

static const Constraint *find_of_column(const AlterTableCmd *action,
                                        ConstrType type)
{
    const ColumnDef *column = node_as(ColumnDef, action->def);

    if (column != NULL)
        foreach_node (Constraint, constraint, column->constraints)
            if (constraint->contype == type)
                return constraint;
    return NULL;
}

/* ADD COLUMN ... VIRTUAL NOT NULL: its value is computed for every row. */
static bool adds_virtual_not_null(const AlterTableCmd *action)
{
    const Constraint *generated = find_of_column(action, CONSTR_GENERATED);

    return generated != NULL &&
           generated->generated_kind == ATTRIBUTE_GENERATED_VIRTUAL &&
           find_of_column(action, CONSTR_NOTNULL) != NULL;
}

static bool is_any_scanned(const struct effects *effects)
{
    for (size_t i = 0; i < effects->work.count; i++)
        if (effects->work.items[i].kind == WORK_SCAN)
            return true;
    return false;
}

/* The sub-command without NOT NULL, and that afterwards. */
static void judge_virtual(struct check *check,
                          const struct requirement *requirement)
{
    const AlterTableCmd *action = requirement->action;
    const char *column = ((const ColumnDef *)action->def)->colname;
    size_t from = check->statement->tree_base +
                  (size_t)find_of_column(action, CONSTR_NOTNULL)->location;
    struct span not_null =
        words_find(check->text, check->statement, from, "NOT NULL");
    struct edit edit = {{from, not_null.offset + not_null.length - from}, ""};
    struct buffer help;

    if (!is_any_scanned(check_effects(check)))
        return;
    buffer_init(&help, check->arena);
    buffer_add_format(&help, "ALTER TABLE %s ",
                      check_quote_name(check, requirement->name));
    writer_add_edited(&help, check->text, requirement->words, &edit, 1);
    while (help.length > 0 && help.text[help.length - 1] == ' ')
        help.length--;
    buffer_add_text(&help, ";\n");
    advice_add_not_null(check, &help, requirement->name, requirement->table,
                        column);
    check_report(check, requirement->words, action,
                 message_text(check, requirement, column), advice_text(&help));
}

/* The columns are to be not null from now on, and the server may have to see
 * whether they are. */
static bool makes_not_null(const AlterTableCmd *action)
{
    const Constraint *constraint = node_as(Constraint, action->def);

    if (action->subtype == AT_SetNotNull)
        return true;
    if (action->subtype == AT_AddColumn)
        return adds_virtual_not_null(action);
    if (action->subtype != AT_AddConstraint || constraint == NULL)
        return false;
    if (constraint->contype == CONSTR_PRIMARY)
        return constraint->indexname != NULL;
    return constraint->contype == CONSTR_NOTNULL &&
           !constraint->skip_validation && constraint->keys != NIL;
}

static bool is_any_made_not_null(const AlterTableStmt *alter)
{
    foreach_node (AlterTableCmd, action, alter->cmds)
        if (makes_not_null(action))
            return true;
    return false;
}

static void judge(struct check *check, struct requirement *requirement)
{
    const AlterTableCmd *action = requirement->action;
    const Constraint *constraint = node_as(Constraint, action->def);

    if (action->subtype == AT_SetNotNull) {
        requirement->what = "SET NOT NULL";
        judge_column(check, requirement, action->name);
    } else if (action->subtype == AT_AddColumn) {
        requirement->what = "NOT NULL";
        judge_virtual(check, requirement);
    } else if (constraint->contype == CONSTR_PRIMARY) {
        requirement->what = "PRIMARY KEY";
        judge_primary_key(check, requirement, constraint);
    } else {
        requirement->what = "NOT NULL";
        judge_column(check, requirement,
                     name_from_string(linitial(constraint->keys)));
    }
}

static void check_alter_table(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    struct requirement requirement = {.alter = alter};
    struct command_words words;

    if (!is_any_made_not_null(alter) || !check_alters_existing(check, alter))
        return;
    requirement.name = name_from_range_var(alter->relation);
    requirement.table = schema_find_table(check->schema, requirement.name);
    words = command_words_of(check->text, check->statement, alter->relation);
    foreach_node (AlterTableCmd, action, alter->cmds) {
        if (!makes_not_null(action)) {
            command_words_pass(&words);
            continue;
        }
        requirement.action = action;
        if (!command_words_next(&words, &requirement.words))
            requirement.words = words_of_statement(check->statement);
        judge(check, &requirement);
    }
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_set_not_null_scans_table = {
    .id = "set-not-null-scans-table",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "SET NOT NULL scans the table under an exclusive lock",
    .rationale =
        "Before the server believes that a column has no nulls it reads every "
        "row, and ALTER TABLE holds ACCESS EXCLUSIVE meanwhile: not even a "
        "SELECT gets through. On a large table that is an outage of "
        "minutes.\n\n"
        "It takes a CHECK constraint's word for it. Add CHECK (c IS NOT NULL) "
        "NOT VALID, which looks at no row; VALIDATE it in a later migration, "
        "which reads the table while everyone reads and writes; then SET NOT "
        "NULL finds the proof and is done at once, and the CHECK can go. The "
        "CHECK must be dropped in a statement of its own: in one ALTER TABLE "
        "the server drops before it looks for proofs.\n\n"
        "PostgreSQL 18 has the shorter way: ADD CONSTRAINT ... NOT NULL c NOT "
        "VALID, and VALIDATE CONSTRAINT in a later migration.\n\n"
        "ADD PRIMARY KEY USING INDEX makes its columns NOT NULL and scans for "
        "that too, and so does ADD COLUMN ... VIRTUAL NOT NULL.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    .good = "ALTER TABLE users ADD CONSTRAINT users_email_not_null\n"
            "    CHECK (email IS NOT NULL) NOT VALID;\n"
            "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;\n"
            "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
            "ALTER TABLE users DROP CONSTRAINT users_email_not_null;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
