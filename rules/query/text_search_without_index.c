/*
 * text-search-without-index: to_tsvector(body) @@ query where no index has the
 * vectors. Sees every SELECT, UPDATE and DELETE in the tree (lint/index_use);
 * that an index has the very expression is compared there.
 */
#include "lint/advice.h"
#include "lint/index_confirm.h"
#include "lint/index_wanted.h"
#include "lint/query_words.h"

#include <string.h>

/* What a search looks at. */
struct searched {
    bool has_default_configuration; /* to_tsvector(body), or body @@ query */
    bool has_parameter;             /* what is searched is not known before */
    const ColumnRef *column;        /* the first one */
    bool is_qualified;              /* some name stands behind a table's */
};

static bool is_to_tsvector(const FuncCall *call)
{
    return strcmp(name_from_string(llast(call->funcname)), "to_tsvector") == 0;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct searched *searched = closure;
    const FuncCall *call = node_as(FuncCall, node);
    const ColumnRef *column = node_as(ColumnRef, node);

    (void)walk;
    if (call != NULL && is_to_tsvector(call) && list_length(call->args) == 1)
        searched->has_default_configuration = true;
    if (IsA(node, ParamRef) || IsA(node, SubLink))
        searched->has_parameter = true;
    if (column == NULL)
        return true;
    if (searched->column == NULL)
        searched->column = column;
    if (list_length(column->fields) > 1)
        searched->is_qualified = true;
    return true;
}

static struct searched read_searched(const Node *operand)
{
    struct searched searched = {.column = NULL};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, operand, visit, &searched);
    walker_release(&walker);
    return searched;
}

/* The type that the search's left side has: tsvector, or a text that the server
 * makes one of. Null for another operator, as jsonb's @@. */
static const char *searched_type(const struct index_use *use,
                                 const struct index_term *term)
{
    const A_Expr *expression = node_as(A_Expr, term->condition);
    const struct query_operation *operation;
    const struct type *taken;
    const char *name;

    if (expression == NULL || expression->kind != AEXPR_OP ||
        term->kind != TERM_COMPARISON || !term->is_value)
        return NULL;
    name = name_from_string(llast(expression->name));
    if (strcmp(name, "@@") != 0 && strcmp(name, "@@@") != 0)
        return NULL;
    operation = query_operation_at(use->check, term->location, term->number);
    taken = operation != NULL ? operation->taken[term->is_right] : NULL;
    if (taken == NULL || (strcmp(taken->name, "tsvector") != 0 &&
                          strcmp(taken->name, "text") != 0))
        return NULL;
    return taken->name;
}

/* `to_tsvector('english', body)`, as an index can have it; null if that takes
 * more than the names. */
static const char *key_of(struct check *check, const struct index_term *term,
                          const struct searched *searched)
{
    const FuncCall *call = node_as(FuncCall, term->operand);
    const char *column =
        searched->column != NULL
            ? check_quote(check,
                          name_from_string(llast(searched->column->fields)))
            : NULL;
    const char *configuration;

    if (term->name != NULL)
        return column;
    if (!searched->is_qualified)
        return index_wanted_sql(check, term->operand);
    if (call == NULL || !is_to_tsvector(call) || list_length(call->args) != 2 ||
        !IsA(lsecond(call->args), ColumnRef))
        return NULL;
    configuration = index_wanted_sql(check, linitial(call->args));
    return configuration != NULL && !IsA(linitial(call->args), ColumnRef)
               ? check_format(check, "to_tsvector(%s, %s)", configuration,
                              column)
               : NULL;
}

/* needs_parentheses: it is neither a column nor a call. */
static const char *index_help(struct check *check, const struct table *table,
                              const char *key, bool needs_parentheses,
                              const struct column *column)
{
    return index_wanted_help(
        check, table,
        check_format(
            check, needs_parentheses ? " USING gin ((%s))" : " USING gin (%s)",
            key),
        column->name);
}

static void report(const struct index_use *use, const struct index_term *term,
                   const struct query_name *name, const char *message,
                   const char *help)
{
    struct finding *finding = check_report(
        use->check, query_words_at(use->check, query_location(term->operand)),
        term->condition, message, help);

    index_confirm_later(use, finding, name->table, name->column);
}

