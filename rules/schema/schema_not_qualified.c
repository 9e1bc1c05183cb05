/*
 * schema-not-qualified: a statement makes a table, view, sequence or function,
 * or changes a table, without naming its schema: search_path decides which.
 */
#include "lint/advice.h"

#include <string.h>

static void report(struct check *check, const Node *node, struct span words,
                   const char *name)
{
    check_report(check, words, node,
                 check_format(check,
                              "\"%s\" is looked for, or made, in whatever "
                              "schema the search_path of the session names "
                              "first",
                              name),
                 check_format(check, "public.%s", check_quote(check, name)));
}

static void judge_range(struct check *check, const Node *node,
                        const RangeVar *range)
{
    const struct relation *relation;

    if (range == NULL || range->schemaname != NULL || range->location < 0 ||
        range->relpersistence == RELPERSISTENCE_TEMP || check->is_in_body)
        return;
    relation = schema_find_relation(check->schema, name_from_range_var(range));
    if (relation != NULL && relation->is_temporary)
        return;
    report(
        check, node,
        words_of_name_at(check->text, check->statement,
                         check->statement->tree_base + (size_t)range->location),
        range->relname);
}

static void judge_function(struct check *check,
                           const CreateFunctionStmt *create)
{
    struct qualified_name name = name_from_list(create->funcname);

    if (name.schema == NULL)
        report(check, (const Node *)create,
               words_find_name(check->text, check->statement,
                               check->statement->offset, name.name),
               name.name);
}

static void check_node(struct check *check, const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateStmt:
        judge_range(check, node, ((const CreateStmt *)node)->relation);
        return;
    case T_CreateTableAsStmt:
        judge_range(check, node, ((const CreateTableAsStmt *)node)->into->rel);
        return;
    case T_ViewStmt:
        judge_range(check, node, ((const ViewStmt *)node)->view);
        return;
    case T_CreateSeqStmt:
        judge_range(check, node, ((const CreateSeqStmt *)node)->sequence);
        return;
    case T_IndexStmt:
        judge_range(check, node, ((const IndexStmt *)node)->relation);
        return;
    case T_AlterTableStmt:
        judge_range(check, node, ((const AlterTableStmt *)node)->relation);
        return;
    default: judge_function(check, (const CreateFunctionStmt *)node);
    }
}

static const NodeTag tags[] = {
    T_CreateStmt, T_CreateTableAsStmt, T_ViewStmt,           T_CreateSeqStmt,
    T_IndexStmt,  T_AlterTableStmt,    T_CreateFunctionStmt, T_Invalid};

const struct rule rule_schema_not_qualified = {
    .id = "schema-not-qualified",
    .family = FAMILY_SCHEMA,
    .severity = SEVERITY_OFF,
    .summary = "A statement leaves the schema to the search_path",
    .rationale =
        "A name without a schema means the first one of the search_path that "
        "has it, and what is made goes into the first that exists. The "
        "search_path is a setting of the session, the role and the database: "
        "the same migration, run by another role or through another pool, "
        "makes its tables elsewhere, or changes those of another tenant.\n\n"
        "The rule speaks of DDL only, and not of temporary tables.",
    .ignore_when = "The tool sets the search_path on purpose, to run the same "
                   "migrations for several schemas.",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE public.orders (id bigint PRIMARY KEY);",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_node,
};
