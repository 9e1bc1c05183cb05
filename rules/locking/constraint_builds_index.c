/*
 * constraint-builds-index: ALTER TABLE adds a constraint that builds an index
 * under ACCESS EXCLUSIVE, instead of taking one that was built CONCURRENTLY.
 * Sees every ALTER TABLE with the schema before it.
 */
#include "lint/constraint_advice.h"
#include "sql/commands.h"

static bool wants_index(const Constraint *constraint)
{
    return (constraint->contype == CONSTR_PRIMARY ||
            constraint->contype == CONSTR_UNIQUE ||
            constraint->contype == CONSTR_EXCLUSION) &&
           constraint->indexname == NULL;
}

static bool is_partitioned(const struct added_constraint *added)
{
    return added->table != NULL &&
           added->table->relation.kind == RELATION_PARTITIONED_TABLE;
}

/* ALTER TABLE ONLY on a partitioned table makes an index that is not valid
 * before every partition has its part. A statement that fails, or is not
 * understood, is judged as it will be when that is mended. */
static bool builds_index(struct check *check,
                         const struct added_constraint *added)
{
    const struct effects *effects;

    if (!wants_index(added->constraint))
        return false;
    effects = check_effects(check);
    if (!effects->is_understood)
        return added->alter->relation->inh || !is_partitioned(added);
    return effects_build_index(effects) ||
           (effects->makes_index && added->alter->relation->inh);
}

static const char *message_text(struct check *check,
                                const struct added_constraint *added)
{
    const char *word = constraint_advice_word(added->constraint);
    const char *table = advice_name(check, added->name);

    if (added->column != NULL)
        return check_format(check,
                            "%s on the new column \"%s\" blocks reads and "
                            "writes of %s while its index is built",
                            word, added->column->colname, table);
    return check_format(check,
                        "adding %s to %s blocks reads and writes while its "
                        "index is built",
                        word, table);
}

static void judge(struct check *check, const struct added_constraint *added)
{
    struct span words = added->words;

    if (!builds_index(check, added))
        return;
    if (added->column != NULL)
        words = constraint_advice_words(check, added);
    check_report(check, words, added->action, message_text(check, added),
                 constraint_advice(check, added));
}

static void judge_column(struct check *check, struct added_constraint *added)
{
    const ColumnDef *column = added->column;

    /* ADD COLUMN IF NOT EXISTS of one that exists does nothing at all. */
    if (added->action->missing_ok && added->table != NULL &&
        table_find_column(added->table, column->colname) != NULL)
        return;
    foreach_node (Constraint, constraint, column->constraints) {
        added->constraint = constraint;
        judge(check, added);
    }
}

static bool has_such_constraint(const ColumnDef *column)
{
    foreach_node (Constraint, constraint, column->constraints)
        if (wants_index(constraint))
            return true;
    return false;
}

static bool adds_such_constraint(const AlterTableCmd *action)
{
    const Constraint *constraint = node_as(Constraint, action->def);
    const ColumnDef *column = node_as(ColumnDef, action->def);

    if (action->subtype == AT_AddColumn)
        return column != NULL && has_such_constraint(column);
    return action->subtype == AT_AddConstraint && constraint != NULL &&
           wants_index(constraint);
}

static void check_alter_table(struct check *check, const Node *node)
{
    struct added_constraints walk = added_constraints_of(
        check, (const AlterTableStmt *)node, adds_such_constraint);

    while (added_constraints_next(check, &walk))
        if (walk.added.column != NULL)
            judge_column(check, &walk.added);
        else
            judge(check, &walk.added);
}

static const NodeTag tags[] = {T_AlterTableStmt, T_Invalid};

const struct rule rule_constraint_builds_index = {
    .id = "constraint-builds-index",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "Adding UNIQUE, PRIMARY KEY or EXCLUDE blocks reads and writes",
    .rationale =
        "ALTER TABLE ... ADD UNIQUE or PRIMARY KEY builds the constraint's "
        "index while it holds ACCESS EXCLUSIVE: nobody reads or writes the "
        "table until the index is done, which takes minutes on a table of many "
        "million rows. A UNIQUE column in ADD COLUMN does the same.\n\n"
        "Build the index first, with CREATE UNIQUE INDEX CONCURRENTLY, outside "
        "of a transaction; then ADD CONSTRAINT ... USING INDEX turns it into "
        "the constraint and holds the lock for a moment only. The columns of a "
        "primary key must be NOT NULL before, or that step scans the "
        "table.\n\n"
        "A partitioned table takes neither CONCURRENTLY nor USING INDEX: add "
        "the constraint to ONLY the parent, build partition by partition, and "
        "attach. An exclusion constraint cannot be built concurrently at all, "
        "and none of these can be NOT VALID.",
    .ignore_when =
        "The table is small, or the service is down while the migration "
        "runs.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
    .good = "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users "
            "(email);\n"
            "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING "
            "INDEX users_email_key;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_alter_table,
};
