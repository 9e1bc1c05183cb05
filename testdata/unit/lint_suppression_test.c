/*
 * Suppressions: which statement a comment is about, what is malformed, and
 * what is silenced. The rules here are the test's own.
 */
#include "lint/suppression.h"

#include "lint/rule_set.h"
#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct rule first_rule = {.id = "first"};
static const struct rule second_rule = {.id = "second"};
const struct rule *const rule_table[] = {&first_rule, &second_rule};
const size_t rule_count = 2;

struct fixture {
    struct arena arena;
    struct source source;
    struct statement_array statements;
    struct suppression_array suppressions;
};

static void read_text(struct fixture *fixture, const char *text)
{
    struct splitter splitter;
    struct statement statement;

    *fixture = (struct fixture){0};
    fixture->source = source_of_path("test.sql");
    source_load_text(&fixture->source, slice_from(text));
    splitter = splitter_of(fixture->source.text, 0, strlen(text));
    for (;;) {
        statement = (struct statement){0};
        if (!splitter_next(&splitter, &statement))
            break;
        *array_push(&fixture->arena, &fixture->statements) = statement;
    }
    suppression_read(&fixture->arena, &fixture->source,
                     fixture->statements.items, fixture->statements.count,
                     &fixture->suppressions);
}

static void release(struct fixture *fixture)
{
    source_unload(&fixture->source);
    arena_release(&fixture->arena);
}

/* Whether a finding of the rule at these words is silenced. */
static bool applies(struct fixture *fixture, const struct rule *rule,
                    const char *words)
{
    size_t offset = slice_find(fixture->source.text, slice_from(words));
    struct span span = {offset, strlen(words)};

    assert_int_not_equal(offset, SLICE_NOT_FOUND);
    return suppression_applies(&fixture->suppressions, rule, span);
}

static void test_places(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "-- pgsquint: allow first\n"
                        "ALTER TABLE one;\n"
                        "ALTER TABLE two; -- pgsquint: allow first\n"
                        "ALTER TABLE three;\n"
                        "ALTER TABLE four, -- pgsquint: allow second\n"
                        "  five;\n"
                        "/* pgsquint: allow first -- block */ SELECT six;\n");
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_false(applies(&fixture, &second_rule, "one"));
    assert_true(applies(&fixture, &first_rule, "two"));
    assert_false(applies(&fixture, &first_rule, "three"));
    assert_true(applies(&fixture, &second_rule, "four"));
    assert_true(applies(&fixture, &second_rule, "five"));
    assert_true(applies(&fixture, &first_rule, "six"));
    release(&fixture);
}

static void test_lines_above(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "-- pgsquint: allow first\n"
                        "-- it is a small table\r\n"
                        "  -- pgsquint: allow second\r\n"
                        "SELECT one;\n"
                        "-- pgsquint: allow first\n"
                        "\n"
                        "SELECT two;\n"
                        "-- pgsquint: allow first\n"
                        ";\n"
                        "SELECT three;\n"
                        "SELECT four;\n"
                        "-- pgsquint: allow first\n");
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_true(applies(&fixture, &second_rule, "one"));
    assert_false(applies(&fixture, &first_rule, "two"));
    assert_false(applies(&fixture, &first_rule, "three"));
    assert_false(applies(&fixture, &first_rule, "four"));
    assert_int_equal(fixture.suppressions.count, 5);
    release(&fixture);
}

/* Old Macintosh line ends are line ends to PostgreSQL. */
static void test_carriage_returns(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "-- pgsquint: allow first\rSELECT one;\r"
                        "-- pgsquint: allow first\r\rSELECT two;\r");
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_false(applies(&fixture, &first_rule, "two"));
    release(&fixture);
}

static void test_for_file(void **state)
{
    struct fixture fixture;
    struct span no_place = {0, 0};

    (void)state;
    read_text(&fixture, "SELECT one;\n"
                        "SELECT two -- pgsquint: allow-file first -- why not\n"
                        ";\n");
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_true(
        suppression_applies(&fixture.suppressions, &first_rule, no_place));
    assert_false(
        suppression_applies(&fixture.suppressions, &second_rule, no_place));
    assert_true(
        slice_equal(fixture.suppressions.items[0]->reason, SLICE("why not")));
    release(&fixture);
}

