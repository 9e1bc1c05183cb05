/*
 * What a star in a target list stands for: whether the statement itself says
 * which columns, or a table does.
 */
#include "query/from.h"

#include "base/buffer.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct parser *parser;
    struct from_items items;
    const SelectStmt *select;
};

/* The items of the query's FROM. */
static void read_query(struct fixture *fixture, const char *sql)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement = {0};

    *fixture = (struct fixture){.parser = parser_new()};
    assert_non_null(fixture->parser);
    assert_true(splitter_next(&splitter, &statement));
    parser_parse(fixture->parser, text, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    fixture->select = node_as(SelectStmt, statement.tree);
    assert_non_null(fixture->select);
    from_add_list(
        &fixture->arena, &fixture->items, fixture->select->fromClause,
        from_scope_of(&fixture->arena, fixture->select->withClause, NULL));
}

static void release(struct fixture *fixture)
{
    parser_free(fixture->parser);
    arena_release(&fixture->arena);
}

/* The table of which the first target, a star, takes all columns; expected
 * null: the statement says which columns. */
static void assert_star(const char *sql, const char *expected)
{
    struct fixture fixture;
    const ColumnRef *star;
    const RangeVar *table = NULL;

    read_query(&fixture, sql);
    star = from_star(linitial(fixture.select->targetList));
    assert_non_null(star);
    for (size_t i = 0; i < fixture.items.count && table == NULL; i++)
        if (from_item_is_taken(&fixture.items.items[i], star))
            from_is_written(&fixture.arena, &fixture.items.items[i], &table);
    if (expected == NULL)
        assert_null(table);
    else {
        assert_non_null(table);
        assert_string_equal(table->relname, expected);
    }
    release(&fixture);
}

static void test_tables(void **state)
{
    (void)state;
    assert_star("SELECT * FROM t", "t");
    assert_star("SELECT b.* FROM t AS a, s.u b", "u");
    assert_star("SELECT s.u.* FROM t, s.u", "u");
    assert_star("SELECT * FROM f(1) JOIN (u JOIN v ON true) ON true", "u");
    assert_star("SELECT * FROM t TABLESAMPLE system (1)", "t");
    assert_star("SELECT b.* FROM t AS a", NULL);
}

static void test_written_columns(void **state)
{
    (void)state;
    assert_star("SELECT * FROM f(1), rows from (g(2)) AS r", NULL);
    assert_star("SELECT * FROM (VALUES (1)) AS v", NULL);
    assert_star("SELECT * FROM (SELECT a, t.b FROM t) AS s", NULL);
    assert_star("SELECT s.* FROM t, (SELECT a FROM t) AS s", NULL);
    assert_star("SELECT * FROM (SELECT count(*) FROM t) AS s", NULL);
}

static void test_queries_within(void **state)
{
    (void)state;
    assert_star("SELECT * FROM (SELECT * FROM (SELECT t.* FROM t) a) b", "t");
    assert_star("SELECT * FROM (SELECT a FROM t UNION SELECT b FROM u) s",
                NULL);
    assert_star("SELECT * FROM (SELECT * FROM t UNION SELECT b FROM u) s", "t");
    assert_star("WITH w AS (DELETE FROM t RETURNING *) SELECT * FROM w", "t");
    assert_star("WITH w AS (DELETE FROM t RETURNING a) SELECT * FROM w", NULL);
}

static void test_names_of_with_queries(void **state)
{
    (void)state;
    assert_star("WITH t AS (SELECT a FROM t) SELECT * FROM t", NULL);
    assert_star("WITH t AS (SELECT * FROM t) SELECT * FROM t", "t");
    assert_star("WITH t AS (SELECT a FROM t) SELECT * FROM s.t", "t");
    assert_star("WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b",
                NULL);
    /* A later one is not seen by an earlier one. */
    assert_star("WITH b AS (SELECT * FROM a), a AS (SELECT 1) SELECT * FROM b",
                "a");
    assert_star("WITH a AS (SELECT 1) SELECT * FROM (SELECT * FROM a) s", NULL);
    assert_star("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) s", NULL);
    /* It reads itself; its first arm has the columns. */
    assert_star("WITH RECURSIVE a AS (SELECT * FROM t UNION ALL "
                "SELECT * FROM a) SELECT * FROM a",
                "t");
}

/* Looking into each of these queries twice would never end. */
static void test_queries_that_double(void **state)
{
    struct arena arena = {0};
    struct buffer sql;

    (void)state;
    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "WITH q0 AS (SELECT 1)");
    for (int i = 1; i < 200; i++)
        buffer_add_format(&sql, ", q%d AS (SELECT * FROM q%d a, q%d b)", i,
                          i - 1, i - 1);
    buffer_add_text(&sql, " SELECT * FROM q199");
    assert_star(buffer_text(&sql), NULL);
    arena_release(&arena);
}

static void test_deep_joins(void **state)
{
    struct arena arena = {0};
    struct buffer sql;
    struct fixture fixture;

    (void)state;
    buffer_init(&sql, &arena);
    buffer_add_text(&sql, "SELECT * FROM t0");
    for (int i = 1; i < 50000; i++)
        buffer_add_format(&sql, " JOIN t%d USING (a)", i);
    read_query(&fixture, buffer_text(&sql));
    assert_string_equal(fixture.items.items[0].name, "t0");
    assert_string_equal(fixture.items.items[1].name, "t1");
    assert_true(fixture.items.has_merged_columns);
    release(&fixture);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_written_columns),
        cmocka_unit_test(test_queries_within),
        cmocka_unit_test(test_names_of_with_queries),
        cmocka_unit_test(test_queries_that_double),
        cmocka_unit_test(test_deep_joins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
