/*
 * variable-hides-column: names in the queries of PL/pgSQL bodies that mean a
 * variable and a column of the same query. What the columns are the schema knows;
 * what the variables, PL/pgSQL's own compiler.
 */
#include "lint/advice.h"
#include "lint/query_names.h"
#include "lint/routine_advice.h"

#include <string.h>

/* The author has said which it is to be. */
static bool is_decided(const struct routine *routine)
{
    const CreateFunctionStmt *create =
        node_as(CreateFunctionStmt, routine->node);

    if (slice_find(routine->body.text, SLICE("#variable_conflict use_")) !=
        SLICE_NOT_FOUND)
        return true;
    if (create == NULL)
        return false;
    foreach_node (DefElem, option, create->options) {
        const VariableSetStmt *set = node_as(VariableSetStmt, option->arg);

        if (set != NULL && set->name != NULL &&
            strcmp(set->name, "plpgsql.variable_conflict") == 0)
            return true;
    }
    return false;
}

/* By which the query calls the table. */
static const char *qualifier_of(const struct query_name *column)
{
    const RangeVar *item =
        column->item != NULL ? node_as(RangeVar, column->item) : NULL;

    if (item == NULL)
        return column->column->table->relation.name;
    return item->alias != NULL ? item->alias->aliasname : item->relname;
}

static const char *help_text(struct check *check, const char *name,
                             const struct query_name *column,
                             const struct routine_variable *variable)
{
    const char *quoted = check_quote(check, name);
    const char *qualifier = check_quote(check, qualifier_of(column));

    if (variable->parameter == ROUTINE_NO_PARAMETER ||
        check->routine->name == NULL)
        return check_format(
            check,
            "%s.%s for the column; for the variable, give it "
            "another name: %s",
            qualifier, quoted,
            check_quote(check, check_format(check, "v_%s", name)));
    return check_format(check, "%s.%s for the column, %s.%s for the parameter",
                        qualifier, quoted,
                        check_quote(check, check->routine->name), quoted);
}

/* A query around the name has a table. Most expressions of PL/pgSQL have none,
 * and to find out what all their names mean takes long. */
static bool may_be_column(const struct walk *walk)
{
    const Node *ancestor;
    size_t at = 0;

    while ((ancestor = walk_next_ancestor(walk, &at)) != NULL)
        switch (nodeTag(ancestor)) {
        case T_SelectStmt:
            if (((const SelectStmt *)ancestor)->fromClause != NIL)
                return true;
            break;
        case T_InsertStmt:
        case T_UpdateStmt:
        case T_DeleteStmt:
        case T_MergeStmt: return true;
        default: break;
        }
    return false;
}

static void check_reference(struct check *check, const Node *node)
{
    const ColumnRef *reference = (const ColumnRef *)node;
    const char *name = name_from_string(linitial(reference->fields));
    struct routine_variable variable;
    const struct query_name *column;

    if (check->query == NULL || name == NULL || reference->location < 0 ||
        list_length(reference->fields) != 1 || !may_be_column(check->walk) ||
        !routine_find_variable(check->query, &name, 1, &variable))
        return;
    column = query_name_of(check, reference);
    if (column == NULL || column->column == NULL || is_decided(check->routine))
        return;
    check_report(
        check,
        words_at(check->text, check->statement,
                 check->statement->tree_base + (size_t)reference->location),
        node,
        check_format(
            check,
            "\"%s\" is a %s of %s and a column of %s: the query fails as "
            "ambiguous",
            name,
            variable.parameter != ROUTINE_NO_PARAMETER ? "parameter"
                                                       : "variable",
            routine_advice_name(check),
            advice_relation_name(check, &column->column->table->relation)),
        help_text(check, name, column, &variable));
}

static const NodeTag tags[] = {T_ColumnRef, T_Invalid};

const struct rule rule_variable_hides_column = {
    .id = "variable-hides-column",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_WARNING,
    .summary = "A name means a variable and a column at once",
    .rationale =
        "Where a query in a PL/pgSQL body uses a bare name that is a variable "
        "or parameter and a column of a table in that query too, the server "
        "refuses to guess: it makes the function, and when it comes to the "
        "query, fails with `column reference \"id\" is ambiguous`. The columns "
        "of RETURNS TABLE are such variables.\n\n"
        "Qualify the column with its table and the parameter with the "
        "function's name, or give variables names that no column has (v_id, "
        "p_id). Not reported where the body says `#variable_conflict "
        "use_column` or `use_variable`, nor where the name is qualified, or "
        "stands where only a column can: after SET, and in the list of columns "
        "of INSERT. What tables have is told from the migrations: of a table "
        "that they do not make, nothing is said.",
    .ignore_when = "The server's setting plpgsql.variable_conflict is not "
                   "\"error\".",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
    .bad = "CREATE FUNCTION all_users() RETURNS TABLE (id bigint, email text)\n"
           "    LANGUAGE plpgsql AS $$\n"
           "BEGIN\n"
           "    RETURN QUERY SELECT id, u.email FROM users AS u;\n"
           "END $$;\n"
           "SELECT id FROM all_users();",
    .good =
        "CREATE FUNCTION all_users() RETURNS TABLE (id bigint, email text)\n"
        "    LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "    RETURN QUERY SELECT u.id, u.email FROM users AS u;\n"
        "END $$;\n"
        "SELECT id FROM all_users();",
    .claim = CLAIM_REFUSED,
    .claim_text = "is ambiguous",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_reference,
};