/* Which configuration a search has that names none, the session says: an index
 * cannot have it. */
static void report_default(const struct index_use *use,
                           const struct index_term *term,
                           const struct table *table,
                           const struct query_name *name)
{
    struct check *check = use->check;
    const char *key = check_format(check, "to_tsvector('english', %s)",
                                   check_quote(check, name->column->name));

    report(use, term, name,
           check_format(check,
                        "no index can serve a search without a configuration, "
                        "which the session chooses: every row of %s is read "
                        "and its words are taken apart",
                        advice_relation_name(check, &table->relation)),
           check_format(check,
                        "%s\n-- and in the query, with the configuration that "
                        "is yours: %s @@ ...",
                        index_help(check, table, key, false, name->column),
                        key));
}

static void judge_term(const struct index_use *use,
                       const struct index_term *term)
{
    struct check *check = use->check;
    const struct table *table = index_use_table(use, term->item);
    const char *type = searched_type(use, term);
    struct searched searched;
    const struct query_name *name;
    const char *key;

    if (table == NULL || type == NULL || index_use_is_served(use, term->item))
        return;
    searched = read_searched(term->operand);
    name =
        searched.column != NULL ? query_name_of(check, searched.column) : NULL;
    if (name == NULL || name->column == NULL || searched.has_parameter)
        return;
    if (searched.has_default_configuration || strcmp(type, "text") == 0) {
        report_default(use, term, table, name);
        return;
    }
    key = key_of(check, term, &searched);
    if (key == NULL)
        return;
    report(use, term, name,
           check_format(check,
                        term->name != NULL
                            ? "no GIN or GiST index has %s: every row of %s is "
                              "read"
                            : "no index has %s: every row of %s is read and "
                              "its words are taken apart",
                        key, advice_relation_name(check, &table->relation)),
           index_help(check, table, key,
                      term->name == NULL && !IsA(term->operand, FuncCall),
                      name->column));
}

static void check_query(struct check *check, const Node *node)
{
    const struct index_use *use = index_use_of(check, node);

    for (size_t i = 0; use != NULL && i < use->terms.count; i++)
        judge_term(use, &use->terms.items[i]);
}

static const NodeTag tags[] = {T_SelectStmt, T_UpdateStmt, T_DeleteStmt,
                               T_Invalid};

const struct rule rule_text_search_without_index = {
    .id = "text-search-without-index",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "A text search that no index serves",
    .rationale =
        "to_tsvector('english', body) @@ query takes the words of every row "
        "apart, for each search, unless a GIN or GiST index has the vectors: "
        "an index on that very expression, with the same configuration, or on "
        "a column of the type tsvector that keeps them.\n\n"
        "CREATE INDEX ... USING gin (to_tsvector('english', body)) serves the "
        "query that says the same. to_tsvector(body), and body @@ query, take "
        "the configuration from default_text_search_config, which each session "
        "can set: no index can have that, and none is used. A generated "
        "column, ADD COLUMN words tsvector GENERATED ALWAYS AS "
        "(to_tsvector('english', body)) STORED, makes the queries shorter, but "
        "adding it writes the table anew.\n\n"
        "Not reported where another condition on the table is served by an "
        "index, in statements of a migration, which run once, and of tables "
        "that are not known from their beginning.",
    .ignore_when = "The table is small, or searched rarely: GIN indexes cost "
                   "writers.",
    .setup = "CREATE TABLE pages (id bigint PRIMARY KEY, body text);\n"
             "CREATE INDEX ON pages USING gin (to_tsvector('english', body));",
    .bad = "CREATE VIEW found AS\n"
           "    SELECT id FROM pages\n"
           "    WHERE to_tsvector(body) @@ plainto_tsquery('english', 'tree');",
    .good = "CREATE VIEW found AS\n"
            "    SELECT id FROM pages\n"
            "    WHERE to_tsvector('english', body)\n"
            "        @@ plainto_tsquery('english', 'tree');",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Index Cond",
    .claim_query = "SELECT id FROM found",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_query,
    .confirm = index_confirm,
};
