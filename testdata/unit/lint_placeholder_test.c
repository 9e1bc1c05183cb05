/*
 * Placeholders: templates are recognised among the tokens of statements that
 * did not parse; SQL that merely looks like them is not.
 */
#include "lint/placeholder.h"

#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool has_placeholder(const char *text)
{
    struct slice slice = slice_from(text);
    struct splitter splitter = splitter_of(slice, 0, slice.length);
    struct statement statement = {0};

    assert_true(splitter_next(&splitter, &statement));
    return placeholder_in(slice, &statement);
}

static void test_templates(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE ${schema}.users (id int);",
        "CREATE TABLE #{prefix}users (id int);",
        "SELECT * FROM {{ table }};",
        "SELECT * FROM {{table}} WHERE x = 'a';",
        "{% if admin %} GRANT ALL ON t TO admin; {% endif %}",
        "SELECT {%- for c in columns %} c {% endfor %} FROM t;",
        "SELECT * FROM {table};",
        "CREATE TABLE <%= name %> (id int);",
        "<% if pg %> SELECT 1;",
        "INSERT INTO $schema$.users VALUES (1);",
        "CREATE TABLE public.$table$ (id int);",
        "DELETE FROM $table$ WHERE id IN (SELECT id FROM $table$);",
        "CREATE TABLE $prefix_users (id int);",
        "CREATE TABLE @schema@.users (id int);",
        "SELECT __COLUMNS__ x y z FROM t;",
        "SELECT * FROM {{ if eq .x \"it's\" }} a {{ end }};",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!has_placeholder(texts[i]))
            fail_msg("no placeholder seen in: %s", texts[i]);
}

static void test_variables(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE :schema.users (id int);",
        "CREATE TABLE :\"schema\".users (id int);",
        "SELECT 1 FROM t WHERE a = :'name' b;",
        "SELECT :{?name};",
        "SELECT * FROM t LIMIT :limit OFFSET :offset;",
        "EXPLAIN (COSTS OFF) :query;",
        "REINDEX SCHEMA CONCURRENTLY :name;",
        "SELECT ARRAY[:a] b c;",
        "SELECT * FROM t WHERE id = ?;",
        "SELECT * FROM t WHERE id=? AND name=?;",
        "INSERT INTO t VALUES (?, ?, ?);",
        "SELECT * FROM t WHERE id IN (?) LIMIT ?;",
        "UPDATE t SET a = ? WHERE b = 1;",
        "SELECT * FROM t WHERE id = %s;",
        "SELECT * FROM %s WHERE id = 1;",
        "CREATE TABLE %I.%I (id int);",
        "INSERT INTO t VALUES (%(id)s, %(name)s);",
        "CREATE TABLE prefix_%s (id int);",
        "SELECT * FROM t WHERE id=%s;",
        "SELECT * FROM %TABLE% WHERE a = 1;",
        "SELECT a FROM t GROUP BY a {} LIMIT $1;",
        "SELECT * FROM t WHERE id = {} AND a = {0};",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!has_placeholder(texts[i]))
            fail_msg("no placeholder seen in: %s", texts[i]);
}

/* Each has an error elsewhere, which must be reported. */
static void test_plain_sql(void **state)
{
    static const char *const texts[] = {
        "SELEC 1;",
        "SELECT a::text, FROM t;",
        "SELECT a[1:2], FROM t;",
        "SELECT a[1:n], FROM t;",
        "SELECT a[:n], FROM t;",
        "SELECT a[b:c], FROM t;",
        "SELECT a ? 'key', FROM t;",
        "SELECT a ?| ARRAY['x'], FROM t;",
        "SELECT a @> '{}', FROM t;",
        "SELECT a @? '$.x', FROM t;",
        "SELECT a % 2, a % s, a%s, FROM t;",
        "SELECT @ a, @a, FROM t;",
        "SELECT f(a := 1), FROM t;",
        "SELECT 'x ${y} {{ z }} :a ?' FROM FROM t;",
        "SELECT \"${y}\" FROM FROM t;",
        "SELECT $$ ${y} ? $$ FROM FROM t;",
        "SELECT /* ${y} ? */ 1 FROM -- :name\n FROM t;",
        "CREATE TABLE t (a int[] DEFAULT {});",
        "CREATE TABLE t (a int[] DEFAULT {1,2});",
        "CREATE FUNCTION f() RETURNS int AS $body$ SELECT 1;",
        "SELECT $1, FROM t;",
        "SELECT __a, b__, FROM t;",
        "SELECT 'a' <% b, FROM t;",
        "SELECT a #> '{b}', FROM t;",
        "SELECT data:field FROM t;",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (has_placeholder(texts[i]))
            fail_msg("a placeholder seen in: %s", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_plain_sql),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
