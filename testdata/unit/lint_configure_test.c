/* lint/configure and lint/documentation, with rules that have every type of
 * option; the program's own rules are left out of this program. */
#include "lint/configure.h"
#include "lint/documentation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/stream.h"

#include <cmocka.h>

static const struct rule_option options_of_b[] = {
    {"bool", OPTION_BOOL, "false", "switches it"},
    {"count", OPTION_INTEGER, "3", "how many"},
    {"name", OPTION_STRING, "x", "what it is called"},
    {"pattern", OPTION_PATTERN, "^a", "what it matches"},
    {"words", OPTION_STRING_LIST, "[]", "what they are"},
    {0},
};

static const struct rule rule_a = {
    .id = "rule-a",
    .family = FAMILY_LOCKING,
    .severity = SEVERITY_ERROR,
    .summary = "It's *this* | that",
    .rationale = "One sentence. In .a ... b.\n\n    SELECT '\\';\n",
    .ignore_when = "Never, .x.",
    .bad = "SELECT 1;\n.x",
    .good = "-- none",
};

static const struct rule rule_b = {
    .id = "rule-b",
    .family = FAMILY_QUERY,
    .severity = SEVERITY_OFF,
    .summary = "Another",
    .rationale = "Why.",
    .ignore_when = "The table is small.",
    .setup = "BEGIN;",
    .bad = "a",
    .good = "b",
    .version_min = 14,
    .options = options_of_b,
};

const struct rule *const rule_table[] = {&rule_a, &rule_b, NULL};
const size_t rule_count = 2;

struct result {
    struct arena arena;
    struct configuration configuration;
    struct configuration_problem_array problems;
};

/* Configures with these settings and no options; release the arena. */
static struct result configure_with(const char *text)
{
    char path[] = "/tmp/pgsquint-settings-XXXXXX";
    int descriptor = mkstemp(path);
    struct options options = {0};
    struct settings settings;
    struct result result = {0};
    struct error error;

    assert_true(descriptor >= 0);
    assert_true(stream_write(descriptor, slice_from(text), &error));
    close(descriptor);
    assert_int_equal(settings_read(&result.arena,
                                   arena_copy(&result.arena, slice_from(path)),
                                   &settings, &error),
                     SETTINGS_READ);
    unlink(path);
    configure(&result.arena, &options, &settings, &result.configuration,
              &result.problems);
    return result;
}

static void test_options(void **state)
{
    struct result result = configure_with("rules:\n"
                                          "  rule-b:\n"
                                          "    bool: true\n"
                                          "    count: -12\n"
                                          "    name: \"a b\"\n"
                                          "    pattern: \"^(x|y)$\"\n"
                                          "    words: [a, \"b\"]\n"
                                          "    level: info\n");
    const struct option_value *values = result.configuration.lint.options.items;

    (void)state;
    assert_int_equal(result.problems.count, 0);
    assert_int_equal(result.configuration.lint.options.count, 5);
    assert_ptr_equal(values[0].rule, &rule_b);
    assert_string_equal(values[0].name, "bool");
    assert_true(values[0].as_bool);
    assert_int_equal(values[1].as_integer, -12);
    assert_string_equal(values[2].as_string, "a b");
    assert_string_equal(values[3].as_string, "^(x|y)$");
    assert_string_equal(values[4].as_list[0], "a");
    assert_string_equal(values[4].as_list[1], "b");
    assert_null(values[4].as_list[2]);
    assert_int_equal(result.configuration.lint.levels.levels[1], SEVERITY_INFO);
    assert_true(result.configuration.lint.levels.is_set[1]);
    assert_int_equal(result.configuration.lint.levels.levels[0],
                     SEVERITY_ERROR);
    assert_false(result.configuration.lint.levels.is_set[0]);
    arena_release(&result.arena);
}

