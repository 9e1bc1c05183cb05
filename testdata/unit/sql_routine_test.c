/*
 * Bodies taken apart: steps, queries and their places, variables.
 */
#include "base/buffer.h"
#include "sql/routine.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct parser *statement_parser;
    struct parser *body_parser;
    struct slice file;
    struct routine routine;
    bool is_read;
};

static void read_body(struct fixture *fixture, const char *sql)
{
    struct routine_source source = {.arena = &fixture->arena};
    struct splitter splitter;
    struct statement statement;

    memset(fixture, 0, sizeof *fixture);
    fixture->file = source.text = slice_from(sql);
    fixture->statement_parser = parser_new();
    fixture->body_parser = parser_new();
    splitter = splitter_of(fixture->file, 0, fixture->file.length);
    assert_true(splitter_next(&splitter, &statement));
    parser_parse(fixture->statement_parser, fixture->file, &statement, 1);
    assert_int_equal(statement.outcome, PARSE_DONE);
    fixture->is_read =
        routine_read(&fixture->arena, fixture->body_parser, &source, &statement,
                     statement.tree, &fixture->routine);
}

static void release(struct fixture *fixture)
{
    parser_free(fixture->statement_parser);
    parser_free(fixture->body_parser);
    arena_release(&fixture->arena);
}

static void add_words(const struct fixture *fixture, struct buffer *text,
                      struct span words)
{
    buffer_add(text, slice_part(fixture->file, words.offset,
                                words.offset + words.length));
}

/* Steps as `parent:words`, queries as `role:words`, one a line. */
static void expect(const char *sql, const char *steps, const char *queries)
{
    struct fixture fixture;
    const struct routine *routine = &fixture.routine;
    struct buffer text;

    read_body(&fixture, sql);
    assert_true(fixture.is_read);
    buffer_init(&text, &fixture.arena);
    for (size_t i = 0; i < routine->steps.count; i++) {
        const struct routine_step *step = &routine->steps.items[i];

        assert_true(step->end > i && step->end <= routine->steps.count);
        buffer_add_format(&text, "%d:", (int)step->parent);
        add_words(&fixture, &text, step->words);
        buffer_add_char(&text, '\n');
    }
    assert_string_equal(buffer_text(&text), steps);
    buffer_init(&text, &fixture.arena);
    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct routine_query *query = &routine->queries.items[i];

        assert_non_null(query->statement.tree);
        buffer_add_format(&text, "%d:", (int)query->role);
        add_words(&fixture, &text, words_of_statement(&query->statement));
        buffer_add_char(&text, '\n');
    }
    assert_string_equal(buffer_text(&text), queries);
    release(&fixture);
}

static void test_places(void **state)
{
    (void)state;
    expect("DO $$ BEGIN NULL; PERFORM f(1); END $$",
           "-1:BEGIN\n0:PERFORM f(1)\n", "0:PERFORM f(1)\n");
    expect("DO $$ DECLARE a int := 1; BEGIN\n"
           "IF a = 1 THEN a := 2; ELSIF a = 3 THEN RETURN;\n"
           "ELSE SELECT 1 INTO a; END IF; LOOP EXIT WHEN a > 1; END LOOP;\n"
           "END $$",
           "-1:BEGIN\n0:IF a = 1\n1:a := 2\n1:ELSIF a = 3\n3:RETURN\n"
           "1:ELSE\n5:SELECT 1 INTO a\n0:LOOP\n7:EXIT WHEN a > 1\n",
           "2:1\n2:a = 1\n3:a := 2\n2:a = 3\n0:SELECT 1\n2:a > 1\n");
    expect("DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP LOOP\n"
           "RAISE NOTICE '%', r; END LOOP; END LOOP; FOR i IN 1..2 LOOP\n"
           "CASE i WHEN 1, 2 THEN COMMIT; ELSE ROLLBACK; END CASE; END LOOP;\n"
           "EXCEPTION WHEN others THEN NULL; END $$",
           "-1:BEGIN\n0:FOR r IN SELECT 1\n1:LOOP\n2:RAISE NOTICE '%', r\n"
           "0:FOR i IN 1..2\n4:CASE\n5:WHEN 1, 2\n6:COMMIT\n5:ELSE\n"
           "8:ROLLBACK\n0:WHEN others\n",
           "1:SELECT 1\n2:r\n2:1\n2:2\n2:i\n2:1, 2\n");
    expect("DO $$ BEGIN EXECUTE 'SELECT ''a'''; EXECUTE f('x') USING 1;\n"
           "END $$",
           "-1:BEGIN\n0:EXECUTE 'SELECT ''a'''\n0:EXECUTE f('x') USING 1\n",
           "4:'SELECT ''a'''\n4:f('x')\n2:1\n5:SELECT ''a'\n");
    expect("CREATE FUNCTION f() RETURNS int AS ' SELECT ''a''; SELECT 1;'"
           " LANGUAGE sql",
           "", "0:SELECT ''a'\n0:SELECT 1\n");
}

