/*
 * Findings: positions, excerpts of long lines, order, and fingerprints that
 * stay when lines move.
 */
#include "lint/finding.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct rule first_rule = {.id = "first"};
static const struct rule second_rule = {.id = "second"};

/* Completes a finding about these words, in the statement given by its own
 * words; null: in none. The text is zero-terminated. */
static struct finding complete(struct arena *arena, const char *text,
                               const char *words, const char *statement)
{
    struct source source = source_of_path("./a/b.sql");
    struct finding_context context = {0};
    struct finding finding = {.rule = &first_rule, .path = source.path};

    source_load_text(&source, slice_from(text));
    finding.source = &source;
    finding.span =
        (struct span){(size_t)(strstr(text, words) - text), strlen(words)};
    if (statement)
        finding.context = (struct span){
            (size_t)(strstr(text, statement) - text), strlen(statement)};
    finding_complete(arena, &finding, &context);
    assert_true(finding.is_complete);
    source_unload(&source);
    finding.source = NULL;
    return finding;
}

static void test_positions(void **state)
{
    struct arena arena = {0};
    struct finding finding;

    (void)state;
    finding = complete(&arena, "SELECT 1;\r\nSELECT 'é', wrong\nword;\n",
                       "wrong\nword", NULL);
    assert_int_equal(finding.line, 2);
    assert_int_equal(finding.column, 13);
    assert_int_equal(finding.end_line, 3);
    assert_int_equal(finding.end_column, 5);
    assert_int_equal(finding.offset, 24);
    assert_int_equal(finding.length, 10);
    assert_true(slice_equal(finding.excerpt, slice_from("SELECT 'é', wrong")));
    assert_int_equal(finding.excerpt_column, 1);
    arena_release(&arena);
}

static void test_byte_order_mark(void **state)
{
    struct arena arena = {0};
    struct finding finding =
        complete(&arena, "\xEF\xBB\xBFSELECT 1;", "SELECT", NULL);

    (void)state;
    assert_int_equal(finding.column, 1);
    assert_int_equal(finding.offset, 3);
    assert_true(slice_equal(finding.excerpt, SLICE("SELECT 1;")));
    arena_release(&arena);
}

static void test_no_place(void **state)
{
    struct arena arena = {0};
    struct finding finding = complete(&arena, "SELECT 1;", "", NULL);

    (void)state;
    assert_int_equal(finding.line, 1);
    assert_int_equal(finding.column, 1);
    assert_int_equal(finding.end_line, 1);
    assert_int_equal(finding.end_column, 1);
    assert_int_equal(finding.length, 0);
    assert_null(finding.excerpt.start);
    arena_release(&arena);
}

/* Words beyond the text: the file shrank since. */
static void test_clamped(void **state)
{
    struct arena arena = {0};
    struct source source = source_of_path("a.sql");
    struct finding_context context = {0};
    struct finding finding = {.rule = &first_rule,
                              .path = "a.sql",
                              .source = &source,
                              .span = {5, SIZE_MAX - 5}};

    (void)state;
    source_load_text(&source, SLICE("SELECT 1;"));
    finding_complete(&arena, &finding, &context);
    assert_int_equal(finding.column, 6);
    assert_int_equal(finding.length, 4);
    finding.span = (struct span){100, 5};
    finding_complete(&arena, &finding, &context);
    assert_int_equal(finding.column, 10);
    assert_int_equal(finding.length, 0);
    source_unload(&source);
    arena_release(&arena);
}

/* A window of whole characters that has the words in it. */
static void test_long_line(void **state)
{
    struct arena arena = {0};
    struct buffer text;
    struct finding finding;
    size_t column = 0, words;

    (void)state;
    buffer_init(&text, &arena);
    for (int i = 0; i < 10000; i++)
        buffer_add_text(&text, "é,");
    buffer_add_text(&text, "here");
    for (int i = 0; i < 10000; i++)
        buffer_add_text(&text, ",é");
    finding = complete(&arena, buffer_text(&text), "here", NULL);
    assert_int_equal(finding.column, 20001);
    assert_true(finding.excerpt.length <= 500);
    words = slice_find(finding.excerpt, SLICE("here"));
    assert_true(words < finding.excerpt.length);
    assert_int_not_equal(finding.excerpt.start[0] & 0xC0, 0x80);
    /* The excerpt's first character is where excerpt_column says. */
    for (size_t i = 0; i < words; i++)
        column += (finding.excerpt.start[i] & 0xC0) != 0x80;
    assert_int_equal(column, finding.column - finding.excerpt_column);
    arena_release(&arena);
}

static void test_fingerprint_base(void **state)
{
    static const char here[] = "SELECT * FROM t";
    struct arena arena = {0};
    struct finding plain = complete(&arena, "SELECT * FROM t;", "*", here);
    struct finding moved =
        complete(&arena, "SELECT 1;\n\n-- x\nSELECT * FROM t;", "*", here);
    struct finding spaced = complete(&arena, "SELECT  * -- all\nFROM\tt;", "*",
                                     "SELECT  * -- all\nFROM\tt");
    struct finding other =
        complete(&arena, "SELECT * FROM u;", "*", "SELECT * FROM u");
    struct finding glued =
        complete(&arena, "SELECT * FRO Mt;", "*", "SELECT * FRO Mt");

    (void)state;
    assert_true(plain.fingerprint_base == moved.fingerprint_base);
    assert_true(plain.fingerprint_base == spaced.fingerprint_base);
    assert_true(plain.fingerprint_base != other.fingerprint_base);
    assert_true(plain.fingerprint_base != glued.fingerprint_base);
    arena_release(&arena);
}

/* Equal ones are counted, so that all are told apart. */
static void test_fingerprints(void **state)
{
    struct arena arena = {0};
    struct finding findings[4] = {{.fingerprint_base = 7},
                                  {.fingerprint_base = 8},
                                  {.fingerprint_base = 7},
                                  {.fingerprint_base = 7}};
    struct finding *pointers[4];

    (void)state;
    for (size_t i = 0; i < 4; i++)
        pointers[i] = &findings[i];
    finding_number(&arena, pointers, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(strlen(findings[i].fingerprint), 16);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(findings[i].fingerprint,
                                    findings[j].fingerprint);
    }
    arena_release(&arena);
}

static void test_order(void **state)
{
    struct finding findings[] = {
        {.rule = &first_rule, .file_order = 2, .message = "a"},
        {.rule = &second_rule, .file_order = 1, .span = {5, 1}, .message = "a"},
        {.rule = &first_rule, .file_order = 1, .span = {5, 1}, .message = "b"},
        {.rule = &first_rule, .file_order = 1, .span = {5, 1}, .message = "a"},
        {.rule = &first_rule, .file_order = 1, .span = {4, 9}, .message = "z"},
    };
    struct finding *pointers[5];

    (void)state;
    for (size_t i = 0; i < 5; i++)
        pointers[i] = &findings[i];
    qsort(pointers, 5, sizeof *pointers, finding_compare);
    for (size_t i = 0; i < 5; i++)
        assert_ptr_equal(pointers[i], &findings[4 - i]);
    assert_false(finding_equal(&findings[2], &findings[3]));
    findings[2].message = "a";
    assert_true(finding_equal(&findings[2], &findings[3]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_clamped),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_fingerprint_base),
        cmocka_unit_test(test_fingerprints),
        cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
