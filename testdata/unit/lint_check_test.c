/*
 * What rules call: levels, options, help texts, notes; and the looking up of
 * rules. The rules here are the test's own.
 */
#include "lint/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct rule_option options[] = {
    {"switch", OPTION_BOOL, "true", "a switch"},
    {"limit", OPTION_INTEGER, "12", "a number"},
    {"word", OPTION_STRING, "abc", "a word"},
    {NULL, OPTION_BOOL, NULL, NULL},
};

static void say_options(struct check *check)
{
    check_report(check, words_of_statement(check->statement), NULL,
                 check_format(check, "%d %ld %s",
                              check_option_bool(check, "switch"),
                              check_option_integer(check, "limit"),
                              check_option_string(check, "word")),
                 NULL);
}

/* Rewrites the statement's second word, and puts one after it. */
static void say_rewritten(struct check *check)
{
    struct span first = words_at_start(check->text, check->statement, 1);
    struct span both = words_at_start(check->text, check->statement, 2);
    size_t end = both.offset + both.length;
    struct span second = words_at(check->text, check->statement, end - 1);

    check_report(check, first, NULL, check_rewrite(check, second, "VIEW"),
                 check_rewrite(check, (struct span){end, 0}, " IF EXISTS"));
}

static void say_quoted(struct check *check)
{
    struct qualified_name name = {NULL, "public", "Order"};

    check_report(check, words_of_statement(check->statement), NULL,
                 check_format(check, "%s %s %s", check_quote(check, "a"),
                              check_quote(check, "user"),
                              check_quote_name(check, name)),
                 NULL);
}

static void say_lower(struct check *check)
{
    struct finding *finding = check_report(
        check, words_of_statement(check->statement), NULL, "lower", NULL);
    struct place place = {check->source, {4, 1}, 0};

    finding_lower(finding, SEVERITY_INFO);
    finding_lower(finding, SEVERITY_ERROR);
    finding_note(check, finding, place, "there");
}

static const struct rule rule_lower = {.id = "lower",
                                       .family = FAMILY_QUERY,
                                       .severity = SEVERITY_WARNING,
                                       .check_statement = say_lower};
static const struct rule rule_options = {.id = "options",
                                         .family = FAMILY_SCHEMA,
                                         .severity = SEVERITY_WARNING,
                                         .options = options,
                                         .check_statement = say_options};
static const struct rule rule_quoted = {.id = "quoted",
                                        .family = FAMILY_QUERY,
                                        .severity = SEVERITY_OFF,
                                        .check_statement = say_quoted};
static const struct rule rule_rewritten = {.id = "rewritten",
                                           .family = FAMILY_QUERY,
                                           .severity = SEVERITY_ERROR,
                                           .check_statement = say_rewritten};
const struct rule *const rule_table[] = {
    &rule_lower,
    &rule_options,
    &rule_quoted,
    &rule_rewritten,
};
const size_t rule_count = 4;

struct fixture {
    struct arena arena;
    struct lint_settings settings;
    struct source source;
    struct lint_result result;
};

static void set_up(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    fixture->settings.postgres_version = 15;
    fixture->settings.jobs = 1;
    rule_levels_init(&fixture->arena, &fixture->settings.levels);
}

static bool set_level(struct fixture *fixture, const char *name,
                      enum severity level)
{
    return rule_levels_set(&fixture->settings.levels, slice_from(name), level);
}

/* The one finding there is. */
static const struct finding *run(struct fixture *fixture, const char *text)
{
    struct discovery discovery = {0};
    struct discovered *found = array_push(&fixture->arena, &discovery.files);

    fixture->source = source_of_path("a.sql");
    source_load_text(&fixture->source, slice_from(text));
    found->source = &fixture->source;
    found->is_named = true;
    lint_run(&fixture->arena, &fixture->settings, &discovery, NULL,
             &fixture->result);
    assert_int_equal(fixture->result.findings.count, 1);
    return fixture->result.findings.items[0];
}

