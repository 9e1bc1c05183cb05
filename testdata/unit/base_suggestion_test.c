/* base/suggestion: typing errors are recognised, other words are not. */
#include "base/suggestion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *suggest(struct slice name)
{
    static const char *const known[] = {"drop-table", "drop-column",
                                        "select-star", "all", "down"};
    struct suggestion suggestion = suggestion_for(name);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        suggestion_offer(&suggestion, known[i]);
    return suggestion.best;
}

static void test_typing_errors(void **state)
{
    (void)state;
    assert_string_equal(suggest(SLICE("drop-tabel")), "drop-table");
    assert_string_equal(suggest(SLICE("drop_column")), "drop-column");
    assert_string_equal(suggest(SLICE("Select-Sta")), "select-star");
    assert_string_equal(suggest(SLICE("slect-stars")), "select-star");
    assert_string_equal(suggest(SLICE("al")), "all");
    assert_string_equal(suggest(SLICE("dwon")), "down");
}

static void test_other_words(void **state)
{
    char giant[200];

    (void)state;
    assert_null(suggest(SLICE("")));
    assert_null(suggest(SLICE("x")));
    assert_null(suggest(SLICE("index-build-blocks-writes")));
    for (size_t i = 0; i < sizeof giant; i++)
        giant[i] = 'a';
    assert_null(suggest((struct slice){giant, sizeof giant}));
}

static void test_first_of_equals_stays(void **state)
{
    struct suggestion suggestion = suggestion_for(SLICE("cat"));

    (void)state;
    suggestion_offer(&suggestion, "cart");
    suggestion_offer(&suggestion, "bat");
    assert_string_equal(suggestion.best, "cart");
    suggestion_offer(&suggestion, "cat");
    assert_string_equal(suggestion.best, "cat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_errors),
        cmocka_unit_test(test_other_words),
        cmocka_unit_test(test_first_of_equals_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
