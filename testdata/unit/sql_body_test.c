/*
 * Bodies without their quotes: every byte where it is in the file.
 */
#include "sql/body.h"
#include "sql/parser.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The body of the statement; "(none)" if it has none. */
static void expect(const char *sql, const char *language, const char *text)
{
    struct parser *parser = parser_new();
    struct slice file = slice_from(sql);
    struct splitter splitter = splitter_of(file, 0, file.length);
    struct arena arena = {0};
    struct statement statement;
    struct body body = {SLICE("(none)"), 0};

    assert_true(splitter_next(&splitter, &statement));
    parser_parse(parser, file, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    assert_string_equal(body_language(statement.tree), language);
    if (body_find(&arena, file, &statement, statement.tree, &body))
        assert_true(body.offset + body.text.length < file.length);
    if (!slice_equal(body.text, slice_from(text)))
        fail_msg("%s: %.*s", sql, (int)body.text.length, body.text.start);
    parser_free(parser);
    arena_release(&arena);
}

static void test_quotes(void **state)
{
    (void)state;
    expect("DO $$a b$$", "plpgsql", "a b");
    expect("DO LANGUAGE sql $x$ $$ $x$", "sql", " $$ ");
    expect("DO 'a'", "plpgsql", "a");
    expect("DO 'a ''b'' c'", "plpgsql", "a  'b'  c");
    expect("DO '''''; x'", "plpgsql", " '' ; x");
    expect("DO '''it''''s''; x'", "plpgsql", " 'it''  s' ; x");
    expect("DO E'a\\n\\'b\\'\\\\'", "plpgsql", "a \n 'b'  \\");
    expect("CREATE FUNCTION f(a text DEFAULT 'x') RETURNS int AS 'y' "
           "LANGUAGE plpgsql",
           "plpgsql", "y");
    expect("CREATE FUNCTION f() RETURNS int AS /* 'x' */ $$y$$", "sql", "y");
}

static void test_none(void **state)
{
    (void)state;
    expect("CREATE FUNCTION f() RETURNS int RETURN 1", "sql", "(none)");
    expect("DO 'a'\n'b'", "plpgsql", "(none)");
    expect("DO U&'a'", "plpgsql", "(none)");
    expect("DO ''", "plpgsql", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
