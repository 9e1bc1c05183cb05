/*
 * like-leading-wildcard: LIKE '%x', for which a B-tree is of no use. Sees every
 * SELECT, UPDATE and DELETE in the tree; the schema knows where there are
 * trigrams.
 */
#include "lint/advice.h"
#include "lint/index_confirm.h"
#include "lint/query_words.h"

#include <ctype.h>
#include <string.h>

/* The constant that a pattern begins with: `'%' || $1 || '%'` too. */
static const A_Const *first_constant(const Node *node)
{
    const A_Expr *expression;

    while ((expression = node_as(A_Expr, node)) != NULL &&
           expression->kind == AEXPR_OP && expression->lexpr != NULL &&
           strcmp(name_from_string(llast(expression->name)), "||") == 0)
        node = expression->lexpr;
    return node_as(A_Const, node);
}

static bool has_leading_wildcard(const Node *pattern)
{
    const A_Const *constant = first_constant(pattern);

    return constant != NULL && !constant->isnull &&
           IsA(&constant->val, String) && constant->val.sval.sval[0] == '%' &&
           strspn(constant->val.sval.sval, "%") <
               strlen(constant->val.sval.sval) + !IsA(pattern, A_Const);
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c > 127;
}

static bool is_wildcard(char c)
{
    return c == '%' || c == '_';
}

/* Whether an index of trigrams can find it: three letters or digits side by
 * side, where the beginning of a word counts as two and its end as one. It finds
 * no `%_/_%`. What a parameter brings is not known. */
static bool has_trigram(const Node *pattern)
{
    const A_Const *constant = node_as(A_Const, pattern);
    const char *text;
    int run = 0;

    if (constant == NULL)
        return true;
    text = constant->val.sval.sval;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool is_start =
            i > 0 && !is_letter(text[i - 1]) && !is_wildcard(text[i - 1]);

        if (!is_letter(text[i])) {
            run = 0;
            continue;
        }
        run += is_start ? 3 : 1;
        if (run +
                (is_letter(text[i + 1]) || is_wildcard(text[i + 1]) ? 0 : 1) >=
            3)
            return true;
    }
    return false;
}

/* LIKE or ILIKE, and not their negations. */
static bool is_like(const A_Expr *expression)
{
    const char *name = name_from_string(llast(expression->name));

    return (expression->kind == AEXPR_LIKE && strcmp(name, "~~") == 0) ||
           (expression->kind == AEXPR_ILIKE && strcmp(name, "~~*") == 0);
}

static bool has_trigrams(const struct table *table)
{
    for (size_t i = 0; table != NULL && i < table->indexes.count; i++) {
        const struct index *index = table->indexes.items[i];

        for (size_t j = 0; j < index->column_count; j++)
            if (!index->relation.object.is_dropped &&
                index->columns[j].opclass != NULL &&
                strstr(index->columns[j].opclass, "trgm") != NULL)
                return true;
    }
    return false;
}

static void judge_condition(const struct index_use *use, const Node *condition)
{
    struct check *check = use->check;
    const A_Expr *expression = node_as(A_Expr, condition);
    const struct query_name *name;
    const struct table *table;
    struct finding *finding;
    const char *sql;

    if (expression == NULL || !is_like(expression) ||
        !has_leading_wildcard(expression->rexpr) ||
        !has_trigram(expression->rexpr))
        return;
    name = query_name_of_node(check, expression->lexpr);
    table = name != NULL && name->column != NULL
                ? index_use_table(use, name->item)
                : NULL;
    if (table == NULL || has_trigrams(table) ||
        index_use_is_served(use, name->item))
        return;
    sql = check_quote(check, name->column->name);
    finding = check_report(
        check, query_words_of(check, expression->rexpr), condition,
        check_format(check,
                     "a pattern that begins with %% is looked for in every row "
                     "of %s",
                     advice_relation_name(check, &table->relation)),
        check_format(check,
                     "CREATE EXTENSION IF NOT EXISTS pg_trgm;\n"
                     "CREATE INDEX CONCURRENTLY ON %s USING gin (%s "
                     "gin_trgm_ops);",
                     advice_relation_sql(check, &table->relation), sql));
    index_confirm_later(use, finding, table, name->column);
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->conditions.count; i++)
        judge_condition(use, use->conditions.items[i].node);
}

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_like_leading_wildcard = {
    .id = "like-leading-wildcard",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "LIKE '%...' reads every row",
    .rationale =
        "A B-tree finds what begins with a text, as a dictionary does. LIKE "
        "'%smith' begins with anything: the server reads every row and "
        "compares.\n\n"
        "The extension pg_trgm splits texts into groups of three letters, and "
        "its GIN index finds those anywhere in a text. For the end of a text "
        "alone, index reverse(name) and look for reverse('smith') || '%'. For "
        "words, text search.\n\n"
        "Not reported where the table has a trigram index, of a pattern that "
        "has no three letters side by side, where another "
        "condition on it is served by an index, in statements of a migration, "
        "and of tables that are not known from their beginning.",
    .ignore_when = "The table is small, or the search is rare.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n"
             "CREATE INDEX ON users (name text_pattern_ops);",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT id FROM users WHERE name LIKE '%smith';",
    .good = "CREATE VIEW found AS\n"
            "    SELECT id FROM users WHERE name LIKE 'smith%';",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT id FROM found",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
    .confirm = index_confirm,
};
