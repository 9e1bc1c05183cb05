/*
 * Expressions that were kept, looked at again: ALTER COLUMN TYPE makes checks
 * and indexes anew, of the new types.
 *
 * Facts: src/backend/commands/tablecmds.c (ATPostAlterTypeParse).
 */
#include "replay/bind.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <string.h>

/* The only target of SELECT. */
static const Node *only_target(const struct statement *statement)
{
    const SelectStmt *select;
    const ResTarget *target;

    if (statement->outcome != PARSE_DONE)
        return NULL;
    select = node_as(SelectStmt, statement->tree);
    if (!select || list_length(select->targetList) != 1)
        return NULL;
    target = node_as(ResTarget, (Node *)linitial(select->targetList));
    return target ? target->val : NULL;
}

/* What the server has put no casts into, if the columns are integers. */
static bool is_plain_node(const Node *node)
{
    static const char *const operators[] = {
        "<", ">", "=", "<=", ">=", "<>", "+", "-", "*", "/"};
    const A_Const *constant = node_as(A_Const, node);
    const A_Expr *operation = node_as(A_Expr, node);
    const char *name;

    switch (nodeTag(node)) {
    case T_A_Const:
        return !constant->isnull && nodeTag(&constant->val) == T_Integer;
    case T_A_Expr:
        name = name_from_string(llast(operation->name));
        for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
            if (operation->kind == AEXPR_OP && strcmp(name, operators[i]) == 0)
                return true;
        }
        return false;
    case T_ColumnRef:
    case T_BoolExpr:
    case T_NullTest:
    case T_Integer:
    case T_String: return true;
    default: return false;
    }
}

static bool visit_plain(void *closure, const Node *node,
                        const struct walk *walk)
{
    bool *is_plain = closure;

    (void)walk;
    if (!is_plain_node(node))
        *is_plain = false;
    return *is_plain;
}

static bool is_plain(struct replay *replay, const Node *node)
{
    bool is_all_plain = true;

    walk_tree(&replay->schema->walker, node, visit_plain, &is_all_plain);
    return is_all_plain;
}

/* Words that were not bound may have old names: that these are not found says
 * nothing. */
static bool is_about_types(const char *sqlstate)
{
    static const char *const states[] = {"42883", "42804", "42725", "22P02"};

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(sqlstate, states[i]) == 0)
            return true;
    }
    return false;
}

static bool describe(struct replay *replay, const Node *node,
                     struct table *table, enum query_clause clause)
{
    struct schema *schema = replay->schema;
    struct query_place place = {.clause = clause,
                                .table = table,
                                .forbids_parameters = true};
    struct query_description description;

    query_describe_expression(schema, &schema->scratch, node, &place,
                              &description);
    return !is_about_types(description.sqlstate) ||
           replay_fail(replay, description.sqlstate, "%s", description.message);
}

bool bind_again(struct replay *replay, const struct expression *expression,
                const char *words, struct table *table,
                enum query_clause clause)
{
    struct schema *schema = replay->schema;
    struct statement statement;
    struct splitter splitter;
    struct parser *parser;
    const Node *node;
    struct slice text;
    bool is_taken = true;

    if (expression)
        words = expression_to_sql(&schema->scratch, schema, expression);
    if (!words || !replay_knows_all(replay))
        return true;
    text = slice_from(arena_format(&schema->scratch, "SELECT (%s)", words));
    splitter = splitter_of(text, 0, text.length);
    if (!model_spend(schema, text.length) ||
        !splitter_next(&splitter, &statement))
        return true;
    parser = parser_new();
    if (!parser)
        return true;
    parser_parse(parser, text, &statement, 1);
    node = only_target(&statement);
    if (node && is_plain(replay, node))
        is_taken = describe(replay, node, table, clause);
    parser_free(parser);
    return is_taken;
}
