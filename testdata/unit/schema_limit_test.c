/* src/schema on input that wants to take for ever: each of these took minutes
 * or all memory without its limit. */
#include "replayed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

struct limit {
    struct replayed replayed;
    struct buffer sql;
    clock_t start;
};

static struct limit limit_new(void)
{
    return (struct limit){.replayed = replayed_new(18)};
}

static void limit_run(struct limit *limit)
{
    limit->start = clock();
    replayed_add(&limit->replayed, buffer_text(&limit->sql));
    /* Generous: sanitizers and busy machines are slow. */
    assert_true(clock() - limit->start < 20 * CLOCKS_PER_SEC);
}

/* Every WITH query has twice the columns of the one before. */
static void test_stars(void **state)
{
    struct limit limit = limit_new();

    (void)state;
    buffer_init(&limit.sql, &limit.replayed.arena);
    buffer_add_text(&limit.sql, "CREATE TABLE t (a int); CREATE VIEW v AS WITH "
                                "w0 AS (SELECT * FROM t)");
    for (int i = 1; i < 40; i++)
        buffer_add_format(&limit.sql, ", w%d AS (SELECT * FROM w%d a, w%d b)",
                          i, i - 1, i - 1);
    buffer_add_text(&limit.sql, " SELECT * FROM w39");
    limit_run(&limit);
    /* "target lists can have at most 1664 entries" */
    assert_null(replayed_table(&limit.replayed, "v"));
    replayed_release(&limit.replayed);
}

/* A check of 20,000 terms on 1,600 columns. */
static void test_wide_check(void **state)
{
    struct limit limit = limit_new();
    const struct table *table;

    (void)state;
    buffer_init(&limit.sql, &limit.replayed.arena);
    buffer_add_text(&limit.sql, "CREATE TABLE t (c0 int");
    for (int i = 1; i < 1600; i++)
        buffer_add_format(&limit.sql, ", c%d int", i);
    buffer_add_text(&limit.sql, ", CHECK (c0 IS NOT NULL");
    for (int i = 0; i < 20000; i++)
        buffer_add_format(&limit.sql, " AND c%d > 0", i % 1600);
    buffer_add_text(&limit.sql, "))");
    limit_run(&limit);
    table = replayed_table(&limit.replayed, "t");
    assert_int_equal(table->constraints.items[0]->columns.count, 1600);
    assert_int_equal(table->constraints.items[0]->proves_not_null.count, 1);
    replayed_release(&limit.replayed);
}

/* More columns than a table or an index may have. */
static void test_counts(void **state)
{
    struct limit limit = limit_new();

    (void)state;
    buffer_init(&limit.sql, &limit.replayed.arena);
    buffer_add_text(&limit.sql, "CREATE TABLE t (a int); CREATE INDEX ON t (a");
    for (int i = 0; i < 20000; i++)
        buffer_add_text(&limit.sql, ", (a + 1)");
    buffer_add_text(&limit.sql, "); CREATE TABLE k (a int, PRIMARY KEY (a");
    for (int i = 0; i < 20000; i++)
        buffer_add_text(&limit.sql, ", a");
    buffer_add_text(&limit.sql, ")); CREATE TABLE w (c int");
    for (int i = 0; i < 20000; i++)
        buffer_add_format(&limit.sql, ", c%d int", i);
    buffer_add_text(&limit.sql, ")");
    limit_run(&limit);
    assert_int_equal(replayed_table(&limit.replayed, "t")->indexes.count, 0);
    assert_null(replayed_table(&limit.replayed, "k"));
    assert_null(replayed_table(&limit.replayed, "w"));
    replayed_release(&limit.replayed);
}

/* Many statements that look at every table: at some point no more. */
static void test_spent(void **state)
{
    struct limit limit = limit_new();

    (void)state;
    buffer_init(&limit.sql, &limit.replayed.arena);
    for (int i = 0; i < 10000; i++)
        buffer_add_format(&limit.sql,
                          "CREATE TYPE e%d AS ENUM ('a');"
                          "CREATE TABLE t%d (a e%d, b int, c int);",
                          i, i, i);
    for (int i = 0; i < 10000; i++)
        buffer_add_format(&limit.sql, "DROP TYPE e%d CASCADE;", i);
    limit_run(&limit);
    assert_false(schema_is_complete(limit.replayed.schema));
    replayed_release(&limit.replayed);
}

/* Savepoints are searched by name. */
static void test_savepoints(void **state)
{
    struct limit limit = limit_new();

    (void)state;
    buffer_init(&limit.sql, &limit.replayed.arena);
    buffer_add_text(&limit.sql, "BEGIN;");
    for (int i = 0; i < 30000; i++)
        buffer_add_text(&limit.sql, "SAVEPOINT a;");
    for (int i = 0; i < 30000; i++)
        buffer_add_text(&limit.sql, "RELEASE b;");
    buffer_add_text(&limit.sql, "CREATE TABLE t (a int); ROLLBACK");
    limit_run(&limit);
    assert_null(replayed_table(&limit.replayed, "t"));
    replayed_release(&limit.replayed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stars),      cmocka_unit_test(test_wide_check),
        cmocka_unit_test(test_counts),     cmocka_unit_test(test_spent),
        cmocka_unit_test(test_savepoints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
