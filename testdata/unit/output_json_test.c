/* output/json: valid whatever the bytes, and every key in its place. */
#include "output/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static const struct rule rule = {.id = "rule", .family = FAMILY_QUERY};

/* The report, read back; release it with json_decref(). */
static json_t *report_of(const struct lint_result *result, enum severity level)
{
    struct report_settings settings = {.postgres_version = 15, .level = level};
    struct arena arena = {0};
    struct buffer buffer;
    json_error_t error;
    json_t *report;

    buffer_init(&buffer, &arena);
    report_json(&buffer, &settings, result);
    report = json_loadb(buffer_text(&buffer), buffer.length,
                        JSON_REJECT_DUPLICATES, &error);
    assert_non_null(report);
    arena_release(&arena);
    return report;
}

/* The object has these keys, which end with null, in this order. */
static void assert_keys(json_t *object, const char *const *keys)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        assert_non_null(*keys);
        assert_string_equal(key, *keys++);
    }
    assert_null(*keys);
}

static void test_keys(void **state)
{
    static const char *const document[] = {
        "version", "tool", "postgres_version", "findings", "errors",
        "summary", NULL};
    static const char *const tool[] = {"name", "version", "parser", NULL};
    static const char *const of_finding[] = {
        "rule",        "family", "severity", "message",    "help",   "path",
        "line",        "column", "end_line", "end_column", "offset", "length",
        "fingerprint", "notes",  "fixes",    NULL};
    static const char *const of_note[] = {"message", "path", "line", "column",
                                          NULL};
    static const char *const of_error[] = {"path", "message", NULL};
    static const char *const summary[] = {
        "files",   "files_replayed", "skipped",    "statements", "error",
        "warning", "info",           "suppressed", NULL};
    struct arena arena = {0};
    struct lint_result result = {0};
    struct finding finding = {.rule = &rule,
                              .severity = SEVERITY_ERROR,
                              .message = "m",
                              .path = "p",
                              .fingerprint = "0123456789abcdef"};
    json_t *report, *findings;

    (void)state;
    *array_push(&arena, &finding.notes) = (struct finding_note){"m", "p", 1, 2};
    *array_push(&arena, &result.findings) = &finding;
    *array_push(&arena, &result.findings) = &finding;
    *array_push(&arena, &result.errors) = (struct run_error){"p", "m"};
    report = report_of(&result, SEVERITY_INFO);
    assert_keys(report, document);
    assert_keys(json_object_get(report, "tool"), tool);
    assert_keys(json_object_get(report, "summary"), summary);
    findings = json_object_get(report, "findings");
    assert_int_equal(json_array_size(findings), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *object = json_array_get(findings, i);

        assert_keys(object, of_finding);
        assert_true(json_is_null(json_object_get(object, "help")));
        assert_keys(json_array_get(json_object_get(object, "notes"), 0),
                    of_note);
    }
    assert_keys(json_array_get(json_object_get(report, "errors"), 0), of_error);
    json_decref(report);
    arena_release(&arena);
}

static const char *text_of(json_t *report, const char *key)
{
    json_t *finding = json_array_get(json_object_get(report, "findings"), 0);

    return json_string_value(json_object_get(finding, key));
}

static void test_bytes(void **state)
{
    struct arena arena = {0};
    struct lint_result result = {0};
    struct finding finding = {.rule = &rule,
                              .severity = SEVERITY_WARNING,
                              .message = "\xff \"\x1b\\\n\xed\xa0\x80",
                              .help = "\xc3",
                              .path = "a\xfe.sql"};
    json_t *report;

    (void)state;
    *array_push(&arena, &result.findings) = &finding;
    report = report_of(&result, SEVERITY_INFO);
    assert_string_equal(text_of(report, "message"),
                        "\xef\xbf\xbd \"\x1b\\\n"
                        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_string_equal(text_of(report, "help"), "\xef\xbf\xbd");
    assert_string_equal(text_of(report, "path"), "a\xef\xbf\xbd.sql");
    json_decref(report);
    arena_release(&arena);
}

static void test_what_is_below_the_level_is_counted(void **state)
{
    struct arena arena = {0};
    struct lint_result result = {0};
    struct finding finding = {.rule = &rule,
                              .severity = SEVERITY_WARNING,
                              .message = "m",
                              .path = "p"};
    json_t *report, *summary;

    (void)state;
    *array_push(&arena, &result.findings) = &finding;
    report = report_of(&result, SEVERITY_ERROR);
    summary = json_object_get(report, "summary");
    assert_int_equal(json_array_size(json_object_get(report, "findings")), 0);
    assert_int_equal(json_integer_value(json_object_get(summary, "warning")),
                     1);
    json_decref(report);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_what_is_below_the_level_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