static void test_options(void **state)
{
    struct fixture fixture;
    struct option_value *value;

    (void)state;
    set_up(&fixture);
    set_level(&fixture, "query", SEVERITY_OFF);
    assert_string_equal(run(&fixture, "SELECT 1;")->message, "1 12 abc");
    value = array_push(&fixture.arena, &fixture.settings.options);
    *value = (struct option_value){.rule = &rule_options, .name = "switch"};
    value = array_push(&fixture.arena, &fixture.settings.options);
    *value = (struct option_value){.rule = &rule_options,
                                   .name = "limit",
                                   .as_integer = -3};
    value = array_push(&fixture.arena, &fixture.settings.options);
    *value = (struct option_value){.rule = &rule_options,
                                   .name = "word",
                                   .as_string = "xyz"};
    value = array_push(&fixture.arena, &fixture.settings.options);
    *value = (struct option_value){.rule = &rule_lower,
                                   .name = "word",
                                   .as_string = "another rule's"};
    assert_string_equal(run(&fixture, "SELECT 1;")->message, "0 -3 xyz");
    arena_release(&fixture.arena);
}

static void test_rewrite(void **state)
{
    struct fixture fixture;
    const struct finding *finding;

    (void)state;
    set_up(&fixture);
    set_level(&fixture, "all", SEVERITY_OFF);
    set_level(&fixture, "rewritten", SEVERITY_ERROR);
    finding = run(&fixture, "-- before\nDROP /* it */ TABLE\n  t -- after\n;");
    assert_string_equal(finding->message, "DROP /* it */ VIEW\n  t;");
    assert_string_equal(finding->help, "DROP /* it */ TABLE IF EXISTS\n  t;");
    arena_release(&fixture.arena);
}

static void test_quote(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    set_level(&fixture, "all", SEVERITY_OFF);
    set_level(&fixture, "quoted", SEVERITY_INFO);
    assert_string_equal(run(&fixture, "SELECT 1;")->message,
                        "a \"user\" public.\"Order\"");
    arena_release(&fixture.arena);
}

/* A rule may lower one finding, unless the user has set the level. */
static void test_levels(void **state)
{
    struct fixture fixture;
    const struct finding *finding;

    (void)state;
    set_up(&fixture);
    set_level(&fixture, "options", SEVERITY_OFF);
    set_level(&fixture, "rewritten", SEVERITY_OFF);
    finding = run(&fixture, "SELECT\n 1;");
    assert_int_equal(finding->severity, SEVERITY_INFO);
    assert_int_equal(finding->notes.count, 1);
    assert_string_equal(finding->notes.items[0].path, "a.sql");
    assert_int_equal(finding->notes.items[0].line, 1);
    assert_int_equal(finding->notes.items[0].column, 5);
    assert_true(set_level(&fixture, "lower", SEVERITY_ERROR));
    finding = run(&fixture, "SELECT 1;");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    arena_release(&fixture.arena);
}

static void test_names(void **state)
{
    struct fixture fixture;
    enum severity severity;
    enum family family;

    (void)state;
    assert_ptr_equal(rule_find(SLICE("options")), &rule_options);
    assert_null(rule_find(SLICE("option")));
    assert_null(rule_find(SLICE("")));
    for (size_t i = 0; i < rule_count; i++)
        assert_int_equal(rule_index(rule_table[i]), i);
    assert_string_equal(rule_suggest(SLICE("optoins")), "options");
    assert_true(family_find(SLICE("plpgsql"), &family));
    assert_int_equal(family, FAMILY_PLPGSQL);
    assert_string_equal(family_name(family), "plpgsql");
    assert_false(family_find(SLICE("sql"), &family));
    assert_true(severity_find(SLICE("off"), &severity));
    assert_int_equal(severity, SEVERITY_OFF);
    assert_false(severity_find(SLICE("ERROR"), &severity));
    set_up(&fixture);
    assert_false(set_level(&fixture, "nothing", SEVERITY_INFO));
    assert_int_equal(fixture.settings.levels.levels[2], SEVERITY_OFF);
    assert_false(fixture.settings.levels.is_set[2]);
    assert_true(set_level(&fixture, "query", SEVERITY_INFO));
    assert_int_equal(fixture.settings.levels.levels[2], SEVERITY_INFO);
    assert_int_equal(fixture.settings.levels.levels[1], SEVERITY_WARNING);
    arena_release(&fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options), cmocka_unit_test(test_rewrite),
        cmocka_unit_test(test_quote),   cmocka_unit_test(test_levels),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