static void test_wrong_options(void **state)
{
    static const char *const expected[] = {
        "\"bool\" must be true or false, not \"yes\"",
        "\"count\" must be a number, not \"1.5\"",
        "\"name\" must be a word, not a list",
        "bad regular expression \"(\": missing closing parenthesis at offset 1",
        "\"words\" must be a list of words",
        "\"rule-b\" has no option \"word\"; did you mean \"words\"?",
        "\"rule-b\" has no option \"zzz\"",
        "\"rule-a\" has no option \"words\"",
    };
    struct result result = configure_with("rules:\n"
                                          "  rule-b:\n"
                                          "    bool: yes\n"
                                          "    count: 1.5\n"
                                          "    name: [a]\n"
                                          "    pattern: \"(\"\n"
                                          "    words: a\n"
                                          "    word: a\n"
                                          "    zzz: a\n"
                                          "  rule-a: {words: a}\n");

    (void)state;
    assert_int_equal(result.problems.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < result.problems.count; i++) {
        const struct configuration_problem *problem = &result.problems.items[i];

        assert_string_equal(problem->message, expected[i]);
        assert_non_null(problem->place);
    }
    assert_non_null(strstr(result.problems.items[3].place, ":6:14"));
    arena_release(&result.arena);
}

static void test_numbers(void **state)
{
    static const char *const wrong[] = {
        "", "-", "1-", "0x1", " 1", "1e3", "99999999999999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena = {0};
        struct result result = configure_with(
            arena_format(&arena, "rules: {rule-b: {count: \"%s\"}}", wrong[i]));

        assert_int_equal(result.problems.count, 1);
        arena_release(&result.arena);
        arena_release(&arena);
    }
}

static const char *built(struct arena *arena, void (*build)(struct buffer *))
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    build(&buffer);
    return buffer_text(&buffer);
}

static void explain_b(struct buffer *buffer)
{
    documentation_explain(buffer, &rule_b);
}

static void test_explain(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(
        built(&arena, explain_b),
        "rule-b\n\nAnother\n\n"
        "Family    query: queries in files, views, functions and migrations\n"
        "Level     off by default\n"
        "Judges    all SQL; down steps with \"lint_down: true\"\n"
        "For       PostgreSQL 14 and later\n\n"
        "Why.\n\n"
        "Given:\n\n    BEGIN;\n\nBad:\n\n    a\n\nGood:\n\n    b\n\n"
        "When to ignore it:\n\nThe table is small.\n\n"
        "Options:\n\n"
        "    bool (true or false, default false)\n        switches it\n"
        "    count (number, default 3)\n        how many\n"
        "    name (text, default x)\n        what it is called\n"
        "    pattern (regular expression, default ^a)\n"
        "        what it matches\n"
        "    words (list of words, default [])\n        what they are\n\n"
        "To allow it in one statement, write on the line above it:\n\n"
        "    -- pgsquint: allow rule-b -- the reason\n\n"
        "To change its level, write in .pgsquint.yaml:\n\n"
        "    rules:\n      rule-b: off\n\n"
        "More: pgsquint(1), pgsquint-rules(7)\n");
    arena_release(&arena);
}

/* What roff and Markdown would take for their own comes out as it is. */
static void test_escapes(void **state)
{
    struct arena arena = {0};
    const char *page = built(&arena, documentation_mdoc);

    (void)state;
    assert_non_null(strstr(page, "\nIt\\(aqs *this* | that.\n"));
    assert_non_null(strstr(page, "\n.Pp\nOne sentence.\nIn \\&.a \\&... b.\n"));
    assert_non_null(strstr(page, ".Bd -literal\n    SELECT \\(aq\\e\\(aq;\n"));
    assert_non_null(strstr(page, "\nSELECT 1;\n\\&.x\n.Ed\n"));
    assert_non_null(strstr(page, "\n\\-\\- none\n.Ed\n"));
    assert_non_null(strstr(page, "\n.It Cm pattern\nwhat it matches (regular "
                                 "expression, default \\(haa).\n"));
    assert_non_null(strstr(built(&arena, documentation_markdown),
                           "\n| `rule-a` | error | It's \\*this\\* \\| that "
                           "|\n| `rule-b` | off | Another |\n"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options), cmocka_unit_test(test_wrong_options),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_explain),
        cmocka_unit_test(test_escapes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
