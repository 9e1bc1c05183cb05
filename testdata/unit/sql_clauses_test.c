/*
 * Where the clauses of a SELECT are found, when other queries and names that
 * look like keywords stand around them.
 */
#include "sql/clauses.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct clauses clauses_at(const char *text, const char *words)
{
    struct slice slice = slice_from(text);
    struct statement statement = {.length = slice.length};
    struct arena arena = {0};
    size_t offset = slice_find(slice, slice_from(words));
    struct clauses clauses;

    assert_int_not_equal(offset, SLICE_NOT_FOUND);
    clauses = clauses_around(&arena, slice, &statement, offset);
    arena_release(&arena);
    return clauses;
}

/* The clause that the query at `words` has; expected null: none. */
static void assert_clause(const char *text, const char *words,
                          enum clause clause, const char *expected)
{
    struct clauses clauses = clauses_at(text, words);
    struct span span = clauses.at[clause];
    char found[200] = "";

    assert_true(span.length < sizeof found);
    memcpy(found, text + span.offset, span.length);
    assert_string_equal(found, expected != NULL ? expected : "");
}

static void test_all_clauses(void **state)
{
    static const char text[] =
        "SELECT a, b FROM t JOIN u USING (x) WHERE a > 1 GROUP BY a, b "
        "HAVING count(*) > 1 WINDOW w AS (ORDER BY a) ORDER BY a DESC, b "
        "LIMIT 5 OFFSET $1 + 1 FOR UPDATE OF t";

    (void)state;
    assert_clause(text, "OFFSET", CLAUSE_SELECT, "SELECT a, b");
    assert_clause(text, "OFFSET", CLAUSE_FROM, "FROM t JOIN u USING (x)");
    assert_clause(text, "OFFSET", CLAUSE_WHERE, "WHERE a > 1");
    assert_clause(text, "OFFSET", CLAUSE_GROUP_BY, "GROUP BY a, b");
    assert_clause(text, "OFFSET", CLAUSE_HAVING, "HAVING count(*) > 1");
    assert_clause(text, "OFFSET", CLAUSE_WINDOW, "WINDOW w AS (ORDER BY a)");
    assert_clause(text, "OFFSET", CLAUSE_ORDER_BY, "ORDER BY a DESC, b");
    assert_clause(text, "OFFSET", CLAUSE_LIMIT, "LIMIT 5");
    assert_clause(text, "OFFSET", CLAUSE_OFFSET, "OFFSET $1 + 1");
    assert_clause(text, "OFFSET", CLAUSE_FETCH, NULL);
    assert_clause(text, "OFFSET", CLAUSE_LOCKING, "FOR UPDATE OF t");
}

static void test_queries_within_queries(void **state)
{
    static const char text[] =
        "WITH w AS (SELECT 1 FROM w1 WHERE w2 LIMIT 1) "
        "SELECT x FROM (SELECT y FROM i1 WHERE i2 ORDER BY i3 OFFSET 1) AS s "
        "WHERE x IN (SELECT z FROM j1) ORDER BY x OFFSET 2";

    (void)state;
    assert_clause(text, "OFFSET 1", CLAUSE_FROM, "FROM i1");
    assert_clause(text, "OFFSET 1", CLAUSE_WHERE, "WHERE i2");
    assert_clause(text, "OFFSET 1", CLAUSE_ORDER_BY, "ORDER BY i3");
    assert_clause(text, "OFFSET 1", CLAUSE_LIMIT, NULL);
    assert_clause(text, "OFFSET 2", CLAUSE_WHERE,
                  "WHERE x IN (SELECT z FROM j1)");
    assert_clause(text, "OFFSET 2", CLAUSE_ORDER_BY, "ORDER BY x");
    assert_clause(text, "OFFSET 2", CLAUSE_LIMIT, NULL);
    assert_clause(text, "w1", CLAUSE_WHERE, "WHERE w2");
}

static void test_arms_of_set_operations(void **state)
{
    static const char text[] = "SELECT a FROM t WHERE x UNION ALL "
                               "SELECT b FROM u EXCEPT SELECT c FROM v WHERE y";

    (void)state;
    assert_clause(text, "FROM t", CLAUSE_WHERE, "WHERE x");
    assert_clause(text, "FROM u", CLAUSE_WHERE, NULL);
    assert_clause(text, "FROM u", CLAUSE_FROM, "FROM u");
    assert_clause(text, "FROM v", CLAUSE_WHERE, "WHERE y");
}

static void test_names_that_are_keywords(void **state)
{
    static const char text[] =
        "CREATE VIEW v AS SELECT t.offset, 1 AS limit, a IS DISTINCT FROM b, "
        "extract(day FROM c), \"where\" FROM t /* WHERE no */ "
        "ORDER BY t.from, rank() OVER (ORDER BY a) LIMIT 1";

    (void)state;
    assert_clause(text, "LIMIT 1", CLAUSE_FROM, "FROM t");
    assert_clause(text, "LIMIT 1", CLAUSE_WHERE, NULL);
    assert_clause(text, "LIMIT 1", CLAUSE_OFFSET, NULL);
    assert_clause(text, "LIMIT 1", CLAUSE_LIMIT, "LIMIT 1");
    assert_clause(text, "LIMIT 1", CLAUSE_ORDER_BY,
                  "ORDER BY t.from, rank() OVER (ORDER BY a)");
}

/* Parentheses that are left open come with statements that did not parse. */
static void test_broken_text(void **state)
{
    (void)state;
    assert_clause("SELECT ((a FROM t", "FROM", CLAUSE_FROM, "FROM t");
    assert_clause("SELECT a FROM t", "a", CLAUSE_FROM, "FROM t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_clauses),
        cmocka_unit_test(test_queries_within_queries),
        cmocka_unit_test(test_arms_of_set_operations),
        cmocka_unit_test(test_names_that_are_keywords),
        cmocka_unit_test(test_broken_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
