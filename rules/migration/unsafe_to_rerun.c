/*
 * unsafe-to-rerun: a statement that runs by itself, stays when a later one
 * fails, and is refused when the migration is run again. Whether it is refused
 * the replay tells: it is carried out twice.
 */
#include "lint/rule.h"

#include <string.h>

/* Words after which IF [NOT] EXISTS, or before which something else, makes the
 * statement one that can be run again. */
struct remedy {
    NodeTag tag;
    const char *after; /* keywords of the statement, in a row */
    const char *words; /* to stand after them */
};

static const struct remedy remedies[] = {
    {T_CreateStmt, "TABLE", "IF NOT EXISTS"},
    {T_CreateTableAsStmt, "TABLE", "IF NOT EXISTS"},
    {T_CreateTableAsStmt, "VIEW", "IF NOT EXISTS"},
    {T_CreateSeqStmt, "SEQUENCE", "IF NOT EXISTS"},
    {T_CreateSchemaStmt, "SCHEMA", "IF NOT EXISTS"},
    {T_CreateExtensionStmt, "EXTENSION", "IF NOT EXISTS"},
    {T_IndexStmt, "INDEX", "IF NOT EXISTS"},
    {T_AlterEnumStmt, "ADD VALUE", "IF NOT EXISTS"},
    {T_ViewStmt, "CREATE", "OR REPLACE"},
    {T_CreateFunctionStmt, "CREATE", "OR REPLACE"},
    {T_DropStmt, "MATERIALIZED VIEW", "IF EXISTS"},
    {T_DropStmt, "FOREIGN TABLE", "IF EXISTS"},
    {T_DropStmt, "TABLE", "IF EXISTS"},
    {T_DropStmt, "INDEX CONCURRENTLY", "IF EXISTS"},
    {T_DropStmt, "INDEX", "IF EXISTS"},
    {T_DropStmt, "VIEW", "IF EXISTS"},
    {T_DropStmt, "SEQUENCE", "IF EXISTS"},
    {T_DropStmt, "SCHEMA", "IF EXISTS"},
    {T_DropStmt, "TYPE", "IF EXISTS"},
    {T_DropStmt, "DOMAIN", "IF EXISTS"},
    {T_DropStmt, "FUNCTION", "IF EXISTS"},
    {T_DropStmt, "PROCEDURE", "IF EXISTS"},
    {T_DropStmt, "TRIGGER", "IF EXISTS"},
    {T_DropStmt, "POLICY", "IF EXISTS"},
    {T_DropStmt, "EXTENSION", "IF EXISTS"},
};

/* IF NOT EXISTS needs a name to look for. */
static bool fits(const struct remedy *remedy, const Node *node)
{
    const IndexStmt *index = node_as(IndexStmt, node);
    return nodeTag(node) == remedy->tag &&
           (index == NULL || index->idxname != NULL);
}

static const char *remedied(struct check *check, const Node *node)
{
    const struct statement *statement = check->statement;
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        if (!fits(&remedies[i], node))
            continue;
        struct span words = words_find(check->text, statement,
                                       statement->offset, remedies[i].after);
        if (words.length == 0)
            continue;
        struct span end = {words.offset + words.length, 0};
        return check_rewrite(check, end,
                             check_format(check, " %s", remedies[i].words));
    }
    return NULL;
}

/* ALTER TABLE with one sub-command that can look first. */
static const char *remedied_alter(struct check *check, const Node *node)
{
    const AlterTableStmt *alter = node_as(AlterTableStmt, node);
    const AlterTableCmd *action =
        alter != NULL && list_length(alter->cmds) == 1
            ? node_as(AlterTableCmd, (Node *)linitial(alter->cmds))
            : NULL;
    const char *words = NULL;
    if (action == NULL)
        return NULL;
    if (action->subtype == AT_AddColumn)
        words = "ADD COLUMN IF NOT EXISTS";
    if (action->subtype == AT_DropColumn)
        words = "DROP COLUMN IF EXISTS";
    if (action->subtype == AT_DropConstraint)
        words = "DROP CONSTRAINT IF EXISTS";
    if (words == NULL)
        return NULL;
    bool is_add = action->subtype == AT_AddColumn;
    size_t offset = check->statement->offset;
    struct span old = words_find(check->text, check->statement, offset,
                                 is_add ? "ADD COLUMN" : "DROP COLUMN");
    if (action->subtype == AT_DropConstraint)
        old = words_find(check->text, check->statement, offset,
                         "DROP CONSTRAINT");
    else if (old.length == 0)
        old = words_find(check->text, check->statement, offset,
                         is_add ? "ADD" : "DROP");
    return check_rewrite(check, old, words);
}

