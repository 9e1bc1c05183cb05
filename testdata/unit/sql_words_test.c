/* sql/words: the exact words that a finding underlines. */
#include "sql/words.h"

#include "sql/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct statement last_statement(struct slice text)
{
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement = {0}, next;

    while (splitter_next(&splitter, &next))
        statement = next;
    return statement;
}

/* The words of the text at this span. */
static void expect_words(struct slice text, struct span span, const char *words)
{
    assert_true(
        slice_equal(slice_part(text, span.offset, span.offset + span.length),
                    slice_from(words)));
    assert_int_equal(span.length, strlen(words));
}

static size_t find(struct slice text, const char *words)
{
    size_t offset = slice_find(text, slice_from(words));

    assert_int_not_equal(offset, SLICE_NOT_FOUND);
    return offset;
}

static const char sql[] =
    "SELECT 'drop column'; -- Drop column\n"
    "ALTER /* x */ TABLE public . \"Or\"\"ders\" DROP COLUMN 'drop' drop\n"
    "  column Drop_Column, $$ DROP column $$ ADD u&\"\\0061\" int; DROP "
    "COLUMN x";

static void test_start(void **state)
{
    struct slice text = SLICE("SELECT 1; DROP /* c */ TABLE a ; ");
    struct statement statement = last_statement(text);

    (void)state;
    expect_words(text, words_of_statement(&statement), "DROP /* c */ TABLE a");
    expect_words(text, words_at_start(text, &statement, 2),
                 "DROP /* c */ TABLE");
    expect_words(text, words_at_start(text, &statement, 9),
                 "DROP /* c */ TABLE a");
    expect_words(text, words_at_start(text, &statement, 0), "");
}

static void test_at(void **state)
{
    struct slice text = SLICE("SELECT 1; DROP /* c d */ TABLE 'a b'; e");
    struct splitter splitter = splitter_of(text, 9, text.length);
    struct statement statement;

    (void)state;
    assert_true(splitter_next(&splitter, &statement));
    expect_words(text, words_at(text, &statement, 10), "DROP");
    expect_words(text, words_at(text, &statement, 12), "DROP");
    expect_words(text, words_at(text, &statement, 14), "");
    expect_words(text, words_at(text, &statement, find(text, "d */")),
                 "/* c d */");
    expect_words(text, words_at(text, &statement, find(text, " b'")), "'a b'");
    expect_words(text, words_at(text, &statement, 3), "");
    expect_words(text, words_at(text, &statement, find(text, "; e")), "");
    expect_words(text, words_at(text, &statement, find(text, "e")), "");
    expect_words(text, words_at(text, &statement, 1000), "");
}

/* Far into a long statement the offset counts as a token's start. */
static void test_at_far(void **state)
{
    size_t size = 1 << 20;
    char *memory = malloc(size);
    struct slice text = {memory, size};
    struct statement statement;

    (void)state;
    memset(memory, ' ', size);
    memcpy(memory, "SELECT", 6);
    memcpy(memory + size - 20, "\"a b\" c", 7);
    statement = last_statement(text);
    expect_words(text, words_at(text, &statement, size - 20), "\"a b\"");
    free(memory);
}

static void test_name(void **state)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    (void)state;
    splitter_next(&splitter, &statement);
    splitter_next(&splitter, &statement);
    expect_words(text, words_of_name_at(text, &statement, find(text, "public")),
                 "public . \"Or\"\"ders\"");
    expect_words(text, words_of_name_at(text, &statement, find(text, "\"Or\"")),
                 "\"Or\"\"ders\"");
    expect_words(text,
                 words_of_name_at(text, &statement, find(text, "'drop' ")), "");
    text = SLICE("SELECT a.* , b. FROM c");
    statement = last_statement(text);
    expect_words(text, words_of_name_at(text, &statement, 7), "a");
    expect_words(text, words_of_name_at(text, &statement, 13), "b. FROM");
}

static void test_find(void **state)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;
    struct span first, second;

    (void)state;
    splitter_next(&splitter, &statement);
    expect_words(text, words_find(text, &statement, 0, "DROP COLUMN"), "");
    splitter_next(&splitter, &statement);
    expect_words(text, words_find(text, &statement, 0, "ALTER TABLE"),
                 "ALTER /* x */ TABLE");
    first = words_find(text, &statement, 0, "DROP COLUMN");
    expect_words(text, first, "DROP COLUMN");
    second = words_find(text, &statement, first.offset + first.length,
                        "DROP COLUMN");
    expect_words(text, second, "drop\n  column");
    expect_words(text,
                 words_find(text, &statement, second.offset + second.length,
                            "DROP COLUMN"),
                 "");
    expect_words(text, words_find(text, &statement, 0, "int DROP"), "");
    expect_words(text, words_join(first, second),
                 "DROP COLUMN 'drop' drop\n  column");
}

static void test_find_name(void **state)
{
    struct slice text = slice_from(sql);
    struct splitter splitter = splitter_of(text, 0, text.length);
    struct statement statement;

    (void)state;
    splitter_next(&splitter, &statement);
    splitter_next(&splitter, &statement);
    expect_words(text, words_find_name(text, &statement, 0, "Or\"ders"),
                 "\"Or\"\"ders\"");
    expect_words(text, words_find_name(text, &statement, 0, "drop_column"),
                 "Drop_Column");
    expect_words(text, words_find_name(text, &statement, 0, "a"),
                 "u&\"\\0061\"");
    expect_words(text, words_find_name(text, &statement, 0, "x"), "");
}

static void test_join(void **state)
{
    struct span none = {0, 0}, first = {3, 4}, last = {10, 2}, joined;

    (void)state;
    joined = words_join(first, last);
    assert_int_equal(joined.offset, 3);
    assert_int_equal(joined.length, 9);
    joined = words_join(none, last);
    assert_int_equal(joined.offset, 10);
    joined = words_join(first, none);
    assert_int_equal(joined.length, 4);
    joined = words_join(last, first);
    assert_int_equal(joined.offset, 10);
    assert_int_equal(joined.length, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),  cmocka_unit_test(test_at),
        cmocka_unit_test(test_at_far), cmocka_unit_test(test_name),
        cmocka_unit_test(test_find),   cmocka_unit_test(test_find_name),
        cmocka_unit_test(test_join),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