/* The message of a body that cannot be read, and where it points. */
static void expect_error(const char *sql, const char *message,
                         const char *place)
{
    struct fixture fixture;

    read_body(&fixture, sql);
    assert_true(fixture.is_read);
    assert_true(fixture.routine.is_opaque);
    assert_int_equal(fixture.routine.queries.count, 0);
    assert_string_equal(fixture.routine.error, message);
    assert_memory_equal(fixture.file.start + fixture.routine.error_offset,
                        place, strlen(place));
    release(&fixture);
}

static void test_errors(void **state)
{
    (void)state;
    expect_error("DO $$ BEGIN IF a THEN b := 1; END $$",
                 "\"b\" is not a known variable", "b :=");
    expect_error("DO $$ BEGIN\nIF 1 = 1 THEN NULL; END $$",
                 "syntax error at end of input", "$$");
    /* Without a place: where the body begins. */
    expect_error("CREATE FUNCTION f() RETURNS int AS $$ BEGIN SELECT 1 END $$"
                 " LANGUAGE plpgsql",
                 "unexpected end of function definition at end of input", "$$");
}

static void expect_variable(const char *query_words, const char *a,
                            const char *b, const char *expected,
                            const struct fixture *fixture)
{
    const struct routine *routine = &fixture->routine;
    const char *names[] = {a, b};
    struct routine_variable found = {0};
    const char *text = "none";

    for (size_t i = 0; i < routine->queries.count; i++) {
        const struct routine_query *query = &routine->queries.items[i];

        if (!slice_equal(statement_text(fixture->file, &query->statement),
                         slice_from(query_words)))
            continue;
        if (routine_find_variable(query, names, b ? 2 : 1, &found))
            text = found.parameter == 0 ? "first parameter"
                   : found.is_record    ? "record"
                                        : "scalar";
        assert_string_equal(text, expected);
        return;
    }
    fail_msg("no query %s", query_words);
}

static void test_variables(void **state)
{
    struct fixture fixture;

    (void)state;
    read_body(&fixture,
              "CREATE FUNCTION f(a int, b public.t) RETURNS trigger AS $$\n"
              "<<top>> DECLARE c x.y%TYPE; d sc.typ; BEGIN\n"
              "c := 1; d.f := 2; b.f := 3;\n"
              "DECLARE a text; BEGIN PERFORM 5; END;\n"
              "END $$ LANGUAGE plpgsql");
    assert_true(fixture.is_read && !fixture.routine.is_opaque);
    expect_variable("c := 1", "a", NULL, "first parameter", &fixture);
    expect_variable("c := 1", "f", "a", "first parameter", &fixture);
    expect_variable("c := 1", "$1", NULL, "first parameter", &fixture);
    expect_variable("c := 1", "b", "x", "record", &fixture);
    expect_variable("c := 1", "top", "c", "scalar", &fixture);
    expect_variable("c := 1", "d", NULL, "record", &fixture);
    expect_variable("c := 1", "new", "id", "record", &fixture);
    expect_variable("c := 1", "tg_op", NULL, "scalar", &fixture);
    expect_variable("c := 1", "found", NULL, "scalar", &fixture);
    expect_variable("c := 1", "id", NULL, "none", &fixture);
    expect_variable("c := 1", "a", "x", "none", &fixture);
    expect_variable("PERFORM 5", "a", NULL, "scalar", &fixture);
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_variables),
    };

    return cmocka_run_group_tests_name("sql_routine", tests, NULL, NULL);
}
