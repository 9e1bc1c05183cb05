/* output/text: the line of source below a finding, and the summary. */
#include "output/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct rule rule = {.id = "rule"};

/* A finding in "a.sql" with this line of source and these words in it. */
static struct finding finding_of(const char *excerpt, size_t column,
                                 size_t end_column)
{
    return (struct finding){
        .rule = &rule,
        .severity = SEVERITY_WARNING,
        .message = "message",
        .path = "a.sql",
        .line = 1,
        .column = column,
        .end_line = 1,
        .end_column = end_column,
        .excerpt = slice_from(excerpt),
        .excerpt_column = 1,
    };
}

static const char *report_of(struct arena *arena,
                             const struct lint_result *result,
                             enum severity level)
{
    struct report_settings settings = {.level = level};
    struct buffer buffer;

    buffer_init(&buffer, arena);
    report_text(&buffer, &settings, result);
    return buffer_text(&buffer);
}

/* What stands between the finding's first line and the summary. */
static void assert_lines(struct finding finding, const char *expected)
{
    static const char summary[] = "\n1 warning in 1 file\n";
    struct arena arena = {0};
    struct lint_result result = {.files = 1};
    const char *report, *start, *end;

    *array_push(&arena, &result.findings) = &finding;
    report = report_of(&arena, &result, SEVERITY_INFO);
    start = strchr(report, '\n') + 1;
    end = strstr(report, summary);
    assert_non_null(end);
    assert_string_equal(end, summary);
    assert_string_equal(
        arena_copy(&arena, (struct slice){start, (size_t)(end - start)}),
        expected);
    arena_release(&arena);
}

static void test_words_are_underlined(void **state)
{
    struct finding finding;

    (void)state;
    assert_lines(finding_of("SELECT *", 8, 9), "  SELECT *\n         ^\n");
    assert_lines(finding_of("\tDROP\tTABLE x;  ", 2, 12),
                 "  \tDROP\tTABLE x;\n  \t^^^^\t^^^^^\n");
    assert_lines(finding_of("a \xe6\xbc\xa2\xe5\xad\x97 b", 3, 5),
                 "  a \xe6\xbc\xa2\xe5\xad\x97 b\n    ^^^^\n");
    assert_lines(finding_of("e\xcc\x81 b", 4, 5), "  e\xcc\x81 b\n    ^\n");
    assert_lines(finding_of("a \xff\x1b b", 5, 6),
                 "  a \xef\xbf\xbd\xef\xbf\xbd b\n      ^\n");

    finding = finding_of("", 3, 4);
    finding.excerpt = (struct slice){"a\0b\0", 4};
    assert_lines(finding, "  a\xef\xbf\xbd"
                          "b\xef\xbf\xbd\n    ^\n");

    finding = finding_of("DO $$", 1, 3); /* the words go on below */
    finding.end_line = 2;
    assert_lines(finding, "  DO $$\n  ^^^^^\n");
}

static void test_a_place_without_words(void **state)
{
    struct finding finding;

    (void)state;
    assert_lines(finding_of("SELECT 1", 1, 1), "  SELECT 1\n  ^\n");
    assert_lines(finding_of("SELECT 1", 9, 9), "  SELECT 1\n          ^\n");
    assert_lines(finding_of("short", 90, 95), "  short\n       ^\n");
    assert_lines(finding_of("", 1, 1), "");
    finding = finding_of(NULL, 1, 1);
    assert_lines(finding, "");
}

static void test_long_lines_are_cut(void **state)
{
    char line[1001], expected[600], *end;
    struct finding finding;

    (void)state;
    memset(line, 'a', 1000);
    memcpy(line + 500, "words", 5);
    line[1000] = '\0';
    snprintf(expected, sizeof expected, "  ...%.60swords%.95s...\n%65s^^^^^\n",
             line, line, "");
    assert_lines(finding_of(line, 501, 506), expected);

    snprintf(expected, sizeof expected, "  %.160s...\n  ^^^\n", line);
    assert_lines(finding_of(line, 1, 4), expected);

    /* Words that are too long themselves. */
    snprintf(expected, sizeof expected, "  ...%.60s%.100s...\n%65s", line,
             line + 500, "");
    end = expected + strlen(expected);
    memset(end, '^', 100);
    strcpy(end + 100, "\n");
    assert_lines(finding_of(line, 501, 900), expected);

    /* An excerpt that does not begin where the line does. */
    finding = finding_of("xxx words", 10005, 10010);
    finding.excerpt_column = 10001;
    assert_lines(finding, "  ...xxx words\n         ^^^^^\n");
}

static void test_help_and_notes(void **state)
{
    struct arena arena = {0};
    struct finding finding = finding_of("x", 1, 2);

    (void)state;
    finding.help = "first\n\n  second\tline";
    *array_push(&arena, &finding.notes) =
        (struct finding_note){"made here", "b\x1b.sql", 2, 3};
    assert_lines(finding, "  x\n  ^\n  help: first\n\n"
                          "          second\tline\n"
                          "  note: b\xef\xbf\xbd.sql:2:3: made here\n");
    arena_release(&arena);
}

/* What is not listed is a problem all the same. */
static void test_summary_of_hidden(void **state)
{
    struct arena arena = {0};
    struct lint_result result = {.files = 1};
    struct finding warning = finding_of(NULL, 1, 1);

    (void)state;
    *array_push(&arena, &result.findings) = &warning;
    assert_string_equal(report_of(&arena, &result, SEVERITY_ERROR),
                        "1 warning not shown (--level warning) in 1 file\n");
    arena_release(&arena);
}

static void test_summary(void **state)
{
    struct arena arena = {0};
    struct lint_result result = {0};
    struct finding error = finding_of(NULL, 1, 1);
    struct finding info = finding_of(NULL, 1, 1);

    (void)state;
    error.severity = SEVERITY_ERROR;
    info.severity = SEVERITY_INFO;
    assert_string_equal(report_of(&arena, &result, SEVERITY_INFO),
                        "no files to lint\n");
    result.files = 2;
    result.files_replayed = 3;
    assert_string_equal(report_of(&arena, &result, SEVERITY_INFO),
                        "no problems in 2 files, 3 replayed\n");
    *array_push(&arena, &result.findings) = &info;
    result.skipped = 4;
    result.suppressed = 5;
    *array_push(&arena, &result.errors) = (struct run_error){"x", "y"};
    assert_string_equal(
        report_of(&arena, &result, SEVERITY_WARNING),
        "no problems, 1 info not shown (--level info), 5 suppressed in 2 "
        "files, 3 replayed, 4 of other databases skipped, 1 not read\n");
    *array_push(&arena, &result.findings) = &error;
    *array_push(&arena, &result.findings) = &error;
    assert_non_null(strstr(report_of(&arena, &result, SEVERITY_WARNING),
                           "\n2 errors, 1 info not shown (--level info), 5 "));
    assert_non_null(strstr(report_of(&arena, &result, SEVERITY_INFO),
                           "\n2 errors, 1 info, 5 suppressed"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_underlined),
        cmocka_unit_test(test_a_place_without_words),
        cmocka_unit_test(test_long_lines_are_cut),
        cmocka_unit_test(test_help_and_notes),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_summary_of_hidden),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
