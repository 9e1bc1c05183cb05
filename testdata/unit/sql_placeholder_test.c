/*
 * Placeholders: templates are recognised among the tokens of statements that
 * did not parse; SQL that merely looks like them is not.
 */
#include "sql/placeholder.h"

#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Nothing is wrong but a placeholder, which is filled in or is to blame. */
static bool has_placeholder(const char *text)
{
    struct slice slice = slice_from(text);
    struct splitter splitter = splitter_of(slice, 0, slice.length);
    struct statement statement = {0};
    struct parser *parser = parser_new();
    bool has;

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, slice, &statement, 1);
    has = statement.outcome == PARSE_DONE
              ? statement.is_filled
              : placeholder_explains(slice, &statement);
    parser_free(parser);
    return has;
}

/* Each placeholder in brackets, the letter of its kind before them. */
static const char *placeholders_of(const char *sql)
{
    static const char letters[] = "-tvnl?s";
    static char result[1000];
    struct placeholder_reader reader = placeholder_reader_of(slice_from(sql));
    struct placeholder placeholder;
    char *at = result;

    while (placeholder_next(&reader, &placeholder)) {
        *at++ = letters[placeholder.kind];
        *at++ = '[';
        memcpy(at, sql + placeholder.offset, placeholder.length);
        at += placeholder.length;
        *at++ = ']';
    }
    *at = '\0';
    return result;
}

static void test_extents(void **state)
{
    (void)state;
    assert_string_equal(
        placeholders_of("a_${b} {{ c }}_d{{e}}f {% if g %}h{%endif%} {i} {0}"),
        "t[a_${b}]t[{{ c }}_d{{e}}f]-[{% if g %}]-[{%endif%}]t[{i}]t[{0}]");
    assert_string_equal(
        placeholders_of("a=#{b} =<%= c %>, <% end %> {{#d}}e{{/d}} {{{f}}}"),
        "t[#{b}]t[<%= c %>]-[<% end %>]-[{{#d}}]-[{{/d}}]t[{{{f}}}]");
    assert_string_equal(placeholders_of("${a({b: 'c'})} '{{ c('d') }}' {#'#}"),
                        "t[${a({b: 'c'})}]s['{{ c('d') }}']-[{#'#}]");
    assert_string_equal(placeholders_of("(:a,:'b', :\"c\") a=:d :{?e} x::y"),
                        "v[:a]l[:'b']n[:\"c\"]v[:d]?[:{?e}]");
    assert_string_equal(placeholders_of("IN (:v*:ids) AND :i:col = :user-id "
                                        "OR :name! = :a - 1"),
                        "v[:v*:ids]v[:i:col]v[:user-id]v[:name!]v[:a]");
    assert_string_equal(placeholders_of("(a=?,?, ?1) LIMIT ?"),
                        "v[?]v[?]v[?1]v[?]");
    assert_string_equal(placeholders_of("a=%s AND b=%(c)s, %TABLE% p_%s"),
                        "v[%s]v[%(c)s]v[%TABLE%]v[p_%s]");
    assert_string_equal(placeholders_of("a_:b TO <c> WHERE d <e> f, $1:g $2~"),
                        "v[a_:b]t[<c>]v[$1:g]v[$2~]");
    assert_string_equal(placeholders_of("@a@.b = @c, $d.e FROM $f$.g $1"),
                        "v[@a@]v[@c]v[$d]t[$f$]");
}

static void test_templates(void **state)
{
    static const char *const texts[] = {
        "CREATE TABLE ${schema}.users (id int);",
        "CREATE TABLE #{prefix}users (id int);",
        "SELECT * FROM {{ table }};",
        "SELECT * FROM {{table}} WHERE x = 'a';",
        "GRANT ALL {% if admin %} ON t TO admin {% endif %};",
        "SELECT {%- for c in columns %} c {% endfor %} FROM t;",
        "SELECT * FROM {table};",
        "CREATE TABLE <%= name %> (id int);",
        "SELECT 1 <% if pg %>, 2 <% end %>;",
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
        cmocka_unit_test(test_extents),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_plain_sql),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
