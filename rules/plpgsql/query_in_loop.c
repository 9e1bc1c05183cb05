/*
 * query-in-loop: a loop over the rows of a query that asks another table about
 * each of them. One query with a join does it. Speaks once for a loop, of the
 * first such query.
 */
#include "lint/advice.h"
#include "lint/routine_advice.h"

#include <string.h>

/* The tables that a loop writes: those that it reads again are not what they
 * were. More are not told apart. */
#define WRITTEN_MAX 16

struct written {
    const char *names[WRITTEN_MAX];
    size_t count;
};

/* What a query says of a loop's record. */
struct search {
    const char *record;
    const struct written *written;
    bool reads_written; /* a table that the loop writes */
    bool names_record;  /* record.field */
    bool hides_record;  /* an item of FROM is called so */
    bool is_bounded;    /* LIMIT: not all of the loop's rows would be joined */
    size_t tables;      /* that it reads, other than the catalogs */
    const RangeVar *table; /* the first of them */
};

static bool is_catalog(const RangeVar *table)
{
    return (table->schemaname != NULL &&
            (strcmp(table->schemaname, "pg_catalog") == 0 ||
             strcmp(table->schemaname, "information_schema") == 0)) ||
           strncmp(table->relname, "pg_", 3) == 0;
}

static void note_table(struct search *search, const RangeVar *table)
{
    const char *name =
        table->alias != NULL ? table->alias->aliasname : table->relname;

    if (search->record != NULL && strcmp(name, search->record) == 0)
        search->hides_record = true;
    if (is_catalog(table))
        return;
    for (size_t i = 0; search->written != NULL && i < search->written->count;
         i++)
        if (strcmp(search->written->names[i], table->relname) == 0)
            search->reads_written = true;
    if (search->tables++ == 0)
        search->table = table;
}

static bool visit(void *closure, const Node *node, const struct walk *walk)
{
    struct search *search = closure;

    (void)walk;
    if (IsA(node, RangeVar)) {
        note_table(search, (const RangeVar *)node);
    } else if (IsA(node, ColumnRef) && search->record != NULL) {
        const List *fields = ((const ColumnRef *)node)->fields;
        const char *name = name_from_string(linitial(fields));

        if (name != NULL && list_length(fields) > 1 &&
            strcmp(name, search->record) == 0)
            search->names_record = true;
    } else if (IsA(node, SelectStmt) &&
               ((const SelectStmt *)node)->limitCount != NULL) {
        search->is_bounded = true;
    }
    return true;
}

static struct search search_query(const struct routine_query *query,
                                  const char *record,
                                  const struct written *written)
{
    struct search search = {.record = record, .written = written};
    struct walker walker;

    walker_init(&walker);
    walk_tree(&walker, query->statement.tree, visit, &search);
    walker_release(&walker);
    return search;
}

/* The loop goes over the rows of a table: not the catalogs, which are small, nor
 * a batch of rows. */
static bool reads_rows(const struct routine *routine, size_t loop)
{
    size_t first = routine_first_query(routine, loop);
    const struct routine_query *query;
    struct search search;

    if (first == routine->own_query_count)
        return false;
    query = &routine->queries.items[first];
    if (query->step != loop || query->role != QUERY_ROWS ||
        query->statement.tree == NULL)
        return false;
    search = search_query(query, NULL, NULL);
    return search.tables > 0 && !search.is_bounded;
}

/* Only what reads: writes row by row have reasons that cannot be seen here, such
 * as errors to be caught, or triggers. */
static bool is_read(const struct routine_query *query)
{
    const Node *tree = query->statement.tree;

    return tree != NULL && (IsA(tree, SelectStmt) || IsA(tree, PLAssignStmt)) &&
           query->role != QUERY_DYNAMIC;
}

/* What the loop does with its rows needs them one by one. */
static bool is_needed(enum step_kind kind)
{
    return kind == STEP_COMMIT || kind == STEP_ROLLBACK ||
           kind == STEP_EXECUTE || kind == STEP_FOR_EXECUTE ||
           kind == STEP_CALL;
}

static void report(struct check *check, size_t loop,
                   const struct routine_query *query, const RangeVar *table)
{
    const struct routine_step *step = &check->routine->steps.items[loop];

    check_report(
        check, words_of_statement(&query->statement), query->statement.tree,
        check_format(check,
                     "the loop over %s asks %s once for every row: a thousand "
                     "rows are a thousand queries",
                     check_quote(check, step->target),
                     advice_name(check, name_from_range_var(table))),
        check_format(check,
                     "join %s in the query of the loop, and read its columns "
                     "from %s",
                     check_quote_name(check, name_from_range_var(table)),
                     check_quote(check, step->target)));
}

