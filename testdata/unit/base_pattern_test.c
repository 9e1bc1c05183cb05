/* base/pattern: regular expressions and globs, also from strangers. */
#include "base/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool matches(const char *expression, bool ignore_case,
                    struct slice subject)
{
    struct error error;
    struct pattern *pattern =
        pattern_compile(slice_from(expression), ignore_case, &error);
    bool result;

    assert_non_null(pattern);
    result = pattern_match(pattern, subject, NULL, 0);
    pattern_free(pattern);
    return result;
}

static void test_expressions(void **state)
{
    (void)state;
    assert_true(matches("b+", false, SLICE("abbc")));
    assert_false(matches("^b", false, SLICE("abbc")));
    assert_false(matches("B", false, SLICE("abbc")));
    assert_true(matches("B", true, SLICE("abbc")));
    assert_true(matches("", false, SLICE("")));
    assert_true(matches("^$", false, (struct slice){NULL, 0}));
    assert_true(matches("^.$", false, SLICE("\xc3\xb6")));
    assert_true(matches("\xc3\x96", true, SLICE("\xc3\xb6")));
    /* Bytes that no UTF-8 text has match nothing, and do no harm. */
    assert_true(matches("a.*b", false,
                        SLICE("\xff\xfe"
                              "axb\xff")));
    assert_false(matches("^.*$", false, SLICE("a\xff")));
    assert_true(matches("a", false, (struct slice){"\0a", 2}));
}

static void test_groups(void **state)
{
    struct error error;
    struct pattern *pattern =
        pattern_compile(SLICE("(\\d+)(x)?_(.)"), false, &error);
    struct slice groups[5];

    (void)state;
    assert_true(pattern_match(pattern, SLICE("V12_abc"), groups, 5));
    assert_true(slice_equal(groups[0], SLICE("12_a")));
    assert_true(slice_equal(groups[1], SLICE("12")));
    assert_null(groups[2].start);
    assert_int_equal(groups[2].length, 0);
    assert_true(slice_equal(groups[3], SLICE("a")));
    assert_null(groups[4].start);
    assert_true(pattern_match(pattern, SLICE("1_a"), groups, 1));
    assert_true(slice_equal(groups[0], SLICE("1_a")));
    pattern_free(pattern);
    pattern_free(NULL);
}

static void test_errors(void **state)
{
    struct error error;

    (void)state;
    assert_null(pattern_compile(SLICE("a(b"), false, &error));
    assert_string_equal(error.text, "missing closing parenthesis at offset 3");
    assert_null(pattern_compile(SLICE("\\C"), false, &error));
    assert_null(pattern_compile(SLICE("\xff"), false, &error));
    assert_null(pattern_compile_glob(SLICE("[z-a]"), &error));
}

/* Patterns that would backtrack for ages count as no match, at once. */
static void test_limits(void **state)
{
    char text[5000];

    (void)state;
    memset(text, 'a', sizeof text);
    assert_false(matches("^(a+)+$", false,
                         (struct slice){"aaaaaaaaaaaaaaaaaaa"
                                        "aaaaaaaaaaaaaaaaaa!",
                                        38}));
    assert_false(
        matches("(a*)*(a*)*(a*)*b", false, (struct slice){text, sizeof text}));
    assert_false(
        matches("(?:a|(?R)b)*c", false, (struct slice){text, sizeof text}));
}

static bool glob(const char *expression, const char *subject)
{
    struct error error;
    struct pattern *pattern =
        pattern_compile_glob(slice_from(expression), &error);
    bool result;

    assert_non_null(pattern);
    result = pattern_match(pattern, slice_from(subject), NULL, 0);
    pattern_free(pattern);
    return result;
}

static void test_globs(void **state)
{
    (void)state;
    assert_true(glob("*.sql", "a.sql"));
    assert_true(glob("*.sql", ".sql"));
    assert_false(glob("*.sql", "b/a.sql"));
    assert_false(glob("*.sql", "a.sql.bak"));
    assert_true(glob("a?c", "abc"));
    assert_false(glob("a?c", "a/c"));
    assert_true(glob("a?c", "a\xc3\xb6"
                            "c"));
    assert_true(glob("a+(b)|^$.{1}", "a+(b)|^$.{1}"));
    assert_false(glob("a.c", "abc"));
    assert_true(glob("\\*", "*"));
    assert_false(glob("\\*", "a"));
    assert_true(glob("a\\", "a\\"));
    assert_true(glob("", ""));
    assert_false(glob("", "a"));
    assert_true(glob("a*b", "a\nb"));
}

static void test_glob_components(void **state)
{
    (void)state;
    assert_true(glob("**/*.sql", "a.sql"));
    assert_true(glob("**/*.sql", "x/y/a.sql"));
    assert_true(glob("db/**", "db/x/y.sql"));
    assert_false(glob("db/**", "db"));
    assert_false(glob("db/**", "xdb/y"));
    assert_true(glob("a/**/b", "a/b"));
    assert_true(glob("a/**/b", "a/x/y/b"));
    assert_false(glob("a/**/b", "a/xb"));
    assert_false(glob("a/**/b", "ab"));
    assert_true(glob("**", "x/y"));
    assert_true(glob("a**b", "a/x/b"));
}

static void test_glob_classes(void **state)
{
    (void)state;
    assert_true(glob("[a-c]1", "b1"));
    assert_false(glob("[a-c]1", "d1"));
    assert_true(glob("[!a-c]1", "d1"));
    assert_false(glob("[!a-c]1", "a1"));
    assert_true(glob("[^a]", "b"));
    assert_false(glob("x[!a]y", "x/y"));
    assert_false(glob("x[.-0]y", "x/y"));
    assert_true(glob("[]a]", "]"));
    assert_true(glob("[!]a]", "b"));
    assert_false(glob("[!]a]", "]"));
    assert_true(glob("[[:]x", "[x"));
    assert_true(glob("[\\d]", "\\"));
    assert_true(glob("[a", "[a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_globs),
        cmocka_unit_test(test_glob_components),
        cmocka_unit_test(test_glob_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