/* A finding about the whole file is not about its first statement. */
static void test_no_place(void **state)
{
    struct fixture fixture;
    struct span no_place = {0, 0};

    (void)state;
    read_text(&fixture, "SELECT one; -- pgsquint: allow first");
    assert_false(
        suppression_applies(&fixture.suppressions, &first_rule, no_place));
    assert_true(applies(&fixture, &first_rule, "SELECT"));
    release(&fixture);
}

static void test_several_rules(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "-- pgsquint:allow second,first , -- both are fine\n"
                        "SELECT one;");
    assert_int_equal(fixture.suppressions.count, 2);
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_true(applies(&fixture, &second_rule, "one"));
    for (size_t i = 0; i < 2; i++) {
        assert_true(fixture.suppressions.items[i]->is_used);
        assert_true(slice_equal(fixture.suppressions.items[i]->reason,
                                SLICE("both are fine")));
    }
    release(&fixture);
}

static void test_capitals(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "-- PGSQUINT: ALLOW First, SECOND\n"
                        "SELECT 1;\n"
                        "-- Pgsquint: Allow-File first\n");
    assert_int_equal(fixture.suppressions.count, 3);
    assert_true(fixture.suppressions.items[0]->is_for_file);
    assert_true(applies(&fixture, &second_rule, "SELECT 1"));
    release(&fixture);
}

static void test_malformed(void **state)
{
    static const struct {
        const char *text;
        const char *id; /* of the suppression of no rule */
    } cases[] = {
        {"-- pgsquint: alow first\nSELECT 1;", "alow first"},
        {"-- pgsquint: allow\nSELECT 1;", "allow"},
        {"-- pgsquint: allow-file -- because\nSELECT 1;", "allow-file"},
        {"-- pgsquint: allow frist -- because\nSELECT 1;", "frist"},
        {"-- pgsquint: allow first because we can\nSELECT 1;",
         "because we can"},
        {"-- pgsquint: -- because\nSELECT 1;", "-- because"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        const struct suppression *suppression;

        read_text(&fixture, cases[i].text);
        assert_true(fixture.suppressions.count > 0);
        suppression = fixture.suppressions.items[0];
        assert_null(suppression->rule);
        assert_true(slice_equal(suppression->id, slice_from(cases[i].id)));
        assert_true(slice_equal(slice_part(fixture.source.text,
                                           suppression->id_span.offset,
                                           suppression->id_span.offset +
                                               suppression->id_span.length),
                                suppression->id));
        release(&fixture);
    }
}

/* Only comments are read, and only where there is SQL. */
static void test_elsewhere(void **state)
{
    struct fixture fixture;

    (void)state;
    read_text(&fixture, "SELECT '-- pgsquint: allow first';\n"
                        "SELECT $$\n-- pgsquint: allow first\n$$;\n"
                        "-- see pgsquint: allow first\n"
                        "COPY t FROM stdin;\n"
                        "-- pgsquint: allow first\n"
                        "\\.\n"
                        "SELECT one;\n");
    assert_int_equal(fixture.suppressions.count, 0);
    release(&fixture);
}

/* A second one for the same rule and statement silences nothing. */
static void test_unused(void **state)
{
    struct fixture fixture;
    size_t used = 0;

    (void)state;
    read_text(&fixture, "-- pgsquint: allow first\n"
                        "SELECT one; -- pgsquint: allow first, second\n");
    assert_true(applies(&fixture, &first_rule, "one"));
    assert_int_equal(fixture.suppressions.count, 3);
    for (size_t i = 0; i < 3; i++)
        used += fixture.suppressions.items[i]->is_used;
    assert_int_equal(used, 1);
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_lines_above),
        cmocka_unit_test(test_carriage_returns),
        cmocka_unit_test(test_for_file),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_several_rules),
        cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_elsewhere),
        cmocka_unit_test(test_unused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