static const RangeVar *target_of(const Node *tree)
{
    switch (nodeTag(tree)) {
    case T_InsertStmt: return ((const InsertStmt *)tree)->relation;
    case T_UpdateStmt: return ((const UpdateStmt *)tree)->relation;
    case T_DeleteStmt: return ((const DeleteStmt *)tree)->relation;
    case T_MergeStmt: return ((const MergeStmt *)tree)->relation;
    default: return NULL;
    }
}

static struct written written_in(const struct routine *routine, size_t from,
                                 size_t to)
{
    struct written written = {.count = 0};

    for (size_t i = from; i < to; i++) {
        const Node *tree = routine->queries.items[i].statement.tree;
        const RangeVar *target = tree != NULL ? target_of(tree) : NULL;

        if (target != NULL && written.count < WRITTEN_MAX)
            written.names[written.count++] = target->relname;
    }
    return written;
}

/* The first query in the loop that depends on its row. */
static void check_loop(struct check *check, size_t loop)
{
    const struct routine *routine = check->routine;
    const struct routine_step *step = &routine->steps.items[loop];
    size_t from = routine_first_query(routine, loop + 1);
    size_t to = routine_first_query(routine, step->end);
    struct written written = written_in(routine, from, to);

    for (size_t i = loop + 1; i < step->end; i++)
        if (is_needed(routine->steps.items[i].kind))
            return;
    for (size_t i = from; i < to; i++) {
        const struct routine_query *query = &routine->queries.items[i];
        struct search search;

        if (!is_read(query))
            continue;
        search = search_query(query, step->target, &written);
        if (search.names_record && !search.hides_record &&
            !search.reads_written && search.tables > 0) {
            report(check, loop, query, search.table);
            return;
        }
    }
}

static void check_body(struct check *check)
{
    const struct routine *routine = check->routine;
    size_t reported_to = 0;

    for (size_t i = 0; i < routine->steps.count; i++) {
        const struct routine_step *step = &routine->steps.items[i];

        /* A loop within is part of the one around it. */
        if (step->kind != STEP_FOR_QUERY || i < reported_to ||
            step->target == NULL || !reads_rows(routine, i))
            continue;
        check_loop(check, i);
        reported_to = step->end;
    }
}

const struct rule rule_query_in_loop = {
    .id = "query-in-loop",
    .family = FAMILY_PLPGSQL,
    .severity = SEVERITY_WARNING,
    .summary = "A query runs once for every row of another",
    .rationale =
        "FOR r IN SELECT ... LOOP with a SELECT in it that looks something up "
        "for r runs that query as often as there are rows. Each run is fast; "
        "a hundred thousand of them are not, while one query with a join "
        "reads both tables once, and the planner can choose how.\n\n"
        "Write the join into the loop's query, or do without the loop: "
        "INSERT ... SELECT, UPDATE ... FROM, RETURN QUERY.\n\n"
        "Only queries that read are reported, once for a loop, and not where "
        "the loop goes over a batch (LIMIT) or the catalogs, nor where it "
        "runs EXECUTE, COMMIT or CALL, which need its rows one by one, nor of "
        "a table that the loop writes.",
    .ignore_when = "The loop never sees more than a few rows.",
    .setup = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
    .bad = "CREATE FUNCTION emails() RETURNS SETOF text LANGUAGE plpgsql AS "
           "$$\n"
           "DECLARE\n"
           "    r record;\n"
           "BEGIN\n"
           "    FOR r IN SELECT id, user_id FROM orders LOOP\n"
           "        RETURN NEXT (SELECT email FROM users WHERE id = "
           "r.user_id);\n"
           "    END LOOP;\n"
           "END $$;",
    .good = "CREATE FUNCTION emails() RETURNS SETOF text LANGUAGE plpgsql AS "
            "$$\n"
            "BEGIN\n"
            "    RETURN QUERY SELECT u.email FROM orders o\n"
            "        LEFT JOIN users u ON u.id = o.user_id;\n"
            "END $$;",
    .claim = CLAIM_ACCEPTED,
    .directions = RULE_UP,
    .check_body = check_body,
};
