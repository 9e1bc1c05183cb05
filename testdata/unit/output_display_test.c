/* output/display: strangers' bytes on a terminal and in JSON. */
#include "output/display.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *shown(struct arena *arena, struct slice text)
{
    struct buffer buffer;

    buffer_init(&buffer, arena);
    display_add(&buffer, text);
    return buffer_text(&buffer);
}

#define R DISPLAY_REPLACEMENT

static void test_what_a_terminal_must_not_get(void **state)
{
    static const struct {
        struct slice text;
        const char *shown;
    } cases[] = {
        {{"", 0}, ""},
        {{"plain ~", 7}, "plain ~"},
        {{"\x1b[2J", 4}, R "[2J"},
        {{"a\tb\nc\rd\0e\x7f", 10}, "a" R "b" R "c" R "d" R "e" R},
        {{"\xc2\x9b", 2}, R},                   /* C1: CSI */
        {{"x\xe2\x80\xaey", 5}, "x" R "y"},     /* U+202E */
        {{"x\xe2\x81\xa6y", 5}, "x" R "y"},     /* U+2066 */
        {{"x\xe2\x80\x8by", 5}, "x" R "y"},     /* U+200B */
        {{"x\xf3\xa0\x81\x81y", 6}, "x" R "y"}, /* U+E0041, a tag */
        {{"gr\xc3\xbc\xc3\x9f", 6}, "gr\xc3\xbc\xc3\x9f"},
        {{"\xe6\xbc\xa2\xe5\xad\x97", 6}, "\xe6\xbc\xa2\xe5\xad\x97"},
        {{"\xff\xfe", 2}, R R},
        {{"\xc3", 1}, R}, /* cut short */
        {{"\xe6\xbc", 2}, R R},
        {{"\xc0\xaf", 2}, R R}, /* overlong */
        {{"\xe0\x80\xaf", 3}, R R R},
        {{"\xf0\x80\x80\xaf", 4}, R R R R},
        {{"\xed\xa0\x80", 3}, R R R},       /* a surrogate */
        {{"\xf4\x90\x80\x80", 4}, R R R R}, /* above U+10FFFF */
        {{"\xf4\x8f\xbf\xbf", 4}, "\xf4\x8f\xbf\xbf"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(shown(&arena, cases[i].text), cases[i].shown);
    arena_release(&arena);
}

static unsigned columns(const char *text)
{
    return display_next(slice_from(text)).columns;
}

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(columns("a"), 1);
    assert_int_equal(columns("\xc3\xbc"), 1);
    assert_int_equal(columns("\xe6\xbc\xa2"), 2);     /* a Han character */
    assert_int_equal(columns("\xed\x95\x9c"), 2);     /* a Hangul syllable */
    assert_int_equal(columns("\xef\xbc\xa1"), 2);     /* fullwidth A */
    assert_int_equal(columns("\xf0\x9f\x98\x80"), 2); /* an emoji */
    assert_int_equal(columns("\xcc\x81"), 0);         /* combining acute */
    assert_int_equal(columns("\xff"), 1);
    assert_int_equal(columns("\x1b"), 1);
}

static void test_valid_utf8(void **state)
{
    static const char valid[] = "a\x1b\xc3\xbc\xe2\x80\xae";
    struct arena arena = {0};

    (void)state;
    assert_ptr_equal(display_valid_utf8(&arena, valid), valid);
    assert_string_equal(display_valid_utf8(&arena, "a\xff\x1b\xc3"),
                        "a" R "\x1b" R);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_terminal_must_not_get),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_valid_utf8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