static const char *help_text(struct check *check, const Node *node)
{
    struct span nothing = {check->statement->offset, 0};
    const char *text = remedied(check, node);
    if (text == NULL)
        text = remedied_alter(check, node);
    return text != NULL
               ? text
               : check_format(check,
                              "BEGIN;\n%s\n-- and what must not run without "
                              "it\nCOMMIT;",
                              check_rewrite(check, nothing, ""));
}

/* Queries and settings can be run again as often as one likes; rows are not
 * known. A failed CREATE INDEX CONCURRENTLY leaves an index that must not be
 * kept: see concurrent-if-not-exists. */
static bool is_definition(const Node *node)
{
    const IndexStmt *index = node_as(IndexStmt, node);
    switch (nodeTag(node)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
    case T_CopyStmt:
    case T_VariableSetStmt:
    case T_VariableShowStmt:
    case T_TransactionStmt:
    case T_DoStmt:
    case T_CallStmt:
    case T_ExplainStmt:
    case T_VacuumStmt:
    case T_LockStmt: return false;
    default: return index == NULL || !index->concurrent;
    }
}

/* Of what the files never made, the statement's own words tell: it ran once, so
 * that what it drops or renames is gone, and what it adds is there. */
static const char *evident_failure(const Node *node)
{
    const DropStmt *drop = node_as(DropStmt, node);
    const RenameStmt *rename = node_as(RenameStmt, node);
    const AlterTableStmt *alter = node_as(AlterTableStmt, node);
    if (drop != NULL && !drop->missing_ok)
        return "what it drops does not exist any more";
    if (rename != NULL && !rename->missing_ok)
        return "what it renames does not exist any more";
    /* One that drops and adds may find all as it was. */
    if (alter == NULL || list_length(alter->cmds) != 1)
        return NULL;
    const AlterTableCmd *action =
        node_as(AlterTableCmd, (Node *)linitial(alter->cmds));
    if (action->missing_ok)
        return NULL;
    if (action->subtype == AT_DropColumn ||
        action->subtype == AT_DropConstraint)
        return "what it drops does not exist any more";
    return action->subtype == AT_AddColumn ? "the column already exists" : NULL;
}

static void check_statement(struct check *check)
{
    const Node *node = check->statement->tree;
    if (node == NULL || check->transaction_kind != TRANSACTION_NONE ||
        check->is_in_do || !is_definition(node))
        return;
    const char *failure = check_rerun_failure(check);
    if (failure == NULL)
        failure = evident_failure(node);
    if (failure == NULL)
        return;
    check_report(check, words_at_start(check->text, check->statement, 2), node,
                 check_format(check,
                              "nothing rolls this back, and if the migration "
                              "is run again, it fails: %s",
                              failure),
                 help_text(check, node));
}

const struct rule rule_unsafe_to_rerun = {
    .id = "unsafe-to-rerun",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_OFF,
    .summary = "A statement outside of a transaction fails when run twice",
    .rationale =
        "Without a transaction each statement of a migration stays when a "
        "later one fails. The tool runs the whole migration again, and the "
        "first statement fails because its table, column or type is there "
        "already, or is gone: `relation \"orders\" already exists`. Somebody "
        "has to find out by hand how far the first try came.\n\n"
        "IF NOT EXISTS, IF EXISTS and OR REPLACE make most statements ones "
        "that can be run again; a transaction makes it unnecessary. What they "
        "find is taken as it is: IF NOT EXISTS does not look whether the table "
        "has the same columns.\n\n"
        "CREATE INDEX CONCURRENTLY is left out: a failed one leaves an INVALID "
        "index, which IF NOT EXISTS would keep. The rule is off by default; "
        "what it says is what the schema knows, so it says nothing about "
        "INSERT.",
    .ignore_when =
        "Who runs the file undoes by hand what a failed run has left.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP_DOWN,
    .check_statement = check_statement,
};
