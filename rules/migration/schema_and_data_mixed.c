/*
 * schema-and-data-mixed: one migration changes tables that exist and the rows
 * of tables that exist. Remembers the section's first statement of each kind
 * and speaks once, about the rows.
 */
#include "lint/advice.h"

#include <string.h>

struct seen {
    struct place schema; /* source null: none yet */
    struct place data;
    const char *message; /* about the data */
    const char *help;
    bool is_reported;
};

static bool is_existing(const struct check *check, const RangeVar *relation)
{
    struct qualified_name name = name_from_range_var(relation);
    const char *bookkeeping = tool_bookkeeping_table(check->history->tool);
    if (bookkeeping != NULL && strcmp(bookkeeping, name.name) == 0)
        return false;
    return !check_is_new(check, name) && !check_is_absent(check, name);
}

/* The table whose rows it changes; null for any other statement. */
static const RangeVar *changed_table(const Node *node)
{
    switch (nodeTag(node)) {
    case T_InsertStmt: return ((const InsertStmt *)node)->relation;
    case T_UpdateStmt: return ((const UpdateStmt *)node)->relation;
    case T_DeleteStmt: return ((const DeleteStmt *)node)->relation;
    case T_MergeStmt: return ((const MergeStmt *)node)->relation;
    case T_CopyStmt:
        return ((const CopyStmt *)node)->is_from
                   ? ((const CopyStmt *)node)->relation
                   : NULL;
    default: return NULL;
    }
}

static const char *command_name(const Node *node)
{
    switch (nodeTag(node)) {
    case T_InsertStmt: return "INSERT into";
    case T_UpdateStmt: return "UPDATE of";
    case T_DeleteStmt: return "DELETE from";
    case T_MergeStmt: return "MERGE into";
    default: return "COPY into";
    }
}

/* It takes a lock that changes of rows wait for, on a table that is not new. */
static bool changes_schema(struct check *check)
{
    const struct effects *effects = check_effects(check);
    for (size_t i = 0; i < effects->locks.count; i++) {
        const struct lock *lock = &effects->locks.items[i];
        if (lock->mode >= LOCK_SHARE &&
            (lock->kind == RELATION_TABLE ||
             lock->kind == RELATION_PARTITIONED_TABLE) &&
            (lock->relation == NULL ||
             !relation_is_new(check->schema, lock->relation)))
            return true;
    }
    return false;
}

static struct place place_of(const struct check *check)
{
    return (struct place){check->source,
                          words_at_start(check->text, check->statement, 2), 0};
}

static void report(struct check *check, struct seen *seen)
{
    if (seen->is_reported || seen->schema.source == NULL ||
        seen->data.source == NULL)
        return;
    struct finding *finding =
        check_report_at(check, seen->data, NULL, seen->message, seen->help);
    finding_note(check, finding, seen->schema, "the schema is changed here");
    seen->is_reported = true;
}

static void check_data(struct check *check, struct seen *seen, const Node *node)
{
    const RangeVar *table = changed_table(node);
    struct span nothing = {check->statement->offset, 0};
    if (seen->data.source != NULL || check->is_in_body || table == NULL ||
        !is_existing(check, table))
        return;
    seen->data = place_of(check);
    seen->message = check_format(
        check,
        "%s %s in a migration that changes tables too: its time adds to theirs, "
        "and they can only be undone together",
        command_name(node), advice_name(check, name_from_range_var(table)));
    seen->help = check_format(check, "-- in a migration of its own:\n%s",
                              check_rewrite(check, nothing, ""));
    report(check, seen);
}

static void check_node(struct check *check, const Node *node)
{
    struct seen *seen = check_section_memory(check, sizeof *seen);
    if (seen->is_reported)
        return;
    if (changed_table(node) != NULL) {
        check_data(check, seen, node);
        return;
    }
    if (seen->schema.source != NULL || IsA(node, CopyStmt) ||
        walk_depth(check->walk) > 0 || !changes_schema(check))
        return;
    seen->schema = place_of(check);
    report(check, seen);
}

static const NodeTag tags[] = {T_InsertStmt,
                               T_UpdateStmt,
                               T_DeleteStmt,
                               T_MergeStmt,
                               T_CopyStmt,
                               T_IndexStmt,
                               T_AlterTableStmt,
                               T_DropStmt,
                               T_CreateTrigStmt,
                               T_RenameStmt,
                               T_AlterObjectSchemaStmt,
                               T_AlterOwnerStmt,
                               T_Invalid};

const struct rule rule_schema_and_data_mixed = {
    .id = "schema-and-data-mixed",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_OFF,
    .summary = "One migration changes tables and the rows of tables",
    .rationale =
        "A change of the schema takes a strong lock for a moment; a change of "
        "many rows takes long. In one transaction the lock is held until the "
        "rows are done, and other sessions wait for it all the while. Without "
        "a transaction a failure in the rows leaves the schema changed. And a "
        "change of rows wants to be done in batches, stopped, and done again, "
        "which a migration of the schema cannot be.\n\n"
        "Write one migration for the schema, and one for the rows. The rule is "
        "off by default: it is for teams that agree to separate the two. "
        "Tables that the migration makes, and fills, are of no concern.",
    .ignore_when =
        "The tables are small, so that the locks of the one do not wait "
        "for the other.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "ALTER TABLE orders ADD COLUMN tax numeric;\n"
           "UPDATE orders SET tax = total * 0.2;",
    .good = "ALTER TABLE orders ADD COLUMN tax numeric;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .tags = tags,
    .check_node = check_node,
};
