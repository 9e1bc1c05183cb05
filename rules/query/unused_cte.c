/*
 * unused-cte: a WITH query that nothing reads. Sees every WITH in the tree and
 * looks through the query that it belongs to for the names of its queries.
 */
#include "base/map.h"
#include "lint/query_words.h"

#include <string.h>

/* WITH within WITH is looked through once for each: no further than this. */
#define DEPTH_MAX 60

/* A WITH query, and whether something other than itself reads it. */
struct entry {
    const CommonTableExpr *query;
    bool is_read;
};

struct search {
    struct arena arena;
    struct map entries;            /* by name */
    const CommonTableExpr *inside; /* which is being looked through; or null */
};

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct search *search = closure;
    const RangeVar *range = node_as(RangeVar, node);
    struct entry *entry;

    (void)walk;
    if (range == NULL || range->schemaname != NULL)
        return true;
    entry = map_find(&search->entries, slice_from(range->relname));
    if (entry != NULL && entry->query != search->inside)
        entry->is_read = true;
    return true;
}

/* The query around the WITH, without its WITH queries themselves. */
static bool visit_outer(void *closure, const Node *node,
                        const struct walk *walk)
{
    struct search *search = closure;
    const CommonTableExpr *query = node_as(CommonTableExpr, node);
    const struct entry *entry =
        query != NULL ? map_find(&search->entries, slice_from(query->ctename))
                      : NULL;

    if (entry != NULL && entry->query == query)
        return false;
    return visit(closure, node, walk);
}

/* A query that writes runs whether it is read or not. */
static bool does_nothing_else(const CommonTableExpr *query)
{
    return IsA(query->ctequery, SelectStmt);
}

static bool is_nested_deeply(const struct check *check)
{
    size_t at = 0, count = 0;
    const Node *node;

    while ((node = walk_next_ancestor(check->walk, &at)) != NULL)
        count += IsA(node, WithClause);
    return count > DEPTH_MAX;
}

static void find_uses(struct check *check, struct search *search,
                      const WithClause *with)
{
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, walk_ancestor(check->walk, 0), visit_outer, search);
    foreach_node (CommonTableExpr, query, with->ctes) {
        search->inside = query;
        walk_tree(&walker, query->ctequery, visit, search);
    }
    walker_release(&walker);
}

/* FOR UPDATE in a query that does not run locks nothing. */
static void report(struct check *check, const CommonTableExpr *query)
{
    const SelectStmt *select = (const SelectStmt *)query->ctequery;
    bool locks = select->lockingClause != NIL;
    const char *name = query->ctename;
    struct finding *finding = check_report(
        check, query_words_at(check, query->location), query,
        check_format(check,
                     "nothing reads the WITH query \"%s\": the server does "
                     "not run it%s",
                     name, locks ? " and locks no row" : ""),
        locks ? check_format(check,
                             "read \"%s\" where its rows are to be locked: "
                             "WHERE ... IN (SELECT ... FROM %s)",
                             name, check_quote(check, name))
              : check_format(check, "take \"%s\" out of WITH", name));

    if (locks)
        finding_raise(finding, SEVERITY_WARNING);
}

static void check_with(struct check *check, const Node *node)
{
    const WithClause *with = (const WithClause *)node;
    struct search search = {0};

    if (walk_ancestor(check->walk, 0) == NULL || is_nested_deeply(check))
        return;
    foreach_node (CommonTableExpr, query, with->ctes) {
        struct entry *entry = arena_alloc(&search.arena, sizeof *entry);

        entry->query = query;
        map_put(&search.arena, &search.entries, slice_from(query->ctename),
                entry);
    }
    find_uses(check, &search, with);
    foreach_node (CommonTableExpr, query, with->ctes) {
        const struct entry *entry =
            map_find(&search.entries, slice_from(query->ctename));

        if (entry->query != query || entry->is_read ||
            !does_nothing_else(query))
            continue;
        report(check, query);
    }
    arena_release(&search.arena);
}

static const NodeTag tags[] = {T_WithClause, T_Invalid};

const struct rule rule_unused_cte = {
    .id = "unused-cte",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_INFO,
    .summary = "Nothing reads a WITH query",
    .rationale =
        "A WITH query that nothing reads is not run. It is left over from an "
        "earlier form of the statement, or the name of a table stands where "
        "the query's name was meant, and then the statement reads rows that "
        "were to be left out. With FOR UPDATE it is worse: the rows that were to "
        "be locked, in one order so that no deadlock can be, are not locked at "
        "all. That is a warning.\n\n"
        "Take it out, or read it. INSERT, UPDATE, DELETE and MERGE in WITH "
        "run in any case and are not reported.",
    .ignore_when = "It is kept for whoever looks into the query by hand.",
    .setup = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
    .bad = "WITH large AS (SELECT id FROM orders WHERE total > 1000)\n"
           "SELECT id FROM orders;",
    .good = "WITH large AS (SELECT id FROM orders WHERE total > 1000)\n"
            "SELECT id FROM large;",
    .claim = CLAIM_PLAN_WITHOUT,
    .claim_text = "Filter: (total > '1000'::numeric)",
    .directions = RULE_UP,
    .tags = tags,
    .check_node = check_with,
};
